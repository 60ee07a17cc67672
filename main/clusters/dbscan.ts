import type { AllPairs, NeighbourLists, PairsOptions } from '../vectors/index.ts';

/** Which group each row is in: 0, 1, … by the first row of each; −1 in none. */
export type Partition = { readonly labels: Int32Array; readonly groups: number };

/** Union–find with path halving. */
export class Sets {
  private readonly parents: Int32Array;
  constructor(n: number) {
    this.parents = Int32Array.from({ length: n }, (_, i) => i);
  }
  find(of: number): number {
    const { parents } = this;
    let at = of;
    for (let parent = parents[at] ?? at; parent !== at; parent = parents[at] ?? at) {
      parents[at] = parents[parent] ?? parent;
      at = parents[at] ?? at;
    }
    return at;
  }
  /** The lower root stays. */
  join(a: number, b: number): boolean {
    const x = this.find(a);
    const y = this.find(b);
    if (x === y) return false;
    this.parents[Math.max(x, y)] = Math.min(x, y);
    return true;
  }
}

/** Numbers groups by the first row of each. */
export function numbered(labels: Int32Array): Partition {
  const seen = new Map<number, number>();
  const out = labels.map((label) => {
    if (label < 0) return -1;
    const known = seen.get(label) ?? seen.size;
    seen.set(label, known);
    return known;
  });
  return { labels: out, groups: seen.size };
}

/**
 * DBSCAN (Ester et al., KDD 1996) from neighbour lists of at least `minPoints` each. A row with `minPoints` rows (itself among
 * them) within `eps` is a core; cores within `eps` of each other are one group; any other row belongs to its nearest core within
 * `eps`, so that the order of rows does not matter. Where a list ends before `eps` does, `pairs` gives the whole row: the result
 * is exact. Without `pairs` it rests on the lists alone. A row may stand for several: `weights`.
 */
export async function dbscan(
  lists: NeighbourLists,
  n: number,
  { eps, minPoints, weights }: { eps: number; minPoints: number; weights?: Int32Array },
  pairs: AllPairs | null,
  o: PairsOptions = {},
): Promise<Partition> {
  const { k, ids, distances } = lists;
  const isCore = new Uint8Array(n);
  const cutOff: number[] = [];
  for (let i = 0; i < n; i++) {
    let within = weights?.[i] ?? 1;
    let t = 0;
    for (; t < k && (distances[i * k + t] ?? Number.POSITIVE_INFINITY) <= eps; t++)
      within += weights?.[ids[i * k + t] ?? -1] ?? 1;
    if (within >= minPoints) isCore[i] = 1;
    if (t === k && k < n - 1) cutOff.push(i);
  }
  const sets = new Sets(n);
  for (let i = 0; i < n; i++) {
    if (!isCore[i]) continue;
    for (let t = 0; t < k && (distances[i * k + t] ?? Number.POSITIVE_INFINITY) <= eps; t++) {
      const j = ids[i * k + t] ?? -1;
      if (j >= 0 && isCore[j]) sets.join(i, j);
    }
  }
  if (pairs && cutOff.length > 0) {
    const rows = Int32Array.from(cutOff.filter((i) => isCore[i]));
    const least = 1 - eps;
    await pairs.products(
      rows,
      (from, count, products) => {
        for (let r = 0; r < count; r++) {
          const i = rows[from + r] ?? 0;
          for (let j = 0, at = r * n; j < n; j++, at++)
            if ((products[at] ?? 0) >= least && isCore[j]) sets.join(i, j);
        }
      },
      o,
    );
  }
  const labels = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) if (isCore[i]) labels[i] = sets.find(i);
  for (let i = 0; i < n; i++) {
    if (isCore[i]) continue;
    for (let t = 0; t < k && (distances[i * k + t] ?? Number.POSITIVE_INFINITY) <= eps; t++) {
      const j = ids[i * k + t] ?? -1;
      if (j < 0 || !isCore[j]) continue;
      labels[i] = sets.find(j);
      break;
    }
  }
  return numbered(labels);
}
