// A folder read once: dropped on the page and arriving in pieces, or read where it lies.
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openLogs, storedRecords } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

const text = (who: string, lines: number): string =>
  Array.from(
    { length: lines },
    (_, i) => `2026-08-01 00:00:${String(i).padStart(2, '0')} INFO ${who} job ${i} done\n`,
  ).join('');

const opened = async (o: Parameters<typeof openLogs>[1] = {}) => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  return { dir, data, ...(await openLogs(data, { zone: () => 'UTC', ...o })) };
};

test('a dropped folder is one source, files of one name and all, and its copy is gone once it is read', async () => {
  const { data, store, logs } = await opened();
  const files = [
    ['夜間/app.log', text('root', 20)],
    ['夜間/web/app.log', text('web', 30)],
    ['夜間/web/a:b.log', text('odd', 5)],
    ['夜間/web/a_b.log', text('odd', 6)],
    ['夜間/../../escape.log', text('out', 7)],
  ] as const;
  let last: Awaited<ReturnType<typeof logs.upload>> | null = null;
  for (const [i, [place, content]] of files.entries())
    last = await logs.upload({
      uploadId: 'upload-folder',
      name: '夜間',
      place,
      offset: 0,
      data: Buffer.from(content).toString('base64'),
      done: i === files.length - 1,
    });
  const id = last?.source?.id ?? '';
  expect(last?.source).toMatchObject({ kind: 'import', name: '夜間' });
  expect(readdirSync(data)).not.toContain('escape.log');
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({ state: 'done', lines: 68, templated: 68 });
  expect(storedRecords(store, data, id)).toHaveLength(68);
  expect(readdirSync(path.join(data, 'imports'))).toEqual([]);
});

test('lines without a service are of the dropped file, by its own name', async () => {
  const { logs } = await opened();
  const { source } = await logs.upload({
    uploadId: 'upload-single',
    name: 'batch.log',
    offset: 0,
    data: Buffer.from('something happened at last\n').toString('base64'),
    done: true,
  });
  await logs.settle();
  const { lines } = await logs.lines({ filter: { sources: [source?.id ?? ''] } });
  expect(lines.map((line) => line.service)).toEqual(['batch.log']);
});

test('a folder read where it lies is left alone; what is no log in it is passed over, a bad archive is named', async () => {
  const { dir, logs, data } = await opened();
  const folder = path.join(dir, 'logs');
  mkdirSync(path.join(folder, 'web', 'deep'), { recursive: true });
  writeFileSync(path.join(folder, 'app.log'), text('root', 20));
  writeFileSync(path.join(folder, 'web', 'deep', 'part.log'), text('deep', 10));
  writeFileSync(path.join(folder, 'logo.png'), Buffer.from([0x89, 0x50, 0, 0, 1]));
  writeFileSync(path.join(folder, '.hidden.log'), text('hidden', 3));
  const { id } = await logs.addSource({ kind: 'import', path: folder });
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({ state: 'done', lines: 30 });
  expect(existsSync(path.join(folder, 'app.log'))).toBe(true);
  // again: only what is new is read
  writeFileSync(path.join(folder, 'web', 'more.log'), text('more', 4));
  await logs.addSource({ kind: 'import', path: folder });
  await logs.settle();
  expect(logs.sources().find((s) => s.id === id)).toMatchObject({ state: 'done', lines: 34 });
  writeFileSync(path.join(folder, 'bad.zip'), Buffer.from('PK\u0003\u0004 no archive'));
  await logs.addSource({ kind: 'import', path: folder });
  await logs.settle();
  const { state, error, lines } = logs.sources().find((s) => s.id === id) ?? {};
  expect([state, error?.code, lines]).toEqual(['waiting', 'logs.unreadable', 34]);
  expect(String(error?.params['file'])).toContain('bad.zip');
  expect(existsSync(path.join(data, 'imports'))).toBe(false);
});

test('what a page began to send and never ended is gone after a day', async () => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const part = path.join(data, 'imports', 'upload-0009');
  mkdirSync(part, { recursive: true });
  writeFileSync(path.join(part, 'app.log'), 'half');
  const old = Date.now() / 1000 - 90_000;
  utimesSync(part, old, old);
  mkdirSync(path.join(data, 'imports', 'upload-0010'));
  const { close } = await openLogs(data, { zone: () => 'UTC' });
  expect(readdirSync(path.join(data, 'imports'))).toEqual(['upload-0010']);
  await close();
});
