// Sync against a server that goes away and processes that are killed. Chance comes from a fixed sequence.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openStore, sql } from '../../main/store/index.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { MariaDb, MariaDbClient } from '../helpers/sync/mariadb.ts';
import { approvalRow, openSite, sameNames, smallCompany, snapshotRows } from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));
const CHILD = path.join(import.meta.dirname, '../helpers/sync/sync-child.ts');
const start = (job: object): ChildProcess =>
  fork(CHILD, [JSON.stringify(job)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
/** 0–1, the same in every run */
const chance =
  (seed: number): (() => number) =>
  () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
/** Lets a child work for so long after it is ready, then kills it. */
const killAfter = (child: ChildProcess, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    let isDone = false;
    child.once('message', () => setTimeout(() => child.kill('SIGKILL'), ms));
    child.on('message', (m: { report?: object }) => {
      isDone ||= m.report !== undefined;
    });
    child.once('exit', () => resolve(isDone));
  });
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a server that goes away', () => {
  let own: MariaDb;
  beforeAll(async () => {
    own = await MariaDb.start();
  });
  afterAll(() => own.close());

  test('the copy stays, the status says so, and sync comes back by itself when the server does', async () => {
    const db = await own.database();
    await fillCompany({ url: own.url(db, await own.owner(db)), batches: smallCompany(300) });
    const s = await openSite(own.url(db, await own.reader(db)), { everySeconds: 1 });
    const stop = s.sync.start();
    await until(() => s.sync.lastOkAt() !== null);
    expect(s.sync.status()).toMatchObject({ online: true, error: null });
    await own.stop();
    await until(() => !s.sync.online());
    expect(s.sync.status().error?.code).toMatch(/^sync\.(refused|lost)$/);
    expect(s.sync.status().nextAt).toBeGreaterThan(0);
    expect(s.store.read.get(sql`SELECT count(*) AS n FROM progress_snapshots`)).toEqual({ n: 300 });
    const okBefore = s.sync.lastOkAt() ?? 0;
    await own.resume();
    await own.sql(`INSERT INTO locations VALUES ('L9', '那覇', NULL)`, db);
    await until(() => (s.sync.lastOkAt() ?? 0) > okBefore && !s.sync.status().running);
    expect(s.sync.status()).toMatchObject({ online: true, error: null });
    expect(s.store.read.get(sql`SELECT count(*) AS n FROM locations`)).toEqual({ n: 7 });
    stop();
    expect(s.sync.status().nextAt).toBeNull();
    await s.close();
  });

  test('killed in the middle of a read: the pages that arrived stay and the next sync goes on from there', async () => {
    const db = await own.database();
    await fillCompany({ url: own.url(db, await own.owner(db)), batches: smallCompany(60_000) });
    const s = await openSite(own.url(db, await own.reader(db)), { pageRows: 500 });
    const off = s.tasks.changed.on((task) => {
      if (task.stage === 'progress_snapshots' && task.done > 5_000) own.kill();
    });
    await expect(s.sync.run()).rejects.toMatchObject({ code: 'sync.lost' });
    off();
    const held = s.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM progress_snapshots`)?.n ?? 0;
    expect(held).toBeGreaterThan(1_000);
    expect(held).toBeLessThan(60_000);
    await own.resume();
    const report = await s.sync.run();
    expect(report.tables.find((t) => t.table === 'progress_snapshots')).toMatchObject({
      read: 60_000 - held,
      written: 60_000 - held,
    });
    await s.close();
  });
});

describe('a syncing process that is killed', () => {
  test('25 times at any moment: nothing is lost and nothing doubled', async () => {
    const rows = 60_000;
    const db = await server.database();
    await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(rows) });
    await server.sql(
      "INSERT INTO progress_snapshots VALUES ('BAD', '2026-11-21 09:10:30', '', '523201', '補正', NULL, 1, NULL, NULL)",
      db,
    );
    const url = server.url(db, await server.reader(db));
    const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-kill-'));
    const random = chance(7);
    let interrupted = 0;
    let next = rows;
    for (let i = 0; i < 25; i++) {
      const isDone = await killAfter(start({ dir, url, work: 'sync', pageRows: 40 }), 20 + random() * 130);
      if (!isDone) interrupted++;
      // the site goes on working meanwhile
      await fillCompany({
        url: server.url(db, await server.owner(db)),
        batches: [{ table: 'progress_snapshots', rows: snapshotRows(next, next + 20) }],
      });
      next += 20;
    }
    expect(interrupted).toBeGreaterThan(10);
    const s = await openSite(url, { dir });
    await s.sync.run();
    expect(s.store.read.all(sql`SELECT * FROM progress_snapshots ORDER BY snapshot_id`)).toEqual(
      snapshotRows(0, next).map((r) => ({ ...r })),
    );
    expect(s.sync.deadLetters().items.map((l) => [l.key, l.reason])).toEqual([
      ['BAD', 'location_name missing'],
    ]);
    for (const t of s.sync.status().tables) expect(t).toMatchObject({ error: null, reconciled: true });
    expect(s.store.read.get(sql`PRAGMA integrity_check`)).toEqual({ integrity_check: 'ok' });
    await s.close();
    rmSync(dir, { recursive: true });
  });
});

describe('writing a decision', () => {
  let db = '';
  let url = '';
  beforeAll(async () => {
    db = await server.database();
    await fillCompany({ url: server.url(db, await server.owner(db)), batches: [] });
    url = server.url(db, await server.writer(db), '?writeBack=1');
  });

  test('puts it in the table once, in the company’s time zone', async () => {
    const s = await openSite(url, { mapping: sameNames() });
    expect(await s.sync.writeApproval(approvalRow('one'))).toBe('written');
    expect(await s.sync.writeApproval(approvalRow('one'))).toBe('already-there');
    expect(await server.sql("SELECT * FROM approval_history WHERE approval_history_id = 'one'", db)).toEqual([
      { ...approvalRow('one'), created_at: '2026-11-21 09:00:00.123' },
    ]);
    // the company has begun to carry it out: still the same decision
    await server.sql("UPDATE approval_history SET execution_status = 'executing'", db);
    expect(await s.sync.writeApproval(approvalRow('one'))).toBe('already-there');
    await expect(
      s.sync.writeApproval({ ...approvalRow('one'), action_type: 'rejected' }),
    ).rejects.toMatchObject({ code: 'sync.write-refused' });
    await expect(
      s.sync.writeApproval({ ...approvalRow('two'), action_user: '長'.repeat(300) }),
    ).rejects.toMatchObject({ code: 'sync.write-refused' });
    await s.close();
  });

  test('is refused with its cause: no rights, no table, switched off', async () => {
    const reader = await openSite(server.url(db, await server.reader(db), '?writeBack=1'), {
      mapping: sameNames(),
    });
    await expect(reader.sync.writeApproval(approvalRow('three'))).rejects.toMatchObject({
      code: 'sync.rights',
      params: { table: 'approval_history' },
    });
    const mapping = sameNames();
    mapping.tables['approval_history'] = { table: null, columns: {} };
    await reader.sync.saveMapping(mapping);
    await expect(reader.sync.writeApproval(approvalRow('three'))).rejects.toMatchObject({
      code: 'sync.read-only-copy',
    });
    await reader.close();
    const off = await openSite(server.url(db, await server.writer(db)), { mapping: sameNames() });
    await expect(off.sync.writeApproval(approvalRow('three'))).rejects.toMatchObject({
      code: 'sync.read-only-copy',
    });
    await off.close();
  });

  test('an account that may insert but not look still writes once', async () => {
    const account = await server.account([`INSERT ON \`${db}\`.approval_history`]);
    const s = await openSite(server.url(db, account, '?writeBack=1'), { mapping: sameNames() });
    expect(await s.sync.writeApproval(approvalRow('blind'))).toBe('written');
    expect(await s.sync.writeApproval(approvalRow('blind'))).toBe('already-there');
    await s.close();
  });

  test('by a process that is killed 25 times: exactly one row each', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-kill-'));
    const random = chance(11);
    const ids = Array.from({ length: 25 }, (_, i) => `K${i}`);
    for (let i = 0; i < 25; i++)
      await killAfter(start({ dir, url, work: 'approve', ids: ids.slice(i) }), random() * 25);
    const s = await openSite(url, { mapping: sameNames() });
    for (const id of ids) await s.sync.writeApproval(approvalRow(id));
    expect(
      await server.sql(
        "SELECT COUNT(*) AS n, COUNT(DISTINCT approval_history_id) AS ids FROM approval_history WHERE approval_history_id LIKE 'K%'",
        db,
      ),
    ).toEqual([{ n: 25, ids: 25 }]);
    await s.close();
    rmSync(dir, { recursive: true });
  });
});

test('a first sync of 1,000,000 progress rows streams: memory grows by less than 300 MB', async () => {
  const rows = 1_000_000;
  const db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(0) });
  await server.sql(
    `INSERT INTO progress_snapshots SELECT CONCAT('S', LPAD(seq, 8, '0')), '2026-11-01 00:00:00' + INTERVAL FLOOR(seq / 30) MINUTE,
      ELT(1 + seq % 6, '札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'), '523201', ELT(1 + FLOOR(seq / 6) % 5, 'エントリ1', 'エントリ2', '補正', 'SV補正', '目検'),
      '2026-11-21 18:00:00', seq % 500, seq % 90, NULL FROM seq_0_to_${rows - 1}`,
    db,
  );
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-million-'));
  const child = start({ dir, url: server.url(db, await server.reader(db)), work: 'sync' });
  const result = await new Promise<{ report: { rows: number; rowsPerSecond: number }; growthMb: number }>(
    (resolve, reject) => {
      child.on('message', (m: { report?: { rows: number }; growthMb: number }) => {
        if (m.report) resolve(m as { report: { rows: number; rowsPerSecond: number }; growthMb: number });
      });
      child.once('exit', (code) => reject(new Error(`child ended with ${code}`)));
    },
  );
  await new Promise((resolve) => child.once('exit', resolve));
  expect(result.report.rows).toBeGreaterThanOrEqual(rows);
  expect(result.growthMb).toBeLessThan(300);
  const store = await openStore(dir);
  expect(
    store.read.get(
      sql`SELECT count(*) AS n, sum(total_waiting) AS w, max(snapshot_time) AS t FROM progress_snapshots`,
    ),
  ).toEqual({
    n: rows,
    w: 249_500_000,
    t: Date.UTC(2026, 9, 31, 15) + Math.floor((rows - 1) / 30) * 60_000,
  });
  await store.close();
  rmSync(dir, { recursive: true });
  console.log(
    `1,000,000 rows: ${result.report.rowsPerSecond} rows/s, memory grew by ${Math.round(result.growthMb)} MB`,
  );
});
