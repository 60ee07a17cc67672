// A company's log table from the command line, as an administrator sets a site up.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { localClient } from '../../main/api/index.ts';
import { startEngine } from '../../main/engine.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { toride as run } from '../helpers/command-line.ts';
import { WMS, wms } from '../helpers/logs/log-tables.ts';
import { MariaDbClient } from '../helpers/sync/mariadb.ts';
import { sameNames, smallCompany } from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));
const data = mkdtempSync(path.join(os.tmpdir(), 'toride-cli-tables-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

test('tables are listed, tried out, added with what differs from the suggestion, and their lines add up', async () => {
  const db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(5) });
  await server.sql([WMS, wms(0, 25), 'CREATE TABLE keyless_log (logged_at DATETIME, message TEXT)'], db);
  const url = server.url(db, await server.reader(db));
  const toride = (...args: string[]) => run(['--data', data, '--url', url, 'logs', ...args]);
  const tables = toride('tables', '--json').json<
    { table: string; problem: string | null; usedAs: string | null }[]
  >();
  const first = tables.slice(0, 2).map((t) => [t.table, t.problem]);
  expect(first.sort()).toEqual([
    ['keyless_log', 'no-key'],
    ['wms_event_log', null],
  ]);
  expect(tables.find((t) => t.table === 'system_logs')?.usedAs).toBe('system_logs');
  const preview = toride('add-table', 'wms_event_log', '--level', '-', '--preview', '--json');
  expect(preview.json()).toMatchObject({
    format: 'plain',
    lines: Array(25).fill({ level: null }),
    refused: [],
  });
  const added = toride(
    'add-table',
    'wms_event_log',
    '--name',
    '倉庫管理',
    '--others',
    '倉庫',
    '--all',
    '--json',
  );
  expect(added.json()).toMatchObject({
    kind: 'table',
    name: '倉庫管理',
    table: { key: ['id'], level: '重要度', others: ['倉庫'], since: null },
  });
  expect(toride('accounting').stdout).toContain('倉庫管理  following  行 25 = 定型文あり 25 + 未処理 0');
  const twice = toride('add-table', 'wms_event_log');
  expect(twice.status).toBe(64);
  expect(twice.stderr).toContain('すでに「倉庫管理」として取り込んでいます');
  // what comes with the sync already is not read a second time
  expect(toride('add-table', 'system_logs').stderr).toContain('すでに「system_logs」として取り込んでいます');
  const engine = await startEngine({ dataDir: data, schedule: false });
  const client = localClient({ services: engine.services, host: 'cli' });
  const mapping = sameNames();
  const twofold = { table: 'wms_event_log', columns: {} };
  await expect(
    client.company.saveMapping({
      mapping: { ...mapping, tables: { ...mapping.tables, system_logs: twofold } },
    }),
  ).rejects.toMatchObject({ data: { code: 'logs.table-known', params: { name: '倉庫管理' } } });
  await engine.close();
  const keyless = toride('add-table', 'keyless_log');
  expect(keyless.status).toBe(65);
  expect(keyless.stderr).toContain('主キーの追加を依頼');
  expect(toride('add-table', 'wms_event_log', '--key', 'id,,').status).toBe(64);
});
