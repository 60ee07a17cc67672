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

  /** Rows with a first estimate from `low` up to, but without, `high`, and what their second codes say. */
  const weighed = (sketches: Sketches, low: number, high: number): Map<number, number> =>
    new Map(
      sketches.parts.flatMap((part) =>
        Array.from({ length: sketches.weigh(part, low, high) }, (_, i): [number, number] => [
          part.row + (sketches.places[i] ?? 0),
          sketches.weighed[i] ?? 0,
        ]),
      ),
    );

  it.each([D, 100, 384])(
    'estimate products of %i dimensions without leaning to a side, as closely as they say, by four bits seven times as closely',
    (dimensions) => {
      const { rows } = madeVectors({ n: N, dimensions, groups: 0, seed: 23 });
      const sketches = new Sketches(dimensions);
      rows.forEach((row, i) => {
        sketches.set(i, row);
      });
      const query = unit(rows[5]?.map((x, j) => x + (rows[6]?.[j] ?? 0)) ?? none);
      const wrongBy = (all: Iterable<[number, number]>): number[] =>
        [...all].flatMap(([i, x]) => (rows[i] ? [x - dot(query, rows[i])] : []));
      const mean = (all: readonly number[]): number => all.reduce((sum, x) => sum + x, 0) / all.length;
      const size = (all: readonly number[]): number => Math.sqrt(mean(all.map((x) => x * x)));
      sketches.estimate(query, N);
      const first = wrongBy(estimates(sketches).entries());
      const second = wrongBy(weighed(sketches, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY));
      expect(second).toHaveLength(N);
      expect(Math.abs(mean(first))).toBeLessThan(0.1 * size(first));
      expect(Math.abs(mean(second))).toBeLessThan(0.1 * size(second));
      expect(size(first) / sketches.errorAt(0, 'first')).toBeCloseTo(1, 1);
      expect(size(second) / sketches.errorAt(0, 'second')).toBeCloseTo(1, 1);
      expect(size(first) / size(second)).toBeGreaterThan(6);
    },
  );

  it('look again at exactly those whose first estimate lies in a range, and at no row that is not there', () => {
    const sketches = new Sketches(D);
    grouped.forEach((row, i) => {
      sketches.set(i, row);
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: N }),
        fc.double({ min: -0.4, max: 0.6, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (rows, low, width) => {
          sketches.estimate(grouped[0] ?? none, rows);
          const first = estimates(sketches).slice(0, rows);
          // as the kernel sees them
          const [from, to] = [Math.fround(low), Math.fround(low + width)];
          const inRange = first.flatMap((x, row) => (x >= from && x < to ? [row] : []));
          expect([...weighed(sketches, low, low + width).keys()]).toEqual(inRange);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('move with their rows', () => {
    const moved = new Sketches(D);
    const set = new Sketches(D);
    for (const i of [0, 2_500]) {
      moved.set(i, lone[i] ?? none);
      set.set(i, lone[i] ?? none);
    }
    moved.move(2_500, 17);
    set.set(17, lone[2_500] ?? none);
    for (const sketches of [moved, set]) sketches.estimate(lone[1] ?? none, 18);
    expect(estimates(moved)[17]).toBe(estimates(set)[17]);
    expect(weighed(moved, -2, 2).get(17)).toBe(weighed(set, -2, 2).get(17));
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
      fc.property(anything, fc.nat(sets.length - 1), fc.boolean(), ([a, b, far], which, isTold) => {
        const query = unit(rows[a]?.map((x, j) => x + far * (lone[b]?.[j] ?? 0)) ?? none);
        const set = sets[which];
        const seen: number[] = [];
        // the share changes what is asked for, and when, but hardly what is found
        const share = isTold && set ? set.size / N : 1;
        const ask = (id: number): boolean => {
          seen.push(id);
          return !set || set.has(id);
        };
        const found = matrix.searchNearly(query, 10, ask, share);
        const right = matrix.search(query, 10, (id) => !set || set.has(id));
        expect(new Set(seen).size).toBe(seen.length);
        expect(found.length).toBe(right.length);
        expect(matrix.searchNearly(query, 10, (id) => !set || set.has(id), share)).toEqual(found);
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
    expect(asked / searches).toBeLessThan(N / 50);
  });
});
