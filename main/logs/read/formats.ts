/** The known formats, read from formats/*.json: a syntax and its own samples each, nothing about any one system. */

import { AppError } from '../../kernel/errors.ts';
import type { Format, Level, ParsedLine } from '../types.ts';
import as400 from './formats/as400-joblog.json' with { type: 'json' };
import cef from './formats/cef.json' with { type: 'json' };
import cmtrace from './formats/cmtrace.json' with { type: 'json' };
import db2diag from './formats/db2diag.json' with { type: 'json' };
import general from './formats/general.json' with { type: 'json' };
import leef from './formats/leef.json' with { type: 'json' };
import mysqlSlow from './formats/mysql-slow.json' with { type: 'json' };
import plain from './formats/plain.json' with { type: 'json' };
import postgresql from './formats/postgresql.json' with { type: 'json' };
import pythonLogging from './formats/python-logging.json' with { type: 'json' };
import syslog5424 from './formats/syslog-5424.json' with { type: 'json' };
import weblogic from './formats/weblogic.json' with { type: 'json' };
import { isFrame } from './join-lines.ts';
import { LEVEL_PATTERN, levelOf, levelOfPriority, levelOfTen } from './levels.ts';
import { CLOCK, DATED } from './notations.ts';
import { readAny } from './read-any.ts';

export type FormatFile = {
  readonly name: string;
  readonly title: { readonly ja: string; readonly en: string };
  readonly kind: string;
  readonly rank: number;
  readonly patterns?: readonly string[];
  /** how the first line of a record looks, where a record has several; `patterns` are then for all of them */
  readonly begins?: string | undefined;
  /** lines with a header of their own that belong to the record before them */
  readonly joins?: string | undefined;
  /** of records that name none */
  readonly level?: string | undefined;
  /** its own words for levels */
  readonly words?: Readonly<Record<string, string>> | undefined;
};

/** What `{dated}`, `{stamp}` (a time alone will do) and `{level}` stand for in a pattern. */
const STAMP = `(?:${DATED}|${CLOCK})`;

/** @throws SyntaxError where what it says is no pattern */
export function compileFormat(file: FormatFile): Format {
  const { name, title, rank } = file;
  const base = {
    name,
    title,
    rank,
    hasHeader: file.kind !== 'plain',
    ...(file.begins === undefined ? {} : { begins: testOf(file.begins) }),
    ...(file.joins === undefined ? {} : { joins: testOf(file.joins) }),
  };
  if (file.kind === 'general') return { ...base, parse: readAny };
  if (file.kind === 'plain') return { ...base, parse: (line) => (isFrame(line) ? null : { content: line }) };
  const fallback = file.level === undefined ? undefined : levelOf(file.level);
  const words = new Map(Object.entries(file.words ?? {}));
  const levelNamed = (word: string): Level | undefined => levelOf(words.get(word) ?? word);
  const patterns = (file.patterns ?? []).map((p) =>
    numbered(
      p
        .replaceAll('{dated}', `(?:${DATED})`)
        .replaceAll('{stamp}', STAMP)
        .replaceAll('{level}', LEVEL_PATTERN),
    ),
  );
  const parse = (line: string): ParsedLine | null => {
    for (const { pattern, at } of patterns) {
      const found = pattern.exec(line);
      if (found) return headerOf(found, at, { fallback, levelNamed });
    }
    return null;
  };
  return { ...base, parse };
}
const testOf = (source: string): ((line: string) => boolean) => {
  const pattern = new RegExp(source);
  return (line) => pattern.test(line);
};

const FIELDS = [
  'content',
  'content2',
  'time',
  'date',
  'host',
  'level',
  'pri',
  'ten',
  'service',
  'service2',
  'pid',
] as const;
type Places = { readonly [F in (typeof FIELDS)[number]]: number };
/** The pattern with numbers for names, which are faster to read; 0: it has no such group. No pattern has unnamed groups. */
function numbered(source: string): { readonly pattern: RegExp; readonly at: Places } {
  const at = {
    content: 0,
    content2: 0,
    time: 0,
    date: 0,
    host: 0,
    level: 0,
    pri: 0,
    ten: 0,
    service: 0,
    service2: 0,
    pid: 0,
  };
  let count = 0;
  const plain = source.replace(/\(\?<(\w+)>/g, (_, name: string) => {
    const field = FIELDS.find((f) => f === name);
    if (!field) return '(?:';
    at[field] = ++count;
    return '(';
  });
  // a carriage return inside a line is text like any other
  return { pattern: new RegExp(plain, 's'), at };
}
function headerOf(
  found: RegExpExecArray,
  at: Places,
  o: { readonly fallback: Level | undefined; readonly levelNamed: (word: string) => Level | undefined },
): ParsedLine {
  const of = (place: number): string | undefined => (place === 0 ? undefined : found[place]);
  const [time, host, pid, word] = [of(at.time), of(at.host), of(at.pid), of(at.level)];
  const service = of(at.service) ?? of(at.service2);
  const pri = of(at.pri);
  const ten = of(at.ten);
  const level =
    (word === undefined ? pri && levelOfPriority(pri) : o.levelNamed(word)) ??
    (ten === undefined ? o.fallback : levelOfTen(Number(ten)));
  const parsed: { -readonly [K in keyof ParsedLine]: ParsedLine[K] } = {
    content:
      at.content2 === 0 ? (of(at.content) ?? '') : `${of(at.content) ?? ''} ${of(at.content2) ?? ''}`.trim(),
  };
  const date = of(at.date);
  if (time !== undefined) parsed.time = date === undefined ? time : `${date} ${time}`;
  if (level) parsed.level = level;
  if (service) parsed.service = service;
  if (host) parsed.host = host;
  if (pid && pid !== '-') parsed.pid = pid;
  return parsed;
}

const FILES: readonly (FormatFile & {
  readonly samples: readonly { readonly line: string; readonly fields: object }[];
})[] = [
  mysqlSlow,
  db2diag,
  as400,
  cef,
  leef,
  weblogic,
  cmtrace,
  syslog5424,
  postgresql,
  pythonLogging,
  general,
  plain,
];
/** Every known format; the last, `plain`, takes any line whole. */
export const FORMATS: readonly Format[] = FILES.map(compileFormat);

/** Formats that are part of the general reader now, as old stores name them. */
const FORMER = new Set(
  'generic journald-export json-lines logfmt logcat glog openstack apache-error nginx-error log4j-compact log4j pipes mysql-error access-log container windows-text syslog-3164 ras ras-syslog cluster-state proxifier java-util-logging'.split(
    ' ',
  ),
);
const nowNamed = (name: string): string => (FORMER.has(name) ? 'general' : name);
let known: readonly Format[] = FORMATS;
/** Whether a format is a site's own. */
export const isOwn = (format: Format): boolean => !FORMATS.includes(format);
/** A site's own formats besides, in this thread from now on. */
export function setOwnFormats(own: readonly Format[]): void {
  known = [...own, ...FORMATS];
}
/** Those of the site and those that come with the product. */
export const formatsNow = (): readonly Format[] => known;
/** The general reader where a site took its own format away meanwhile. */
export const formatStillNamed = (name: string): Format =>
  known.find((f) => f.name === nowNamed(name)) ?? formatNamed('general');
/** @throws `logs.unknown-format` */
export function formatNamed(name: string): Format {
  const format = known.find((f) => f.name === nowNamed(name));
  if (!format)
    throw new AppError('logs.unknown-format', { name, known: known.map((f) => f.name).join(', ') });
  return format;
}

/** Samples by format: lines and the fields they must give. For tests and for showing what a format looks like. */
export const SAMPLES: readonly {
  readonly format: string;
  readonly line: string;
  readonly fields: ParsedLine;
}[] = FILES.flatMap((f) =>
  f.samples.map((s) => ({ format: f.name, line: s.line, fields: s.fields as ParsedLine })),
);
