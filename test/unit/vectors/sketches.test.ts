import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VectorMatrix } from '../../../main/vectors/matrix.ts';
import { Sketches } from '../../../main/vectors/sketches.ts';
import { chanceFrom, madeVectors, unit } from './made-vectors.ts';

const N = 3_000;
const D = 128;
const lone = madeVectors({ n: N, dimensions: D, groups: 0, seed: 21 }).rows;
const grouped = madeVectors({ n: N, dimensions: D, groups: 30, spread: 0.5, seed: 22 }).rows;
const none = new Float32Array(D);
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, j) => sum + x * (b[j] ?? 0), 0);

describe('sketches', () => {
  const estimates = (sketches: Sketches): number[] =>
    sketches.parts.flatMap(({ blocks, estimates: from }) => [
      ...sketches.values.subarray(from, from + 16 * blocks),
    ]);

  it('estimate products without leaning to a side, as closely as they say, twice as closely by both bits', () => {
    const sketches = new Sketches(D);
    lone.forEach((row, i) => {
      sketches.set(i, row);
    });
    const query = unit(lone[5]?.map((x, j) => x + (grouped[5]?.[j] ?? 0)) ?? none);
    const wrongBy = (): number[] =>
      estimates(sketches).flatMap((x, i) => (lone[i] ? [x - dot(query, lone[i])] : []));
    const mean = (all: readonly number[]): number => all.reduce((sum, x) => sum + x, 0) / all.length;
    const size = (all: readonly number[]): number => Math.sqrt(mean(all.map((x) => x * x)));
    sketches.estimate(query, N);
    const first = wrongBy();
    sketches.refine(-2);
    const second = wrongBy();
    expect(Math.abs(mean(first))).toBeLessThan(0.1 * size(first));
    expect(Math.abs(mean(second))).toBeLessThan(0.1 * size(second));
    expect(size(first) / sketches.errorAt(0, 'first')).toBeCloseTo(1, 1);
    expect(size(second) / sketches.errorAt(0, 'second')).toBeCloseTo(1, 1);
    expect(size(first) / size(second)).toBeGreaterThan(1.9);
  });

  it('look again only where the first bits leave something open', () => {
    const sketches = new Sketches(D);
    grouped.forEach((row, i) => {
      sketches.set(i, row);
    });
    sketches.estimate(grouped[0] ?? none, N);
    const before = estimates(sketches);
    sketches.refine(0.3);
    const after = estimates(sketches);
    for (const { row, blocks, greatest } of sketches.parts)
      for (let block = 0; block < blocks; block++) {
        const from = row + 16 * block;
        const old = before.slice(from, from + 16);
        const most = sketches.values[greatest + block];
        if (Math.max(...old) < 0.3) {
          expect(most).toBe(Number.NEGATIVE_INFINITY);
          expect(after.slice(from, from + 16)).toEqual(old);
        } else expect(most).toBe(Math.max(...after.slice(from, from + 16)));
      }
  });
});

describe('a search led by sketches', () => {
  const chance = chanceFrom(4);
  const some = (share: number): Set<number> =>
    new Set(Array.from({ length: N }, (_, id) => id).filter(() => chance() < share));
  const sets = [null, some(0.5), some(0.1), some(0.01), some(0.002)] as const;

  it.each([
    ['points near nothing', lone],
    ['groups', grouped],
  ])('finds what the exact search finds, but for one in a hundred at most, among %s', (_, rows) => {
    const matrix = new VectorMatrix(D);
    rows.forEach((row, id) => {
      matrix.set(id, row);
    });
    let wanted = 0;
    let hits = 0;
    let asked = 0;
    let searches = 0;
    const anything = fc.tuple(fc.nat(N - 1), fc.nat(N - 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(anything, fc.nat(sets.length - 1), ([a, b, far], which) => {
        const query = unit(rows[a]?.map((x, j) => x + far * (lone[b]?.[j] ?? 0)) ?? none);
        const set = sets[which];
        const seen: number[] = [];
        const found = matrix.searchNearly(query, 10, (id) => {
          seen.push(id);
          return !set || set.has(id);
        });
        const right = matrix.search(query, 10, (id) => !set || set.has(id));
        expect(new Set(seen).size).toBe(seen.length);
        expect(found.length).toBe(right.length);
        expect(matrix.searchNearly(query, 10, (id) => !set || set.has(id))).toEqual(found);
        const ids = new Set(found.map((hit) => hit.id));
        wanted += right.length;
        hits += right.filter((hit) => ids.has(hit.id)).length;
        if (which > 1) return;
        asked += seen.length;
        searches++;
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(hits / wanted).toBeGreaterThan(0.99);
    // what is far is not asked for where much is allowed
    expect(asked / searches).toBeLessThan(N / 4);
  });
});
