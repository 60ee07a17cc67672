import { FLOW, RISK } from './config.ts';
import type { Flow } from './learn-routing.ts';
import { median } from './match-lots.ts';
import type { Arrival, Line } from './types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Arrivals ÷ forecast just now. The day falls into stretches of a steady ratio (Bayesian online change points, Adams & MacKay 2007), so
 * a wave of work is believed as soon as it is plain, and forgotten when it is over.
 */
export function followScale(
  ratios: readonly { readonly ratio: number; readonly variance: number }[],
): Line['arrivalScale'] {
  type Stretch = { readonly weight: number; readonly mean: number; readonly variance: number };
  const fresh = (weight: number): Stretch[] =>
    [FLOW.usualCv, FLOW.unusualCv].map((sd) => ({ weight: weight / 2, mean: 1, variance: sd * sd }));
  let stretches = fresh(1);
  for (const { ratio, variance } of ratios) {
    const open = [
      ...stretches.map((r) => ({ ...r, weight: r.weight * (1 - FLOW.changes) })),
      ...fresh(FLOW.changes),
    ];
    const seen = open.map((r): Stretch => {
      const sum = r.variance + variance;
      const fit = Math.exp((-0.5 * (ratio - r.mean) ** 2) / sum) / Math.sqrt(sum);
      const gain = r.variance / sum;
      return {
        weight: r.weight * fit,
        mean: r.mean + gain * (ratio - r.mean),
        variance: r.variance * (1 - gain),
      };
    });
    const total = seen.reduce((sum, r) => sum + r.weight, 0);
    stretches =
      total > 0
        ? seen.map((r) => ({ ...r, weight: r.weight / total })).filter((r) => r.weight > 1e-4)
        : fresh(1);
  }
  const total = stretches.reduce((sum, r) => sum + r.weight, 0) || 1;
  const mean = Math.max(0.05, stretches.reduce((sum, r) => sum + r.weight * r.mean, 0) / total);
  const variance =
    stretches.reduce((sum, r) => sum + r.weight * (r.variance + (r.mean - mean) ** 2), 0) / total;
  return { mean, cv: Math.max(0.02, Math.sqrt(variance + FLOW.hourCv ** 2) / mean) };
}

/** Items that the forecast has in the hour from `from` (epoch ms) on. */
export type ForecastHour = { readonly from: number; readonly items: number };
/** What was in a queue when its day's record began: `stock` is what waits and what is done already. */
export type Opening = { readonly at: number; readonly stock: number };

/**
 * Imports still to come today at the first step of a line: the forecast by the hour, in the rhythm of those that came; and their ratio to
 * the forecast so far. `flows`: what arrived today; `opening` null: nothing was recorded yet. Nothing without a forecast.
 */
export function expectArrivals(
  hours: readonly ForecastHour[],
  flows: readonly Flow[],
  { now, ...o }: { opening: Opening | null; now: number },
): Pick<Line, 'arrivals' | 'arrivalScale'> {
  if (hours.length === 0) return { arrivals: [], arrivalScale: followScale([]) };
  const opening = o.opening ?? { at: now, stock: 0 };
  // what waited when the day began belongs to the forecast of its hour and of those before
  const known = hours.map(({ from, items }): ForecastHour => {
    if (from + HOUR <= opening.at) return { from, items: 0 };
    if (from > opening.at) return { from, items };
    const earlier = hours.filter((h) => h.from <= from).reduce((sum, h) => sum + h.items, 0);
    return { from, items: Math.max(0, earlier - opening.stock) };
  });
  const expectedIn = (a: number, b: number): number =>
    known.reduce(
      (sum, { from, items }) =>
        sum + (items * Math.max(0, Math.min(b, from + HOUR) - Math.max(a, from))) / HOUR,
      0,
    );
  const seen = flows.filter((flow) => flow.arrived > 0);
  const gaps = seen.slice(1).map((flow, i) => flow.at - (seen[i]?.at ?? flow.at));
  // until it is known it is no faster than the snapshots, or one of them would show several imports as one large one
  const between = median(flows.map((flow) => flow.at - flow.from));
  const rhythm =
    gaps.length >= 2
      ? Math.min(HOUR, Math.max(MINUTE, median(gaps)))
      : Math.min(HOUR, Math.max(10 * MINUTE, between));
  // imports run by the clock; the snapshot that shows one comes up to an interval later
  const came = seen.map(({ from, at, arrived }) => {
    const onTheClock = at - ((at - (hours[0]?.from ?? 0)) % rhythm);
    return { at: onTheClock >= from ? onTheClock : at, arrived };
  });
  const latest = came.at(-1)?.at ?? opening.at;

  const ratios: { ratio: number; variance: number }[] = [];
  for (let end = latest; end - rhythm >= opening.at - 1; end -= rhythm) {
    const expected = expectedIn(end - rhythm, end);
    if (expected <= 0) continue;
    const actual = came.reduce(
      (sum, flow) => (flow.at > end - rhythm && flow.at <= end ? sum + flow.arrived : sum),
      0,
    );
    ratios.unshift({ ratio: actual / expected, variance: FLOW.importCv ** 2 + RISK.dispersion / expected });
  }

  const arrivals: Arrival[] = [];
  const end = Math.max(...known.map((hour) => hour.from)) + HOUR;
  let from = latest;
  let at = latest + rhythm;
  // one that is overdue comes with the next; one of this moment may not show yet
  const last = flows.at(-1);
  const hidden = last ? last.at - last.from : 0;
  while (at <= now - hidden) at += rhythm;
  for (; from < end; from = at, at += rhythm) {
    const items = expectedIn(from, Math.min(at, end));
    if (items > 0) arrivals.push({ minute: Math.max(0, at - now) / MINUTE, items });
  }
  return { arrivals, arrivalScale: followScale(ratios) };
}
