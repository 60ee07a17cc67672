// Questions of numbers over rows made by hand, whose answers can be reckoned on paper.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import type { Query } from '../../../main/measures/contract/measures.ts';
import type { Measures } from '../../../main/measures/index.ts';
import { asking, openMeasures } from '../../helpers/measures/open-measures.ts';
import {
  clock as at,
  cellOf,
  DATE,
  type Fixture,
  master,
  openFixture,
  people,
  rowsOf,
  snapshots,
  ZONE,
} from '../analytics/site-fixture.ts';

const YESTERDAY = '2026-11-19';
const FIRST = cellOf();
const SECOND = cellOf('札幌', '523201', 'エントリ2');
let fixture: Fixture;
let measures: Measures;
beforeEach(async () => {
  fixture = await openFixture();
  await fixture.store.write([
    ...master(),
    // yesterday left 30 over for today's four o'clock; today 100 more were there at eight, 60 came by ten, 40 by two
    snapshots(
      [
        { at: at(20, 0, YESTERDAY), lots: [[at(16), 30]], done: 500 },
        { at: at(8), lots: [[at(16), 130]], done: 0 },
        {
          at: at(10),
          lots: [
            [at(16), 90],
            [at(18), 20],
          ],
          done: 80,
        },
        {
          at: at(14),
          lots: [
            [at(16), 10],
            [at(18), 40],
          ],
          done: 180,
        },
      ],
      FIRST,
    ),
    snapshots(
      [
        { at: at(20, 0, YESTERDAY), lots: [[at(18, 30), 0]], done: 500 },
        { at: at(8), lots: [[at(16, 30), 0]], done: 0 },
        { at: at(10), lots: [[at(16, 30), 30]], done: 50 },
        { at: at(14), lots: [[at(16, 30), 20]], done: 160 },
      ],
      SECOND,
    ),
    ...people(['田中', '鈴木'], { cell: FIRST }),
    ...people(['佐藤'], { cell: SECOND, skill: 5 }),
    rowsOf('attendance_records', [
      { operator_id: '田中', attendance_date: DATE, attendance_status: '欠勤' },
      { operator_id: '鈴木', attendance_date: DATE, attendance_status: '遅刻' },
      { operator_id: '佐藤', attendance_date: DATE, attendance_status: '出勤' },
      { operator_id: '田中', attendance_date: YESTERDAY, attendance_status: '欠勤' },
      { operator_id: '鈴木', attendance_date: YESTERDAY, attendance_status: '欠勤' },
    ]),
    rowsOf('productivity_records', [
      {
        operator_id: '田中',
        record_date: YESTERDAY,
        process_name: 'エントリ1',
        items_done: 100,
        hours_worked: 1,
      },
      {
        operator_id: '鈴木',
        record_date: YESTERDAY,
        process_name: 'エントリ1',
        items_done: 100,
        hours_worked: 4,
      },
    ]),
    rowsOf(
      'workload_forecasts',
      [8, 9, 10, 11, 12, 13, 14, 15].map((hour) => ({
        forecast_date: DATE,
        hour,
        ...FIRST,
        expected_items: 10,
      })),
    ),
  ]);
  measures = openMeasures(fixture.store, new ManualClock(at(14, 0)), ZONE);
});
afterEach(() => fixture.close());

const total = async (query: Partial<Query> & Pick<Query, 'measures'>): Promise<number | null | undefined> =>
  (await measures.query(asking(query))).totals[query.measures[0] ?? ''];
const rows = async (query: Partial<Query> & Pick<Query, 'measures'>) =>
  (await measures.query(asking(query))).table.rows;
const window = (w: object): Query['window'] =>
  asking({ measures: ['backlog'], window: w as Query['window'] }).window;

describe('work', () => {
  it('what waits is told of one instant, over days the last one', async () => {
    expect(await total({ measures: ['backlog'] })).toBe(70);
    expect(await total({ measures: ['backlog'], window: window({ days: { kind: 'now' }, at: 600 }) })).toBe(
      140,
    );
    expect(
      await total({ measures: ['backlog'], window: window({ days: { kind: 'day', offset: -1 } }) }),
    ).toBe(30);
    expect(
      await total({ measures: ['backlog'], window: window({ days: { kind: 'last-days', days: 2 } }) }),
    ).toBe(70);
  });
  it('what is due by a time to come', async () => {
    expect(
      await total({ measures: ['backlog'], window: window({ days: { kind: 'now' }, until: 16 * 60 }) }),
    ).toBe(10);
    expect(
      await total({
        measures: ['backlog'],
        where: [{ dimension: 'deadline', values: [String(18 * 60)], not: false }],
      }),
    ).toBe(40);
  });
  it('what was left over has not come in again', async () => {
    expect(await total({ measures: ['arrivals'] })).toBe(200);
  });
  it('an item that passes two steps is one item, and two where the steps are asked for', async () => {
    expect(await total({ measures: ['finished'] })).toBe(160);
    const bySteps = await rows({ measures: ['finished'], by: ['process'] });
    expect(bySteps.map((row) => [row['process'], row['finished']])).toEqual([
      ['エントリ1', 180],
      ['エントリ2', 160],
    ]);
    expect(await total({ measures: ['finished'], by: ['process'] })).toBe(160);
  });
  it('beside a forecast an hour to come is not yet known, where one that passed without any is 0', async () => {
    const byHour = await rows({ measures: ['arrivals', 'finished', 'forecast'], by: ['hour'] });
    const at15 = byHour.find((row) => row['hour'] === '15:00');
    expect(at15).toMatchObject({ arrivals: null, finished: null, forecast: 10 });
    expect(byHour.find((row) => row['hour'] === '11:00')?.['arrivals']).toBe(0);
  });
  it('hours add up to the day, but for what came in before its first record', async () => {
    const byHour = await measures.query(asking({ measures: ['arrivals'], by: ['hour'] }));
    expect(byHour.table.rows.map((r) => [r['hour'], r['arrivals']])).toEqual([
      ['08:00', 0],
      ['09:00', 60],
      ['10:00', 0],
      ['11:00', 0],
      ['12:00', 0],
      ['13:00', 40],
    ]);
    expect(byHour.notes.map((n) => n.code)).toContain('no-hour');
  });
  it('a counter that began anew in the middle of a day is not work undone', async () => {
    await fixture.store.write([
      snapshots(
        [
          { at: at(11), lots: [[at(16), 0]], done: 100 },
          { at: at(12), lots: [[at(16), 0]], done: 5 },
          { at: at(13), lots: [[at(16), 0]], done: 45 },
        ],
        cellOf('盛岡'),
      ),
    ]);
    expect(
      await total({
        measures: ['finished'],
        where: [{ dimension: 'location', values: ['盛岡'], not: false }],
        window: window({ days: { kind: 'now' }, from: 11 * 60, until: 13 * 60 }),
      }),
    ).toBe(40);
  });
  it('a day without records is not a day of zero', async () => {
    const answered = await measures.query(
      asking({
        measures: ['finished'],
        window: window({ days: { kind: 'dates', from: '2026-10-01', to: '2026-10-01' } }),
      }),
    );
    expect(answered.totals['finished']).toBeNull();
    expect(answered.notes).toEqual([
      {
        code: 'no-data-on',
        params: expect.objectContaining({ 'from.ja': '10月1日(木)', 'to.ja': '10月1日(木)' }),
      },
    ]);
  });
});

describe('people', () => {
  it('a ratio is of the sums of its parts', async () => {
    const answered = await measures.query(
      asking({ measures: ['productivity'], window: window({ days: { kind: 'day', offset: -1 } }) }),
    );
    expect(answered.totals['productivity']).toBe(40);
  });
  it('who is absent counts once a day, and is named', async () => {
    expect(await total({ measures: ['absent'] })).toBe(1);
    expect(
      await total({ measures: ['absent'], window: window({ days: { kind: 'last-days', days: 2 } }) }),
    ).toBe(3);
    const who = await rows({
      measures: ['absent'],
      by: ['person'],
      window: window({ days: { kind: 'last-days', days: 2 } }),
      thresholds: [{ measure: 'absent', is: '>=', value: 2, of: 'value' }],
    });
    expect(who).toEqual([{ person: '田中さん', 'person:id': '田中', absent: 2 }]);
  });
  it('there now and planned, at the same instant', async () => {
    const answered = await measures.query(
      asking({ measures: ['present'], by: ['process'], compare: { kind: 'plan' } }),
    );
    expect(answered.table.rows.map((r) => [r['process'], r['present'], r['present:compared']])).toEqual([
      ['エントリ1', 1, 2],
      ['エントリ2', 1, 1],
    ]);
  });
  it('skills: all of several processes, none of the excluded ones, and the least level in each', async () => {
    await fixture.store.write([
      rowsOf('operator_process_capabilities', [
        { capability_id: 'x', operator_id: '佐藤', process_name: 'エントリ1', skill_level: 2 },
      ]),
    ]);
    const can = (values: string[], not = false) => ({ dimension: 'process' as const, values, not });
    expect(await total({ measures: ['skills'], where: [can(['エントリ1', 'エントリ2'])] })).toBe(1);
    expect(await total({ measures: ['skills'], where: [can(['エントリ1']), can(['エントリ2'], true)] })).toBe(
      2,
    );
    const least = [{ measure: 'skills', is: '>=' as const, value: 3, of: 'value' as const }];
    expect(
      await total({ measures: ['skills'], where: [can(['エントリ1', 'エントリ2'])], thresholds: least }),
    ).toBe(0);
    const level = await measures.query(
      asking({
        measures: ['skills'],
        by: ['process'],
        where: [{ dimension: 'person', values: ['佐藤さん'], not: false }],
      }),
    );
    expect(level.units).toEqual({ skills: 'score' });
    expect(level.table.rows.map((r) => [r['process'], r['skills']])).toEqual([
      ['エントリ1', 2],
      ['エントリ2', 5],
    ]);
  });
});

describe('shares of two measures', () => {
  it('divide what one comes to by what the others come to, each added up as itself', async () => {
    expect(await total({ measures: ['absence-rate'] })).toBeCloseTo(1 / 3);
    expect(await total({ measures: ['lateness-rate'] })).toBeCloseTo(1 / 2);
    const yesterday = window({ days: { kind: 'day', offset: -1 } });
    expect(await total({ measures: ['absence-rate'], window: yesterday })).toBe(1);
    const [done, waiting] = [await total({ measures: ['finished'] }), await total({ measures: ['backlog'] })];
    const all = (done ?? 0) + (waiting ?? 0);
    expect(await total({ measures: ['progress'] })).toBeCloseTo((done ?? 0) / all);
  });
  it('of nothing are not known, rather than none', async () => {
    expect(await total({ measures: ['approval-rate'] })).toBeNull();
  });
  it('have behind them the rows of both sides, each in a column of its own', async () => {
    const { columns, rows } = await measures.rows({
      query: asking({ measures: ['absence-rate'] }),
      group: {},
    });
    expect(columns.map((column) => column.label.en)).toEqual(
      expect.arrayContaining(['Absent', 'Came to work']),
    );
    expect(rows.filter((row) => row['came'] === 1)).toHaveLength(2);
  });
  it('can be split by what both have, and by nothing else', async () => {
    await expect(
      measures.query(asking({ measures: ['staffing-rate'], by: ['skill'] })),
    ).rejects.toMatchObject({
      code: 'measures.no-dimension',
    });
  });
});

describe('comparing', () => {
  it('with the forecast up to the same time, and the change as a share', async () => {
    const answered = await measures.query(
      asking({ measures: ['arrivals'], compare: { kind: 'forecast' }, by: ['location'] }),
    );
    expect(answered.table.rows).toEqual([
      { location: '札幌', arrivals: 200, 'arrivals:compared': 60, 'arrivals:change': 2.3333 },
    ]);
    expect(answered.notes.map((n) => n.code)).toContain('forecast-until');
  });
  it('what is finished with what was expected to come in, and says so', async () => {
    const { compared, notes } = await measures.query(
      asking({ measures: ['finished'], compare: { kind: 'forecast' } }),
    );
    expect(compared?.['finished']).toBe(60);
    expect(notes.map(({ code }) => code)).toContain('forecast-of-arrivals');
  });
  it('half of today with half of the other day', async () => {
    const answered = await measures.query(
      asking({
        measures: ['finished'],
        compare: { kind: 'window', window: window({ days: { kind: 'day', offset: -1 } }) },
      }),
    );
    // yesterday nothing was written down before eight in the evening
    expect([answered.totals['finished'], answered.compared?.['finished']]).toEqual([160, null]);
    expect(answered.notes.map((n) => n.code)).toContain('same-time');
  });
});

describe('what cannot be kept is an error', () => {
  it.each([
    ['measures.unknown', { measures: ['backlgo'] }],
    ['measures.no-dimension', { measures: ['backlog'], by: ['person'] }],
    [
      'measures.unknown-name',
      { measures: ['backlog'], where: [{ dimension: 'location', values: ['名古屋'], not: false }] },
    ],
    ['measures.no-future', { measures: ['backlog'], window: { days: { kind: 'day', offset: 1 } } }],
    ['measures.no-past', { measures: ['throughput'], window: { days: { kind: 'day', offset: -1 } } }],
    ['measures.no-compare', { measures: ['backlog'], compare: { kind: 'plan' } }],
  ])('%s', async (code, query) => {
    await expect(measures.query(asking(query as never))).rejects.toMatchObject({ code });
  });
  it('a name that is no name here comes with the nearest', async () => {
    await expect(
      measures.query(
        asking({ measures: ['backlog'], where: [{ dimension: 'location', values: ['札晃'], not: false }] }),
      ),
    ).rejects.toMatchObject({ params: { name: '札晃', 'nearest.ja': expect.stringMatching(/^札幌/) } });
  });
  it('places that are there, but not together, are told', async () => {
    const answered = await measures.query(
      asking({
        measures: ['backlog'],
        where: [
          { dimension: 'location', values: ['盛岡'], not: false },
          { dimension: 'process', values: ['エントリ2'], not: false },
        ],
      }),
    );
    expect(answered.notes).toContainEqual({ code: 'no-such-cell', params: { what: '盛岡 エントリ2' } });
  });
});

it('a limit shows those level with the last one; the count is of all', async () => {
  const answered = await measures.query(
    asking({
      measures: ['absent'],
      by: ['person'],
      order: { measure: null, first: 'least' },
      limit: 1,
      window: window({ days: { kind: 'day', offset: -1 } }),
    }),
  );
  expect([answered.table.rows.length, answered.table.total]).toEqual([2, 2]);
  expect(answered.notes).toContainEqual({ code: 'level-with-last', params: { n: 2 } });
});

it('the same instants are other days in another zone', async () => {
  const west = openMeasures(fixture.store, new ManualClock(at(14, 0)), 'America/Anchorage');
  // all of it is one day there, 18 hours behind
  const query = asking({
    measures: ['backlog'],
    by: ['day'],
    window: window({ days: { kind: 'last-days', days: 2 } }),
  });
  const days = async (m: Measures) => (await m.query(query)).table.rows.map((r) => [r['day'], r['backlog']]);
  expect(await days(west)).toEqual([[YESTERDAY, 70]]);
  expect(await days(measures)).toEqual([
    [YESTERDAY, 30],
    [DATE, 70],
  ]);
});

it('the rows behind a figure add up to it', async () => {
  const query = asking({
    measures: ['absent'],
    by: ['location'],
    window: window({ days: { kind: 'last-days', days: 2 } }),
  });
  const behind = await measures.rows({ query, group: { location: '札幌' } });
  expect(behind.total).toBe(3);
  expect(behind.rows[0]).toMatchObject({ person: '田中さん', day: YESTERDAY, location: '札幌' });
});
