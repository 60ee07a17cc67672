import { csvOf } from '../../api/contract/csv.ts';
import { dateTimeIn } from '../../kernel/clock.ts';
import type { StoredLine } from './search-lines.ts';

export type ExportFormat = 'text' | 'csv' | 'json';
export type ExportFile = { readonly name: string; readonly mime: string; readonly text: string };

const ENDING = { lf: '\n', crlf: '\r\n', none: '' } as const;

/** Lines as a file: `text` as they were read, `csv` safe to open in a spreadsheet, `json` one object a line. */
export function exportLines(
  lines: readonly StoredLine[],
  format: ExportFormat,
  o: { readonly now: number; readonly zone: string; readonly resolve: (template: number) => number },
): ExportFile {
  const name = `logs-${dateTimeIn(o.now, o.zone)
    .replace(/[^0-9]+/g, '')
    .slice(0, 14)}`;
  if (format === 'text') {
    // a file's last line may have no end; another line follows here
    const text = lines
      .map((line, i) => line.text + (ENDING[line.ending] || (i < lines.length - 1 ? '\n' : '')))
      .join('');
    return { name: `${name}.log`, mime: 'text/plain;charset=utf-8', text };
  }
  const rows = lines.map((line) => ({
    id: line.id,
    at: new Date(line.at).toISOString(),
    atGuessed: line.atGuessed,
    sourceId: line.sourceId,
    service: line.service,
    level: line.level,
    host: line.host,
    template: o.resolve(line.template),
    text: line.text,
    attributes: line.attributes,
  }));
  if (format === 'json')
    return {
      name: `${name}.json`,
      mime: 'application/json',
      text: `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
    };
  const header = ['time', 'service', 'level', 'host', 'template', 'text', 'attributes', 'source', 'id'];
  const cells = rows.map((row, i) => {
    const time = dateTimeIn(lines[i]?.at ?? 0, o.zone);
    return [
      time,
      row.service,
      row.level,
      row.host,
      row.template,
      row.text,
      row.attributes,
      row.sourceId,
      row.id,
    ];
  });
  return { name: `${name}.csv`, mime: 'text/csv;charset=utf-8', text: csvOf([header, ...cells]) };
}
