import { expect, test } from 'vitest';
import { upgradeDay } from '../../../main/placement/day-plan/upgrade-day.ts';
import { assess } from '../../../main/placement/index.ts';
import { makeLine } from '../../helpers/placement/make-line.ts';

test('a day kept before days had lines like any other reads the same: its people, its work and what is late', () => {
  const instance = makeLine([
    { lots: [{ deadline: 240, items: 500 }], people: 1 },
    { lots: [{ deadline: 300, items: 500 }], people: 2 },
  ]);
  const stints = [
    [
      { cell: 0, from: 0, until: 120 },
      { cell: 0, from: 180, until: 240 },
    ],
    [{ cell: 1, from: 0, until: 300 }],
    [{ cell: 1, from: 60, until: 300 }],
  ];
  const lots = [
    [120, 180],
    [240, 300],
  ];
  const saved = {
    ...instance,
    day: {
      date: '2026-11-24',
      close: 300,
      assumed: [],
      absence: { off: 0.02, late: 0.02 },
      stints,
      pace: [
        { mean: 1, cv: 0.05 },
        { mean: 0.9, cv: 0.05 },
      ],
      lines: [
        {
          cells: [0, 1],
          lots,
          routing: [
            [0, 1],
            [0, 0],
          ],
          // what waited in the morning, and an import for each deadline
          opening: [
            [40, 0],
            [0, 20],
          ],
          arrivals: [
            { minute: 10, step: 0, lot: 0, items: 30 },
            { minute: 60, step: 0, lot: 1, items: 300 },
          ],
          arrivalCv: 0.05,
        },
      ],
    },
  };
  const day = upgradeDay(saved);
  expect(day.operators.map(({ cell, from, until, otherStints }) => [cell, from, until, otherStints])).toEqual(
    [
      [0, 0, 120, [{ cell: 0, from: 180, until: 240 }]],
      [1, 0, 300, []],
      [1, 60, 300, []],
    ],
  );
  const [first, second] = assess(day);
  expect(first?.perLot.map(({ here, expected, due }) => [here, expected, due])).toEqual([
    [40, 30, 70],
    [40, 330, 370],
  ]);
  expect(second?.perLot.map(({ due }) => due)).toEqual([70, 390]);
  // one person at 60 an hour makes the first deadline and not the second
  expect(first?.perLot[0]?.pMiss).toBeLessThan(0.05);
  expect(first?.perLot[1]?.pMiss).toBeGreaterThan(0.95);
  expect(upgradeDay(day)).toBe(day);
});
