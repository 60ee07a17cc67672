// Models that llama.cpp really loads, without trained weights: tiny ones in milliseconds, and the true shapes of the models people use.
import { constantRows, givenRows, randomRows, seeded, zeroRows } from './fill-tensors.ts';
import { makeGemma3Tokenizer, makeQwen2Tokenizer } from './make-tokenizers.ts';
import { type GgufFile, type Metadata, type Tensor, type TensorType, writeGguf } from './write-file.ts';

type Shape = {
  readonly architecture: 'qwen2' | 'gemma3';
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headWidth: number;
  readonly inner: number;
  readonly context: number;
  readonly window: number;
  readonly vocabulary: number | null;
  readonly type: TensorType;
};
const SHAPES = {
  /** 435 tokens, 0.1 MB */
  'qwen2-tiny': {
    ...{ architecture: 'qwen2', name: 'Tiny Random Qwen2', layers: 2, width: 64, heads: 4, kvHeads: 2 },
    ...{ headWidth: 16, inner: 128, context: 4096, window: 0, vocabulary: null, type: 'q8_0' },
  },
  /** 608 tokens, 0.3 MB */
  'gemma3-tiny': {
    ...{ architecture: 'gemma3', name: 'Tiny Random Gemma 3', layers: 6, width: 64, heads: 2, kvHeads: 1 },
    ...{ headWidth: 32, inner: 128, context: 8192, window: 512, vocabulary: null, type: 'q8_0' },
  },
  /** Qwen2-0.5B, 353 MB */
  'qwen2-0.5b': {
    ...{ architecture: 'qwen2', name: 'Random Qwen2 0.5B', layers: 24, width: 896, heads: 14, kvHeads: 2 },
    ...{ headWidth: 64, inner: 4864, context: 32768, window: 0, vocabulary: 151936, type: 'q4_0' },
  },
  /** Gemma 3 4B, 2.5 GB */
  'gemma3-4b': {
    ...{ architecture: 'gemma3', name: 'Random Gemma 3 4B', layers: 34, width: 2560, heads: 8, kvHeads: 4 },
    ...{ headWidth: 256, inner: 10240, context: 131072, window: 1024, vocabulary: 262144, type: 'q4_0' },
  },
} as const satisfies Record<string, Shape>;
export type ModelShape = keyof typeof SHAPES;
export type ModelWish = {
  readonly name?: string;
  /** more layers, slower */
  readonly layers?: number;
  /**
   * The model says exactly these pieces and stops, whatever it is asked: each becomes one token. They must be distinct. Attention
   * and feed-forward give nothing, so the last token alone says what comes next.
   */
  readonly script?: readonly string[];
};

/** What a file of this shape holds, to be written as it is or with something spoilt. */
export function describeModel(shape: ModelShape, wish: ModelWish = {}): GgufFile {
  const s: Shape = { ...SHAPES[shape], ...wish };
  const script = wish.script ?? [];
  if (new Set(script).size !== script.length) throw new Error('the pieces of a script must be distinct');
  const make = s.architecture === 'qwen2' ? makeQwen2Tokenizer : makeGemma3Tokenizer;
  const tokenizer = make({
    script,
    words: s.vocabulary === null ? 'few' : 'many',
    vocabulary: s.vocabulary,
  });
  return {
    metadata: [...describeShape(s), ...tokenizer.metadata],
    tensors: script.length > 0 ? scriptTensors(s, tokenizer) : randomTensors(s, tokenizer.tokens.length),
  };
}

/** Writes a model; returns its size in bytes. */
export function writeModel(file: string, shape: ModelShape, wish: ModelWish = {}): number {
  return writeGguf(file, describeModel(shape, wish));
}

function describeShape(s: Shape): Metadata[] {
  const own = (name: string, value: number): Metadata => ({
    key: `${s.architecture}.${name}`,
    type: 'u32',
    value,
  });
  const real = (name: string, value: number): Metadata => ({ ...own(name, value), type: 'f32' }) as Metadata;
  return [
    { key: 'general.architecture', type: 'str', value: s.architecture },
    { key: 'general.type', type: 'str', value: 'model' },
    { key: 'general.name', type: 'str', value: s.name },
    { key: 'general.file_type', type: 'u32', value: s.type === 'q4_0' ? 2 : 7 },
    { key: 'general.quantization_version', type: 'u32', value: 2 },
    own('context_length', s.context),
    own('embedding_length', s.width),
    own('block_count', s.layers),
    own('feed_forward_length', s.inner),
    own('attention.head_count', s.heads),
    own('attention.head_count_kv', s.kvHeads),
    real('attention.layer_norm_rms_epsilon', 1e-6),
    real('rope.freq_base', 1e6),
    ...(s.architecture === 'gemma3'
      ? [
          own('attention.key_length', s.headWidth),
          own('attention.value_length', s.headWidth),
          own('attention.sliding_window', s.window),
          { key: 'gemma3.rope.scaling.type', type: 'str', value: 'linear' } as const,
          real('rope.scaling.factor', 8),
        ]
      : []),
  ];
}

/** names and sizes; `norm` and `bias` are vectors of one value, the rest matrices */
type Part = { readonly name: string; readonly kind: string; readonly dims: number[] };
function listParts(s: Shape, tokens: number): Part[] {
  const query = s.heads * s.headWidth;
  const keys = s.kvHeads * s.headWidth;
  const layer = (n: number): Part[] => {
    const part = (name: string, kind: string, dims: number[], what = 'weight'): Part => ({
      name: `blk.${n}.${name}.${what}`,
      kind,
      dims,
    });
    return [
      part('attn_norm', 'norm', [s.width]),
      part('attn_q', 'in', [s.width, query]),
      part('attn_k', 'in', [s.width, keys]),
      part('attn_v', 'in', [s.width, keys]),
      part('attn_output', 'out', [query, s.width]),
      ...(s.architecture === 'qwen2'
        ? [
            part('attn_q', 'bias', [query], 'bias'),
            part('attn_k', 'bias', [keys], 'bias'),
            part('attn_v', 'bias', [keys], 'bias'),
          ]
        : [
            part('attn_q_norm', 'norm', [s.headWidth]),
            part('attn_k_norm', 'norm', [s.headWidth]),
            part('post_attention_norm', 'norm', [s.width]),
            part('post_ffw_norm', 'norm', [s.width]),
          ]),
      part('ffn_norm', 'norm', [s.width]),
      part('ffn_gate', 'in', [s.width, s.inner]),
      part('ffn_up', 'in', [s.width, s.inner]),
      part('ffn_down', 'out', [s.inner, s.width]),
    ];
  };
  return [
    { name: 'token_embd.weight', kind: 'embedding', dims: [s.width, tokens] },
    ...Array.from({ length: s.layers }, (_, n) => layer(n)).flat(),
    { name: 'output_norm.weight', kind: 'norm', dims: [s.width] },
  ];
}

const vectorOf = ({ kind, name, dims }: Part): Tensor => ({
  name,
  dims,
  type: 'f32',
  fill: constantRows(kind === 'norm' ? 1 : 0, dims[0] ?? 0),
});

/** Both real models use one matrix for the embedding and the output: there is no output.weight. */
function randomTensors(s: Shape, tokens: number): Tensor[] {
  let seed = 1;
  return listParts(s, tokens).map((part) => {
    if (part.dims.length === 1) return vectorOf(part);
    const type = part.kind === 'embedding' ? 'q8_0' : s.type;
    const std = part.kind === 'embedding' ? 0.02 : 1 / Math.sqrt(part.dims[0] ?? 1);
    return { name: part.name, dims: part.dims, type, fill: randomRows(type, part.dims, std, seed++) };
  });
}

/** Embeddings are random signs, nearly at right angles; the output row of a token is the embedding of the one before it. */
function scriptTensors(
  s: Shape,
  tokenizer: { tokens: readonly string[]; scriptIds: readonly number[]; firstId: number; endId: number },
): Tensor[] {
  const signs = (token: number): Float32Array => {
    const random = seeded(0x9e3779b9 ^ Math.imul(token + 1, 2654435761));
    return Float32Array.from({ length: s.width }, () => (random() < 0.5 ? -1 : 1));
  };
  const before = new Map<number, number>();
  [tokenizer.firstId, ...tokenizer.scriptIds].forEach((id, i) => {
    before.set(tokenizer.scriptIds[i] ?? tokenizer.endId, id);
  });
  const nothing = new Float32Array(s.width);
  let seed = 1;
  const body = listParts(s, tokenizer.tokens.length).map((part): Tensor => {
    const { name, dims } = part;
    if (dims.length === 1) return vectorOf(part);
    if (part.kind === 'embedding') return { name, dims, type: 'q8_0', fill: givenRows(signs) };
    if (part.kind === 'out') return { name, dims, type: s.type, fill: zeroRows(s.type, dims[0] ?? 0) };
    return { name, dims, type: s.type, fill: randomRows(s.type, dims, 1 / Math.sqrt(dims[0] ?? 1), seed++) };
  });
  const output = (token: number): Float32Array => {
    const previous = before.get(token);
    return previous === undefined ? nothing : signs(previous);
  };
  return [
    ...body,
    {
      name: 'output.weight',
      dims: [s.width, tokenizer.tokens.length],
      type: 'q8_0',
      fill: givenRows(output),
    },
  ];
}
