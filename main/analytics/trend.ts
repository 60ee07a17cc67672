import { dateIn, instantOf } from '../kernel/clock.ts';
import type { Reader } from '../store/index.ts';
import { cellAt, type Dates } from './queries.ts';

const DAY_MINUTES = 24 * 60;
const HOUR_MINUTES = 60;
/** Longer spans than this many days are shown by the day, and at most so many of them. */
const HOURLY_DAYS = 2;
const LONGEST_DAYS = 31;

type Cell = { readonly location: string; readonly businessId: string; readonly process: string };
export type TrendRow = { readonly at: number; readonly backlog: number; readonly finished: number | null };
/** Snapshots of [from, until); `at` is the instant it is shown under. */
type Bucket = { readonly from: number; readonly until: number; readonly at: number; readonly date: string };

function bucketsOf(dates: Dates, zone: string, now: number): Bucket[] {
  const days: string[] = [];
  for (let back = 0; back < LONGEST_DAYS; back++) {
    const date = dateIn(instantOf(dates.to, -back * DAY_MINUTES, 'UTC'), 'UTC');
    if (date < dates.from) break;
    days.unshift(date);
  }
  const step = days.length <= HOURLY_DAYS ? HOUR_MINUTES : DAY_MINUTES;
  return days
    .flatMap((date) =>
      Array.from({ length: DAY_MINUTES / step }, (_, k): Bucket => {
        const from = instantOf(date, k * step, zone);
        const until = instantOf(date, (k + 1) * step, zone);
        // a day is shown under its own last instant, an hour under its end
        return { from, until, at: Math.min(now, step === DAY_MINUTES ? until - 1 : until), date };
      }),
    )
    .filter((bucket) => bucket.from <= now);
}

/**
 * Backlog at the end of each hour (of each day over longer spans) and items finished in it, summed over cells. Reads one
 * snapshot per cell and bucket through the index. A counter that fell started anew. Buckets without data are left out.
 */
export function trendRows(
  read: Reader,
  o: { cells: readonly Cell[]; dates: Dates; zone: string; now: number },
): TrendRow[] {
  const buckets = bucketsOf(o.dates, o.zone, o.now);
  const sums = buckets.map((bucket) => ({
    at: bucket.at,
    backlog: 0,
    finished: null as number | null,
    seen: false,
  }));
  for (const cell of o.cells) {
    let before: { done: number; date: string } | null = null;
    buckets.forEach((bucket, k) => {
      const sum = sums[k];
      const last = cellAt(read, cell, bucket.from, Math.min(o.now + 1, bucket.until));
      if (!last || !sum) return;
      sum.seen = true;
      sum.backlog += last.backlog;
      if (last.done === null) return;
      const continues = before !== null && before.date === bucket.date && last.done >= before.done;
      sum.finished = (sum.finished ?? 0) + last.done - (continues && before ? before.done : 0);
      before = { done: last.done, date: bucket.date };
    });
  }
  return sums.flatMap(({ seen, at, backlog, finished }) => (seen ? [{ at, backlog, finished }] : []));
}
