const pairsOf = (x: number): number => (x * (x - 1)) / 2;

/**
 * Adjusted Rand index (Hubert & Arabie, J. Classification 1985) of two partitions of the same rows: 1 the same, about 0 as
 * chance would have it. A label below 0 is a group of its own. Null for fewer than two rows.
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const n = a.length;
  if (n < 2) return null;
  const both = new Map<number, number>();
  const width = n + 1;
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const x = a[i] ?? -1;
    const y = b[i] ?? -1;
    if (x >= 0) ofA.set(x, (ofA.get(x) ?? 0) + 1);
    if (y >= 0) ofB.set(y, (ofB.get(y) ?? 0) + 1);
    if (x >= 0 && y >= 0) both.set(x * width + y, (both.get(x * width + y) ?? 0) + 1);
  }
  const sum = (counts: Map<number, number>): number =>
    counts.values().reduce((total, count) => total + pairsOf(count), 0);
  const [together, inA, inB] = [sum(both), sum(ofA), sum(ofB)];
  const expected = (inA * inB) / pairsOf(n);
  const most = (inA + inB) / 2;
  return most === expected ? (together === most ? 1 : 0) : (together - expected) / (most - expected);
}
