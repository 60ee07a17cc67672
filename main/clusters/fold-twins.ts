import type { NeighbourLists } from '../vectors/index.ts';

/** Rows of which no two are the same, in the order of their first, and which of them each given row is. */
export type Folded = {
  readonly values: Float32Array;
  readonly n: number;
  /** the folded row of each given one */
  readonly of: Int32Array;
  /** how many given rows each folded one stands for */
  readonly weights: Int32Array;
};

/** Takes equal rows together: what came ten times in the same words is one place, ten times as heavy. */
export function foldTwins(values: Float32Array, n: number, d: number): Folded {
  const bits = new Uint32Array(values.buffer, values.byteOffset, n * d);
  const isSame = (a: number, b: number): boolean => {
    for (let c = 0; c < d; c++) if (bits[a * d + c] !== bits[b * d + c]) return false;
    return true;
  };
  const byHash = new Map<number, number[]>();
  const firsts: number[] = [];
  const counts: number[] = [];
  const of = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let hash = 0;
    for (let c = 0; c < d; c++) hash = (Math.imul(hash, 31) + (bits[i * d + c] ?? 0)) | 0;
    const alike = byHash.get(hash) ?? [];
    byHash.set(hash, alike);
    let row = alike.find((r) => isSame(firsts[r] ?? 0, i));
    if (row === undefined) {
      row = firsts.push(i) - 1;
      counts.push(0);
      alike.push(row);
    }
    of[i] = row;
    counts[row] = (counts[row] ?? 0) + 1;
  }
  const weights = Int32Array.from(counts);
  if (firsts.length === n) return { values, n, of, weights };
  const kept = new Float32Array(firsts.length * d);
  firsts.forEach((i, row) => {
    kept.set(values.subarray(i * d, (i + 1) * d), row * d);
  });
  return { values: kept, n: firsts.length, of, weights };
}

/** The neighbours of the given rows from those of the folded ones: a row's twins first. `k` at most what `lists` holds, or all. */
export function unfoldNeighbours(lists: NeighbourLists, { n, of }: Folded, k: number): NeighbourLists {
  if (n === of.length && lists.k === k) return lists;
  const twins: number[][] = Array.from({ length: n }, () => []);
  of.forEach((row, i) => {
    twins[row]?.push(i);
  });
  const ids = new Int32Array(of.length * k).fill(-1);
  const distances = new Float32Array(of.length * k).fill(Number.POSITIVE_INFINITY);
  of.forEach((row, i) => {
    let filled = 0;
    for (let t = -1; t < lists.k && filled < k; t++) {
      const near = t < 0 ? row : (lists.ids[row * lists.k + t] ?? -1);
      for (const j of twins[near] ?? []) {
        if (j === i || filled === k) continue;
        ids[i * k + filled] = j;
        distances[i * k + filled] = t < 0 ? 0 : (lists.distances[row * lists.k + t] ?? 0);
        filled++;
      }
    }
  });
  return { k, ids, distances };
}
