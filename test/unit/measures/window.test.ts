// A window as a person told it, as days and instants of the site's zone.
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../main/kernel/clock.ts';
import { Window } from '../../../main/measures/contract/measures.ts';
import { type ByDay, datesOf, joined, passed, spanOf } from '../../../main/measures/window.ts';

const ZONE = 'Asia/Tokyo';
/** a Thursday, 14:30 */
const TODAY = '2026-11-19';
const NOW = instantOf(TODAY, 870, ZONE);
const dates = (days: ByDay, ahead = false) => datesOf(days, { today: TODAY, first: '2026-10-22', ahead });
const span = (window: Parameters<typeof Window.parse>[0], zone = ZONE) =>
  spanOf(Window.parse(window), { now: NOW, zone, first: '2026-10-22', ahead: false });

describe('days', () => {
  it.each<[string, ByDay, [string, string]]>([
    ['yesterday', { kind: 'day', offset: -1 }, ['2026-11-18', '2026-11-18']],
    ['this week ends today', { kind: 'week', offset: 0 }, ['2026-11-16', '2026-11-19']],
    ['last week is Monday to Sunday', { kind: 'week', offset: -1 }, ['2026-11-09', '2026-11-15']],
    ['last month', { kind: 'month', offset: -1 }, ['2026-10-01', '2026-10-31']],
    ['last Friday', { kind: 'weekday', weekday: 5, week: -1 }, ['2026-11-13', '2026-11-13']],
    [
      'the Sunday of this week is its last day',
      { kind: 'weekday', weekday: 0, week: 0 },
      ['2026-11-22', '2026-11-22'],
    ],
    ['the last three days, today among them', { kind: 'last-days', days: 3 }, ['2026-11-17', '2026-11-19']],
    ['the next two', { kind: 'next-days', days: 2 }, ['2026-11-20', '2026-11-21']],
    [
      'told the wrong way round',
      { kind: 'dates', from: '2026-11-18', to: '2026-11-12' },
      ['2026-11-12', '2026-11-18'],
    ],
    ['all that there is', { kind: 'all' }, ['2026-10-22', '2026-11-19']],
  ])('%s', (_, days, expected) => {
    expect(dates(days)).toEqual(expected);
  });
  it('a week is whole where days to come are asked about', () => {
    expect(dates({ kind: 'week', offset: 0 }, true)).toEqual(['2026-11-16', '2026-11-22']);
  });
});

describe('times', () => {
  it('hold on each of the days', () => {
    const { intervals } = span({ days: { kind: 'last-days', days: 2 }, from: 600, until: 720 });
    expect(intervals).toEqual([
      [instantOf('2026-11-18', 600, ZONE), instantOf('2026-11-18', 720, ZONE)],
      [instantOf('2026-11-19', 600, ZONE), instantOf('2026-11-19', 720, ZONE)],
    ]);
  });
  it('may pass midnight: 22:00 to 25:00 ends on the next day', () => {
    const { from, until } = span({ days: { kind: 'day', offset: -1 }, from: 22 * 60, until: 25 * 60 });
    expect([from, until]).toEqual([instantOf('2026-11-18', 1320, ZONE), instantOf('2026-11-19', 60, ZONE)]);
  });
  it('now is the day until now; the last hour reaches back from now', () => {
    expect(span({ days: { kind: 'now' } })).toMatchObject({ from: instantOf(TODAY, 0, ZONE), until: NOW });
    expect(span({ days: { kind: 'last-minutes', minutes: 60 } })).toMatchObject({
      from: NOW - 3_600_000,
      until: NOW,
    });
  });
  it('between two instants is that stretch, day by day', () => {
    const [from, to] = [instantOf('2026-11-18', 1400, ZONE), instantOf('2026-11-19', 30, ZONE)];
    const { days, intervals } = span({ days: { kind: 'between', from, to } });
    expect(days).toEqual(['2026-11-18', '2026-11-19']);
    expect(intervals).toEqual([
      [from, instantOf('2026-11-19', 0, ZONE)],
      [instantOf('2026-11-19', 0, ZONE), to],
    ]);
  });
  it('what is still to come is cut off, and whole days are counted at once', () => {
    const week = passed(span({ days: { kind: 'dates', from: '2026-11-16', to: '2026-11-22' } }), NOW);
    expect(week.days).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19']);
    expect(joined(week)).toEqual([[instantOf('2026-11-16', 0, ZONE), NOW]]);
  });
  it('a day of the zone has the hours it has: 23 where the clocks go forward', () => {
    const { from, until } = span(
      { days: { kind: 'dates', from: '2026-03-29', to: '2026-03-29' } },
      'Europe/Berlin',
    );
    expect((until - from) / 3_600_000).toBe(23);
  });
});
