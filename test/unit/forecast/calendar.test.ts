import { describe, expect, it } from 'vitest';
import { dayKinds } from '../../../main/forecast/index.ts';
import { holidayOn } from '../../../main/kernel/holidays.ts';

/** every day of a year that is a holiday */
const holidays = (year: number): [string, string][] =>
  Array.from({ length: 366 }, (_, i) =>
    new Date(Date.UTC(year, 0, 1 + i)).toISOString().slice(0, 10),
  ).flatMap((date): [string, string][] => {
    const name = date.startsWith(`${year}`) ? holidayOn(date) : null;
    return name ? [[date.slice(5), name]] : [];
  });

describe('national holidays', () => {
  it('of 2026 are those of the Cabinet Office, with the day between two holidays', () => {
    expect(holidays(2026)).toEqual([
      ['01-01', '元日'],
      ['01-12', '成人の日'],
      ['02-11', '建国記念の日'],
      ['02-23', '天皇誕生日'],
      ['03-20', '春分の日'],
      ['04-29', '昭和の日'],
      ['05-03', '憲法記念日'],
      ['05-04', 'みどりの日'],
      ['05-05', 'こどもの日'],
      ['05-06', '振替休日'],
      ['07-20', '海の日'],
      ['08-11', '山の日'],
      ['09-21', '敬老の日'],
      ['09-22', '国民の休日'],
      ['09-23', '秋分の日'],
      ['10-12', 'スポーツの日'],
      ['11-03', '文化の日'],
      ['11-23', '勤労感謝の日'],
    ]);
  });
  it('of 2024 and 2025 have their substitutes', () => {
    const moved = (year: number): string[] =>
      holidays(year).flatMap(([day, name]) => (name === '振替休日' ? [day] : []));
    expect(moved(2024)).toEqual(['02-12', '05-06', '08-12', '09-23', '11-04']);
    expect(moved(2025)).toEqual(['02-24', '05-06', '11-24']);
  });
  it('have their equinoxes where the almanac has them', () => {
    const equinoxes = (year: number): string[] =>
      holidays(year).flatMap(([day, name]) => (/春分|秋分/.test(name) ? [day] : []));
    expect(equinoxes(2024)).toEqual(['03-20', '09-22']);
    expect(equinoxes(2025)).toEqual(['03-20', '09-23']);
    expect(equinoxes(2027)).toEqual(['03-21', '09-23']);
    expect(equinoxes(2028)).toEqual(['03-20', '09-22']);
    expect(equinoxes(2030)).toEqual(['03-20', '09-23']);
  });
});

describe('the kinds of a day', () => {
  it('a settlement day on a day off comes on the working day before', () => {
    // 10 and 11 October 2026 are a weekend
    expect(dayKinds('2026-10-10')).toEqual([]);
    expect(dayKinds('2026-10-09')).toEqual(['settlement']);
    // 20–23 September 2026: a Sunday and three holidays
    expect(dayKinds('2026-09-18')).toEqual(['settlement']);
    expect(dayKinds('2026-09-21')).toEqual(['holiday']);
    expect(dayKinds('2026-09-24')).toEqual(['after-holiday']);
    expect(dayKinds('2026-09-25')).toEqual(['settlement']);
  });
  it('a month ends on its last working day', () => {
    expect(dayKinds('2026-10-30')).toEqual(['settlement', 'month-end']);
    expect(dayKinds('2026-10-31')).toEqual([]);
    expect(dayKinds('2026-11-30')).toEqual(['settlement', 'month-end']);
  });
  it('Obon and the turn of the year are days of their own kind', () => {
    expect(dayKinds('2026-08-13')).toEqual(['obon']);
    expect(dayKinds('2026-08-12')).toEqual(['after-holiday']);
    expect(dayKinds('2026-12-30')).toEqual(['settlement', 'month-end', 'year-end']);
    expect(dayKinds('2027-01-01')).toEqual(['holiday', 'year-end']);
    expect(dayKinds('2027-01-03')).toEqual(['year-end']);
    expect(dayKinds('2027-01-04')).toEqual([]);
  });
  it('an ordinary day has none', () => {
    expect(dayKinds('2026-11-26')).toEqual([]);
  });
});
