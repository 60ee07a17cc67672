import { autoregression } from './autoregression.ts';
import { exponentialSmoothing } from './exponential-smoothing.ts';
import { drift, profile, seasonalNaive } from './naive.ts';
import type { Fitted, Method, SeriesForecast } from './types.ts';

export const SERIES = {
  /** fewer values say nothing about how sure a forecast is */
  least: 4,
  /** older values than this many, or than this many of the longest season, are not read; never more than `most` */
  values: 2000,
  seasons: 20,
  most: 20_000,
  /** forecasts of the past by which the methods are weighed and the interval is measured */
  origins: 24,
  /** a method's share falls with this power of its past error (picking one: infinite) */
  power: 4,
  /** the parameters have seen the past that they are measured on */
  widen: 1.25,
  level: 0.95,
} as const;

/** Logarithms before, back after: for a series above 0 whose swings grow with its level. */
const onLogs =
  (method: Method): Method =>
  (y, seasons) => {
    const fitted = method(y.map(Math.log), seasons);
    return (origins, horizon) => fitted(origins, horizon).map((path) => path.map(Math.exp));
  };

function methodsFor(y: Float64Array, seasons: readonly number[]): [name: string, method: Method][] {
  const methods: [name: string, method: Method][] = [1, ...seasons].map((m) => [
    `naive-${m}`,
    seasonalNaive(m),
  ]);
  methods.push(['drift', drift], ['profile', profile]);
  methods.push(['smoothing', exponentialSmoothing], ['autoregression', autoregression]);
  if (y.every((v) => v > 0))
    methods.push(
      ['smoothing-log', onLogs(exponentialSmoothing)],
      ['autoregression-log', onLogs(autoregression)],
    );
  return methods;
}

/** No forecast leaves the range of the history by more than its width: what runs away is worth nothing. */
const bounded = (fitted: Fitted, y: Float64Array): Fitted => {
  const low = y.reduce((a, b) => Math.min(a, b));
  const high = y.reduce((a, b) => Math.max(a, b));
  const [least, most] = [low >= 0 ? 0 : low - (high - low), high + (high - low)];
  return (origins, horizon) =>
    fitted(origins, horizon).map((path) =>
      path.map((v) => (Number.isNaN(v) ? (low + high) / 2 : Math.min(most, Math.max(least, v)))),
    );
};

/** The seasons of which the history holds two; ascending, none twice. */
export const usableSeasons = (seasons: readonly number[], n: number): number[] =>
  [...new Set(seasons)].filter((m) => m > 1 && 2 * m <= n).sort((a, b) => a - b);

/** Origins of the past one short season apart, so that each has the same place in it as the end; and how far they can look. */
function pastOrigins(
  n: number,
  seasons: readonly number[],
  horizon: number,
): { origins: number[]; reach: number } {
  const first = Math.min(n - 1, Math.max(2 * (seasons.at(-1) ?? 1) + 1, Math.ceil(n / 3)));
  const apart = seasons[0] ?? 1;
  const reach = Math.min(horizon, Math.max(1, Math.floor((n - first) / 2)));
  const origins: number[] = [];
  for (let at = n - reach; at >= first && origins.length < SERIES.origins; at -= apart) origins.unshift(at);
  return { origins, reach };
}

const quantile = (sorted: readonly number[], share: number): number => {
  const place = Math.min(sorted.length - 1, Math.max(0, share * (sorted.length + 1) - 1));
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
};

/** Mean absolute miss at each step, over its neighbours; beyond what was measured it grows like a random walk's. */
function spreads(misses: readonly Float64Array[], reach: number, horizon: number): number[] {
  const means = Array.from(
    { length: reach },
    (_, i) => misses.reduce((sum, path) => sum + Math.abs(path[i] ?? 0), 0) / Math.max(1, misses.length),
  );
  const near = Math.max(1, Math.round(reach / 24));
  const overall = means.reduce((a, b) => a + b, 0) / Math.max(1, reach);
  const smooth = means.map((_, i) => {
    const window = means.slice(Math.max(0, i - near), i + near + 1);
    return 0.8 * (window.reduce((a, b) => a + b, 0) / window.length) + 0.2 * overall;
  });
  return Array.from({ length: horizon }, (_, i) =>
    i < reach ? (smooth[i] ?? 0) : (smooth.at(-1) ?? 0) * Math.sqrt((i + 1) / reach),
  );
}

/**
 * Forecast of a series without holes with a 95 % interval. Several methods are fitted; each one's share follows from its error at origins
 * inside the history (combination: Bates & Granger, Operational Research Quarterly 20, 1969). The interval comes from
 * the combination's own misses there, scaled by step (split conformal prediction: Lei et al., JASA 113, 2018). Wants `SERIES.least` values.
 */
export function forecastSeries(
  values: readonly number[],
  { horizon, seasons: wanted }: { horizon: number; seasons: readonly number[] },
): SeriesForecast {
  const kept = Math.min(SERIES.most, Math.max(SERIES.values, SERIES.seasons * Math.max(0, ...wanted)));
  const recent = values.slice(-kept);
  // sums of squares must not overflow
  const unit = recent.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
  const y = Float64Array.from(recent, (v) => v / unit);
  const seasons = usableSeasons(wanted, y.length);
  const n = y.length;
  const { origins, reach } = pastOrigins(n, seasons, horizon);
  const candidates = methodsFor(y, seasons).map(([method, fitTo]) => {
    const fitted = bounded(fitTo(y, seasons), y);
    const past = fitted(origins, reach);
    const misses = past.map((path, k) => path.map((v, i) => v - (y[(origins[k] ?? 0) + i] ?? 0)));
    const error = misses.reduce((sum, path) => sum + path.reduce((s, v) => s + Math.abs(v), 0), 0);
    return { method, misses, error, ahead: fitted([n], horizon)[0] ?? new Float64Array(horizon) };
  });
  const least = Math.max(1e-12, Math.min(...candidates.map((c) => c.error)));
  const raw = candidates.map((c) => (least / Math.max(1e-12, c.error)) ** SERIES.power);
  const total = raw.reduce((a, b) => a + b, 0);
  const shares = raw.map((w) => w / total);
  const mixed = (paths: readonly (Float64Array | undefined)[], length: number): Float64Array =>
    Float64Array.from({ length }, (_, i) =>
      paths.reduce((sum, path, k) => sum + (shares[k] ?? 0) * (path?.[i] ?? 0), 0),
    );
  const ahead = mixed(
    candidates.map((c) => c.ahead),
    horizon,
  );
  const misses = origins.map((_, o) =>
    mixed(
      candidates.map((c) => c.misses[o]),
      reach,
    ),
  );
  const spread = spreads(misses, reach, horizon);
  const scaled = misses
    .flatMap((path) => [...path].map((v, i) => ((spread[i] ?? 0) > 0 ? -v / (spread[i] ?? 1) : 0)))
    .sort((a, b) => a - b);
  const tail = (1 - SERIES.level) / 2;
  const below = Math.min(0, quantile(scaled, tail)) * SERIES.widen;
  const above = Math.max(0, quantile(scaled, 1 - tail)) * SERIES.widen;
  const floor = y.every((v) => v >= 0) ? 0 : Number.NEGATIVE_INFINITY;
  const back = (v: number): number =>
    Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, Math.max(floor, v) * unit));
  return {
    forecast: [...ahead].map(back),
    lower: [...ahead].map((v, i) => back(v + below * (spread[i] ?? 0))),
    upper: [...ahead].map((v, i) => back(v + above * (spread[i] ?? 0))),
    weights: candidates
      .map((c, k) => ({ method: c.method, weight: shares[k] ?? 0 }))
      .sort((a, b) => b.weight - a.weight),
  };
}
