// What a source says of itself while the company's server is away, on the screen's side and on the command line.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Accounting, LogSource } from '../../main/logs/contract/logs.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { toride as run } from '../helpers/command-line.ts';
import { suggested, tableSite, textsOf, WMS, wms } from '../helpers/logs/log-tables.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';
import { smallCompany } from '../helpers/sync/sync-site.ts';

let own: MariaDb;
beforeAll(async () => {
  own = await MariaDb.start();
});
afterAll(() => own.close());

const AWAY = /^sync\.(refused|lost)$/;
const systemLog = (message: string): string =>
  `INSERT INTO system_logs (log_id, logged_at, service, level, message) VALUES ('${message}', NOW(), 'web', 'INFO', '${message}')`;
async function company(): Promise<{ db: string; url: string }> {
  const db = await own.database();
  await fillCompany({ url: own.url(db, await own.owner(db)), batches: smallCompany(5) });
  await own.sql([systemLog('first'), WMS, wms(0, 10, 1)], db);
  return { db, url: own.url(db, await own.reader(db)) };
}

test('followed while the server stops: both kinds of table say so, since when and when it is tried again, and go on by themselves', async () => {
  const { db, url } = await company();
  const site = await tableSite(url, { everySeconds: 1 });
  onTestFinished(site.close);
  const { logs, sync } = site;
  onTestFinished(sync.start());
  onTestFinished(logs.start());
  const { id } = await logs.addTable({ table: await suggested(logs, 'wms_event_log') });
  const of = (which: string): LogSource | undefined => logs.sources().find((s) => s.id === which);
  const states = () => ['company', id].map((which) => of(which)?.state);
  await expect.poll(() => [of('company')?.lines, of(id)?.lines]).toEqual([1, 10]);
  await expect.poll(states).toEqual(['following', 'following']);
  expect(of('company')?.lookedAt).toBeGreaterThan(Date.now() - 60_000);
  const before = Date.now();

  await own.stop();
  await expect.poll(states).toEqual(['waiting', 'waiting']);
  for (const which of ['company', id]) {
    await expect.poll(() => of(which)?.waitsSince).toBeGreaterThan(before);
    expect(of(which)?.error?.code).toMatch(AWAY);
    expect(of(which)?.nextTryAt).toBeGreaterThan(before);
  }
  const since = of('company')?.waitsSince;
  // tried again and refused again: it is away since the first time
  const tries = sync.status().nextAt ?? 0;
  await expect.poll(() => (sync.status().nextAt ?? 0) > tries).toBe(true);
  expect(of('company')).toMatchObject({ state: 'waiting', waitsSince: since });
  expect(logs.accounting().sources.map((s) => s.state)).toEqual(['waiting', 'waiting']);

  await own.resume();
  await own.sql([systemLog('second'), wms(10, 12, 0)], db);
  await expect.poll(states).toEqual(['following', 'following']);
  await expect.poll(() => [of('company')?.lines, of(id)?.lines]).toEqual([2, 12]);
  expect(of('company')).toMatchObject({ error: null, waitsSince: null, nextTryAt: null });
  expect(await textsOf(logs, 'company')).toEqual(['first', 'second']);
});

test('the sync finds out first: a table between two looks does not stay green', async () => {
  const { url } = await company();
  const site = await tableSite(url, { everySeconds: 3600 });
  onTestFinished(site.close);
  const { logs, sync } = site;
  const { id } = await logs.addTable({ table: await suggested(logs, 'wms_event_log') });
  await sync.run();
  await logs.settle();
  const of = (which: string): LogSource | undefined => logs.sources().find((s) => s.id === which);
  expect(of(id)).toMatchObject({ state: 'following', error: null });
  await own.stop();
  await expect(sync.run()).rejects.toMatchObject({ code: 'sync.refused' });
  expect(of(id)).toMatchObject({ state: 'waiting', error: { code: 'sync.refused' } });
  expect(of('company')).toMatchObject({ state: 'waiting', error: { code: 'sync.refused' } });
  await own.resume();
  await sync.run();
  expect(of(id)).toMatchObject({ state: 'following', error: null });
});

test('a log table the company took away is said at its source, though the database answers', async () => {
  const { db, url } = await company();
  const site = await tableSite(url);
  onTestFinished(site.close);
  const { logs, sync } = site;
  await sync.run();
  await logs.settle();
  await own.sql('RENAME TABLE system_logs TO system_logs_old', db);
  await sync.run();
  expect(logs.sources()).toMatchObject([
    {
      id: 'company',
      state: 'waiting',
      error: { code: 'sync.missing-table', params: { table: 'system_logs' } },
    },
  ]);
});

test('the command line says the same from a look of its own, and since when from what an earlier one found', async () => {
  const { url } = await company();
  const data = mkdtempSync(path.join(os.tmpdir(), 'toride-away-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const toride = (lang: 'ja' | 'en', ...args: string[]) =>
    run(['--data', data, '--lang', lang, ...args], { env: { TORIDE_MYSQL_URL: url } });
  expect(toride('ja', 'sync').status).toBe(0);
  expect(toride('ja', 'logs', 'add-table', 'wms_event_log', '--all').status).toBe(0);
  expect(toride('en', 'logs', 'accounting').stdout).toContain('system_logs  following  1 lines');

  const began = Date.now();
  await own.stop();
  const away = toride('ja', 'logs', 'accounting');
  expect(away.status).toBe(0);
  const refused = new RegExp(`^  127\\.0\\.0\\.1:${own.place.port} に接続を断られました。 \\(.+ から\\)`);
  expect(away.stdout.split('\n').slice(0, 4)).toEqual([
    'system_logs  waiting  行 1 = 定型文あり 1 + 未処理 0',
    expect.stringMatching(refused),
    expect.stringContaining('wms_event_log  waiting  行 '),
    expect.stringMatching(refused),
  ]);
  const first = JSON.parse(toride('en', 'logs', 'accounting', '--json').stdout) as Accounting;
  expect(first.sources.map((s) => [s.state, s.error?.code])).toEqual([
    ['waiting', 'sync.refused'],
    ['waiting', 'sync.refused'],
  ]);
  // another process looks again: it is away since the first one found out
  const since = first.sources.map((s) => s.waitsSince ?? 0);
  expect(Math.min(...since)).toBeGreaterThan(began);
  const second = JSON.parse(toride('en', 'logs', 'accounting', '--json').stdout) as Accounting;
  expect(second.sources.map((s) => s.waitsSince)).toEqual(since);
  await own.resume();
  expect(toride('en', 'logs', 'accounting').stdout).toMatch(
    /system_logs {2}following .*\nwms_event_log {2}following /,
  );
});
