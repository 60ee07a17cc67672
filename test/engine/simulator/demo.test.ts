import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { instantOf } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { createDemo, type Demo } from '../../../main/simulator/index.ts';
import { COMPANY_TABLES, name, openStore, run, type Store, sql } from '../../../main/store/index.ts';

const MINUTE = 60_000;
const ZONE = 'Asia/Tokyo';
const TODAY = '2026-11-20';
const at = (minute: number): number => instantOf(TODAY, minute, ZONE);
let dir: string;
let store: Store;
let wall: number;
let changes: number;

const open = (): Demo => {
  const demo = createDemo({ store, log: silentLog, wall: () => wall });
  demo.changed.on(() => changes++);
  return demo;
};
const count = (table: string): number =>
  store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${name(table)}`)?.n ?? 0;
const newest = (): number =>
  store.read.get<{ at: number }>(sql`SELECT max(snapshot_time) AS at FROM progress_snapshots`)?.at ?? 0;
const done = (): number =>
  store.read.get<{
    n: number;
  }>(sql`SELECT entry_count AS n FROM progress_snapshots WHERE location_name = '札幌'
    AND business_id = '523201' AND process_name = 'エントリ1' ORDER BY snapshot_time DESC LIMIT 1`)?.n ?? 0;
const everything = (): unknown =>
  COMPANY_TABLES.map((t) => store.read.all(sql`SELECT * FROM ${name(t)} ORDER BY 1`));

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'toride-demo-'));
  store = await openStore(dir);
  wall = at(605);
  changes = 0;
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

/** Approves moving four people of 盛岡 SS エントリ1 to 札幌, as the approvals do. */
const approve = (id: string, decidedAt: number): Promise<number[]> => {
  const people = store.read.all<{ id: string }>(sql`SELECT operator_id AS id FROM daily_assignments
    WHERE assignment_date = ${TODAY} AND location_name = '盛岡' AND process_name = 'エントリ1' ORDER BY 1 LIMIT 4`);
  return store.write([
    run(
      sql`INSERT INTO proposals (proposal_id, created_at, as_of, status, body, snapshot) VALUES (${id}, 0, 0, 'approved', '{}', '{}')`,
    ),
    run(
      sql`INSERT INTO decisions (decision_id, proposal_id, action, actor, decided_at) VALUES (${`d-${id}`}, ${id}, 'approved', '佐藤', ${decidedAt})`,
    ),
    ...people.map((p) =>
      run(
        sql`INSERT INTO moves VALUES (${id}, ${p.id}, ${TODAY}, '盛岡', '523201', 'エントリ1', '札幌', '523201', 'エントリ1', ${at(870)}, ${at(960)}, 1)`,
      ),
    ),
  ]);
};

it('opens at 14:30 of today with the day so far, and lives on', async () => {
  const demo = open();
  expect(demo.status()).toMatchObject({ running: false, now: wall });
  expect(await demo.start()).toMatchObject({ running: true, now: at(870), scenario: 'shortage', seed: 1 });
  expect(newest()).toBe(at(870));
  for (const table of COMPANY_TABLES)
    if (table !== 'system_logs') expect([table, count(table) > 0]).toEqual([table, true]);
  // the log of the days before and of today follows, oldest first
  await demo.tick();
  const days = store.read.all<{ day: number; lines: number }>(
    sql`SELECT (logged_at + 32400000) / 86400000 AS day, count(*) AS lines FROM system_logs GROUP BY 1 ORDER BY min(rowid)`,
  );
  expect(days.map(({ day }) => day - (days[0]?.day ?? 0))).toEqual([0, 1, 2, 3]);
  expect(days.every(({ lines }) => lines > 4000)).toBe(true);
  // and so does the progress of three weeks, by the half hour
  const past = store.read.all<{ day: number; times: number }>(
    sql`SELECT (snapshot_time + 32400000) / 86400000 AS day, count(DISTINCT snapshot_time) AS times FROM progress_snapshots
      WHERE snapshot_time < ${at(0)} GROUP BY 1`,
  );
  expect(past.map(({ times }) => times)).toEqual(Array.from({ length: 15 }, () => 27));
  const logs = count('system_logs');
  changes = 0;

  wall += 30_000;
  await demo.tick();
  expect(count('system_logs')).toBeGreaterThan(logs);
  expect([newest(), changes]).toEqual([at(870), 0]);

  wall += 4 * MINUTE;
  await demo.tick();
  expect(demo.clock.now()).toBe(at(874) + 30_000);
  expect([newest(), changes]).toEqual([at(874), 1]);
});

it('runs faster when told to, and over the night by itself', async () => {
  const demo = open();
  await demo.start({ speed: 60, scenario: 'normal', seed: 7 });
  wall += MINUTE;
  await demo.tick();
  expect(newest()).toBe(at(930));
  wall += 6 * MINUTE;
  await demo.tick();
  expect(demo.clock.now()).toBe(at(1440 + 480));
  wall += MINUTE;
  await demo.tick();
  expect(newest()).toBe(at(1440 + 540));
});

it('keeps its day when only its speed is changed', async () => {
  const demo = open();
  await demo.start({ scenario: 'normal', seed: 7 });
  wall += 10 * MINUTE;
  await demo.tick();
  const rows = count('progress_snapshots');
  expect(await demo.start({ speed: 60 })).toMatchObject({
    speed: 60,
    scenario: 'normal',
    seed: 7,
    now: at(880),
  });
  expect(count('progress_snapshots')).toBe(rows);
  wall += MINUTE;
  await demo.tick();
  expect(newest()).toBe(at(940));
});

it('goes on with the same day after a restart, also when people were moved and moved back', async () => {
  const first = open();
  await first.start();
  wall += 3 * MINUTE + 20_000;
  await first.tick();
  await approve('SGT20261120-00000001', first.clock.now());
  for (let i = 0; i < 20; i++) {
    wall += MINUTE;
    await first.tick();
  }
  await store.write([
    run(sql`UPDATE moves SET active = 0`),
    run(sql`INSERT INTO decisions (decision_id, proposal_id, action, actor, decided_at, undoes)
      VALUES ('u', 'SGT20261120-00000001', 'undone', '佐藤', ${first.clock.now()}, 'd-SGT20261120-00000001')`),
  ]);
  wall += 10 * MINUTE;
  await first.tick();
  const stoppedAt = first.clock.now();
  await first.close();

  // the app was closed for three hours
  wall += 180 * MINUTE;
  const second = open();
  expect(second.status().running).toBe(true);
  expect(second.clock.now()).toBe(stoppedAt);
  wall += 20 * MINUTE;
  await second.tick();
  const resumed = everything();

  // lived through in one go, from the morning on, the same decisions make the same day
  await second.close();
  await store.write([
    run(sql`DELETE FROM progress_snapshots WHERE snapshot_time >= ${at(0)}`),
    run(sql`UPDATE settings SET value = json_set(value, '$.told', ${at(470)}) WHERE key = 'demo'`),
  ]);
  const third = open();
  wall += stoppedAt + 20 * MINUTE - at(470);
  await third.tick();
  expect(everything()).toEqual(resumed);
});

it('shows that an approved proposal helps', async () => {
  const demo = open();
  await demo.start();
  wall += 90 * MINUTE;
  await demo.tick();
  const without = done();
  await demo.start();
  await approve('SGT20261120-00000002', at(870));
  wall += 90 * MINUTE;
  await demo.tick();
  expect(done()).toBeGreaterThan(without + 150);
});

it('removes all of the old demo when it starts again or stops, and leaves chats and the audit record', async () => {
  const demo = open();
  await demo.start({ seed: 1 });
  await approve('SGT20261120-00000003', at(870));
  await store.write([
    run(sql`INSERT INTO audit VALUES (1, 0, 'a', 'b', 'c', '{}', '', 'h')`),
    run(
      sql`INSERT INTO chat_sessions (session_id, title, created_at, updated_at, folded) VALUES ('s', 't', 0, 0, 't')`,
    ),
    run(
      sql`INSERT INTO alerts (alert_id, problem_key, kind, severity, state, opened_at, updated_at, body) VALUES ('a', 'k', 'delay', 'danger', 'open', 0, 0, '{}')`,
    ),
    run(
      sql`INSERT INTO outbox (outbox_id, kind, subject, payload, state, created_at, next_at) VALUES ('o', 'decision', 'd-SGT20261120-00000003', '{}', 'waiting', 0, 0)`,
    ),
  ]);
  await demo.start({ seed: 2, scenario: 'outage' });
  expect(demo.status()).toMatchObject({ seed: 2, scenario: 'outage' });
  expect(['alerts', 'proposals', 'moves', 'outbox'].map(count)).toEqual([0, 0, 0, 0]);
  expect(count('operators')).toBe(140);

  expect(await demo.stop()).toMatchObject({ running: false });
  expect(COMPANY_TABLES.map(count).every((n) => n === 0)).toBe(true);
  expect([count('audit'), count('chat_sessions'), count('settings')]).toEqual([1, 1, 0]);
  await demo.tick();
  expect(count('progress_snapshots')).toBe(0);
});

it('does not clear a copy whose decisions are still to be written to the company', async () => {
  await store.write([
    run(sql`INSERT INTO locations VALUES ('L', '札幌', NULL)`),
    run(
      sql`INSERT INTO proposals (proposal_id, created_at, as_of, status, body, snapshot) VALUES ('p', 0, 0, 'approved', '{}', '{}')`,
    ),
    run(
      sql`INSERT INTO decisions (decision_id, proposal_id, action, actor, decided_at) VALUES ('d', 'p', 'approved', '佐藤', 0)`,
    ),
    run(
      sql`INSERT INTO outbox (outbox_id, kind, subject, payload, state, created_at, next_at) VALUES ('o', 'decision', 'd', '{}', 'waiting', 0, 0)`,
    ),
  ]);
  const demo = open();
  await expect(demo.start()).rejects.toMatchObject({ code: 'demo.unwritten', params: { n: 1 } });
  expect([count('locations'), count('outbox')]).toEqual([1, 1]);
});

it('refuses a scenario that there is none of', async () => {
  await expect(open().start({ scenario: 'sunshine' })).rejects.toMatchObject({ code: 'input.invalid' });
});
