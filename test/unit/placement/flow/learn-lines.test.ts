import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectArrivals, followScale } from '../../../../main/placement/flow/expect-arrivals.ts';
import { type Flow, learnRouting, visitsOf } from '../../../../main/placement/flow/learn-routing.ts';
import {
  matchLots,
  narrowNotice,
  noticeOf,
  poolNotices,
} from '../../../../main/placement/flow/match-lots.ts';
import { random } from '../../../helpers/placement/generate.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIDNIGHT = Date.UTC(2026, 10, 19, 15);
const at = (hour: number, minute = 0): number => MIDNIGHT + hour * HOUR + minute * MINUTE;

describe('where work goes from a step', () => {
  const straight = [
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 0],
  ];
  const flowsWith = (share: number, intervals: number): Flow[][] => {
    const draw = random(7);
    const flows: Flow[][] = [[], [], []];
    for (let i = 0; i < intervals; i++) {
      const span = { from: at(9, 2 * i), at: at(9, 2 * i + 2) };
      const items = [20, 18, 6].map((mean) => Math.round(mean * (0.5 + draw())));
      const arrived = [20, items[0] ?? 0, (items[1] ?? 0) * share];
      items.forEach((done, s) => {
        flows[s]?.push({ ...span, items: done, arrived: arrived[s] ?? 0 });
      });
    }
    return flows;
  };
  test('is learned from what arrives when earlier steps finish something', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), (share) => {
        const routing = learnRouting(flowsWith(share, 60), straight);
        expect(routing[0]?.[1]).toBeCloseTo(1, 1);
        expect(Math.abs((routing[1]?.[2] ?? 0) - share)).toBeLessThan(0.05);
        for (const row of routing) expect(row.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 20 },
    );
  });
  test('is what the forecast tells while nothing was measured', () => {
    expect(learnRouting([[], [], []], straight)).toEqual(straight);
  });
  test('tells how often an item will still be seen at each later step', () => {
    const visits = visitsOf([
      [0, 1, 0, 0],
      [0, 0, 0.3, 0.7],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
    expect(visits[0]).toEqual([1, 1, 0.3, 1]);
  });
});

describe('which deadlines go together', () => {
  test('a later deadline belongs to the latest one of the first step before it, also for a lot that has not come so far', () => {
    const seen = (...minutes: number[]) =>
      minutes.map((minute) => ({ deadline: at(0, minute), opened: at(8) }));
    const lots = matchLots([seen(660, 840, 960), seen(690, 870)], { now: at(10), midnight: MIDNIGHT });
    expect(lots).toEqual([
      [at(11), at(11, 30)],
      [at(14), at(14, 30)],
      [at(16), at(16, 30)],
    ]);
  });
});

describe('until how long before a deadline work is booked onto it', () => {
  const flow = (hour: number, minute: number): Flow => ({
    from: at(hour, minute - 2),
    at: at(hour, minute),
    items: 0,
    arrived: 10,
  });
  const seen = [
    { deadline: at(11), opened: at(8) },
    { deadline: at(14), opened: at(9, 10) },
  ];
  test('is longer than what the earlier lot had left when the next one opened, and no longer than what still came', () => {
    expect(noticeOf(seen, [flow(8, 30), flow(9, 0), flow(9, 10)])).toEqual([110, 120]);
  });
  test('is taken over from other lines that have seen more', () => {
    const pooled = poolNotices([
      [110, 120],
      [0, 1440],
    ]);
    expect(narrowNotice([0, 1440], pooled)).toEqual([110, 120]);
  });
  test('is the usual turnaround until something is seen', () => {
    const [low, high] = poolNotices([[0, 1440]]);
    expect(low).toBeGreaterThan(0);
    expect(high).toBe(1440);
  });
});

describe('how much is still to come', () => {
  const imports = (until: number, items: (minute: number) => number): Flow[] =>
    Array.from({ length: (until - 540) / 10 }, (_, i) => 540 + 10 * (i + 1)).map((minute) => ({
      from: at(0, minute),
      at: at(0, minute + 2),
      items: 0,
      arrived: items(minute),
    }));
  const hours = Array.from({ length: 9 }, (_, i) => ({ from: at(9 + i), items: 120 }));
  const opening = { at: at(9), stock: 0 };
  const expected = (items: (minute: number) => number, minute = 722) =>
    expectArrivals(hours, imports(720, items), { opening, now: at(0, minute) });

  test('is the rest of the forecast, in the rhythm of the imports so far', () => {
    const { arrivals, arrivalScale } = expected(() => 20);
    expect(arrivals[0]?.minute).toBe(8);
    expect(arrivals.reduce((sum, a) => sum + a.items, 0)).toBeCloseTo(6 * 120, 6);
    expect(arrivalScale.mean).toBeCloseTo(1, 2);
  });
  test('an import of this very minute may not show yet; one that is overdue comes with the next', () => {
    expect(expected(() => 20, 730).arrivals[0]).toEqual({ minute: 0, items: expect.closeTo(20, 6) });
    expect(expected(() => 20, 735).arrivals[0]).toEqual({ minute: 5, items: expect.closeTo(40, 6) });
  });
  test('snapshots by the half hour show several imports at once: that is no wave', () => {
    const half = (minute: number): Flow => ({
      from: at(0, minute - 30),
      at: at(0, minute),
      items: 0,
      arrived: 60,
    });
    const { arrivals, arrivalScale } = expectArrivals(hours, [half(570), half(600)], {
      opening,
      now: at(10),
    });
    expect(arrivalScale.mean).toBeCloseTo(1, 1);
    expect(arrivals.reduce((sum, a) => sum + a.items, 0)).toBeCloseTo(8 * 120, 6);
  });
  test('a wave is believed as soon as it is plain, and forgotten when it is over', () => {
    expect(expected((minute) => (minute > 700 ? 50 : 20)).arrivalScale.mean).toBeGreaterThan(2);
    expect(expected((minute) => (minute > 600 && minute <= 660 ? 50 : 20)).arrivalScale.mean).toBeCloseTo(
      1,
      1,
    );
  });
  test('one odd import is not a wave', () => {
    const ratios = [...Array.from({ length: 12 }, () => 1), 1.35].map((ratio) => ({ ratio, variance: 0.05 }));
    expect(followScale(ratios).mean).toBeLessThan(1.15);
  });
  test('nothing is expected without a forecast', () => {
    expect(
      expectArrivals(
        [],
        imports(720, () => 20),
        { opening, now: at(12) },
      ).arrivals,
    ).toEqual([]);
  });
});
