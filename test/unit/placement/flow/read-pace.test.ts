import { describe, expect, test } from 'vitest';
import { contribution } from '../../../../main/placement/arithmetic.ts';
import {
  type Measured,
  PLANNED_PACE,
  readPaces,
  standstillOf,
  workedBy,
} from '../../../../main/placement/flow/read-pace.ts';
import { joinOld } from '../../../../main/placement/flow/spans.ts';
import type { Pace } from '../../../../main/placement/flow/types.ts';
import { assess } from '../../../../main/placement/index.ts';
import { NOW, random } from '../../../helpers/placement/generate.ts';
import { makeLine } from '../../../helpers/placement/make-line.ts';

const MINUTE = 60_000;
/** two minutes each, ending now: items done of so many planned, with work waiting */
const measured = (items: readonly number[], planned = 10, backlog = 500): Measured =>
  items.map((done, i) => ({
    at: NOW - (items.length - 1 - i) * 2 * MINUTE,
    items: done,
    personMinutes: 20,
    planned,
    backlog,
  }));
const steady = (items: number, count: number): number[] => Array.from({ length: count }, () => items);
const paceOf = (observed: Measured): Pace => readPaces([observed], NOW)[0] ?? PLANNED_PACE;
const coefficient = (pace: Pace): number => 1 / Math.sqrt(pace.shape);

describe('hours of measured work', () => {
  const sum = (list: Measured, of: (o: Measured[number]) => number): number =>
    list.reduce((total, o) => total + of(o), 0);
  test('are kept by tens of minutes after an hour, nothing lost where work waited', () => {
    const day = measured(steady(8, 150));
    const joined = joinOld(day, NOW);
    expect(joined.length).toBeLessThan(60);
    expect([sum(joined, (o) => o.items), sum(joined, (o) => o.planned)]).toEqual([1200, 1500]);
    expect(joined.slice(-30)).toEqual(day.slice(-30));
    expect(paceOf(joined).mean).toBeCloseTo(paceOf(day).mean, 2);
  });
  test('say nothing of the pace where the queue had run dry', () => {
    const dry = joinOld(measured(steady(3, 150), 10, 3), NOW);
    expect(sum(dry.slice(0, -30), (o) => o.planned)).toBe(0);
  });
  test('make surer of it than two hours do', () => {
    const items = Array.from({ length: 150 }, (_, i) => 7 + (i % 3));
    expect(coefficient(paceOf(joinOld(measured(items), NOW)))).toBeLessThan(
      coefficient(paceOf(measured(items.slice(-60)))),
    );
  });
});

describe('how fast a team is', () => {
  test('without anything seen it is as fast as planned, give or take a seventh', () => {
    expect(paceOf([])).toEqual(PLANNED_PACE);
    expect(coefficient(PLANNED_PACE)).toBeCloseTo(0.14, 2);
  });
  test('an hour at four fifths of the plan is believed nearly, and surer than before', () => {
    const pace = paceOf(measured(steady(8, 30)));
    expect(pace.mean).toBeGreaterThan(0.78);
    expect(pace.mean).toBeLessThan(0.88);
    expect(coefficient(pace)).toBeLessThan(0.09);
    expect(pace.slowed).toBeLessThan(0.1);
  });
  test('a queue that ran dry does not make a team slow', () => {
    const dry = measured(steady(3, 30), 10, 0);
    expect(paceOf(dry).mean).toBeCloseTo(1, 1);
    expect(paceOf(dry).slowed).toBeLessThan(0.1);
  });
  test('a break that everybody is on says nothing, and the work around it counts as ever', () => {
    const through = measured([...steady(9, 15), ...steady(0, 8), ...steady(9, 15)]).map((o, i) =>
      i >= 15 && i < 23 ? { ...o, planned: 0, personMinutes: 0 } : o,
    );
    const pace = paceOf(through);
    expect(pace.slowed).toBeLessThan(0.05);
    expect(pace.mean).toBeCloseTo(0.92, 1);
  });
  test('an outage is seen as one while it lasts, and forgotten when it is over', () => {
    const during = paceOf(measured([...steady(10, 40), ...steady(1, 8)]));
    expect(during.slowed).toBeGreaterThan(0.95);
    expect(during.share).toBeLessThan(0.2);
    expect(during.minutes).toBe(16);
    expect(during.mean).toBeGreaterThan(0.95);
    const after = paceOf(measured([...steady(10, 30), ...steady(1, 15), ...steady(10, 10)]));
    expect(after.slowed).toBeLessThan(0.05);
    expect(after.mean).toBeGreaterThan(0.95);
  });
});

describe('what teams tell of each other', () => {
  const team = (pace: number, seed: number, drift = 0): Measured => {
    const draw = random(seed);
    return measured(
      Array.from({ length: 55 }, (_, i) => {
        const mean = 10 * pace * (1 + (drift * (i - 54)) / 30);
        return Math.max(0, mean + (draw() + draw() + draw() - 1.5) * 2 * Math.sqrt(mean));
      }),
    );
  };
  test('one of whom nothing is measured is thought as fast as the others', () => {
    const slow = Array.from({ length: 8 }, (_, i) => team(0.85, i + 1));
    expect(readPaces([...slow, []], NOW).at(-1)?.mean).toBeCloseTo(0.87, 1);
  });
  test('the more they differ, the less is known of it', () => {
    const alike = readPaces([...Array.from({ length: 8 }, (_, i) => team(1, i + 1)), []], NOW);
    const unlike = readPaces(
      [...[0.6, 0.8, 1, 1.2, 1.4, 0.7, 1.3, 1].map((pace, i) => team(pace, i + 1)), []],
      NOW,
    );
    const spread = (paces: readonly Pace[]): number => coefficient(paces.at(-1) ?? PLANNED_PACE);
    expect(spread(alike)).toBeLessThan(0.1);
    expect(spread(unlike)).toBeGreaterThan(0.15);
  });
  test('people tire by about a hundredth an hour, by more where all get slower', () => {
    const tired = readPaces(
      Array.from({ length: 12 }, (_, i) => team(0.95, i + 1, -0.06)),
      NOW,
    );
    const fresh = readPaces(
      Array.from({ length: 12 }, (_, i) => team(0.95, i + 1)),
      NOW,
    );
    expect(Math.abs((fresh[0]?.trend ?? 1) + 0.01)).toBeLessThan(0.01);
    expect(tired[0]?.trend).toBeLessThan((fresh[0]?.trend ?? 0) - 0.004);
  });
});

describe('work stands still', () => {
  const standstill = (observed: Measured): { minutes: number } | null =>
    standstillOf(observed, paceOf(observed), NOW);
  test('from the last interval that got something done on', () => {
    expect(standstill(measured([...steady(10, 20), 1, 0, 0, 1]))).toEqual({ minutes: 8 });
  });
  test('also over a break that everybody is on', () => {
    const observed = measured([...steady(10, 20), 0, 0, 0, 0, 0, 0]).map((o, i) =>
      i === 22 ? { ...o, planned: 0 } : o,
    );
    expect(standstill(observed)?.minutes).toBe(12);
  });
  test.each([
    ['while it goes on, however slowly', measured([10, 9, 5, 4, 6, 5, 4, 5])],
    ['when it goes on again', measured([10, 10, 10, 10, 0, 0, 0, 0, 12, 10])],
    ['when so little was planned that chance does it', measured([2, 2, 2, 1, 0, 0], 2)],
    ['when nothing waits', measured([10, 10, 0, 0, 0, 0], 10, 0)],
    ['when a company books in batches', measured([40, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0])],
    ['when a batch is a little late', measured([40, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0, 0, 0])],
    ['without measurements', []],
  ])('not %s', (_, observed) => {
    expect(standstill(observed)).toBeNull();
  });
  test('a company that books in batches is as fast as what its batches hold', () => {
    const pace = paceOf(measured([40, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0, 40]));
    expect(pace.mean).toBeGreaterThan(0.9);
    expect(pace.slowed).toBeLessThan(0.1);
  });
});

describe('what is worked while something slows a team down', () => {
  const slowed = (minutes: number): Pace => ({ ...PLANNED_PACE, slowed: 1, share: 0.05, minutes });
  test('is the mean over how long it may go on', () => {
    for (const minute of [1, 15, 60, 135]) {
      // the ends in equal steps of probability: it goes on after s minutes with (30 + t) / (30 + t + s)
      const steps = 20_000;
      let sum = 0;
      for (let k = 0; k < steps; k++) {
        const end = Math.min(minute, 70 * (steps / (k + 0.5) - 1));
        sum += 0.05 * end + (minute - end);
      }
      expect(workedBy(slowed(40), minute)).toBeCloseTo(sum / steps, 2);
    }
  });
  test('is next to nothing by a near deadline and much by a far one: people and paths count it alike', () => {
    const at = (deadline: number, minutes: number) => {
      const lots = [{ deadline, items: 100 }];
      const free = makeLine([{ lots, people: 4 }]);
      const still = makeLine([{ lots, people: 4, pace: slowed(minutes) }]);
      const [person] = still.operators;
      if (!person) throw new Error('nobody');
      return {
        people: contribution(still, person, 0, deadline) / contribution(free, person, 0, deadline),
        paths: (assess(still)[0]?.perLot[0]?.able ?? 0) / (assess(free)[0]?.perLot[0]?.able ?? 1),
      };
    };
    expect(at(10, 60).people).toBeLessThan(0.25);
    expect(at(240, 60).people).toBeGreaterThan(0.5);
    expect(at(240, 200).people).toBeLessThan(at(240, 60).people);
    for (const deadline of [10, 60, 240])
      expect(Math.abs(at(deadline, 60).people - at(deadline, 60).paths)).toBeLessThan(0.05);
  });
});
