import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sql } from '../../../main/store/index.ts';
import { openLogs, storedBytes } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

test('any bytes: every line is under a template or a dead letter, and all of them come back', async () => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const { logs, store } = await openLogs(data, { batchRecords: 7 });
  const piece = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        ' ',
        '\tat a.B.c(B.java:1)',
        '2026-11-21 14:03:05 INFO x: ',
        '名前',
      ),
    },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  );
  const bytes = fc
    .array(
      fc.oneof(
        piece.map((s) => Buffer.from(s)),
        fc.uint8Array({ maxLength: 6 }).map((b) => Buffer.from(b)),
      ),
      { maxLength: 40 },
    )
    .map((parts) => Buffer.concat(parts));
  let n = 0;
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const file = path.join(dir, `f${n++}.log`);
      writeFileSync(file, content);
      const { id, lines, templated, unparsed } = await logs.ingest({ file, rules: { encoding: 'utf-8' } });
      const ends = content.filter((b) => b === 10).length;
      const expected = ends + (content.length > 0 && content.at(-1) !== 10 ? 1 : 0);
      expect({ lines, sum: templated + unparsed }).toEqual({ lines: expected, sum: expected });
      const kept = storedBytes(store, data, id);
      // a dead letter is kept without its `\r` and end
      const plain = (b: Buffer): string =>
        b
          .toString('latin1')
          .replace(/\r+\n/g, '\n')
          .replace(/\r*\n?$/, '');
      expect(plain(kept)).toBe(plain(content));
    }),
    { numRuns: 40 },
  );
  expect(logs.accounting().addsUp).toBe(true);
});

test('a line of a gigabyte is put aside, and the memory does not grow with it', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'long.log');
  const fd = openSync(file, 'w');
  writeSync(fd, 'first\n');
  // a gigabyte of zeros that takes no room on the disk
  const end = 1_000_000_000;
  ftruncateSync(fd, end);
  writeSync(fd, '\nlast\n', end);
  closeSync(fd);
  const { logs } = await openLogs(path.join(dir, 'data'));
  const before = process.memoryUsage().rss;
  const source = await logs.ingest({ file });
  const grown = process.memoryUsage().rss - before;
  expect(source).toMatchObject({ lines: 3, templated: 2, unparsed: 1 });
  expect(logs.deadLetters({}).items).toMatchObject([{ reason: 'too-long', bytes: end - 6 + 1 }]);
  expect(grown).toBeLessThan(400_000_000);
});

test('binary and undecodable lines wait as dead letters; with the right encoding they are read', async () => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const file = path.join(dir, 'a.log');
  // 2026/11/21 09:00:00 [ERROR] 接続エラー, in Shift_JIS, after a Japanese line in UTF-8
  const sjis = Buffer.concat([
    Buffer.from('2026/11/21 09:00:00 [ERROR] '),
    Buffer.from('90da91b183478389815b', 'hex'),
  ]);
  writeFileSync(
    file,
    Buffer.concat([
      Buffer.from('2026/11/21 09:00:00 [INFO] 開始\n'),
      sjis,
      Buffer.from('\n\0\x01binary\n2026/11/21 09:00:01 [INFO] end\n'),
    ]),
  );
  const { logs, store } = await openLogs(data);
  const { id } = await logs.ingest({ file });
  expect(logs.deadLetters({}).items.map((d) => d.reason)).toEqual(['binary', 'undecodable']);
  expect(logs.deadLetters({}).items[0]?.text).toBe('␀␁binary');
  // what could not be read takes room as well
  const blocks = store.read.get<{ bytes: number }>(
    sql`SELECT sum(bytes + octet_length(meta)) AS bytes FROM log_blocks`,
  );
  const { storedBytes: stored, sources } = logs.accounting();
  expect(stored - (blocks?.bytes ?? 0)).toBe(sjis.length + '\0\x01binary'.length);
  expect(sources.find((s) => s.id === id)?.storedBytes).toBe(stored);
  expect(await logs.replay()).toEqual({ replayed: 2, fixed: 0 });
  await logs.updateSource(id, { encoding: 'shift_jis' });
  expect(await logs.replay(id)).toEqual({ replayed: 2, fixed: 1 });
  expect(logs.accounting()).toMatchObject({ lines: 4, templated: 3, unparsed: 1, addsUp: true });
  const { lines } = await logs.lines({ filter: { text: '接続エラー' } });
  expect(lines).toMatchObject([{ text: '2026/11/21 09:00:00 [ERROR] 接続エラー', level: 'error' }]);
  expect(storedBytes(store, data, id).includes(sjis)).toBe(true);
});

const ENCODED: readonly (readonly [string, Buffer])[] = [
  [
    'shift_jis',
    Buffer.from(
      '2026/11/21 09:00:00 [ERROR] \x90\xda\x91\xb1\x83G\x83\x89\x81[\n2026/11/21 09:00:01 [INFO] \x83g\x83\x89\n',
      'latin1',
    ),
  ],
  [
    'euc-jp',
    Buffer.from(
      '2026/11/21 09:00:00 [ERROR] \xc0\xdc\xc2\xb3\xa5\xa8\xa5\xe9\xa1\xbc\n2026/11/21 09:00:01 [INFO] \xa5\xc8\xa5\xe9\n',
      'latin1',
    ),
  ],
  [
    'utf-16le',
    Buffer.from(
      '\ufeff2026/11/21 09:00:00 [ERROR] 接続エラー\r\n2026/11/21 09:00:01 [INFO] 終わり\r\n',
      'utf16le',
    ),
  ],
  ['windows-1252', Buffer.from('2026/11/21 09:00:00 [ERROR] caf\xe9 ferm\xe9\n', 'latin1')],
];
test.for(ENCODED)('%s is recognised and kept byte for byte', async ([encoding, bytes]) => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const file = path.join(dir, 'a.log');
  writeFileSync(file, bytes);
  const { logs, store } = await openLogs(data);
  const source = await logs.ingest({ file });
  expect(source).toMatchObject({ usedEncodings: [encoding], unparsed: 0 });
  expect(storedBytes(store, data, source.id).equals(bytes)).toBe(true);
});
