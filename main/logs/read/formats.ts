/** The known formats, read from formats/*.json: a syntax and its own samples each, nothing about any one system. */

import type { Format, ParsedLine } from '../types.ts';
import accessLog from './formats/access-log.json' with { type: 'json' };
import apacheError from './formats/apache-error.json' with { type: 'json' };
import clusterState from './formats/cluster-state.json' with { type: 'json' };
import container from './formats/container.json' with { type: 'json' };
import generic from './formats/generic.json' with { type: 'json' };
import glog from './formats/glog.json' with { type: 'json' };
import jsonLines from './formats/json-lines.json' with { type: 'json' };
import log4j from './formats/log4j.json' with { type: 'json' };
import log4jCompact from './formats/log4j-compact.json' with { type: 'json' };
import logcat from './formats/logcat.json' with { type: 'json' };
import logfmt from './formats/logfmt.json' with { type: 'json' };
import mysqlError from './formats/mysql-error.json' with { type: 'json' };
import nginxError from './formats/nginx-error.json' with { type: 'json' };
import openstack from './formats/openstack.json' with { type: 'json' };
import pipes from './formats/pipes.json' with { type: 'json' };
import plain from './formats/plain.json' with { type: 'json' };
import postgresql from './formats/postgresql.json' with { type: 'json' };
import proxifier from './formats/proxifier.json' with { type: 'json' };
import pythonLogging from './formats/python-logging.json' with { type: 'json' };
import ras from './formats/ras.json' with { type: 'json' };
import rasSyslog from './formats/ras-syslog.json' with { type: 'json' };
import syslog3164 from './formats/syslog-3164.json' with { type: 'json' };
import syslog5424 from './formats/syslog-5424.json' with { type: 'json' };
import windowsText from './formats/windows-text.json' with { type: 'json' };
import { isFrame } from './join-lines.ts';
import { LEVEL_PATTERN, levelOf, levelOfPriority } from './levels.ts';
import { parseJsonLine, parseLogfmtLine } from './parse-structured.ts';

type FormatFile = {
  readonly name: string;
  readonly title: { readonly ja: string; readonly en: string };
  readonly kind: string;
  readonly rank: number;
  readonly patterns?: readonly string[];
};

const CLOCK = '\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9}|:\\d{3}(?!\\d))?';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const ZONE = '(?: ?(?:Z|[+-]\\d{2}:?\\d{2})| (?:UTC|GMT|JST|KST|IST|CES?T|BST|[ECMP][SD]T)(?![A-Za-z]))?';
/** A date and a time of day, in the notations programs write. */
const DATED = [
  `\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}(?:\\([日月火水木金土]\\) ?|[T ])${CLOCK}${ZONE}`,
  `\\d{1,2}/\\d{1,2}/\\d{2,4} ${CLOCK}(?: [AP]M)?${ZONE}`,
  `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?${MONTH} +\\d{1,2},?(?: \\d{4})?,? ${CLOCK}(?: [AP]M)?${ZONE}(?: \\d{4}(?!\\d))?`,
  `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?\\d{1,2}[- /]${MONTH}[- /]\\d{4}[ :]${CLOCK}${ZONE}`,
  `(?:19|20)\\d{6}(?:[ T:-]?\\d{6}(?:[.,]\\d{1,6})?(?!\\d)|[ T-]${CLOCK})${ZONE}`,
  `\\d{4}年\\d{1,2}月\\d{1,2}日(?:\\([日月火水木金土]\\))? ?${CLOCK}`,
].join('|');
/** What `{dated}`, `{stamp}` (a time alone will do) and `{level}` stand for in a pattern. */
const STAMP = `(?:${DATED}|${CLOCK})`;

function compile(file: FormatFile): Format {
  const { name, title, rank } = file;
  const base = { name, title, rank, hasHeader: file.kind !== 'plain' };
  if (file.kind === 'json') return { ...base, parse: parseJsonLine };
  if (file.kind === 'logfmt') return { ...base, parse: parseLogfmtLine };
  if (file.kind === 'plain') return { ...base, parse: (line) => (isFrame(line) ? null : { content: line }) };
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
      if (found) return headerOf(found, at);
    }
    return null;
  };
  return { ...base, parse };
}

const FIELDS = ['content', 'time', 'host', 'level', 'pri', 'service', 'service2', 'pid'] as const;
type Places = { readonly [F in (typeof FIELDS)[number]]: number };
/** The pattern with numbers for names, which are faster to read; 0: it has no such group. No pattern has unnamed groups. */
function numbered(source: string): { readonly pattern: RegExp; readonly at: Places } {
  const at = { content: 0, time: 0, host: 0, level: 0, pri: 0, service: 0, service2: 0, pid: 0 };
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
function headerOf(found: RegExpExecArray, at: Places): ParsedLine {
  const of = (place: number): string | undefined => (place === 0 ? undefined : found[place]);
  const [time, host, pid, word] = [of(at.time), of(at.host), of(at.pid), of(at.level)];
  const service = of(at.service) ?? of(at.service2);
  const pri = of(at.pri);
  const level = word === undefined ? pri && levelOfPriority(pri) : levelOf(word);
  const parsed: { -readonly [K in keyof ParsedLine]: ParsedLine[K] } = { content: of(at.content) ?? '' };
  if (time !== undefined) parsed.time = time;
  if (level) parsed.level = level;
  if (service) parsed.service = service;
  if (host) parsed.host = host;
  if (pid && pid !== '-') parsed.pid = pid;
  return parsed;
}

const FILES = [
  jsonLines,
  logfmt,
  ras,
  rasSyslog,
  clusterState,
  logcat,
  syslog5424,
  openstack,
  proxifier,
  glog,
  container,
  accessLog,
  pipes,
  apacheError,
  nginxError,
  mysqlError,
  postgresql,
  windowsText,
  log4jCompact,
  pythonLogging,
  log4j,
  syslog3164,
  generic,
  plain,
];
/** Every known format; the last, `plain`, takes any line whole. */
export const FORMATS: readonly Format[] = FILES.map(compile);

/** Samples by format: lines and the fields they must give. For tests and for showing what a format looks like. */
export const SAMPLES: readonly {
  readonly format: string;
  readonly line: string;
  readonly fields: ParsedLine;
}[] = FILES.flatMap((f) =>
  f.samples.map((s) => ({ format: f.name, line: s.line, fields: s.fields as ParsedLine })),
);
