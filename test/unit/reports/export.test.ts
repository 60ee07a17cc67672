import { describe, expect, it } from 'vitest';
import type { Report } from '../../../main/reports/contract/reports.ts';
import { exportReport } from '../../../main/reports/export-report.ts';
import { pairScore, scoreOf, sweep } from '../../../main/reports/measure.ts';

const ZONE = 'Asia/Tokyo';
const AT = Date.UTC(2026, 0, 12, 6, 5);
const report: Report = {
  id: 'nightly-2026-01-12',
  kind: 'nightly',
  date: '2026-01-12',
  madeAt: AT,
  trigger: 'demand',
  headline: { ja: '納期遅れ 1件', en: '1 deadline missed' },
  sections: [
    {
      key: 'incidents',
      title: { ja: '障害', en: 'Incidents' },
      words: [{ ja: 'DB が止まりました。', en: 'The database stopped.' }],
      tables: [
        {
          title: { ja: '障害', en: 'Incidents' },
          query: 'reports.incidents',
          slots: {},
          columns: [
            { key: 'from', label: { ja: '始まり', en: 'From' }, kind: 'instant' },
            { key: 'titleJa', label: { ja: '内容', en: 'What' }, kind: 'text' },
            { key: 'titleEn', label: { ja: '内容', en: 'What' }, kind: 'text' },
            { key: 'n', label: { ja: '件数', en: 'Count' }, kind: 'number' },
          ],
          rows: [{ from: AT, titleJa: '=cmd|calc', titleEn: 'a | b, "c"', n: 1234 }],
          total: 3,
          asOf: AT,
        },
      ],
      charts: [],
    },
  ],
};

describe('a report as a file', () => {
  it('is Markdown in one language, with a table cell that cannot break the table', () => {
    const { name, text } = exportReport(report, 'markdown', 'en', ZONE);
    expect(name).toBe('toride-nightly-2026-01-12.md');
    expect(text).toContain('# 1 deadline missed');
    expect(text).toContain('| From | What | Count |');
    expect(text).toContain('| 12 Jan, 15:05 | a \\| b, "c" | 1,234 |');
    expect(text).toContain('and 2 more');
    expect(text).not.toContain('障害');
  });
  it('is CSV that no spreadsheet runs as a formula, times in the site’s zone', () => {
    const { text } = exportReport(report, 'csv', 'ja', ZONE);
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text).toContain("2026-01-12 15:05:00,'=cmd|calc,1234");
  });
  it('is JSON that holds the whole report', () => {
    const { text } = exportReport(report, 'json', 'ja', ZONE);
    expect((JSON.parse(text) as { report: Report }).report).toEqual(report);
  });
});

describe('what a threshold is worth', () => {
  it('counts precision, recall and F1 at each threshold', () => {
    const cases = [
      { score: 0.9, positive: true },
      { score: 0.8, positive: false },
      { score: 0.3, positive: true },
    ];
    expect(sweep(cases, [0.2, 0.85])).toEqual([
      { threshold: 0.2, precision: 2 / 3, recall: 1, f1: 0.8 },
      { threshold: 0.85, precision: 1, recall: 0.5, f1: 2 / 3 },
    ]);
    expect(scoreOf(0, 0, 0)).toEqual({ precision: 1, recall: 1, f1: 1 });
  });
  it('counts pairs put together rightly; what stands alone is in no pair', () => {
    const items = [
      { kind: 'a', group: 1 },
      { kind: 'a', group: 1 },
      { kind: 'a', group: null },
      { kind: 'b', group: 1 },
    ];
    expect(pairScore(items)).toMatchObject({ precision: 1 / 3, recall: 1 / 3 });
  });
});
