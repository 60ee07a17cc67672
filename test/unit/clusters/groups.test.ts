import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand } from '../../../main/clusters/compare-partitions.ts';
import { dbscan, type Partition } from '../../../main/clusters/dbscan.ts';
import { findKnee, kDistances, thin } from '../../../main/clusters/find-knee.ts';
import { hdbscan } from '../../../main/clusters/hdbscan.ts';
import { exactNeighbours, graphNeighbours, openAllPairs } from '../../../main/vectors/index.ts';
import { chanceFrom, madeVectors } from '../vectors/made-vectors.ts';

type Rows = readonly Float32Array[];
const flat = (rows: Rows): Float32Array => Float32Array.from(rows.flatMap((row) => [...row]));
const distance = (a: Float32Array, b: Float32Array): number =>
  1 - a.reduce((s, x, j) => s + x * (b[j] ?? 0), 0);

/** DBSCAN as its definition reads, over all pairs; a border row goes to its nearest core. */
function byDefinition(rows: Rows, eps: number, minPoints: number): number[] {
  const near = rows.map((a) => rows.flatMap((b, j) => (distance(a, b) <= eps ? [j] : [])));
  const isCore = near.map((list) => list.length >= minPoints);
  const labels = rows.map(() => -1);
  let group = 0;
  rows.forEach((_, i) => {
    if (!isCore[i] || labels[i] !== -1) return;
    const stack = [i];
    labels[i] = group;
    for (let at = stack.pop(); at !== undefined; at = stack.pop())
      for (const j of near[at] ?? [])
        if (isCore[j] && labels[j] === -1) {
          labels[j] = group;
          stack.push(j);
        }
    group++;
  });
  return labels.map((label, i) => {
    if (isCore[i]) return label;
    const cores = (near[i] ?? []).filter((j) => isCore[j]);
    cores.sort((a, b) => distance(rows[i]!, rows[a]!) - distance(rows[i]!, rows[b]!));
    return cores.length ? (labels[cores[0]!] ?? -1) : -1;
  });
}
const scan = async (rows: Rows, eps: number, minPoints: number, k = 8): Promise<Partition> => {
  const d = rows[0]?.length ?? 1;
  const matrix = flat(rows);
  const lists = await exactNeighbours(matrix, rows.length, d, Math.max(k, minPoints));
  const pairs = await openAllPairs(matrix, rows.length, d);
  return dbscan(lists, rows.length, { eps, minPoints }, pairs).finally(() => pairs.close());
};
const grow = async (rows: Rows, minPoints: number, k = 24): Promise<Partition> => {
  const d = rows[0]?.length ?? 1;
  const matrix = flat(rows);
  const lists = await exactNeighbours(matrix, rows.length, d, k);
  return hdbscan(lists, rows.length, { minPoints, minSize: minPoints }, { matrix, d });
};
/** who is with whom, whatever the numbers of groups */
const together = (labels: ArrayLike<number>): string[] => {
  const groups = new Map<number, number[]>();
  Array.from(labels).forEach((label, i) => {
    groups.set(label, [...(groups.get(label) ?? []), i]);
  });
  return [...groups].map(([label, rows]) => `${label < 0 ? 'none' : 'group'} ${rows.join()}`).sort();
};
const shuffled = (n: number, seed: number): number[] => {
  const chance = chanceFrom(seed);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
};

describe('DBSCAN', () => {
  it('is what its definition says, also where neighbour lists end before eps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          n: fc.integer({ min: 2, max: 160 }),
          groups: fc.integer({ min: 0, max: 6 }),
          eps: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
          minPoints: fc.integer({ min: 2, max: 7 }),
          seed: fc.nat(10_000),
        }),
        async ({ n, groups, eps, minPoints, seed }) => {
          const { rows } = madeVectors({ n, dimensions: 5, groups, spread: 0.5, alone: 0.2, seed });
          const { labels } = await scan(rows, eps, minPoints);
          expect(together(labels)).toEqual(together(byDefinition(rows, eps, minPoints)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the rows, nor on rows that are there twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000), fc.double({ min: 0.02, max: 0.4, noNaN: true }), async (seed, eps) => {
        const { rows } = madeVectors({ n: 90, dimensions: 6, groups: 5, spread: 0.4, alone: 0.2, seed });
        const many = [...rows, ...rows.slice(0, 20), ...rows.slice(0, 5)];
        const order = shuffled(many.length, seed + 1);
        const straight = await scan(many, eps, 3);
        const mixed = await scan(
          order.map((i) => many[i]!),
          eps,
          3,
        );
        const back = new Int32Array(many.length);
        order.forEach((i, at) => {
          back[i] = mixed.labels[at] ?? -1;
        });
        expect(together(back)).toEqual(together(straight.labels));
        for (let i = 0; i < 20; i++) expect(straight.labels[90 + i]).toBe(straight.labels[i]);
      }),
      { numRuns: 25 },
    );
  });

  it('has nothing to say of nothing, of one row, of rows all far apart', async () => {
    const { rows } = madeVectors({ n: 50, dimensions: 64, groups: 0 });
    expect((await scan(rows, 0.05, 2)).labels.every((label) => label === -1)).toBe(true);
    expect((await scan(rows.slice(0, 1), 0.5, 2)).labels).toEqual(Int32Array.of(-1));
    expect((await scan([], 0.5, 2)).groups).toBe(0);
  });

  it('makes one group of rows that are all the same', async () => {
    const { rows } = madeVectors({ n: 1, dimensions: 8, groups: 0 });
    const same = Array.from({ length: 40 }, () => rows[0]!);
    expect((await scan(same, 0.01, 3, 5)).labels).toEqual(new Int32Array(40));
  });

  it('through HNSW neighbours gives nearly the same groups', async () => {
    const { matrix, rows } = madeVectors({ n: 2_000, dimensions: 48, groups: 40, spread: 0.5, alone: 0.1 });
    const exact = await scan(rows, 0.2, 4, 32);
    const lists = await graphNeighbours(matrix, 2_000, 48, 32);
    const near = await dbscan(lists, 2_000, { eps: 0.2, minPoints: 4 }, null);
    expect(adjustedRand(exact.labels, near.labels)).toBeGreaterThan(0.98);
  });
});

describe('HDBSCAN', () => {
  it.each([1, 2, 3])('finds made groups of different width among lone rows (seed %i)', async (seed) => {
    const { rows, labels } = madeVectors({
      n: 900,
      dimensions: 24,
      groups: 12,
      spread: 0.45,
      alone: 0.08,
      seed,
    });
    const found = await grow(rows, 5);
    expect(adjustedRand(found.labels, labels)).toBeGreaterThan(0.95);
  });

  it('does not depend on the order of the rows', async () => {
    const { rows } = madeVectors({ n: 250, dimensions: 12, groups: 8, spread: 0.5, alone: 0.15, seed: 4 });
    const order = shuffled(rows.length, 5);
    const straight = await grow(rows, 4);
    const mixed = await grow(
      order.map((i) => rows[i]!),
      4,
    );
    const back = new Int32Array(rows.length);
    order.forEach((i, at) => {
      back[i] = mixed.labels[at] ?? -1;
    });
    expect(together(back)).toEqual(together(straight.labels));
  });

  it('copes with nothing, one row, equal rows', async () => {
    const { rows } = madeVectors({ n: 1, dimensions: 8, groups: 0 });
    expect((await grow([], 3)).groups).toBe(0);
    expect((await grow(rows, 3)).labels).toEqual(Int32Array.of(-1));
    expect(
      (
        await grow(
          Array.from({ length: 30 }, () => rows[0]!),
          3,
          10,
        )
      ).labels,
    ).toHaveLength(30);
  });
});

describe('the k-distance curve', () => {
  it('rises, leaves out rows without a k-th neighbour, and has its knee where it turns up', async () => {
    const { rows, matrix } = madeVectors({ n: 400, dimensions: 16, groups: 10, spread: 0.2, alone: 0.1 });
    const curve = kDistances(await exactNeighbours(matrix, rows.length, 16, 6), rows.length, 3);
    expect([...curve]).toEqual([...curve].sort((a, b) => a - b));
    const { at, value } = findKnee(curve);
    expect(at).toBeGreaterThan(300);
    expect(value).toBeLessThan(0.2);
    expect(findKnee([]).value).toBe(0);
    expect(findKnee([1, 1, 1, 1]).value).toBe(1);
    const corner = [
      ...Array.from({ length: 90 }, (_, i) => i / 900),
      ...Array.from({ length: 10 }, (_, i) => 0.1 + i),
    ];
    expect(findKnee(corner).at).toBe(90);
  });

  it('is thinned with its ends kept', () => {
    const curve = Array.from({ length: 12_345 }, (_, i) => i);
    const few = thin(curve, 500);
    expect(few).toHaveLength(500);
    expect([few[0], few.at(-1)]).toEqual([0, 12_344]);
    expect(thin([3, 4], 500)).toEqual([3, 4]);
  });
});

describe('the adjusted Rand index', () => {
  it('is 1 for the same partition under other numbers, about 0 for chance, and takes each lone row as its own group', () => {
    expect(adjustedRand([0, 0, 1, 1, -1], [5, 5, 2, 2, -1])).toBe(1);
    expect(adjustedRand([-1, -1, -1], [-1, -1, -1])).toBe(1);
    expect(adjustedRand([0, 0, 0], [-1, -1, -1])).toBe(0);
    expect(adjustedRand([0], [0])).toBeNull();
    const chance = chanceFrom(3);
    const draw = (): number[] => Array.from({ length: 5_000 }, () => Math.floor(chance() * 8));
    expect(Math.abs(adjustedRand(draw(), draw()) ?? 1)).toBeLessThan(0.01);
    // two rows of three moved: (2 − 15·6/28... by hand) 0.2424…
    expect(adjustedRand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo(0.2424, 3);
  });
});
