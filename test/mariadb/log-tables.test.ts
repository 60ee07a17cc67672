import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { systemClock } from '../../main/kernel/clock.ts';
import { wordError } from '../../main/kernel/errors.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { createLogs } from '../../main/logs/index.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { MariaDbClient } from '../helpers/sync/mariadb.ts';
import { openSite, smallCompany, type TestSite } from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));

async function company(table: string): Promise<{ db: string; url: string }> {
  const db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(30) });
  await server.sql(['DROP TABLE system_logs', table], db);
  return { db, url: server.url(db, await server.reader(db)) };
}
/** A site that syncs, and its logs. */
async function opened(url: string): Promise<TestSite & { logs: ReturnType<typeof createLogs> }> {
  const site = await openSite(url);
  const logs = createLogs({
    store: site.store,
    dataDir: path.join(site.dir),
    clock: systemClock,
    zone: () => 'Asia/Tokyo',
    tasks: site.tasks,
    log: silentLog,
  });
  onTestFinished(async () => {
    await logs.close();
    await site.close();
  });
  return { ...site, logs };
}
const TABLE = (key: string): string =>
  `CREATE TABLE system_logs (${key} logged_at DATETIME(3) NOT NULL, service VARCHAR(50), level VARCHAR(10), message TEXT NOT NULL,
   trace_id VARCHAR(50), host VARCHAR(50), attributes JSON)`;
const insert = (from: number, to: number): string =>
  `INSERT INTO system_logs (log_id, logged_at, service, level, message, host) VALUES ${Array.from(
    { length: to - from },
    (_, i) =>
      `(${from + i}, '2026-11-21 09:${String(Math.floor((from + i) / 60)).padStart(2, '0')}:${String((from + i) % 60).padStart(2, '0')}', 'web-entry', 'WARN', '受付 ${from + i} の保存が遅れています', 'ap-1')`,
  ).join(', ')}`;

test('the company’s log lines come in with the sync, late ones too, each once', async () => {
  const { db, url } = await company(TABLE('log_id BIGINT PRIMARY KEY,'));
  await server.sql(insert(0, 200), db);
  const { sync, logs } = await opened(url);
  await sync.run();
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 200, storedTemplated: 200, addsUp: true });
  // committed late: an earlier time than what was read last
  await server.sql(insert(200, 210).replaceAll('2026-11-21 09:03', '2026-11-21 09:02'), db);
  await sync.run();
  await sync.run();
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 210, storedTemplated: 210, addsUp: true });
  const [template] = logs.templates.list().templates;
  expect(template).toMatchObject({ lines: 210, level: 'warn', services: ['web-entry'] });
});

test('a log table without a key is said to lack it, in words; everything else goes on', async () => {
  const { url } = await company(TABLE(''));
  const { sync, logs } = await opened(url);
  await sync.run().catch(() => {});
  const status = sync.status();
  const problem = status.tables.find((t) => t.table === 'system_logs')?.error ?? status.error;
  expect(problem).toMatchObject({ code: 'sync.missing-column', params: { column: 'log_id' } });
  expect(problem && wordError(problem as Parameters<typeof wordError>[0], 'ja').say).toContain('log_id');
  expect(status.tables.find((t) => t.table === 'progress_snapshots')?.localRows).toBe(30);
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 0, addsUp: true });
});
