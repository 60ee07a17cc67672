import { readCsv } from '../api/contract/csv.ts';
import { AppError } from '../kernel/errors.ts';
import { SERIES } from './forecast-series.ts';

/** A series as it was read; null: no value there. `id`: its column's heading or the first cell of its row, '' without. */
export type RawSeries = { readonly id: string; readonly values: readonly (number | null)[] };

/** More columns than these hold one series a row, as M4's files do. */
const MOST_COLUMNS = 20;
const EMPTY = /^(|-|na|n\/a|nan|null|none|\?)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const cellsOf = (line: string, separator: string): string[] =>
  (readCsv(line, separator)[0] ?? []).map((text) => text.normalize('NFKC').trim());
const numberOf = (text: string): number | null => {
  const plain = text.replaceAll(/,(?=\d{3}(\D|$))/g, '');
  const value = NUMBER.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : null;
};
type Row = { readonly line: number; readonly cells: readonly string[] };
const valueIn = ({ line, cells }: Row, column: number): number | null => {
  const text = cells[column] ?? '';
  if (EMPTY.test(text)) return null;
  const value = numberOf(text);
  if (value === null) throw new AppError('forecast.not-a-number', { line, value: text.slice(0, 40) });
  return value;
};
const isValue = (text: string): boolean => EMPTY.test(text) || numberOf(text) !== null;

/** Epoch ms of a cell that reads as a date; a bare number is none. */
const instantIn = (text: string): number | null => {
  if (!/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(text)) return null;
  const at = Date.parse(text.replace(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})/, '$1-$2-$3'));
  return Number.isNaN(at) ? null : at;
};
/** Rows by the time in their first cell; where the usual step is left out, a row without values stands in. */
function inTime(rows: readonly Row[]): Row[] {
  const timed = rows.flatMap((row) => {
    const at = instantIn(row.cells[0] ?? '');
    return at === null ? [] : [{ row, at }];
  });
  if (timed.length < rows.length) return [...rows];
  timed.sort((a, b) => a.at - b.at);
  const steps = timed.slice(1).map(({ at }, i) => at - (timed[i]?.at ?? at));
  const step = steps.filter((s) => s > 0).sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  return timed.flatMap(({ row }, i) => {
    const missed = i > 0 && step > 0 ? Math.round((steps[i - 1] ?? 0) / step) - 1 : 0;
    // a break longer than all there is makes no series; the values around it stand side by side
    const gaps = missed > 0 && missed <= timed.length ? missed : 0;
    return [...Array.from({ length: gaps }, (): Row => ({ line: row.line, cells: [] })), row];
  });
}

/** Is the first column only a place in time: dates, names, or whole numbers that count up? */
function hasIndex(rows: readonly Row[], header: Row | undefined): boolean {
  const first = rows.map(({ cells }) => cells[0] ?? '');
  if (first.some((text) => !isValue(text))) return true;
  if (/^(t|ds|id|no\.?|index|date|time|timestamp|step|日付|日時|時刻|番号)$/i.test(header?.cells[0] ?? ''))
    return true;
  return first.every((text, i) => i === 0 || Number(text) === Number(first[i - 1]) + 1);
}

/**
 * The series of a CSV file: one value a line; `timestamp,value`, with more columns as more series; or one series a row (`wide`, also
 * taken for granted with more than 20 columns or a single row). A header is optional. Throws `forecast.not-a-number`.
 */
export function readSeries(text: string, { wide = false }: { wide?: boolean } = {}): RawSeries[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const sample = lines.find((line) => line.trim() !== '') ?? '';
  const separator = ['\t', ';', ','].find((s) => sample.includes(s)) ?? ',';
  const rows = lines.flatMap((line, i): Row[] =>
    line.trim() === '' ? [] : [{ line: i + 1, cells: cellsOf(line, separator) }],
  );
  const columns = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const [head] = rows;
  if (!head) return [];
  const isHead =
    rows.length > 1 && head.cells.slice(columns > 1 ? 1 : 0).every((cell) => cell === '' || !isValue(cell));
  const header = isHead ? head : undefined;
  const body = isHead ? rows.slice(1) : rows;
  if (wide || columns > MOST_COLUMNS || (body.length === 1 && columns > 2))
    return body.map((row) => {
      const isNamed = !isValue(row.cells[0] ?? '') || EMPTY.test(row.cells[0] ?? '');
      const last = row.cells.findLastIndex((cell) => cell !== '');
      const values = row.cells
        .slice(isNamed ? 1 : 0, last + 1)
        .map((_, i) => valueIn(row, i + (isNamed ? 1 : 0)));
      return { id: isNamed ? (row.cells[0] ?? '') : `${row.line}`, values };
    });
  const from = columns > 1 && hasIndex(body, header) ? 1 : 0;
  const ordered = from === 1 ? inTime(body) : body;
  return Array.from({ length: Math.max(1, columns) - from }, (_, k) => ({
    id: header?.cells[from + k] || (columns - from > 1 ? `${k + 1}` : ''),
    values: ordered.map((row) => valueIn(row, from + k)),
  }));
}

/**
 * The series without holes: one is filled by the mean of its neighbours a (the shortest usable) season away, else on the line between the
 * values around it. Holes at the ends are cut off. Throws `forecast.too-short`, `forecast.holes` (more than half).
 */
export function fillHoles(
  { id, values }: RawSeries,
  seasons: readonly number[],
): { values: number[]; filled: number } {
  const known = values.filter((v) => v !== null).length;
  if (known < SERIES.least)
    throw new AppError('forecast.too-short', { series: id, n: known, least: SERIES.least });
  const cut = values.slice(
    values.findIndex((v) => v !== null),
    values.findLastIndex((v) => v !== null) + 1,
  );
  const holes = cut.length - known;
  if (holes > cut.length / 2) throw new AppError('forecast.holes', { series: id, n: holes, of: cut.length });
  const season = Math.min(...seasons.filter((m) => m > 1 && 2 * m <= cut.length));
  let before = 0;
  let after = 0;
  return {
    filled: holes,
    values: cut.map((value, i): number => {
      if (value !== null) {
        before = i;
        return value;
      }
      const near = [cut[i - season], cut[i + season]].filter((v): v is number => typeof v === 'number');
      if (near.length > 0) return near.reduce((a, b) => a + b / near.length, 0);
      if (after < i) after = cut.findIndex((v, j) => j > i && v !== null);
      const [low, high] = [cut[before] ?? 0, cut[after] ?? 0];
      return low + (high - low) * ((i - before) / (after - before));
    }),
  };
}
