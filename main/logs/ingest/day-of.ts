import { dateIn, instantOf } from '../../kernel/clock.ts';

const QUARTER = 15 * 60_000;
const DAY = 24 * 60 * 60_000;
const MAX_KEPT = 10_000;

/** When yesterday began: days before it are over, and what still comes of them is rare. */
export const yesterdayOf = (now: number, zone: string): number => instantOf(dateIn(now - DAY, zone), 0, zone);

/** The day an instant belongs to in the site's zone; days begin at a quarter of an hour everywhere. */
export class DayOf {
  private zone: string;
  private readonly days = new Map<number, string>();
  private lastQuarter = Number.NaN;
  private lastDay = '';

  constructor(zone: string) {
    this.zone = zone;
  }
  setZone(zone: string): void {
    if (zone === this.zone) return;
    this.zone = zone;
    this.days.clear();
    this.lastQuarter = Number.NaN;
  }
  yesterday(now: number): number {
    return yesterdayOf(now, this.zone);
  }
  day(at: number): string {
    const quarter = Math.floor(at / QUARTER);
    if (quarter === this.lastQuarter) return this.lastDay;
    let day = this.days.get(quarter);
    if (day === undefined) {
      if (this.days.size >= MAX_KEPT) this.days.clear();
      day = dateIn(at, this.zone);
      this.days.set(quarter, day);
    }
    this.lastQuarter = quarter;
    this.lastDay = day;
    return day;
  }
}
