// Embedding models of true architecture (BERT with XLM-R's tokenizer, as multilingual-e5-small) with made-up weights.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OnnxGraph } from './write-onnx.ts';

export type EmbedderShape = {
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly positions: number;
  readonly vocabulary: number;
  /** int8 weights, as published small models have them */
  readonly int8: boolean;
  readonly seed: number;
};
/** milliseconds to make and to run */
export const TINY: EmbedderShape = {
  hidden: 32,
  layers: 2,
  heads: 4,
  feedForward: 64,
  positions: 64,
  vocabulary: 2_000,
  int8: false,
  seed: 1,
};
/** multilingual-e5-small but for its vocabulary: the same work a token, 8,000 pieces instead of 250,037 */
export const E5_SMALL: EmbedderShape = {
  hidden: 384,
  layers: 12,
  heads: 12,
  feedForward: 1536,
  positions: 512,
  vocabulary: 8_000,
  int8: true,
  seed: 1,
};

/** Writes the folder of a model; @returns its path */
export function writeEmbedder(
  folder: string,
  change: Partial<EmbedderShape> = {},
  base: EmbedderShape = TINY,
): string {
  const shape = { ...base, ...change };
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  const put = (name: string, value: unknown): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  const vocabulary = vocabularyOf(shape.vocabulary);
  writeFileSync(
    path.join(folder, 'onnx', shape.int8 ? 'model_quantized.onnx' : 'model.onnx'),
    encoderOf({ ...shape, vocabulary: vocabulary.length }),
  );
  put('tokenizer.json', tokenizerOf(vocabulary));
  put('tokenizer_config.json', {
    tokenizer_class: 'XLMRobertaTokenizer',
    model_max_length: shape.positions,
    bos_token: '<s>',
    eos_token: '</s>',
    cls_token: '<s>',
    sep_token: '</s>',
    unk_token: '<unk>',
    pad_token: '<pad>',
    mask_token: '<mask>',
  });
  put('config.json', {
    _name_or_path: 'made/tiny-e5',
    architectures: ['BertModel'],
    model_type: 'bert',
    hidden_size: shape.hidden,
    num_hidden_layers: shape.layers,
    num_attention_heads: shape.heads,
    intermediate_size: shape.feedForward,
    hidden_act: 'gelu',
    max_position_embeddings: shape.positions,
    type_vocab_size: 2,
    vocab_size: vocabulary.length,
    pad_token_id: 1,
    layer_norm_eps: 1e-12,
  });
  return folder;
}

/** mulberry32 */
const chanceFrom = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

function encoderOf(shape: EmbedderShape): Uint8Array {
  const { hidden: h, heads, feedForward } = shape;
  const g = new OnnxGraph();
  const chance = chanceFrom(shape.seed);
  const weights = (n: number, spread: number): Float32Array =>
    Float32Array.from({ length: n }, () => (chance() - 0.5) * 2 * spread);
  const ids = g.input('input_ids', 'int64', ['batch', 'sequence']);
  const mask = g.input('attention_mask', 'int64', ['batch', 'sequence']);
  const types = g.input('token_type_ids', 'int64', ['batch', 'sequence']);

  const quantized = new Map<string, string[]>();
  const product = (x: string, rows: number, columns: number): string => {
    const spread = Math.sqrt(3 / rows);
    if (!shape.int8)
      return g.node('MatMul', [x, g.constant(weights(rows * columns, spread), [rows, columns])]);
    const q = quantized.get(x) ?? g.nodeOf('DynamicQuantizeLinear', [x], 3);
    quantized.set(x, q);
    const [bytes = '', scale = '', zero = ''] = q;
    const w = Int8Array.from({ length: rows * columns }, () => Math.round((chance() - 0.5) * 254));
    const whole = g.node('MatMulInteger', [
      bytes,
      g.constant(w, [rows, columns]),
      zero,
      g.constant(new Int8Array(1), []),
    ]);
    const factor = g.node('Mul', [scale, g.floats(spread / 127)]);
    return g.node('Mul', [g.node('Cast', [whole], { to: 1 }), factor]);
  };
  const linear = (x: string, rows: number, columns: number): string =>
    g.node('Add', [product(x, rows, columns), g.constant(weights(columns, 0.02), [columns])]);
  const norm = (x: string, as?: string): string =>
    g.node(
      'LayerNormalization',
      [x, g.constant(new Float32Array(h).fill(1), [h]), g.constant(new Float32Array(h), [h])],
      { axis: -1, epsilon: { float: 1e-12 } },
      as,
    );
  const table = (rows: number, indices: string, spread: number): string => {
    if (!shape.int8 || rows < 1000)
      return g.node('Gather', [g.constant(weights(rows * h, spread), [rows, h]), indices]);
    const bytes = Uint8Array.from({ length: rows * h }, () => Math.floor(chance() * 256));
    return g.node('DequantizeLinear', [
      g.node('Gather', [g.constant(bytes, [rows, h]), indices]),
      g.floats((2 * spread) / 255),
      g.constant(Uint8Array.of(128), []),
    ]);
  };

  const length = g.node('Gather', [g.node('Shape', [ids]), g.constant(BigInt64Array.of(1n), [])]);
  const steps = g.node('Range', [
    g.constant(BigInt64Array.of(0n), []),
    length,
    g.constant(BigInt64Array.of(1n), []),
  ]);
  const sum = g.node('Add', [table(shape.vocabulary, ids, 1), table(2, types, 0.05)]);
  let x = norm(g.node('Add', [sum, table(shape.positions, steps, 0.2)]));
  const shown = g.node('Unsqueeze', [g.node('Cast', [mask], { to: 1 }), g.ints(1, 2)]);
  const hidden = g.node('Mul', [g.node('Sub', [g.floats(1), shown]), g.floats(-1e9)]);
  const d = h / heads;
  const split = g.ints(0, 0, heads, d);
  const join = g.ints(0, 0, h);
  const half = g.floats(0.5);
  const one = g.floats(1);
  const root = g.floats(Math.SQRT1_2);
  const scale = g.floats(1 / Math.sqrt(d));
  for (let layer = 0; layer < shape.layers; layer++) {
    const part = (perm: readonly number[]): string =>
      g.node('Transpose', [g.node('Reshape', [linear(x, h, h), split])], { perm });
    const scores = g.node('Mul', [g.node('MatMul', [part([0, 2, 1, 3]), part([0, 2, 3, 1])]), scale]);
    const seen = g.node('Softmax', [g.node('Add', [scores, hidden])], { axis: -1 });
    const heard = g.node('Transpose', [g.node('MatMul', [seen, part([0, 2, 1, 3])])], { perm: [0, 2, 1, 3] });
    const attended = norm(g.node('Add', [linear(g.node('Reshape', [heard, join]), h, h), x]));
    const wide = linear(attended, h, feedForward);
    const bent = g.node('Add', [g.node('Erf', [g.node('Mul', [wide, root])]), one]);
    const gelu = g.node('Mul', [g.node('Mul', [wide, half]), bent]);
    const isLast = layer === shape.layers - 1;
    x = norm(
      g.node('Add', [linear(gelu, feedForward, h), attended]),
      isLast ? 'last_hidden_state' : undefined,
    );
  }
  g.output('last_hidden_state', 'float', ['batch', 'sequence', h]);
  return g.bytes();
}

const SPECIAL = ['<s>', '<pad>', '</s>', '<unk>'] as const;
const MASK = '<mask>';
const WORDS =
  'query: passage: error failed timeout connection user login service stopped restart network printer paper database ' +
  'backup disk memory server check phone overtime break training deadline support 認証 障害 対処 再起動 復旧 回線 業者 電話 ' +
  '休憩 残業 手順 応援 残件 納期 紙詰まり プリンタ サーバー データベース タイムアウト 接続 エラー 失敗 連絡 確認 研修 移動 監視 設定';

/** Pieces with their log-probabilities: words, then characters; the rest of the size are syllables nobody writes. */
function vocabularyOf(size: number): [string, number][] {
  const pieces = new Map<string, number>(SPECIAL.map((piece) => [piece, 0]));
  const add = (piece: string, score: number): void => {
    if (!pieces.has(piece)) pieces.set(piece, score);
  };
  add('▁', -3);
  for (const word of WORDS.split(' ')) {
    add(`▁${word}`, -7.5);
    add(word, -8);
  }
  for (let c = 33; c < 127; c++) {
    add(String.fromCharCode(c), -10);
    add(`▁${String.fromCharCode(c)}`, -10.5);
  }
  for (let c = 0x3041; c < 0x30ff; c++) add(String.fromCharCode(c), -11);
  for (const c of '。、！？・「」ー年月日時分人名手場所止直電気上下左右前後大小中入出力業務工程品川横浜札幌大阪昼夜朝週金額書類届番号新旧開閉')
    add(c, -12);
  for (let c = 0x4e00; pieces.size < Math.min(size, 4_000) - 1 && c < 0x9fff; c++)
    add(String.fromCharCode(c), -14);
  const [consonants, vowels] = ['kstnhmyrwgzdbp', 'aiueo'];
  for (let i = 0; pieces.size < size - 1; i++) {
    let word = '';
    for (let rest = i, n = 0; n < 4; n++, rest = Math.floor(rest / 70))
      word += (consonants[rest % 14] ?? '') + (vowels[Math.floor(rest / 14) % 5] ?? '');
    add(`▁${word}`, -13);
  }
  add(MASK, 0);
  return [...pieces];
}

function tokenizerOf(vocabulary: readonly (readonly [string, number])[]): unknown {
  const special = (id: number, content: string, lstrip = false) => ({
    id,
    content,
    single_word: false,
    lstrip,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const spaces = {
    type: 'Metaspace',
    replacement: '▁',
    prepend_scheme: 'always',
    split: true,
    add_prefix_space: true,
  };
  const s = { SpecialToken: { id: '<s>', type_id: 0 } };
  const end = { SpecialToken: { id: '</s>', type_id: 0 } };
  const part = (id: string) => ({ Sequence: { id, type_id: 0 } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...SPECIAL.map((t, i) => special(i, t)), special(vocabulary.length - 1, MASK, true)],
    normalizer: {
      type: 'Sequence',
      normalizers: [{ type: 'NFKC' }, { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' }],
    },
    pre_tokenizer: spaces,
    post_processor: {
      type: 'TemplateProcessing',
      single: [s, part('A'), end],
      pair: [s, part('A'), end, end, part('B'), end],
      special_tokens: {
        '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] },
        '</s>': { id: '</s>', ids: [2], tokens: ['</s>'] },
      },
    },
    decoder: spaces,
    model: { type: 'Unigram', unk_id: 3, vocab: vocabulary, byte_fallback: false },
  };
}
