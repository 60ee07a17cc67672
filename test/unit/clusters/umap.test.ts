import { describe, expect, it } from 'vitest';
import { umap } from '../../../main/clusters/umap.ts';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { exactNeighbours, type NeighbourLists } from '../../../main/vectors/index.ts';
import { madeVectors } from '../vectors/made-vectors.ts';

const D = 32;
const salts = (n: number): Uint32Array =>
  Uint32Array.from({ length: n }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
const unknown = (n: number): Float32Array => new Float32Array(2 * n).fill(Number.NaN);
const draw = (
  lists: NeighbourLists,
  matrix: Float32Array,
  n: number,
  o: { seed?: number; before?: Float32Array; stopped?: () => boolean } = {},
): Float32Array =>
  umap(
    lists,
    n,
    { matrix, d: D },
    { seed: o.seed ?? 1, before: o.before ?? unknown(n), salts: salts(n), stopped: o.stopped },
  );

/** Trustworthiness (Venna & Kaski, ICANN 2001): 1 when all neighbours on the plane were neighbours before. */
function trustworthiness(rows: readonly Float32Array[], places: Float32Array, k: number): number {
  const n = rows.length;
  let penalty = 0;
  rows.forEach((a, i) => {
    const before = rows
      .map((b, j) => ({ j, d: 1 - a.reduce((s, x, c) => s + x * (b[c] ?? 0), 0) }))
      .filter(({ j }) => j !== i)
      .sort((x, y) => x.d - y.d);
    const rank = new Int32Array(n);
    before.forEach(({ j }, r) => {
      rank[j] = r + 1;
    });
    const now = rows
      .map((_, j) => ({
        j,
        d: Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!),
      }))
      .filter(({ j }) => j !== i)
      .sort((x, y) => x.d - y.d)
      .slice(0, k);
    for (const { j } of now) penalty += Math.max(0, (rank[j] ?? 0) - k);
  });
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * penalty;
}
const moved = (a: Float32Array, b: Float32Array, rows: number): number => {
  const far = Array.from({ length: rows }, (_, i) =>
    Math.hypot(a[2 * i]! - b[2 * i]!, a[2 * i + 1]! - b[2 * i + 1]!),
  );
  return far.sort((x, y) => x - y)[rows >> 1] ?? 0;
};

describe('the map', () => {
  const n = 600;
  const { rows, matrix, labels } = madeVectors({ n, dimensions: D, groups: 12, spread: 0.5, alone: 0.05 });
  const lists = exactNeighbours(matrix, n, D, 32);

  it('keeps neighbours together and lies in 0…1', async () => {
    const places = draw(await lists, matrix, n);
    expect(places.every((c) => c >= 0 && c <= 1)).toBe(true);
    expect(trustworthiness(rows, places, 10)).toBeGreaterThan(0.93);
  });

  it('lays groups apart: most rows have their own group next to them', async () => {
    const places = draw(await lists, matrix, n);
    let own = 0;
    for (let i = 0; i < n; i++) {
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < n; j++) {
        const d = Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
        if (j !== i && d < least) {
          least = d;
          best = j;
        }
      }
      if (labels[best] === labels[i]) own++;
    }
    expect(own / n).toBeGreaterThan(0.9);
  });

  it('is the same for the same input and seed, another for another', async () => {
    const [a, b, c] = [
      draw(await lists, matrix, n),
      draw(await lists, matrix, n),
      draw(await lists, matrix, n, { seed: 2 }),
    ];
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it('stays where it was when some rows are new', async () => {
    const old = 570;
    const first = draw(await exactNeighbours(matrix, old, D, 32), matrix, old);
    const before = unknown(n);
    before.set(first);
    const second = draw(await lists, matrix, n, { before });
    const anew = draw(await lists, matrix, n, { seed: 3 });
    expect(moved(first, second, old)).toBeLessThan(0.02);
    expect(moved(first, anew, old)).toBeGreaterThan(4 * moved(first, second, old));
    expect(trustworthiness(rows, second, 10)).toBeGreaterThan(0.93);
  });

  it('copes with one row, two, equal rows, rows without neighbours', async () => {
    for (const count of [0, 1, 2, 3]) {
      const places = draw(await exactNeighbours(matrix, count, D, 5), matrix, count);
      expect(places).toHaveLength(2 * count);
      expect(places.every((c) => c >= 0 && c <= 1)).toBe(true);
    }
    const same = Float32Array.from(Array.from({ length: 40 }, () => [...rows[0]!]).flat());
    const places = draw(await exactNeighbours(same, 40, D, 32), same, 40);
    expect(places.every((c) => c >= 0 && c <= 1)).toBe(true);
    expect(new Set(places).size).toBeGreaterThan(40);
    const zeros = new Float32Array(10 * D);
    expect(draw(await exactNeighbours(zeros, 10, D, 5), zeros, 10).every((c) => c >= 0 && c <= 1)).toBe(true);
  });

  it('stops between epochs', async () => {
    const ready = await lists;
    let asked = 0;
    expect(() => draw(ready, matrix, n, { stopped: () => ++asked > 3 })).toThrow(Cancelled);
    expect(asked).toBe(4);
  });
});
