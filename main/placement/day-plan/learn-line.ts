import { FLOW } from '../flow/config.ts';
import type { DeadlineSeen, Notice } from '../flow/match-lots.ts';
import type { DaySnapshot } from '../read/site-queries.ts';

const MINUTE = 60_000;
/** Deadlines this close to the usual time of day are the same one. */
const MATCH_MINUTES = 15;
/** What a line says that showed nothing, minutes: a day. */
const UNKNOWN_NOTICE = 24 * 60;

/** A day of a cell as the snapshots tell it. */
export type CellDay = { readonly rows: readonly DaySnapshot[]; readonly seen: readonly DeadlineSeen[] };

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};
const close = (a: number, b: number): boolean => Math.abs(a - b) <= MATCH_MINUTES;

/**
 * The times of day by which a line's work is due, per lot and step, from days seen: minutes of day. A later step's deadline belongs to
 * the latest one of the first step not after it; the usual distance gives those that it did not show.
 */
export function deadlinesOfDay(
  days: readonly { readonly midnight: number; readonly steps: readonly (readonly DeadlineSeen[])[] }[],
): number[][] {
  const minutes = days.map(({ midnight, steps }) =>
    steps.map((seen) =>
      seen
        .map(({ deadline }) => (deadline - midnight) / MINUTE)
        .filter((minute) => minute > 0 && minute < 30 * 60),
    ),
  );
  const steps = Math.max(0, ...minutes.map((day) => day.length));
  const offsets = Array.from({ length: steps }, (_, s) =>
    median(
      minutes.flatMap((day) =>
        (day[s] ?? []).flatMap((deadline) => {
          const head = Math.max(...(day[0] ?? []).filter((minute) => minute <= deadline));
          return Number.isFinite(head) ? [deadline - head] : [];
        }),
      ),
    ),
  );
  const heads: number[] = [];
  const add = (minute: number): void => {
    if (minute > 0 && !heads.some((head) => close(head, minute))) heads.push(minute);
  };
  for (const day of minutes) for (const minute of day[0] ?? []) add(minute);
  for (const day of minutes)
    day.forEach((list, s) => {
      for (const minute of list) add(minute - (offsets[s] ?? 0));
    });
  return heads.sort((a, b) => a - b).map((head) => offsets.map((offset) => head + offset));
}

/**
 * One notice for a line, in minutes: the middle of what the most of its days agree on, for a day with few counts shows it only roughly;
 * where they show nothing, of what other lines showed.
 */
export function noticeFor(own: readonly Notice[], all: readonly Notice[]): number {
  const agreed = (days: readonly Notice[]): number | null => {
    // a day with too few counts contradicts itself: it shows the least only
    const shown = days.flatMap(([low, high]) => (low > 0 ? [[low, high > low ? high : UNKNOWN_NOTICE]] : []));
    const meet = shown
      .map(([low = 0]) => ({
        low,
        highs: shown.flatMap(([l = 0, high = 0]) => (l <= low && low <= high ? [high] : [])),
      }))
      .sort((a, b) => b.highs.length - a.highs.length || b.low - a.low)[0];
    if (!meet) return null;
    const high = Math.min(...meet.highs);
    return high < UNKNOWN_NOTICE ? (meet.low + high) / 2 : meet.low + 1;
  };
  return agreed(own) ?? agreed(all) ?? Math.min(FLOW.turnaroundMinutes, ...own.map(([, high]) => high));
}

/** Of what is forecast up to the block in which a day's first snapshot lies, the share that was there already; null: nothing to tell it by. */
export function openingShare(rows: readonly DaySnapshot[], expectedUntilThen: number): number | null {
  const first = rows[0];
  if (!first || expectedUntilThen <= 0) return null;
  return Math.min(1, (first.backlog + (first.done ?? 0)) / expectedUntilThen);
}
