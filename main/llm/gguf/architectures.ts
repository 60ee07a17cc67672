/** What the loader makes its buffers from, all within the bounds of the validator. */
export type GgufShape = {
  readonly layers: number;
  readonly embedding: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly vocabulary: number;
  /** tokens a sliding-window layer looks back; null: every layer looks at everything */
  readonly slidingWindow: number | null;
  /** every so many-th layer looks at everything */
  readonly slidingPattern: number;
};
type Tensors = {
  readonly required: ReadonlyMap<string, readonly number[]>;
  readonly optional: ReadonlyMap<string, readonly number[]>;
};
export type Architecture = {
  /** tokenizer.ggml.model */
  readonly tokenizer: 'gpt2' | 'llama';
  /** tokenizer.ggml.pre that splits as the model was trained; null: not used */
  readonly splits: readonly string[] | null;
  /** the head size is the embedding's share and cannot be chosen */
  readonly hasFixedHeads: boolean;
  tensors(shape: GgufShape): Tensors;
};

const decoder = (
  s: GgufShape,
  own: (
    add: (name: string, ...dims: number[]) => void,
    maybe: (name: string, ...dims: number[]) => void,
  ) => void,
): Tensors => {
  const { embedding: e, feedForward: f } = s;
  const q = s.heads * s.headSize;
  const k = s.kvHeads * s.headSize;
  const required = new Map<string, readonly number[]>([
    ['token_embd.weight', [e, s.vocabulary]],
    ['output_norm.weight', [e]],
  ]);
  const optional = new Map<string, readonly number[]>([['output.weight', [e, s.vocabulary]]]);
  for (let i = 0; i < s.layers; i++) {
    const add = (name: string, ...dims: number[]): void => void required.set(`blk.${i}.${name}`, dims);
    add('attn_norm.weight', e);
    add('attn_q.weight', e, q);
    add('attn_k.weight', e, k);
    add('attn_v.weight', e, k);
    add('attn_output.weight', q, e);
    add('ffn_norm.weight', e);
    add('ffn_gate.weight', e, f);
    add('ffn_up.weight', e, f);
    add('ffn_down.weight', f, e);
    own(add, (name, ...dims) => void optional.set(`blk.${i}.${name}`, dims));
  }
  return { required, optional };
};

/** The architectures that Toride speaks to: chat format, tensors and memory are known for these and for no others. */
export const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  qwen2: {
    tokenizer: 'gpt2',
    splits: ['qwen2', 'deepseek-r1-qwen'],
    hasFixedHeads: true,
    tensors: (s) =>
      decoder(s, (_add, maybe) => {
        maybe('attn_q.bias', s.heads * s.headSize);
        maybe('attn_k.bias', s.kvHeads * s.headSize);
        maybe('attn_v.bias', s.kvHeads * s.headSize);
      }),
  },
  gemma3: {
    tokenizer: 'llama',
    splits: null,
    hasFixedHeads: false,
    tensors: (s) =>
      decoder(s, (add) => {
        add('attn_q_norm.weight', s.headSize);
        add('attn_k_norm.weight', s.headSize);
        add('post_attention_norm.weight', s.embedding);
        add('post_ffw_norm.weight', s.embedding);
      }),
  },
};
