// National holidays by the law (国民の祝日に関する法律) and the turn of the year. By rule, so it needs no data; a holiday moved by a
// special law of a later year is not known.

import { addDays, weekdayOf } from './clock.ts';

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** The nth Monday of a month. */
const monday = (year: number, month: number, nth: number): number => {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return 1 + ((8 - first) % 7) + 7 * (nth - 1);
};
/** Day of the equinox in Japan, 1980–2099 (海上保安庁 approximation). */
const equinox = (year: number, start: number): number =>
  Math.floor(start + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

/** The holidays that the law names, by `MM-DD`, in force since 2022. */
function namedHolidays(year: number): Map<string, string> {
  const days: readonly (readonly [month: number, day: number, name: string])[] = [
    [1, 1, '元日'],
    [1, monday(year, 1, 2), '成人の日'],
    [2, 11, '建国記念の日'],
    [2, 23, '天皇誕生日'],
    [3, equinox(year, 20.8431), '春分の日'],
    [4, 29, '昭和の日'],
    [5, 3, '憲法記念日'],
    [5, 4, 'みどりの日'],
    [5, 5, 'こどもの日'],
    [7, monday(year, 7, 3), '海の日'],
    [8, 11, '山の日'],
    [9, monday(year, 9, 3), '敬老の日'],
    [9, equinox(year, 23.2488), '秋分の日'],
    [10, monday(year, 10, 2), 'スポーツの日'],
    [11, 3, '文化の日'],
    [11, 23, '勤労感謝の日'],
  ];
  return new Map(days.map(([month, day, name]) => [dateOf(Date.UTC(year, month - 1, day)), name] as const));
}

const years = new Map<number, ReadonlyMap<string, string>>();
/** Holidays of a year by date, with the substitutes of those on a Sunday (振替休日) and the days between two (国民の休日). */
function holidaysOf(year: number): ReadonlyMap<string, string> {
  const known = years.get(year);
  if (known) return known;
  const named = namedHolidays(year);
  const all = new Map(named);
  for (const date of named.keys()) {
    if (weekdayOf(date) === 0) {
      let free = addDays(date, 1);
      while (named.has(free)) free = addDays(free, 1);
      all.set(free, '振替休日');
    }
    const between = addDays(date, 1);
    if (!named.has(between) && named.has(addDays(date, 2)) && weekdayOf(between) !== 0 && !all.has(between))
      all.set(between, '国民の休日');
  }
  years.set(year, all);
  return all;
}

/** The name of a national holiday on a date (`2026-11-23`), else null. Rules of 2022 on; earlier dates by the same. */
export const holidayOn = (date: string): string | null =>
  holidaysOf(Number(date.slice(0, 4))).get(date) ?? null;

/** The turn of the year, 12/29–1/3. */
export const isNewYear = (date: string): boolean => /^\d{4}-(12-(29|30|31)|01-0[123])$/.test(date);
/** Neither banks nor offices work: weekends, holidays, 12/31–1/3. */
export const isDayOff = (date: string): boolean => {
  const weekday = weekdayOf(date);
  return (
    weekday === 0 || weekday === 6 || holidayOn(date) !== null || /-(12-31|01-0[123])$/.test(date.slice(4))
  );
};
/** A national holiday or the turn of the year: such days are like each other and like no ordinary day of their weekday. */
export const isHoliday = (date: string): boolean => holidayOn(date) !== null || isNewYear(date);
