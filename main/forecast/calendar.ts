// The kinds of day that work follows in Japan: holidays, settlement days, month ends, Obon and New Year.

import { DAY_KINDS, type DayKind } from '../analytics/contract/situation.ts';
import { addDays, daysFrom } from '../kernel/clock.ts';
import { holidayOn, isDayOff, isNewYear } from '../kernel/holidays.ts';

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
/** The dates from `from` up to, but without, `to`. */
export const datesBetween = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysFrom(from, to)) }, (_, i) => addDays(from, i));

const workingDayUpTo = (date: string): string => {
  let day = date;
  while (isDayOff(day)) day = addDays(day, -1);
  return day;
};
const monthEnd = (date: string): string =>
  dateOf(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0));

/** Does a day of the month that `falls` picks come to this date, moved to the working day before? */
function comesTo(date: string, falls: (date: string) => boolean): boolean {
  if (isDayOff(date)) return false;
  for (let day = date; day === date || isDayOff(day); day = addDays(day, 1)) if (falls(day)) return true;
  return false;
}

const kindsKnown = new Map<string, readonly DayKind[]>();
/** The kinds of a date. On a day off the settlement and the month's end are moved to the working day before. */
export function dayKinds(date: string): readonly DayKind[] {
  const known = kindsKnown.get(date) ?? findKinds(date);
  kindsKnown.set(date, known);
  return known;
}
function findKinds(date: string): DayKind[] {
  const isMonthEnd = (day: string): boolean => day === monthEnd(day);
  const tests: Readonly<Record<DayKind, boolean>> = {
    holiday: holidayOn(date) !== null,
    'after-holiday': !isDayOff(date) && holidayOn(addDays(date, -1)) !== null,
    settlement: comesTo(date, (day) => /-(05|10|15|20|25)$/.test(day) || isMonthEnd(day)),
    'month-end': date === workingDayUpTo(monthEnd(date)),
    obon: /-08-1[3-6]$/.test(date),
    'year-end': isNewYear(date),
  };
  return DAY_KINDS.filter((kind) => tests[kind]);
}
