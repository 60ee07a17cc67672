// From a window as a person told it to days and instants of the site's zone.

import { addDays, dateIn, instantOf, minuteOfDay, weekdayOf } from '../kernel/clock.ts';
import type { Days, Window } from './contract/measures.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** Nothing is asked of more days than this at once: of more, the newest. */
const MOST_DAYS = 3_700;

export type Span = {
  readonly kind: Days['kind'];
  /** dates, oldest first */
  readonly days: readonly string[];
  /** what of each of the days, [from, until); up to the time of day that is asked for */
  readonly intervals: readonly (readonly [from: number, until: number])[];
  readonly from: number;
  readonly until: number;
  /** an instant that is asked for, of the last day */
  readonly at: number | null;
  /** the end of the time of day asked for, of the last day */
  readonly due: number | null;
  /** the beginning of the time of day asked for, of the last day */
  readonly since: number | null;
};

const monthOf = (date: string, months: number): string => {
  const [y = 1970, m = 1] = date.split('-').map(Number);
  return dateIn(Date.UTC(y, m - 1 + months, 1), 'UTC');
};

/** Days told as days. */
export type ByDay = Exclude<Days, { kind: 'between' }>;
/** The first and last day. Weeks begin on Monday; the current week and month end today unless days to come are wanted. */
export function datesOf(
  days: ByDay,
  o: { today: string; first: string; ahead: boolean },
): readonly [string, string] {
  const { today } = o;
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const upToNow = (from: string, to: string): readonly [string, string] =>
    from <= today && to > today && !o.ahead ? [from, today] : [from, to];
  switch (days.kind) {
    case 'now':
    case 'last-minutes':
      return [today, today];
    case 'day':
      return [addDays(today, days.offset), addDays(today, days.offset)];
    case 'week': {
      const from = addDays(monday, 7 * days.offset);
      return upToNow(from, addDays(from, 6));
    }
    case 'month':
      return upToNow(monthOf(today, days.offset), addDays(monthOf(today, days.offset + 1), -1));
    case 'last-days':
      return [addDays(today, 1 - days.days), today];
    case 'next-days':
      return [addDays(today, 1), addDays(today, days.days)];
    case 'weekday': {
      const day = addDays(monday, 7 * days.week + ((days.weekday + 6) % 7));
      return [day, day];
    }
    case 'dates':
      return days.from <= days.to ? [days.from, days.to] : [days.to, days.from];
    case 'all':
      return [[o.first, today].toSorted()[0] ?? today, today];
  }
}

/**
 * `now` is what the figures hold for, `first` the first day there is anything of. `ahead`: days to come are asked for too, so that this
 * week is the whole week.
 */
export function spanOf(
  window: Window,
  o: { now: number; zone: string; first: string; ahead: boolean },
): Span {
  const { now, zone } = o;
  const today = dateIn(now, zone);
  const { kind } = window.days;
  if (window.days.kind === 'last-minutes') {
    const from = now - window.days.minutes * MINUTE;
    return {
      kind,
      days: [today],
      intervals: [[from, now]],
      from,
      until: now,
      at: null,
      due: null,
      since: null,
    };
  }
  const between = window.days.kind === 'between' ? window.days : null;
  const [first, last] =
    window.days.kind === 'between'
      ? [dateIn(window.days.from, zone), dateIn(Math.max(window.days.from, window.days.to - 1), zone)]
      : datesOf(window.days, { today, first: o.first, ahead: o.ahead });
  const days: string[] = [];
  for (let day = last; day >= first && days.length < MOST_DAYS; day = addDays(day, -1)) days.push(day);
  days.reverse();
  const end = days.at(-1) ?? last;
  const instant = (minute: number | null): number | null =>
    minute === null ? null : instantOf(end, minute, zone);
  const intervals = days.map((day): readonly [number, number] => [
    Math.max(between?.from ?? -Infinity, instantOf(day, window.from ?? 0, zone)),
    kind === 'now' && window.until === null && window.at === null
      ? now
      : Math.min(between?.to ?? Infinity, instantOf(day, window.at ?? window.until ?? DAY_MINUTES, zone)),
  ]);
  return {
    kind,
    days,
    intervals,
    from: intervals[0]?.[0] ?? now,
    until: intervals.at(-1)?.[1] ?? now,
    at: instant(window.at),
    due: instant(window.until),
    since: instant(window.from),
  };
}

/** Cut at an instant: what of the window has passed. */
export const passed = (span: Span, now: number): Span => {
  const kept = span.intervals.flatMap(([from, until], i) =>
    from < now ? [{ day: span.days[i] ?? '', part: [from, Math.min(until, now)] as const }] : [],
  );
  return {
    ...span,
    days: kept.map((k) => k.day),
    intervals: kept.map((k) => k.part),
    until: Math.min(span.until, now),
  };
};
/** Neighbouring intervals as one, so that what is counted over whole days is asked once. */
export const joined = (span: Span): (readonly [number, number])[] =>
  span.intervals.reduce<(readonly [number, number])[]>((all, [from, until]) => {
    const last = all.at(-1);
    if (last && from <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], until)];
    else all.push([from, until]);
    return all;
  }, []);

/** The values of an instant in the dimensions of time. */
export const timed = (
  at: number,
  zone: string,
): { day: string; weekday: string; hour: string; 'half-hour': string } => {
  const day = dateIn(at, zone);
  const minute = minuteOfDay(at, zone);
  return {
    day,
    weekday: String(weekdayOf(day)),
    hour: String(minute - (minute % 60)),
    'half-hour': String(minute - (minute % 30)),
  };
};
export const dated = (day: string): { day: string; weekday: string } => ({
  day,
  weekday: String(weekdayOf(day)),
});
