import type { Level } from '../types.ts';
import words from './words.json' with { type: 'json' };

const BY_WORD = new Map<string, Level>(
  (Object.keys(words.levels) as Level[]).flatMap((level) =>
    words.levels[level]
      .split(' ')
      .map((word) => word.replaceAll('_', ' '))
      .flatMap((word) => [word, word.toUpperCase()])
      .map((word) => [word, level] as const),
  ),
);
/** As a pattern, for headers in which a level stands between others. */
export const LEVEL_PATTERN =
  'TRACE|FINEST|FINER|VERBOSE|DEBUG|FINE|CONFIG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|FATAL|CRITICAL|CRIT|ALERT|EMERG|PANIC|Trace|Verbose|Debug|Info|Information|Notice|Warn|Warning|Error|Fatal|Critical|trace|verbose|debug|info|notice|warn|warning|error|err|fatal|critical|crit|alert|emerg|情報|警告|エラー|重大';

/** The level a word names in any case; undefined when it names none. Of Chinese characters the last two say it: `遅延警告`. */
export const levelOf = (word: string): Level | undefined =>
  BY_WORD.get(word) ??
  BY_WORD.get(word.toLowerCase()) ??
  (HAN.test(word) ? BY_WORD.get(word.slice(-2)) : undefined) ??
  BY_WORD.get(ENDED.exec(word)?.[1] ?? '') ??
  BY_WORD.get(CONSTANT.exec(word)?.[1]?.toLowerCase() ?? '');
/** `LOG_ERR`, `INCIDENT_ERROR`, as programs name it. */
const CONSTANT = /^(?:[A-Z]+_)+([A-Z]{3,11})$/;
/** `エラー終了`, `エラー(0x2A)`, `異常:二重読み`: what it was, and how it ended or what kind of it. */
const ENDED = /^([\p{Script=Han}\p{Script=Katakana}ー]{2,6}?)(?:終了|発生|停止|検出|検知|[(（:：].{1,30})$/u;
const HAN = /^\p{Script=Han}{3,6}$/u;
/** `E0001`, `W-0203`, `ABC_E_10029`: the letter before a number, where most lines have such a code. */
export const levelOfCode = (word: string): Level | undefined =>
  OF_LETTER[CODE.exec(word)?.[1] ?? CODE.exec(word)?.[2] ?? ''];
const CODE = /^(?:([EWIF])-?\d{3,8}|[A-Z]{2,12}_([EWIFS])_\d{3,6})$/;
/** What a cell or a value says that is not there to say a level: only trouble counts. */
export function troubleOf(value: string): Level | undefined {
  const level = value.length > 1 ? levelOf(value) : undefined;
  return level === 'warn' || level === 'error' || level === 'fatal' ? level : undefined;
}

/** Words that are a level wherever they stand alone in a head, in any case; the others need capitals or a bracket. */
const PLAIN = new Set(words.plain.split(' '));
/** Of these, capitals say nothing: `OK`, `SYSTEM`, `LOG` begin messages. */
const NEVER_BARE = new Set(words.neverBare.split(' '));
/** The level of a word that stands in a head without a bracket around it. */
export function bareLevelOf(word: string): Level | undefined {
  const level = levelOf(word);
  if (level === undefined) return undefined;
  const small = word.toLowerCase();
  if (NEVER_BARE.has(small)) return undefined;
  return PLAIN.has(small) || small === word.toUpperCase() || word === word.toUpperCase() ? level : undefined;
}

/** `kern.notice`, `local7.err`: a syslog facility and its level. */
const FACILITY =
  /^(?:kern|kernel|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|security|ftp|ntp|local[0-7])\.([a-z]{3,8})$/;
export const levelOfFacility = (word: string): Level | undefined => {
  const found = FACILITY.exec(word.toLowerCase());
  return found ? levelOf(found[1] ?? '') : undefined;
};

const SYSLOG: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
/** Of a syslog PRI (RFC 5424 §6.2.1: severity is the value modulo 8). */
export const levelOfPriority = (pri: string): Level | undefined => SYSLOG[Number(pri) % 8];
/** Of a number whose scale rises from `usual`, which most lines have: as trouble is rare, that is information. */
export const levelOfRank = (rank: number, usual: number): Level =>
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[
    Math.min(5, Math.max(0, rank - usual + 2))
  ] ?? 'info';
/** Of a number as bunyan and pino write it: 10 trace … 60 fatal. */
export const levelOfNumber = (value: number): Level | undefined =>
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[Math.floor(value / 10) - 1];
/** Of an OpenTelemetry severity number: 1–4 trace … 21–24 fatal. */
export const levelOfSeverityNumber = (value: number): Level | undefined =>
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[Math.floor((value - 1) / 4)];
/** Of a CEF severity: 0–3 low, 4–6 medium, 7–8 high, 9–10 very high. */
export const levelOfTen = (value: number): Level | undefined =>
  value < 0 || value > 10
    ? undefined
    : value < 4
      ? 'info'
      : value < 7
        ? 'warn'
        : value < 9
          ? 'error'
          : 'fatal';
/** Of an HTTP status: the server's fault is an error, the client's a warning, the rest says nothing. */
export const levelOfStatus = (status: number): Level | undefined =>
  status >= 500 && status < 600 ? 'error' : status >= 400 && status < 500 ? 'warn' : undefined;

/** Where a message tells the status of an answer: access logs, HAProxy, Squid. */
const STATUS =
  / ?HTTP\/\d(?:\.\d)?"? (\d{3})(?=[ )]|$)|(?:-?\d+\/){4}\+?-?\d+ (\d{3}) |\b[A-Z_]{4,40}\/(\d{3}) \d| (\d{3}) (?:\d{3}|-) \d+ \d+ "|\bstatus(?:=| ?: ?)"?(\d{3})\b/;
/** `KAVS0265-E`, `ADM6006E`, `IEF450I`, `[CWWKE0001I]`: the letter at the end is the level. */
const MESSAGE_ID = /^[[(]?[A-Z]{2,10}[-_]?\d{3,6}(?:-([EWIFSAC])|([EWIFSAC]))(?=[\s:：\])]|$)/;
const OF_LETTER: Readonly<Record<string, Level>> = {
  E: 'error',
  W: 'warn',
  I: 'info',
  F: 'fatal',
  S: 'error',
  A: 'error',
  C: 'fatal',
};
/** `%LINK-3-UPDOWN:` with a syslog severity. */
const MNEMONIC = /^%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-([0-7])-\w+:/;
/** `system-warning-00515`: a word between a part and a number. */
const WORD_CODE = /(?:^|[\s\]])[a-z]+-([a-z]{4,13})-\d{3,6}\b/;
/** The same behind other marks of a head: `0001 … KDJE53028-E …`. */
const MESSAGE_ID_WITHIN = /(?:^|\s)[A-Z]{3,10}\d{4,6}-([EWIFSA])(?=[\s:：])/;
/** `##[error]…`, `log_channel(cluster) log [WRN] : …`, `… overheated [ERROR]` */
const MARKED = /[[(<【](\p{L}{3,13}|\p{Script=Han}{2})[\])>】]|(?<= )\[([DIWEF])\](?= )/gu;
const MARK_CHARS = 120;
const ORA = /^(?:ORA|TNS|PLS|SP2|RMAN|DRG)-\d{4,5}\b/;
/** A level said in the first words of a message: `error: …`, `rsync error: …`, `EXT4-fs error (…`, `*** ERROR => …`. */
const SAID =
  /^[*#=!> ]*(?:\[[^\]]{1,40}\] *)?(?:[\w()[\]./:-]+ +){0,3}?(?:\*+ +)?(fatal error|errors?|fatal|panic|critical|warning|severe|notice)(?=: | =>| \(|:$)/i;
const FIRST =
  /^(?:\*+ *)?(ERROR|FATAL|PANIC|CRITICAL|WARNING|Errors? (?:in|[a-z]+ing)|Fatal error|Unhandled exception|Traceback)\b/;
const JAPANESE =
  /^(?:[^\s　:：]{1,20}[ 　]){0,2}(エラー|異常|警告|重大|障害|故障)(?=[:： 　】)）]|発生|終了|停止|検出|検知)/;
/** How it ended, as the last word of a line of columns: `… 3枚 エラー(0x2A)`. */
const JAPANESE_LAST = /[ 　](エラー|異常|異常終了|失敗)(?:[(（][^()（）]{1,20}[)）])?$/;
const EXCEPTION = /^(?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)(?::|$)/;

/** A level in brackets among the first words, or at the end. */
function markedIn(message: string): Level | undefined {
  MARKED.lastIndex = 0;
  for (let found = MARKED.exec(message); found; found = MARKED.exec(message)) {
    if (found.index > MARK_CHARS && MARKED.lastIndex < message.length) return undefined;
    const level = found[2] === undefined ? bareLevelOf(found[1] ?? '') : levelOf(found[2]);
    if (level) return level;
  }
  return undefined;
}
/** The level a message tells where its header tells none; cheap to refuse. */
export function levelInMessage(message: string): Level | undefined {
  const first = message.charCodeAt(0);
  if (first === 37) {
    const found = MNEMONIC.exec(message);
    if (found) return SYSLOG[Number(found[1])];
  }
  const status = message.includes('/') || message.includes('status') ? STATUS.exec(message) : null;
  if (status) return levelOfStatus(Number(status.slice(1).find((code) => code !== undefined)));
  const id = MESSAGE_ID.exec(message);
  if (id) return OF_LETTER[id[1] ?? id[2] ?? ''];
  const within = message.includes('-') ? MESSAGE_ID_WITHIN.exec(message.slice(0, 100)) : null;
  if (within) return OF_LETTER[within[1] ?? ''];
  const code = message.includes('-') ? levelOf(WORD_CODE.exec(message.slice(0, 100))?.[1] ?? '') : undefined;
  if (code) return code;
  const marked = markedIn(message);
  if (marked) return marked;
  if (ORA.test(message) || EXCEPTION.test(message)) return 'error';
  const said = SAID.exec(message);
  if (said) return levelOf((said[1] ?? '').replace(/s$| error$/i, ''));
  const word = FIRST.exec(message)?.[1];
  if (word !== undefined) return levelOf(word) ?? (word.startsWith('Fatal') ? 'fatal' : 'error');
  const japanese = JAPANESE.exec(message)?.[1] ?? JAPANESE_LAST.exec(message)?.[1];
  return japanese === undefined ? undefined : levelOf(japanese);
}
