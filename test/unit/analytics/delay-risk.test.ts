import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../../main/placement/config.ts';
import { cellRisk, gammaBelow, measureEfficiency, outlook } from '../../../main/placement/delay-risk.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../../../main/placement/types.ts';

const NOW = Date.UTC(2026, 10, 20, 5, 0);
const MINUTE = 60_000;

const cell = (change: Partial<PlacementCell> = {}, name = 'エントリ1'): PlacementCell => ({
  cell: { cellId: name, location: '札幌', businessId: '523201', businessName: 'SS', process: name },
  site: 0,
  business: 0,
  process: 0,
  lots: [{ deadline: 120, items: 400 }],
  minSkill: 2,
  minStaff: 0,
  minStaffAtCheckpoint: 0,
  seniors: 0,
  priority: 1,
  efficiency: 1,
  observed: [],
  arrivalsPerMinute: 0,
  backlog: 400,
  ...change,
});
const person = (change: Partial<PlacementOperator> = {}): PlacementOperator => ({
  id: 'a',
  name: 'a',
  site: 0,
  cell: 0,
  skill: [3],
  experience: [30],
  speed: [60],
  knows: [true],
  from: -60,
  until: 480,
  breaks: [],
  movesToday: 0,
  locked: false,
  movedBy: null,
  ...change,
});
const instance = (cells: PlacementCell[], operators: PlacementOperator[]): Instance => ({
  now: NOW,
  sites: ['札幌'],
  distance: [[0]],
  processes: ['エントリ1'],
  businesses: ['523201'],
  cells,
  operators,
  rules: DEFAULT_RULES,
});
const team = (n: number, change: Partial<PlacementOperator> = {}) =>
  Array.from({ length: n }, (_, i) => person({ id: `p${i}`, ...change }));

describe('by hand', () => {
  test('four people at 60/h do 480 in two hours: 400 due is likely made, finish after 100 minutes', () => {
    const risk = cellRisk(instance([cell()], team(4)), 0);
    expect(risk).toMatchObject({ worst: 0, rate: 1, effort: 480, required: 200, shortItems: 0 });
    expect(risk.perLot[0]).toMatchObject({ expected: 480, due: 400 });
    expect(risk.finish).toBeCloseTo(100, 2);
    // sd² = 1.5·480 + 480²·(0.15² + 0.1²·2/3): the prior's 15 % and the drift's 8 %
    expect(risk.perLot[0]?.sd).toBeCloseTo(Math.sqrt(720 + 480 ** 2 * (0.0225 + 0.02 / 3)), 6);
    expect(risk.pMiss).toBeGreaterThan(0.1);
    expect(risk.pMiss).toBeLessThan(0.2);
  });

  test('a break, a shift that ends early and a later start take their minutes off', () => {
    const people = [person({ breaks: [[30, 45]] }), person({ until: 60 }), person({ from: 90 })];
    expect(cellRisk(instance([cell()], people), 0).effort).toBe(105 + 60 + 30);
  });

  test('a deadline counts everything due before it; the worst one speaks for the cell', () => {
    const lots = [
      { deadline: 60, items: 100 },
      { deadline: 120, items: 600 },
    ];
    const risk = cellRisk(instance([cell({ lots, backlog: 700 })], team(4)), 0);
    expect(risk.perLot.map((lot) => [lot.due, lot.expected, lot.shortItems])).toEqual([
      [100, 240, 0],
      [700, 480, 220],
    ]);
    expect(risk.worst).toBe(1);
    expect(risk.pMiss).toBe(risk.perLot[1]?.pMiss);
    expect(risk.finish).toBeCloseTo(175, 2);
  });

  test('nobody there: certain to miss, never finished', () => {
    expect(cellRisk(instance([cell()], []), 0)).toMatchObject({
      pMiss: 1,
      rate: 0,
      finish: null,
      effort: 0,
      shortItems: 400,
    });
  });

  test('nothing due: no risk, but still a finish', () => {
    const risk = cellRisk(instance([cell({ lots: [], backlog: 60 })], team(1)), 0);
    expect(risk).toMatchObject({ pMiss: 0, worst: null, required: null, shortItems: 0 });
    expect(risk.finish).toBeCloseTo(60, 2);
  });

  test('a deadline that has passed with work left is missed, and its work comes first', () => {
    const lots = [
      { deadline: -10, items: 50 },
      { deadline: 120, items: 100 },
    ];
    const risk = cellRisk(instance([cell({ lots, backlog: 150 })], team(4)), 0);
    expect(risk).toMatchObject({ worst: 0, pMiss: 1, required: null, shortItems: 50 });
    expect(risk.perLot[1]?.due).toBe(150);
  });

  test('a planned move counts from the end of its switch time, with the ramp of another process', () => {
    const cells = [cell(), cell({ lots: [], backlog: 0 }, 'エントリ2')];
    const people = [...team(2), person({ id: 'moved', cell: 1 })];
    const assign = Int32Array.from([0, 0, 0]);
    const before = cellRisk(instance(cells, people), 0);
    const after = cellRisk(instance(cells, people), 0, { assign });
    const minutes = DEFAULT_RULES.switchMinutes.sameSite;
    expect(after.effort - before.effort).toBe(120 - minutes);
    expect(after.pMiss).toBeLessThan(before.pMiss);
  });

  test('an unknown gamma tail agrees with the exact one within half a percent', () => {
    // P(Gamma(shape 4, scale 1) < x) = 1 − e^−x·(1 + x + x²/2 + x³/6)
    for (const x of [1, 2, 4, 6, 9]) {
      const exact = 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6);
      expect(Math.abs(gammaBelow(x, 4, 4) - exact)).toBeLessThan(0.005);
    }
  });
});

describe('efficiency', () => {
  const work = (items: number, minutesAgo: number, backlog = 500) => ({
    at: NOW - minutesAgo * MINUTE,
    items,
    personMinutes: 10,
    planned: 10,
    backlog,
  });
  test('without anything seen it is what was planned', () => {
    expect(measureEfficiency([], NOW)).toEqual({ mean: 1, shape: 1 / 0.15 ** 2 });
  });
  test('what was measured 45 minutes ago counts half', () => {
    const now = measureEfficiency([work(20, 0)], NOW).shape - 1 / 0.15 ** 2;
    const older = measureEfficiency([work(20, 45)], NOW).shape - 1 / 0.15 ** 2;
    expect(older).toBeCloseTo(now / 2, 9);
  });
  test('half the planned work for an hour reads as nearly half the speed, and as surer than the prior', () => {
    const seen = measureEfficiency(
      Array.from({ length: 30 }, (_, k) => work(5, k * 2)),
      NOW,
    );
    expect(seen.mean).toBeGreaterThan(0.5);
    expect(seen.mean).toBeLessThan(0.65);
    expect(1 / Math.sqrt(seen.shape)).toBeLessThan(0.12);
  });
  test('an empty queue says nothing about speed', () => {
    expect(measureEfficiency([work(1, 2, 3), work(1, 0, 2)], NOW).mean).toBe(1);
  });
});

describe('always', () => {
  const lots = fc
    .array(
      fc.record({ deadline: fc.integer({ min: -60, max: 600 }), items: fc.integer({ min: 1, max: 3000 }) }),
      {
        maxLength: 4,
      },
    )
    .map((list) => list.sort((a, b) => a.deadline - b.deadline));
  const people = fc.array(
    fc.record({
      speed: fc.double({ min: 1, max: 200, noNaN: true }),
      from: fc.integer({ min: -300, max: 200 }),
      until: fc.integer({ min: 1, max: 600 }),
      pause: fc.integer({ min: 0, max: 400 }),
    }),
    { maxLength: 12 },
  );
  const site = fc.record({
    lots,
    people,
    extra: fc.integer({ min: 0, max: 500 }),
    efficiency: fc.double({ min: 0.2, max: 2, noNaN: true }),
    arrivals: fc.double({ min: 0, max: 20, noNaN: true }),
  });
  const build = (s: {
    lots: PlacementCell['lots'];
    people: readonly { speed: number; from: number; until: number; pause: number }[];
    extra: number;
    efficiency: number;
    arrivals: number;
  }) =>
    instance(
      [
        cell({
          lots: s.lots,
          backlog: s.lots.reduce((sum, lot) => sum + lot.items, s.extra),
          efficiency: s.efficiency,
          arrivalsPerMinute: s.arrivals,
        }),
      ],
      s.people.map((p, i) =>
        person({
          id: `p${i}`,
          speed: [p.speed],
          from: p.from,
          until: p.until,
          breaks: [[p.pause, p.pause + 15]],
        }),
      ),
    );

  test('a probability is one, and the outlook is never below zero nor out of order', () => {
    fc.assert(
      fc.property(site, (s) => {
        const built = build(s);
        const risk = cellRisk(built, 0);
        const numbers = [risk.pMiss, ...risk.perLot.map((lot) => lot.pMiss)];
        expect(numbers.every((p) => p >= 0 && p <= 1)).toBe(true);
        for (const point of outlook(built, 0)) {
          expect(point.low).toBeGreaterThanOrEqual(0);
          expect(point.mean).toBeGreaterThanOrEqual(point.low - 1e-6);
          expect(point.high).toBeGreaterThanOrEqual(point.mean - 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
  test('one more person is never more risk, nor a later finish', () => {
    fc.assert(
      fc.property(site, fc.double({ min: 1, max: 200, noNaN: true }), (s, speed) => {
        const before = cellRisk(build(s), 0);
        const after = cellRisk(
          build({ ...s, people: [...s.people, { speed, from: -1, until: 600, pause: 0 }] }),
          0,
        );
        // half a percent is the error of the cube-root approximation at very small expectations
        expect(after.pMiss).toBeLessThanOrEqual(before.pMiss + 0.005);
        if (before.finish !== null) expect(after.finish).toBeLessThanOrEqual(before.finish + 0.01);
      }),
      { numRuns: 300 },
    );
  });
  test('more waiting is never less risk', () => {
    fc.assert(
      fc.property(site, fc.integer({ min: 1, max: 500 }), fc.nat(), (s, more, which) => {
        if (s.lots.length === 0) return;
        const k = which % s.lots.length;
        const worse = s.lots.map((lot, i) => (i === k ? { ...lot, items: lot.items + more } : lot));
        expect(cellRisk(build({ ...s, lots: worse }), 0).pMiss).toBeGreaterThanOrEqual(
          cellRisk(build(s), 0).pMiss - 1e-9,
        );
      }),
      { numRuns: 300 },
    );
  });
});

test('the outlook ends at the last deadline, counts arrivals and follows a plan', () => {
  const cells = [cell({ arrivalsPerMinute: 2 }), cell({ lots: [], backlog: 0 }, 'エントリ2')];
  const built = instance(cells, [...team(4), person({ id: 'x', cell: 1 })]);
  const curve = outlook(built, 0);
  expect(curve.at(0)).toEqual({ at: NOW, low: 400, mean: 400, high: 400 });
  expect(curve.at(-1)?.at).toBe(NOW + 120 * MINUTE);
  expect(curve.at(-1)?.mean).toBeCloseTo(400 + 240 - 480, 6);
  const helped = outlook(built, 0, { assign: Int32Array.from([0, 0, 0, 0, 0]) });
  expect(helped.at(-1)?.mean).toBeLessThan(curve.at(-1)?.mean ?? 0);
});
