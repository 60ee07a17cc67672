/** Lines that name their parts themselves: JSON, `key=value`, `label:value` between tabs, events in XML, several lines of `KEY=value`. */
import type { Level, ParsedLine } from '../types.ts';
import {
  bareLevelOf,
  levelInMessage,
  levelOf,
  levelOfNumber,
  levelOfPriority,
  levelOfSeverityNumber,
  levelOfStatus,
} from './levels.ts';
import { isNamed, keyOf, pick, saidOf, type Values } from './names.ts';
import { isInstant } from './notations.ts';

/** Levels by the names and numbers structured logs have. */
function levelIn(values: Values): Level | undefined {
  for (const [key, value] of saidOf(values, 'level')) {
    if (!/^\d+$/.test(value)) {
      const level = levelOf(value);
      if (level) return level;
      continue;
    }
    const number = Number(value);
    const level =
      key === 'severitynumber'
        ? levelOfSeverityNumber(number)
        : number <= 7
          ? levelOfPriority(value)
          : levelOfNumber(number);
    if (level) return level;
  }
  const status = statusIn(values);
  if (status !== undefined) return levelOfStatus(status);
  for (const [, value] of saidOf(values, 'status')) {
    const level = bareLevelOf(value);
    if (level) return level;
  }
  return undefined;
}
/** Of an answer in HTTP, under any name that ends so: `EdgeResponseStatus`, `responseStatus.code`. */
function statusIn(values: Values): number | undefined {
  for (const [key, value] of values)
    if (/status(?:\.?code)?$/.test(key) && /^[1-5]\d\d$/.test(value)) return Number(value);
  return undefined;
}
/** A number of one digit under a name for levels. */
function rankIn(values: Values): number | undefined {
  const value = saidOf(values, 'level').find(
    ([key, said]) => key !== 'severitynumber' && /^\d$/.test(said),
  )?.[1];
  return value === undefined ? undefined : Number(value);
}
const DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/;
export function assemble(values: Values, whole: string): ParsedLine {
  const said = pick(values, 'content');
  let time = pick(values, 'time') ?? instantIn(values);
  const date = values.get('date');
  // `date=2026-11-23 time=13:01:05`
  if (date !== undefined && DATE.test(date)) {
    const clock = values.get('time');
    if (clock !== undefined && /^\d{1,2}:/.test(clock)) time = `${date} ${clock}`;
  }
  const level =
    levelIn(values) ??
    levelAmong(values) ??
    (said === undefined
      ? undefined
      : (levelInMessage(said) ?? (values.get('error') === said ? 'error' : undefined)));
  const rank = rankIn(values);
  const service = pick(values, 'service');
  const host = pick(values, 'host');
  const pid = pick(values, 'pid');
  let content = said ?? whole;
  if (values.get('req') === said && said !== undefined && values.has('status')) {
    const rest = [...values].filter(([key]) => !['time', 'host', 'req'].includes(key));
    content = `${said} ${rest.map(([key, value]) => (key === 'status' ? value : `${key}:${value}`)).join(' ')}`;
  }
  return {
    content,
    ...(time === undefined ? {} : { time }),
    ...(level ? { level } : {}),
    ...(rank === undefined ? {} : { rank }),
    ...(service === undefined ? {} : { service }),
    ...(host === undefined ? {} : { host }),
    ...(pid === undefined ? {} : { pid }),
  };
}

/** Whatever its name, what looks like an instant is one. */
function instantIn(values: Values): string | undefined {
  for (const value of values.values()) if (value.length >= 10 && isInstant(value)) return value;
  return undefined;
}
/** Whatever its name, what is a level and nothing else is one. */
function levelAmong(values: Values): Level | undefined {
  for (const value of values.values()) {
    const level = value.length <= 11 && value !== 'default' ? bareLevelOf(value) : undefined;
    if (level) return level;
  }
  return undefined;
}
const WORDY = / \S|\p{Script=Han}.*\p{Script=Hiragana}/u;
/** The only value of several words. */
function sentenceIn(values: Values): string | undefined {
  const said = [...values].filter(
    ([key, value]) => WORDY.test(value) && !isInstant(value) && !/agent|command|query|sql|trace/.test(key),
  );
  return said.length === 1 ? said[0]?.[1] : undefined;
}

/** Nested objects are reached by dotted names; a list of `{key, value}` is as good as an object. */
const MOST_VALUES = 200;
function flatten(value: unknown, name: string, out: Map<string, string>, depth: number): void {
  if (out.size >= MOST_VALUES || value === null) return;
  if (typeof value !== 'object') {
    if (!out.has(name)) out.set(name, String(value));
    return;
  }
  if (depth >= 4) return;
  if (Array.isArray(value)) {
    for (const entry of value) {
      if (typeof entry !== 'object' || entry === null) continue;
      const { key, value: given } = entry as { key?: unknown; value?: unknown };
      if (typeof key !== 'string') continue;
      const scalar = typeof given === 'object' && given !== null ? Object.values(given)[0] : given;
      flatten(scalar, `${name}.${keyOf(key)}`, out, depth + 1);
    }
    return;
  }
  for (const [key, inner] of Object.entries(value))
    flatten(inner, name ? `${name}.${keyOf(key)}` : keyOf(key), out, depth + 1);
}
/** A text that is one JSON object. */
export function parseJsonLine(line: string): ParsedLine | null {
  const values = jsonValues(line);
  return values && assemble(values, pick(values, 'content') ?? sentenceIn(values) ?? line);
}
export function jsonValues(line: string): Values | null {
  if (!/^\s*\{/.test(line) || !/\}\s*,?\s*$/.test(line)) return null;
  let value: unknown;
  try {
    value = JSON.parse(line.trimEnd().replace(/,$/, ''));
  } catch {
    return null; // not this format
  }
  const out = new Map<string, string>();
  flatten(value, '', out, 0);
  return out;
}

const PAIR = /([\p{L}_@][\p{L}\p{N}_.@/-]*)=("(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|[^\s"]*),?(?:\s+|$)/uy;
/** The pairs of a line that is nothing but `key=value`, at least two of them; null: it is not. */
function pairsOf(line: string): Map<string, string> | null {
  const found = new Map<string, string>();
  PAIR.lastIndex = line.length - line.trimStart().length;
  while (PAIR.lastIndex < line.length) {
    const pair = PAIR.exec(line);
    if (!pair) return null;
    const [, key = '', raw = ''] = pair;
    const isQuoted = raw.startsWith('"') || raw.startsWith("'");
    const name = keyOf(key);
    if (!found.has(name)) found.set(name, isQuoted ? raw.slice(1, -1).replace(/\\(["\\])/g, '$1') : raw);
  }
  return found.size < 2 ? null : found;
}
/** `"date=2026-11-23","level=notice","msg=…"`, `[ts:…][lv:INFO][msg:…]`: a pair in each cell; null: it is not so. */
export function parsePairCells(line: string): ParsedLine | null {
  if (!/^["[][\w.-]+[=:]/.test(line)) return null;
  const found = new Map<string, string>();
  for (const cell of line.split(/(?<=")\s*[,;\t]\s*(?=")|(?<=\])\s*(?=\[)/)) {
    const [, key = '', value = ''] = /^["[]([\w.-]+)[=:](.*)["\]]$/.exec(cell) ?? [];
    if (key === '') return null;
    if (!found.has(keyOf(key))) found.set(keyOf(key), value);
  }
  return found.size < 2 || !(isNamed(found, 'time') || isNamed(found, 'level'))
    ? null
    : assemble(found, line);
}
/** A line that is nothing but `key=value`, one of which names a level, a message or, before all others, the time. */
export function parseLogfmtLine(line: string): ParsedLine | null {
  const found = pairsOf(line);
  if (!found) return null;
  const first = found.keys().next().value ?? '';
  const isLog =
    isNamed(found, 'level') ||
    / /.test(found.get('msg') ?? found.get('message') ?? '') ||
    isNamed(new Map([[first, '']]), 'time') ||
    (found.size > 3 && isNamed(found, 'time'));
  return isLog ? assemble(found, line) : null;
}

const LOOSE_KEY = `(['"]?):?([\\p{L}_@][\\p{L}\\p{N}_.@-]*)\\1\\s?(?:=>|[:=])\\s?`;
const LOOSE_PAIR = new RegExp(
  `${LOOSE_KEY}(?:'((?:[^'\\\\]|\\\\.)*)'|"((?:[^"\\\\]|\\\\.)*)"|(.*?))\\s*(?:[,;|]\\s*(?=${LOOSE_KEY.replaceAll('\\1', `['"]?`)})|,?$)`,
  'uy',
);
/** What says in Python, Ruby and JavaScript that there is no value. */
const NOTHING = /^(?:None|nil|null|undefined)$/;
/** `time: …, level: WARN, msg: …`, and objects as Python, Ruby and JavaScript print them; null: it is none, or tells neither time nor level. */
export function parseLoosePairs(line: string): ParsedLine | null {
  const body = /^\s*(?:- )?\{(.*)\}\s*$/.exec(line)?.[1] ?? line;
  const found = new Map<string, string>();
  LOOSE_PAIR.lastIndex = body.length - body.trimStart().length;
  while (LOOSE_PAIR.lastIndex < body.length) {
    const pair = LOOSE_PAIR.exec(body);
    if (!pair) return null;
    const [, , key = '', single, double, bare = ''] = pair;
    const value = (single ?? double)?.replace(/\\(['"\\])/g, '$1') ?? bare;
    if (!NOTHING.test(value) && !found.has(keyOf(key))) found.set(keyOf(key), value);
  }
  const isLog = isNamed(found, 'time') || (isNamed(found, 'level') && isNamed(found, 'content'));
  return found.size < 3 || !isLog ? null : assemble(found, line);
}

/** A label at the beginning of a line: `日時:…`, or of several in capitals: `TIME:… LV:…`. */
export const isLabel = (line: string): boolean =>
  /^(?:[\p{Script=Han}\p{Script=Katakana}ー]{2,10}[:：]|[A-Z_]{1,12}:\S+ [A-Z_]{1,12}:\S)/u.test(line);
/** `time:…<tab>level:…` (LTSV), `日時:… レベル:…`, `TIME:… LV:…`. */
export function parseLabelled(line: string): ParsedLine | null {
  const cells = line.includes('\t') ? line.split('\t') : line.split(/[ 　]+(?=[\p{L}ー]{1,12}[:：])/u);
  const found = new Map<string, string>();
  for (const cell of cells) {
    const colon = cell.search(/[:：]/);
    if (colon <= 0 || !/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(cell.slice(0, colon))) return null;
    found.set(keyOf(cell.slice(0, colon)), cell.slice(colon + 1));
  }
  if (found.size < 2 || !(isNamed(found, 'time') || isNamed(found, 'level'))) return null;
  return assemble(found, line);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text
    .replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g, (_, name, decimal, hex) =>
      name
        ? (ENTITIES[name as string] ?? '')
        : String.fromCodePoint(
            Math.min(0x10ffff, decimal ? Number(decimal) : Number.parseInt(hex as string, 16)),
          ),
    )
    .replace(/\s+/g, ' ')
    .trim();
const WINDOWS: Readonly<Record<string, Level>> = {
  0: 'info',
  1: 'fatal',
  2: 'error',
  3: 'warn',
  4: 'info',
  5: 'trace',
};
/** One event in XML as Windows and logging libraries write it: elements and attributes by name. */
export function parseXmlEvent(given: string): ParsedLine | null {
  const text = given.replace(/<!\[CDATA\[(.*?)\]\]>/gs, (_, inner: string) =>
    inner.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  );
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?<[A-Za-z][\w:.-]*[\s>]/.test(text)) return null;
  const values = new Map<string, string>();
  const data: string[] = [];
  for (const [, tag = '', attributes = '', inner] of text.matchAll(
    /<(?:\w+:)?(\w+)((?:\s+[\w:]+=(?:"[^"]*"|'[^']*'))*)\s*(?:\/>|>([^<]*))/g,
  )) {
    const name = tag.toLowerCase();
    for (const [, key = '', quoted = ''] of attributes.matchAll(/([\w:]+)=("[^"]*"|'[^']*')/g)) {
      const value = unescaped(quoted.slice(1, -1));
      const own = key.toLowerCase();
      if (name === 'provider' && own === 'name') values.set('service', value);
      if (name === 'timecreated' && own === 'systemtime') values.set('time', value);
      if (!values.has(own)) values.set(own, value);
    }
    const value = inner === undefined ? '' : unescaped(inner);
    if (value === '') continue;
    if (name === 'data') data.push(value);
    else if (!values.has(name)) values.set(name, value);
  }
  if (/<System>/.test(text)) {
    const level = WINDOWS[values.get('level') ?? ''];
    values.set('level', level ?? values.get('level') ?? '');
  }
  if (!values.has('message') && data.length) values.set('message', data.join(' '));
  if (values.has('millis')) values.set('time', values.get('millis') ?? '');
  return isNamed(values, 'time') ? assemble(values, text) : null;
}

/** `key: value` or `KEY=value`, alone in its line. */
export const PAIR_LINE =
  /^\s*-? *["']?([\p{L}_@][\p{L}\p{N} _.@/-]{0,40}?)["']?\s*(?:=|:(?=\s|$)|：)\s*(.*)$/u;
/** A line that only parts records: `---`, `=====`. */
export const RULE_LINE = /^\s*([-=*#_~%+])\1{2,}\s*$/;
/** Lines of pairs that make one record (journald’s export, YAML, mail-like headers); null: they are none, or tell no time. */
export function parsePairLines(text: string): ParsedLine | null {
  const values = new Map<string, string>();
  let others = 0;
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || RULE_LINE.test(line)) continue;
    const [, key, value = ''] = PAIR_LINE.exec(line) ?? [];
    if (key === undefined) others++;
    // `Description:`, and what it is in the next line
    if (key === undefined && values.get(last) === '') values.set(last, line.trim());
    if (key === undefined) continue;
    last = keyOf(key);
    if (!values.has(last)) values.set(last, value.trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
  return values.size < 2 || others > values.size || !(isNamed(values, 'time') || instantIn(values))
    ? null
    : assemble(values, text);
}
