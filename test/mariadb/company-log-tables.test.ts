// Further log tables of the company's: any number, of any shape, each line once.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { wordError } from '../../main/kernel/errors.ts';
import type { LogTable } from '../../main/logs/contract/tables.ts';
import { sql } from '../../main/store/index.ts';
import {
  OCR,
  ocr,
  suggested,
  type TableSite,
  tableSite,
  textsOf,
  WMS,
  wms,
} from '../helpers/logs/log-tables.ts';
import { MariaDbClient } from '../helpers/sync/mariadb.ts';

const server = new MariaDbClient(inject('mariadb'));

async function company(...statements: string[]): Promise<{ db: string; url: string }> {
  const db = await server.database();
  await server.sql(statements, db);
  return { db, url: server.url(db, await server.reader(db)) };
}

async function openTables(...given: Parameters<typeof tableSite>): Promise<TableSite> {
  const site = await tableSite(...given);
  onTestFinished(site.close);
  return site;
}

test('two tables of different shapes come in beside each other: columns where there are some, the message’s own words where not', async () => {
  const { url } = await company(
    WMS,
    wms(0, 120),
    OCR,
    ocr(0, 70),
    'CREATE TABLE 商品 (商品ID INT PRIMARY KEY, 商品名 VARCHAR(50))',
  );
  const { logs } = await openTables(url);
  const tables = await logs.tables();
  expect(
    tables
      .map((t) => t.table)
      .slice(0, 2)
      .sort(),
  ).toEqual(['ocr_trace', 'wms_event_log']);
  expect(await suggested(logs, 'wms_event_log')).toEqual({
    table: 'wms_event_log',
    key: ['id'],
    cursor: '発生日時',
    time: '発生日時',
    message: '本文',
    level: '重要度',
    service: null,
    host: 'サーバー名',
    trace: '追跡ID',
    others: [],
    since: null,
  });
  const first = await logs.addTable({
    table: { ...(await suggested(logs, 'wms_event_log')), others: ['倉庫'] },
    rules: { name: '倉庫管理', service: 'wms' },
  });
  const second = await logs.addTable({
    table: await suggested(logs, 'ocr_trace'),
    rules: { name: 'OCR' },
  });
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 190, templated: 190, unparsed: 0, addsUp: true });
  expect(logs.sources().map(({ name, lines, kind }) => [name, kind, lines])).toEqual([
    ['system_logs', 'company', 0],
    ['倉庫管理', 'table', 120],
    ['OCR', 'table', 70],
  ]);
  const [one] = (await logs.lines({ filter: { sources: [first.id], text: '"棚 10 の引当"' } })).lines;
  expect(one).toMatchObject({
    service: 'wms',
    level: 'error',
    host: 'wms-00',
    text: '棚 10 の引当を行いました',
  });
  expect(JSON.parse(one?.attributes ?? '')).toEqual({ trace: 't-10', 倉庫: '札幌' });
  const [other] = (await logs.lines({ filter: { sources: [second.id], text: '"page 14 of"' } })).lines;
  expect(other).toMatchObject({
    level: 'error',
    service: 'ocr.Reader',
    text: '2026-11-22 10:00:00,120 - ocr.Reader - ERROR - page 14 of lot 104 read',
  });
  expect(JSON.parse(other?.attributes ?? '')).toEqual({ tray: 2 });
  expect(logs.sources().find((s) => s.id === second.id)?.usedFormats).toEqual([
    { format: 'python-logging', files: 1 },
  ]);
  // one template each, and the level is no part of it
  const templates = logs.templates.list().templates.map((t) => t.text);
  expect(templates).toContain('棚 <*> の引当を行いました');
});

test('rows committed late and rows of a later look come in once each, rows dated ahead hide nothing', async () => {
  const { db, url } = await company(WMS, wms(0, 100, 5), OCR, ocr(0, 50));
  const { logs } = await openTables(url, { batchRecords: 16 });
  const a = await logs.addTable({ table: await suggested(logs, 'wms_event_log') });
  const b = await logs.addTable({ table: await suggested(logs, 'ocr_trace') });
  await logs.settle();
  await server.sql(
    [
      "INSERT INTO wms_event_log (発生日時, 本文) VALUES ('2099-01-01 00:00:00', '時計が進んだ端末')",
      wms(100, 130, 9),
      "INSERT INTO ocr_trace VALUES ('OCR-b', 'x', NOW() - INTERVAL 45 MINUTE, 'INFO [ocr.Reader] page late of lot 1 read', NULL)",
    ],
    db,
  );
  await logs.settle();
  await server.sql([wms(130, 140, 0), ocr(50, 53)], db);
  for (let i = 0; i < 3; i++) await logs.settle();
  const texts = await textsOf(logs, a.id);
  expect(texts).toHaveLength(141);
  expect(new Set(texts).size).toBe(141);
  const lines = await textsOf(logs, b.id);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines).toHaveLength(54);
  expect(logs.accounting().addsUp).toBe(true);
});

test('a table without a time follows its number: late commits by the overlap, emptied and begun anew from its first row', async () => {
  const make =
    'CREATE TABLE batch_log (no INT AUTO_INCREMENT PRIMARY KEY, job VARCHAR(20), msg VARCHAR(200))';
  const { db, url } = await company(
    make,
    "INSERT INTO batch_log (no, job, msg) SELECT seq, 'nightly', CONCAT('[WARN] job ', seq, ' ended with 0') FROM seq_1_to_300",
  );
  const { logs } = await openTables(url, { batchRecords: 64 });
  const table = await suggested(logs, 'batch_log');
  expect(table).toMatchObject({ key: ['no'], cursor: 'no', time: null, message: 'msg' });
  const { id } = await logs.addTable({ table: { ...table, service: 'job' } });
  await logs.settle();
  // 301 was given out before 302 and is committed after it
  await server.sql("INSERT INTO batch_log VALUES (302, 'nightly', 'job 302 ended with 0')", db);
  await logs.settle();
  await server.sql("INSERT INTO batch_log VALUES (301, 'nightly', 'job 301 ended with 0')", db);
  await logs.settle();
  expect(await textsOf(logs, id)).toHaveLength(302);
  expect((await logs.lines({ filter: { sources: [id] }, limit: 1 })).lines[0]).toMatchObject({
    service: 'nightly',
    level: null,
    atGuessed: true,
  });
  const [old] = (await logs.lines({ filter: { sources: [id], text: '"job 7 "' } })).lines;
  expect(old).toMatchObject({ level: 'warn', text: '[WARN] job 7 ended with 0' });
  await server.sql(
    [
      'TRUNCATE batch_log',
      "INSERT INTO batch_log (job, msg) VALUES ('nightly', 'job 1 of the new table'), ('nightly', 'job 2 of the new table')",
    ],
    db,
  );
  await logs.settle();
  await logs.settle();
  const texts = await textsOf(logs, id);
  expect(texts.slice(-2)).toEqual(['job 1 of the new table', 'job 2 of the new table']);
  expect(texts).toHaveLength(304);
});

test('bad rows are dead letters with their reason; mended in the table, they are lines when read again', async () => {
  const { db, url } = await company(
    'CREATE TABLE app_log (id INT PRIMARY KEY, logged_at VARCHAR(30), level VARCHAR(10), message BLOB)',
    "INSERT INTO app_log VALUES (1, '2026-11-21 10:00:00', 'INFO', 'fine 1'), (2, '21 Nov', 'INFO', 'no time of ours'), (3, '2026-11-21 10:00:01', 'INFO', NULL), (4, '2026/11/21 10:00:02', '区分外', 'fine 4'), (5, '2026-11-21 10:00:03', 'INFO', 0x8365835883)",
  );
  const { logs } = await openTables(url);
  const { id } = await logs.addTable({
    table: { ...(await suggested(logs, 'app_log')), cursor: 'id', message: 'message' },
  });
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 5, templated: 2, unparsed: 3, addsUp: true });
  const letters = logs.deadLetters({ sourceId: id }).items;
  expect(letters.map((l) => l.reason).sort()).toEqual(['no-message', 'no-time', 'undecodable']);
  expect(letters.find((l) => l.reason === 'no-time')?.text).toContain('"logged_at":"21 Nov"');
  // a word that names no level stays with the line
  const [odd] = (await logs.lines({ filter: { sources: [id], text: '"fine 4"' } })).lines;
  expect(JSON.parse(odd?.attributes ?? '')).toEqual({ level: '区分外' });
  await server.sql("UPDATE app_log SET logged_at = '2026-11-21 10:00:04' WHERE id = 2", db);
  await server.sql('DELETE FROM app_log WHERE id = 3', db);
  expect(await logs.replay(id)).toEqual({ replayed: 3, fixed: 1 });
  expect(logs.accounting()).toMatchObject({ lines: 5, templated: 3, unparsed: 2, addsUp: true });
  // the encoding of a column of bytes is a rule of the source
  await server.sql('UPDATE app_log SET message = 0x8365835883678352 WHERE id = 5', db);
  await logs.updateSource(id, { encoding: 'shift_jis' });
  expect(await logs.replay(id)).toMatchObject({ fixed: 1 });
  expect(await textsOf(logs, id)).toContain('テストコ'.slice(0, 4));
});

test('while refused rows are asked for again of a company that is slow to answer, other sources are read', async () => {
  const { db, url } = await company(
    'CREATE TABLE app_log (id INT PRIMARY KEY, logged_at VARCHAR(30), message TEXT)',
    "INSERT INTO app_log VALUES (1, '21 Nov', 'no time of ours'), (2, '22 Nov', 'nor here')",
  );
  const { logs, dir } = await openTables(url);
  const { id } = await logs.addTable({ table: { ...(await suggested(logs, 'app_log')), cursor: 'id' } });
  const file = path.join(dir, 'sjis.log');
  writeFileSync(file, Buffer.from('83658358836783520a', 'hex'));
  const misread = await logs.ingest({ file, rules: { encoding: 'utf-8' } });
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 3, unparsed: 3 });
  await server.sql("UPDATE app_log SET logged_at = '2026-11-21 10:00:04' WHERE id = 1", db);
  const release = await server.hold('LOCK TABLES app_log WRITE', db);
  let isOver = false;
  const replayed = logs.replay(id).finally(() => {
    isOver = true;
  });
  const beside = path.join(dir, 'beside.log');
  writeFileSync(beside, '2026-11-21 09:00:00 INFO one\n2026-11-21 09:00:01 INFO two\n');
  expect(await logs.ingest({ file: beside })).toMatchObject({ lines: 2 });
  expect(isOver).toBe(false);
  await release();
  expect(await replayed).toEqual({ replayed: 2, fixed: 1 });
  // a table out of reach does not keep a file's lines from it
  await server.sql('RENAME TABLE app_log TO other_log', db);
  await logs.updateSource(misread.id, { encoding: 'shift_jis' });
  await expect(logs.replay()).rejects.toMatchObject({ code: 'logs.table-gone' });
  expect(logs.accounting()).toMatchObject({ lines: 5, templated: 4, unparsed: 1, addsUp: true });
});

test('a table whose rows cannot be told apart or put in order is refused, each with its own words and what to do', async () => {
  const { url } = await company(
    'CREATE TABLE keyless_log (logged_at DATETIME, message TEXT, UNIQUE KEY (logged_at))',
    'CREATE TABLE uuid_log (id CHAR(36) PRIMARY KEY, message TEXT)',
    'CREATE TABLE prefix_log (id VARCHAR(200) NOT NULL, logged_at DATETIME, message TEXT, UNIQUE KEY (id(20)))',
  );
  const { logs } = await openTables(url);
  const problems = Object.fromEntries((await logs.tables()).map((t) => [t.table, t.problem]));
  expect(problems).toEqual({ keyless_log: 'no-key', uuid_log: 'no-order', prefix_log: 'no-key' });
  const table: LogTable = {
    table: 'uuid_log',
    key: ['id'],
    cursor: 'id',
    time: null,
    message: 'message',
    level: null,
    service: null,
    host: null,
    trace: null,
    others: [],
    since: null,
  };
  const refusal = (given: Partial<LogTable>): Promise<unknown> =>
    logs.addTable({ table: { ...table, ...given } }).then(
      () => null,
      (error: unknown) => error,
    );
  const keyless = await refusal({
    table: 'keyless_log',
    key: ['logged_at'],
    cursor: 'logged_at',
    time: 'logged_at',
  });
  expect(keyless).toMatchObject({ code: 'logs.table-no-key', params: { table: 'keyless_log' } });
  expect(wordError(keyless as Parameters<typeof wordError>[0], 'ja').next).toContain('主キーの追加');
  expect(await refusal({ table: 'uuid_log' })).toMatchObject({ code: 'logs.table-no-order' });
  expect(await refusal({ table: 'nothing_there' })).toMatchObject({ code: 'logs.table-gone' });
  expect(await refusal({ table: "x`; DROP TABLE uuid_log; -- '" })).toMatchObject({
    code: 'logs.table-gone',
  });
  expect(await refusal({ table: 'uuid_log', message: 'x` FROM uuid_log; -- ' })).toMatchObject({
    code: 'logs.table-column',
  });
  expect(logs.sources().map((s) => s.kind)).toEqual([]);
  expect(await logs.tables()).toHaveLength(3);
});

test('a column dropped, a table renamed away: the source says which and waits, the others go on, and it goes on when all is back', async () => {
  const { db, url } = await company(WMS, wms(0, 20), OCR, ocr(0, 20));
  const { logs } = await openTables(url, { everySeconds: 10 });
  const a = await logs.addTable({ table: { ...(await suggested(logs, 'wms_event_log')), level: '重要度' } });
  const b = await logs.addTable({ table: await suggested(logs, 'ocr_trace') });
  await logs.settle();
  const stateOf = (id: string) => logs.sources().find((s) => s.id === id);
  await server.sql(['ALTER TABLE wms_event_log DROP COLUMN 重要度', ocr(20, 30)], db);
  await logs.settle();
  expect(stateOf(a.id)).toMatchObject({
    state: 'waiting',
    error: { code: 'logs.table-column', params: { table: 'wms_event_log', column: '重要度' } },
  });
  expect(stateOf(a.id)?.nextTryAt).toBeGreaterThan(Date.now() - 1000);
  expect(stateOf(b.id)).toMatchObject({ lines: 30, error: null });
  const { table } = stateOf(a.id) ?? {};
  await logs.updateSource(a.id, table ? { table: { ...table, level: null } } : {});
  await server.sql(
    "INSERT INTO wms_event_log (発生日時, 本文) VALUES (NOW() + INTERVAL 9 HOUR, '列がなくても読めます')",
    db,
  );
  await logs.settle();
  expect(stateOf(a.id)).toMatchObject({ lines: 21, error: null });
  // the reach of a source that is read cannot be changed under it
  await expect(
    logs.updateSource(a.id, table ? { table: { ...table, level: null, cursor: 'id' } } : {}),
  ).rejects.toMatchObject({ code: 'logs.table-fixed' });

  await server.sql('RENAME TABLE ocr_trace TO ocr_trace_old', db);
  await logs.settle();
  expect(stateOf(b.id)).toMatchObject({
    state: 'waiting',
    error: { code: 'logs.table-gone', params: { table: 'ocr_trace' } },
  });
  await server.sql(['RENAME TABLE ocr_trace_old TO ocr_trace', ocr(30, 35)], db);
  await logs.retrySource(b.id);
  await logs.settle();
  expect(stateOf(b.id)).toMatchObject({ lines: 35, error: null });
  expect(logs.accounting().addsUp).toBe(true);
});

test('added twice at once, a table is one source', async () => {
  const { url } = await company(WMS, wms(0, 3));
  const { logs } = await openTables(url);
  const table = await suggested(logs, 'wms_event_log');
  const both = await Promise.allSettled([logs.addTable({ table }), logs.addTable({ table })]);
  expect(both).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'logs.table-known' } },
  ]);
  expect(logs.sources().filter(({ kind }) => kind === 'table')).toHaveLength(1);
});

test('followed, new rows come by themselves at the interval of the sync; removed, nothing of it stays', async () => {
  const { db, url } = await company(WMS, wms(0, 10, 1));
  const { logs, store } = await openTables(url, { everySeconds: 0.2 as number });
  onTestFinished(logs.start());
  const { id } = await logs.addTable({ table: await suggested(logs, 'wms_event_log') });
  const lines = (): number | undefined => logs.sources().find((s) => s.id === id)?.lines;
  await expect.poll(lines).toBe(10);
  await server.sql(wms(10, 15, 0), db);
  await expect.poll(lines).toBe(15);
  await expect(logs.addTable({ table: await suggested(logs, 'wms_event_log') })).rejects.toMatchObject({
    code: 'logs.table-known',
  });
  expect(store.read.all(sql`SELECT 1 FROM log_table_keys`)).toHaveLength(15);
  await logs.removeSource(id);
  expect(store.read.all(sql`SELECT 1 FROM log_table_keys`)).toEqual([]);
  expect(logs.accounting()).toMatchObject({ lines: 0, addsUp: true });
});

test('killed twenty times while rows are written: every row is a line, once', async () => {
  const { db, url } = await company(WMS, wms(0, 1500, 20));
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-tables-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  let written = 1500;
  for (let kill = 0; kill < 20; kill++) {
    const job = JSON.stringify({ dir, url, table: 'wms_event_log' });
    const child = fork(path.join(import.meta.dirname, '../helpers/logs/table-child.ts'), [job]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.once('message', resolve));
    await server.sql(wms(written, written + 40, kill % 2 ? 3 : 0), db);
    written += 40;
    await new Promise((resolve) => setTimeout(resolve, (kill * 37) % 400));
    child.kill('SIGKILL');
    await ended;
  }
  const { logs } = await openTables(url, { dir });
  await logs.settle();
  await logs.settle();
  const id = logs.sources().find((s) => s.kind === 'table')?.id ?? '';
  const texts = await textsOf(logs, id);
  expect(new Set(texts).size).toBe(written);
  expect(texts).toHaveLength(written);
  expect(logs.accounting()).toMatchObject({ lines: written, addsUp: true });
});

test('with the server away the source waits and tries again, longer each time; a file beside it is read on', async () => {
  const { db, url } = await company(WMS, wms(0, 10));
  const { logs, dir, sync } = await openTables(url, { everySeconds: 10 });
  const { id } = await logs.addTable({ table: await suggested(logs, 'wms_event_log') });
  await logs.settle();
  const { connection } = sync.view();
  if (!connection) throw new Error('not connected');
  await sync.save({ ...connection, port: 1 }, undefined, 'memory');
  writeFileSync(path.join(dir, 'beside.log'), '2026-11-21 09:00:00 INFO one\n2026-11-21 09:00:01 INFO two\n');
  await logs.ingest({ file: path.join(dir, 'beside.log') });
  await logs.settle();
  const away = logs.sources().find((s) => s.id === id);
  expect(away).toMatchObject({ state: 'waiting', error: { code: 'sync.refused' }, lines: 10 });
  expect(away?.nextTryAt).toBeGreaterThan(Date.now());
  expect(logs.accounting()).toMatchObject({ lines: 12, addsUp: true });
  await sync.save(connection, undefined, 'memory');
  await logs.retrySource(id);
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({
    state: 'following',
    error: null,
    lines: 10,
  });
  // another database with a table of this name is not read on as if it were this one
  const other = await company(WMS, wms(0, 10, 2));
  const { user, password } = await server.account([`SELECT ON \`${db}\`.*`, `SELECT ON \`${other.db}\`.*`]);
  await sync.save({ ...connection, user, database: other.db }, password, 'memory');
  await logs.retrySource(id);
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({
    error: { code: 'logs.table-other-place', params: { table: 'wms_event_log' } },
    lines: 10,
  });
  // the same rows under another name of the server are
  await server.sql(wms(10, 12, 0), db);
  await sync.save({ ...connection, user, host: 'localhost' }, password, 'memory');
  await logs.retrySource(id);
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({ error: null, lines: 12 });
});
