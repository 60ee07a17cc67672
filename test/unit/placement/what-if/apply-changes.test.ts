import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, Change as ChangeSchema } from '../../../../main/placement/contract/what-if.ts';
import { assess } from '../../../../main/placement/index.ts';
import type { Instance } from '../../../../main/placement/types.ts';
import { applyChanges } from '../../../../main/placement/what-if/apply-changes.ts';
import { compareScenarios } from '../../../../main/placement/what-if/compare-scenarios.ts';
import { makeLine } from '../../../helpers/placement/make-line.ts';

const NOON = 12 * 60;
const HOUR = 60;
/** エントリ1 → エントリ2 at noon; the first has 600 due at 14:00 and more to come, the second 200 due at 15:00. */
const site = (people: readonly [number, number] = [4, 4], first = 600): Instance => ({
  ...makeLine(
    [
      { lots: [{ deadline: 120, items: first }], people: people[0] },
      { lots: [{ deadline: 180, items: 200 }], people: people[1] },
    ],
    {
      lots: [
        [120, 180],
        [300, 360],
      ],
      arrivals: [
        { minute: 30, items: 120 },
        { minute: 90, items: 300 },
      ],
      notice: [60, 60],
    },
  ),
  minuteOfDay: NOON,
});
const ANYWHERE = {};
const FIRST = { process: 'エントリ1' };
/** with what is still to come in its lots */
const withComingOf = (instance: Instance): Instance =>
  under(instance, { kind: 'volume', where: FIRST, factor: 1, of: 'coming' });
const idOf = (instance: Instance, c: number): string => instance.cells[c]?.cell.cellId ?? '';
const chances = (instance: Instance): number[][] =>
  assess(instance).map((risk) => risk.perLot.map((lot) => lot.pMiss));
const under = (instance: Instance, ...changes: Change[]): Instance =>
  applyChanges(
    instance,
    changes.map((change) => ChangeSchema.parse(change)),
  ).instance;
/** on no deadline likelier late, up to what a sample may err */
const noWorse = (after: Instance, before: Instance): void => {
  const [a, b] = [chances(after), chances(before)];
  a.forEach((lots, c) => {
    lots.forEach((pMiss, k) => {
      expect(pMiss).toBeLessThanOrEqual((b[c]?.[k] ?? 0) + 0.03);
    });
  });
};

describe('what changes nothing', () => {
  test.each<[string, Change]>([
    ['absence of nobody', { kind: 'absence', where: ANYWHERE, who: { kind: 'share', share: 0 } }],
    [
      'absence after everybody has gone',
      { kind: 'absence', where: ANYWHERE, who: { kind: 'share', share: 1 }, from: NOON + 9 * HOUR },
    ],
    ['as much work as there is', { kind: 'volume', where: ANYWHERE, factor: 1 }],
    ['the speed there is', { kind: 'speed', where: ANYWHERE, factor: 1 }],
    ['deadlines moved by nothing', { kind: 'deadline', where: ANYWHERE, shift: { kind: 'by', minutes: 0 } }],
    [
      'overtime until before the shift ends',
      { kind: 'overtime', where: ANYWHERE, who: { kind: 'share', share: 1 }, until: NOON + HOUR },
    ],
    [
      'a move to where they are',
      {
        kind: 'move',
        where: FIRST,
        who: { kind: 'named', people: [{ operatorId: '0-0', name: '' }] },
        toCellId: idOf(site(), 0),
      },
    ],
  ])('%s leaves every number as it is', (_, change) => {
    expect(chances(under(site(), change))).toEqual(chances(site()));
  });
  test('no change at all gives the very instance back', () => {
    const instance = site();
    expect(applyChanges(instance, []).instance).toBe(instance);
  });
});

describe('people', () => {
  test('half of a site leaving at 13:00 takes half of every team from then on', () => {
    const { instance, applied } = applyChanges(site([4, 6]), [
      { kind: 'absence', where: ANYWHERE, who: { kind: 'share', share: 0.5 }, from: NOON + HOUR },
    ]);
    expect(applied[0]).toMatchObject({ wanted: 5, cells: 2 });
    const left = instance.operators.filter((person) => person.until === HOUR);
    expect(left.map((person) => person.cell).sort()).toEqual([0, 0, 1, 1, 1]);
  });
  test('somebody away for a time in between comes back, after the break that begins meanwhile', () => {
    const made = site([1, 1]);
    const before = {
      ...made,
      operators: made.operators.map((p) => ({ ...p, breaks: [[90, 105] as const] })),
    };
    const after = under(before, {
      kind: 'absence',
      where: FIRST,
      who: { kind: 'named', people: [{ operatorId: '0-0', name: '' }] },
      from: NOON + HOUR,
      until: NOON + 100,
    });
    expect(after.operators[0]).toMatchObject({
      until: 60,
      otherStints: [{ cell: 0, from: 100, until: 480 }],
    });
    expect(assess(after)[0]?.effort).toBe(60 + 120 - 105);
  });
  test('an unnamed person away is the most usual one of the team, and each one more is away as well', () => {
    const made = site([5, 1]);
    const before = {
      ...made,
      operators: made.operators.map((p, i) => ({ ...p, speed: [40 + 10 * i, 40 + 10 * i] })),
    };
    const away = (count: number): (string | undefined)[] =>
      applyChanges(before, [
        { kind: 'absence', where: FIRST, who: { kind: 'number', count } },
      ]).applied[0]?.people.map((person) => person.operatorId) ?? [];
    expect(away(1)).toEqual(['0-2']);
    expect(away(3)).toEqual(['0-2', '0-1', '0-3']);
    expect(away(9)).toHaveLength(5);
  });
  test('a move counts the way and what is new there, exactly as a plan that moves the same person', () => {
    const before = { ...site(), movesFrom: 2 };
    const assign = Int32Array.from(before.operators, (person) => (person.id === '1-0' ? 0 : person.cell));
    const after = under(before, {
      kind: 'move',
      where: ANYWHERE,
      who: { kind: 'named', people: [{ operatorId: '1-0', name: '' }] },
      toCellId: idOf(before, 0),
    });
    expect(chances(after)).toEqual(
      assess(before, { assign }).map((risk) => risk.perLot.map((lot) => lot.pMiss)),
    );
  });
  test('a move at 13:00 leaves them where they are until then', () => {
    const after = under(site(), {
      kind: 'move',
      where: { process: 'エントリ2' },
      who: { kind: 'number', count: 1 },
      toCellId: idOf(site(), 0),
      from: NOON + HOUR,
    });
    const person = after.operators.find((one) => one.id === '1-0');
    expect(person).toMatchObject({ cell: 1, until: 60, otherStints: [{ cell: 0, until: 480 }] });
    expect(person?.otherStints?.[0]?.from).toBeGreaterThan(60);
  });
  test('nobody is sent by number whom a rule keeps; what could not be had is told', () => {
    const made = site([2, 3]);
    const stays = { id: 'stays', operatorId: '1-0', hard: true, weight: 0 };
    const before = { ...made, rules: { ...made.rules, constraints: [stays] } };
    const { applied } = applyChanges(before, [
      {
        kind: 'move',
        where: { process: 'エントリ2' },
        who: { kind: 'number', count: 3 },
        toCellId: idOf(before, 0),
      },
    ]);
    expect(applied[0]?.wanted).toBe(3);
    expect(applied[0]?.people.map((person) => person.operatorId)).toEqual(['1-1', '1-2']);
  });
  test('one more from outside, or overtime, never makes anything likelier late', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 900 }),
        fc.constantFrom(0, 1),
        (a, b, items, c) => {
          const before = site([a, b], items);
          noWorse(under(before, { kind: 'extra', cellId: idOf(before, c), count: 1 }), before);
          const short = under(before, {
            kind: 'absence',
            where: ANYWHERE,
            who: { kind: 'share', share: 1 },
            from: NOON + 80,
          });
          noWorse(
            under(short, {
              kind: 'overtime',
              where: ANYWHERE,
              who: { kind: 'share', share: 1 },
              until: NOON + 150,
            }),
            short,
          );
          noWorse(
            before,
            under(before, { kind: 'absence', where: ANYWHERE, who: { kind: 'number', count: 1 } }),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
  test('a process that is not there is refused', () => {
    expect(() => under(site(), { kind: 'extra', cellId: 'nowhere', count: 1 })).toThrow('not-found');
  });
});

describe('work, speed and deadlines', () => {
  test('a fifth more at the first step is a fifth more at the later one too, and not twice', () => {
    const before = assess(site());
    const after = assess(under(site(), { kind: 'volume', where: ANYWHERE, factor: 1.2 }));
    for (const c of [0, 1])
      before[c]?.perLot.forEach((lot, k) => {
        expect(after[c]?.perLot[k]?.due).toBeCloseTo(lot.due * 1.2, 6);
      });
  });
  test('what plans see as still to come grows with it', () => {
    const instance = under(site(), { kind: 'volume', where: FIRST, factor: 2 });
    expect(instance.cells[1]?.lots[0]).toMatchObject({ items: 200, coming: 2 * (600 + 120) });
  });
  test('of what is still to come, what waits does not grow with it', () => {
    const { cells } = under(site(), { kind: 'volume', where: FIRST, factor: 2, of: 'coming' });
    expect(cells[0]?.lots[0]).toMatchObject({ items: 600, coming: 240 });
    expect(cells[0]?.backlog).toBe(site().cells[0]?.backlog);
  });
  test('so many items more arrive at once and go down the line; fewer are taken from what is to come', () => {
    const due = (instance: Instance, c: number): number =>
      instance.cells[c]?.lots.reduce((sum, lot) => sum + lot.items + (lot.coming ?? 0), 0) ?? 0;
    const before = under(site());
    const more = under(site(), { kind: 'volume', where: FIRST, factor: 1, items: 100 });
    for (const c of [0, 1]) expect(due(more, c) - due(withComingOf(before), c)).toBeCloseTo(100, 6);
    const fewer = under(site(), { kind: 'volume', where: FIRST, factor: 1, items: -100 });
    expect(due(fewer, 0) - due(withComingOf(before), 0)).toBeCloseTo(-100, 6);
  });
  test('no speed at all: what is due there is late for certain', () => {
    const after = assess(under(site(), { kind: 'speed', where: FIRST, factor: 0 }));
    expect(after[0]?.perLot[0]?.pMiss).toBe(1);
    expect(after[0]?.finish).toBeNull();
  });
  test('a later deadline is never likelier late, and no other work becomes due by it', () => {
    const before = site();
    for (const minutes of [15, 60, 240]) {
      const after = under(before, {
        kind: 'deadline',
        where: FIRST,
        deadline: NOON + 120,
        shift: { kind: 'by', minutes },
      });
      const moved = assess(after)[0]?.perLot.find((lot) => lot.deadline === 120 + minutes);
      const was = assess(before)[0]?.perLot[0];
      expect(moved?.pMiss).toBeLessThanOrEqual((was?.pMiss ?? 0) + 0.03);
      if (minutes < 180) expect(moved?.due).toBeCloseTo(was?.due ?? -1, 6);
    }
  });
  test('“to 13:30” means the next deadline where none is named', () => {
    const after = under(site(), { kind: 'deadline', where: FIRST, shift: { kind: 'to', at: NOON + 90 } });
    expect(after.lines[0]?.lots.map((lot) => lot[0])).toEqual([90, 300]);
    expect(after.cells[0]?.lots[0]?.deadline).toBe(90);
  });
  test('a deadline moved into the past is missed, and says so without an error', () => {
    const after = under(site(), { kind: 'deadline', where: FIRST, shift: { kind: 'to', at: NOON - 30 } });
    expect(assess(after)[0]?.perLot[0]).toMatchObject({ deadline: -30, pMiss: 1, required: null });
  });
});

describe('scenarios side by side', () => {
  test('tell the numbers of the whole instance, deadline by deadline, though only changed lines are lived through again', async () => {
    const instance = site();
    const changes: Change[] = [
      { kind: 'absence', where: FIRST, who: { kind: 'number', count: 2 } },
      { kind: 'deadline', where: FIRST, deadline: NOON + 120, shift: { kind: 'by', minutes: 30 } },
    ];
    const told = await compareScenarios(instance, [[], changes]);
    const [same, changed] = told.scenarios;
    expect(told.cells.map((cell) => cell.process)).toContain('エントリ1');
    expect(same?.cells).toEqual(told.base.cells);
    told.cells.forEach((cell, i) => {
      const c = instance.cells.findIndex((one) => one.cell.cellId === cell.cellId);
      const risk = assess(under(instance, ...changes))[c];
      expect(changed?.cells[i]?.deadlines.map((lot) => 1 - lot.pOnTime)).toEqual(
        risk?.perLot.map((lot) => expect.closeTo(lot.pMiss, 9)),
      );
      expect(changed?.cells[i]?.deadlines.map((lot) => lot.original)).toEqual(
        told.base.cells[i]?.deadlines.map((lot) => lot.original),
      );
    });
    const first = changed?.cells[told.cells.findIndex((cell) => cell.process === 'エントリ1')];
    expect(first?.people).toBe(2);
    expect((first?.deadlines[0]?.deadline ?? 0) - (first?.deadlines[0]?.original ?? 0)).toBe(30 * 60_000);
  });
  test('say nothing of a process where nothing changes, unless it is asked for', async () => {
    const instance = site();
    expect((await compareScenarios(instance, [[]])).cells).toEqual([]);
    const asked = await compareScenarios(instance, [[]], { cellId: idOf(instance, 1) });
    expect(asked.cells.map((cell) => cell.process)).toEqual(['エントリ2']);
    expect(asked.base.cells[0]?.outlook.length).toBeGreaterThan(10);
  });
});
