import type { Method } from './types.ts';

const GRID = {
  level: [0.002, 0.01, 0.03, 0.1, 0.4],
  carryOver: [0, 0.5, 0.8, 0.95],
  shortSeason: [0.01, 0.05, 0.15, 0.3],
  longSeason: [0.02, 0.1, 0.25],
} as const;
/** A longer season repeats part of what a shorter one holds already. */
const LONG_SEASON_START = 0.7;

type State = { readonly level: number; readonly seasons: readonly Float64Array[] };

function initialState(y: Float64Array, seasons: readonly number[]): State {
  const head = y.slice(0, Math.max(2, (seasons.at(-1) ?? 1) * 2));
  const level = head.reduce((a, b) => a + b, 0) / head.length;
  const rest = head.map((v) => v - level);
  return {
    level,
    seasons: seasons.map((length, k) => {
      const sums = new Float64Array(length);
      rest.forEach((v, i) => {
        sums[i % length] = (sums[i % length] ?? 0) + v;
      });
      const figure = sums.map(
        (sum, phase) =>
          ((k === 0 ? 1 : LONG_SEASON_START) * sum) / Math.max(1, Math.ceil((rest.length - phase) / length)),
      );
      for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) - (figure[i % length] ?? 0);
      return figure;
    }),
  };
}

/**
 * Additive Holt-Winters with any number of seasons, no trend, and an AR(1) term on the last error: Taylor, Short-term electricity demand
 * forecasting using double seasonal exponential smoothing, JORS 54 (2003). Parameters: the grid point of the least squared one-step error.
 */
export const exponentialSmoothing: Method = (y, seasons) => {
  const n = y.length;
  const start = initialState(y, seasons);
  const warm = Math.min(seasons.at(-1) ?? 1, n >> 1);
  const run = (
    parameters: readonly number[],
    origins: readonly number[],
    horizon: number,
  ): { error: number; forecasts: Float64Array[] } => {
    const [alpha = 0, phi = 0, ...gammas] = parameters;
    const figures = start.seasons.map((figure) => figure.slice());
    const forecasts: Float64Array[] = [];
    let { level } = start;
    let last = 0;
    let error = 0;
    for (let t = 0; t <= n; t++) {
      while (origins[forecasts.length] === t) {
        let carried = last;
        forecasts.push(
          Float64Array.from({ length: horizon }, (_, i) => {
            carried *= phi;
            return figures.reduce((sum, f) => sum + (f[(t + i) % f.length] ?? 0), level + carried);
          }),
        );
      }
      if (t === n) break;
      let base = level;
      for (const figure of figures) base += figure[t % figure.length] ?? 0;
      const miss = (y[t] ?? 0) - base;
      if (t >= warm) error += (miss - phi * last) ** 2;
      level += alpha * miss;
      for (let k = 0; k < figures.length; k++) {
        const figure = figures[k];
        if (figure) {
          const phase = t % figure.length;
          figure[phase] = (figure[phase] ?? 0) + (gammas[k] ?? 0) * miss;
        }
      }
      last = miss;
    }
    return { error, forecasts };
  };
  const choices = [
    GRID.level,
    GRID.carryOver,
    ...seasons.map((_, k) => (k === 0 ? GRID.shortSeason : GRID.longSeason)),
  ].reduce<readonly (readonly number[])[]>(
    (rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  let best: readonly number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const parameters of choices) {
    const { error } = run(parameters, [], 0);
    if (error < least) {
      least = error;
      best = parameters;
    }
  }
  return (origins, horizon) => run(best, origins, horizon).forecasts;
};
