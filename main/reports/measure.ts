/** Precision, recall and F1 from counts; 0 of 0 is 1 (nothing was claimed, nothing was missed). */
export type Score = { readonly precision: number; readonly recall: number; readonly f1: number };
export type SweepPoint = Score & { readonly threshold: number };

export function scoreOf(hits: number, claimed: number, wanted: number): Score {
  const precision = claimed === 0 ? 1 : hits / claimed;
  const recall = wanted === 0 ? 1 : hits / wanted;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

/** What calling everything with a score ≥ threshold positive would be worth, for each threshold. */
export const sweep = (
  cases: readonly { readonly score: number; readonly positive: boolean }[],
  thresholds: readonly number[],
): SweepPoint[] => {
  const wanted = cases.filter((c) => c.positive).length;
  return thresholds.map((threshold) => {
    const claimed = cases.filter((c) => c.score >= threshold);
    return { threshold, ...scoreOf(claimed.filter((c) => c.positive).length, claimed.length, wanted) };
  });
};

/**
 * Pairs of items put together that belong together (precision), and pairs that belong together that were put together
 * (recall). `group` null: alone.
 */
export function pairScore(items: readonly { readonly kind: string; readonly group: number | null }[]): Score {
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0;
    for (const n of counts) sum += (n * (n - 1)) / 2;
    return sum;
  };
  const tally = (keys: readonly string[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const grouped = items.filter((i) => i.group !== null);
  return scoreOf(
    pairs(tally(grouped.map((i) => `${i.group}\u0000${i.kind}`)).values()),
    pairs(tally(grouped.map((i) => String(i.group))).values()),
    pairs(tally(items.map((i) => i.kind)).values()),
  );
}
export const bestOf = (points: readonly SweepPoint[]): SweepPoint | null =>
  points.reduce<SweepPoint | null>((best, p) => (best === null || p.f1 > best.f1 ? p : best), null);
