import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../main/logs/read/detect-format.ts';
import { LineReader } from '../../../main/logs/read/line-reader.ts';

const read = (lines: readonly string[]): (string | undefined)[][] => {
  const { format, plan } = detectFormat(lines);
  const reader = new LineReader(format, plan);
  return lines.map((line) => {
    const record = reader.read(line);
    return record === null || record === 'joins' ? [] : [record.level, record.service, record.content];
  });
};

describe('the layout of heads', () => {
  it('is learned from what lines have in common, whatever stands in it', () => {
    expect(
      read([
        '[2026-11-24T09:15:02+09:00] [odi] [NOTIFICATION] [ODI-1111] [site.agent] [tid: 12] started',
        '[2026-11-24T09:15:40+09:00] [odi] [WARNING] [ODI-1424] [site.agent] [tid: 13] no physical agent',
        '[2026-11-24T09:16:20+09:00] [odi] [ERROR] [ODI-1217] [site.runtime] [tid: 14] [12] failed',
      ]),
    ).toEqual([
      ['info', 'site.agent', 'started'],
      ['warn', 'site.agent', 'no physical agent'],
      ['error', 'site.runtime', '[12] failed'],
    ]);
  });
  it('leaves a line of another look to itself', () => {
    const lines = Array.from(
      { length: 20 },
      (_, i) => `2026-11-24 09:15:${10 + i} P0${i % 3}   INFO: step ${i} done`,
    );
    const other = '2026-11-24 09:16:00 ERROR disk is full';
    expect(read([...lines, other]).at(-1)).toEqual(['error', undefined, 'disk is full']);
  });
  it('takes numbers that rise with trouble for levels by what most lines have', () => {
    const line = (level: number, text: string): string =>
      JSON.stringify({ time: '2026-11-24T09:15:02+09:00', level, app: 'files', message: text });
    expect(read([line(1, 'scanned'), line(1, 'scanned'), line(3, 'lost'), line(2, 'slow')])).toEqual([
      ['info', 'files', 'scanned'],
      ['info', 'files', 'scanned'],
      ['error', 'files', 'lost'],
      ['warn', 'files', 'slow'],
    ]);
  });
});
