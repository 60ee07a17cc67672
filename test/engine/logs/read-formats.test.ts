// What a site's files are read as, through the door: records of several lines, columns, packed files, and what their times are worth.
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

test('a table with a header: its columns are fields to search by, a cell of several lines is one record', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'alarms.csv');
  writeFileSync(
    file,
    [
      '日時,レベル,設備,メッセージ,担当',
      '2026/11/23 13:01:05,エラー,PRESS-03,"油圧低下',
      '弁を確認",佐藤',
      '2026/11/23 13:02:00,情報,PRESS-03,運転再開,森',
      '',
    ].join('\n'),
  );
  const { logs } = await openLogs(path.join(dir, 'data'));
  const source = await logs.ingest({ file });
  expect(source).toMatchObject({
    lines: 4,
    times: { read: 2, unread: 1, guessed: 0, ambiguous: 0, future: 0 },
  });
  const { lines } = await logs.lines({
    filter: { fields: [{ key: '担当', value: '佐藤', not: false }] },
    limit: 10,
  });
  expect(lines.map(({ level, service, text }) => ({ level, service, text }))).toEqual([
    {
      level: 'error',
      service: 'PRESS-03',
      text: '2026/11/23 13:01:05,エラー,PRESS-03,"油圧低下\n弁を確認",佐藤',
    },
  ]);
});

test('a file packed by zstd is read like any other, and not twice', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'app.log.zst');
  writeFileSync(
    file,
    zstdCompressSync(Buffer.from('2026-11-21 14:03:05 INFO saved\n2026-11-21 14:03:06 ERROR lost\n')),
  );
  const { logs } = await openLogs(path.join(dir, 'data'));
  expect(await logs.preview({ path: file })).toMatchObject({
    lines: [{ level: 'info' }, { level: 'error' }],
  });
  expect(await logs.ingest({ file })).toMatchObject({ lines: 2 });
  expect(await logs.ingest({ file })).toMatchObject({ lines: 2 });
});

test('times that were not read, guessed or in doubt are counted, in the preview and of the source', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'doubt.log');
  writeFileSync(
    file,
    [
      '03/04/2026 10:00:00 INFO saved',
      '10:00:05 INFO saved',
      'words only',
      '2026-03-04T10:00:00Z INFO saved',
      '',
    ].join('\n'),
  );
  const { logs } = await openLogs(path.join(dir, 'data'));
  const times = { read: 1, unread: 1, guessed: 1, ambiguous: 1, future: 0 };
  expect(await logs.preview({ path: file })).toMatchObject({ times });
  expect(await logs.ingest({ file })).toMatchObject({ times });
});
