import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacity, stayPlan } from '../../../../main/placement/arithmetic.ts';
import { PATHS } from '../../../../main/placement/flow/config.ts';
import { walkLine } from '../../../../main/placement/flow/walk-line.ts';
import { assess, outlook } from '../../../../main/placement/index.ts';
import type { Instance } from '../../../../main/placement/types.ts';
import { makeLine } from '../../../helpers/placement/make-line.ts';

const lotOf = (instance: Instance, cell = 0, lot = 0, assign?: Int32Array) => {
  const risk = assess(instance, assign && { assign })[cell]?.perLot[lot];
  if (!risk) throw new Error('no such lot');
  return risk;
};
/** what stands for certain and for impossible: no sample proves more */
const NEVER = 0.5 / (PATHS.count + 1);

describe('a step by itself', () => {
  test('four people at 60 an hour do 480 in two hours: 400 due is likely made, after 100 minutes', () => {
    const instance = makeLine([{ lots: [{ deadline: 120, items: 400 }], people: 4 }]);
    const risk = assess(instance)[0];
    expect(risk).toMatchObject({ worst: 0, effort: 480, required: 200 });
    expect(risk?.perLot[0]?.due).toBe(400);
    expect(Math.abs((risk?.perLot[0]?.able ?? 0) - 480)).toBeLessThan(10);
    expect(risk?.finish).toBeGreaterThan(95);
    expect(risk?.finish).toBeLessThan(105);
    expect(risk?.pMiss).toBeGreaterThan(0.05);
    expect(risk?.pMiss).toBeLessThan(0.25);
  });
  test('a break, a shift that ends early and a later start take their minutes off', () => {
    const instance = makeLine([{ lots: [{ deadline: 120, items: 10 }], people: 3 }]);
    const changes = [{ breaks: [[30, 45] as const] }, { until: 60 }, { from: 90 }];
    const operators = instance.operators.map((person, i) => ({ ...person, ...changes[i] }));
    expect(assess({ ...instance, operators })[0]?.effort).toBe(105 + 60 + 30);
  });
  test('a deadline counts everything due before it; the worst one speaks for the cell', () => {
    const lots = [
      { deadline: 60, items: 100 },
      { deadline: 120, items: 600 },
    ];
    const risk = assess(makeLine([{ lots, people: 4 }]))[0];
    expect(risk?.perLot.map((lot) => lot.due)).toEqual([100, 700]);
    expect(risk?.perLot[0]?.pMiss).toBe(NEVER);
    expect(risk?.worst).toBe(1);
    expect(risk?.pMiss).toBe(1 - NEVER);
    expect(risk?.shortItems).toBeCloseTo(220, -2);
  });
  test('with nobody there it is missed for certain and never finished', () => {
    const risk = assess(makeLine([{ lots: [{ deadline: 120, items: 400 }], people: 0 }]))[0];
    expect(risk).toMatchObject({ pMiss: 1, rate: 0, finish: null, effort: 0, shortItems: 400 });
  });
  test('nothing due is no risk, but there is still a finish', () => {
    const risk = assess(makeLine([{ lots: [], people: 1, withoutDeadline: 60 }]))[0];
    expect(risk).toMatchObject({ pMiss: 0, worst: null, required: null, shortItems: 0 });
    expect(Math.abs((risk?.finish ?? 0) - 60)).toBeLessThan(5);
  });
  test('a deadline that has passed with work left is missed, and its work comes first', () => {
    const lots = [
      { deadline: -10, items: 50 },
      { deadline: 120, items: 100 },
    ];
    const risk = assess(makeLine([{ lots, people: 4 }]))[0];
    expect(risk).toMatchObject({ worst: 0, pMiss: 1, required: null, shortItems: 50 });
    expect(risk?.perLot[1]?.due).toBe(150);
  });
});

describe('somebody who works elsewhere later today', () => {
  /** two steps that do not know of each other; one of the first step's four people goes to the second for its second hour */
  const lent = (): Instance => {
    const lots = [
      { deadline: 60, items: 100 },
      { deadline: 120, items: 100 },
    ];
    const instance = makeLine([
      { lots, people: 4 },
      { lots, people: 1 },
    ]);
    const [first, ...rest] = instance.operators;
    if (!first) throw new Error('nobody');
    return {
      ...instance,
      operators: [{ ...first, until: 60, otherStints: [{ cell: 1, from: 65, until: 120 }] }, ...rest],
    };
  };
  const able = (instance: Instance, cell: number, assign?: Int32Array): number[] =>
    (assess(instance, assign && { assign })[cell]?.perLot ?? []).map((lot) => Math.round(lot.able / 30) * 30);

  test('counts here until they leave and there from when they arrive, also for the solver', () => {
    const instance = lent();
    expect(able(instance, 0)).toEqual([240, 420]);
    expect(able(instance, 1)).toEqual([60, 180]);
    expect(capacity(instance, stayPlan(instance)).map((row) => row.map(Math.round))).toEqual([
      [240, 420],
      [60, 175],
    ]);
  });
  test('still goes there when a plan of now sends them to help until then', () => {
    const instance = lent();
    const assign = stayPlan(instance);
    assign[0] = 1;
    // ten minutes on the way at once, and slower while the ways of the process are new
    expect(capacity(instance, assign)[1]?.map(Math.round)).toEqual([60 + 44, 60 + 44 + 60 + 55]);
    expect(capacity(instance, assign)[0]?.map(Math.round)).toEqual([180, 360]);
  });
  test('works where they are until moves can begin, when the data are older than the plan', () => {
    const instance = { ...lent(), movesFrom: 10 };
    const assign = stayPlan(instance);
    assign[1] = 1;
    expect(capacity(instance, assign)[0]?.[0]).toBeCloseTo(180 + 10, 6);
  });
});

describe('work that waits at an earlier step', () => {
  const upstream = (people: number): Instance =>
    makeLine(
      [
        { lots: [{ deadline: 90, items: 300 }], people },
        { lots: [], people: 6 },
      ],
      { lots: [[90, 120]] },
    );
  test('is due at the later one too, and late there when it comes too late', () => {
    expect(lotOf(upstream(6), 1)).toMatchObject({ here: 0, upstream: 300, due: 300, pMiss: NEVER });
    expect(lotOf(upstream(2), 1).pMiss).toBeGreaterThan(0.85);
  });
  test('is due there by the share that goes there', () => {
    const instance = upstream(6);
    const [line] = instance.lines;
    if (!line) throw new Error('no line');
    const branched = {
      ...instance,
      lines: [
        {
          ...line,
          routing: [
            [0, 0.3],
            [0, 0],
          ],
        },
      ],
    };
    expect(lotOf(branched, 1).due).toBeCloseTo(90, 9);
  });
  test('is expected when it has not arrived yet, and booked onto the first deadline far enough away', () => {
    const instance = makeLine(
      [
        {
          lots: [
            { deadline: 60, items: 10 },
            { deadline: 180, items: 0 },
          ],
          people: 6,
        },
      ],
      { lots: [[60], [180]], arrivals: [{ minute: 10, items: 200 }], notice: [100, 100] },
    );
    expect(assess(instance)[0]?.perLot.map(({ here, expected }) => [here, expected])).toEqual([
      [10, 0],
      [10, 200],
    ]);
  });
});

const drafts = fc.record({
  first: fc.integer({ min: 0, max: 600 }),
  second: fc.integer({ min: 0, max: 300 }),
  arrivals: fc.integer({ min: 0, max: 300 }),
  share: fc.double({ min: 0.1, max: 1, noNaN: true }),
  people: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
});
type Draft = typeof drafts extends fc.Arbitrary<infer T> ? T : never;
const lineOf = ({ first, second, arrivals, share, people: [a, b] }: Draft): Instance =>
  makeLine(
    [
      { lots: [{ deadline: 90, items: first }], people: a },
      { lots: [{ deadline: 120, items: second }], people: b },
    ],
    {
      lots: [
        [90, 120],
        [210, 240],
      ],
      routing: [
        [0, share],
        [0, 0],
      ],
      arrivals: [{ minute: 30, items: arrivals }],
      notice: [120, 120],
    },
  );
const runs = { numRuns: 40 };

describe('whatever the line', () => {
  test('no item is lost and none is made', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const instance = lineOf(draft);
        const [line] = instance.lines;
        if (!line) throw new Error('no line');
        const until = 240;
        const [one, two] = [0, 1].map((step) => {
          const { watched, paths } = walkLine(instance, line, { watch: { step, lot: 1, until } });
          if (!watched) throw new Error('not watched');
          return watched.grid.map((_, t) => ({
            waiting:
              watched.waiting
                .slice(t * PATHS.count, t * PATHS.count + paths)
                .reduce((sum, items) => sum + items, 0) / paths,
            finished: (watched.finished[t] ?? 0) / paths,
          }));
        });
        const end = (one?.length ?? 1) - 1;
        for (const t of [0, end >> 1, end]) {
          const [a, b] = [one?.[t], two?.[t]];
          if (!a || !b) throw new Error('no such minute');
          const came = t === 0 ? 0 : draft.arrivals;
          expect(Math.abs(a.waiting + a.finished - draft.first - came)).toBeLessThan(0.5);
          expect(Math.abs(b.waiting + b.finished - draft.second - draft.share * a.finished)).toBeLessThan(
            0.5,
          );
        }
      }),
      runs,
    );
  });
  test('the same instance gives the same numbers, and a plan that changes nothing changes nothing', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const instance = lineOf(draft);
        expect(assess(lineOf(draft))).toEqual(assess(instance));
        const assign = Int32Array.from(instance.operators, (person) => person.cell);
        expect(assess(instance, { assign })).toEqual(assess(instance));
      }),
      runs,
    );
  });
  test('one person more never makes it likelier to be late', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const [a, b] = draft.people;
        const before = assess(lineOf(draft));
        for (const people of [[a + 1, b] as [number, number], [a, b + 1] as [number, number]])
          assess(lineOf({ ...draft, people })).forEach((risk, c) => {
            risk.perLot.forEach((lot, k) => {
              expect(lot.pMiss).toBeLessThanOrEqual((before[c]?.perLot[k]?.pMiss ?? 0) + 0.03);
            });
          });
      }),
      runs,
    );
  });
  test('what is due falls to nothing in the outlook where it is made, and its band holds its mean', () => {
    const instance = lineOf({ first: 200, second: 0, arrivals: 0, share: 1, people: [6, 6] });
    const points = outlook(instance, 1, { deadline: 120 });
    expect(points[0]?.due.mean).toBeCloseTo(200, 3);
    expect(points.at(-1)?.due.mean).toBeLessThan(0.5);
    for (const { due } of points) {
      expect(due.low).toBeLessThanOrEqual(due.mean);
      expect(due.mean).toBeLessThanOrEqual(due.high);
    }
  });
});
