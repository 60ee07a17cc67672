/** Lines by minute and hour, template, service and level: counted while they are read, and what is written of it. */
import type { SqlValue, Statement } from '../../store/index.ts';
import type { Names } from '../ingest/names.ts';
import type { TemplateCount } from '../manage/keep-templates.ts';
import { levelNumber } from '../manage/keep-templates.ts';
import type { Level } from '../types.ts';
import type { LogRecord } from './records.ts';

const MINUTE = 60_000;

/** Lines of one minute, template, service and level. */
export type Cell = {
  readonly minute: number;
  readonly template: number;
  readonly service: number;
  readonly level: Level | null;
  lines: number;
  minAt: number;
  maxAt: number;
};
/** Counted by minute; `names` gives a service its number. */
export function countCells(
  records: readonly Pick<LogRecord, 'at' | 'template' | 'service' | 'level' | 'lines'>[],
  names: Names,
): Cell[] {
  const minutes = new Map<number, Map<number, Chained>>();
  const all: Chained[] = [];
  let last = null as Chained | null;
  let inMinute: Map<number, Chained> = new Map();
  let minuteNow = Number.NaN;
  for (const { at, template, service, level, lines } of records) {
    const minute = Math.floor(at / MINUTE);
    const name = names.number(service);
    if (minute !== minuteNow) {
      minuteNow = minute;
      last = null;
      inMinute = minutes.get(minute) ?? new Map();
      minutes.set(minute, inMinute);
    }
    let cell: Chained | null = last;
    if (!cell || cell.template !== template || cell.service !== name || cell.level !== level) {
      const key = keyOf(template, levelNumber(level), name);
      const first: Chained | null = inMinute.get(key) ?? null;
      cell = first;
      while (cell && !(cell.template === template && cell.level === level && cell.service === name))
        cell = cell.next;
      if (!cell) {
        cell = { minute, template, service: name, level, lines: 0, minAt: at, maxAt: at, next: first };
        inMinute.set(key, cell);
        all.push(cell);
      }
      last = cell;
    }
    cell.lines += lines;
    if (at < cell.minAt) cell.minAt = at;
    if (at > cell.maxAt) cell.maxAt = at;
  }
  return all;
}
/** `next`: of the same minute and key */
type Chained = Cell & { readonly next: Chained | null };

const ADD = (table: string, unit: string): string =>
  `INSERT INTO ${table} (${unit}, source_id, service, level, template, lines) VALUES (?, ?, ?, ?, ?, ?)
   ON CONFLICT (${unit}, template, service, level, source_id) DO UPDATE SET lines = lines + excluded.lines`;
const ADD_MINUTES = ADD('log_minutes', 'minute');
const ADD_HOURS = ADD('log_hours', 'hour');

/** Adds the cells to both roll-ups, or takes them off again (`sign` -1; what is then nothing goes). */
export function rollUp(sourceId: string, cells: readonly Cell[], sign: 1 | -1): Statement[] {
  if (!cells.length) return [];
  const hours = new Map<number, Map<number, HourRow[]>>();
  const minutes: SqlValue[][] = [];
  const hourRows: HourRow[] = [];
  for (const { minute, template, service, level, lines } of cells) {
    const number = levelNumber(level);
    minutes.push([minute, sourceId, service, number, template, sign * lines]);
    const hour = Math.floor(minute / 60);
    const inHour = ownOf(hours, hour, () => new Map<number, HourRow[]>());
    const alike = ownOf(inHour, keyOf(template, number, service), () => []);
    const known = alike.find((row) => row[4] === template && row[3] === number && row[2] === service);
    if (known) known[5] += sign * lines;
    else {
      const row: HourRow = [hour, sourceId, service, number, template, sign * lines];
      alike.push(row);
      hourRows.push(row);
    }
  }
  const statements: Statement[] = [
    { text: ADD_MINUTES, rows: minutes },
    { text: ADD_HOURS, rows: hourRows },
  ];
  if (sign < 0)
    statements.push(
      {
        text: 'DELETE FROM log_minutes WHERE minute = ? AND lines <= 0',
        rows: [...new Set(cells.map((c) => c.minute))].map((m) => [m]),
      },
      {
        text: 'DELETE FROM log_hours WHERE hour = ? AND lines <= 0',
        rows: [...hours.keys()].map((h) => [h]),
      },
    );
  return statements;
}
/** Of all minutes together. */
export function perTemplate(sourceId: string, cells: readonly Cell[]): TemplateCount[] {
  const found = new Map<number, Counted[]>();
  const all: Counted[] = [];
  for (const { template, service, level, lines, minAt, maxAt } of cells) {
    const alike = ownOf(found, keyOf(template, levelNumber(level), service), () => []);
    const known = alike.find((c) => c.template === template && c.level === level && c.service === service);
    if (!known) {
      const count = { template, sourceId, service, level, lines, minAt, maxAt };
      alike.push(count);
      all.push(count);
    } else {
      known.lines += lines;
      known.minAt = Math.min(known.minAt, minAt);
      known.maxAt = Math.max(known.maxAt, maxAt);
    }
  }
  return all;
}
type Counted = TemplateCount & { lines: number; minAt: number; maxAt: number };
type HourRow = [
  hour: number,
  source: string,
  service: number,
  level: number,
  template: number,
  lines: number,
];

/** Of 32 bits, which a map finds sooner than a larger one or a text; others may have the same. */
const keyOf = (template: number, level: number, service: number): number =>
  Math.imul(template * 8 + level, 0x9e3779b1) ^ service;
function ownOf<V>(map: Map<number, V>, key: number, make: () => V): V {
  let own = map.get(key);
  if (own === undefined) {
    own = make();
    map.set(key, own);
  }
  return own;
}
