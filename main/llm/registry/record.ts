import { z } from 'zod';
import type { ErrorData } from '../../api/contract/common.ts';
import type { ModelRole } from '../contract/models.ts';
import type { GgufShape } from '../gguf/architectures.ts';

/** Memory in MB of 1,000,000 bytes, as the contract has it. */
const MB = 1_000_000;
/** tokens evaluated at once */
const BATCH = 128;
/** keys and values are kept as 16-bit floats */
const CACHE_BYTES = 2;
/** the process itself with its libraries */
const PROCESS = 150 * MB;
/** text, score and lookup of a token, in llama.cpp */
const TOKEN_BYTES = 350;
const padded = (n: number, to: number): number => Math.ceil(n / to) * to;

/**
 * Keys and values of `contextTokens`, bytes. A sliding-window layer keeps its window and one batch, in cells of 256
 * (llama.cpp, llama-kv-cache-iswa.cpp); every `slidingPattern`-th layer keeps everything.
 */
export function cacheBytes(shape: GgufShape, contextTokens: number): number {
  const perToken = 2 * shape.kvHeads * shape.headSize * CACHE_BYTES;
  const whole = padded(contextTokens, 256);
  const window =
    shape.slidingWindow === null ? whole : Math.min(whole, padded(shape.slidingWindow + BATCH, 256));
  const full = shape.slidingWindow === null ? shape.layers : Math.floor(shape.layers / shape.slidingPattern);
  return perToken * (full * whole + (shape.layers - full) * window);
}

/**
 * What a GGUF model needs while it runs, MB: its weights (not mapped, so that repacking holds them once), cache, the buffers of one
 * batch (scores over the vocabulary are the largest), its vocabulary, its process. Measured: qwen2-0.5B Q4_0 with 2,048 tokens
 * 710 MB (here 671), gemma3-4B Q4_0 of 2.52 GB with 4,096 tokens 3,114 (3,169).
 */
export function estimateGguf(o: {
  readonly bytes: number;
  readonly shape: GgufShape;
  readonly contextTokens: number;
}): number {
  const { shape } = o;
  const buffers = BATCH * 4 * (shape.vocabulary + 4 * shape.feedForward + 8 * shape.embedding);
  const sum =
    o.bytes + cacheBytes(shape, o.contextTokens) + buffers + shape.vocabulary * TOKEN_BYTES + PROCESS;
  return Math.ceil(sum / MB);
}

/**
 * What an ONNX embedding model needs, MB. Its tokenizer is the larger part: 0.9 GB were measured for a vocabulary of 250,000
 * (17 MB of JSON) with 118 MB of weights.
 */
export function estimateOnnx(o: { readonly bytes: number; readonly tokenizerBytes: number }): number {
  return Math.ceil((1.3 * (o.bytes - o.tokenizerBytes) + 36 * o.tokenizerBytes + PROCESS) / MB);
}

const whole = z.number().int().min(0);
const Facts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('gguf'),
    /** as it was called where it came from */
    file: z.string(),
    shape: z.object({
      layers: whole,
      embedding: whole,
      feedForward: whole,
      heads: whole,
      kvHeads: whole,
      headSize: whole,
      vocabulary: whole,
      slidingWindow: whole.nullable(),
      slidingPattern: whole,
    }),
  }),
  z.object({ kind: z.literal('onnx-folder'), file: z.string(), folder: z.string(), tokenizerBytes: whole }),
]);
/** A file that belongs to a model, and what it looked like when it came. */
export const ModelFile = z.object({ path: z.string(), bytes: whole, mtimeMs: z.number() });
export type ModelFile = z.infer<typeof ModelFile>;

/** A model as it is kept: a row of `models`, and `model.json` beside a copy. */
export const ModelRecord = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,120}$/),
  name: z.string().min(1),
  format: z.enum(['gguf', 'onnx-folder']),
  architecture: z.string(),
  quantisation: z.string().nullable(),
  parameters: whole.nullable(),
  trainedContext: whole.nullable(),
  dimensions: whole.nullable(),
  bytes: whole,
  /** of the GGUF file, or of a folder's ONNX file */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  storage: z.enum(['copy', 'link']),
  /** the folder that `files` lie in: of a link where it is, of a copy its name in the models folder */
  root: z.string(),
  files: z.array(ModelFile).min(1),
  facts: Facts,
  addedAt: z.number().int(),
});
export type ModelRecord = z.infer<typeof ModelRecord>;
/** With what happened to it since. */
export type KeptModel = ModelRecord & {
  readonly deaths: number;
  readonly quarantinedAt: number | null;
  readonly problem: ErrorData | null;
};

export const rolesOf = ({ format }: Pick<ModelRecord, 'format'>): ModelRole[] =>
  format === 'gguf' ? ['intent', 'wording'] : ['embedding'];

/** Memory it needs with so many tokens of context, MB of 1,000,000 bytes. */
export const needOf = (model: Pick<ModelRecord, 'facts' | 'bytes'>, contextTokens: number): number =>
  model.facts.kind === 'gguf'
    ? estimateGguf({ bytes: model.bytes, shape: model.facts.shape, contextTokens })
    : estimateOnnx({ bytes: model.bytes, tokenizerBytes: model.facts.tokenizerBytes });

/** What e5 models want before a text; others were trained without. */
export function prefixesOf(model: Pick<ModelRecord, 'name' | 'facts'>): { query: string; passage: string } {
  const names = model.facts.kind === 'gguf' ? '' : `${model.name} ${model.facts.folder}`;
  return /(^|[^a-z0-9])e5([^a-z0-9]|$)/i.test(names)
    ? { query: 'query: ', passage: 'passage: ' }
    : { query: '', passage: '' };
}
