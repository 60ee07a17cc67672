import { describe, expect, test } from 'vitest';
import { SliceLength } from '../../../main/llm/process/slice-length.ts';

/** Time a token, by how many go together: a 4B and a 0.5B model on one thread, and one on a graphics card. */
const LARGE = (n: number): number => (n < 4 ? 98 : n < 16 ? 68 : 51);
const SMALL = (n: number): number => (n < 4 ? 11 : n < 16 ? 9 : 6.5);
const CARD = (): number => 0.1;

/** Lengths and times of the first slices, `slowed` times the usual. */
const read = (
  slices: SliceLength,
  perToken: (n: number) => number,
  count: number,
  slowed: (i: number) => number = () => 1,
): { length: number; ms: number }[] =>
  Array.from({ length: count }, (_, i) => {
    const length = slices.now;
    const ms = length * perToken(length) * slowed(i);
    slices.learn(length, ms);
    return { length, ms };
  });

describe('slices of a prompt', () => {
  test('are over within a quarter of a second, the first of an unknown model too', () => {
    for (const model of [LARGE, SMALL, CARD])
      for (const { ms } of read(new SliceLength(64), model, 40)) expect(ms).toBeLessThanOrEqual(250);
  });
  test('become as long as that allows, up to what the batch holds', () => {
    expect(read(new SliceLength(64), SMALL, 12).at(-1)?.length).toBe(16);
    expect(read(new SliceLength(512), CARD, 12).at(-1)?.length).toBe(512);
    expect(read(new SliceLength(64), CARD, 12).at(-1)?.length).toBe(64);
  });
  test('get shorter at once when the computer is busy, and come back when it is not', () => {
    const slices = new SliceLength(64);
    const seen = read(slices, SMALL, 24, (i) => (i >= 8 && i < 12 ? 5 : 1)).map((s) => s.length);
    expect(seen[7]).toBe(16);
    expect(Math.max(...seen.slice(10, 12))).toBeLessThanOrEqual(4);
    expect(seen.at(-1)).toBe(16);
  });
});
