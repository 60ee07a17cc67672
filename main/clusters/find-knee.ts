import type { NeighbourLists } from '../vectors/index.ts';

/** Distances of all rows to their `k`-th neighbour (1 is the nearest), rising; rows without one are left out. */
export function kDistances(lists: NeighbourLists, n: number, k: number): Float64Array {
  const at = Math.min(k, lists.k) - 1;
  const all: number[] = [];
  for (let i = 0; i < n; i++) {
    const d = lists.distances[i * lists.k + at] ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(d)) all.push(d);
  }
  return Float64Array.from(all).sort();
}

/** a corner shallower than this (of the curve's height) is none */
const LEAST_CORNER = 0.02;

/**
 * The knee of a rising curve: where it is farthest below the straight line between its ends, both axes scaled to 0…1 (Kneedle,
 * Satopää et al., ICDCS workshops 2011, without smoothing); for a curve that never turns up, where it is farthest above. 0 for
 * an empty curve.
 */
export function findKnee(curve: ArrayLike<number>): { readonly at: number; readonly value: number } {
  const n = curve.length;
  const first = curve[0] ?? 0;
  const last = curve[n - 1] ?? 0;
  if (n < 3 || last <= first) return { at: Math.max(0, n - 1), value: last };
  const below = (i: number): number => i / (n - 1) - ((curve[i] ?? 0) - first) / (last - first);
  let [low, high] = [0, 0];
  for (let i = 1; i < n; i++) {
    if (below(i) > below(low)) low = i;
    if (below(i) < below(high)) high = i;
  }
  const at = below(low) >= LEAST_CORNER ? low : high;
  return { at, value: curve[at] ?? 0 };
}

/** At most `points` of a curve, its ends among them. */
export function thin(curve: ArrayLike<number>, points: number): number[] {
  const n = curve.length;
  if (n <= points) return Array.from(curve);
  return Array.from({ length: points }, (_, i) => curve[Math.round((i * (n - 1)) / (points - 1))] ?? 0);
}
