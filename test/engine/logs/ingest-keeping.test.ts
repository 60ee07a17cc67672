import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { run, sql } from '../../../main/store/index.ts';
import { openLogs, storedRecords, textOf } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

const DAY = 86_400_000;
/** Less than the reading thread sleeps when nothing is to be read: it is woken by what is asked of it, whatever it just does. */
const ASKED_AT_REST = 30_000;
const at = (day: number, i: number): string =>
  new Date(Date.UTC(2026, 7, 1) + day * DAY + i * 1000).toISOString().replace('T', ' ').slice(0, 19);
const day = (n: number, lines: number): string =>
  Array.from({ length: lines }, (_, i) => `${at(n, i)} INFO job ${i} of user u${i % 3} done\n`).join('');

const opened = async (o: Parameters<typeof openLogs>[1] = {}) => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const file = path.join(dir, 'app.log');
  return { dir, data, file, ...(await openLogs(data, { zone: () => 'UTC', ...o })) };
};

test('the same file gives the same templates and records in batches of any size, with or without a restart', async () => {
  const content = `${day(0, 300)}\tat a.B.c(B.java:1)\n\n${day(1, 200)}`;
  const seen: unknown[] = [];
  for (const batchRecords of [3, 50, 16_384]) {
    const chunkBytes = batchRecords * 40;
    const { data, file, logs, store, close } = await opened({ batchRecords, chunkBytes });
    writeFileSync(file, content);
    const { id } = await logs.addSource({ kind: 'file', path: file });
    if (batchRecords === 50) {
      writeFileSync(file, content.slice(0, 9000));
      await logs.settle();
      await close();
      writeFileSync(file, content);
      const again = await openLogs(data, { zone: () => 'UTC', batchRecords, chunkBytes });
      await again.logs.settle();
      seen.push(summary(again.store, data, id));
    } else {
      await logs.settle();
      seen.push(summary(store, data, id));
    }
  }
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});
const summary = (store: Parameters<typeof storedRecords>[0], data: string, id: string): unknown => ({
  text: textOf(storedRecords(store, data, id)),
  templates: store.read.all(sql`SELECT template_id, parts FROM log_templates ORDER BY template_id`),
  counts: store.read.all(sql`SELECT template_id, level, lines FROM log_template_counts ORDER BY 1, 2`),
});

test('days older than the time to live go, and the sum still holds; a log that was just added stays', async () => {
  const clock = new ManualClock(Date.UTC(2026, 7, 1, 23));
  const { dir, file, logs, store } = await opened({ clock });
  writeFileSync(file, day(0, 100) + day(1, 50));
  await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  clock.advance(90 * DAY + 7_200_000);
  const old = path.join(dir, 'old.log');
  writeFileSync(old, day(0, 10));
  await logs.ingest({ file: old });
  await logs.expire();
  expect(logs.accounting()).toMatchObject({
    lines: 160,
    templated: 160,
    storedTemplated: 60,
    expired: 100,
    addsUp: true,
  });
  clock.advance(91 * DAY);
  await logs.expire();
  expect(logs.accounting()).toMatchObject({ lines: 160, storedTemplated: 0, expired: 160, addsUp: true });
  expect(store.read.all(sql`SELECT 1 FROM log_blocks`)).toEqual([]);
  expect(store.read.all(sql`SELECT 1 FROM log_hours`)).toEqual([]);
});

test(
  'quiet days share a tail and blocks, and are dropped to the day',
  async () => {
    const clock = new ManualClock(Date.UTC(2026, 7, 11, 12));
    const { data, file, logs, store } = await opened({ clock, batchRecords: 120 });
    const days = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => day(from + i, 5)).join('');
    writeFileSync(file, days(0, 10));
    const { id } = await logs.addSource({ kind: 'file', path: file });
    await logs.settle();
    const files = (): number => readdirSync(path.join(data, 'log-blocks')).length;
    clock.advance(60 * DAY);
    appendFileSync(file, days(10, 11));
    await logs.settle();
    appendFileSync(file, days(11, 70));
    await logs.settle();
    clock.advance(35 * DAY);
    await logs.expire();
    const stored = (): string => textOf(storedRecords(store, data, id));
    expect(stored()).toBe(days(15, 70));
    expect(logs.accounting()).toMatchObject({
      lines: 350,
      expired: 75,
      addsUp: true,
      oldestDay: '2026-08-16',
    });
    clock.advance(16 * DAY);
    await logs.expire();
    expect(stored()).toBe(days(31, 70));
    // one block of the young lines, and what was cut off it is gone
    expect(files()).toBe(1);
    expect(logs.accounting()).toMatchObject({ lines: 350, expired: 155, addsUp: true });
  },
  ASKED_AT_REST,
);

test('a source that is removed takes its lines with it, and the others keep theirs', async () => {
  const { data, dir, file, logs, store } = await opened({ batchRecords: 15, chunkBytes: 4000 });
  writeFileSync(file, day(0, 30) + day(1, 30));
  const other = path.join(dir, 'other.log');
  writeFileSync(other, day(0, 20));
  const { id } = await logs.ingest({ file });
  await logs.ingest({ file: other });
  await logs.removeSource(id);
  expect(readdirSync(path.join(data, 'log-blocks'))).toHaveLength(1);
  expect(logs.sources().map((s) => s.path)).toEqual([null, other]);
  expect(logs.accounting()).toMatchObject({ lines: 20, storedTemplated: 20, addsUp: true });
  expect(store.read.get(sql`SELECT sum(lines) AS n FROM log_template_counts`)).toEqual({ n: 20 });
});

test('paused, a source is left alone; resumed, it goes on', async () => {
  const { data, file, logs, store } = await opened();
  writeFileSync(file, day(0, 10));
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  expect(await logs.updateSource(id, { paused: true })).toMatchObject({ state: 'paused' });
  appendFileSync(file, day(1, 10));
  await logs.settle();
  expect(storedRecords(store, data, id)).toHaveLength(10);
  await logs.updateSource(id, { paused: false });
  await logs.settle();
  expect(storedRecords(store, data, id)).toHaveLength(20);
});

test('an uploaded file arrives in pieces, is read, and is gone', async () => {
  const { data, logs } = await opened();
  const bytes = Buffer.from(day(0, 40));
  const half = Math.floor(bytes.length / 2);
  const piece = (from: number, to: number, done: boolean) =>
    logs.upload({
      uploadId: 'upload-0001',
      name: '../会社 app.log',
      offset: from,
      data: bytes.subarray(from, to).toString('base64'),
      done,
    });
  expect(await piece(0, half, false)).toEqual({ received: half, source: null });
  // sent twice: it takes the place of the first
  await piece(0, half, false);
  await expect(piece(half + 5, bytes.length, true)).rejects.toMatchObject({ code: 'input.invalid' });
  const { source } = await piece(half, bytes.length, true);
  expect(source).toMatchObject({ kind: 'import', name: '../会社 app.log' });
  await logs.settle();
  expect(logs.sources().find((s) => s.id === source?.id)).toMatchObject({ state: 'done', lines: 40 });
  expect(readdirSync(path.join(data, 'imports'))).toEqual([]);
});

test('the company’s table: what comes in is taken once, cleared with the copy, and begun anew', async () => {
  const { logs, store } = await opened();
  const rows = (from: number, to: number) => ({
    text: 'INSERT INTO system_logs (log_id, logged_at, service, level, message, trace_id, host, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    rows: Array.from({ length: to - from }, (_, i) => [
      `L${from + i}`,
      Date.UTC(2026, 7, 1) + (from + i) * 1000,
      'web-entry',
      'ERROR',
      `保存に失敗しました 受付 ${from + i}`,
      `t${from + i}`,
      'ap-1',
      '{"code":5}',
    ]),
  });
  await store.write([rows(0, 100)]);
  await logs.settle();
  await store.write([rows(100, 130)]);
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 130, storedTemplated: 130, addsUp: true });
  const page = await logs.lines({ filter: { fields: [{ key: 'trace', value: 't7', not: false }] } });
  expect(page.lines).toMatchObject([
    { text: '保存に失敗しました 受付 7', level: 'error', service: 'web-entry', host: 'ap-1' },
  ]);
  await store.write([run(sql`DELETE FROM system_logs`), ...logs.forget('company'), rows(500, 510)]);
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 10, storedTemplated: 10, addsUp: true });
  expect((await logs.lines({ filter: {} })).lines).toHaveLength(10);
});

test('a disk that does not take it: the source waits and says so, then everything is there once', async () => {
  const { data, file, logs, store } = await opened({ batchRecords: 20, chunkBytes: 1000 });
  writeFileSync(file, day(0, 100));
  const { id } = await logs.addSource({ kind: 'file', path: file });
  await logs.settle();
  // no room for another byte: where the next block would stand is what cannot be written
  const folder = path.join(data, 'log-blocks');
  renameSync(folder, `${folder}-away`);
  symlinkSync('/dev/full', folder);
  appendFileSync(file, day(5, 60));
  const settled = logs.settle();
  await expect
    .poll(() => logs.sources().find((s) => s.id === id))
    .toMatchObject({
      state: 'waiting',
      error: { code: 'data.locked' },
    });
  expect(logs.accounting()).toMatchObject({ lines: 100, addsUp: true });
  rmSync(folder);
  renameSync(`${folder}-away`, folder);
  await logs.retrySource(id);
  await settled;
  expect(textOf(storedRecords(store, data, id))).toBe(day(0, 100) + day(5, 60));
  expect(logs.accounting()).toMatchObject({ lines: 160, addsUp: true });
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({ error: null });
});

test('a file that may not be read waits, and is tried again at once when asked', async () => {
  const { dir, logs } = await opened();
  const folder = path.join(dir, 'later');
  mkdirSync(folder);
  const file = path.join(folder, 'a.log');
  writeFileSync(file, day(0, 5));
  const { id } = await logs.addSource({ kind: 'file', path: file });
  rmSync(file);
  await logs.settle();
  const waiting = logs.sources().find((s) => s.id === id);
  expect(waiting).toMatchObject({ state: 'waiting', error: { code: 'logs.unreadable' }, lines: 0 });
  expect(waiting?.nextTryAt).toBeGreaterThan(0);
  writeFileSync(file, day(0, 5));
  chmodSync(file, 0o600);
  await logs.retrySource(id);
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({ error: null, lines: 5 });
});

test('lines that come one by one stay rows until there are enough for a block; blocks are as full as they get', async () => {
  const { data, file, logs, store } = await opened({ batchRecords: 60 });
  writeFileSync(file, '');
  const { id } = await logs.addSource({ kind: 'file', path: file });
  for (let i = 0; i < 20; i++) {
    appendFileSync(file, day(i, 10));
    await logs.settle();
  }
  const rows = store.read.all(sql`SELECT file IS NULL AS isTail, records FROM log_blocks ORDER BY first_id`);
  expect(rows).toEqual([
    ...Array.from({ length: 3 }, () => ({ isTail: 0, records: 60 })),
    { isTail: 1, records: 20 },
  ]);
  expect(textOf(storedRecords(store, data, id))).toBe(
    Array.from({ length: 20 }, (_, i) => day(i, 10)).join(''),
  );
  expect(logs.accounting()).toMatchObject({ lines: 200, addsUp: true });
});

test('the end of what is read once becomes a block too; one of few lines stays rows', async () => {
  const { dir, logs, store } = await opened();
  for (const [name, lines] of [
    ['long', 2000],
    ['short', 200],
  ] as const) {
    const file = path.join(dir, `${name}.log`);
    writeFileSync(file, day(0, lines));
    await logs.ingest({ file });
  }
  expect(
    store.read.all(sql`SELECT file IS NULL AS isTail, records FROM log_blocks ORDER BY first_id`),
  ).toEqual([
    { isTail: 0, records: 2000 },
    { isTail: 1, records: 200 },
  ]);
});

test('a person’s split moves stored lines and their counts', async () => {
  const { file, logs, store } = await opened({ batchRecords: 40, chunkBytes: 2000 });
  writeFileSync(
    file,
    Array.from(
      { length: 120 },
      (_, i) =>
        `${at(0, i)} INFO [batch] export for user ${['aya', 'ken', 'mio', 'rin'][i % 4]} took ${i} ms\n`,
    ).join(''),
  );
  await logs.ingest({ file });
  const [template] = logs.templates.list().templates;
  expect(template?.lines).toBe(120);
  const parameter = (template?.parts ?? [])
    .filter((p) => p.kind === 'parameter')
    .findIndex((_, i) => i === 0);
  const [rest, aya] = await logs.templates.split(template?.id ?? 0, parameter, ['aya'], 'manager');
  expect([rest?.lines, aya?.lines]).toEqual([90, 30]);
  expect(logs.accounting()).toMatchObject({ lines: 120, storedTemplated: 120, addsUp: true });
  const found = await logs.lines({ filter: { templates: [aya?.id ?? 0] }, limit: 100 });
  expect(found.lines.every((l) => l.text.includes('user aya'))).toBe(true);
  expect(found.lines).toHaveLength(30);
  // and the lines that come later
  appendFileSync(file, `${at(0, 500)} INFO [batch] export for user aya took 9 ms\n`);
  await logs.ingest({ file });
  expect(logs.templates.get(aya?.id ?? 0)?.lines).toBe(31);
  expect(store.read.get(sql`SELECT sum(lines) AS n FROM log_template_counts`)).toEqual({ n: 121 });
});

test('beside another process that reads, a file is left to that one', async () => {
  const { data, file, logs } = await opened();
  const stop = logs.start();
  await logs.settle();
  writeFileSync(file, day(0, 25));
  const second = await openLogs(data, { zone: () => 'UTC' });
  expect(await second.logs.ingest({ file })).toMatchObject({ lines: 25, state: 'done' });
  expect(logs.accounting()).toMatchObject({ lines: 25, addsUp: true });
  stop();
});
