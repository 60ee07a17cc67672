import { dateIn, instantOf } from '../../kernel/clock.ts';
import type { ColumnType } from '../../store/index.ts';
import type { Cell } from '../session.ts';

/** Why a value was refused; the first word of a dead letter's reason after the column's name. */
export type Refusal =
  | 'missing'
  | 'not-a-number'
  | 'not-whole'
  | 'negative'
  | 'out-of-range'
  | 'not-a-date'
  | 'zero-date'
  | 'not-a-time'
  | 'not-yes-or-no'
  | 'not-json'
  | 'too-long'
  | 'not-utf-8';
export type Parsed = { readonly value: string | number } | { readonly refused: Refusal };
export type ParseContext = {
  /** the zone that DATETIME without an offset is written in */
  readonly zone: string;
  /** scores may be below zero; every other number here counts or measures something */
  readonly signed?: boolean;
  /** BIT(n) arrives as big-endian bytes */
  readonly bits?: boolean;
};

const LIMIT = { id: 255, text: 65_535, json: 1_000_000 } as const;
const MINUTES_MAX = 48 * 60;
const refused = (reason: Refusal): Parsed => ({ refused: reason });

/** One value of the company's database as ours. Null and empty text are the caller's business; everything else is decided here, once. */
export function parseValue(kind: ColumnType, cell: string | number | Buffer, context: ParseContext): Parsed {
  if (typeof cell === 'number') return parseNumber(kind, cell, context);
  if (typeof cell === 'string') return parseText(kind, cell, context);
  if (context.bits && cell.length > 0 && cell.length <= 6)
    return parseNumber(kind, cell.readUIntBE(0, cell.length), context);
  const text = decode(cell);
  return text === null ? refused('not-utf-8') : parseText(kind, text, context);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const decode = (bytes: Buffer): string | null => {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
};
function parseNumber(kind: ColumnType, n: number, context: ParseContext): Parsed {
  switch (kind) {
    case 'id':
    case 'text':
    case 'json':
      return Number.isFinite(n) ? { value: String(n) } : refused('not-a-number');
    case 'int':
      return wholeNumber(n, context);
    case 'real':
      return realNumber(n, context);
    case 'bool':
      return n === 0 || n === 1 ? { value: n } : refused('not-yes-or-no');
    case 'instant':
      return epoch(n);
    case 'date': {
      const at = epoch(n);
      if ('value' in at) return { value: dateIn(Number(at.value), context.zone) };
      return n >= 10_000_101 && n <= 99_991_231 ? parseText(kind, String(n), context) : at;
    }
    case 'time':
      return refused('not-a-time');
  }
}

const wholeNumber = (n: number, context: ParseContext): Parsed => {
  if (!Number.isFinite(n)) return refused('not-a-number');
  if (!Number.isInteger(n)) return refused('not-whole');
  if (!Number.isSafeInteger(n)) return refused('out-of-range');
  return n < 0 && !context.signed ? refused('negative') : { value: n === 0 ? 0 : n };
};
const realNumber = (n: number, context: ParseContext): Parsed => {
  if (!Number.isFinite(n)) return refused('not-a-number');
  return n < 0 && !context.signed ? refused('negative') : { value: n === 0 ? 0 : n };
};
/** Epoch seconds or milliseconds, from 1973 (seconds) to 5138 (milliseconds beyond 1973 too): the ranges do not meet. */
const epoch = (n: number): Parsed => {
  if (!Number.isFinite(n)) return refused('not-a-date');
  if (n >= 1e8 && n < 1e11) return { value: Math.round(n * 1000) };
  if (n >= 1e11 && n < 1e14) return { value: Math.round(n) };
  return n === 0 ? refused('zero-date') : refused('out-of-range');
};

function parseText(kind: ColumnType, text: string, context: ParseContext): Parsed {
  switch (kind) {
    case 'id':
    case 'text':
      return text.length > LIMIT[kind] ? refused('too-long') : { value: text };
    case 'json':
      return parseJson(text);
    case 'int':
    case 'real':
      return numberText(kind, fold(text), context);
    case 'bool':
      return boolText(fold(text).toLowerCase());
    case 'instant':
      return instantText(text, context.zone);
    case 'date':
      return dateText(text, context.zone);
    case 'time':
      return timeText(fold(text));
  }
}

const fold = (text: string): string => text.normalize('NFKC').trim();

const parseJson = (text: string): Parsed => {
  if (text.length > LIMIT.json) return refused('too-long');
  try {
    JSON.parse(text);
    return { value: text };
  } catch {
    return refused('not-json');
  }
};

const NUMBER = /^[-+−]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(e[-+]?\d+)?$/i;
const numberText = (kind: 'int' | 'real', text: string, context: ParseContext): Parsed => {
  if (text.length > 400 || !NUMBER.test(text) || !/\d/.test(text)) return refused('not-a-number');
  const n = Number(text.replaceAll(',', '').replace('−', '-'));
  if (!Number.isFinite(n)) return refused('out-of-range');
  return kind === 'int' ? wholeNumber(n, context) : realNumber(n, context);
};

const YES = new Set(
  '1 true t yes y on enabled active valid ok はい 有効 有 在籍 在職 稼働 可 ○ ◯ 〇 ✓'.split(' '),
);
const NO = new Set(
  '0 false f no n off disabled inactive invalid ng いいえ 無効 無 退職 休止 不可 × ✕ x'.split(' '),
);
const boolText = (text: string): Parsed => {
  if (YES.has(text)) return { value: 1 };
  return NO.has(text) ? { value: 0 } : refused('not-yes-or-no');
};

type Civil = {
  readonly date: string;
  readonly minutes: number;
  readonly ms: number;
  readonly offset: number | null;
};
const CIVIL =
  /^(\d{4})(?:-(\d{1,2})-|\/(\d{1,2})\/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?(?:[T\s]+(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})(?:\.(\d{1,9}))?秒?|分)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/;

function civil(given: string): Civil | Refusal {
  const text = fold(given);
  const c = CIVIL.exec(text);
  const k = c ? null : COMPACT.exec(text);
  if (!c && !k) return 'not-a-date';
  const month = c?.[2] ?? c?.[3] ?? c?.[4] ?? c?.[5] ?? k?.[2];
  const [y, mo, d, h, mi, s] = [
    c?.[1] ?? k?.[1],
    month,
    c?.[6] ?? k?.[3],
    c?.[7] ?? k?.[4],
    c?.[8] ?? k?.[5],
    c?.[9] ?? k?.[6],
  ].map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  if (y === 0 || mo === 0 || d === 0) return 'zero-date';
  if (y < 1900 || y > 9999) return 'out-of-range';
  const day = new Date(Date.UTC(y, mo - 1, d));
  if (mo > 12 || day.getUTCMonth() !== mo - 1 || day.getUTCDate() !== d) return 'not-a-date';
  if (h > 23 || mi > 59 || s > 59) return 'not-a-date';
  const ms = s * 1000 + Number((c?.[10] ?? '0').padEnd(3, '0').slice(0, 3));
  const zone = c?.[11];
  let offset: number | null = null;
  if (zone && /^[-+]/.test(zone)) {
    const sign = zone.startsWith('-') ? -1 : 1;
    offset = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  } else if (zone) offset = 0;
  return { date: day.toISOString().slice(0, 10), minutes: h * 60 + mi, ms, offset };
}

/** The zone's offset is looked up once per ten minutes of data: `Intl` is two orders dearer than the rest of a row. */
const offsets = new Map<string, number>();
function localInstant(date: string, minutes: number, zone: string): number {
  const ten = Math.floor(minutes / 10) * 10;
  const key = `${zone} ${date} ${ten}`;
  let start = offsets.get(key);
  if (start === undefined) {
    if (offsets.size > 20_000) offsets.clear();
    start = zone === 'UTC' ? Date.parse(`${date}T00:00:00Z`) + ten * 60_000 : instantOf(date, ten, zone);
    offsets.set(key, start);
  }
  return start + (minutes - ten) * 60_000;
}

/** The usual form, `2026-11-21 10:05:00[.123]`, as MySQL writes every DATETIME. */
const PLAIN = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?$/;
const days = new Map<string, boolean>();
const isDay = (date: string): boolean => {
  let real = days.get(date);
  if (real === undefined) {
    if (days.size > 20_000) days.clear();
    real = typeof civil(date) === 'object';
    days.set(date, real);
  }
  return real;
};

function instantText(text: string, zone: string): Parsed {
  const plain = PLAIN.exec(text);
  if (plain) {
    const [, date = '', h, mi, s, fraction = ''] = plain;
    if (Number(h) < 24 && Number(mi) < 60 && Number(s) < 60 && isDay(date))
      return {
        value:
          localInstant(date, Number(h) * 60 + Number(mi), zone) +
          Number(s) * 1000 +
          Number(fraction.padEnd(3, '0').slice(0, 3)),
      };
  }
  const parts = civil(text);
  if (typeof parts === 'string') return digitsInstant(text, parts);
  if (parts.offset !== null)
    return {
      value: Date.parse(`${parts.date}T00:00:00Z`) + (parts.minutes - parts.offset) * 60_000 + parts.ms,
    };
  return { value: localInstant(parts.date, parts.minutes, zone) + parts.ms };
}
const digitsInstant = (text: string, reason: Refusal): Parsed => {
  const folded = fold(text);
  return /^(\d{9,10}|\d{13})(\.\d+)?$/.test(folded) ? epoch(Number(folded)) : refused(reason);
};

function dateText(text: string, zone: string): Parsed {
  const parts = civil(text);
  if (typeof parts !== 'string' && parts.offset === null) return { value: parts.date };
  const at = instantText(text, zone);
  return 'value' in at ? { value: dateIn(Number(at.value), zone) } : at;
}

/** Minutes from midnight; past 24h is the next day's early hours (25:30 = 1:30). Seconds are dropped. */
function timeText(text: string): Parsed {
  const clock =
    /^(-?)(\d{1,3})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?|時(?:(\d{1,2})分?)?)$/.exec(text) ??
    /^()\d{4}[-/]\d{1,2}[-/]\d{1,2}[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?$/.exec(text);
  if (!clock) return refused('not-a-time');
  const minutes = Number(clock[3] ?? clock[5] ?? 0);
  if (minutes > 59 || Number(clock[4] ?? 0) > 59) return refused('not-a-time');
  const total = Number(clock[2]) * 60 + minutes;
  if (clock[1] === '-' && total > 0) return refused('negative');
  return total > MINUTES_MAX ? refused('out-of-range') : { value: total };
}

/** A value as it may stand in a dead letter's JSON. */
export function rawValue(cell: Cell): string | number | null {
  if (cell === null || typeof cell === 'number') return cell;
  if (typeof cell === 'string')
    return cell.length > 2_000 ? `${cell.slice(0, 2_000)}… (${cell.length})` : cell;
  const text = decode(cell);
  return text !== null && !text.includes('\u0000')
    ? (rawValue(text) as string)
    : `0x${cell.subarray(0, 500).toString('hex')}${cell.length > 500 ? `… (${cell.length})` : ''}`;
}
