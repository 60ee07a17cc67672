import { solve } from './solve.ts';
import type { Method } from './types.ts';

/** Of standardised values: how many observations of 0 the coefficients are drawn towards. */
const RIDGE = 1;

/** Lags of the last few values, and around one to three seasons back; at most a third of the series. */
function lagsFor(n: number, seasons: readonly number[]): number[] {
  const wanted = [1, 2, 3];
  for (const m of seasons) wanted.push(m - 1, m, m + 1);
  const [short = 0] = seasons;
  wanted.push(2 * short, 3 * short, 2 * (seasons.at(-1) ?? 0));
  const longest = Math.max(1, Math.floor(n / 2) - 1);
  return [...new Set(wanted)].filter((lag) => lag > 0 && lag <= longest).sort((a, b) => a - b);
}

/** Ridge regression on the recent values and those around one season back, continued step by step. */
export const autoregression: Method = (y, seasons) => {
  const n = y.length;
  const mean = y.reduce((a, b) => a + b, 0) / n;
  const sd = Math.sqrt(y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
  const z = y.map((v) => (sd > 0 ? (v - mean) / sd : 0));
  const lags = lagsFor(n, seasons);
  const longest = lags.at(-1) ?? 0;
  const gram = lags.map(() => new Float64Array(lags.length));
  const target = new Float64Array(lags.length);
  lags.forEach((a, i) => {
    for (let t = longest; t < n; t++) target[i] = (target[i] ?? 0) + (z[t] ?? 0) * (z[t - a] ?? 0);
    lags.slice(0, i + 1).forEach((b, j) => {
      let sum = i === j ? RIDGE : 0;
      for (let t = longest; t < n; t++) sum += (z[t - a] ?? 0) * (z[t - b] ?? 0);
      for (const [p, q] of [
        [i, j],
        [j, i],
      ] as const) {
        const row = gram[p];
        if (row) row[q] = sum;
      }
    });
  });
  const weights = solve(gram, target);
  return (origins, horizon) =>
    origins.map((origin) => {
      const path = new Float64Array(longest + horizon);
      for (let i = 0; i < longest; i++) path[i] = z[Math.max(0, origin - longest + i)] ?? 0;
      for (let i = longest; i < path.length; i++) {
        let sum = 0;
        for (let k = 0; k < lags.length; k++) sum += (weights[k] ?? 0) * (path[i - (lags[k] ?? 0)] ?? 0);
        path[i] = sum;
      }
      return path.slice(longest).map((v) => v * sd + mean);
    });
};
