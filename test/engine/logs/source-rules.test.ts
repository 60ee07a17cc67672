// What a person sets for a source is kept and read at every start: nothing is kept that could not be read again.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { GivenRules } from '../../../main/logs/door.ts';
import { openLogs } from '../../helpers/open-logs.ts';
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
