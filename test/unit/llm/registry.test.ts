import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KnownModel } from '../../../main/llm/contract/models.ts';
import { fileError } from '../../../main/llm/registry/file-errors.ts';
import { readMemory } from '../../../main/llm/registry/free-memory.ts';
import { freeId, nameModel, slugOf } from '../../../main/llm/registry/import-model.ts';
import { findKnown, KNOWN_MODELS } from '../../../main/llm/registry/manifest.ts';
import { cacheBytes, estimateGguf, estimateOnnx, prefixesOf } from '../../../main/llm/registry/record.ts';
import { fitOf } from '../../../main/llm/registry/view-model.ts';

const QWEN_05B = {
  ...{ layers: 24, embedding: 896, feedForward: 4864, heads: 14, kvHeads: 2, headSize: 64 },
  ...{ vocabulary: 151_936, slidingWindow: null, slidingPattern: 6 },
};
const GEMMA_4B = {
  ...{ layers: 34, embedding: 2560, feedForward: 10_240, heads: 8, kvHeads: 4, headSize: 256 },
  ...{ vocabulary: 262_144, slidingWindow: 1024, slidingPattern: 6 },
};
const file = (name: string, bytes: number, sha256: string | null = null) => ({
  format: 'gguf' as const,
  facts: { kind: 'gguf' as const, file: name, shape: QWEN_05B },
  bytes,
  files: [{ path: name, bytes, mtimeMs: 0 }],
  sha256,
});

describe('the manifest', () => {
  it('follows its schema file, which is the contract’s', () => {
    const schema = z.toJSONSchema(
      z.strictObject({ $schema: z.string().optional(), models: z.array(KnownModel) }),
    );
    expect(JSON.parse(readFileSync('models/manifest.schema.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(schema)),
    );
  });
  it('has a model of every role, names none twice, and states the memory that the estimate gives', () => {
    expect(new Set(KNOWN_MODELS.map((m) => m.role))).toEqual(new Set(['intent', 'wording', 'embedding']));
    expect(new Set(KNOWN_MODELS.map((m) => m.id)).size).toBe(KNOWN_MODELS.length);
    const memory = (id: string): number => KNOWN_MODELS.find((m) => m.id === id)?.memoryMb ?? 0;
    const { bytes: qwen } = KNOWN_MODELS.find((m) => m.id === 'qwen2-0.5b-instruct-q4-0') ?? { bytes: 0 };
    const { bytes: gemma } = KNOWN_MODELS.find((m) => m.id === 'gemma-3-4b-it-q4-k-m') ?? { bytes: 0 };
    expect(memory('qwen2-0.5b-instruct-q4-0')).toBe(
      estimateGguf({ bytes: qwen, shape: QWEN_05B, contextTokens: 2048 }),
    );
    expect(memory('gemma-3-4b-it-q4-k-m')).toBe(
      estimateGguf({ bytes: gemma, shape: GEMMA_4B, contextTokens: 4096 }),
    );
  });
  it('knows a file by its checksum whatever it is called', () => {
    const known = KNOWN_MODELS.find((m) => m.sha256 !== null);
    expect(findKnown(file('renamed.gguf', 5, known?.sha256 ?? ''))).toMatchObject({
      known,
      checksum: 'matches',
    });
  });
  it('says so when a file has the name of a known one and another checksum', () => {
    const known = KNOWN_MODELS.find((m) => m.format === 'gguf' && m.sha256 !== null);
    expect(findKnown(file(known?.file ?? '', known?.bytes ?? 0, 'f'.repeat(64)))).toMatchObject({
      known: null,
      checksum: 'differs',
    });
  });
  it('takes one without a published checksum for what its name and size say', () => {
    const known = KNOWN_MODELS.find((m) => m.format === 'gguf' && m.sha256 === null);
    expect(
      findKnown(file(known?.file ?? '', Math.round((known?.bytes ?? 0) * 1.01), 'f'.repeat(64))),
    ).toMatchObject({ known, checksum: 'unknown', compared: { listedBytes: known?.bytes } });
    // a name alone is not enough, and what is wrong is told
    expect(findKnown(file(known?.file ?? '', 1000, 'f'.repeat(64)))).toEqual({
      known: null,
      checksum: 'other-size',
      compared: { file: known?.file, bytes: 1000, listedBytes: known?.bytes },
    });
    expect(findKnown(file('our-own.gguf', 1000, 'f'.repeat(64)))).toEqual({
      known: null,
      checksum: 'unknown',
      compared: { file: 'our-own.gguf', bytes: 1000, listedBytes: null },
    });
  });
});

describe('memory', () => {
  it('is within a tenth of what was measured on true shapes', () => {
    const qwen = estimateGguf({ bytes: 353e6, shape: QWEN_05B, contextTokens: 2048 });
    const gemma = estimateGguf({ bytes: 2.525e9, shape: GEMMA_4B, contextTokens: 4096 });
    const e5 = estimateOnnx({ bytes: 135e6, tokenizerBytes: 17e6 });
    for (const [estimated, measured] of [
      [qwen, 710],
      [gemma, 3114],
      [e5, 900],
    ] as const)
      expect(Math.abs(estimated - measured) / measured).toBeLessThan(0.1);
  });
  it('grows with the context, and less where layers look through a window', () => {
    expect(cacheBytes(QWEN_05B, 4096)).toBe(2 * cacheBytes(QWEN_05B, 2048));
    expect(cacheBytes(GEMMA_4B, 32_768)).toBeLessThan(
      cacheBytes({ ...GEMMA_4B, slidingWindow: null }, 32_768) / 3,
    );
  });
  it('judges a model by what would be free without our other models, or by the graphics card', () => {
    const model = { ...file('a.gguf', 353e6), format: 'gguf' as const };
    const verdict = (freeMb: number, more: { heldMb?: number; vramMb?: number } = {}) =>
      fitOf(model, 2048, { totalMb: 8000, freeMb, heldMb: 0, vramMb: null, ...more }).verdict;
    expect([
      verdict(4000),
      verdict(700),
      verdict(300),
      verdict(300, { heldMb: 450 }),
      verdict(300, { vramMb: 4000 }),
    ]).toEqual(['fits', 'tight', 'too-big', 'tight', 'fits']);
  });
  it('reads what is free on this computer', () => {
    const { freeMb, totalMb } = readMemory();
    expect(freeMb).toBeGreaterThan(0);
    expect(freeMb).toBeLessThanOrEqual(totalMb);
  });
});

describe('names', () => {
  it.each([
    ['Qwen2 0.5B Instruct (Q4_0)', 'qwen2-0.5b-instruct-q4-0'],
    ['日本語モデル', 'model'],
    ['Modèle Français', 'mode-le-franc-ais'],
    ['../../etc', 'etc'],
    ['CON', 'model'],
    ['a..b', 'a.b'],
    ['x'.repeat(200), 'x'.repeat(60)],
  ])('%s → %s: ASCII on every system', (name, slug) => expect(slugOf(name)).toBe(slug));
  it('says what a file says of itself, with its quantisation, once', () => {
    const name = { known: null, title: 'Qwen2 0.5B', quantisation: 'Q4_0', file: 'x.gguf' };
    expect(nameModel(name)).toBe('Qwen2 0.5B (Q4_0)');
    expect(nameModel({ ...name, title: null, file: 'dir/my-q4_0.gguf' })).toBe('my-q4_0');
    expect(nameModel({ ...name, known: 'Known' })).toBe('Known');
  });
  it('numbers a second model of the same name', () => {
    expect(freeId('a', (id) => ['a', 'a-2'].includes(id))).toBe('a-3');
  });
  it('tells e5 what a text is, and no other model', () => {
    const folder = (name: string) => ({
      name,
      facts: { kind: 'onnx-folder' as const, file: 'model.onnx', folder: name, tokenizerBytes: 0 },
    });
    expect(prefixesOf(folder('multilingual-e5-small'))).toEqual({ query: 'query: ', passage: 'passage: ' });
    expect(prefixesOf(folder('made5-up'))).toEqual({ query: '', passage: '' });
  });
});

describe('what the operating system says about a file', () => {
  const said = (code: string) => fileError(Object.assign(new Error(code), { code }), '/media/usb/a.gguf');
  it.each([
    ['ENOENT', 'models.source-gone'],
    ['ENODEV', 'models.source-gone'],
    ['ENOSPC', 'models.disk-full'],
    ['EIO', 'models.read-error'],
    ['EACCES', 'models.unreadable'],
    ['ESOMETHING', 'models.unreadable'],
  ])('%s is told as %s', (code, told) => expect(said(code)).toMatchObject({ code: told }));
  it('names the file without its folder', () => {
    expect(said('EIO')).toMatchObject({ params: { file: 'a.gguf', detail: 'EIO' } });
  });
  it('is a bug when it was not the operating system', () => {
    expect(fileError(new TypeError('oops'), 'a')).toMatchObject({ code: 'internal' });
  });
});
