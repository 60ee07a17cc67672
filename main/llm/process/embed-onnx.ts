// Embedding models of transformers.js' folder layout, in the models process: real onnxruntime, no network.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AutoModel, AutoTokenizer, env, LogLevel, Tensor } from '@huggingface/transformers';
import { z } from 'zod';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import type { EmbedAs, LoadSpec } from '../types.ts';

/** An embedding model in memory. */
export type OnnxModel = {
  /** of the model, its numbers' format, its pooling and what it is told: vectors of different ids are never compared */
  readonly id: string;
  readonly dimensions: number;
  /** tokens read of a text at most; what is longer is cut */
  readonly maxTokens: number;
  /**
   * L2-normalised vectors in the order of the texts. Rejects with Cancelled as soon as `isStopped` says so between two batches: a
   * running computation is never broken off, which would end the process. `isCut` hears which of the texts were cut.
   */
  embed(
    texts: readonly string[],
    as: EmbedAs,
    isStopped: () => boolean,
    isCut?: (index: number) => void,
  ): Promise<Float32Array[]>;
  close(): Promise<void>;
};

/**
 * A batch holds texts of one length in tokens, and no more tokens than this: padding costs time, and int8 vectors depend on it. A fixed
 * number, so that the same texts give the same vectors; 512 took twice as long a batch (100 ms) and won 2 % a token.
 */
const BATCH_TOKENS = 256;
/** no tokenizer makes fewer tokens of a text than one a so many characters that matter here */
const CHARACTERS_A_TOKEN = 32;
const MOST_TOKENS = 512;

const Config = z.object({
  model_type: z.string(),
  max_position_embeddings: z.number().int().positive().optional(),
});
const Pooling = z.object({ pooling_mode_cls_token: z.boolean().optional() });
/** what is used of a model that transformers.js has loaded */
type Forward = (inputs: Readonly<Record<string, Tensor>>) => Promise<Readonly<Record<string, unknown>>>;

// whatever a file asks for, nothing is fetched and nothing is written
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useFSCache = false;
env.useBrowserCache = false;
env.useWasmCache = false;
env.fetch = () => Promise.reject(new Error('the models process opens no connection'));
env.logLevel = LogLevel.ERROR;

/**
 * Loads an embedding model from its folder: `config.json`, `tokenizer.json`, `tokenizer_config.json` and
 * `onnx/model_quantized.onnx` (int8), or `onnx/model.onnx`. Rejects with AppError `models.load-failed`.
 */
export async function openOnnx(spec: LoadSpec): Promise<OnnxModel> {
  // an absolute path is taken for a folder, never for a name on a hub
  const folder = path.resolve(spec.path);
  const failed = (thrown: unknown): AppError =>
    thrown instanceof AppError
      ? thrown
      : new AppError(
          'models.load-failed',
          { detail: thrown instanceof Error ? thrown.message : String(thrown) },
          { cause: thrown },
        );
  try {
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
      if (!existsSync(path.join(folder, file))) throw missing(file);
    const config = Config.parse(readJson(path.join(folder, 'config.json')));
    const isInt8 = existsSync(path.join(folder, 'onnx', 'model_quantized.onnx'));
    if (!isInt8 && !existsSync(path.join(folder, 'onnx', 'model.onnx'))) throw missing('onnx/model.onnx');
    const poolingFile = path.join(folder, '1_Pooling', 'config.json');
    const firstToken =
      existsSync(poolingFile) && Pooling.parse(readJson(poolingFile)).pooling_mode_cls_token === true;

    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    const model = await AutoModel.from_pretrained(folder, {
      local_files_only: true,
      device: 'cpu',
      dtype: isInt8 ? 'q8' : 'fp32',
      session_options: {
        intraOpNumThreads: Math.max(1, spec.threads),
        interOpNumThreads: 1,
        // threads that wait by spinning take the time of everybody else
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      },
    });
    // roberta's positions begin after the padding's: two of them are never used
    const positions =
      (config.max_position_embeddings ?? MOST_TOKENS) - (/roberta|camembert/.test(config.model_type) ? 2 : 0);
    const maxTokens = Math.max(8, Math.min(MOST_TOKENS, positions, tokenizer.model_max_length));
    const about = [
      isInt8 ? 'q8' : 'fp32',
      firstToken ? 'cls' : 'mean',
      spec.prefixes.query,
      spec.prefixes.passage,
    ];
    const told = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 8);
    const opened = {
      maxTokens,
      firstToken,
      prefixes: spec.prefixes,
      tokens: (text: string): number[] => tokenizer.encode(text),
      forward: (inputs: Readonly<Record<string, Tensor>>) => (model as unknown as Forward)(inputs),
      close: async () => void (await model.dispose()),
    };
    // its first vector says how long they are, and that it works at all
    const [trial] = await run(opened, ['passage'], 'passage', () => false);
    if (!trial || trial.length === 0 || trial.some((x) => !Number.isFinite(x)))
      throw new AppError('models.load-failed', { detail: 'no usable vectors' });
    return modelOf(opened, `${spec.modelId}:${told}`, trial.length);
  } catch (thrown) {
    throw failed(thrown);
  }
}

type Opened = {
  readonly maxTokens: number;
  readonly firstToken: boolean;
  readonly prefixes: LoadSpec['prefixes'];
  readonly tokens: (text: string) => number[];
  readonly forward: Forward;
  readonly close: () => Promise<void>;
};

function modelOf(opened: Opened, id: string, dimensions: number): OnnxModel {
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;
  return {
    id,
    dimensions,
    maxTokens: opened.maxTokens,
    async embed(texts, as, isStopped, isCut) {
      const work = running.then(async () => {
        if (closed) throw new Cancelled('closed');
        return run(opened, texts, as, isStopped, isCut);
      });
      running = work.catch(() => {});
      return work;
    },
    async close() {
      closed = true;
      await running;
      await opened.close();
    },
  };
}

async function run(
  opened: Opened,
  texts: readonly string[],
  as: EmbedAs,
  isStopped: () => boolean,
  isCut: (index: number) => void = () => {},
): Promise<Float32Array[]> {
  const byLength = new Map<number, { index: number; ids: readonly number[] }[]>();
  texts.forEach((text, index) => {
    const whole = `${opened.prefixes[as]}${text}`;
    const most = opened.maxTokens * CHARACTERS_A_TOKEN;
    let ids: readonly number[] = opened.tokens(whole.slice(0, most));
    if (ids.length > opened.maxTokens || whole.length > most) isCut(index);
    if (ids.length > opened.maxTokens) {
      // the mark of the end stays at the end
      const end = ids.at(-1) ?? 0;
      ids = [...ids.slice(0, opened.maxTokens - 1), end];
    }
    byLength.set(ids.length, [...(byLength.get(ids.length) ?? []), { index, ids }]);
  });
  const vectors = new Array<Float32Array>(texts.length);
  for (const [length, group] of byLength) {
    const size = Math.max(1, Math.floor(BATCH_TOKENS / Math.max(1, length)));
    for (let from = 0; from < group.length; from += size) {
      if (isStopped()) throw new Cancelled('stopped between two batches');
      const batch = group.slice(from, from + size);
      const rows = await forward(
        opened,
        batch.map(({ ids }) => ids),
        length,
      );
      batch.forEach(({ index }, i) => {
        vectors[index] = rows[i] ?? new Float32Array(0);
      });
    }
  }
  return vectors;
}

/** Vectors of token rows of one length. */
async function forward(
  opened: Opened,
  rows: readonly (readonly number[])[],
  length: number,
): Promise<Float32Array[]> {
  const shape = [rows.length, length];
  const cells = rows.length * length;
  const output = await opened.forward({
    input_ids: new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(cells).fill(1n), shape),
  });
  const whole = output['sentence_embedding'];
  const tokens = output['last_hidden_state'] ?? output['token_embeddings'];
  const tensor = tokens instanceof Tensor ? tokens : whole instanceof Tensor ? whole : null;
  const data = tensor?.data;
  if (!tensor || !(data instanceof Float32Array))
    throw new AppError('models.load-failed', { detail: `output ${Object.keys(output).join(', ')}` });
  const d = tensor.dims.at(-1) ?? 0;
  const steps = tensor.dims.length === 3 ? length : 1;
  return rows.map((_, row) => {
    const out = new Float32Array(d);
    const used = opened.firstToken ? 1 : steps;
    for (let step = 0; step < used; step++) {
      const at = (row * steps + step) * d;
      for (let i = 0; i < d; i++) out[i] = (out[i] ?? 0) + (data[at + i] ?? 0);
    }
    return unit(out);
  });
}
function unit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const x of vector) squares += x * x;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return vector.map((x) => x * scale);
}

const missing = (file: string): AppError => new AppError('models.load-failed', { detail: `no ${file}` });
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
