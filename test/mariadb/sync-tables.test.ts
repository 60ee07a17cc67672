import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { Cancelled } from '../../main/kernel/errors.ts';
import { sql } from '../../main/store/index.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { MariaDbClient } from '../helpers/sync/mariadb.ts';
import {
  MINUTE,
  MORNING,
  openSite,
  sameNames,
  smallCompany,
  snapshotRows,
  type TestSite,
} from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));
const open: TestSite[] = [];
const site = async (...args: Parameters<typeof openSite>): Promise<TestSite> => {
  const made = await openSite(...args);
  open.push(made);
  return made;
};
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});

async function company(snapshots = 300): Promise<{ db: string; url: string }> {
  const db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(snapshots) });
  return { db, url: server.url(db, await server.reader(db)) };
}
const tableOf = (s: TestSite, name: string): ReturnType<TestSite['sync']['status']>['tables'][number] => {
  const found = s.sync.status().tables.find((t) => t.table === name);
  if (!found) throw new Error(name);
  return found;
};

describe('a first sync', () => {
  let db = '';
  let url = '';
  beforeAll(async () => {
    ({ db, url } = await company());
  });

  test('brings every row as it was written, and the counts of both sides agree', async () => {
    const s = await site(url);
    const report = await s.sync.run();
    expect(report.rows).toBe(6 + 1 + 5 + 12 + 12 + 12 + 300);
    expect(s.sync.status()).toMatchObject({ configured: true, running: false, online: true, error: null });
    for (const t of s.sync.status().tables)
      expect(t).toMatchObject({ sourceRows: t.localRows, deadLetters: 0, error: null, reconciled: true });
    expect(s.store.read.get(sql`SELECT * FROM operators WHERE operator_id = 'E3'`)).toEqual({
      operator_id: 'E3',
      operator_name: '従業員3',
      location_name: '横浜',
      is_valid: 1,
      shift_start: 540,
      shift_end: 1530,
    });
    expect(s.store.read.all(sql`SELECT * FROM progress_snapshots ORDER BY snapshot_id`)).toEqual(
      snapshotRows(0, 300).map((row) => ({ ...row })),
    );
    expect(s.sync.lastOkAt()).toBeGreaterThan(0);
  });

  test('saves the mapping when every name is recognised beyond doubt', async () => {
    const s = await site(url);
    await s.sync.run();
    expect(s.sync.mapping()?.tables['progress_snapshots']?.table).toBe('progress_snapshots');
  });

  test('a second one writes nothing that has not changed', async () => {
    const s = await site(url);
    await s.sync.run();
    const again = await s.sync.run();
    expect(again.tables.map((t) => [t.table, t.written, t.deleted])).toEqual(
      again.tables.map((t) => [t.table, 0, 0]),
    );
  });

  test('replaces rows that came from somewhere else', async () => {
    const s = await site(url);
    await s.store.write([
      { text: "INSERT INTO locations VALUES ('demo', 'デモ', NULL)", rows: [[]] },
      {
        text: "INSERT INTO progress_snapshots VALUES ('demo', 1, 'デモ', 'b', 'p', NULL, 1, NULL, NULL)",
        rows: [[]],
      },
    ]);
    await s.sync.run();
    expect(s.store.read.all(sql`SELECT 1 FROM locations WHERE location_id = 'demo'`)).toEqual([]);
    expect(tableOf(s, 'progress_snapshots').localRows).toBe(300);
    expect(db).not.toBe('');
  });
});

describe('what changes at the source', () => {
  test('new, changed and deleted master rows arrive', async () => {
    const { db, url } = await company();
    const s = await site(url);
    await s.sync.run();
    await server.sql(
      [
        "INSERT INTO operators VALUES ('E99', '新人', '札幌', 1, '09:00', '25:30')",
        "UPDATE operators SET operator_name = '改名' WHERE operator_id = 'E1'",
        "DELETE FROM operators WHERE operator_id = 'E2'",
      ],
      db,
    );
    const report = await s.sync.run();
    expect(report.tables.find((t) => t.table === 'operators')).toMatchObject({ written: 2, deleted: 1 });
    expect(
      s.store.read.all(
        sql`SELECT operator_name AS n, shift_end AS e FROM operators WHERE operator_id IN ('E1', 'E2', 'E99') ORDER BY 1`,
      ),
    ).toEqual([
      { n: '改名', e: 1080 },
      { n: '新人', e: 1530 },
    ]);
  });

  test('a row that was committed late, inside the overlap, arrives', async () => {
    const { db, url } = await company();
    const s = await site(url);
    await s.sync.run();
    await server.sql(
      [
        `INSERT INTO progress_snapshots VALUES ('LATE', '2026-11-21 09:04:30', '札幌', '523201', '補正', NULL, 7, NULL, NULL)`,
        `INSERT INTO progress_snapshots VALUES ('NEW', '2026-11-21 09:20:00', '札幌', '523201', '補正', NULL, 8, NULL, NULL)`,
      ],
      db,
    );
    await s.sync.run();
    expect(
      s.store.read.all(
        sql`SELECT snapshot_id AS id, total_waiting AS n FROM progress_snapshots WHERE snapshot_id IN ('LATE', 'NEW')`,
      ),
    ).toHaveLength(2);
  });

  test('a row committed far too late and rows deleted in the middle are found by the counts', async () => {
    const { db, url } = await company(3000);
    const s = await site(url);
    await s.sync.run();
    await server.sql(
      [
        `INSERT INTO progress_snapshots VALUES ('VERY-LATE', '2026-11-21 09:01:30', '札幌', '523201', '補正', NULL, 7, NULL, NULL)`,
        `DELETE FROM progress_snapshots WHERE snapshot_time BETWEEN '2026-11-21 09:10:00' AND '2026-11-21 09:12:00'`,
      ],
      db,
    );
    const report = await s.sync.run();
    expect(report.tables.find((t) => t.table === 'progress_snapshots')).toMatchObject({
      written: 1,
      deleted: 90,
    });
    expect(tableOf(s, 'progress_snapshots')).toMatchObject({
      localRows: 2911,
      sourceRows: 2911,
      reconciled: true,
    });
  });

  test('asked for while another is under way, it reads once more after that one', async () => {
    const { db, url } = await company();
    const s = await site(url);
    const first = s.sync.run();
    const stop = new AbortController();
    const stopped = s.sync.run(stop.signal);
    stop.abort();
    await expect(stopped).rejects.toThrow(Cancelled);
    await server.sql(
      `INSERT INTO progress_snapshots VALUES ('LATER', '2026-11-21 23:00:00', '札幌', '523201', '補正', NULL, 7, NULL, NULL)`,
      db,
    );
    const second = s.sync.run();
    await first;
    await second;
    expect(s.store.read.all(sql`SELECT 1 FROM progress_snapshots WHERE snapshot_id = 'LATER'`)).toHaveLength(
      1,
    );
  });

  test('one row dated in the future does not hide those that follow', async () => {
    const { db, url } = await company();
    const s = await site(url);
    await server.sql(
      `INSERT INTO progress_snapshots VALUES ('FUTURE', '9999-12-31 00:00:00', '札幌', '523201', '補正', NULL, 7, NULL, NULL)`,
      db,
    );
    await s.sync.run();
    const soon = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    await server.sql(
      `INSERT INTO progress_snapshots VALUES ('SOON', '${soon}', '札幌', '523201', '補正', NULL, 7, NULL, NULL)`,
      db,
    );
    await s.sync.run();
    expect(s.store.read.all(sql`SELECT 1 FROM progress_snapshots WHERE snapshot_id = 'SOON'`)).toHaveLength(
      1,
    );
  });

  test('a table that is suddenly empty is believed only the second time', async () => {
    const { db, url } = await company();
    const s = await site(url);
    await s.sync.run();
    await server.sql(['DELETE FROM operators', 'DELETE FROM progress_snapshots'], db);
    await s.sync.run();
    expect(tableOf(s, 'operators')).toMatchObject({
      localRows: 12,
      error: { code: 'sync.emptied', params: { rows: 12 } },
    });
    expect(tableOf(s, 'progress_snapshots')).toMatchObject({
      localRows: 300,
      error: { code: 'sync.emptied' },
    });
    await s.sync.run();
    expect(tableOf(s, 'operators')).toMatchObject({ localRows: 0, error: null, reconciled: true });
    expect(tableOf(s, 'progress_snapshots')).toMatchObject({ localRows: 0, error: null, reconciled: true });
  });

  test('a renamed column stops its table only, and the mapping brings it back', async () => {
    const { db, url } = await company();
    const s = await site(url, { mapping: sameNames() });
    await s.sync.run();
    await server.sql(
      [
        'ALTER TABLE progress_snapshots CHANGE total_waiting backlog INT NOT NULL',
        "UPDATE progress_snapshots SET backlog = 4242 WHERE snapshot_id = 'S00000000'",
        "INSERT INTO locations VALUES ('L9', '那覇', NULL)",
      ],
      db,
    );
    const report = await s.sync.run();
    expect(report.tables.filter((t) => t.error !== null)).toMatchObject([
      { table: 'progress_snapshots', read: 0, error: { code: 'sync.missing-column' } },
    ]);
    expect(tableOf(s, 'locations').localRows).toBe(7);
    expect(tableOf(s, 'progress_snapshots')).toMatchObject({
      localRows: 300,
      error: {
        code: 'sync.missing-column',
        params: { table: 'progress_snapshots', column: 'total_waiting' },
      },
    });
    const mapping = sameNames();
    mapping.tables['progress_snapshots']!.columns['total_waiting'] = 'backlog';
    expect((await s.sync.saveMapping(mapping)).problems).toEqual([]);
    await s.sync.run();
    expect(tableOf(s, 'progress_snapshots')).toMatchObject({ localRows: 300, error: null, reconciled: true });
    expect(
      s.store.read.get(
        sql`SELECT total_waiting AS n FROM progress_snapshots WHERE snapshot_id = 'S00000000'`,
      ),
    ).toEqual({ n: 4242 });
  });

  test('an optional column and an optional table may be missing', async () => {
    const { db, url } = await company();
    await server.sql(['ALTER TABLE locations DROP region', 'DROP TABLE system_logs'], db);
    const s = await site(url);
    await s.sync.run();
    expect(s.store.read.get(sql`SELECT region AS r FROM locations LIMIT 1`)).toEqual({ r: null });
    expect(tableOf(s, 'system_logs')).toMatchObject({ error: null, sourceRows: null });
  });

  test('TIMESTAMP, DATE and epoch columns give the same instants as DATETIME', async () => {
    const { db, url } = await company();
    await server.sql(
      [
        "SET time_zone = '+09:00'",
        'ALTER TABLE progress_snapshots MODIFY snapshot_time TIMESTAMP(3) NULL DEFAULT NULL',
        'ALTER TABLE progress_snapshots ADD due BIGINT',
        'UPDATE progress_snapshots SET due = UNIX_TIMESTAMP(expected_completion_time)',
      ],
      db,
    );
    const mapping = sameNames();
    mapping.tables['progress_snapshots']!.columns['expected_completion_time'] = 'due';
    const s = await site(url, { mapping });
    await s.sync.run();
    expect(s.store.read.all(sql`SELECT * FROM progress_snapshots ORDER BY snapshot_id`)).toEqual(
      snapshotRows(0, 300).map((r) => ({ ...r })),
    );
    await server.sql(
      [
        "SET time_zone = '+09:00'",
        `INSERT INTO progress_snapshots VALUES ('X', '2026-11-21 09:00:30', '札幌', '523201', '補正', NULL, 7, NULL, NULL, NULL)`,
      ],
      db,
    );
    await s.sync.run();
    expect(
      s.store.read.get(sql`SELECT snapshot_time AS t FROM progress_snapshots WHERE snapshot_id = 'X'`),
    ).toEqual({ t: MORNING + MINUTE / 2 });
  });
});

test('a sync is cancelled within a page and goes on later', async () => {
  const { url } = await company(20_000);
  const s = await site(url, { pageRows: 500 });
  const abort = new AbortController();
  const off = s.tasks.changed.on((task) => {
    if (task.stage === 'progress_snapshots' && task.done > 3_000) abort.abort();
  });
  await expect(s.sync.run(abort.signal)).rejects.toMatchObject({ name: 'Cancelled' });
  off();
  const half = tableOf(s, 'progress_snapshots');
  expect(half.localRows).toBeGreaterThan(2_000);
  expect(half.localRows).toBeLessThan(20_000);
  expect(s.tasks.list()[0]).toMatchObject({ kind: 'sync', state: 'cancelled' });
  const report = await s.sync.run();
  expect(report.tables.find((t) => t.table === 'progress_snapshots')?.read).toBe(20_000 - half.localRows);
  expect(tableOf(s, 'progress_snapshots')).toMatchObject({ localRows: 20_000, reconciled: true });
});
