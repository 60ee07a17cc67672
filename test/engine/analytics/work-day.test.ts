import { expect, it, onTestFinished } from 'vitest';
import { createAnalytics } from '../../../main/analytics/index.ts';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { run, type Statement, sql } from '../../../main/store/index.ts';
import {
  clock as at,
  cellOf,
  DATE,
  master,
  openFixture,
  people,
  rowsOf,
  snapshots,
  ZONE,
} from './site-fixture.ts';

const TARGET = cellIdOf('札幌', '523201', 'エントリ1');
const OTHER = cellIdOf('札幌', '523201', 'エントリ2');
async function dayWith(...rows: Statement[]) {
  const fixture = await openFixture();
  onTestFinished(() => fixture.close());
  await fixture.store.write([
    ...master(),
    ...people(['a', 'b'], { shift: [540, 1080] }),
    ...people(['x'], { cell: cellOf('札幌', '523201', 'エントリ2') }),
    snapshots(
      [10, 11, 12, 14].map((hour, i) => ({ at: at(hour), lots: [[at(16), 500 - i * 100]], done: i * 100 })),
    ),
    snapshots([{ at: at(14), lots: [[at(16), 50]], done: 5 }], cellOf('札幌', '523201', 'エントリ2')),
    ...rows,
  ]);
  const analytics = createAnalytics({
    store: fixture.store,
    clock: new ManualClock(at(14)),
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
  return analytics.day(at(14));
}
const missingOf = async (...rows: Statement[]) =>
  (await dayWith(...rows))?.cells
    .find((c) => c.cell.cellId === TARGET)
    ?.team.filter((s) => s.missing !== null)
    .map((s) => [s.operatorId, s.missing, new Date(s.from).getTime(), s.until]);

it('holds each cell’s snapshots, what was finished between them, its lots, its people and its worst deadline', async () => {
  const day = await dayWith();
  expect(day?.at).toBe(at(14));
  const cell = day?.cells.find((c) => c.cell.cellId === TARGET);
  expect(cell?.finished).toEqual([
    { from: at(10), at: at(11), items: 100, certain: true },
    { from: at(11), at: at(12), items: 100, certain: true },
    { from: at(12), at: at(14), items: 100, certain: true },
  ]);
  expect(cell).toMatchObject({
    lots: [{ deadline: at(16), items: 200 }],
    deadline: at(16),
    usual: 1,
    expected: null,
  });
  expect(cell?.team.map((s) => [s.operatorId, s.name, s.from, s.until, s.speed, s.missing])).toEqual([
    ['a', 'aさん', at(9), at(18), 60, null],
    ['b', 'bさん', at(9), at(18), 60, null],
  ]);
  expect(day?.cells.map((c) => c.cell.cellId)).toEqual([TARGET, OTHER]);
});

it('does not know who worked in the first hour of a shift when much of the team is marked late', async () => {
  const day = await dayWith(
    rowsOf('attendance_records', [{ operator_id: 'a', attendance_date: DATE, attendance_status: '遅刻' }]),
    run(sql`UPDATE daily_assignments SET start_time = 600`),
  );
  const cell = day?.cells.find((c) => c.cell.cellId === TARGET);
  expect(cell?.finished.map((i) => [i.at, i.certain])).toEqual([
    [at(11), false],
    [at(12), true],
    [at(14), true],
  ]);
});

it('says until when somebody marked late may still come, and nothing once they must have come', async () => {
  const lateAt = async (minute: number) => {
    const day = await dayWith(
      rowsOf('attendance_records', [{ operator_id: 'a', attendance_date: DATE, attendance_status: '遅刻' }]),
      run(sql`UPDATE daily_assignments SET start_time = ${minute}`),
    );
    const cell = day?.cells.find((c) => c.cell.cellId === TARGET);
    return cell?.team.map((s) => [s.operatorId, s.lateUntil ?? null]);
  };
  expect(await lateAt(810)).toEqual([
    ['a', at(14, 30)],
    ['b', null],
  ]);
  expect(await lateAt(540)).toEqual([
    ['a', null],
    ['b', null],
  ]);
});

it('knows who is absent, whose assignment was cancelled, and who was sent elsewhere and when', async () => {
  expect(await missingOf()).toEqual([]);
  expect(
    await missingOf(
      rowsOf('attendance_records', [{ operator_id: 'a', attendance_date: DATE, attendance_status: '欠勤' }]),
    ),
  ).toEqual([['a', 'absent', at(9), at(18)]]);
  expect(
    await missingOf(
      rowsOf('assignment_adjustments', [
        { original_assignment_id: `a/${DATE}/0`, adjustment_type: 'cancel', adjustment_date: DATE },
      ]),
    ),
  ).toEqual([['a', 'cancelled', at(9), at(18)]]);
  expect(
    await missingOf(
      run(
        sql`INSERT INTO proposals (proposal_id, created_at, as_of, status, body, snapshot) VALUES ('p', 0, 0, 'approved', '{}', '{}')`,
      ),
      run(
        sql`INSERT INTO moves VALUES ('p', 'a', ${DATE}, '札幌', '523201', 'エントリ1', '札幌', '523201', 'エントリ2', ${at(13)}, ${at(15)}, 1)`,
      ),
    ),
  ).toEqual([['a', 'moved', at(13), at(15)]]);
});

it('knows who left early, and does not take a day that always ends then for one', async () => {
  const short = (date: string): Statement[] => people(['c'], { shift: [540, 1080], to: 780, date });
  expect(await missingOf(...short(DATE))).toEqual([['c', 'left', at(13), at(18)]]);
  expect(await missingOf(...short(DATE), ...short('2026-11-18'), ...short('2026-11-19'))).toEqual([]);
});

it('measures the usual pace by what was done in the weeks before', async () => {
  const day = await dayWith(
    rowsOf(
      'productivity_records',
      ['2026-11-18', '2026-11-19'].map((date) => ({
        operator_id: 'a',
        record_date: date,
        process_name: 'エントリ1',
        items_done: 450,
        hours_worked: 10,
      })),
    ),
    rowsOf('workload_forecasts', [
      { forecast_date: DATE, hour: 9, ...cellOf(), expected_items: 100 },
      { forecast_date: DATE, hour: 13, ...cellOf(), expected_items: 60 },
      { forecast_date: DATE, hour: 15, ...cellOf(), expected_items: 60 },
    ]),
  );
  const cell = day?.cells.find((c) => c.cell.cellId === TARGET);
  expect(cell?.usual).toBeCloseTo(0.75);
  expect(cell?.expected?.basis).toBe('forecast');
  const by = (hour: number): number | undefined =>
    cell?.expected?.points.find((point) => point.at === at(hour))?.items;
  expect([by(9), by(10), by(13), by(14), by(16)]).toEqual([0, 100, 100, 160, 220]);
});

it('without a forecast expects what came in on this weekday of the last weeks, at the first process of a line', async () => {
  const back = (weeks: number, hour: number): number => at(hour) - weeks * 7 * 24 * 3_600_000;
  const day = await dayWith(
    ...[1, 2].map((weeks) =>
      snapshots(
        // 300 wait at 9:00; 100 come in by 10:00 and, a week ago alone, 80 more by 12:00
        [
          { at: back(weeks, 9), lots: [[back(weeks, 16), 300]], done: 20 },
          { at: back(weeks, 10), lots: [[back(weeks, 16), 350]], done: 70 },
          { at: back(weeks, 12), lots: [[back(weeks, 16), weeks === 1 ? 330 : 250]], done: 170 },
        ],
      ),
    ),
  );
  const [first, second] = [TARGET, OTHER].map((id) => day?.cells.find((c) => c.cell.cellId === id)?.expected);
  expect(first?.basis).toBe('usual');
  const by = (hour: number): number | undefined =>
    first?.points.find((point) => point.at === at(hour))?.items;
  expect([by(8), by(9), by(10), by(11), by(12), by(20)]).toEqual([0, 300, 400, 400, 440, 440]);
  expect(second).toBeNull();
});
