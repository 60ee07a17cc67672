/** Lines that are rows of a table: what its columns are is learned from a header line, or from what stands in them. */
import type { Level, ParsedLine } from '../types.ts';
import { findInstant, readRest } from './general.ts';
import { levelOf, levelOfStatus, troubleOf } from './levels.ts';
import { namesColumn, type Part } from './names.ts';
import { DATE_ONLY, isInstant, narrow, TIME_ONLY } from './notations.ts';

export type Role =
  | 'time'
  | 'date'
  | 'clock'
  | 'level'
  | 'service'
  | 'host'
  | 'pid'
  | 'status'
  | 'message'
  | 'field';
export type Columns = {
  /** `words`: split at spaces, none of them in quotes (W3C) */
  readonly delimiter: ',' | '\t' | ';' | '|' | ' ';
  /** as the header has them; null: it has no header */
  readonly names: readonly string[] | null;
  readonly roles: readonly Role[];
  /** the header is a line of `#Fields:` (W3C), which may come again */
  readonly isDirective?: boolean;
  /** times without a zone are UTC, as W3C has it */
  readonly isUtc: boolean;
};

const DELIMITERS = ['\t', ';', '|', ','] as const;
/** Lines the columns are learned from, and the share of them that must fit. */
const LEARNED_FROM = 200;
const MIN_FIT = 0.9;

/** Which roles a column's name may give it, in the order in which they are given. */
const NAMED: readonly (readonly [Role, readonly Part[]])[] = [
  ['message', ['content']],
  ['level', ['level', 'status']],
  ['service', ['service']],
  ['host', ['host']],
  ['pid', ['pid']],
];

/** A row's cells; quotes may hold the delimiter and, doubled, themselves. */
export function cellsOf(line: string, delimiter: Columns['delimiter']): string[] {
  if (delimiter === ' ') return line.trim().split(/ +/);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let i = 0;
  for (;;) {
    while (line[i] === ' ') i++;
    if (line[i] === '"') {
      let text = '';
      for (i++; i < line.length; i++) {
        if (line[i] !== '"') text += line[i];
        else if (line[i + 1] === '"') {
          text += '"';
          i++;
        } else if (isEndOfCell(line, i + 1, delimiter)) break;
        // not doubled, as it should be
        else text += '"';
      }
      cells.push(text);
      i = line.indexOf(delimiter, i + 1);
    } else {
      const end = line.indexOf(delimiter, i);
      cells.push(line.slice(i, end < 0 ? undefined : end).trim());
      i = end;
    }
    if (i < 0) return cells;
    i++;
  }
}
const isEndOfCell = (line: string, from: number, delimiter: string): boolean => {
  let i = from;
  while (line[i] === ' ') i++;
  return i >= line.length || line[i] === delimiter || line[i] === '\r';
};
/** A quote is open at the end: the row goes on in the next line. */
export function isOpenRow(text: string): boolean {
  let quotes = 0;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) quotes++;
  return quotes % 2 === 1;
}

/** Of `#Fields: date time …` (W3C). */
export function directive(line: string, isLocal = false): Columns | null {
  const found = /^#fields:?\s+(\S.*)$/i.exec(line);
  if (!found) return null;
  const text = found[1] ?? '';
  const delimiter = text.includes('\t') ? '\t' : ' ';
  const names = text.trim().split(/\s+/);
  const roles = names.map((name): Role => {
    const small = name.toLowerCase();
    if (small === 'date') return 'date';
    if (small === 'time') return 'clock';
    if (small === 'sc-status') return 'status';
    return /^(?:timestamp|datetime|ts)$/.test(small) ? 'time' : 'field';
  });
  return { delimiter, names, roles, isDirective: true, isUtc: !isLocal };
}

/** The columns of a text by its first lines; null: it is no table. */
export function learnColumns(lines: readonly string[]): Columns | null {
  const said = lines.filter((line) => line.trim() !== '').slice(0, LEARNED_FROM);
  const isLocal = said.slice(0, 20).some((line) => /^#Time Format:\s*Local/i.test(line));
  for (const line of said.slice(0, 20)) {
    const found = line.startsWith('#') ? directive(line, isLocal) : null;
    if (found) return found;
  }
  for (const delimiter of DELIMITERS) {
    const found = headed(said, delimiter) ?? headless(said, delimiter);
    if (found) return found;
  }
  return headed(said, ' ');
}

/** Rows, where a quoted cell goes over several lines taken together. */
function rowsOf(lines: readonly string[]): string[] {
  const rows: string[] = [];
  let open = '';
  for (const line of lines) {
    const text = open ? `${open}\n${line}` : line;
    if (isOpenRow(text) && text.length < 20_000) open = text;
    else {
      rows.push(text);
      open = '';
    }
  }
  return rows;
}
const share = (values: readonly string[], is: (value: string) => boolean): number => {
  const said = values.filter((value) => value !== '' && value !== '-');
  return said.length ? said.filter(is).length / said.length : 0;
};
const isDate = (cell: string): boolean => DATE_ONLY.test(narrow(cell));
const isTime = (cell: string): boolean => TIME_ONLY.test(narrow(cell));
const isWhole = (cell: string): boolean => isInstant(narrow(cell));

/** A first line of names above rows with a time in them. */
function headed(lines: readonly string[], delimiter: Columns['delimiter']): Columns | null {
  // devices write a title and counts above the names
  for (let at = 0; at < Math.min(10, lines.length - 1); at++) {
    const names = cellsOf((lines[at] ?? '').replace(/^\ufeff/, '').replace(/^#\s*/, ''), delimiter);
    if (
      names.length < (delimiter === ' ' ? 4 : 2) ||
      names.some((name) => /^[\d.:/-]+$/.test(name) || name.length > 60 || isWhole(name))
    )
      continue;
    if (new Set(names).size < names.length || names.filter((name) => name === '').length > 1) continue;
    const rows = rowsOf(lines.slice(at + 1))
      .slice(0, LEARNED_FROM)
      .map((row) => cellsOf(row, delimiter));
    const fitting = rows.filter((row) => row.length >= Math.max(2, names.length - 1));
    if (!fitting.length || fitting.length < rows.length * MIN_FIT) continue;
    if (
      delimiter === ' ' &&
      (rows.some((row) => row.length !== names.length) || findInstant(lines[at] ?? ''))
    )
      continue;
    const roles = rolesByName(names, fitting);
    if (roles.includes('time') || roles.includes('clock')) return { delimiter, names, roles, isUtc: false };
  }
  return null;
}
function rolesByName(names: readonly string[], rows: readonly (readonly string[])[]): Role[] {
  const width = Math.max(names.length, ...rows.slice(0, 50).map((row) => row.length));
  const columns = Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? ''));
  const roles = columns.map((): Role => 'field');
  setTimes(columns, roles);
  for (const [role, parts] of NAMED) {
    const isCalled = (i: number): boolean => parts.some((part) => namesColumn(names[i] ?? '', part));
    if (role === 'level') {
      // a column of words that are levels, by its name or, where no name says so, by what is in it
      const levels = columns.map((values) => share(values, (v) => levelOf(v) !== undefined));
      const free = roles.flatMap((own, i) => (own === 'field' ? [i] : []));
      const called = free.filter((i) => isCalled(i) && (levels[i] ?? 0) > 0);
      // how bad it is comes before what became of it
      const graded = called.filter((i) => namesColumn(names[i] ?? '', 'level'));
      const named = graded.length ? graded : called;
      const best = named.length ? named : free.filter((i) => (levels[i] ?? 0) >= 0.95);
      const [first] = [...best].sort((a, b) => (levels[b] ?? 0) - (levels[a] ?? 0));
      if (first !== undefined) roles[first] = 'level';
      continue;
    }
    const own = roles.flatMap((taken, i) => (taken === 'field' && isCalled(i) ? [i] : []));
    // of several columns that could be the message, the wordiest
    const chosen =
      role === 'message'
        ? [...own].sort((a, b) => lengthOf(columns[b] ?? []) - lengthOf(columns[a] ?? []))[0]
        : own[0];
    if (chosen !== undefined) roles[chosen] = role;
  }
  // a column more than there are names, and no message yet: the description
  if (!roles.includes('message') && width > names.length) roles[width - 1] = 'message';
  return roles;
}
/** Of different values: what is always the same is no message. */
const lengthOf = (values: readonly string[]): number =>
  [...new Set(values)].reduce((sum, v) => sum + v.length, 0);

function setTimes(columns: readonly (readonly string[])[], roles: Role[]): void {
  const whole = columns.findIndex((values) => share(values, isWhole) >= MIN_FIT);
  if (whole >= 0) {
    roles[whole] = 'time';
    return;
  }
  const date = columns.findIndex((values) => share(values, isDate) >= MIN_FIT);
  const clock = columns.findIndex((values, i) => i !== date && share(values, isTime) >= MIN_FIT);
  if (clock < 0) return;
  if (date >= 0) roles[date] = 'date';
  roles[clock] = 'clock';
}

/** Rows that begin with a time and go on with as many short cells each, until the message. */
function headless(lines: readonly string[], delimiter: Columns['delimiter']): Columns | null {
  const all = rowsOf(lines);
  const rows = all.map((row) => cellsOf(row, delimiter)).filter((row) => row.length >= 3);
  if (rows.length < 2 || rows.length < all.length * MIN_FIT) return null;
  const width = Math.min(...rows.map((row) => row.length), 30);
  const columns = Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? ''));
  const roles = columns.map((): Role => 'field');
  setTimes(columns, roles);
  const time = roles.findIndex((role) => role === 'time' || role === 'clock');
  if (time < 0 || time > 3) return null;
  const isShort = (values: readonly string[]): boolean =>
    share(values, (v) => v.length <= 40 && !/\S \S+ \S/.test(v)) >= MIN_FIT;
  const isName = (values: readonly string[]): boolean =>
    isShort(values) && share(values, (v) => /\p{L}/u.test(v)) >= MIN_FIT && values.every((v) => v !== '');
  const isTimes = (values: readonly string[]): boolean => share(values, isWhole) >= MIN_FIT;
  // the bracket of a head is no cell
  if (rows.some((row) => /^[[(<{][^\])>}]*$/.test(row[0] ?? ''))) return null;
  const wordy = columns.flatMap((values, i) =>
    i > time && roles[i] === 'field' && !isShort(values) && !isTimes(values) && share(values, isObject) < 0.5
      ? [i]
      : [],
  );
  // a message may hold commas itself: it begins at the first wordy column; otherwise it is the wordiest one
  const message =
    delimiter === ',' && !all.some((row) => row.includes('"'))
      ? wordy[0]
      : [...wordy].sort((a, b) => lengthOf(columns[b] ?? []) - lengthOf(columns[a] ?? []))[0];
  if (message !== undefined) roles[message] = 'message';
  columns.forEach((values, i) => {
    if (roles[i] !== 'field') return;
    const levels = share(values, (v) => levelOf(v) !== undefined);
    const isFew = new Set(values).size <= Math.max(2, values.length * 0.8);
    if (
      !roles.includes('level') &&
      (levels >= MIN_FIT || (values.some(troubleOf) && isFew && share(values, isWord) >= MIN_FIT))
    )
      roles[i] = 'level';
    else if (message !== undefined && i > message) return;
    else if (!roles.includes('service') && isName(values)) roles[i] = 'service';
    else if (!roles.includes('pid') && share(values, (v) => /^\d+$/.test(v)) >= MIN_FIT) roles[i] = 'pid';
  });
  const last = Math.max(message ?? width - 1, roles.indexOf('level'));
  return { delimiter, names: null, roles: roles.slice(0, last + 1), isUtc: false };
}
const isObject = (cell: string): boolean => cell.startsWith('{');
const isWord = (cell: string): boolean => /^[\p{L}_-]{1,12}$/u.test(cell);

/** Where cell `n` begins in the line as it stands. */
function cellStart(line: string, delimiter: string, n: number): number {
  let at = 0;
  for (let i = 0; i < n; i++) {
    const next = line.indexOf(delimiter, at);
    if (next < 0) return line.length;
    at = next + 1;
    if (delimiter === ' ') while (line[at] === ' ') at++;
  }
  return at;
}

/** A row taken apart; null: it has too few cells, or no time where the others have theirs. */
export function readRow(line: string, columns: Columns): ParsedLine | null {
  const { delimiter, names, roles, isUtc, isDirective } = columns;
  if (line.startsWith('#')) return null;
  const cells = cellsOf(line, delimiter);
  if (cells.length < roles.length - (names ? 1 : 0) || cells.length < 2) return null;
  const of = (role: Role): string | undefined => {
    const i = roles.indexOf(role);
    const cell = i < 0 ? undefined : cells[i];
    return cell === '' || cell === '-' ? undefined : cell;
  };
  const clock = of('clock');
  const date = of('date');
  let time = of('time') ?? (clock === undefined ? date : date === undefined ? clock : `${date} ${clock}`);
  if (time === undefined || !/\d/.test(time)) return null;
  time = narrow(time);
  if (isUtc && /^\d{1,4}[-/:]/.test(time) && !/Z$/.test(time)) time += 'Z';
  const word = of('level');
  let level: Level | undefined = word === undefined ? undefined : levelOf(word);
  const status = of('status');
  if (level === undefined && status !== undefined) level = levelOfStatus(Number(status));
  const parsed: { -readonly [K in keyof ParsedLine]: ParsedLine[K] } = {
    content: contentOf(line, cells, columns, of('message')),
    time,
  };
  if (names && !isDirective) {
    const fields: Record<string, string> = {};
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] ?? '';
      const role = roles[i] ?? 'field';
      if (cell !== '' && role !== 'time' && role !== 'date' && role !== 'clock' && names[i])
        fields[names[i] ?? ''] = cell;
    }
    parsed.fields = JSON.stringify(fields);
    // a value that is a level tells one where no column is for it: `状態=異常`
    if (level === undefined && !roles.includes('level'))
      for (let i = 0; i < cells.length && level === undefined; i++)
        if (roles[i] === 'field') {
          level = troubleOf(cells[i] ?? '');
        }
  }
  if (level !== undefined) parsed.level = level;
  // who speaks may stand at the message's beginning
  if (!names && !roles.includes('service')) {
    const own = readRest(parsed.content);
    parsed.content = own.content;
    if (own.service !== undefined) parsed.service = own.service;
  }
  const service = of('service');
  const host = of('host');
  const pid = of('pid');
  if (service !== undefined) parsed.service = service;
  if (host !== undefined) parsed.host = host;
  if (pid !== undefined) parsed.pid = pid;
  return parsed;
}
/** The first column behind the time that is neither who speaks nor where. */
function firstValue(roles: readonly Role[]): number {
  const time = Math.max(roles.indexOf('time'), roles.indexOf('clock'));
  return roles.findIndex((role, i) => i > time && role === 'field');
}
function contentOf(
  line: string,
  cells: readonly string[],
  columns: Columns,
  message: string | undefined,
): string {
  const { delimiter, names, roles, isDirective } = columns;
  if (isDirective) {
    const first = roles.findIndex((role) => role !== 'date' && role !== 'clock' && role !== 'time');
    return line.slice(cellStart(line, delimiter, Math.max(0, first))).trim();
  }
  if (!names) {
    // the last column has the rest of the line; where no column is wordy, the message is all behind the first ones
    const place = roles.indexOf('message') >= 0 ? roles.indexOf('message') : firstValue(roles);
    if (!roles.includes('message')) return line.slice(cellStart(line, delimiter, place)).trim();
    return cells.length > roles.length && !line.includes('"')
      ? line.slice(cellStart(line, delimiter, place)).trim()
      : (message ?? '');
  }
  if (message !== undefined) return message;
  return roles
    .flatMap((role, i) =>
      role === 'field' || role === 'message' || role === 'level'
        ? [`${names[i] || i + 1}=${cells[i] ?? ''}`]
        : [],
    )
    .join(' ');
}
