import type { Table } from '../../main/api/contract/common.ts';
import { csvOf } from '../../main/api/contract/csv.ts';
import { columnsIn } from '../../main/api/contract/format.ts';
import type { Format } from '../use-format.ts';

type Value = string | number | null | undefined;
/** As a person reads it, for the screen. */
export function writeValue(value: Value, kind: Table['columns'][number]['kind'], format: Format): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (kind === 'percent') return format.percent(value);
  if (kind === 'instant') return format.dateTime(value);
  if (kind === 'date') return format.date(value);
  return kind === 'number' ? format.number(value, Number.isInteger(value) ? 0 : 1) : String(value);
}

/** A value of a table of measures: days short, a change with its sign; `digits` where they are known. */
export function writeMeasured(
  value: Value,
  { key, kind }: Table['columns'][number],
  format: Format,
  digits?: number,
): string {
  const text =
    kind === 'date' && typeof value === 'string'
      ? shortDay(value, format)
      : kind === 'number' && typeof value === 'number' && digits !== undefined
        ? format.number(value, digits)
        : writeValue(value, kind, format);
  return key.endsWith(':change') && typeof value === 'number' && value > 0 ? `+${text}` : text;
}
const shortDay = (date: string, format: Format): string => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at)
    ? date
    : new Intl.DateTimeFormat(format.lang === 'ja' ? 'ja-JP' : 'en-GB', {
        timeZone: 'UTC',
        month: format.lang === 'ja' ? 'numeric' : 'short',
        day: 'numeric',
        weekday: 'short',
      }).format(at);
};

const plain = (value: Value, kind: Table['columns'][number]['kind'], zone: string): string => {
  if (value === null || value === undefined) return '';
  if (kind !== 'instant' || typeof value !== 'number') return String(value);
  // sv-SE writes ISO order, which every spreadsheet reads as a date
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    value,
  );
};
/** As `csvOf` writes it: names of columns, then the rows; instants as every spreadsheet reads a date. */
export const toCsv = (table: Pick<Table, 'columns' | 'rows'>, format: Format): string => {
  const columns = columnsIn(table.columns, format.lang);
  return csvOf([
    columns.map((c) => format.pick(c.label)),
    ...table.rows.map((row) => columns.map((c) => plain(row[c.key], c.kind, format.zone))),
  ]);
};
/** `札幌の進捗_20261121.csv`; the date in the site's zone */
export function fileName(title: string, at: number, zone: string, extension: string): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
    .format(at)
    .replaceAll('-', '');
  return `${title.replace(/[\\/:*?"<>|\s]+/g, '_')}_${day}.${extension}`;
}
/** Hands a text to the person as a file. */
export const saveText = (name: string, text: string, mime = 'text/plain'): void =>
  saveBlob(name, new Blob([text], { type: `${mime};charset=utf-8` }));
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
