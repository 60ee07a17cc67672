import { describe, expect, it } from 'vitest';
import { readQuantities, resolveDates } from '../../../main/chat/understand-quantities.ts';

const read = (text: string) => readQuantities(text, []);

describe('numbers in a question', () => {
  it.each([
    ['３人減らしたら', 'people', 3, 'less'],
    ['二人追加', 'people', 2, 'more'],
    ['add 3 people', 'people', 3, 'more'],
    ['if two people are out', 'people', 2, 'less'],
    ['volume +20%', 'percent', 20, 'more'],
    ['物量が２割増えたら', 'percent', 20, 'more'],
    ['1,200件', 'items', 1200, null],
    ['1.5万件', 'items', 15000, null],
    ['3時間残業', 'hours', 3, null],
    ['30分止まったら', 'minutes', 30, null],
  ])('%s', (text, unit, value, change) => {
    expect(read(text).numbers).toMatchObject([{ unit, value, change }]);
  });
  it('leaves the digits of names alone', () => {
    expect(readQuantities('エントリ1', [{ start: 0, end: 5 }]).numbers).toEqual([]);
    expect(read('一覧を見せて').numbers).toEqual([]);
  });
});

describe('times of day', () => {
  it.each([
    ['16時までに間に合う？', 960, 'by'],
    ['25時', 1500, 'at'],
    ['午後4時', 960, 'at'],
    ['by 4pm', 960, 'by'],
    ['12 am', 0, 'at'],
    ['from 9:30', 570, 'from'],
    ['17時半から', 1050, 'from'],
    ['正午', 720, 'at'],
  ])('%s', (text, minute, role) => {
    expect(read(text).times).toMatchObject([{ minute, role }]);
  });
});

describe('days', () => {
  it.each([
    ['今日', '2026-11-21', '2026-11-21'],
    ['明日', '2026-11-22', '2026-11-22'],
    ['明後日', '2026-11-23', '2026-11-23'],
    ['day after tomorrow', '2026-11-23', '2026-11-23'],
    ['yesterday', '2026-11-20', '2026-11-20'],
    ['来週月曜', '2026-11-23', '2026-11-23'],
    ['金曜', '2026-11-27', '2026-11-27'],
    ['先週', '2026-11-09', '2026-11-15'],
    ['last month', '2026-10-01', '2026-10-31'],
    ['過去7日', '2026-11-15', '2026-11-21'],
    ['last 2 weeks', '2026-11-08', '2026-11-21'],
    ['11/21', '2026-11-21', '2026-11-21'],
    ['12月3日', '2026-12-03', '2026-12-03'],
    ['2025-01-31', '2025-01-31', '2025-01-31'],
    ['Nov 2nd', '2026-11-02', '2026-11-02'],
  ])('%s, said on Saturday 2026-11-21', (text, from, to) => {
    const [date] = read(text).dates;
    expect(date && resolveDates(date, '2026-11-21')).toEqual({ from, to });
  });
});
