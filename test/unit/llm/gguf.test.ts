// Every way in which a file was seen to be no model, or to take llama.cpp's process down: refused, each in its own words.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, ERRORS, wordError } from '../../../main/kernel/errors.ts';
import { validateGguf } from '../../../main/llm/gguf/validate-gguf.ts';
import { describeModel, type ModelShape, writeModel } from '../../helpers/llm/gguf/make-model.ts';
import { type GgufFile, type Metadata, writeGguf } from '../../helpers/llm/gguf/write-file.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-gguf-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let made = 0;
const place = (): string => path.join(dir, `${made++}.gguf`);
const put = (bytes: Buffer | string): string => {
  const file = place();
  writeFileSync(file, bytes);
  return file;
};
const good = place();
let bytes: Buffer;
beforeAll(() => {
  writeModel(good, 'qwen2-tiny');
  bytes = readFileSync(good);
});

const patched = (change: (copy: Buffer) => void): string => {
  const copy = Buffer.from(bytes);
  change(copy);
  return put(copy);
};
const rebuilt = (change: (file: GgufFile) => void, shape: ModelShape = 'qwen2-tiny'): string => {
  const model = describeModel(shape);
  change(model);
  const file = place();
  writeGguf(file, model);
  return file;
};
const set = (file: GgufFile, entry: Metadata): void => {
  const at = file.metadata.findIndex((m) => m.key === entry.key);
  if (at < 0) file.metadata.push(entry);
  else file.metadata[at] = entry;
};
const number = (key: string, value: number): ((file: GgufFile) => void) => {
  return (file) => set(file, { key, type: 'u32', value });
};
const text = (key: string, value: string): ((file: GgufFile) => void) => {
  return (file) => set(file, { key, type: 'str', value });
};
const without = (key: string): ((file: GgufFile) => void) => {
  return (file) => {
    file.metadata = file.metadata.filter((m) => m.key !== key);
  };
};
const list = (file: GgufFile, key: string): unknown[] => {
  const entry = file.metadata.find((m) => m.key === key);
  if (entry?.type !== 'arr') throw new Error(`${key} is no list`);
  return entry.values;
};
/** The whole file by another name of the architecture. */
const asArchitecture = (name: string) => (file: GgufFile) => {
  text('general.architecture', name)(file);
  for (const m of file.metadata) m.key = m.key.replace(/^qwen2\./, `${name}.`);
};
/** A header of one key `a`, a list of `length` numbers that are not there. */
const endlessList = (length: bigint): string => {
  const head = Buffer.alloc(64);
  head.write('GGUF');
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(0n, 8);
  head.writeBigUInt64LE(1n, 16);
  head.writeBigUInt64LE(1n, 24);
  head.write('a', 32);
  head.writeUInt32LE(9, 33);
  head.writeUInt32LE(4, 37);
  head.writeBigUInt64LE(length, 41);
  return put(head);
};
const inDirectory = (name: string, change: (copy: Buffer, end: number) => void): string =>
  patched((b) => change(b, b.indexOf(name) + name.length));

const CASES: readonly (readonly [string, string, () => string])[] = [
  ['no file', 'source-gone', () => path.join(dir, 'nope.gguf')],
  ['a folder', 'bad-no-file', () => dir],
  ['an empty file', 'bad-empty', () => put('')],
  ['two bytes', 'bad-cut-header', () => put('GG')],
  ['the magic alone', 'bad-cut-header', () => put('GGUF')],
  ['a text', 'bad-not-gguf', () => put('これはモデルではありません。\n'.repeat(200))],
  ['a zip', 'bad-archive', () => put(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(5000, 7)]))],
  ['a gzip', 'bad-archive', () => put(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]))],
  [
    'a Git LFS pointer',
    'bad-lfs-pointer',
    () => put(`version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 352969408\n`),
  ],
  ['a sign-in page', 'bad-web-page', () => put('\n<!DOCTYPE html><html><title>Sign in</title></html>')],
  ['an error answer', 'bad-web-page', () => put('{"error":"Access to model is restricted"}')],
  [
    'safetensors',
    'bad-other-format',
    () =>
      put(
        Buffer.concat([
          Buffer.from([60, 0, 0, 0, 0, 0, 0, 0]),
          Buffer.from('{"weight":{"dtype":"F16"}}'.padEnd(200)),
        ]),
      ),
  ],
  ['a PyTorch pickle', 'bad-other-format', () => put(Buffer.from([0x80, 2, 0x7d, 0x71, 0, 0x58, 1, 2]))],
  ['the old GGML format', 'bad-old-format', () => put('GGMLxxxxxxxxxxxxxxxxxxxxxxxx')],
  ['a preallocated download', 'bad-blank', () => put(Buffer.alloc(100_000))],
  [
    'a download that stopped, with its space reserved',
    'bad-blank',
    () => patched((b) => b.fill(0, b.length / 2)),
  ],
  ['version 1', 'bad-version', () => patched((b) => b.writeUInt32LE(1, 4))],
  ['version 4', 'bad-version', () => patched((b) => b.writeUInt32LE(4, 4))],
  ['a big-endian file', 'bad-byte-order', () => patched((b) => b.writeUInt32BE(3, 4))],
  ['cut inside the metadata', 'bad-cut-header', () => put(bytes.subarray(0, 200))],
  ['cut inside the vocabulary', 'bad-cut-header', () => put(bytes.subarray(0, 4096))],
  ['half a file', 'bad-incomplete', () => put(bytes.subarray(0, bytes.length >> 1))],
  ['one byte short', 'bad-incomplete', () => put(bytes.subarray(0, bytes.length - 1))],
  ['a hundred bytes short', 'bad-incomplete', () => put(bytes.subarray(0, bytes.length - 100))],
  ['2^40 tensors', 'bad-header', () => patched((b) => b.writeBigUInt64LE(1n << 40n, 8))],
  ['2^62 tensors', 'bad-header', () => patched((b) => b.writeBigUInt64LE(1n << 62n, 8))],
  ['−1 tensors', 'bad-header', () => patched((b) => b.writeBigInt64LE(-1n, 8))],
  ['no tensors', 'bad-missing-tensor', () => rebuilt((f) => void f.tensors.splice(0))],
  ['2^40 keys', 'bad-header', () => patched((b) => b.writeBigUInt64LE(1n << 40n, 16))],
  ['no keys', 'bad-header', () => patched((b) => b.writeBigUInt64LE(0n, 16))],
  [
    'a key of 3,000,000,000 bytes',
    'bad-header',
    () => patched((b) => b.writeBigUInt64LE(3_000_000_000n, 24)),
  ],
  ['a key of 2^40 bytes', 'bad-header', () => patched((b) => b.writeBigUInt64LE(1n << 40n, 24))],
  ['a list of 2^33 entries', 'bad-header', () => endlessList(1n << 33n)],
  ['a list of 2^60 entries', 'bad-header', () => endlessList(1n << 60n)],
  ['a list longer than the file', 'bad-cut-header', () => endlessList(1_000_000n)],
  ['an unknown architecture', 'bad-architecture', () => rebuilt(asArchitecture('qwen99'))],
  ['an embedding model as GGUF', 'bad-architecture', () => rebuilt(asArchitecture('bert'))],
  ['another architecture with these tensors', 'bad-architecture', () => rebuilt(asArchitecture('llama'))],
  ['an architecture named like a property', 'bad-architecture', () => rebuilt(asArchitecture('constructor'))],
  ['no architecture', 'bad-key', () => rebuilt(without('general.architecture'))],
  ['an image projector', 'bad-projector', () => rebuilt(text('general.architecture', 'clip'))],
  ['a LoRA adapter', 'bad-adapter', () => rebuilt(text('general.type', 'adapter'))],
  ['one part of a split model', 'bad-split', () => rebuilt(number('split.count', 3))],
  [
    'a key twice',
    'bad-duplicate',
    () => rebuilt((f) => f.metadata.push({ key: 'general.name', type: 'str', value: 'again' })),
  ],
  ['a tensor twice', 'bad-duplicate', () => rebuilt((f) => f.tensors.push(...f.tensors.slice(-1)))],
  [
    'a token twice',
    'bad-duplicate',
    () =>
      rebuilt((f) => {
        const tokens = list(f, 'tokenizer.ggml.tokens');
        tokens[300] = tokens[301];
      }),
  ],
  [
    'two tokens that are one up to a zero byte',
    'bad-duplicate',
    () => rebuilt((f) => void list(f, 'tokenizer.ggml.tokens').splice(300, 2, 'はい\0a', 'はい\0b')),
  ],
  ['no layers', 'bad-key', () => rebuilt(number('qwen2.block_count', 0))],
  ['100,000 layers', 'bad-key', () => rebuilt(number('qwen2.block_count', 100_000))],
  ['a layer more than its tensors', 'bad-missing-tensor', () => rebuilt(number('qwen2.block_count', 3))],
  ['a layer less than its tensors', 'bad-tensor', () => rebuilt(number('qwen2.block_count', 1))],
  ['layers as a text', 'bad-key', () => rebuilt(text('qwen2.block_count', '2'))],
  ['no feed-forward length', 'bad-key', () => rebuilt(without('qwen2.feed_forward_length'))],
  ['no norm epsilon', 'bad-key', () => rebuilt(without('qwen2.attention.layer_norm_rms_epsilon'))],
  ['no heads', 'bad-key', () => rebuilt(number('qwen2.attention.head_count', 0))],
  ['heads not said', 'bad-key', () => rebuilt(without('qwen2.attention.head_count'))],
  ['no key heads', 'bad-key', () => rebuilt(number('qwen2.attention.head_count_kv', 0))],
  ['three heads', 'bad-key', () => rebuilt(number('qwen2.attention.head_count', 3))],
  ['another width than its tensors', 'bad-tensor', () => rebuilt(number('qwen2.embedding_length', 128))],
  ['an odd width', 'bad-key', () => rebuilt(number('qwen2.embedding_length', 65))],
  ['a context of none', 'bad-key', () => rebuilt(number('qwen2.context_length', 0))],
  ['an unknown scaling', 'bad-key', () => rebuilt(text('qwen2.rope.scaling.type', 'bogus'))],
  ['experts', 'bad-key', () => rebuilt(number('qwen2.expert_used_count', 4))],
  ['an unknown tokenizer', 'bad-tokenizer', () => rebuilt(text('tokenizer.ggml.model', 'bogus'))],
  ['an unknown splitting', 'bad-tokenizer', () => rebuilt(text('tokenizer.ggml.pre', 'bogus'))],
  ['no splitting', 'bad-tokenizer', () => rebuilt(without('tokenizer.ggml.pre'))],
  ['no merges', 'bad-tokenizer', () => rebuilt(without('tokenizer.ggml.merges'))],
  ['no vocabulary', 'bad-tokenizer', () => rebuilt(without('tokenizer.ggml.tokens'))],
  [
    'too few token types',
    'bad-tokenizer',
    () => rebuilt((f) => void list(f, 'tokenizer.ggml.token_type').splice(10)),
  ],
  [
    'fewer tokens than embeddings',
    'bad-tensor',
    () =>
      rebuilt((f) => {
        list(f, 'tokenizer.ggml.tokens').splice(300);
        list(f, 'tokenizer.ggml.token_type').splice(300);
      }),
  ],
  [
    'SentencePiece without token types',
    'bad-tokenizer',
    () => rebuilt(without('tokenizer.ggml.token_type'), 'gemma3-tiny'),
  ],
  [
    'a tensor type of the future',
    'bad-tensor',
    () => inDirectory('blk.0.attn_q.weight', (b, at) => b.writeUInt32LE(99, at + 20)),
  ],
  [
    'a tensor far outside',
    'bad-tensor',
    () => inDirectory('blk.0.attn_q.weight', (b, at) => b.writeBigUInt64LE(1n << 50n, at + 24)),
  ],
  [
    'a tensor of 2^40 columns',
    'bad-tensor',
    () => inDirectory('blk.0.attn_q.weight', (b, at) => b.writeBigUInt64LE(1n << 40n, at + 4)),
  ],
  [
    'a tensor of no columns',
    'bad-tensor',
    () => inDirectory('blk.0.attn_q.weight', (b, at) => b.writeBigUInt64LE(0n, at + 4)),
  ],
  [
    'a tensor of seven dimensions',
    'bad-tensor',
    () => inDirectory('blk.0.attn_q.weight', (b, at) => b.writeUInt32LE(7, at)),
  ],
  ['a missing tensor', 'bad-missing-tensor', () => rebuilt((f) => void f.tensors.pop())],
  ['an alignment of 0', 'bad-key', () => rebuilt(number('general.alignment', 0))],
  ['an alignment of 48', 'bad-key', () => rebuilt(number('general.alignment', 48))],
  ['weights that are not numbers', 'bad-values', () => patched((b) => b.fill(0xff, b.length - 256))],
];

describe('files that are refused', () => {
  it.each(CASES)('%s: models.%s', async (_what, code, make) => {
    const error = await validateGguf(make()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    if (!(error instanceof AppError)) return;
    expect(error.code).toBe(`models.${code}`);
    // the sentence is whole in both languages
    for (const lang of ['ja', 'en'] as const) {
      const words = wordError(error, lang);
      expect(`${words.say}${words.next}`).not.toMatch(/\{\w+\}/);
    }
  });
  it('every refusal has words of its own', () => {
    const said = Object.entries(ERRORS).filter(([code]) => code.startsWith('models.bad-'));
    expect(said.length).toBeGreaterThan(20);
    expect(new Set(said.map(([, e]) => e.say.ja)).size).toBe(said.length);
  });
});

describe('files that are taken', () => {
  it('says what a model is', async () => {
    expect(await validateGguf(good)).toEqual({
      architecture: 'qwen2',
      name: 'Tiny Random Qwen2',
      quantisation: 'Q8_0',
      parameters: 102_144,
      trainedContext: 4096,
      bytes: bytes.length,
      shape: {
        layers: 2,
        embedding: 64,
        feedForward: 128,
        heads: 4,
        kvHeads: 2,
        headSize: 16,
        vocabulary: 435,
        slidingWindow: null,
        slidingPattern: 6,
      },
    });
  });
  it('knows the sliding window of gemma3', async () => {
    const file = place();
    writeModel(file, 'gemma3-tiny');
    expect(await validateGguf(file)).toMatchObject({ architecture: 'gemma3', shape: { slidingWindow: 512 } });
  });
  it('minds no more bytes after the last tensor, no hostile template and no strange id, which never reach a model', async () => {
    for (const file of [
      put(Buffer.concat([bytes, Buffer.alloc(1000, 9)])),
      rebuilt(text('tokenizer.chat_template', '{% for x in range(100000000) %}{{ x }}{% endfor %}')),
      rebuilt(text('tokenizer.chat_template', '{% if messages %}{{ messages[')),
      rebuilt(number('tokenizer.ggml.eos_token_id', 999_999)),
      rebuilt((f) => void list(f, 'tokenizer.ggml.tokens').splice(5, 1, '')),
    ])
      expect((await validateGguf(file)).architecture).toBe('qwen2');
  });
  it('follows a link to the file itself', async () => {
    const link = path.join(dir, 'link.gguf');
    symlinkSync(good, link);
    expect((await validateGguf(link)).bytes).toBe(bytes.length);
  });
});

it('whatever happens to a file, it is read within its bounds and the answer is a model or a sentence', async () => {
  const file = path.join(dir, 'spoilt.gguf');
  const header = 12_000;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(header), fc.uint8Array({ minLength: 1, maxLength: 9 })), { maxLength: 6 }),
      fc.option(fc.nat(bytes.length)),
      async (changes, cut) => {
        const copy = Buffer.from(bytes);
        for (const [at, change] of changes) copy.set(change, at);
        writeFileSync(file, copy);
        if (cut !== null) truncateSync(file, cut);
        const outcome = await validateGguf(file).then(
          () => 'taken',
          (thrown: unknown) => (thrown instanceof AppError ? thrown.code : thrown),
        );
        expect(outcome).toMatch(/^(taken|models\.bad-[a-z-]+)$/);
      },
    ),
    { numRuns: 400, seed: 7 },
  );
});
