import { lstat, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import { EMBEDDER_FILES } from '../contract/models.ts';
import { checkOnnx } from './check-onnx.ts';
import { fileError } from './file-errors.ts';

/** Its place in the folder, with forward slashes. */
export type FolderFile = { readonly path: string; readonly bytes: number };
/** What the folder of an ONNX embedding model is. */
export type FolderFacts = {
  /** config.json's model_type */
  readonly architecture: string;
  /** what config.json says the model is called */
  readonly name: string | null;
  readonly quantisation: string | null;
  readonly parameters: number | null;
  readonly trainedContext: number | null;
  readonly dimensions: number;
  /** the ONNX file */
  readonly main: string;
  /** all that is needed of the folder; what else lies in it is left alone */
  readonly files: readonly FolderFile[];
  readonly bytes: number;
  readonly tokenizerBytes: number;
};

const { main: MAIN, needed: NEEDED, extra: EXTRA } = EMBEDDER_FILES;
const MAX_JSON = 4 * 1024 * 1024;
const MAX_TOKENIZER = 128 * 1024 * 1024;
/** one name, so that it cannot lead out of the folder */
const PLAIN_NAME = /^(?!\.\.?$)[\w.-]{1,200}$/;

const Config = z.object({
  model_type: z.string().min(1).max(60),
  hidden_size: z.number().int().min(8).max(16_384).optional(),
  /** distilbert's word for it */
  dim: z.number().int().min(8).max(16_384).optional(),
  max_position_embeddings: z
    .number()
    .int()
    .min(16)
    .max(2 ** 20)
    .optional(),
  _name_or_path: z.string().max(500).optional(),
});
const Pooling = z.object({
  pooling_mode_mean_tokens: z.boolean().optional(),
  pooling_mode_cls_token: z.boolean().optional(),
});

/**
 * Whether a folder holds an embedding model in the layout of transformers.js: the right files, whole, in it and not linked to from it,
 * an ONNX file that takes tokens and gives their vectors.
 * @throws AppError `models.bad-*`
 */
export async function checkFolder(folder: string): Promise<FolderFacts> {
  const files: FolderFile[] = [];
  /** regular and inside: no link on the way to it */
  const find = async (file: string): Promise<FolderFile | null> => {
    const parts = file.split('/');
    for (let i = 1; i <= parts.length; i++) {
      const at = parts.slice(0, i).join('/');
      const seen = await lstat(path.join(folder, at)).catch((thrown: unknown) => {
        if ((thrown as { code?: unknown }).code === 'ENOENT') return null;
        throw fileError(thrown, at);
      });
      if (!seen) return null;
      if (seen.isSymbolicLink()) throw new AppError('models.bad-folder-link', { file: at });
      if (i < parts.length ? !seen.isDirectory() : !seen.isFile())
        throw new AppError('models.bad-no-file', { file: at });
      if (i === parts.length) return { path: file, bytes: seen.size };
    }
    return null;
  };
  const take = async (file: string): Promise<FolderFile> => {
    const found = await find(file);
    if (!found) throw new AppError('models.bad-folder', { missing: file });
    files.push(found);
    return found;
  };
  const json = async <T>(file: FolderFile, schema: z.ZodType<T>): Promise<T> => {
    const bad = (detail: string): AppError =>
      new AppError('models.bad-folder-file', { file: file.path, detail });
    if (file.bytes > MAX_JSON) throw bad(`${file.bytes} bytes`);
    const text = await readFile(path.join(folder, file.path), 'utf8').catch((thrown: unknown) => {
      throw fileError(thrown, file.path);
    });
    if (text.startsWith('version https://git-lfs')) throw new AppError('models.bad-lfs-pointer');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw bad('JSON');
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success)
      throw bad(parsed.error.issues.map((i) => `${i.path.join('.') || 'JSON'}: ${i.message}`).join('; '));
    return parsed.data;
  };

  for (const file of NEEDED) await take(file);
  const main = (await find(MAIN[0])) ?? (await find(MAIN[1]));
  if (!main) throw new AppError('models.bad-folder', { missing: MAIN[0] });
  files.push(main);
  const [config, tokenizer, tokenizerConfig] = files;
  if (!config || !tokenizer || !tokenizerConfig)
    throw new AppError('models.bad-folder', { missing: NEEDED[0] });
  for (const file of EXTRA) {
    const found = await find(file);
    if (found) files.push(found);
  }

  const said = await json(config, Config);
  await json(tokenizerConfig, z.record(z.string(), z.unknown()));
  await checkTokenizer(folder, tokenizer);
  const pooling = files.find((f) => f.path === '1_Pooling/config.json');
  const pools = pooling ? await json(pooling, Pooling) : null;
  if (pools?.pooling_mode_mean_tokens === false && pools.pooling_mode_cls_token !== true)
    throw new AppError('models.bad-embedder', { detail: 'pooling' });
  const onnx = await checkOnnx(path.join(folder, main.path));
  for (const name of onnx.external) {
    if (!PLAIN_NAME.test(name))
      throw new AppError('models.bad-onnx', { file: main.path, detail: `weights in ${name.slice(0, 100)}` });
    await take(`onnx/${name}`);
  }
  for (const input of ['input_ids', 'attention_mask'])
    if (!onnx.inputs.includes(input))
      throw new AppError('models.bad-embedder', { detail: `no input ${input}` });
  if (!onnx.outputs.some((o) => ['last_hidden_state', 'token_embeddings', 'sentence_embedding'].includes(o)))
    throw new AppError('models.bad-embedder', { detail: `output ${onnx.outputs.join(', ') || 'none'}` });
  const dimensions = said.hidden_size ?? said.dim;
  if (dimensions === undefined)
    throw new AppError('models.bad-folder-file', { file: config.path, detail: 'hidden_size' });
  const name = said._name_or_path?.split(/[\\/]/).at(-1)?.trim();
  return {
    architecture: said.model_type,
    name: name || null,
    quantisation: main.path === MAIN[0] ? 'INT8' : null,
    parameters: onnx.parameters > 0 ? onnx.parameters : null,
    trainedContext: said.max_position_embeddings ?? null,
    dimensions,
    main: main.path,
    files,
    bytes: files.reduce((sum, f) => sum + f.bytes, 0),
    tokenizerBytes: tokenizer.bytes,
  };
}

/** Up to 17 MB in real models, and parsed where it is used: here only that it begins and ends as JSON does. */
async function checkTokenizer(folder: string, file: FolderFile): Promise<void> {
  const bad = (detail: string): AppError =>
    new AppError('models.bad-folder-file', { file: file.path, detail });
  if (file.bytes > MAX_TOKENIZER) throw bad(`${file.bytes} bytes`);
  try {
    await using handle = await open(path.join(folder, file.path), 'r');
    const read = async (at: number): Promise<string> => {
      const bytes = Buffer.alloc(Math.min(64, file.bytes));
      await handle.read(bytes, 0, bytes.length, Math.max(0, at));
      return bytes
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .trim();
    };
    const begin = await read(0);
    if (begin.startsWith('version https://git-lfs')) throw new AppError('models.bad-lfs-pointer');
    if (!begin.startsWith('{')) throw bad('JSON');
    if (!(await read(file.bytes - 64)).endsWith('}')) throw bad('it ends too early');
  } catch (thrown) {
    throw fileError(thrown, file.path);
  }
}
