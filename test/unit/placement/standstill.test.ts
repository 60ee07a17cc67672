import { describe, expect, test } from 'vitest';
import { contribution } from '../../../main/placement/arithmetic.ts';
import { cellRisk } from '../../../main/placement/delay-risk.ts';
import { beforeStandstill, standstillOf, workedBy, workedCv } from '../../../main/placement/standstill.ts';
import type { Instance, PlacementCell } from '../../../main/placement/types.ts';
import { generate, NOW } from '../../helpers/placement/generate.ts';

const MINUTE = 60_000;
/** two minutes each, ending now: items done of so many planned, with work waiting */
const measured = (items: readonly number[], planned = 10, backlog = 500): PlacementCell['observed'] =>
  items.map((done, i) => ({
    at: NOW - (items.length - 1 - i) * 2 * MINUTE,
    items: done,
    personMinutes: 20,
    planned,
    backlog,
  }));

describe('work stands still', () => {
  test('from the last interval that got something done on, at the share that still gets done', () => {
    const observed = measured([9, 11, 10, 10, 1, 0, 0, 1]);
    expect(standstillOf(observed, NOW)).toEqual({ minutes: 8, share: 2 / 40 });
    const before = beforeStandstill(observed, { minutes: 8, share: 0.05 }, NOW);
    expect(before.map((o) => o.items)).toEqual([9, 11, 10, 10]);
  });
  test('also over a break that everybody is on', () => {
    const observed = measured([10, 10, 10, 0, 0, 0, 0, 0, 0]).map((o, i) =>
      i === 5 ? { ...o, planned: 0 } : o,
    );
    expect(standstillOf(observed, NOW)?.minutes).toBe(12);
  });
  test.each([
    ['while it goes on, however slowly', measured([10, 9, 5, 4, 6, 5, 4, 5])],
    ['when it goes on again', measured([10, 10, 0, 0, 0, 0, 0, 12])],
    ['when so little was planned that chance does it', measured([1, 0, 0], 2)],
    ['when nothing waits', measured([10, 10, 0, 0, 0, 0], 10, 0)],
    ['when a company books in batches', measured([40, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0])],
    ['without measurements', []],
  ])('not %s', (_, observed) => {
    expect(standstillOf(observed, NOW)).toBeNull();
  });
});

describe('what is worked meanwhile', () => {
  test('is the mean over how long it may still stand, and its spread', () => {
    const standstill = { minutes: 26, share: 0.05 };
    for (const minute of [1, 15, 60, 135]) {
      // the ends in equal steps of probability: it still stands after s minutes with t / (t + s)
      const steps = 200_000;
      let sum = 0;
      let squares = 0;
      for (let k = 0; k < steps; k++) {
        const p = (k + 0.5) / steps;
        const end = Math.min(minute, standstill.minutes * (1 / p - 1));
        const worked = standstill.share * end + (minute - end);
        sum += worked;
        squares += worked * worked;
      }
      const mean = sum / steps;
      expect(workedBy(standstill, minute)).toBeCloseTo(mean, 3);
      expect(workedCv(standstill, minute)).toBeCloseTo(Math.sqrt(squares / steps - mean * mean) / mean, 3);
    }
  });
  test('is next to nothing by a near deadline, and much by a far one: people and risk count it alike', () => {
    const base = generate({ operators: 30, cells: 5, seed: 3 });
    const c = 0;
    const stood = (minutes: number): Instance => ({
      ...base,
      cells: base.cells.map((cell, k) => (k === c ? { ...cell, standstill: { minutes, share: 0 } } : cell)),
    });
    const person = base.operators.find(
      (o) => o.cell === c && o.until > 200 && o.breaks.every(([a]) => a > 15),
    )!;
    const share = (instance: Instance, minute: number): number =>
      contribution(instance, person, c, minute) / contribution(base, person, c, minute);
    expect(share(stood(30), 10)).toBeLessThan(0.2);
    expect(share(stood(30), 200)).toBeGreaterThan(0.6);
    expect(share(stood(300), 200)).toBeLessThan(share(stood(30), 200));
    const [free, still] = [base, stood(30)].map((instance) => cellRisk(instance, c).perLot[0]!);
    expect(still!.expected).toBeLessThan(free!.expected);
    expect(still!.sd / still!.expected).toBeGreaterThan(free!.sd / free!.expected);
  });
});
