/**
 * The reader of any line: it finds an instant in the line's head and takes off, before it and behind it, what heads are made of (a
 * level, who speaks, a process, a thread, a host); what is left is the message. No format is named here.
 */
import type { Level, ParsedLine } from '../types.ts';
import type { LayoutReader } from './layout.ts';
import {
  bareLevelOf,
  LEVEL_PATTERN,
  levelOf,
  levelOfCode,
  levelOfFacility,
  levelOfPriority,
} from './levels.ts';
import {
  CLOCK_AT,
  DATED_AT,
  EPOCH_AT,
  GLUED_AT,
  hasFullWidthDigit,
  mayBeginInstant,
  narrow,
  ZONE_NAMES,
} from './notations.ts';

/** So far into a line its head may reach before the instant, and so many bare words may stand there. */
const HEAD_CHARS = 120;
const WORDS_BEFORE = 3;
/** Parts of a head at most. */
const MOST_ITEMS = 12;
/** So far behind an epoch a date may follow. */
const SECOND_CHARS = 40;

const OPENERS = '[(<{【「';
const CLOSERS = '])>}】」';
const SPACE = 32;

type Found = { readonly start: number; readonly end: number; readonly kind: 'dated' | 'clock' | 'epoch' };
const at = (pattern: RegExp, line: string, from: number): number => {
  pattern.lastIndex = from;
  return pattern.test(line) ? pattern.lastIndex : -1;
};
const isWordChar = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** Prose, not a head: `backup of 2026-…`. */
const LEADS_IN =
  /(?:^|[\s(])(?:of|at|on|from|since|until|till|for|by|before|after|between|to|and|than|is|was|date|expires?|valid|modified|created|updated|start|end)\s*[:=]?\s*$/i;

/** The first instant of a line's head. */
export function findInstant(line: string): Found | null {
  const glued = mayBeginInstant(line.charCodeAt(1)) ? at(GLUED_AT, line, 0) : -1;
  if (glued > 0) return { start: 1, end: glued, kind: 'dated' };
  let words = 0;
  let clock: Found | null = null;
  const end = Math.min(line.length, HEAD_CHARS);
  let isBoundary = true;
  let inBracket = 0;
  for (let i = 0; i < end; i++) {
    const code = line.charCodeAt(i);
    if (isBoundary && mayBeginInstant(code)) {
      const dated = at(DATED_AT, line, i);
      if (dated > 0)
        return i > 0 && words > 0 && LEADS_IN.test(line.slice(0, i))
          ? clock
          : { start: i, end: dated, kind: 'dated' };
      if (!clock && words <= 1) {
        const time = line[i + 2] === '.' && i > 0 ? -1 : at(CLOCK_AT, line, i);
        if (time > 0 && !(words > 0 && LEADS_IN.test(line.slice(0, i)))) {
          clock = { start: i, end: time, kind: 'clock' };
          i = time - 1;
          continue;
        }
      }
      if (words === 0 || line[i - 1] === '(') {
        const epoch = at(EPOCH_AT, line, i);
        if (epoch > 0) return { start: i, end: epoch, kind: 'epoch' };
      }
    }
    const char = line[i] ?? '';
    // an object in JSON is the message
    if (char === '{' && line[i + 1] === '"') return clock;
    if (OPENERS.includes(char)) inBracket++;
    else if (CLOSERS.includes(char)) inBracket = Math.max(0, inBracket - 1);
    const wasBoundary = isBoundary;
    isBoundary = !isWordChar(code) && code !== 46 && code !== 45 && code !== 47 && code <= 127;
    if (code > 127)
      isBoundary =
        OPENERS.includes(char) || CLOSERS.includes(char) || code === 0x3000 || /\p{So}/u.test(char);
    if (wasBoundary && !isBoundary && inBracket === 0 && line[i - 1] !== '=') {
      const rest = WORD_AT;
      rest.lastIndex = i;
      const word = rest.exec(line)?.[0] ?? '';
      if (/\p{L}/u.test(word) && bareLevelOf(word) === undefined && ++words > WORDS_BEFORE) return clock;
    }
  }
  return clock;
}
const WORD_AT = /[\p{L}\p{N}_]+/uy;

const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const ANSI = new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^${BELL}]*(?:${BELL}|$))`, 'g');
/** Without the colours of a terminal. */
export const withoutColours = (line: string): string =>
  line.includes(ESCAPE) ? line.replace(ANSI, '') : line;

const PRIORITY = /^<(\d{1,3})>/;
const NAME = '[\\p{L}\\p{N}_.$@/\\\\+#*&-]';
/** Who speaks: `name:`, `name[12]:`, `name(part)[12]:`, `a::b:`. */
const SPEAKER = new RegExp(
  `(${NAME}{1,60}(?:::?(?=\\p{L})${NAME}{1,60})*(?:\\([\\w.:-]{1,40}\\))?)(?:\\[([^\\]\\s]{0,40})\\])?(?: \\(([^)]{1,60})\\))?(?: {0,40}[:：](?=\\s|$)|：)`,
  'uy',
);
/** `name:12 - `, `name:part:12 - `, `name@12`, `name [thread] - `, `name - `, `name | `. */
const DASHED = new RegExp(
  `(${NAME}{1,80}?)(?::[\\w<>.]{1,40})?(?::\\d{1,6})?(?:@\\d{1,6})?(?: \\*\\d{2})?(?: \\[[^\\]]{1,60}\\](?= - ))? {0,40}(?: - |\\| ?| -- ?| [-=]> |\\t)`,
  'uy',
);
/** `o.a.c.[/].[servlet]   : `: a padded name before a colon. */
const SPACED = /([A-Za-z][\w$]*\.\S{1,80}) +: (?=\S)/y;
const PADDED = new RegExp(`(${NAME}{1,60})(?: {3,40}|\\t)(?=\\S)`, 'uy');
const PADDED_TWO = new RegExp(`(${NAME}{2,60}) {2,40}(?=\\S)`, 'uy');
/** `com.example.Main ready`, `nova.compute.manager [req]`. */
const DOTTED = /((?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*)(?: |$)/y;
/** A class with the number of an event at the end of a line: `Site.Worker[14]`. */
const ENDING = /([A-Za-z_][\w.]*)\[\d+\]$/y;
const NUMBERS = /(?:#?\d+ *(?:[/:#,-] *\d+)? *)+/y;
const NUMBERS_COLON = new RegExp(`${NUMBERS.source}:? *`, 'y');
const LETTER = /([VDIWEFCTN])(?:[ /,])/y;
const RANK = /([*#.-]) (?=\S)/y;
const RANKED = /^\[?\d+(?::[A-Z]|\])/;
const RANKS: Readonly<Record<string, Level>> = { '*': 'info', '#': 'warn', '.': 'debug', '-': 'debug' };
const PROCESS = /(\d+)#\d+:(?: \*\d+)?/y;
const SPAN = /[\w.:-]+\{[^}]{0,200}\}: */y;
const WORD = /[\p{L}ー]{2,16}\d?/uy;
const MESSAGE_CODE =
  /^(?:[A-Z]{2,10}[-_]?\d{3,6}(?:-?[A-Z])?|%.*|[A-F\d]{8,}|\d[\d.,:]*|[A-Za-z]|Caused by)$/;
const HOST_THEN_SPEAKER = new RegExp(
  `([\\w.:\\u0080-\\uffff-]{0,79}[\\w\\u0080-\\uffff]) +(?=${NAME}{1,60}(?:(?:\\([^)]{1,40}\\))?(?:\\[[^\\]\\s]{0,40}\\])(?: \\([^)]{1,60}\\))?:|\\[\\d{1,8}\\] ))`,
  'uy',
);
const HOST_THEN_NAME = new RegExp(
  `([\\w.-]{1,80}) +(?=(?:${NAME}{1,60}(?:\\[\\d+\\])?:(?: |$)|:? ?%[A-Z]|CEF:|LEEF:))`,
  'uy',
);
const LEVEL_NEXT = /^(?:error|warning|fatal|critical|panic|notice|info|debug|alert)[:\s]/i;
const HOST_THEN_LEVEL = /([\w.@-]{1,60}) +(?=[[(<]?([A-Za-z]{3,11})[\])>]?[\s:|])/y;
const THREAD =
  /^(?:main|.*(?:thread|exec|worker|pool|task|executor|scheduler|timer|nio|qtp)[\w\s]*[-_#:]?\s*\d*|.+-\d+|[A-Z][\w ]*Thread.*|default task.*)$/i;
const IDENTITY =
  /^(?:[\d.:#x*/-]+|[A-Fa-f\d-]{8,}|(?:req|request|trace|span|tid|pid|corr\w*|session|conn|C)[-_ :=#]?[\w-]*\d[\w-]*.*|\(?null\)?|-|~|#?\d+(?:[:/,]\s*(?:tid )?\d+)*|pid \d+(?::tid \d+)?|tid \d+|myid:\d+)$/;
/** `[req-14 …]`, `[4211]`, `[-]`: behind who speaks it is a part of the head still. */
const NUMBERED =
  /^(?:\w+@\d+ .*|[\d.:#x*/-]*|[A-Fa-f\d]{8}-[A-Fa-f\d-]{8,}|\(?null\)?|(?:req|request|trace|span|session)[-_ :=#]?[\w-]*\d.*|pid \d+.*|tid \d+)$/;
const endsHead = (line: string, from: number): boolean =>
  /^(?: - |: | : | -- )/.test(line.slice(from, from + 4));
const SERVICE_NAME = new RegExp(`^(?:${NAME}|::|(?<=\\p{L}):(?=\\p{L})){1,80}$`, 'u');
const ZONE_AFTER = new RegExp(`^(?:${ZONE_NAMES})$`);

/** The parts of one head as they are taken off. Kept between lines: nothing is made anew. */
class Head {
  level: Level | undefined;
  service: string | undefined;
  /** a bracket that names a thread: a service where nothing else does */
  thread: string | undefined;
  host: string | undefined;
  pid: string | undefined;
  clear(): void {
    this.level = this.service = this.thread = this.host = this.pid = undefined;
  }
}
const head = new Head();

export type HeadHints = {
  /** in most lines a marked level stands farther behind: what is before it is of the head */
  readonly isFar?: boolean;
  /** most lines of the source have a level behind the instant: one in small letters is one, too */
  readonly levels?: boolean;
  /** most lines name who speaks before a colon or in a round bracket: a name may have several words */
  readonly names?: boolean;
  /** so many words stand between the instant and the level in most lines */
  readonly levelWord?: number;
  /** the columns of most heads */
  readonly layout?: LayoutReader;
};

/** Three words at least. */
const SENTENCE = /(?:^|\s)[^\s]*\p{L}[^\s]*\s+[^\s]*\p{L}[^\s]*\s+.*\p{L}/u;
const SAYS = /[\p{L}\p{N}]/u;
/** A line taken apart; null where it has neither an instant nor a level in its head. */
export function readHead(original: string, hints: HeadHints = {}): ParsedLine | null {
  let line = original;
  let found = findInstant(line);
  if (!found && hasFullWidthDigit(line.slice(0, HEAD_CHARS))) {
    line = narrow(line);
    found = findInstant(line);
  }
  const laidOut = found && hints.layout?.read(line, found);
  if (laidOut) return laidOut;
  head.clear();
  let from = 0;
  const priority = line.charCodeAt(0) === 60 ? PRIORITY.exec(line) : null;
  if (priority) {
    from = priority[0].length;
    head.level = levelOfPriority(priority[1] ?? '');
  }
  if (found && found.start < from) found = null;
  if (!found) {
    const message = afterLevel(line, from, priority !== null, hints);
    return message < 0 ? null : parsed(original, message, undefined);
  }
  if (found.start > from) before(line, from, found.start);
  // a second instant shortly behind: `1131566461 2026.11.21 node-3 Nov 21 09:00:00 node-3 …`
  const second = found.kind === 'epoch' ? findInstant(line.slice(found.end)) : null;
  const end = second?.kind === 'dated' && second.start < SECOND_CHARS ? found.end + second.end : found.end;
  const rest = behind(line, end, found, hints);
  // nothing is left of what the line says: what was taken off is the message
  // the instant ends the line: what stands before it is the message, unless it is a title of the next line
  if (!SAYS.test(line.slice(end)) && SENTENCE.test(line.slice(from, found.start)))
    return parsed(original.slice(0, found.start).trimEnd(), from, line.slice(found.start, found.end));
  const isTaken = hints.isFar || (head.service === undefined && head.level === undefined);
  if (isTaken && !SAYS.test(line.slice(rest)) && SAYS.test(line.slice(end))) {
    const { level } = head;
    head.clear();
    head.level = level;
    return parsed(original, skipMarks(line, end), line.slice(found.start, found.end));
  }
  return parsed(original, rest, line.slice(found.start, found.end));
}

function parsed(line: string, from: number, time: string | undefined): ParsedLine {
  let content = from === 0 ? line : line.slice(from);
  const out: { -readonly [K in keyof ParsedLine]: ParsedLine[K] } = { content };
  if (head.service === undefined && head.level !== undefined) {
    // `… started (kafka.server.KafkaServer)`
    const named = / \(([a-z]\w*(?:\.\w+)*\.[A-Z][\w$]*)\)$/.exec(content);
    if (named) {
      head.service = named[1];
      content = content.slice(0, named.index);
      out.content = content;
    }
  }
  const service = head.service ?? head.thread;
  if (time !== undefined) out.time = time;
  if (head.level !== undefined) out.level = head.level;
  if (service !== undefined) out.service = service;
  if (head.host !== undefined) out.host = head.host;
  if (head.pid !== undefined) out.pid = head.pid;
  return out;
}

/** A text whose instant and level are known: who speaks, and what. */
export function readRest(text: string): ParsedLine {
  head.clear();
  head.level = 'info';
  const message = items(text, 0, null, {});
  const { service } = head;
  return { content: text.slice(message), ...(service === undefined ? {} : { service }) };
}

/** What stands before the instant. */
function before(line: string, from: number, to: number): void {
  const text = line.slice(from, to);
  if (text.startsWith('#')) return;
  let i = 0;
  let items = 0;
  while (i < text.length && items++ < MOST_ITEMS) {
    const char = text[i] ?? '';
    if (OPENERS.includes(char)) {
      const end = text.indexOf(CLOSERS[OPENERS.indexOf(char)] ?? '', i + 1);
      if (end > 0) bracket(text.slice(i + 1, end), 'before');
      i = end > 0 ? end + 1 : i + 1;
      continue;
    }
    TOKEN.lastIndex = i;
    const token = TOKEN.exec(text);
    if (!token) {
      i++;
      continue;
    }
    i = TOKEN.lastIndex;
    const word = token[0].replace(/^[=*#-]+(?=\w)|(?<=\w)[=*#]+$/g, '');
    // a file that is named after its day
    if (/\d{4}-\d\d-\d\d/.test(word)) {
      while (i < text.length && text[i] !== ' ') i++;
      continue;
    }
    const next = text.slice(i).trimStart();
    const level =
      bareLevelOf(word) ?? (word.length === 1 && /^[VDIWEFC]$/.test(word) ? levelOf(word) : undefined);
    if (level !== undefined) head.level ??= level;
    else if (/^\d+(?::[A-Z])?$/.test(word)) head.pid ??= word.replace(/:.*/, '');
    else if (word === '-' || /[=]/.test(word) || !/[\p{L}\p{N}]/u.test(word)) continue;
    else if (!/\p{L}/u.test(word)) continue;
    // `ns_server:error,`
    else if (/^[\w-]+:[a-z]+$/i.test(word) && bareLevelOf(word.replace(/^.*:/, '')) !== undefined)
      bracket(word, 'before');
    // a process and a thread in hexadecimal digits
    else if (/^[\da-f]{4,}(?:\.[\da-f]{4,})+$/i.test(word)) head.pid ??= word;
    else if (/^[|:"]/.test(next)) head.service ??= word;
    else if (head.host === undefined && /^[\w.:-]+$/.test(word) && !/^https?:/.test(word) && items === 1)
      head.host = word.replace(/:\d*$/, '');
    else if (head.service === undefined && SERVICE_NAME.test(word) && head.level !== undefined)
      head.service = word;
  }
}
const TOKEN = /[^\s[\](){}<>|,;:"'【】「」]+(?::\w+)?/y;

const lastWord = (text: string): string => text.slice(text.lastIndexOf(' ') + 1);
/** A bracket's text; false: it is no part of a head. */
function bracket(text: string, where: 'before' | 'behind' | 'alone'): boolean {
  const inner = text.trim();
  const facility = levelOfFacility(lastWord(inner));
  if (facility !== undefined) {
    head.level ??= facility;
    return true;
  }
  if (inner === '' || IDENTITY.test(inner)) {
    const pid = /^(?:pid )?(\d+)/.exec(inner);
    if (pid) head.pid ??= pid[1];
    return true;
  }
  const level = levelOf(inner);
  if (level !== undefined && (head.level === undefined || bareLevelOf(inner) !== undefined)) {
    head.level ??= level;
    return true;
  }
  // `proxy:error`, `ERROR/main`, `Server thread/INFO`
  const pair = /^([\w .:-]*)[:/]([\w.-]+)$/.exec(inner);
  if (pair) {
    const [, a = '', b = ''] = pair;
    const [left, right] = [levelOf(a), bareLevelOf(b)];
    if (right !== undefined) {
      head.level ??= right;
      const name = a.split(':')[0]?.trim() ?? '';
      if (SERVICE_NAME.test(name)) head.service ??= name;
      return true;
    }
    if (left !== undefined && bareLevelOf(a) !== undefined) {
      head.level ??= left;
      head.service ??= b;
      return true;
    }
  }
  const located =
    /^(?:.*?[:/])?([\w$.]+)@\d+$/.exec(inner) ??
    (where === 'before' ? null : /^([A-Za-z][\w$.]+) *:\d+$/.exec(inner));
  if (located) {
    head.service ??= located[1];
    return true;
  }
  if (THREAD.test(inner) && inner.length <= 80) {
    head.thread ??= SERVICE_NAME.test(inner) ? inner : undefined;
    return true;
  }
  // `name/812.140`: a process and a thread behind the name
  const [own = ''] = inner.replace(/(?<=\p{L})\/\d+$|\/\d+\.\d+$/u, '').split(/,(?=\S)/);
  if (head.service === undefined && SERVICE_NAME.test(own) && /\p{L}/u.test(own)) {
    head.service = own;
    return true;
  }
  // a name in two words, once the level is known
  if (where === 'before') return true;
  return false;
}

/** A line without an instant: it needs a level to have a head at all. Gives where the message begins, or -1. */
function afterLevel(line: string, from: number, isKnown: boolean, hints: HeadHints): number {
  const begin = skip(line, from);
  const uptime = at(UPTIME, line, begin);
  if (hints.levels && !isKnown) {
    COUNTER.lastIndex = begin;
    const level = levelAt(line, COUNTER.test(line) ? COUNTER.lastIndex : begin, hints);
    if (level >= 0) return items(line, level, null, {});
  }
  const message = levelAtStart(line, uptime > 0 ? uptime : begin, isKnown);
  // seconds in a bracket are a head by themselves
  return message < 0 && uptime > 0 && line[begin] === '[' ? uptime : message;
}
function levelAtStart(line: string, start: number, isKnown: boolean): number {
  if (isKnown) return items(line, start, null, {});
  const first = line[start] ?? '';
  if (first === '') return -1;
  if (OPENERS.includes(first)) {
    const end = line.indexOf(CLOSERS[OPENERS.indexOf(first)] ?? '', start + 1);
    const inner = end > 0 && end - start < 30 ? line.slice(start + 1, end).trim() : '';
    const level = first === '{' ? undefined : levelOf(inner);
    if (level === undefined || (inner.length === 1 && first !== '(' && first !== '[')) return -1;
    head.level = level;
    return items(line, end + 1, null, {});
  }
  LOGCAT.lastIndex = start;
  const brief = LOGCAT.exec(line);
  if (brief) {
    head.level = levelOf(brief[1] ?? '');
    head.service = (brief[2] ?? '').trim();
    head.pid = brief[3];
    return LOGCAT.lastIndex;
  }
  WORD.lastIndex = start;
  const word = WORD.exec(line)?.[0] ?? '';
  const short = /^(?:info|warn|fail|crit|dbug|trce):/.test(line.slice(start, start + 5));
  const level = short ? levelOf(word) : bareLevelOf(word);
  if (level === undefined) return -1;
  const after = line.slice(WORD.lastIndex, WORD.lastIndex + 3);
  if (!/^(?:[:：]| - | {2}|[|\t]| \[|\[| \|)/.test(after)) return -1;
  head.level = level;
  // `WARNING:shop.stock:text`
  NAMED.lastIndex = WORD.lastIndex;
  const named = NAMED.exec(line);
  if (named) {
    head.service = named[1];
    return NAMED.lastIndex;
  }
  return items(line, WORD.lastIndex, null, {});
}
/** Numbers before a level. */
const COUNTER = /[\d#.:)\]]+\s+/y;
const LOGCAT = /([VDIWEF])\/([^(:]{1,60}?) *(?:\( *(\d+)\))?: /y;
const NAMED = /:([\w.-]{1,80}):(?=\S)/y;
/** Seconds since the machine was started. */
const UPTIME = /\[ *\d{1,9}\.\d{1,9}s?\](?:\[ *[TC]\d+\])? *|\d{1,9}\.\d{3,9}s?:? +/y;

const skip = (line: string, from: number): number => {
  let i = from;
  while (i < line.length) {
    const code = line.charCodeAt(i);
    if (code !== SPACE && code !== 9 && code !== 0x3000) break;
    i++;
  }
  return i;
};
/** Spaces and the signs heads are parted by. */
function skipMarks(line: string, from: number): number {
  let i = from;
  for (;;) {
    i = skip(line, i);
    const char = line[i] ?? '';
    const next = line[i + 1] ?? ' ';
    if (char === '|' || char === ',' || char === ';' || char === '·' || char === '•') i++;
    else if (
      (char === ':' || char === '：') &&
      (next === ' ' || next === '\t' || from === i || next === '[' || next === '%')
    )
      i++;
    else if (
      (char === '-' || char === '–' || char === '—') &&
      (next === ' ' || next === '-' || next === '\t')
    )
      i++;
    else if (line[0] === '*' && char === '*' && next === '*' && /^\*+\s/.test(line.slice(i, i + 8))) i += 2;
    else if (line[0] === '*' && char === '*' && next === ' ' && line[i - 1] === '*') i++;
    else if (char === '=' && (next === ' ' || next === '=' || next === '>')) i++;
    else if (char === '-' && next === '>') i += 2;
    else if ((char === ']' || char === ')' || char === '>' || char === '}') && from === i) i++;
    else return i;
  }
}

/** Behind the instant. */
function behind(line: string, from: number, found: Found, hints: HeadHints): number {
  let i = from;
  if (found.kind === 'dated' && head.pid !== undefined) {
    RANK.lastIndex = i + 1;
    const rank = line[i] === ' ' && RANKED.test(line) ? RANK.exec(line) : null;
    if (rank) {
      head.level = RANKS[rank[1] ?? ''];
      return RANK.lastIndex;
    }
  }
  // the bracket around the instant: `[2026-… INFO  shop::db] text`, `[… #42]`, `audit(1795…:24)`
  const opener = openBefore(line, found.start);
  if (opener >= 0) {
    const closer = line.indexOf(CLOSERS[opener] ?? '', i);
    if (closer >= 0 && closer - i < 120) {
      const inner = line
        .slice(i, closer)
        .trim()
        .replace(/^[:,|]\s*/, '');
      if (inner && !ZONE_AFTER.test(inner)) within(inner);
      i = closer + 1;
      if (line[i] === ':' && found.kind === 'epoch') i++;
    }
  } else if (line[found.start - 1] === '"' && line[i] === '"') i++;
  return items(line, i, found, hints);
}
/** Which kind of bracket is open before `to`; -1: none. */
function openBefore(line: string, to: number): number {
  for (let i = to - 1; i >= 0; i--) {
    const char = line[i] ?? '';
    if (CLOSERS.includes(char)) return -1;
    if (OPENERS.includes(char)) return OPENERS.indexOf(char);
  }
  return -1;
}
/** What shares the instant's bracket. */
function within(inner: string): void {
  const words = inner.split(/[\s/(),|]+|(?<!:):(?!:)/);
  for (const word of words) {
    if (/^#?\d+$/.test(word)) head.pid ??= word.replace('#', '');
    else if (head.level === undefined && levelOf(word) !== undefined && bareLevelOf(word) !== undefined)
      head.level = levelOf(word);
    else if (/^(?:[\w.$-]|::)+$/.test(word) && /[A-Za-z]/.test(word)) {
      // `Warning-Site.Stock.Reader`
      const dash = head.level === undefined ? word.indexOf('-') : -1;
      const level = dash < 3 ? undefined : bareLevelOf(word.slice(0, dash));
      head.level ??= level;
      head.service ??= level === undefined ? word : word.slice(dash + 1);
    }
  }
}

/** Where the level's word begins and ends, `count` words behind `from`. */
export function wordBehind(line: string, from: number, count: number): readonly [number, number] {
  WORDS.lastIndex = from;
  let found = WORDS.exec(line);
  for (let n = 0; n < count && found; n++) found = WORDS.exec(line);
  return found ? [found.index, WORDS.lastIndex] : [-1, -1];
}
const WORDS = /[^\s|]+/g;
/** A word in a line as a level, with or without what parts it from the next. */
export function levelWord(word: string): Level | undefined {
  const bare = word.replace(/^[[(<]+|[\])>:,]+$/g, '');
  return levelOf(bare) ?? levelOfCode(bare);
}

/** Takes part after part off, and gives where the message begins. */
function items(line: string, from: number, found: Found | null, hints: HeadHints): number {
  const message = partsFrom(line, from, found, hints);
  // nothing else names who speaks: what stands between the instant and the level does
  if (found && hints.levelWord !== undefined && head.service === undefined && head.level !== undefined) {
    const [begin] = wordBehind(line, found.end, hints.levelWord);
    const names = line.slice(found.end, Math.max(begin, found.end)).split(APART);
    head.service = names.find((name) => SERVICE_NAME.test(name) && /\p{L}\d|\p{L}{2}/u.test(name));
  }
  return message;
}
const APART = /[\s[\](){}<>|,:]+/;
function partsFrom(line: string, from: number, found: Found | null, hints: HeadHints): number {
  let i = from;
  if (found && hints.levelWord !== undefined && head.level === undefined) {
    const [begin, end] = wordBehind(line, found.end, hints.levelWord);
    const level = begin < 0 ? undefined : levelWord(line.slice(begin, end));
    if (level !== undefined) {
      head.level = level;
      // a code is of the message, too
      if (levelOf(line.slice(begin, end).replace(/^\W+|\W+$/g, '')) === undefined) return begin;
      HOST_THEN_SPEAKER.lastIndex = skipMarks(line, from);
      if (!HOST_THEN_SPEAKER.test(line)) {
        const names = line.slice(from, begin).split(APART);
        head.service ??= names.find((name) => SERVICE_NAME.test(name) && /\p{L}{2}/u.test(name));
        i = skipMarks(line, end);
        if (head.service !== undefined) return i;
      }
    }
  }
  // `p=4211 u=aya | text`
  const pairs = found ? at(PAIRS, line, skip(line, i)) : -1;
  if (pairs > 0) i = pairs;
  const isSyslog =
    found?.kind === 'dated' &&
    /^[A-Z]|^\d{4}-\d\d-\d\dT/.test(line.slice(found.start, found.start + 11)) &&
    !line.startsWith(' : ', found.end);
  for (let n = 0; n < MOST_ITEMS; n++) {
    i = skipMarks(line, i);
    if (i >= line.length) return line.length;
    const char = line[i] ?? '';
    if (char === '"') return i;
    const opener = OPENERS.indexOf(char);
    if (opener >= 0) {
      const closer = closing(line, i, opener);
      if (closer < 0 || closer - i > 160) return i;
      const inner = line.slice(i + 1, closer);
      const o = { char, inner, end: closer + 1, isEarly: n < 3, isTimed: found !== null };
      if (!takesBracket(line, { ...o, isNamed: hints.names === true }))
        return found && hints.isFar ? farLevel(line, i) : i;
      i = closer + 1;
      continue;
    }
    const next = item(line, i, n, isSyslog, hints);
    if (next < 0) return found && hints.isFar ? farLevel(line, i) : i;
    i = next;
  }
  return i;
}
const PAIRS = /(?:\w+=\S+ +){1,6}\| */y;
const FAR = new RegExp(
  `[\\[(<](?:[^\\[\\]()<>]{0,60}[/:] ?)?(${LEVEL_PATTERN})\\s*[\\])>]:?|(?:^|[\\s|])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)(?=[\\s:|]|$)|\\s([EWIFAOR])\\s+(?=[A-Z][A-Z\\d]{2,8}\\d{3,}[A-Z]?:)|(?:^|\\s)(debug|info|notice|warning|warn|err|error|crit|alert|emerg)(?= [\\w.-]{1,40}(?:\\[\\d+\\])?:)`,
);
const FAR_CHARS = 100;
/** Where the message begins when a level stands farther behind: what is before it names who speaks. `from` where there is none. */
function farLevel(line: string, from: number): number {
  if (head.level !== undefined) return from;
  const found = FAR.exec(line.slice(from, from + FAR_CHARS));
  if (!found) return from;
  const [, marked, bare, letter, small] = found;
  const word = marked ?? bare ?? small;
  head.level = word === undefined ? levelOf(letter ?? '') : levelOf(word);
  if (letter !== undefined && 'AOR'.includes(letter)) head.level = 'info';
  const names = line
    .slice(from, from + found.index)
    .split(/[\s[\](){}<>|,]+/)
    .filter(
      (token) => SERVICE_NAME.test(token) && /\p{L}{2}/u.test(token) && !/^0x|^[\dA-Fa-f-]{8,}$/.test(token),
    );
  const name = names.at(-1);
  if (small !== undefined) head.host ??= name;
  else if (name !== undefined) head.service ??= name.replace(/:$/, '');
  const end = from + found.index + found[0].length;
  return head.service === undefined || small !== undefined
    ? items(line, end, null, {})
    : skipMarks(line, end);
}
/** Whether the level stands farther behind than heads have it. */
export function hasFarLevel(line: string): boolean {
  const read = readHead(line);
  return read?.time !== undefined && read.level === undefined && FAR.test(read.content.slice(0, FAR_CHARS));
}
/** Whether a bracket is a part of the head: then what it says is taken. */
function takesBracket(
  line: string,
  o: {
    readonly char: string;
    readonly inner: string;
    readonly end: number;
    readonly isEarly: boolean;
    readonly isTimed: boolean;
    /** brackets name who speaks in this source */
    readonly isNamed: boolean;
  },
): boolean {
  const { char, end } = o;
  const inner = o.inner.trim();
  if (char === '「') return false;
  if (char === '{') {
    const level = head.level === undefined ? bareLevelOf(inner) : undefined;
    if (level !== undefined) {
      head.level = level;
      return true;
    }
    if (THREAD.test(inner) && head.thread === undefined) {
      head.thread = SERVICE_NAME.test(inner) ? inner : undefined;
      return true;
    }
    // `{taskinstance.py:1103}`
    const located = /^([\w$./-]+):\d+$/.exec(inner);
    if (located) head.service ??= located[1];
    return located !== null;
  }
  // round ones belong to the message unless they say a level or follow one
  if (char === '(' || char === '【') {
    const level = levelOf(inner);
    if (level !== undefined && head.level === undefined) {
      head.level = level;
      return true;
    }
    if (char === '(') {
      if (o.isNamed && head.service === undefined && SERVICE_NAME.test(inner) && /\p{L}/u.test(inner)) {
        head.service = inner;
        return true;
      }
      // `(4211) 0 [Name]`
      if (/^\d+$/.test(inner) && /^ (?:\d+ +)?\[/.test(line.slice(end, end + 8))) {
        head.pid ??= inner;
        return true;
      }
      if (head.level === undefined || inner.length > 60) return false;
      if (/^\d+$/.test(inner)) {
        head.pid ??= inner;
        return /^:? /.test(line.slice(end, end + 2));
      }
      if (THREAD.test(inner)) return head.service !== undefined || o.isEarly;
      // right behind the level
      if (head.service !== undefined || !o.isEarly || !SERVICE_NAME.test(inner) || !/\p{L}/u.test(inner))
        return false;
      head.service = inner;
      return line[end] === ' ';
    }
    if (head.service !== undefined || inner.length > 20) return false;
    head.service = inner;
    return true;
  }
  // `[orders] [exec-1] [65a1…] site.OrderController  : text`: the last one says who speaks
  if (char === '[' && head.level !== undefined && head.service === undefined) {
    let at = skip(line, end);
    while (line[at] === '[') {
      const closer = closing(line, at, 0);
      if (closer < 0) break;
      at = skip(line, closer + 1);
    }
    SPACED.lastIndex = SPEAKER.lastIndex = DASHED.lastIndex = at;
    const speaks = SPEAKER.exec(line)?.[1] ?? DASHED.exec(line)?.[1];
    if (SPACED.test(line) ? at > skip(line, end) : speaks?.includes('.')) return true;
  }
  const isLevel =
    head.level === undefined && (levelOf(inner) ?? levelOfFacility(lastWord(inner))) !== undefined;
  if (
    !isLevel &&
    head.service !== undefined &&
    !endsHead(line, end) &&
    !NUMBERED.test(inner) &&
    !levelFollows(line, end)
  )
    return false;
  if (bracket(inner, o.isTimed ? 'behind' : 'alone') || levelFollows(line, end)) return true;
  if (head.level === undefined || head.service !== undefined) return false;
  // `[part/host:16020] Server: text`, `[c:items s:shard1] o.a.Request text`
  SPEAKER.lastIndex = DOTTED.lastIndex = skip(line, end);
  return (!inner.includes(' ') && SPEAKER.test(line)) || /\.[A-Z]/.test(DOTTED.exec(line)?.[1] ?? '');
}
/** Whether one of the brackets right behind is a level: what stands before it is of the head, whatever it is. */
function levelFollows(line: string, from: number): boolean {
  if (head.level !== undefined) return false;
  let i = from;
  for (let n = 0; n < 3; n++) {
    i = skip(line, i);
    WORD.lastIndex = i;
    const word = WORD.exec(line)?.[0] ?? '';
    if (word !== '') return word === word.toUpperCase() && bareLevelOf(word) !== undefined;
    const opener = line[i] === '[' || line[i] === '<' ? OPENERS.indexOf(line[i] ?? '') : -1;
    const end = opener < 0 ? -1 : closing(line, i, opener);
    if (end < 0) return false;
    const inner = line.slice(i + 1, end).trim();
    if (inner.length > 1 && levelOf(inner) !== undefined) return true;
    i = end + 1;
  }
  return false;
}
/** The place of the bracket's end; of square ones those within are passed over. */
function closing(line: string, from: number, opener: number): number {
  const open = OPENERS[opener];
  const close = CLOSERS[opener];
  let depth = 0;
  const end = Math.min(line.length, from + 200);
  for (let i = from; i < end; i++) {
    if (line[i] === open) depth++;
    else if (line[i] === close && --depth === 0) return i;
  }
  return -1;
}

/** One part that has no bracket around it; -1: the message begins here. */
/** Columns of numbers that say nothing: `0x1a2b     0   88   `. */
const NUMBER_COLUMNS = /(?:(?:0x[\da-f]+|\d+) {2,20})+(?=\S)/y;
/** `vpxa[2100765] [Originator@6876 …] text` */
/** `HTTP Server: `, where most lines have a name and a colon. */
const TITLE = /(\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*){1,2}): (?=\S)/uy;
/** `AGV#01 ST=RUN BAT=78`, `IJServer01 ABC_UTIL1010: text`: a name, not a word, before values or before the code of a message. */
const NAME_BEFORE =
  /([A-Za-z][\w.#-]{1,40}) (?=(?:[\w.]+=\S* +[\w.]+=|[A-Z]+=\S+ |([A-Z][A-Z_]{1,20}[-_]?\d{3,6}(?:-?[A-Z])?[:：] )))/y;
const NUMBERED_NAME = /([A-Za-z][\w.-]{1,40})\[(\d{1,8})(?:[:.-]\d{1,8})?\] (?=(\p{L}*)\S)/uy;
/** A place in a program that ends its line: the message is in the next one. */
const PLACE_ALONE = /([\w$./\\-]+\.\w{1,5}):\d{1,6}(?:\([^)]*\))?$/y;

function item(line: string, i: number, n: number, isSyslog: boolean, hints: HeadHints): number {
  const code = line.charCodeAt(i);
  const isDigit = code >= 48 && code <= 57;
  if (isDigit || code === 35) {
    PROCESS.lastIndex = i;
    const process = PROCESS.exec(line);
    if (process) {
      head.pid ??= process[1];
      return PROCESS.lastIndex;
    }
    const counted = hints.levels ? NUMBERS_COLON : NUMBERS;
    counted.lastIndex = i;
    const numbers = counted.exec(line);
    if (numbers && /\s$/.test(numbers[0]) && beginsPart(line, counted.lastIndex) && numbers[0].length < 40) {
      head.pid ??= /\d+/.exec(numbers[0])?.[0];
      return counted.lastIndex;
    }
  }
  if (isDigit) {
    NUMBER_COLUMNS.lastIndex = i;
    if (NUMBER_COLUMNS.test(line)) return NUMBER_COLUMNS.lastIndex;
  }
  if (head.level === undefined) {
    const level = levelAt(line, i, hints, isSyslog);
    if (level >= 0) return level;
  } else {
    // said twice: `E, [2026-…] ERROR -- web: …`
    WORD.lastIndex = i;
    const again = WORD.exec(line)?.[0] ?? '';
    if (
      n < 2 &&
      again === again.toUpperCase() &&
      bareLevelOf(again) === head.level &&
      line[WORD.lastIndex] === ' '
    )
      return WORD.lastIndex;
  }
  if (head.service === undefined) {
    SPAN.lastIndex = i;
    if (head.level !== undefined && SPAN.test(line)) return SPAN.lastIndex;
  }
  if (head.host === undefined && head.service === undefined) {
    HOST_THEN_SPEAKER.lastIndex = i;
    const host = HOST_THEN_SPEAKER.exec(line);
    if (host) {
      head.host = host[1];
      return HOST_THEN_SPEAKER.lastIndex;
    }
    if (isSyslog && (head.level === undefined || n === 0)) {
      HOST_THEN_NAME.lastIndex = i;
      const named = HOST_THEN_NAME.exec(line);
      if (
        named &&
        !MESSAGE_CODE.test(named[1] ?? '') &&
        !LEVEL_NEXT.test(line.slice(HOST_THEN_NAME.lastIndex, HOST_THEN_NAME.lastIndex + 14))
      ) {
        head.host = named[1];
        return HOST_THEN_NAME.lastIndex;
      }
    }
    if (head.level === undefined) {
      HOST_THEN_LEVEL.lastIndex = i;
      const levelled = HOST_THEN_LEVEL.exec(line);
      if (
        levelled &&
        bareLevelOf(levelled[2] ?? '') !== undefined &&
        (levelled[2] ?? '') === (levelled[2] ?? '').toUpperCase()
      ) {
        if (isSyslog || line[i - 2] !== ':') head.host = levelled[1];
        else head.service = levelled[1];
        return HOST_THEN_LEVEL.lastIndex;
      }
    }
  }
  if (head.service !== undefined) return -1;
  NAME_BEFORE.lastIndex = i;
  const [, before = '', messageCode] = NAME_BEFORE.exec(line) ?? [];
  if (messageCode === undefined ? /\d/.test(before) : /[a-z_.-][A-Z\d]/.test(before)) {
    head.service = before;
    return NAME_BEFORE.lastIndex;
  }
  if (hints.names) {
    TITLE.lastIndex = i;
    const title = TITLE.exec(line);
    if (title) {
      head.service = title[1];
      return TITLE.lastIndex;
    }
  }
  SPEAKER.lastIndex = i;
  const speaker = SPEAKER.exec(line);
  if (speaker) {
    const [, name = '', pid, aside = ''] = speaker;
    head.level ??= bareLevelOf(aside) ?? (aside === 'err' ? 'error' : undefined);
    const isLevel =
      (head.level === undefined && name === name.toUpperCase() ? levelOf(name) : bareLevelOf(name)) !==
      undefined;
    // a file, or the name of a quoted value
    const isThing =
      /\/$|\/.*\.\w{1,5}$/.test(name) || /^['"]/.test(line.slice(SPEAKER.lastIndex).trimStart());
    if (!MESSAGE_CODE.test(name) && !isLevel && !isThing && /\p{L}/u.test(name)) {
      // `production.INFO: …`
      const dot = name.lastIndexOf('.');
      const last = name.slice(dot + 1);
      if (
        dot > 0 &&
        head.level === undefined &&
        last === last.toUpperCase() &&
        bareLevelOf(last) !== undefined
      ) {
        head.level = bareLevelOf(last);
        head.service = name.slice(0, dot);
      } else head.service = name;
      if (pid) head.pid ??= pid;
      return SPEAKER.lastIndex;
    }
    return -1;
  }
  if (head.level !== undefined) {
    SPACED.lastIndex = i;
    const spaced = SPACED.exec(line);
    if (spaced) {
      head.service = spaced[1];
      return SPACED.lastIndex;
    }
  }
  PLACE_ALONE.lastIndex = i;
  const place = PLACE_ALONE.exec(line);
  if (place) {
    head.service = place[1]?.replace(/^.*[\\/]/, '');
    return line.length;
  }
  NUMBERED_NAME.lastIndex = i;
  const named = NUMBERED_NAME.exec(line);
  if (named) {
    if (head.level !== undefined || head.host !== undefined || bareLevelOf(named[3] ?? '') !== undefined) {
      head.service = named[1];
      head.pid ??= named[2];
      return NUMBERED_NAME.lastIndex;
    }
  }
  LOCATED.lastIndex = LOCATED_SPACE.lastIndex = i;
  const located = LOCATED.exec(line) ?? (head.level === undefined ? null : LOCATED_SPACE.exec(line));
  if (located && /[A-Za-z]/.test(located[1] ?? '')) {
    head.service = located[1];
    return i + located[0].length;
  }
  DASHED.lastIndex = i;
  const dashed = DASHED.exec(line);
  if (dashed) {
    const [, name = ''] = dashed;
    if (!MESSAGE_CODE.test(name) && /\p{L}/u.test(name)) {
      head.service = name;
      return DASHED.lastIndex;
    }
  }
  ENDING.lastIndex = i;
  const ending = ENDING.exec(line);
  if (ending && head.level !== undefined) {
    head.service = ending[1];
    return line.length;
  }
  const padded = head.level === undefined && n > 0 ? PADDED : PADDED_TWO;
  padded.lastIndex = i;
  const column = padded.exec(line);
  if (column && !MESSAGE_CODE.test(column[1] ?? '') && /\p{L}/u.test(column[1] ?? '')) {
    head.service = column[1];
    return padded.lastIndex;
  }
  if (head.level !== undefined) {
    // `aya org.site.Repo - text`
    AFTER_USER.lastIndex = i;
    const after = AFTER_USER.exec(line);
    if (after && n < 4) {
      head.service = after[1];
      return AFTER_USER.lastIndex;
    }
    // `web[][o.s.Platform] text`
    GLUED.lastIndex = i;
    const glued = GLUED.exec(line);
    if (glued) {
      head.service = glued[1];
      return GLUED.lastIndex;
    }
    DOTTED.lastIndex = i;
    const dotted = DOTTED.exec(line);
    const name = dotted?.[1] ?? '';
    if (
      dotted &&
      (/\.[A-Z]/.test(name) || '[('.includes(line[DOTTED.lastIndex] ?? ' ')) &&
      !/\.(?:com|jp|net|org|local|txt|csv|log|json|xml|exe|dll)$/i.test(name)
    ) {
      head.service = name;
      return DOTTED.lastIndex;
    }
  }
  return -1;
}
const AFTER_USER = /[*\w@-]{1,30} ((?:[a-z]\w*\.){2,}[A-Z][\w$]*) - /y;
const GLUED = /([A-Za-z][\w-]{0,30})(?:\[[^\]]{0,60}\]){2} (?=\S)/y;
/** `main.go:41: text`, `Store.java:88 - text`. */
const LOCATED = /([\w$./-]+\.\w{1,5}|[\w$.]+):\d{1,6}(?::(?= )| - | -- |\]?: |\] | {2,})/y;

/** `main.py:41 text` behind a level. */
const LOCATED_SPACE = /([\w$-]+\.(?!com|net|org|jp|dll|exe)[a-z]{1,4}):\d{1,6} (?=\S)/y;

/** Whether what follows numbers is a part of a head: then they are a process or a thread. */
function beginsPart(line: string, from: number): boolean {
  const i = skip(line, from);
  const char = line[i] ?? '';
  if (char === '[' || char === '<') return closing(line, i, OPENERS.indexOf(char)) > 0;
  LOCATED.lastIndex = LOCATED_SPACE.lastIndex = i;
  SPEAKER.lastIndex = i;
  if (head.level !== undefined && LOCATED_SPACE.test(line)) return true;
  if (line.startsWith('---', i) || LOCATED.test(line) || SPEAKER.test(line)) return true;
  WORD.lastIndex = i;
  const word = WORD.exec(line)?.[0];
  if (word !== undefined && word === word.toUpperCase() && bareLevelOf(word) !== undefined) return true;
  LETTER.lastIndex = i;
  return LETTER.test(line);
}

/** A word, where most lines have a level: `E! `, `LOG `, `warn/client\t`. */
const HINTED = /([\p{L}ー]{1,16}\d?)(?:!|\/([\w.-]+))?(?=[\s:|,\])]|$)/uy;
/** Takes a level at `i`; -1 where none stands there. */
function levelAt(line: string, i: number, hints: HeadHints, isSyslog = false): number {
  const code = line.charCodeAt(i);
  if (hints.levels) {
    HINTED.lastIndex = i;
    const [, word = '', name] = HINTED.exec(line) ?? [];
    const level = levelOf(word);
    if (level !== undefined) {
      head.level = level;
      if (name !== undefined) head.service ??= name;
      return HINTED.lastIndex;
    }
  }
  if (code >= 65 && code <= 90) {
    LETTER.lastIndex = i;
    const letter = LETTER.exec(line);
    if (letter) {
      const rest = line.slice(LETTER.lastIndex, LETTER.lastIndex + 80);
      // a name must follow: `D PowerService: …`, `W NETWORK  [conn1] …`
      if (
        /^(?:[\w.$/-]+ *[:(]|[A-Z]{2,20} +\[|[A-Z]{2,20} {2})/.test(rest) ||
        (letter[0].endsWith('/') && /^[\w.]+/.test(rest))
      ) {
        head.level = levelOf(letter[1] ?? '');
        return LETTER.lastIndex;
      }
      return -1;
    }
  }
  WORD.lastIndex = i;
  const word = WORD.exec(line)?.[0];
  if (word === undefined) return -1;
  const level = bareLevelOf(word);
  if (level === undefined) return -1;
  let end = WORD.lastIndex;
  const next = line.charCodeAt(end);
  // all that is said: `SATO-1: 復旧`, `定着温度異常`
  if (Number.isNaN(next) && (head.service !== undefined || word.length > 3) && line.charCodeAt(i) > 0x2fff) {
    head.level = level;
    return -1;
  }
  if (isWordChar(next) || next === 46 || next === 64) return -1;
  // `SEVERE[12]`, `ERROR(…)`
  if (next === 91) {
    const closer = line.indexOf(']', end);
    if (closer > 0 && closer - end < 24 && IDENTITY.test(line.slice(end + 1, closer))) end = closer + 1;
  }
  const isPlain = word === word.toUpperCase() || hints.levels === true;
  const after = line.slice(end, end + 3);
  if (isPlain || /^(?:[:：|,\]\t]| [-=[|(<:]| {2}|$)/.test(after)) {
    head.level = level;
    // of syslog the message is all that follows who speaks: `smtpd[22]: warning: …`
    if (isSyslog && head.service !== undefined && head.host !== undefined && /^[:：]/.test(after)) return -1;
    return end;
  }
  return -1;
}
