import { LOOKBACK_MINUTES, MISSING } from '../config.ts';
import { median } from './count-tails.ts';
import type { Series } from './series.ts';

/** Minutes from one to the next, of what comes at even intervals. */
export type Beat = { readonly gap: number; readonly longest: number };

/** The gaps of what came at these minutes, oldest first; null when they are not even, or too few to say. */
export function evenGaps(active: readonly number[]): Beat | null {
  if (active.length <= MISSING.gaps) return null;
  const all = active.slice(1).map((minute, i) => minute - (active[i] ?? minute));
  // of days some gaps are outages and nights
  const gaps = all.sort((a, b) => a - b).slice(0, Math.ceil(all.length * (1 - MISSING.pauses)));
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const variance = gaps.reduce((sum, g) => sum + (g - mean) ** 2, 0) / gaps.length;
  if (Math.sqrt(variance) > MISSING.variation * mean) return null;
  return { gap: median(gaps), longest: Math.max(...gaps) };
}

/** Of a series, from a minute on. Within a minute nothing is known about intervals: there it must vary less than chance would make it. */
export function heartbeat(series: Series, from: number): Beat | null {
  const active = series.active(from, Number.POSITIVE_INFINITY);
  const beat = evenGaps(active);
  const [first = 0, last = 0] = [active[0], active.at(-1)];
  if (beat && last - first < 2 * (active.length - 1)) {
    const counts = series.bins(first, last + 1, 1);
    const average = counts.reduce((a, b) => a + b, 0) / counts.length;
    const chance = counts.reduce((sum, c) => sum + (c - average) ** 2, 0) / counts.length;
    if (chance > 0.5 * average) return null;
  }
  return beat;
}

/**
 * How long something at intervals of `gap` is missed, minutes since `from`: without the times in which nothing at all was read, when
 * nobody knows.
 */
export function missedFor(
  read: Series,
  o: { readonly from: number; readonly end: number; readonly gap: number },
): number {
  const seen = [o.from, ...read.active(o.from, o.end), o.end];
  const holes = seen.slice(1).map((at, i) => at - (seen[i] ?? at));
  return o.end - o.from - holes.filter((hole) => hole > o.gap).reduce((a, b) => a + b, 0);
}
/** The longest time without a line in the look-back, minutes. */
export function longestGap(series: Series, minute: number): number {
  const active = series.active(minute - LOOKBACK_MINUTES, minute + 1);
  return active.slice(1).reduce((longest, at, i) => Math.max(longest, at - (active[i] ?? at)), 1);
}
