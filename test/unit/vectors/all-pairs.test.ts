import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { exactNeighbours, openAllPairs } from '../../../main/vectors/index.ts';
import { madeVectors } from './made-vectors.ts';

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, j) => sum + x * (b[j] ?? 0), 0);

describe.each([
  ['through onnxruntime', true],
  ['with our own loop', false],
])('neighbours of all rows %s', (_, native) => {
  it('are those a plain loop finds, nearest first, without the row itself', async () => {
    const n = 700;
    const d = 30;
    const k = 8;
    const { matrix, rows } = madeVectors({ n, dimensions: d, groups: 0 });
    const lists = await exactNeighbours(matrix, n, d, k, { native });
    const wanted = rows.flatMap((row, i) =>
      rows
        .map((other, j) => ({ j, score: dot(row, other) }))
        .filter(({ j }) => j !== i)
        .sort((a, b) => b.score - a.score)
        .slice(0, k)
        .map(({ j }) => j),
    );
    expect([...lists.ids]).toEqual(wanted);
    expect(lists.distances[0]).toBeCloseTo(1 - dot(rows[0]!, rows[wanted[0]!]!), 5);
  });

  it('are fewer where there are fewer rows; identical rows are at distance 0', async () => {
    const row = madeVectors({ n: 1, dimensions: 5, groups: 0 }).rows[0]!;
    const three = Float32Array.from([...row, ...row, ...row]);
    const lists = await exactNeighbours(three, 3, 5, 4, { native });
    expect([...lists.ids].filter((id) => id >= 0)).toHaveLength(6);
    expect([...lists.distances.subarray(0, 4)]).toEqual([
      0,
      0,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect((await exactNeighbours(row, 1, 5, 2, { native })).ids).toEqual(Int32Array.of(-1, -1));
    expect((await exactNeighbours(new Float32Array(), 0, 5, 2, { native })).ids).toHaveLength(0);
  });

  it('gives the products of chosen rows with all', async () => {
    const { matrix, rows } = madeVectors({ n: 600, dimensions: 12, groups: 3 });
    const pairs = await openAllPairs(matrix, 600, 12, { native });
    expect(pairs.native).toBe(native);
    const chosen = Int32Array.from({ length: 590 }, (_, i) => 599 - i);
    let seen = 0;
    await pairs.products(chosen, (from, count, products) => {
      expect(from).toBe(seen);
      seen += count;
      for (const i of [0, count - 1])
        for (const j of [0, 311, 599])
          expect(products[i * 600 + j]).toBeCloseTo(dot(rows[chosen[from + i]!]!, rows[j]!), 5);
    });
    expect(seen).toBe(590);
    await pairs.close();
  });

  it('stops between blocks, and says how far it is', async () => {
    const { matrix } = madeVectors({ n: 1_500, dimensions: 8, groups: 0 });
    const said: number[] = [];
    const stopped = (): boolean => said.length === 1;
    const work = exactNeighbours(matrix, 1_500, 8, 3, {
      native,
      stopped,
      progress: (done) => said.push(done),
    });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(said).toHaveLength(1);
  });

  it('refuses a matrix that is too small', async () => {
    await expect(exactNeighbours(new Float32Array(9), 2, 5, 1, { native })).rejects.toBeInstanceOf(
      RangeError,
    );
  });
});
