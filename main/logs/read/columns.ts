/** Lines that are rows of a table: what its columns are is learned from a header line, or from what stands in them. */
import type { Level, ParsedLine } from '../types.ts';
import { findInstant, readHead, readRest } from './general.ts';
import { levelOf, levelOfFacility, levelOfPriority, levelOfStatus, troubleOf } from './levels.ts';
import { namesColumn, type Part, rankOf } from './names.ts';
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
  /** one sign or several; a space: split at spaces, none of them in quotes (W3C) */
  readonly delimiter: string;
  /** as the header has them; null: it has no header */
  readonly names: readonly string[] | null;
  readonly roles: readonly Role[];
  /** the column of the year, where month, day, hour, minute and second have the next ones each */
  readonly year?: number;
  /** the header is a line of `#Fields:` (W3C), which may come again */
  readonly isDirective?: boolean;
  /** times without a zone are UTC, as W3C has it */
  readonly isUtc: boolean;
};

const DELIMITERS: readonly string[] = ['\t', ';', '|', ','];
/** Signs that part cells only where nothing else does: `<;>`, `^`, an ideographic space. */
const RARE_DELIMITER = /[<>;:|~^#$%&*!?¦§,]{2,4}|[~^¦§#　、]/g;
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
export function cellsOf(line: string, delimiter: string): string[] {
  if (delimiter === ' ') return line.trim().split(/ +/);
  // a list in JSON
  if (line.startsWith('["') && line.endsWith(']')) return cellsOf(line.slice(1, -1), delimiter);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let i = 0;
  for (;;) {
    while (line[i] === ' ') i++;
    if (line[i] === '"') {
      const from = i;
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
      // a quote within the text of a cell
      if (i >= line.length && delimiter === '\t') {
        i = line.indexOf(delimiter, from);
        cells.push(line.slice(from, i < 0 ? undefined : i).trim());
      } else {
        cells.push(text);
        i = line.indexOf(delimiter, i + 1);
      }
    } else {
      const end = line.indexOf(delimiter, i);
      cells.push(line.slice(i, end < 0 ? undefined : end).trim());
      i = end;
    }
    if (i < 0) return cells;
    i += delimiter.length;
  }
}
const isEndOfCell = (line: string, from: number, delimiter: string): boolean => {
  let i = from;
  while (line[i] === ' ') i++;
  return i >= line.length || line.startsWith(delimiter, i) || line[i] === '\r';
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
  for (const delimiter of rareDelimiters(said)) {
    const found = headless(said, delimiter);
    if (found) return found;
  }
  return headed(said, ' ');
}
/** Of the first line, those that stand twice in most lines. */
function rareDelimiters(lines: readonly string[]): string[] {
  const signs = [...new Set((lines[0] ?? '').match(RARE_DELIMITER) ?? [])];
  return signs.filter(
    (sign) => lines.filter((line) => line.split(sign).length > 2).length >= lines.length * MIN_FIT,
  );
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
const isHourMinute = (cell: string): boolean => /^(?:[01]\d|2[0-3])[0-5]\d$/.test(cell);
const ZONED = /(?:Z|[+-]\d{2}:?\d{2})$/;
const isAddress = (cell: string): boolean => /^[\da-f]*[.:][\da-f.:]+$/i.test(cell);
/** As syslog numbers them. */
const PRIORITY = /^[0-7]$/;
const levelOfCell = (cell: string): Level | undefined => {
  const word = unbracketed(cell);
  return PRIORITY.test(word) ? levelOfPriority(word) : (levelOf(word) ?? levelOfFacility(word));
};
/** A cell without the brackets around it. */
const unbracketed = (cell: string): string =>
  /^[[(<【「［＜（](.*)[\])>】」］＞）]$/.exec(cell)?.[1]?.trim() ?? cell;
const isWhole = (cell: string): boolean => isInstant(narrow(cell));

/** A first line of names above rows with a time in them. */
function headed(lines: readonly string[], delimiter: string): Columns | null {
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
      findInstant(lines[at] ?? '') ||
      (delimiter === ' ' && rows.some((row) => row.length !== names.length))
    )
      continue;
    const roles = rolesByName(names, fitting);
    if (roles.includes('time') || roles.includes('clock'))
      return { delimiter, names, roles, isUtc: false, ...yearIn(roles, fitting) };
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
    const rankIn = (i: number): number => Math.min(...parts.map((part) => rankOf(names[i] ?? '', part)));
    if (role === 'level') {
      // a column of words that are levels, by its name or, where no name says so, by what is in it
      const levels = columns.map((values) => share(values, (v) => levelOf(v) !== undefined));
      const free = roles.flatMap((own, i) => (own === 'field' ? [i] : []));
      const isRanked = (i: number): boolean =>
        namesColumn(names[i] ?? '', 'level') && share(columns[i] ?? [], (v) => PRIORITY.test(v)) === 1;
      const called = free.filter((i) => isCalled(i) && ((levels[i] ?? 0) > 0 || isRanked(i)));
      // how bad it is comes before what became of it
      const graded = called.filter((i) => namesColumn(names[i] ?? '', 'level'));
      const named = graded.length ? graded : called;
      const best = named.length ? named : free.filter((i) => (levels[i] ?? 0) >= 0.95);
      const [first] = [...best].sort((a, b) => (levels[b] ?? 0) - (levels[a] ?? 0));
      if (first !== undefined) roles[first] = 'level';
      continue;
    }
    const own = roles.flatMap((taken, i) =>
      taken === 'field' &&
      isCalled(i) &&
      !(role === 'service' && share(columns[i] ?? [], isAddress) >= MIN_FIT)
        ? [i]
        : [],
    );
    // of several columns that could be the message, the wordiest
    const chosen =
      role === 'message'
        ? [...own].sort((a, b) => lengthOf(columns[b] ?? []) - lengthOf(columns[a] ?? []))[0]
        : [...own].sort((a, b) => rankIn(a) - rankIn(b))[0];
    if (chosen !== undefined) roles[chosen] = role;
  }
  // a column more than there are names, and no message yet: the description
  if (!roles.includes('message') && width > names.length) roles[width - 1] = 'message';
  // no name says so: the only column of words
  const wordy = roles.flatMap((role, i) =>
    role === 'field' && share(columns[i] ?? [], isWordy) >= 0.6 ? [i] : [],
  );
  if (!roles.includes('message') && wordy.length === 1 && wordy[0] !== undefined) roles[wordy[0]] = 'message';
  return roles;
}
const isWordy = (cell: string): boolean =>
  /\p{L}{2,} \p{L}/u.test(cell) || /\p{Script=Han}.*\p{Script=Hiragana}/u.test(cell);
/** Of different values: what is always the same is no message. */
const lengthOf = (values: readonly string[]): number =>
  [...new Set(values)].reduce((sum, v) => sum + v.length, 0);

/** Year, month, day, hour, minute, second: how large each may be. */
const PARTS: readonly (readonly [least: number, most: number])[] = [
  [1970, 2199],
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 59],
];
/** The first of six columns that are a date and a time of day; -1: none is. */
const yearColumn = (columns: readonly (readonly string[])[]): number =>
  columns.findIndex((_, i) =>
    PARTS.every(([least, most], n) =>
      (columns[i + n] ?? ['']).every((v) => /^\d{1,4}$/.test(v) && Number(v) >= least && Number(v) <= most),
    ),
  );
function yearIn(roles: readonly Role[], rows: readonly (readonly string[])[]): { readonly year?: number } {
  const time = roles.indexOf('time');
  return time >= 0 && /^\d{4}$/.test(rows[0]?.[time] ?? '') ? { year: time } : {};
}

function setTimes(columns: readonly (readonly string[])[], roles: Role[]): void {
  const wholes = columns.flatMap((values, i) => (share(values, isWhole) >= MIN_FIT ? [i] : []));
  // one with a zone leaves nothing open
  const whole =
    wholes.find((i) => share(columns[i] ?? [], (v) => isWhole(v) && ZONED.test(v)) >= MIN_FIT) ?? wholes[0];
  if (whole !== undefined) {
    roles[whole] = 'time';
    return;
  }
  const date = columns.findIndex((values) => share(values, isDate) >= MIN_FIT);
  const year = yearColumn(columns);
  if (year >= 0) {
    roles[year] = 'time';
    for (let n = 1; n < PARTS.length; n++) roles[year + n] = 'date';
    return;
  }
  const isClock = (values: readonly string[], i: number): boolean =>
    i !== date &&
    (share(values, isTime) >= MIN_FIT || (date >= 0 && i === date + 1 && share(values, isHourMinute) === 1));
  const clock = columns.findIndex(isClock);
  if (clock < 0) return;
  if (date >= 0) roles[date] = 'date';
  roles[clock] = 'clock';
}

/** Rows that begin with a time and go on with as many short cells each, until the message. */
function headless(lines: readonly string[], delimiter: string): Columns | null {
  const all = rowsOf(lines);
  const rows = all.map((row) => cellsOf(row, delimiter)).filter((row) => row.length >= 3);
  if (rows.length < 2 || rows.length < all.length * MIN_FIT) return null;
  const width = Math.min(...rows.map((row) => row.length), 30);
  const columns = Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? ''));
  const roles = columns.map((): Role => 'field');
  setTimes(columns, roles);
  const time = roles.findIndex((role) => role === 'time' || role === 'clock');
  if (time < 0 || time > 3) return null;
  // the line's own head says the date, too
  if (
    roles[time] === 'clock' &&
    !roles.includes('date') &&
    all.every((row) => findInstant(row)?.kind === 'dated')
  )
    return null;
  const isShort = (values: readonly string[]): boolean =>
    share(values, (v) => v.length > 40 || /\S \S+ \S/.test(v)) <= 1 - MIN_FIT;
  const isName = (values: readonly string[]): boolean =>
    isShort(values) &&
    share(values, (v) => /\p{L}/u.test(v) && !isHexadecimal(v)) >= MIN_FIT &&
    values.every((v) => v !== '');
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
  const level = columns.findIndex((values, i) => roles[i] === 'field' && isLevels(values));
  if (level >= 0) roles[level] = 'level';
  const isBefore = (i: number): boolean => roles[i] === 'field' && (message === undefined || i < message);
  const names = columns.flatMap((values, i) => (isBefore(i) && isName(values) ? [i] : []));
  // a code (`SEC-1203`) only where nothing else is a name
  const speaker = names.find((i) => share(columns[i] ?? [], isPlainName) >= MIN_FIT) ?? names[0];
  if (speaker !== undefined) roles[speaker] = 'service';
  const pid = columns.findIndex(
    (values, i) => isBefore(i) && share(values, (v) => /^\d+$/.test(v)) >= MIN_FIT,
  );
  if (pid >= 0) roles[pid] = 'pid';
  // short texts that differ, behind the level: what happened
  const end = width - 1;
  const texts = columns[end] ?? [];
  if (
    message === undefined &&
    delimiter !== ',' &&
    roles[end] === 'field' &&
    roles.includes('level') &&
    roles.indexOf('level') < end &&
    share(texts, (v) => /\p{L}{2}/u.test(v)) >= MIN_FIT &&
    new Set(texts).size > texts.length / 2
  )
    roles[end] = 'message';
  const last = Math.max(message ?? width - 1, roles.indexOf('level'));
  return { delimiter, names: null, roles: roles.slice(0, last + 1), isUtc: false, ...yearIn(roles, rows) };
}
const isPlainName = (cell: string): boolean => !/ \d+$|^[A-Z][A-Z\d]*[-_]?\d{3,6}$/.test(unbracketed(cell));
/** Words that are levels, or few short words of which some tell trouble. */
function isLevels(values: readonly string[]): boolean {
  const words = values.map(unbracketed);
  return (
    share(words, (v) => (levelOf(v) ?? levelOfFacility(v)) !== undefined) >= MIN_FIT ||
    (words.some((v) => troubleOf(v)) &&
      new Set(values).size <= Math.max(2, values.length * 0.8) &&
      share(words, isWord) >= MIN_FIT)
  );
}
const isHexadecimal = (cell: string): boolean => /^(?=.*\d)(?:0x)?[\da-f]{3,}$/.test(cell);
const isObject = (cell: string): boolean => cell.startsWith('{');
const isWord = (cell: string): boolean => /^[\p{L}_-]{1,12}$/u.test(cell);

/** Where cell `n` begins in the line as it stands. */
function cellStart(line: string, delimiter: string, n: number): number {
  let at = 0;
  for (let i = 0; i < n; i++) {
    const next = line.indexOf(delimiter, at);
    if (next < 0) return line.length;
    at = next + delimiter.length;
    if (delimiter === ' ') while (line[at] === ' ') at++;
  }
  return at;
}

/** Whether it is the line of names itself, which says nothing. */
export const isHeader = (line: string, { delimiter, names, isDirective }: Columns): boolean =>
  names !== null &&
  !isDirective &&
  cellsOf(line.replace(/^#\s*/, ''), delimiter).every((cell, i) => cell === names[i]);

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
  if (columns.year !== undefined) {
    const parts = cells.slice(columns.year, columns.year + PARTS.length);
    if (!parts.every((part) => /^\d+$/.test(part))) return null;
    time = `${parts.slice(0, 3).join('-')} ${parts
      .slice(3)
      .map((part) => part.padStart(2, '0'))
      .join(':')}`;
  }
  if (time === undefined || !/\d/.test(time)) return null;
  time = narrow(time);
  if (isUtc && /^\d{1,4}[-/:]/.test(time) && !/Z$/.test(time)) time += 'Z';
  const word = of('level');
  let level: Level | undefined = word === undefined ? undefined : levelOfCell(word);
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
    const levelled = level === undefined && !roles.includes('level') ? readHead(parsed.content) : null;
    const own = levelled && levelled.time === undefined ? levelled : readRest(parsed.content);
    if (own.level !== undefined) parsed.level = own.level;
    parsed.content = own.content;
    if (own.service !== undefined) parsed.service = own.service;
  }
  const service = of('service');
  const host = of('host');
  const pid = of('pid');
  if (service !== undefined) parsed.service = unbracketed(service);
  if (host !== undefined) parsed.host = host;
  if (pid !== undefined) parsed.pid = pid;
  return parsed;
}
/** `|a|b|`: the last sign parts nothing. */
const withoutEnd = (text: string, delimiter: string): string =>
  text.indexOf(delimiter) === text.length - delimiter.length ? text.slice(0, -delimiter.length).trim() : text;
/** The first column behind the time that is neither who speaks nor where. */
function firstValue(roles: readonly Role[]): number {
  const time = Math.max(roles.indexOf('time'), roles.indexOf('clock'), roles.lastIndexOf('date'));
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
      ? withoutEnd(line.slice(cellStart(line, delimiter, place)).trim(), delimiter)
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
