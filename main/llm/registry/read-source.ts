import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { validateGguf } from '../gguf/validate-gguf.ts';
import { checkFolder } from './check-folder.ts';
import { fileError } from './file-errors.ts';
import type { ModelFile, ModelRecord } from './record.ts';

/** What somebody pointed at, looked at and found to be a model. */
export type Source = Pick<
  ModelRecord,
  | 'format'
  | 'architecture'
  | 'quantisation'
  | 'parameters'
  | 'trainedContext'
  | 'dimensions'
  | 'bytes'
  | 'facts'
  | 'files'
> & {
  /** the folder that the files lie in, without links */
  readonly root: string;
  /** of `files`: the one whose checksum stands for the model */
  readonly main: string;
  /** what the file says it is called */
  readonly title: string | null;
};
/** The file or folder that was meant, before it is looked into. */
export type Target = {
  readonly format: ModelRecord['format'];
  readonly root: string;
  readonly file: string | null;
};

/**
 * The file or folder behind a path: of a folder with one GGUF file that file, of a file of an ONNX model's folder that folder.
 * @throws AppError `models.*`
 */
export async function findTarget(given: string): Promise<Target> {
  try {
    const resolved = path.resolve(given);
    // some drives of Windows (virtual ones, disks in memory) have no other name to tell
    const at = await realpath(resolved).catch(() => resolved);
    const seen = await stat(at);
    if (!seen.isDirectory()) {
      if (/\.onnx$/i.test(at)) {
        const parent = path.dirname(at);
        const root = path.basename(parent) === 'onnx' ? path.dirname(parent) : parent;
        return { format: 'onnx-folder', root, file: null };
      }
      return { format: 'gguf', root: path.dirname(at), file: path.basename(at) };
    }
    const names = await readdir(at);
    const models = names.filter((n) => /\.gguf$/i.test(n));
    const [only] = models;
    if (only !== undefined && models.length === 1 && !names.includes('config.json'))
      return { format: 'gguf', root: at, file: only };
    return { format: 'onnx-folder', root: at, file: null };
  } catch (thrown) {
    throw fileError(thrown, given);
  }
}

/** Looks into it: whether it is a model of ours, and which. @throws AppError `models.bad-*` */
export async function readSource(target: Target): Promise<Source> {
  const { root, file } = target;
  if (file !== null) {
    const facts = await validateGguf(path.join(root, file));
    return {
      format: 'gguf',
      root,
      main: file,
      title: facts.name,
      architecture: facts.architecture,
      quantisation: facts.quantisation,
      parameters: facts.parameters,
      trainedContext: facts.trainedContext,
      dimensions: null,
      bytes: facts.bytes,
      files: [await look(root, file)],
      facts: { kind: 'gguf', file, shape: facts.shape },
    };
  }
  const facts = await checkFolder(root);
  return {
    format: 'onnx-folder',
    root,
    main: facts.main,
    title: facts.name,
    architecture: facts.architecture,
    quantisation: facts.quantisation,
    parameters: facts.parameters,
    trainedContext: facts.trainedContext,
    dimensions: facts.dimensions,
    bytes: facts.bytes,
    files: await Promise.all(facts.files.map((f) => look(root, f.path))),
    facts: {
      kind: 'onnx-folder',
      file: path.posix.basename(facts.main),
      folder: path.basename(root),
      tokenizerBytes: facts.tokenizerBytes,
    },
  };
}

async function look(root: string, file: string): Promise<ModelFile> {
  try {
    const seen = await lstat(path.join(root, file));
    return { path: file, bytes: seen.size, mtimeMs: Math.round(seen.mtimeMs) };
  } catch (thrown) {
    throw fileError(thrown, file);
  }
}

/** FAT and some network drives keep times to two seconds. */
const CLOCK_GRAIN_MS = 2000;
export const isSameFile = (a: ModelFile, b: ModelFile): boolean =>
  a.path === b.path && a.bytes === b.bytes && Math.abs(a.mtimeMs - b.mtimeMs) <= CLOCK_GRAIN_MS;

/** Rejects when a file is not what it was when it was looked at. */
export async function checkUnchanged(root: string, file: ModelFile): Promise<void> {
  if (!isSameFile(file, await look(root, file.path)))
    throw new AppError('models.source-changed', { file: path.basename(file.path) });
}
