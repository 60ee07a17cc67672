import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Pace } from '../../../main/placement/flow/types.ts';
import {
  assess,
  DEFAULT_RULES,
  loadPicture,
  type Picture,
  pictureInTurns,
} from '../../../main/placement/index.ts';
import { run, type Statement, sql } from '../../../main/store/index.ts';
import {
  cellOf,
  clock,
  DATE,
  type Fixture,
  master,
  openFixture,
  people,
  rowsOf,
  snapshots,
  ZONE,
} from './site-fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await openFixture();
  await fixture.store.write(master());
});
afterEach(() => fixture.close());

const rules = { ...DEFAULT_RULES, breaks: [{ from: 15 * 60, to: 15 * 60 + 15 }] };
const write = (...batches: (Statement | Statement[])[]) => fixture.store.write(batches.flat());
const picture = (at: number): Picture => {
  const loaded = loadPicture(fixture.store.read, at, { zone: ZONE, rules });
  if (!loaded) throw new Error('no picture');
  return loaded;
};
const instance = (at: number) => picture(at).instance;
const ids = (at: number) => instance(at).operators.map((person) => person.id);

test('without any snapshot there is nothing to plan with', () => {
  expect(loadPicture(fixture.store.read, clock(14), { zone: ZONE, rules })).toBeNull();
});

test('read in turns with other work it is the same', async () => {
  await write(
    snapshots([
      { at: clock(13, 58), lots: [[clock(16), 500]], done: 100 },
      { at: clock(14), lots: [[clock(16), 480]], done: 120 },
    ]),
  );
  const inTurns = await pictureInTurns(fixture.store.read, clock(14), { zone: ZONE, rules });
  expect(inTurns?.instance).toEqual(instance(clock(14)));
});

test('a cell is its newest snapshot at or before the instant, its deadlines in minutes from it', async () => {
  await write(
    snapshots([
      { at: clock(13, 58), lots: [[clock(16), 500]], done: 100 },
      {
        at: clock(14),
        lots: [
          [clock(16), 480],
          [clock(18), 50],
          [null, 20],
          [clock(17), 0],
        ],
        done: 120,
        correction: 7,
      },
      { at: clock(14, 2), lots: [[clock(16), 460]], done: 140 },
    ]),
    people(['a']),
  );
  const { instance, cells } = picture(clock(14));
  expect(instance.cells[0]).toMatchObject({
    cell: { location: '札幌', businessId: '523201', businessName: 'SS', process: 'エントリ1' },
    backlog: 550,
    lots: [
      { deadline: 120, items: 480 },
      { deadline: 240, items: 50 },
    ],
    minSkill: 2,
    observed: [{ at: clock(14), items: 20, personMinutes: 2, planned: 2, backlog: 550 }],
  });
  expect(cells[0]).toMatchObject({ dataAt: clock(14), correctionWaiting: 28, sequence: 1 });
});

test('a cell that has been silent for an hour while others go on is dropped', async () => {
  await write(
    snapshots([{ at: clock(12, 59), lots: [[clock(16), 10]], done: 1 }]),
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }], cellOf('盛岡')),
  );
  expect(instance(clock(14)).cells.map((cell) => cell.cell.location)).toEqual(['盛岡']);
});

test('people are where their interval puts them now, else where they start next; the absent and the gone are out', async () => {
  await write(
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]),
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }], cellOf('札幌', '523201', 'エントリ2')),
    people(['here']),
    people(['later'], { from: 15 * 60, to: 20 * 60 }),
    people(['gone'], { from: 6 * 60, to: 13 * 60 }),
    people(['absent']),
    people(['invalid']),
    people(['two-places'], { from: 540, to: 840 }),
    rowsOf('daily_assignments', [
      {
        assignment_date: DATE,
        operator_id: 'two-places',
        ...cellOf('札幌', '523201', 'エントリ2'),
        start_time: 840,
        end_time: 1080,
      },
    ]),
    rowsOf('attendance_records', [
      { operator_id: 'absent', attendance_date: DATE, attendance_status: '欠勤' },
      { operator_id: 'here', attendance_date: DATE, attendance_status: '遅刻' },
    ]),
    run(sql`UPDATE operators SET is_valid = 0 WHERE operator_id = 'invalid'`),
  );
  const loaded = picture(clock(14));
  expect(
    loaded.instance.operators.map((o) => [
      o.id,
      loaded.instance.cells[o.cell]?.cell.process,
      o.from,
      o.until,
    ]),
  ).toEqual([
    ['here', 'エントリ1', -300, 240],
    ['later', 'エントリ1', 60, 360],
    ['two-places', 'エントリ2', 0, 240],
  ]);
  expect([loaded.attendance('here'), loaded.attendance('later')]).toEqual(['late', 'unknown']);
});

test('two intervals in one cell are one stay with a break between them', async () => {
  await write(
    snapshots([{ at: clock(11), lots: [[clock(18), 10]], done: 1 }]),
    people(['a'], { from: 540, to: 720 }),
    rowsOf('daily_assignments', [
      { assignment_date: DATE, operator_id: 'a', ...cellOf(), start_time: 780, end_time: 1080 },
    ]),
  );
  expect(instance(clock(11)).operators[0]).toMatchObject({
    until: 7 * 60,
    breaks: [
      [60, 120],
      [240, 255],
    ],
  });
});

test('a shift that runs to 25時 is still there after midnight, and its work of before midnight counts', async () => {
  await write(
    people(['night'], { from: 18 * 60, to: 25 * 60 }),
    snapshots([
      { at: clock(24, 28), lots: [[clock(25), 100]], done: 5 },
      { at: clock(24, 30), lots: [[clock(25), 98]], done: 7 },
    ]),
  );
  const { operators, cells } = instance(clock(24, 30));
  expect(operators.map((o) => [o.id, o.until])).toEqual([['night', 30]]);
  expect(cells[0]?.lots).toEqual([{ deadline: 30, items: 98, coming: 0 }]);
  expect(cells[0]?.observed[0]).toMatchObject({ items: 2, personMinutes: 2 });
});

test('a missing end is the end of the shift, then of the day; an end before the start is the next morning', async () => {
  await write(
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]),
    people(['shift'], { from: null, to: null, shift: [8 * 60, 17 * 60] }),
    people(['nothing'], { from: null, to: null }),
    people(['night'], { from: 13 * 60, to: 2 * 60 }),
  );
  expect(instance(clock(14)).operators.map((o) => [o.id, o.from, o.until])).toEqual([
    ['night', -60, 12 * 60],
    ['nothing', -14 * 60, 10 * 60],
    ['shift', -6 * 60, 3 * 60],
  ]);
});

test('an approved move puts somebody elsewhere while it lasts, and back after it', async () => {
  const target = cellOf('盛岡', '600100', 'エントリ2');
  await write(
    people(['a']),
    snapshots([
      { at: clock(14), lots: [[clock(18), 10]], done: 1 },
      { at: clock(16), lots: [[clock(18), 10]], done: 1 },
    ]),
    snapshots(
      [
        { at: clock(14), lots: [[clock(18), 10]], done: 1 },
        { at: clock(16), lots: [[clock(18), 10]], done: 1 },
      ],
      target,
    ),
    run(sql`INSERT INTO proposals VALUES ('SGT20261120-00000001', 0, 0, 'approved', NULL, NULL, '{}', '{}')`),
    run(sql`INSERT INTO moves VALUES ('SGT20261120-00000001', 'a', ${DATE}, '札幌', '523201', 'エントリ1',
      '盛岡', '600100', 'エントリ2', ${clock(13)}, ${clock(15)}, 1)`),
  );
  const during = instance(clock(14));
  expect(during.operators[0]).toMatchObject({
    cell: during.cells.findIndex((c) => c.cell.location === '盛岡'),
    // on the way for ten minutes to a near site, five each for what is new there; then slow for a while
    from: -40,
    until: 60,
    rampUntil: -20,
    movedBy: 'SGT20261120-00000001',
    movesToday: 1,
    knows: [true, true],
    skill: [3, 1],
  });
  const after = instance(clock(16));
  expect(after.operators[0]).toMatchObject({ movedBy: null, until: 120, movesToday: 1 });
  expect(after.cells[after.operators[0]!.cell]?.cell.location).toBe('札幌');
  // the person-minutes follow the person, from their arrival on
  const past = picture(clock(16));
  const index = (location: string) => past.instance.cells.findIndex((c) => c.cell.location === location);
  expect(past.personMinutes(index('盛岡'), clock(13), clock(15))).toBe(100);
  expect(past.personMinutes(index('札幌'), clock(13), clock(15))).toBe(0);
});

test('an approved move of later today counts already, until it begins here and from their arrival on there', async () => {
  const target = cellOf('盛岡');
  const at = clock(14);
  await write(
    people(['a']),
    snapshots([{ at, lots: [[clock(18), 10]], done: 1 }]),
    snapshots([{ at, lots: [[clock(18), 10]], done: 1 }], target),
    run(sql`INSERT INTO proposals VALUES ('SGT20261120-00000001', 0, 0, 'approved', NULL, NULL, '{}', '{}')`),
    run(sql`INSERT INTO moves VALUES ('SGT20261120-00000001', 'a', ${DATE}, '札幌', '523201', 'エントリ1',
      '盛岡', '523201', 'エントリ1', ${clock(16)}, ${clock(17)}, 1)`),
  );
  const { operators, cells } = instance(at);
  const index = (location: string) => cells.findIndex((c) => c.cell.location === location);
  expect(operators).toMatchObject([
    {
      cell: index('札幌'),
      until: 120,
      movedBy: null,
      otherStints: [
        { cell: index('盛岡'), from: 130, until: 180 },
        // the way back takes as long as the way there
        { cell: index('札幌'), from: 190, until: 240 },
      ],
    },
  ]);
  expect(assess(instance(at))[index('盛岡')]?.effort).toBe(50);
  // the data are older than the move: where they are now is where a plan can take them from
  await write(run(sql`UPDATE moves SET starts_at = ${clock(14, 1)}`));
  const moved = instance(clock(14, 2)).operators[0];
  expect(moved).toMatchObject({ cell: index('盛岡'), from: 11, until: 180 });
  expect(moved?.otherStints).toMatchObject([
    { cell: index('札幌'), until: 1 },
    { cell: index('札幌'), from: 190 },
  ]);
});

test('a cancelled assignment is void, any adjustment counts as a move of today', async () => {
  await write(
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]),
    people(['cancelled', 'changed', 'plain']),
    rowsOf('assignment_adjustments', [
      { original_assignment_id: `cancelled/${DATE}/0`, adjustment_type: 'cancelled', adjustment_date: DATE },
      { original_assignment_id: `changed/${DATE}/0`, adjustment_type: 'overtime', adjustment_date: DATE },
    ]),
  );
  expect(instance(clock(14)).operators.map((o) => [o.id, o.movesToday])).toEqual([
    ['changed', 1],
    ['plain', 0],
  ]);
});

test('a missing speed is the median of the same process and level, else of the process, else what was measured', async () => {
  await write(
    people(['s50'], { speed: 50, skill: 3 }),
    people(['s70'], { speed: 70, skill: 3 }),
    people(['s200'], { speed: 200, skill: 5 }),
    people(['same-level'], { speed: null, skill: 3 }),
    people(['other-level'], { speed: null, skill: 1 }),
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]),
    people(['measured'], { speed: null, cell: cellOf('盛岡', '523201', 'エントリ2') }),
    snapshots(
      [
        { at: clock(13), lots: [[clock(16), 100]], done: 100 },
        { at: clock(14), lots: [[clock(16), 100]], done: 145 },
      ],
      cellOf('盛岡', '523201', 'エントリ2'),
    ),
  );
  const speeds = Object.fromEntries(
    instance(clock(14)).operators.map((o) => [o.id, o.speed[instance(clock(14)).cells[o.cell]!.process]]),
  );
  expect(speeds).toEqual({
    s50: 50,
    s70: 70,
    s200: 200,
    'same-level': 60,
    'other-level': 70,
    measured: 45,
  });
});

test('people know the businesses of the last sixty days', async () => {
  await write(
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]),
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }], cellOf('札幌', '600100')),
    people(['a', 'b']),
    rowsOf('daily_assignments', [
      { assignment_date: '2026-09-25', operator_id: 'a', ...cellOf('札幌', '600100') },
      { assignment_date: '2026-09-15', operator_id: 'b', ...cellOf('札幌', '600100') },
    ]),
  );
  expect(instance(clock(14)).operators.map((o) => o.knows)).toEqual([
    [true, true],
    [true, false],
  ]);
});

test('counters: a reset, a gap and a bad row make no work up', async () => {
  const steps = (values: (number | null)[]) =>
    snapshots(values.map((done, i) => ({ at: clock(13, i * 2), lots: [[clock(18), 900]] as const, done })));
  await write(people(['a']), steps([100, 110, null, 130, 5, 15, 1, 35]));
  // 130 → 5 is a reset; 15 → 1 → 35 is a bad row
  expect(instance(clock(14)).cells[0]?.observed.map((o) => [(o.at - clock(13)) / 60_000, o.items])).toEqual([
    [2, 10],
    [6, 20],
    [10, 10],
    [14, 20],
  ]);
  await write(run(sql`UPDATE progress_snapshots SET entry_count = NULL`));
  expect(instance(clock(14)).cells[0]).toMatchObject({ observed: [], pace: { mean: 1 } });
});

test('a slow system shows as slowed down, surer the longer it is seen', async () => {
  const at = (k: number) => clock(13, k * 2);
  const series = (n: number, perStep: number) =>
    snapshots(
      Array.from({ length: n }, (_, k) => ({
        at: at(k),
        lots: [[clock(18), 900]] as const,
        done: k * perStep,
      })),
    );
  await write(people(['a', 'b', 'c', 'd', 'e']), series(31, 5)); // plan: 10 per step
  const paceNow = ({ mean, slowed, share }: Pace): number => mean * (1 - slowed + slowed * share);
  const slow = instance(clock(14)).cells[0]!.pace;
  expect(slow.slowed).toBeGreaterThan(0.9);
  expect(paceNow(slow)).toBeGreaterThan(0.4);
  expect(paceNow(slow)).toBeLessThan(0.65);
  const early = paceNow(instance(at(3)).cells[0]!.pace);
  expect(early).toBeGreaterThan(paceNow(slow));
  expect(early).toBeLessThan(1);
});

test('a system that went down shows as work standing still, at the pace from before, until it goes on', async () => {
  const steps = Array.from({ length: 31 }, (_, k) => (k <= 20 ? k * 10 : k < 30 ? 200 : 210));
  await write(
    people(['a', 'b', 'c', 'd', 'e']), // plan: 10 per step
    snapshots(steps.map((done, k) => ({ at: clock(13, k * 2), lots: [[clock(18), 900]] as const, done }))),
  );
  const [down] = instance(clock(13, 58)).cells;
  expect(down?.standstill).toEqual({ minutes: 18 });
  expect(down?.pace.mean).toBeCloseTo(1, 1);
  expect(instance(clock(13, 40)).cells[0]).not.toHaveProperty('standstill');
  expect(instance(clock(14)).cells[0]).not.toHaveProperty('standstill');
});

test('a team whose only person is marked late does not stand still in the hour in which they may still come', async () => {
  const from = 12 * 60;
  await write(
    people(['late'], { from, to: 20 * 60 }), // plan: 2 per step
    rowsOf('attendance_records', [{ operator_id: 'late', attendance_date: DATE, attendance_status: '遅刻' }]),
    // nothing is done before 14:00
    snapshots(
      Array.from({ length: 61 }, (_, k) => ({
        at: clock(12, k * 2),
        lots: [[clock(18), 900]] as const,
        done: 0,
      })),
    ),
  );
  const [waiting] = instance(clock(13)).cells;
  expect(waiting).not.toHaveProperty('standstill');
  expect(waiting?.pace.mean).toBe(1);
  // an hour after the shift began they are taken to be there
  expect(instance(clock(14)).cells[0]?.standstill).toEqual({ minutes: 60 });
});

test('one person marked late among many changes nothing: the others say how fast the team is', async () => {
  await write(
    people(['a', 'b', 'c', 'd', 'late'], { from: 12 * 60, to: 20 * 60 }),
    rowsOf('attendance_records', [{ operator_id: 'late', attendance_date: DATE, attendance_status: '遅刻' }]),
    snapshots(
      Array.from({ length: 31 }, (_, k) => ({ at: clock(12, k * 2), lots: [[clock(18), 900]], done: 0 })),
    ),
  );
  expect(instance(clock(13)).cells[0]?.standstill).toEqual({ minutes: 60 });
});

test('a queue that ran dry says nothing about speed', async () => {
  await write(
    people(['a', 'b', 'c', 'd', 'e']),
    snapshots(
      Array.from({ length: 20 }, (_, k) => ({
        at: clock(13, k * 2),
        lots: [[clock(18), 2]] as const,
        done: k,
      })),
    ),
  );
  expect(instance(clock(14)).cells[0]?.pace.mean).toBe(1);
});

test('arrivals to come are the rest of the forecast, less what is here already; a site counting to 25時 is understood', async () => {
  await write(
    snapshots([{ at: clock(24, 30), lots: [[clock(26), 10]], done: 1 }]),
    rowsOf('workload_forecasts', [
      { forecast_date: DATE, hour: 24, ...cellOf(), expected_items: 120 },
      { forecast_date: DATE, hour: 0, ...cellOf(), expected_items: 600 },
    ]),
  );
  const [line] = instance(clock(24, 30)).lines;
  const toCome = line?.arrivals.reduce((sum, arrival) => sum + arrival.items, 0);
  // half an hour of the 120, of which 11 have come
  expect(toCome).toBeCloseTo((120 - 11) / 2, 6);
});

test('the same rows give the same instance whatever order they were written in', async () => {
  const rows = [
    ...people(['b', 'a', 'c']),
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }], cellOf('盛岡')),
    snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]),
  ];
  await write(rows);
  const first = JSON.stringify(instance(clock(14)));
  await write(rows.toReversed());
  expect(JSON.stringify(instance(clock(14)))).toBe(first);
  expect(ids(clock(14))).toEqual(['a', 'b', 'c']);
  expect(instance(clock(14)).distance).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('a cell without people and with work due is certain to miss', async () => {
  await write(snapshots([{ at: clock(14), lots: [[clock(16), 10]], done: 1 }]));
  expect(assess(instance(clock(14)))[0]).toMatchObject({
    pMiss: 1,
    rate: 0,
    finish: null,
    shortItems: 10,
    effort: 0,
  });
});
