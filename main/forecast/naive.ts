import type { Method } from './types.ts';

/** The value one season earlier (season 1: the last value). */
export const seasonalNaive =
  (season: number): Method =>
  (y) =>
  (origins, horizon) =>
    origins.map((origin) =>
      Float64Array.from({ length: horizon }, (_, i) => y[Math.max(0, origin - season + (i % season))] ?? 0),
    );

/** The straight line through the first and the last value (random walk with drift). */
export const drift: Method = (y) => (origins, horizon) =>
  origins.map((origin) => {
    const last = y[Math.max(0, origin - 1)] ?? 0;
    const step = (last - (y[0] ?? 0)) / Math.max(1, origin - 1);
    return Float64Array.from({ length: horizon }, (_, i) => last + (i + 1) * step);
  });

/** Cycles that are averaged, the weight of each against the one after it, and how fast the present level is forgotten. */
const PROFILE = { cycles: 4, decay: 0.7, damping: 0.98 } as const;
/** The usual value at this place in the longest season, times how the last short season compared to its usual. */
export const profile: Method = (y, seasons) => {
  const long = seasons.at(-1) ?? 1;
  const short = seasons[0] ?? 1;
  const usual = (t: number, origin: number): number => {
    let sum = 0;
    let weights = 0;
    let weight = 1;
    const newest = t - long * Math.max(1, Math.ceil((t - origin + 1) / long));
    for (let j = newest, n = 0; j >= 0 && n < PROFILE.cycles; j -= long, n++) {
      sum += weight * (y[j] ?? 0);
      weights += weight;
      weight *= PROFILE.decay;
    }
    return weights > 0 ? sum / weights : (y[Math.max(0, origin - 1)] ?? 0);
  };
  return (origins, horizon) =>
    origins.map((origin) => {
      let actual = 0;
      let expected = 0;
      for (let t = Math.max(0, origin - short); t < origin; t++) {
        actual += y[t] ?? 0;
        expected += usual(t, t);
      }
      const ratio = actual > 0 && expected > 0 ? actual / expected : 1;
      return Float64Array.from(
        { length: horizon },
        (_, i) => usual(origin + i, origin) * (1 + (ratio - 1) * PROFILE.damping ** i),
      );
    });
};
