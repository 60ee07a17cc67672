import type { Lang, Table } from '../../main/api/contract/common.ts';
import { columnsIn } from '../../main/api/contract/format.ts';
import { DIMENSIONS } from '../../main/measures/contract/measures.ts';

export type Column = Table['columns'][number];
export type Row = Table['rows'][number];
export type Write = (value: Row[string] | undefined, column: Column) => string;

const TIMES: readonly string[] = ['half-hour', 'hour', 'deadline', 'weekday', 'day'];
const CELL = ['location', 'business', 'process'];
/** `weekdayJa` is of `weekday` too */
const baseOf = ({ key }: Column): string => key.replace(/(Ja|En)$/, '');
const isDimension = (column: Column): boolean => DIMENSIONS.some((name) => name === baseOf(column));

/** A table of measures as a chart reads it: what is along, what is across, what is drawn. */
export type Shape = {
  /** names each row; without the dimension that is across */
  readonly along: readonly Column[];
  /** the time if there is one, else the last of several dimensions */
  readonly across: Column | null;
  readonly measures: readonly Column[];
  readonly comparedOf: (measure: Column) => Column | null;
};
export function shapeOf(table: Pick<Table, 'columns'>, lang: Lang): Shape {
  const columns = columnsIn(table.columns, lang);
  const dimensions = columns.filter(isDimension);
  const isCell = CELL.every((name) => dimensions.some((column) => column.key === name));
  const last = dimensions.at(-1);
  const across =
    dimensions.find((column) => TIMES.includes(baseOf(column))) ??
    (dimensions.length > 1 && last && !(isCell && CELL.includes(last.key)) ? last : null);
  return {
    along: dimensions.filter((column) => column !== across),
    across,
    measures: columns.filter((column) => !isDimension(column) && !column.key.includes(':')),
    comparedOf: ({ key }) => table.columns.find((column) => column.key === `${key}:compared`) ?? null,
  };
}

export const nameOf = (row: Row, columns: readonly Column[], write: Write): string =>
  columns.map((column) => write(row[column.key], column)).join(' ');
/** What a row is ordered by: times from early to late, all else as it is shown. */
export const orderOf = (row: Row | undefined, column: Column): string | number | null => {
  const id = TIMES.includes(baseOf(column)) ? row?.[`${baseOf(column)}:id`] : undefined;
  const minutes = Number(id);
  return id === undefined || Number.isNaN(minutes) ? (row?.[column.key] ?? null) : minutes;
};
const compare = (a: string | number, b: string | number): number => {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? String(a).localeCompare(String(b)) : x - y;
};

export type Grid = {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** index into the table's rows; undefined where there is none */
  readonly at: (row: number, column: number) => number | undefined;
};
/** Rows by name in the table's order, columns in their own (times from early to late). */
export function gridOf(table: Pick<Table, 'rows'>, { along, across }: Shape, write: Write): Grid {
  const rows: string[] = [];
  const places = new Map<string, number>();
  const order = new Map<string, string | number>();
  table.rows.forEach((row, i) => {
    const name = nameOf(row, along, write);
    const column = across ? write(row[across.key], across) : '';
    if (!rows.includes(name)) rows.push(name);
    if (across && !order.has(column)) order.set(column, orderOf(row, across) ?? '');
    places.set(`${name}\u001f${column}`, i);
  });
  const isTime = across !== null && TIMES.includes(baseOf(across));
  const columns = [...order.keys()];
  if (isTime) columns.sort((a, b) => compare(order.get(a) ?? '', order.get(b) ?? ''));
  return {
    rows,
    columns: across ? columns : [''],
    at: (row, column) => places.get(`${rows[row] ?? ''}\u001f${across ? (columns[column] ?? '') : ''}`),
  };
}
