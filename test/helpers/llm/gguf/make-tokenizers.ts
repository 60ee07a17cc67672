// Vocabularies of the two families: byte-level BPE (qwen2) and SentencePiece with byte fallback (gemma3). Any text can be told in them.
import { listWords } from './list-words.ts';
import type { Metadata } from './write-file.ts';

/** values of tokenizer.ggml.token_type */
const TYPE = { normal: 1, unknown: 2, control: 3, unused: 5, byte: 6 } as const;

export type Tokenizer = {
  readonly metadata: Metadata[];
  readonly tokens: readonly string[];
  /** the tokens of a script's pieces */
  readonly scriptIds: readonly number[];
  /** the last token of a prompt, which a script starts after */
  readonly firstId: number;
  /** ends an answer */
  readonly endId: number;
};
type Wish = {
  readonly script: readonly string[];
  readonly words: 'few' | 'many';
  /** tokens in all; null: as many as the words make */
  readonly vocabulary: number | null;
};

/** GPT-2's table of bytes as printable characters, in which BPE vocabularies are written. */
const BYTE_CHARS = ((): string[] => {
  const printable = new Set<number>();
  for (const [from, to] of [
    [0x21, 0x7e],
    [0xa1, 0xac],
    [0xae, 0xff],
  ] as const)
    for (let b = from; b <= to; b++) printable.add(b);
  let extra = 256;
  return Array.from({ length: 256 }, (_, b) => String.fromCodePoint(printable.has(b) ? b : extra++));
})();
const inByteChars = (text: string): string[] =>
  [...Buffer.from(text, 'utf8')].map((b) => BYTE_CHARS[b] ?? '');

/** 256 bytes, then a token for every merge. */
function mergeWords(size: number, words: Wish['words']): { tokens: string[]; merges: string[] } {
  const tokens = [...BYTE_CHARS];
  const seen = new Set(tokens);
  const merges: string[] = [];
  for (const word of listWords(words)) {
    const units = [...word].flatMap((ch) => {
      const whole = inByteChars(ch).join('');
      return seen.has(whole) ? [whole] : inByteChars(ch);
    });
    let left = units[0] ?? '';
    for (const right of units.slice(1)) {
      const joined = left + right;
      if (!seen.has(joined)) {
        if (tokens.length >= size) return { tokens, merges };
        seen.add(joined);
        tokens.push(joined);
        merges.push(`${left} ${right}`);
      }
      left = joined;
    }
  }
  return { tokens, merges };
}

const CHATML =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

/** `vocabulary`: the special tokens stand where the real models have them, 293 before the end. */
export function makeQwen2Tokenizer({ script, words, vocabulary }: Wish): Tokenizer {
  const ordinary = vocabulary === null ? null : vocabulary - 293;
  const { tokens, merges } = mergeWords(ordinary ?? 100_000, words);
  const types: number[] = tokens.map(() => TYPE.normal);
  const add = (text: string, type: number): number => {
    types.push(type);
    return tokens.push(text) - 1;
  };
  for (let n = tokens.length; n < (ordinary ?? 0); n++) add(`[FILL${n}]`, TYPE.unused);
  const endOfText = add('<|endoftext|>', TYPE.control);
  add('<|im_start|>', TYPE.control);
  const end = add('<|im_end|>', TYPE.control);
  const scriptIds = script.map((piece) => {
    const text = inByteChars(piece).join('');
    const known = tokens.indexOf(text); // two tokens with the same text abort llama.cpp
    return known >= 0 ? known : add(text, TYPE.normal);
  });
  for (let n = tokens.length; n < (vocabulary ?? 0); n++) add(`[PAD${n}]`, TYPE.unused);
  return {
    tokens,
    scriptIds,
    firstId: tokens.indexOf(BYTE_CHARS[10] ?? ''),
    endId: end,
    metadata: [
      { key: 'tokenizer.ggml.model', type: 'str', value: 'gpt2' },
      { key: 'tokenizer.ggml.pre', type: 'str', value: 'qwen2' },
      { key: 'tokenizer.ggml.tokens', type: 'arr', of: 'str', values: tokens },
      { key: 'tokenizer.ggml.token_type', type: 'arr', of: 'i32', values: types },
      { key: 'tokenizer.ggml.merges', type: 'arr', of: 'str', values: merges },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: end },
      { key: 'tokenizer.ggml.padding_token_id', type: 'u32', value: endOfText },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: endOfText },
      { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: false },
      { key: 'tokenizer.chat_template', type: 'str', value: CHATML },
    ],
  };
}

/** Pieces with spaces as U+2581; every beginning of a word is a piece, else the word could never be put together. */
function pieceWords(size: number, words: Wish['words'], taken: ReadonlySet<string>): string[] {
  const pieces = new Set<string>();
  const add = (piece: string): void => {
    if (!taken.has(piece) && pieces.size < size) pieces.add(piece);
  };
  for (let c = 0x20; c < 0x7f; c++) add(String.fromCharCode(c).replace(' ', '\u2581'));
  for (const word of listWords(words)) {
    let start = '';
    for (const ch of word.replaceAll(' ', '\u2581')) {
      start += ch;
      add(start);
      if (start !== ch) add(ch);
    }
    if (pieces.size >= size) break;
  }
  return [...pieces];
}

const GEMMA =
  "{{ bos_token }}{%- for message in messages -%}{{ '<start_of_turn>' + message['role'] + '\n' }}" +
  "{{ message['content'] | trim }}{{ '<end_of_turn>\n' }}{%- endfor -%}" +
  "{%- if add_generation_prompt -%}{{ '<start_of_turn>model\n' }}{%- endif -%}";

/** Ids as the real model has them: pad 0, end of text 1, start 2, unknown 3, turns 105 and 106, bytes from 108. */
export function makeGemma3Tokenizer({ script, words, vocabulary }: Wish): Tokenizer {
  const tokens: string[] = [];
  const types: number[] = [];
  const scores: number[] = [];
  const add = (text: string, type: number, score = 0): number => {
    types.push(type);
    scores.push(score);
    return tokens.push(text) - 1;
  };
  const pad = add('<pad>', TYPE.control);
  const eos = add('<eos>', TYPE.control);
  const bos = add('<bos>', TYPE.control);
  const unknown = add('<unk>', TYPE.unknown);
  add('<mask>', TYPE.control);
  add('[multimodal]', TYPE.control);
  for (let i = 0; i < 99; i++) add(`<unused${i}>`, TYPE.unused);
  add('<start_of_turn>', TYPE.control);
  const endOfTurn = add('<end_of_turn>', TYPE.control);
  const newline = add('\n', TYPE.normal);
  const scriptIds = script.map((piece) => add(piece.replaceAll(' ', '\u2581'), TYPE.normal, -1e9));
  for (let b = 0; b < 256; b++) add(`<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`, TYPE.byte);
  // earlier: higher score, put together first
  for (const piece of pieceWords((vocabulary ?? 100_000) - tokens.length, words, new Set(tokens)))
    add(piece, TYPE.normal, -tokens.length);
  for (let n = 0; tokens.length < (vocabulary ?? 0); n++) add(`<unused_fill${n}>`, TYPE.unused);
  return {
    tokens,
    scriptIds,
    firstId: newline,
    endId: endOfTurn,
    metadata: [
      { key: 'tokenizer.ggml.model', type: 'str', value: 'llama' },
      { key: 'tokenizer.ggml.pre', type: 'str', value: 'default' },
      { key: 'tokenizer.ggml.tokens', type: 'arr', of: 'str', values: tokens },
      { key: 'tokenizer.ggml.scores', type: 'arr', of: 'f32', values: scores },
      { key: 'tokenizer.ggml.token_type', type: 'arr', of: 'i32', values: types },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: bos },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: eos },
      { key: 'tokenizer.ggml.eot_token_id', type: 'u32', value: endOfTurn },
      { key: 'tokenizer.ggml.unknown_token_id', type: 'u32', value: unknown },
      { key: 'tokenizer.ggml.padding_token_id', type: 'u32', value: pad },
      { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: true },
      { key: 'tokenizer.ggml.add_eos_token', type: 'bool', value: false },
      { key: 'tokenizer.ggml.add_space_prefix', type: 'bool', value: false },
      { key: 'tokenizer.chat_template', type: 'str', value: GEMMA },
    ],
  };
}
