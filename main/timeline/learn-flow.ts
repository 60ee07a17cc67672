/**
 * What of an earlier process's output comes in at a later one: the non-negative weights that explain its arrivals best (least squares
 * by coordinate descent; Franc, Hlaváč, Navara, CAIP 2005). `passed[u]` and `arrived` are amounts in the same intervals.
 */
export function learnFlow(passed: readonly (readonly number[])[], arrived: readonly number[]): number[] {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const gram = passed.map((a) => passed.map((b) => dot(a, b)));
  const target = passed.map((a) => dot(a, arrived));
  const weights = passed.map(() => 0);
  for (let round = 0; round < ROUNDS; round++)
    passed.forEach((_, u) => {
      const own = gram[u]?.[u] ?? 0;
      if (own <= 0) return;
      const rest = weights.reduce((sum, w, v) => sum + (v === u ? 0 : w * (gram[u]?.[v] ?? 0)), 0);
      weights[u] = Math.max(0, ((target[u] ?? 0) - rest) / own);
    });
  return weights.map((w) => Math.min(1, w));
}
const ROUNDS = 200;

/** Sums of `size` neighbours; the last one may be of fewer. */
export const inBins = (values: readonly number[], size: number): number[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size).reduce((a, b) => a + b, 0),
  );
