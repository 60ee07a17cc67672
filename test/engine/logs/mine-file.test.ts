import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mineFile } from '../../../main/logs/index.ts';
import { readCsv } from '../../helpers/logs/grouping.ts';
import { zipOf } from '../../helpers/logs/zip.ts';
import { tempDir } from '../../helpers/temp.ts';

const LOG = [
  '2026-11-21 14:03:05,120 INFO [main] com.example.Main: job 1 started',
  '',
  '2026-11-21 14:03:06,120 ERROR [main] com.example.Main: job 1 failed',
  'java.io.IOException: disk full',
  '\tat com.example.Main.run(Main.java:14)',
  '2026-11-21 14:03:07,120 INFO [main] com.example.Main: job 2 started',
  'console says hello',
].join('\r\n');

test('every raw line has its row: traces follow their head, empty lines have no template, the sums agree', async () => {
  const dir = tempDir();
  const [file, csv] = [path.join(dir, 'a.log'), path.join(dir, 'out.csv')];
  writeFileSync(file, LOG);
  const report = await mineFile({ file, csv });
  expect(report).toMatchObject({
    format: 'general',
    lines: 7,
    templated: 6,
    unparsed: 1,
    continued: 2,
    withoutTime: 1,
  });
  expect(readCsv(csv)).toEqual([
    { LineId: '1', cluster: '1', template: 'job <*> started' },
    { LineId: '2', cluster: '', template: '' },
    { LineId: '3', cluster: '2', template: 'job <*> failed' },
    { LineId: '4', cluster: '2', template: 'job <*> failed' },
    { LineId: '5', cluster: '2', template: 'job <*> failed' },
    { LineId: '6', cluster: '1', template: 'job <*> started' },
    { LineId: '7', cluster: '3', template: 'console says hello' },
  ]);
});

test('frames of a trace follow the line before them also where no line has a header', async () => {
  const [file, csv] = [path.join(tempDir(), 'a.log'), path.join(tempDir(), 'out.csv')];
  writeFileSync(
    file,
    [
      'saving failed for lot 7',
      '\tat com.acme.Foo.bar(Foo.java:7)',
      'Caused by: disk full',
      'saved lot 8',
      '  note',
    ].join('\n'),
  );
  expect(await mineFile({ file, csv })).toMatchObject({ format: 'plain', lines: 5, continued: 2 });
  const clusters = readCsv(csv).map((row) => row['cluster']);
  expect(new Set(clusters.slice(0, 3)).size).toBe(1);
  expect(new Set(clusters.slice(2)).size).toBe(3);
});

test('a gzipped file and a Shift_JIS file read the same as the plain one', async () => {
  const dir = tempDir();
  const plain = path.join(dir, 'a.log');
  const packed = path.join(dir, 'a.log.gz');
  writeFileSync(plain, LOG);
  writeFileSync(packed, gzipSync(LOG));
  expect(await mineFile({ file: packed })).toEqual(await mineFile({ file: plain }));
  const sjis = path.join(dir, 's.log');
  // 2026/11/21 09:00:00 [ERROR] 接続エラー
  writeFileSync(
    sjis,
    Buffer.concat([Buffer.from('2026/11/21 09:00:00 [ERROR] '), Buffer.from('90da91b183478389815b', 'hex')]),
  );
  const { templates } = await mineFile({ file: sjis });
  expect(templates[0]?.parts.map((p) => (p.kind === 'parameter' ? '' : p.text)).join('')).toBe('接続エラー');
});

test('bytes of any kind, an empty file: accounted for', async () => {
  const file = path.join(tempDir(), 'b.bin');
  const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31 + i * 7) % 256));
  writeFileSync(file, bytes);
  const report = await mineFile({ file });
  expect(report.lines).toBe(report.templated + report.unparsed);
  expect(report.templates.reduce((sum, t) => sum + t.lines, 0) + report.continued).toBe(report.templated);
  writeFileSync(file, '');
  expect(await mineFile({ file })).toMatchObject({ format: 'plain', lines: 0, templated: 0, unparsed: 0 });
});

test('what cannot be read or written says so', async () => {
  const zip = path.join(tempDir(), 'logs.zip');
  writeFileSync(zip, zipOf([{ name: 'a.log', text: LOG }]));
  await expect(mineFile({ file: zip })).rejects.toThrow('logs.archive');
  const dir = tempDir();
  const file = path.join(dir, 'a.log');
  await expect(mineFile({ file })).rejects.toMatchObject({ code: 'logs.unreadable' });
  writeFileSync(file, gzipSync(LOG).subarray(0, 60));
  await expect(mineFile({ file })).rejects.toMatchObject({ code: 'logs.unreadable' });
  writeFileSync(file, LOG);
  await expect(mineFile({ file, format: 'nonsense' })).rejects.toMatchObject({ code: 'logs.unknown-format' });
  await expect(mineFile({ file, csv: path.join(dir, 'no', 'out.csv') })).rejects.toMatchObject({
    code: 'logs.unwritable',
  });
  expect(readFileSync(file, 'utf8')).toBe(LOG);
});
