import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { moveAnything } from '../../kernel/move-file.ts';
import type { TaskContext } from '../../kernel/task.ts';
import { type Base, tryLock } from '../../store/index.ts';
import { insertModel, listModels } from '../queries.ts';
import { copyFiles, hashFile, progressFile, syncFolder, writeDurably } from './copy-files.ts';
import { fileError } from './file-errors.ts';
import { findKnown } from './manifest.ts';
import type { ModelFolder } from './model-folder.ts';
import { findTarget, readSource, type Source } from './read-source.ts';
import type { ModelRecord } from './record.ts';

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A name for files and folders that every system and every native loader takes: lower-case ASCII. */
export function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60)
    .replace(/[-.]+$/g, '');
  return slug === '' || RESERVED.test(slug) ? 'model' : slug;
}

/** What people call it: the known model's name, else what the file says with its quantisation, else the file's own name. */
export function nameModel(o: {
  readonly known: string | null;
  readonly title: string | null;
  readonly quantisation: string | null;
  readonly file: string;
}): string {
  if (o.known !== null) return o.known;
  const base = path.basename(o.file).replace(/\.(gguf|onnx)$/i, '');
  const name = o.title ?? base;
  const has = o.quantisation !== null && name.toLowerCase().includes(o.quantisation.toLowerCase());
  return (o.quantisation === null || has ? name : `${name} (${o.quantisation})`).slice(0, 200);
}

/** `wanted`, or with the first number that makes it free. */
export function freeId(wanted: string, isTaken: (id: string) => boolean): string {
  if (!isTaken(wanted)) return wanted;
  for (let n = 2; ; n++) if (!isTaken(`${wanted}-${n}`)) return `${wanted}-${n}`;
}

export type Importer = {
  /** by path: a copy into the models folder, or a link to where it lies */
  fromPath(
    input: { readonly path: string; readonly mode: 'copy' | 'link' },
    task: TaskContext,
  ): Promise<ModelRecord>;
  /** what was uploaded into a folder of ours moves in */
  fromUpload(dir: string, task: TaskContext): Promise<ModelRecord>;
};

/** Takes models in: looked at first, copied with a checksum on the way, looked at again, and only then in the list. */
export function createImporter(o: Pick<Base, 'store' | 'clock'> & { folder: ModelFolder }): Importer {
  const { folder } = o;

  const refuseTwice = (source: Source, sha256: string | null): void => {
    const same = listModels(o.store.read).find(
      (m) =>
        (sha256 !== null && m.sha256 === sha256 && m.format === source.format) ||
        (m.storage === 'link' && m.root === source.root && m.files[0]?.path === source.files[0]?.path),
    );
    if (same) throw new AppError('models.already-here', { name: same.name });
    const refused = sha256 === null ? null : folder.refusal({ name: source.main, sha256 });
    if (refused) throw refused;
  };

  const describe = (
    source: Source,
    at: { readonly sha256: string; readonly storage: ModelRecord['storage'] },
  ): ModelRecord => {
    const { known } = findKnown({ ...source, sha256: at.sha256 });
    const file = source.facts.kind === 'gguf' ? source.facts.file : source.facts.folder;
    const name = nameModel({
      known: known?.name ?? null,
      title: source.title,
      quantisation: source.quantisation,
      file,
    });
    const taken = new Set(listModels(o.store.read).map((m) => m.id));
    const id = freeId(known?.id ?? slugOf(name), (wanted) => taken.has(wanted) || folder.has(wanted));
    const { main: _main, title: _title, root, ...facts } = source;
    return {
      ...facts,
      ...at,
      id,
      name,
      root: at.storage === 'link' ? root : id,
      addedAt: o.clock.now(),
    };
  };

  /** A folder of ours whose files are whole becomes a model: from here on it survives a crash. */
  const settle = async (dir: string, source: Source, sha256: string): Promise<ModelRecord> => {
    let file: string | null = null;
    if (source.facts.kind === 'gguf') {
      file = `${slugOf(source.facts.file.replace(/\.gguf$/i, ''))}.gguf`;
      await moveAnything(path.join(dir, source.facts.file), path.join(dir, file));
    }
    const copy = await readSource({ format: source.format, root: dir, file });
    if (copy.bytes !== source.bytes) throw new AppError('models.source-changed', { file: source.main });
    const model = describe({ ...source, files: copy.files }, { sha256, storage: 'copy' });
    await writeDurably(folder.markerIn(dir), JSON.stringify(model, null, 1));
    await rm(progressFile(dir), { force: true });
    await moveAnything(dir, folder.pathOf(model.id));
    await syncFolder(folder.dir);
    await o.store.write([insertModel(model)], model);
    return model;
  };

  const copyIn = async (source: Source, task: TaskContext): Promise<ModelRecord> => {
    const key = createHash('sha256')
      .update(JSON.stringify([source.root, source.files.map((f) => f.path)]))
      .digest('hex')
      .slice(0, 24);
    const into = path.join(folder.incoming, key);
    await mkdir(folder.incoming, { recursive: true, mode: 0o700 });
    const lock = tryLock(`${into}.lock`);
    if (!lock) throw new AppError('models.import-busy', { file: path.basename(source.main) });
    try {
      await folder.checkSpace(source.bytes - (await folder.sizeOf(into)));
      const sha256 = await copyFiles({ ...source, into, ...task });
      try {
        refuseTwice(source, sha256);
        task.progress(source.bytes, source.bytes, 'check');
        return await settle(into, source, sha256);
      } catch (thrown) {
        // whole and yet of no use: to go on with it would end the same
        await rm(into, { recursive: true, force: true });
        throw thrown;
      }
    } finally {
      lock.release();
      await rm(`${into}.lock`, { force: true });
    }
  };

  return {
    async fromPath(input, task) {
      try {
        task.progress(0, null, 'check');
        const source = await readSource(await findTarget(input.path));
        refuseTwice(source, null);
        if (input.mode === 'copy') return await copyIn(source, task);
        const sha256 = await hashFile({ ...source, ...task });
        refuseTwice(source, sha256);
        const model = describe(source, { sha256, storage: 'link' });
        await o.store.write([insertModel(model)], model);
        return model;
      } catch (thrown) {
        throw fileError(thrown, input.path);
      }
    },
    async fromUpload(dir, task) {
      try {
        task.progress(0, null, 'check');
        const source = await readSource(await findTarget(await onlyFolderIn(dir)));
        const sha256 = await hashFile({ ...source, ...task });
        refuseTwice(source, sha256);
        await keepOnly(source);
        const model = await settle(source.root, source, sha256);
        await rm(dir, { recursive: true, force: true });
        return model;
      } catch (thrown) {
        const error = fileError(thrown, dir);
        // a wrong file stays wrong: what was sent of it goes
        if (error instanceof AppError) await rm(dir, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

/** A dropped folder arrives as a folder in the upload's own. */
async function onlyFolderIn(dir: string): Promise<string> {
  const entries = await readdir(dir, { withFileTypes: true });
  const [only] = entries;
  return only?.isDirectory() && entries.length === 1 ? path.join(dir, only.name) : dir;
}
/** What lay beside the model in the dropped folder is not kept. */
async function keepOnly({ root, files }: Source): Promise<void> {
  const kept = new Set(files.map((f) => path.join(root, f.path)));
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const at = path.join(entry.parentPath, entry.name);
    if (!entry.isDirectory() && !kept.has(at)) await rm(at, { force: true });
  }
}
