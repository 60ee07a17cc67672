import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../kernel/errors.ts';
import { FileWindow } from './file-window.ts';

// Limits far above real models (gemma3-12b: 45 keys, 626 tensors, 7 MB of header) and far below what could hurt.
const MAX_HEADER = 128 * 1024 * 1024;
const MAX_KEYS = 4096;
const MAX_TENSORS = 20_000;
const MAX_KEY = 1024;
/** llama.cpp keeps 64 bytes for a name */
const MAX_TENSOR_NAME = 63;
const MAX_TEXT = 1024 * 1024;
const MAX_TOKEN = 64 * 1024;
const MAX_ARRAY = 4_000_000;

const STRING = 8;
const ARRAY = 9;
/** bytes of a value by its type: u8 i8 u16 i16 u32 i32 f32 bool, string, array, u64 i64 f64 */
const SIZES: readonly (number | null)[] = [1, 1, 2, 2, 4, 4, 4, 1, null, null, 8, 8, 8];
const TOKENS = 'tokenizer.ggml.tokens';

/** An array is skipped; of the vocabulary it is known what the loader would stumble over. */
export type GgufArray = { readonly kind: 'array'; readonly type: number; readonly length: number };
export type GgufValue = string | number | boolean | GgufArray;
export type GgufTensor = {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  readonly offset: number;
};
export type GgufVocabulary = {
  readonly length: number;
  /** the first text that stands for two tokens; its bytes, one character each */
  readonly duplicate: string | null;
  /** has the tokens for single bytes that a SentencePiece vocabulary falls back to */
  readonly hasByteTokens: boolean;
};
export type GgufHeader = {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly vocabulary: GgufVocabulary | null;
  readonly tensors: readonly GgufTensor[];
  /** bytes from the start of the file to the end of the tensor directory */
  readonly headerEnd: number;
};

const bad = (detail: string): AppError => new AppError('models.bad-header', { detail });
const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

/**
 * Reads the header of a GGUF file (versions 2 and 3, little-endian) strictly: every length is checked against the file before it
 * is followed, texts and counts are bounded. 0.2 s for a vocabulary of 262,144. Format: docs/gguf.md of ggml.
 * @throws AppError `models.bad-*`
 */
export async function readGgufHeader(handle: FileHandle, size: number): Promise<GgufHeader> {
  const w = new FileWindow(handle, size, MAX_HEADER);
  await w.need(8);
  w.skip(4); // the magic was looked at by whoever told this from other files
  const version = w.u32();
  // a version of which only the upper half is set is one written the other way round
  if ((version & 0xffff) === 0 && version !== 0) throw new AppError('models.bad-byte-order');
  if (version !== 2 && version !== 3) throw new AppError('models.bad-version', { version });
  await w.need(16);
  const tensorCount = w.u64();
  const keyCount = w.u64();
  if (keyCount < 1 || keyCount > MAX_KEYS) throw bad(`${keyCount} keys`);
  if (tensorCount > MAX_TENSORS) throw bad(`${tensorCount} tensors`);

  const text = async (max: number): Promise<string> => {
    await w.need(8);
    const length = w.u64();
    if (length > max) throw bad(`text of ${length} bytes at ${w.at}`);
    await w.need(length);
    return w.utf8(length);
  };
  const metadata = new Map<string, GgufValue>();
  let vocabulary: GgufVocabulary | null = null;
  for (let i = 0; i < keyCount; i++) {
    const key = await text(MAX_KEY);
    if (!/^[\x21-\x7e]+$/.test(key)) throw bad(`key ${shown(key)}`);
    if (metadata.has(key)) throw new AppError('models.bad-duplicate', { what: key });
    await w.need(4);
    const type = w.u32();
    if (type === STRING) metadata.set(key, await text(MAX_TEXT));
    else if (type !== ARRAY) metadata.set(key, await readNumber(w, type, key));
    else {
      await w.need(12);
      const element = w.u32();
      const length = w.u64();
      if (length > MAX_ARRAY) throw bad(`${key}: ${length} entries`);
      metadata.set(key, { kind: 'array', type: element, length });
      if (element === STRING) {
        const read = await readTexts(w, key, length);
        if (key === TOKENS) vocabulary = read;
      } else {
        const bytes = SIZES[element];
        if (!bytes) throw bad(`${key}: entries of type ${element}`);
        w.skip(length * bytes);
      }
    }
  }

  const tensors: GgufTensor[] = [];
  for (let i = 0; i < tensorCount; i++) {
    const name = await text(MAX_TENSOR_NAME);
    await w.need(4);
    const n = w.u32();
    if (n < 1 || n > 4) throw new AppError('models.bad-tensor', { name, detail: `${n} dimensions` });
    await w.need(8 * n + 12);
    const dims = Array.from({ length: n }, () => w.u64());
    tensors.push({ name, dims, type: w.u32(), offset: w.u64() });
  }
  return { version, metadata, vocabulary, tensors, headerEnd: w.at };
}

async function readNumber(w: FileWindow, type: number, key: string): Promise<number | boolean> {
  const bytes = SIZES[type];
  if (!bytes) throw bad(`${key}: value of type ${type}`);
  await w.need(bytes);
  switch (type) {
    case 0:
      return w.u8();
    case 1:
      return w.i8();
    case 2:
      return w.u16();
    case 3:
      return w.i16();
    case 4:
      return w.u32();
    case 5:
      return w.i32();
    case 6:
      return w.f32();
    case 7:
      return w.u8() !== 0;
    case 10:
      return w.u64();
    case 11:
      return w.i64();
    default:
      return w.f64();
  }
}

/** Texts are read one after the other; only the vocabulary is held, and only until its doubles are found. */
async function readTexts(w: FileWindow, key: string, length: number): Promise<GgufVocabulary> {
  // each text has at least its length
  if (length * 8 > w.size - w.at) throw new AppError('models.bad-cut-header', { at: w.at });
  const seen = key === TOKENS ? new Set<string>() : null;
  let duplicate: string | null = null;
  for (let i = 0; i < length; i++) {
    if (!w.has(8)) await w.need(8);
    const bytes = w.u64();
    if (bytes > MAX_TOKEN) throw bad(`${key}[${i}]: ${bytes} bytes`);
    if (!w.has(bytes)) await w.need(bytes);
    if (!seen) {
      w.skip(bytes);
      continue;
    }
    // as llama.cpp takes it: up to a zero byte, and an empty one by a name of its own
    const whole = w.bytesAsText(bytes);
    const zero = whole.indexOf('\0');
    const text = zero < 0 ? whole : whole.slice(0, zero);
    const token = text === '' ? `[EMPTY_${i}]` : text;
    if (seen.has(token)) duplicate ??= token;
    seen.add(token);
  }
  return { length, duplicate, hasByteTokens: seen?.has('<0x0A>') ?? false };
}
