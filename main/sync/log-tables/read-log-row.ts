import {
  CUT_FIELD,
  type TableRole,
  type TableRow,
  type TableRowRefusal,
} from '../../logs/contract/tables.ts';
import type { Cell } from '../session.ts';
import { parseValue, rawValue } from '../tables/parse-value.ts';
import { type Kept, keep, type LogPlan, orderNumber } from './log-table-plan.ts';

const MAX_MESSAGE = 1_000_000;
const MAX_NAME = 200;
const MAX_ATTRIBUTES = 100_000;
/** characters of a column that is cut, at first */
const MAX_CUT = 40_000;
const RAW_MOST = 20_000;

/** @param encoding of texts in BLOB and BINARY columns */
export function logRowReader(plan: LogPlan, encoding: string): (cells: readonly Cell[]) => TableRow {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes: Buffer): string | null => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  };
  const text = (cell: Cell): string | null =>
    cell === null ? null : Buffer.isBuffer(cell) ? decode(cell) : String(cell);
  const keys = plan.key.length;
  return (cells) => {
    const order = keep(cells[keys] ?? null);
    const own = cells.slice(keys + 1);
    const of = (role: TableRole): Cell => own[plan.columns.findIndex((c) => c.role === role)] ?? null;
    const name = (role: TableRole): string | null => text(of(role))?.trim().slice(0, MAX_NAME) || null;
    const raw = (): string => {
      const columns = Object.fromEntries(plan.columns.map((c, i) => [c.column, rawValue(own[i] ?? null)]));
      const json = JSON.stringify({ key: cells.slice(0, keys).map(keep), columns });
      return json.length > RAW_MOST ? `${json.slice(0, RAW_MOST)}…` : json;
    };
    const time = timeOf(plan, of('time'));
    const cell = of('message');
    const message = text(cell);
    const attributes = attributesOf(fieldsOf(plan, own, text));
    const reason: TableRowRefusal | null =
      cell === null
        ? 'no-message'
        : message === null
          ? 'undecodable'
          : message.length > MAX_MESSAGE
            ? 'too-long'
            : time === 'refused'
              ? 'no-time'
              : null;
    return {
      key: JSON.stringify([order, ...cells.slice(0, keys).map(keep)]),
      place: orderNumber(plan, order),
      at: time === 'refused' ? null : time,
      message: reason === null ? (message ?? '') : '',
      level: name('level'),
      service: name('service'),
      host: name('host'),
      trace: name('trace'),
      attributes,
      refused: reason && { reason, raw: raw() },
    };
  };
}
/** The key of a refused row, out of what was kept of it (which may be cut off behind it); null: not in there. */
export function keyOfRaw(raw: string): readonly Kept[] | null {
  const end = raw.indexOf(',"columns":');
  try {
    const { key } = JSON.parse(end < 0 ? raw : `${raw.slice(0, end)}}`) as { key?: unknown };
    return Array.isArray(key) ? key : null;
  } catch {
    return null;
  }
}

function timeOf(plan: LogPlan, cell: Cell): number | null | 'refused' {
  if (!plan.columns.some((c) => c.role === 'time')) return null;
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return 'refused';
  const parsed = parseValue('instant', cell, { zone: plan.zone });
  return 'value' in parsed ? Number(parsed.value) : 'refused';
}

/** A column of a row that no role has. */
type Field = { readonly column: string; readonly value: string | number };

/** A role's text that is longer than a name may be is a field besides, with all of it. */
function fieldsOf(plan: LogPlan, own: readonly Cell[], text: (cell: Cell) => string | null): Field[] {
  return plan.columns.flatMap(({ column, role, bits }, i): Field[] => {
    const cell = own[i] ?? null;
    if (cell === null || role === 'time' || role === 'message') return [];
    if (role !== null) {
      const name = text(cell)?.trim() ?? '';
      return name.length > MAX_NAME ? [{ column, value: name }] : [];
    }
    if (typeof cell === 'number') return [{ column, value: cell }];
    return [
      {
        column,
        value: bits && Buffer.isBuffer(cell) ? numberOf(cell) : (text(cell) ?? String(rawValue(cell))),
      },
    ];
  });
}
/** Longer texts are cut, the longest first, until all of it is no more than MAX_ATTRIBUTES; what was cut is said. */
function attributesOf(fields: readonly Field[]): string {
  if (fields.length === 0) return '';
  for (let most = Number.POSITIVE_INFINITY; ; most = Math.min(MAX_CUT, Math.floor(most / 2))) {
    const json = jsonOf(fields, most);
    if (json.length <= MAX_ATTRIBUTES || most === 0) return json;
  }
}
function jsonOf(fields: readonly Field[], most: number): string {
  const found: Record<string, unknown> = {};
  const cut: Record<string, number> = {};
  for (const { column, value } of fields) {
    const isLong = typeof value === 'string' && value.length > most;
    if (isLong) {
      found[column] = `${value.slice(0, most).toWellFormed()}…`;
      cut[column] = value.length;
      continue;
    }
    const object = typeof value === 'string' && value.startsWith('{') ? objectOf(value) : null;
    if (object) Object.assign(found, object);
    else found[column] = value;
  }
  if (Object.keys(found).length === 0) return '';
  return JSON.stringify(Object.keys(cut).length > 0 ? { ...found, [CUT_FIELD]: cut } : found);
}
/** A BIT has up to 64; a number that JSON would round is kept as text. */
function numberOf(bits: Buffer): number | string {
  const whole = BigInt(`0x${bits.toString('hex')}`);
  return whole <= Number.MAX_SAFE_INTEGER ? Number(whole) : String(whole);
}
function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
