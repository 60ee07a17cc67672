// The night's report on a clock that stands still while the machine sleeps, and where the clock itself is moved.
import { expect, test } from 'vitest';
import type { Clock } from '../../../main/kernel/clock.ts';
import { instantOf } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { createReports } from '../../../main/reports/index.ts';
import { COMPANY, columnNames, upsert } from '../../../main/store/index.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { openMeasures } from '../../helpers/measures/open-measures.ts';
import { tempDir } from '../../helpers/temp.ts';

const TOKYO = 'Asia/Tokyo';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A clock whose timers run only when the machine is awake, as those of a laptop do. */
class Laptop implements Clock {
  private at: number;
  private readonly timers: { readonly ms: number; due: number; readonly work: () => void }[] = [];
  constructor(start: number) {
    this.at = start;
  }
  now(): number {
    return this.at;
  }
  every(ms: number, work: () => void): () => void {
    const timer = { ms, due: this.at + ms, work };
    this.timers.push(timer);
    return () => void this.timers.splice(this.timers.indexOf(timer), 1);
  }
  sleep(until: number): void {
    for (const timer of this.timers) timer.due += until - this.at;
    this.at = until;
  }
  async awake(until: number, settled: () => Promise<void>): Promise<void> {
    for (;;) {
      const [next] = this.timers.filter((t) => t.due <= until).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.at = Math.max(this.at, next.due);
      next.due += next.ms;
      next.work();
      await settled();
    }
    this.at = until;
  }
}

/** Nights on a site with a snapshot every hour; `here`: up to when the company's rows have come, all of them unless told. */
async function nights(start: number, o: { zone?: string; hours?: number } = {}) {
  let zone = o.zone ?? TOKYO;
  const clock = new Laptop(start);
  const { logs, store } = await openLogs(tempDir(), { clock, zone: () => zone });
  const rows = Array.from({ length: o.hours ?? 24 * 12 }, (_, i) => ({
    snapshot_id: i + 1,
    snapshot_time: start - 6 * DAY + i * HOUR,
    location_name: '札幌',
    business_id: '523201',
    process_name: 'エントリ1',
    expected_completion_time: start - 6 * DAY + i * HOUR + 2 * HOUR,
    total_waiting: 10,
    entry_count: 10,
    correction_waiting: 0,
  }));
  const table = 'progress_snapshots';
  await store.write([upsert(table, columnNames(table), COMPANY[table].key, rows)]);
  const told: string[] = [];
  const { log } = memoryLog(clock);
  const tasks = new Tasks(clock, log);
  let here = Number.POSITIVE_INFINITY;
  const reports = createReports({
    store,
    logs,
    anomalies: {
      list: () => [],
      incidents: () => [],
      incident: async () => ({}) as never,
      look: async () => ({}) as never,
    },
    alerts: { list: () => ({ alerts: [], open: 0 }) },
    answer: openMeasures(store, clock, zone).query,
    clock,
    zone: () => zone,
    tasks,
    log,
    isHere: (until) => here >= until,
    notify: async ({ subject }) => void told.push(subject ?? ''),
  });
  const settled = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (tasks.isRunning('report')) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    clock,
    reports,
    told,
    made: () => reports.list().map((r) => `${r.date} ${r.trigger}`),
    awake: (until: number) => clock.awake(until, settled),
    rowsHere(until: number): void {
      here = until;
    },
    moveTo(to: string): void {
      zone = to;
    },
    async begin(): Promise<void> {
      reports.start();
      await settled();
    },
  };
}
/** Has had its report of the day before already. */
async function lived(start: number, zone = TOKYO) {
  const site = await nights(start, { zone });
  await site.begin();
  for (const { id } of site.reports.list()) await site.reports.remove(id);
  site.told.length = 0;
  return site;
}

test('asleep across 02:00: one report a minute after it wakes, told of once, and no second one', async () => {
  const site = await lived(instantOf('2026-01-14', 23 * 60, TOKYO));
  site.clock.sleep(instantOf('2026-01-15', 7 * 60, TOKYO));
  await site.awake(instantOf('2026-01-15', 7 * 60 + 1, TOKYO));
  expect(site.made()).toEqual(['2026-01-14 catch-up']);
  await site.awake(instantOf('2026-01-16', 1 * 60, TOKYO));
  expect(site.made()).toEqual(['2026-01-14 catch-up']);
  expect(site.told).toEqual(['nightly-2026-01-14']);
});

test('asleep for three days: a report for each of the days, the newest told of', async () => {
  const site = await lived(instantOf('2026-01-14', 23 * 60, TOKYO));
  site.clock.sleep(instantOf('2026-01-17', 9 * 60, TOKYO));
  await site.awake(instantOf('2026-01-17', 9 * 60 + 5, TOKYO));
  expect(site.made()).toEqual(['2026-01-16 catch-up', '2026-01-15 catch-up', '2026-01-14 catch-up']);
  expect(site.told).toEqual(['nightly-2026-01-16']);
});

test('after a sleep the rows of the days between come first; a company that cannot be reached is waited for half an hour', async () => {
  const site = await lived(instantOf('2026-01-14', 18 * 60, TOKYO));
  site.rowsHere(site.clock.now());
  site.clock.sleep(instantOf('2026-01-15', 8 * 60, TOKYO));
  await site.awake(instantOf('2026-01-15', 8 * 60 + 10, TOKYO));
  expect(site.made()).toEqual([]);
  site.rowsHere(site.clock.now());
  await site.awake(instantOf('2026-01-15', 8 * 60 + 12, TOKYO));
  expect(site.made()).toEqual(['2026-01-14 catch-up']);
  site.clock.sleep(instantOf('2026-01-16', 8 * 60, TOKYO));
  await site.awake(instantOf('2026-01-16', 8 * 60 + 30, TOKYO));
  expect(site.made()).toHaveLength(1);
  await site.awake(instantOf('2026-01-16', 8 * 60 + 32, TOKYO));
  expect(site.made()).toEqual(['2026-01-15 catch-up', '2026-01-14 catch-up']);
});

test.each([
  ['spring, when there is no 02:00', '2026-03-29', 'Europe/Berlin'],
  ['autumn, when there are two', '2026-10-25', 'Europe/Berlin'],
  ['autumn, when 01:00 comes again', '2026-11-01', 'America/New_York'],
])('daylight saving, %s: one report, by the clock', async (_, day, zone) => {
  const before = instantOf(day, -60, zone);
  const site = await lived(before, zone);
  await site.awake(before + 9 * HOUR);
  expect(site.made()).toHaveLength(1);
  expect(site.made()[0]).toMatch(/ clock$/);
  expect(site.told).toHaveLength(1);
});

test('a zone changed after the report was made: the same day is not made again', async () => {
  const site = await lived(instantOf('2026-01-14', 23 * 60, TOKYO));
  await site.awake(instantOf('2026-01-15', 3 * 60, TOKYO));
  expect(site.made()).toEqual(['2026-01-14 clock']);
  site.moveTo('America/Los_Angeles');
  await site.awake(instantOf('2026-01-15', 60, 'America/Los_Angeles'));
  expect(site.told).toEqual(['nightly-2026-01-14']);
  await site.awake(instantOf('2026-01-16', 3 * 60, 'America/Los_Angeles'));
  expect(site.made()).toEqual(['2026-01-15 clock', '2026-01-14 clock']);
  site.moveTo(TOKYO);
  await site.awake(instantOf('2026-01-17', 60, TOKYO));
  expect(site.made()).toEqual(['2026-01-15 clock', '2026-01-14 clock']);
});

test('one asked for at noon is of half a day: the night makes the whole one in its place', async () => {
  const site = await lived(instantOf('2026-01-14', 12 * 60, TOKYO));
  await site.reports.make('2026-01-14');
  expect(site.made()).toEqual(['2026-01-14 demand']);
  await site.awake(instantOf('2026-01-15', 3 * 60, TOKYO));
  expect(site.made()).toEqual(['2026-01-14 clock']);
  // asked for again in the morning it is of the whole day, and stays
  await site.reports.make('2026-01-14');
  await site.awake(instantOf('2026-01-15', 10 * 60, TOKYO));
  expect(site.made()).toEqual(['2026-01-14 demand']);
  expect(site.told).toEqual(['nightly-2026-01-14']);
});

test('a night that a person removed stays away, until somebody asks for it', async () => {
  const site = await lived(instantOf('2026-01-14', 23 * 60, TOKYO));
  await site.awake(instantOf('2026-01-15', 3 * 60, TOKYO));
  await site.reports.remove('nightly-2026-01-14');
  await site.awake(instantOf('2026-01-15', 10 * 60, TOKYO));
  expect(site.made()).toEqual([]);
  await expect(site.reports.remove('nightly-2026-01-14')).rejects.toThrow();
  await site.reports.make('2026-01-14');
  expect(site.made()).toEqual(['2026-01-14 demand']);
});
