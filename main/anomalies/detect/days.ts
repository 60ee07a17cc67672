import { DAY, HOUR, MINUTE } from '../config.ts';

/** A local day: when it began (epoch ms), and whether it is a weekend or a holiday. */
export type LocalDay = { readonly startsAt: number; readonly isOff: boolean };

export const utcDay = (at: number): LocalDay => {
  const startsAt = Math.floor(at / DAY) * DAY;
  const weekday = new Date(startsAt).getUTCDay();
  return { startsAt, isOff: weekday === 0 || weekday === 6 };
};

/** Local days by epoch minute; asked the calendar once an hour, as no zone's day begins within one. */
export class Days {
  private readonly kept = new Map<number, { startsAt: number; isOff: boolean }>();
  private readonly day: (at: number) => LocalDay;
  constructor(day: (at: number) => LocalDay) {
    this.day = day;
  }
  /** `startsAt` as an epoch minute */
  at(minute: number): { readonly startsAt: number; readonly isOff: boolean } {
    const half = Math.floor(minute / 30);
    const known = this.kept.get(half);
    if (known) return known;
    if (this.kept.size > 5_000) this.kept.clear();
    const { startsAt, isOff } = this.day(half * (HOUR / 2));
    const day = { startsAt: Math.floor(startsAt / MINUTE), isOff };
    this.kept.set(half, day);
    return day;
  }
}
