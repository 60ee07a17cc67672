import type { Table } from '../api/contract/common.ts';
import { csvOf, fileNameOf } from '../api/contract/csv.ts';
import {
  columnsIn,
  formatDateTime,
  formatNumber,
  formatPercent,
  listedRows,
} from '../api/contract/format.ts';
import { dateTimeIn } from '../kernel/clock.ts';
import type { Lang } from '../kernel/errors.ts';
import type { Report, ReportSection } from './contract/reports.ts';

export type ReportFile = { readonly name: string; readonly mime: string; readonly text: string };
type Column = Table['columns'][number];
type Value = Table['rows'][number][string];

const labelOf = (column: Column, lang: Lang): string => column.label[lang];
const shown = (value: Value | undefined, column: Column, lang: Lang, zone: string): string => {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'string') return value;
  if (column.kind === 'instant') return formatDateTime(value, zone, lang);
  if (column.kind === 'percent') return formatPercent(value, lang);
  return formatNumber(value, lang, Number.isInteger(value) ? 0 : 3);
};
const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');

const markdownTable = (kind: Report['kind'], table: Table, lang: Lang, zone: string): string[] => {
  const columns = columnsIn(table.columns, lang);
  const right = (c: Column): boolean => c.kind === 'number' || c.kind === 'percent';
  const rows = listedRows(kind, table.rows);
  const more = table.total - rows.length;
  return [
    `**${escaped(table.title[lang])}**`,
    '',
    `| ${columns.map((c) => escaped(labelOf(c, lang))).join(' | ')} |`,
    `| ${columns.map((c) => (right(c) ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((row) => `| ${columns.map((c) => escaped(shown(row[c.key], c, lang, zone))).join(' | ')} |`),
    ...(more > 0
      ? ['', lang === 'ja' ? `ほか ${formatNumber(more, lang)}件` : `and ${formatNumber(more, lang)} more`]
      : []),
    '',
  ];
};
const markdownChart = (chart: ReportSection['charts'][number], lang: Lang, zone: string): string[] => {
  const keys = [...new Set(chart.series.flatMap((s) => s.points.map(([x]) => x)))];
  const x = (value: number | string): string =>
    typeof value === 'string'
      ? value
      : chart.x === 'instant'
        ? formatDateTime(value, zone, lang)
        : formatNumber(value, lang, 3);
  return [
    `**${escaped(chart.title[lang])}** (${chart.unit[lang]})`,
    '',
    `|  | ${chart.series.map((s) => escaped(s.name[lang])).join(' | ')} |`,
    `| --- | ${chart.series.map(() => '---:').join(' | ')} |`,
    ...keys.map((key) => {
      const cells = chart.series.map((s) => {
        const y = s.points.find(([at]) => at === key)?.[1];
        return y === undefined ? '' : formatNumber(y, lang, Number.isInteger(y) ? 0 : 3);
      });
      return `| ${escaped(x(key))} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
};

/** The whole report as one file in one language; times in `zone`. */
export function exportReport(
  report: Report,
  format: 'markdown' | 'csv' | 'json',
  lang: Lang,
  zone: string,
): ReportFile {
  const name = fileNameOf(`toride-${report.kind}-${report.date}`);
  if (format === 'json')
    return {
      name: `${name}.json`,
      mime: 'application/json',
      text: `${JSON.stringify({ format: 'toride-report', version: 1, report }, null, 2)}\n`,
    };
  if (format === 'csv') {
    const rows: (string | number | null)[][] = [];
    for (const { title, tables } of report.sections)
      for (const table of tables) {
        const columns = columnsIn(table.columns, lang);
        rows.push(
          [title[lang], table.title[lang]],
          columns.map((c) => labelOf(c, lang)),
        );
        for (const row of table.rows)
          rows.push(
            columns.map((c) => {
              const value = row[c.key] ?? null;
              return typeof value === 'number' && c.kind === 'instant' ? dateTimeIn(value, zone) : value;
            }),
          );
        rows.push([]);
      }
    return { name: `${name}.csv`, mime: 'text/csv', text: csvOf(rows) };
  }
  const parts = [`# ${escaped(report.headline[lang])}`, ''];
  for (const section of report.sections) {
    parts.push(`## ${escaped(section.title[lang])}`, '');
    if (section.words.length) parts.push(...section.words.map((w) => `- ${escaped(w[lang])}`), '');
    for (const table of section.tables) parts.push(...markdownTable(report.kind, table, lang, zone));
    // what a sweep draws is in its table
    for (const chart of section.charts.filter((c) => c.x !== 'number'))
      parts.push(...markdownChart(chart, lang, zone));
  }
  const made = formatDateTime(report.madeAt, zone, lang);
  parts.push(lang === 'ja' ? `作成: ${made}` : `Made: ${made}`);
  return { name: `${name}.md`, mime: 'text/markdown', text: `${parts.join('\n')}\n` };
}
