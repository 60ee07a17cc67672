// Three simulated weeks of a company: our forecast of every cell beside the company's.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DayForecast } from '../../../main/analytics/contract/situation.ts';
import { CELL_SEPARATOR, cellIdOf } from '../../../main/api/contract/common.ts';
import { bestForecast, createForecasts, type Forecasts } from '../../../main/forecast/index.ts';
import { instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import { createSite } from '../../../main/simulator/index.ts';
import { storeBatch } from '../../../main/simulator/queries.ts';
import { openStore, run, type Store, sql } from '../../../main/store/index.ts';

const ZONE = 'Asia/Tokyo';
const at = (date: string, minute: number): number => instantOf(date, minute, ZONE);
const NOW = at('2026-11-16', 14 * 60);
const CELL = { location: '札幌', businessId: '523201', process: 'エントリ1' };
const CELL_ID = cellIdOf(CELL.location, CELL.businessId, CELL.process);
const TEN_MINUTES = 600_000;

let dir: string;
let store: Store;
const forecasts = (now: number): Forecasts =>
  createForecasts({ store, clock: new ManualClock(now), zone: () => ZONE });

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'toride-'));
  store = await openStore(dir, { now: 0 });
  const site = createSite({ seed: 5, scenario: 'normal', zone: ZONE, startDate: '2026-10-26' });
  for (const batch of [...site.master()]) await store.write([storeBatch(batch)]);
  for (const batch of site.until(NOW)) {
    if (batch.table !== 'progress_snapshots' && batch.table !== 'workload_forecasts') continue;
    // every fifth snapshot will do
    const rows =
      batch.table === 'progress_snapshots'
        ? batch.rows.filter((row) => row.snapshot_time % TEN_MINUTES === 0)
        : batch.rows;
    await store.write([storeBatch({ ...batch, rows } as typeof batch)]);
  }
});
afterAll(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const actualTotal = (day: DayForecast): number => day.blocks.reduce((sum, b) => sum + (b.actual ?? 0), 0);

describe('a day of a cell', () => {
  it('is forecast by the half hour from the days before it, as the company’s hours are beside it', async () => {
    const day = await forecasts(NOW).day({ ...CELL, date: '2026-11-17' });
    expect(day).toMatchObject({
      date: '2026-11-17',
      state: 'ready',
      days: 21,
      weeks: 3,
      blockMinutes: 30,
      kinds: [],
    });
    expect(day.blocks[0]?.at).toBe(at('2026-11-17', 8 * 60));
    expect(day.total.company).toBeGreaterThan(500);
    expect(Math.abs((day.total.ours?.mean ?? 0) / (day.total.company ?? 1) - 1)).toBeLessThan(0.08);
    expect(day.total.actual).toBeNull();
  });
  it('that is over is forecast as it would have been, and holds what came in', async () => {
    const later = forecasts(NOW);
    const past = await later.day({ ...CELL, date: '2026-11-12' });
    const then = await forecasts(at('2026-11-12', 6 * 60)).day({ ...CELL, date: '2026-11-12' });
    expect(past.total.ours?.mean).toBeCloseTo(then.total.ours?.mean ?? 0, 6);
    expect(Math.abs(actualTotal(past) / (past.total.ours?.mean ?? 1) - 1)).toBeLessThan(0.1);
  });
  it('that is running has what came in so far, in blocks that are over', async () => {
    const day = await forecasts(NOW).day(CELL);
    expect(day.date).toBe('2026-11-16');
    const known = day.blocks.filter((block) => block.actual !== null);
    expect(known.at(-1)?.at).toBe(at('2026-11-16', 13 * 60 + 30));
    expect(known.length).toBe(12);
  });
  it('is told with the past errors of both on the same half hours, and how often the interval held', async () => {
    const { record, best } = await forecasts(NOW).day({ ...CELL, date: '2026-11-17' });
    expect(record.days).toBe(14);
    expect(record.ours).toBeLessThan(0.1);
    expect(record.company).toBeLessThan(0.2);
    expect(record.coverage).toBeGreaterThan(0.85);
    expect(best).toBe((record.ours ?? 1) <= (record.company ?? 1) ? 'ours' : 'company');
  });
  it('that is a holiday says which', async () => {
    const day = await forecasts(NOW).day({ ...CELL, date: '2026-11-23' });
    expect([day.kinds, day.holiday]).toEqual([['holiday'], '勤労感謝の日']);
  });
});

describe('the forecast to plan with', () => {
  it('is there for every cell, and is the one that was nearer', async () => {
    const expected = await forecasts(NOW).expected('2026-11-17');
    const cells = [...new Set(expected.map((row) => row.cellId))];
    expect(cells).toHaveLength(24);
    const days: DayForecast[] = [];
    for (const cellId of cells) {
      const [location = '', businessId = '', process = ''] = cellId.split(CELL_SEPARATOR);
      days.push(await forecasts(NOW).day({ location, businessId, process, date: '2026-11-17' }));
    }
    for (const day of days) {
      const { ours, company } = day.record;
      const nearer = (ours ?? 1) <= (company ?? 1) ? 'ours' : 'company';
      expect(day.best).toBe(nearer);
      const planned = expected.reduce(
        (sum, row) => sum + (row.cellId === day.cell.cellId ? row.items : 0),
        0,
      );
      expect(planned).toBeCloseTo(
        bestForecast(day).reduce((sum, block) => sum + block.items, 0),
        6,
      );
      expect(planned).toBeCloseTo((nearer === 'ours' ? day.total.ours?.mean : day.total.company) ?? 0, -1);
    }
    // the company's hours of later steps are rounded to the hour; ours are learned
    expect(days.filter((day) => day.best === 'ours').length).toBeGreaterThan(12);
  });
  it('is the company’s while ours has no history, and ours where the company has none', async () => {
    const early = await forecasts(at('2026-10-27', 14 * 60)).day({ ...CELL, date: '2026-10-28' });
    expect(early).toMatchObject({ state: 'none', best: 'company', total: { ours: null } });
    expect(bestForecast(early).length).toBeGreaterThan(8);
    const far = await forecasts(NOW).day({ ...CELL, date: '2026-11-19' });
    expect(far).toMatchObject({ best: 'ours', total: { company: null } });
  });
  it('comes by the half hour for a plan, also where the company has not forecast the date', async () => {
    const known = forecasts(NOW);
    const own = (await known.expected('2026-11-19')).filter((row) => row.cellId === CELL_ID);
    const later = await known.day({ ...CELL, date: '2026-11-19' });
    expect(own.reduce((sum, row) => sum + row.items, 0)).toBeCloseTo(later.total.ours?.mean ?? 0, 6);
    expect(own.slice(0, 3).map((row) => row.minute)).toEqual([480, 510, 540]);
    // of a past date what it would have said that morning
    const then = await forecasts(at('2026-11-12', 6 * 60)).day({ ...CELL, date: '2026-11-12' });
    const past = (await known.expected('2026-11-12')).filter((row) => row.cellId === CELL_ID);
    expect(past.reduce((sum, row) => sum + row.items, 0)).toBeCloseTo(then.total.ours?.mean ?? 0, 6);
  });
  it('keeps what the company expects past midnight where it is', async () => {
    const row = (hour: number, items: number) =>
      run(sql`INSERT INTO workload_forecasts (forecast_id, forecast_date, hour, location_name, business_id, process_name, expected_items)
        VALUES (${`late-${hour}`}, '2026-11-18', ${hour}, '札幌', '523201', 'エントリ1', ${items})`);
    await store.write([
      run(sql`DELETE FROM workload_forecasts WHERE forecast_date = '2026-11-18'`),
      row(23, 40),
      row(25, 60),
    ]);
    const day = await forecasts(NOW).day({ ...CELL, date: '2026-11-18' });
    const late = day.blocks.filter((block) => block.at >= at('2026-11-19', 0));
    expect(late.map((block) => [block.at, block.company])).toEqual([
      [at('2026-11-19', 0), 0],
      [at('2026-11-19', 30), 0],
      [at('2026-11-19', 60), 30],
      [at('2026-11-19', 90), 30],
    ]);
  });
  it('is none where there is nothing at all', async () => {
    const nobody = await forecasts(NOW).day({ location: '那覇', businessId: '1', process: 'エントリ1' });
    expect(nobody).toMatchObject({ state: 'none', best: null, blocks: [], days: 0 });
    expect(bestForecast(nobody)).toEqual([]);
  });
});

it('rows that arrive late are learned from', async () => {
  const now = forecasts(NOW);
  const before = await now.day({ ...CELL, date: '2026-11-17' });
  await store.write([
    run(sql`UPDATE progress_snapshots SET entry_count = entry_count * 2, snapshot_id = snapshot_id
      WHERE location_name = '札幌' AND snapshot_time >= ${at('2026-11-09', 0)} AND snapshot_time < ${at('2026-11-16', 0)}`),
    run(sql`INSERT INTO progress_snapshots SELECT snapshot_id || 'x', snapshot_time - 1, location_name, business_id, process_name,
        expected_completion_time, total_waiting, entry_count, correction_waiting FROM progress_snapshots
      WHERE location_name = '札幌' AND business_id = '523201' AND process_name = 'エントリ1' AND snapshot_time = ${at('2026-11-13', 720)}`),
  ]);
  const after = await now.day({ ...CELL, date: '2026-11-17' });
  expect(after.total.ours?.mean).toBeGreaterThan((before.total.ours?.mean ?? 0) * 1.2);
});
