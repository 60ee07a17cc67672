import type { Level } from '../types.ts';

const WORDS: Readonly<Record<Level, string>> = {
  trace: 'trace finest finer verbose v 詳細',
  debug: 'debug fine config d dbug debug1 debug2 debug3 debug4 debug5',
  info: 'info information informational notice note log i detail hint statement 情報 system',
  warn: 'warn warning w 警告',
  error: 'error err severe failure e エラー',
  fatal: 'fatal critical crit alert emerg emergency panic f a assert 重大',
};
const BY_WORD = new Map<string, Level>(
  (Object.keys(WORDS) as Level[]).flatMap((level) =>
    WORDS[level]
      .split(' ')
      .flatMap((word) => [word, word.toUpperCase()])
      .map((word) => [word, level] as const),
  ),
);
/** As a pattern, for headers in which a level stands between others. */
export const LEVEL_PATTERN =
  'TRACE|FINEST|FINER|VERBOSE|DEBUG|FINE|CONFIG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|FATAL|CRITICAL|CRIT|ALERT|EMERG|PANIC|Trace|Verbose|Debug|Info|Information|Notice|Warn|Warning|Error|Fatal|Critical|trace|verbose|debug|info|notice|warn|warning|error|err|fatal|critical|crit|alert|emerg|情報|警告|エラー|重大';

/** The level a word names in any case; undefined when it names none. */
export const levelOf = (word: string): Level | undefined =>
  BY_WORD.get(word) ?? BY_WORD.get(word.toLowerCase());
const SYSLOG: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
/** Of a syslog PRI (RFC 5424 §6.2.1: severity is the value modulo 8). */
export const levelOfPriority = (pri: string): Level | undefined => SYSLOG[Number(pri) % 8];
/** Of a number as bunyan and pino write it: 10 trace … 60 fatal. */
export const levelOfNumber = (value: number): Level | undefined =>
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[Math.floor(value / 10) - 1];
