import { describe, expect, it } from 'vitest';
import { datesBetween } from '../../../main/forecast/calendar.ts';
import {
  type ArrivalDay,
  BLOCKS,
  recordOf,
  type SiteForecast,
  forecastSite as withRecord,
} from '../../../main/forecast/site-day.ts';
import { weekdayOf } from '../../../main/kernel/clock.ts';

/** Work from 9:00 to 17:00, most of it in the morning. */
const day = (date: string, total: number): ArrivalDay => ({
  date,
  blocks: Array.from({ length: BLOCKS }, (_, b) => (b >= 18 && b < 34 ? (total * (b < 26 ? 3 : 1)) / 32 : 0)),
});
const forecastSite = (days: readonly ArrivalDay[], date: string): SiteForecast =>
  withRecord(days, date, recordOf(days, date));
const noise = (i: number): number => 1 + 0.04 * Math.sin(i * 12.9898);
/** Open on working days, Mondays twice as busy; `totalOn` changes a date. */
const history = (
  from: string,
  to: string,
  totalOn: (date: string) => number | null = () => null,
): ArrivalDay[] =>
  datesBetween(from, to).flatMap((date, i) => {
    const weekday = weekdayOf(date);
    const total = totalOn(date) ?? (weekday === 0 || weekday === 6 ? 0 : weekday === 1 ? 2000 : 1000);
    return total > 0 ? [day(date, total * noise(i))] : [];
  });
const total = (days: ArrivalDay[], date: string): number =>
  forecastSite(days, date).total?.mean ?? Number.NaN;

describe('what will come in', () => {
  it('follows the weekday after two weeks, in the shape of the day', () => {
    const f = forecastSite(history('2026-06-01', '2026-06-15'), '2026-06-15');
    expect([f.state, f.days, f.weeks]).toEqual(['ready', 10, 1.7]);
    expect(f.total?.mean).toBeGreaterThan(1500);
    expect(total(history('2026-06-01', '2026-06-15'), '2026-06-16')).toBeLessThan(1200);
    const morning = f.blocks.slice(18, 26).reduce((sum, b) => sum + b.mean, 0);
    expect(morning / (f.total?.mean ?? 1)).toBeCloseTo(0.75, 1);
    expect(f.blocks[10]?.mean).toBe(0);
  });
  it('says nothing of itself with two days, and that it is still learning with a week', () => {
    expect(forecastSite(history('2026-06-01', '2026-06-03'), '2026-06-03').state).toBe('none');
    expect(forecastSite([], '2026-06-03')).toMatchObject({ state: 'none', days: 0, total: null, blocks: [] });
    const week = forecastSite(history('2026-06-01', '2026-06-08'), '2026-06-09');
    expect(week).toMatchObject({ state: 'learning', days: 5 });
    const month = forecastSite(history('2026-03-02', '2026-07-01'), '2026-07-01');
    const width = (f: typeof week): number =>
      ((f.total?.high ?? 0) - (f.total?.low ?? 0)) / (f.total?.mean ?? 1);
    expect(width(week)).toBeGreaterThan(width(month));
  });
  it('is nothing on a day on which nothing ever came', () => {
    const f = forecastSite(history('2026-06-01', '2026-06-15'), '2026-06-20');
    expect([f.state, f.total?.mean]).toEqual(['closed', 0]);
  });
  it('learns from other holidays what a holiday brings', () => {
    // three holidays around 4 May, then Marine Day on a Monday
    const half = history('2026-04-20', '2026-07-20', (date) =>
      ['2026-04-29', '2026-05-04', '2026-05-05', '2026-05-06'].includes(date) ? 500 : null,
    );
    expect(total(half, '2026-07-20')).toBeLessThan(1600);
    const none = history('2026-04-20', '2026-07-20', (date) =>
      ['2026-04-29', '2026-05-04', '2026-05-05', '2026-05-06'].includes(date) ? 0 : null,
    );
    expect(forecastSite(none, '2026-07-20').state).toBe('closed');
  });
  it('learns that the month’s end is heavy, half of it from the first one', () => {
    const ends = (date: string): number | null => (/^2026-(06-30|07-31)$/.test(date) ? 1800 : null);
    const plain = total(history('2026-06-01', '2026-08-31'), '2026-08-31');
    const once = total(history('2026-07-01', '2026-08-31', ends), '2026-08-31');
    const twice = total(history('2026-06-01', '2026-08-31', ends), '2026-08-31');
    expect(once).toBeGreaterThan(plain * 1.05);
    expect(twice).toBeGreaterThan(once);
  });
  it('does not take one flood for a rule', () => {
    const flood = history('2026-06-01', '2026-06-22', (date) => (date === '2026-06-16' ? 6000 : null));
    expect(total(flood, '2026-06-23')).toBeLessThan(1600);
  });
  it('follows work that grows', () => {
    const days = datesBetween('2026-05-04', '2026-06-29')
      .filter((date) => weekdayOf(date) % 6 !== 0)
      .map((date, i) => day(date, 1000 * 1.02 ** i));
    const last = days.at(-1)?.blocks.reduce((a, b) => a + b, 0) ?? 0;
    expect(total(days, '2026-06-29')).toBeGreaterThan(0.7 * last);
  });
  it('is the same in other units, and never below nothing', () => {
    const days = history('2026-06-01', '2026-06-29');
    const f = forecastSite(days, '2026-06-30');
    const tenfold = days.map((d) => ({ ...d, blocks: d.blocks.map((v) => v * 10) }));
    expect(total(tenfold, '2026-06-30')).toBeCloseTo(10 * (f.total?.mean ?? 0), 1);
    for (const block of f.blocks) {
      expect(block.low).toBeGreaterThanOrEqual(0);
      expect(block.low).toBeLessThanOrEqual(block.mean);
      expect(block.high).toBeGreaterThanOrEqual(block.mean);
    }
  });
  it('tells how often its interval held', () => {
    const record = recordOf(history('2026-05-01', '2026-06-29'), '2026-06-30');
    expect(record.past).toHaveLength(14);
    expect(record.coverage).toBeGreaterThan(0.85);
  });
});
