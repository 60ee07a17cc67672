import type { TableRole, TableRow, TableRowRefusal } from '../api/contract/log-tables.ts';
import { type Kept, keep, type LogPlan, orderNumber } from './log-table-plan.ts';
import { parseValue, rawValue } from './parse-value.ts';
import type { Cell } from './session.ts';

const MAX_MESSAGE = 1_000_000;
const MAX_NAME = 200;
const MAX_ATTRIBUTES = 100_000;
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
    const attributes = attributesOf(plan, own, text);
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

function attributesOf(plan: LogPlan, own: readonly Cell[], text: (cell: Cell) => string | null): string {
  const found: Record<string, unknown> = {};
  plan.columns.forEach(({ column, role, bits }, i) => {
    const cell = own[i] ?? null;
    if (role !== null || cell === null) return;
    const value = bits && Buffer.isBuffer(cell) ? numberOf(cell) : (text(cell) ?? rawValue(cell));
    const object = typeof value === 'string' && value.startsWith('{') ? objectOf(value) : null;
    if (object) Object.assign(found, object);
    else found[column] = typeof cell === 'number' ? cell : value;
  });
  if (Object.keys(found).length === 0) return '';
  const json = JSON.stringify(found);
  return json.length > MAX_ATTRIBUTES ? '' : json;
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
