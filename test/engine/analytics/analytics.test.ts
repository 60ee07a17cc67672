import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CellDetail, Situation } from '../../../main/analytics/contract/situation.ts';
import { type Analytics, createAnalytics } from '../../../main/analytics/index.ts';
import { cellIdOf, Table } from '../../../main/api/contract/common.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { type Reader, run, type Sql, type Statement, sql } from '../../../main/store/index.ts';
import {
  clock as at,
  cellOf,
  DATE,
  type Fixture,
  master,
  noOrder,
  openFixture,
  people,
  rowsOf,
  snapshots,
  ZONE,
} from './site-fixture.ts';

const MINUTE = 60_000;
const ENTRY2 = cellOf('札幌', '523201', 'エントリ2');
const CELL = cellIdOf('札幌', '523201', 'エントリ1');
let fixture: Fixture;
let clock: ManualClock;
let analytics: Analytics;
/** every query asked of the store, as text */
let asked: Set<string>;

beforeEach(async () => {
  fixture = await openFixture();
  clock = new ManualClock(at(14, 1));
  asked = new Set();
  const { read } = fixture.store;
  const heard = (query: Sql): Sql => {
    asked.add(query.text);
    return query;
  };
  const listening: Reader = {
    all: (query) => read.all(heard(query)),
    get: (query) => read.get(heard(query)),
    iterate: (query) => read.iterate(heard(query)),
  };
  analytics = createAnalytics({
    store: { ...fixture.store, read: listening },
    clock,
    zone: () => ZONE,
    freshness: () => ({
      source: 'mysql',
      dataAt: at(14),
      syncedAt: at(14),
      online: true,
      stale: false,
      failing: [],
    }),
  });
  await fixture.store.write(master());
});
afterEach(() => fixture.close());
const write = (...batches: (Statement | Statement[])[]) => fixture.store.write(batches.flat());

/** An hour at 13:00–14:00, a snapshot every two minutes: 札幌 エントリ1 late, エントリ2 on time. */
const anHour = (): Statement[] => [
  noOrder(),
  ...people(['a', 'b', 'c', 'd']),
  ...people(['e', 'f'], { cell: ENTRY2 }),
  snapshots(
    Array.from({ length: 31 }, (_, k) => ({
      at: at(13, k * 2),
      lots: [
        [at(16), 900 - k * 8],
        [at(18), 100],
      ] as const,
      done: 500 + k * 8,
      correction: 3,
    })),
  ),
  snapshots(
    Array.from({ length: 31 }, (_, k) => ({ at: at(13, k * 2), lots: [[at(18), 40]] as const, done: k * 4 })),
    ENTRY2,
  ),
];

describe('the situation', () => {
  test('is empty, not an error, before any data', () => {
    expect(analytics.situation()).toMatchObject({
      asOf: at(14, 1),
      rows: [],
      totals: { cells: 0, people: 0 },
    });
    expect(analytics.risks()).toBeNull();
  });

  test('says of every cell what waits, how fast it goes, what it needs and whether it will make it', async () => {
    await write(anHour());
    const situation = analytics.situation();
    expect(Situation.parse(situation)).toEqual(situation);
    expect(situation).toMatchObject({
      asOf: at(14),
      freshness: { source: 'mysql', stale: false },
      totals: { cells: 2, late: 1, watch: 0, backlog: 800, people: 6 },
    });
    expect(situation.rows).toMatchObject([
      {
        cellId: CELL,
        sequence: null,
        backlog: 760,
        correctionWaiting: 6,
        lots: [
          { deadline: at(16), items: 660 },
          { deadline: at(18), items: 100 },
        ],
        deadline: at(16),
        // of the 760 that wait
        due: 660,
        // 8 items per two minutes, and 660 in two hours of which a quarter is a break
        throughput: 240,
        required: expect.closeTo(660 / 1.75),
        people: 4,
        movedIn: 0,
        risk: 'danger',
        dataAt: at(14),
      },
      { process: 'エントリ2', risk: 'ok', shortItems: 0, people: 2, throughput: 120 },
    ]);
    const [late, fine] = situation.rows;
    expect(late?.pOnTime).toBeLessThan(0.05);
    expect(fine?.pOnTime).toBeGreaterThan(0.95);
    // 660 due, four people do about 60 an hour each, a quarter of an hour's break: some 240 are missing
    expect(late?.shortItems).toBeGreaterThan(200);
    // what is due at 16:00 is done before all that waits is
    expect(late?.dueFinishAt).toBeGreaterThan(at(16));
    expect(late?.dueFinishAt).toBeLessThan(late?.allFinishAt ?? Number.POSITIVE_INFINITY);
    expect(late?.trend).toHaveLength(30);
    expect(late?.trend.at(-1)).toEqual({ at: at(14), backlog: 760 });
  });

  test('takes the pace from working time: right after a break it is what it was before', async () => {
    const minutes = Array.from({ length: 41 }, (_, k) => k * 2);
    const until = (minute: number): number => Math.min(minute, 60) + Math.max(0, minute - 75);
    await write([
      ...people(['a', 'b', 'c', 'd']),
      snapshots(
        minutes.map((m) => ({
          at: at(14, m),
          lots: [[at(17, 20), 900 - until(m) * 4]] as const,
          done: 500 + until(m) * 4,
        })),
      ),
    ]);
    clock.advance(80 * MINUTE);
    const [row] = analytics.situation().rows;
    // four a minute; of the last half hour by the clock a quarter was a break
    expect(row?.throughput).toBeCloseTo(240, 0);
    expect(row?.required).toBeCloseTo((900 - 65 * 4) / 2, 0);
    const { history } = analytics.cell(CELL) ?? {};
    expect(history?.find((point) => point.at === at(15, 10))?.throughput).toBeNull();
    expect(history?.at(-1)?.throughput).toBeCloseTo(240, 0);
  });

  test('can be narrowed to a site, a business, a process; the totals follow', async () => {
    await write(anHour());
    expect(analytics.situation({ process: 'エントリ2' })).toMatchObject({
      rows: [{ process: 'エントリ2' }],
      totals: { cells: 1, late: 0, backlog: 40, people: 2 },
    });
    expect(analytics.situation({ location: '盛岡' }).rows).toEqual([]);
  });

  test('does not call everything late when no roster is there: the risk is unknown', async () => {
    await write(anHour(), run(sql`DELETE FROM daily_assignments`));
    expect(analytics.situation().rows[0]).toMatchObject({
      risk: 'unknown',
      pOnTime: null,
      dueFinishAt: null,
      allFinishAt: null,
      people: 0,
      throughput: 240,
    });
    expect(analytics.risks()?.cells[0]).toMatchObject({ pMiss: null, deadlines: [] });
  });

  test('has no throughput from one snapshot or without counters', async () => {
    await write(people(['a']), snapshots([{ at: at(14), lots: [[at(16), 10]], done: 5 }]));
    expect(analytics.situation().rows[0]?.throughput).toBeNull();
    await write(run(sql`UPDATE progress_snapshots SET entry_count = NULL`));
    expect(analytics.situation().rows[0]).toMatchObject({ throughput: null, correctionWaiting: null });
  });

  test('is of the newest snapshot, even when that is old, and is worked out once until something changes', async () => {
    await write(anHour());
    const first = analytics.situation().rows;
    clock.advance(90 * MINUTE);
    expect(analytics.situation().asOf).toBe(at(14));
    expect(analytics.situation().rows[0]).toBe(first[0]);
    await write(
      run(
        sql`INSERT INTO proposals VALUES ('SGT20261120-00000001', 0, 0, 'approved', NULL, NULL, '{}', '{}')`,
      ),
      run(sql`INSERT INTO moves VALUES ('SGT20261120-00000001', 'e', ${DATE}, '札幌', '523201', 'エントリ2',
        '札幌', '523201', 'エントリ1', ${at(13, 50)}, ${at(18)}, 1)`),
    );
    expect(analytics.situation().rows.map((row) => [row.people, row.movedIn])).toEqual([
      [5, 1],
      [1, 0],
    ]);
    await write(run(sql`UPDATE moves SET active = 0`));
    expect(analytics.situation().rows.map((row) => row.people)).toEqual([4, 2]);
  });
});

describe('a cell', () => {
  test('shows its day, what is to come, who is there and the numbers behind the risk', async () => {
    await write(
      anHour(),
      rowsOf('attendance_records', [{ operator_id: 'a', attendance_date: DATE, attendance_status: '出勤' }]),
      rowsOf('workload_forecasts', [{ forecast_date: DATE, hour: 14, ...cellOf(), expected_items: 60 }]),
    );
    const detail = analytics.cell(CELL);
    expect(CellDetail.parse(detail)).toEqual(detail);
    expect(detail.history).toHaveLength(31);
    expect(detail.history[0]).toEqual({ at: at(13), backlog: 1000, throughput: null, people: 4 });
    expect(detail.history.at(-1)).toEqual({ at: at(14), backlog: 760, throughput: 240, people: 4 });
    expect(detail.outlook[0]).toMatchObject({ at: at(14), mean: 660, waiting: 760 });
    expect(detail.outlook.at(-1)?.at).toBe(at(18));
    expect(detail.people).toHaveLength(4);
    expect(detail.people[0]).toMatchObject({
      operatorId: 'a',
      name: 'aさん',
      home: '札幌',
      skill: 3,
      experienceMonths: 30,
      speed: 60,
      until: at(18),
      attendance: 'present',
    });
    const { able, rate, effortMinutes } = detail.evidence;
    // two hours of four people less the break of a quarter of an hour
    expect(effortMinutes).toBe(4 * 105);
    expect(able).toBeGreaterThan(0.9 * (rate ?? 0) * effortMinutes);
    expect(able).toBeLessThan(1.1 * (rate ?? 0) * effortMinutes);
  });
  test('that nobody knows is not found', async () => {
    await write(anHour());
    expect(() => analytics.cell('no')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
  test('opens the rows behind its numbers', async () => {
    await write(
      anHour(),
      rowsOf('productivity_records', [
        {
          operator_id: 'a',
          record_date: '2026-11-19',
          process_name: 'エントリ1',
          items_done: 480,
          hours_worked: 8,
        },
        {
          operator_id: 'e',
          record_date: '2026-11-19',
          process_name: 'エントリ1',
          items_done: 1,
          hours_worked: 8,
        },
      ]),
    );
    const rows = analytics.rows(CELL, 'snapshots');
    expect(Table.parse(rows)).toEqual(rows);
    expect(rows).toMatchObject({ title: { ja: '札幌 SS エントリ1 の進捗記録' }, total: 62 });
    expect(rows.rows[0]).toEqual({ at: at(14), deadline: at(16), items: 660, done: 740, correction: 3 });
    expect(analytics.rows(CELL, 'people')).toMatchObject({
      total: 4,
      rows: [{ operator: 'aさん' }, {}, {}, {}],
    });
    expect(analytics.rows(CELL, 'productivity').rows).toMatchObject([
      { operator: 'aさん', items: 480, rate: 60 },
    ]);
  });
});

describe('queries', () => {
  beforeEach(() => write(anHour()));

  test('never walks through all snapshots: every query on them goes through an index', () => {
    analytics.situation();
    analytics.cell(CELL);
    for (const what of ['snapshots', 'people', 'productivity'] as const) analytics.rows(CELL, what);
    const plans = [...asked]
      .filter((text) => text.includes('progress_snapshots'))
      .flatMap((text) =>
        fixture.store.read.all<{ detail: string }>({
          text: `EXPLAIN QUERY PLAN ${text}`,
          values: Array.from(text.matchAll(/\?/g), () => 0),
        }),
      )
      .map((step) => step.detail);
    expect(plans.length).toBeGreaterThan(5);
    expect(plans.filter((detail) => /SCAN progress_snapshots/.test(detail))).toEqual([]);
  });
});

test('the names for menus come in the order of the work', async () => {
  await write(people(['a', 'b']), run(sql`UPDATE operators SET is_valid = 0 WHERE operator_id = 'b'`));
  expect(analytics.lookup()).toEqual({
    locations: ['札幌', '盛岡'],
    businesses: [
      { id: '523201', name: 'SS' },
      { id: '600100', name: 'MK' },
    ],
    processes: ['エントリ1', 'エントリ2'],
    operators: 1,
  });
  expect(analytics.operatorNames()).toEqual([{ id: 'a', name: 'aさん' }]);
});
