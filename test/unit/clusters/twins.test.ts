// Rows that are equal are folded into one that weighs more; whatever is said of them is what is said of all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTwins, unfoldNeighbours } from '../../../main/clusters/fold-twins.ts';
import { dbscan } from '../../../main/clusters/index.ts';
import { exactNeighbours, openAllPairs } from '../../../main/vectors/index.ts';
import { chanceFrom, madeVectors } from '../vectors/made-vectors.ts';

const D = 5;
/** Made rows, most of them several times, in any order. */
const repeated = fc
  .record({ different: fc.integer({ min: 1, max: 40 }), n: fc.integer({ min: 1, max: 150 }), seed: fc.nat() })
  .map(({ different, n, seed }) => {
    const { rows } = madeVectors({ n: different, dimensions: D, groups: 4, spread: 0.5, alone: 0.2, seed });
    const chance = chanceFrom(seed + 1);
    const matrix = new Float32Array(n * D);
    for (let i = 0; i < n; i++) matrix.set(rows[Math.floor(chance() * different)] ?? [], i * D);
    return { matrix, n };
  });

describe('rows that come again', () => {
  it('are folded into one that weighs as much as all of them', () => {
    fc.assert(
      fc.property(repeated, ({ matrix, n }) => {
        const { values, n: kept, of, weights } = foldTwins(matrix, n, D);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBe(n);
        of.forEach((row, i) => {
          expect([...values.subarray(row * D, (row + 1) * D)]).toEqual([
            ...matrix.subarray(i * D, (i + 1) * D),
          ]);
        });
        const different = Array.from({ length: kept }, (_, row) => [
          ...values.subarray(row * D, (row + 1) * D),
        ]);
        expect(new Set(different.map((row) => row.join())).size).toBe(kept);
      }),
    );
  });

  it('have the neighbours they would have unfolded', async () => {
    await fc.assert(
      fc.asyncProperty(repeated, fc.integer({ min: 1, max: 12 }), async ({ matrix, n }, wanted) => {
        const k = Math.max(1, Math.min(n - 1, wanted));
        const folded = foldTwins(matrix, n, D);
        const near = await exactNeighbours(
          folded.values,
          folded.n,
          D,
          Math.max(1, Math.min(k, folded.n - 1)),
        );
        const { ids, distances } = unfoldNeighbours(near, folded, k);
        const straight = await exactNeighbours(matrix, n, D, k);
        distances.forEach((distance, at) => {
          expect(distance).toBeCloseTo(straight.distances[at] ?? 0, 5);
        });
        for (let i = 0; i < n; i++) {
          const own = [...ids.subarray(i * k, (i + 1) * k)].filter((j) => j >= 0);
          expect(own).not.toContain(i);
          expect(new Set(own).size).toBe(own.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are in the groups DBSCAN finds among all of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        repeated,
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.integer({ min: 2, max: 6 }),
        async ({ matrix, n }, eps, minPoints) => {
          const { values, n: kept, of, weights } = foldTwins(matrix, n, D);
          const scan = async (rows: Float32Array, count: number, heavy?: Int32Array) => {
            const lists = await exactNeighbours(rows, count, D, Math.max(1, Math.min(count - 1, 8)));
            const pairs = await openAllPairs(rows, count, D);
            return dbscan(lists, count, { eps, minPoints, ...(heavy && { weights: heavy }) }, pairs);
          };
          const light = await scan(matrix, n);
          const { labels } = await scan(values, kept, weights);
          expect(of.map((row) => labels[row] ?? -1)).toEqual(light.labels);
        },
      ),
      { numRuns: 60 },
    );
  });
});
