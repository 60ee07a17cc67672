// A site's own format: tried on a file, kept in the data folder, used from then on, refused where it does not read its own samples.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OwnFormat } from '../../../main/logs/contract/formats.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

const PRESS = OwnFormat.parse({
  name: 'press-line',
  title: { ja: 'プレスライン', en: 'Press line' },
  patterns: ['^<(?<service>[^>]+)> (?<time>{stamp}) !(?<level>\\w+)! (?<content>.*)$'],
  words: { ALM: 'error', STS: 'info' },
  samples: [
    {
      line: '<PRESS-03> 2026/11/23 13:01:05 !ALM! 油圧低下',
      fields: { time: '2026/11/23 13:01:05', level: 'error', service: 'PRESS-03', content: '油圧低下' },
    },
  ],
});
const LINES = [
  '<PRESS-03> 2026/11/23 13:01:05 !ALM! 油圧低下',
  '<PRESS-03> 2026/11/23 13:01:40 !STS! 復帰',
  'words of another program',
  '',
].join('\n');

test('tried without being kept, then kept and used, also after a restart', async () => {
  const dir = tempDir();
  const data = path.join(dir, 'data');
  const file = path.join(dir, 'press.log');
  writeFileSync(file, LINES);
  const open = await openLogs(data);
  const trial = await open.logs.tryFormat({ format: PRESS, path: file });
  expect(trial).toMatchObject({
    records: 3,
    read: 2,
    preview: {
      lines: [
        { level: 'error', service: 'PRESS-03', content: '油圧低下' },
        { level: 'info' },
        { level: null },
      ],
    },
  });
  expect(open.logs.formats().some((f) => f.name === 'press-line')).toBe(false);
  await open.logs.addFormat(PRESS);
  expect(existsSync(path.join(data, 'formats', 'press-line.json'))).toBe(true);
  expect(open.logs.formats()[0]).toMatchObject({ name: 'press-line', isOwn: true });
  expect(await open.logs.ingest({ file })).toMatchObject({
    usedFormats: [{ format: 'press-line', files: 1 }],
  });
  await open.close();
  const again = await openLogs(data);
  const other = path.join(dir, 'other.log');
  writeFileSync(other, LINES);
  expect(await again.logs.ingest({ file: other, rules: { format: 'press-line' } })).toMatchObject({
    lines: 3,
  });
  await expect(again.logs.removeFormat('press-line')).rejects.toMatchObject({ code: 'logs.bad-format' });
});

test('a file with lines of two of a person’s formats is read by both', async () => {
  const dir = tempDir();
  const file = path.join(dir, 'line.log');
  const scale = OwnFormat.parse({
    name: 'scale',
    title: { ja: 'はかり', en: 'Scale' },
    patterns: ['^(?<service>SC\\d+)\\*(?<time>{stamp})\\*(?<level>\\w+)\\*(?<content>.*)$'],
    words: { NG: 'error', OK: 'info' },
    samples: [
      {
        line: 'SC1*2026/11/23 13:01:07*NG*計量できません',
        fields: { time: '2026/11/23 13:01:07', level: 'error', service: 'SC1', content: '計量できません' },
      },
    ],
  });
  const lines = Array.from({ length: 30 }, (_, i) => {
    const second = String(i + 10);
    if (i % 5 === 4) return `words of another program ${i}`;
    return i % 2
      ? `SC1*2026/11/23 13:01:${second}*NG*計量できません`
      : `<PRESS-03> 2026/11/23 13:01:${second} !ALM! 油圧低下`;
  });
  writeFileSync(file, lines.join('\n'));
  const { logs, close } = await openLogs(path.join(dir, 'data'));
  await logs.addFormat(PRESS);
  await logs.addFormat(scale);
  await logs.ingest({ file });
  const { lines: read } = await logs.lines({ filter: {}, limit: 100, order: 'oldest' });
  const of = (service: string) => read.filter((l) => l.service === service && l.level === 'error').length;
  expect([of('PRESS-03'), of('SC1'), read.length]).toEqual([12, 12, 30]);
  await close();
});

test('refused: a pattern that is none, samples that are read otherwise, a name that is taken', async () => {
  const { logs } = await openLogs(path.join(tempDir(), 'data'));
  for (const wrong of [
    { ...PRESS, patterns: ['('] },
    { ...PRESS, samples: [{ line: '<A> 2026/11/23 13:01:05 !ALM! x', fields: { content: 'y' } }] },
    { ...PRESS, name: 'syslog-5424' },
  ])
    await expect(logs.addFormat(wrong)).rejects.toMatchObject({ code: 'logs.bad-format' });
});
