// What a person sets for a source is kept and read at every start: nothing is kept that could not be read again.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { GivenRules } from '../../../main/logs/types.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

test('rules that make no sense are refused in words, and leave the source and all others as they were', async () => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const file = path.join(dir, 'app.log');
  writeFileSync(file, '2026-11-21 14:03:05 INFO saved\n');
  const open = await openLogs(data);
  const before = await open.logs.ingest({ file });
  // as a door hands it on that does not check what it was given
  const klingon = JSON.parse('{"encoding":"klingon"}') as GivenRules;
  for (const [rules, detail] of [
    [klingon, /^encoding: /],
    [{ timeZone: 'Mars/Olympus' }, /^timeZone: Mars\/Olympus$/],
    [{ skewMs: Number.NaN }, /^skewMs: /],
    [{ name: '  ' }, /^name: /],
  ] as const) {
    const refused = { code: 'input.invalid', params: { detail: expect.stringMatching(detail) } };
    await expect(open.logs.ingest({ file, rules })).rejects.toMatchObject(refused);
    await expect(open.logs.updateSource(before.id, rules)).rejects.toMatchObject(refused);
    await expect(open.logs.preview({ path: file, rules })).rejects.toMatchObject(refused);
    const other = path.join(dir, 'other.log');
    writeFileSync(other, 'x\n');
    await expect(open.logs.addSource({ kind: 'file', path: other, rules })).rejects.toMatchObject(refused);
  }
  await open.close();
  const { logs } = await openLogs(data);
  expect(logs.sources().filter((s) => s.kind !== 'company')).toEqual([before]);
  await logs.settle();
  expect(logs.accounting()).toMatchObject({ lines: 1, addsUp: true });
});

test('a file with a name as long as names may be is read under its beginning', async () => {
  const dir = tempDir();
  const file = path.join(dir, `${'x'.repeat(240)}.log`);
  writeFileSync(file, 'one\n');
  const { logs } = await openLogs(path.join(dir, 'data'));
  expect(await logs.ingest({ file })).toMatchObject({ name: 'x'.repeat(200), lines: 1 });
});

test('a folder given as a file, a file given as a folder, and a folder without logs are told in words', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'app.log');
  const empty = path.join(dir, 'empty');
  mkdirSync(empty);
  const { logs } = await openLogs(path.join(dir, 'data'));
  await expect(logs.preview({ path: empty })).rejects.toMatchObject({ code: 'logs.empty-folder' });
  writeFileSync(file, '2026-11-21 14:03:05 INFO saved\n');
  await expect(logs.addSource({ kind: 'file', path: dir })).rejects.toMatchObject({
    code: 'logs.is-folder',
    params: { file: dir },
  });
  await expect(logs.addSource({ kind: 'folder', path: file })).rejects.toMatchObject({
    code: 'logs.is-file',
    params: { file },
  });
  // what is still to be written there is followed
  await expect(logs.addSource({ kind: 'folder', path: empty })).resolves.toMatchObject({ kind: 'folder' });
});

test('a folder of several formats names each with how many files are of it; one that is chosen is of all of them', async () => {
  const dir = tempDir();
  const folder = path.join(dir, 'logs');
  mkdirSync(folder);
  const put = (name: string, line: (i: number) => string): void =>
    writeFileSync(path.join(folder, name), `${Array.from({ length: 20 }, (_, i) => line(i)).join('\n')}\n`);
  const access = (i: number): string =>
    `10.0.0.${i} - - [21/Nov/2026:10:00:${10 + i} +0900] "GET /a/${i} HTTP/1.1" 200 ${i}12 "-" "curl/8.0"`;
  const json = (i: number): string =>
    JSON.stringify({ time: `2026-11-21T10:00:${10 + i}+09:00`, level: 'info', message: `order ${i} taken` });
  for (const n of [1, 2, 3]) put(`access-${n}.log`, access);
  for (const n of [1, 2]) put(`app-${n}.json`, json);
  put('zuletzt.log', (i) => `2026-11-21 10:00:${10 + i} INFO saved ${i}`);
  writeFileSync(path.join(folder, 'empty.log'), '');
  const { logs } = await openLogs(path.join(dir, 'data'));
  const { id } = await logs.addSource({ kind: 'folder', path: folder });
  await logs.settle();
  const source = () => logs.sources().find((s) => s.id === id);
  expect(source()).toMatchObject({
    lines: 120,
    formatRate: 1,
    usedEncodings: ['utf-8'],
    usedFormats: [{ format: 'general', files: 6 }],
  });
  await logs.updateSource(id, { format: 'cef' });
  expect(source()?.usedFormats).toEqual([{ format: 'cef', files: 6 }]);
  await logs.updateSource(id, { format: null });
  expect(source()?.usedFormats[0]).toEqual({ format: 'general', files: 6 });
});
