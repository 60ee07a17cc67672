import type { ParsedLine } from '../types.ts';
import { levelOf, levelOfNumber } from './levels.ts';

/** Names under which structured logs say the same thing, the first present wins. */
const KEYS = {
  content: ['message', 'msg', '@message', 'event', 'text', 'log', 'body', 'short_message'],
  time: ['time', 'timestamp', '@timestamp', 'ts', 't', 'datetime', 'date', 'asctime'],
  level: ['level', 'severity', 'lvl', 'log.level', 'levelname', '@level', 'severity_text', 'loglevel'],
  service: [
    'service',
    'service.name',
    'component',
    'logger',
    'log.logger',
    'logger_name',
    'app',
    'module',
    'name',
    'caller',
  ],
  host: ['host', 'hostname', 'host.name', 'instance'],
  pid: ['pid', 'process_id', 'process.pid'],
} as const;
type Field = keyof typeof KEYS;

type Get = (key: string) => string | number | undefined;
function pick(get: Get, field: Field): string | undefined {
  for (const key of KEYS[field]) {
    const value = get(key);
    if (value !== undefined && value !== '') return String(value);
  }
  return undefined;
}
function assemble(get: Get, whole: string): ParsedLine {
  const [time, word, service, host, pid] = (['time', 'level', 'service', 'host', 'pid'] as const).map((f) =>
    pick(get, f),
  );
  const level = word === undefined ? undefined : (levelOf(word) ?? levelOfNumber(Number(word)));
  return {
    content: pick(get, 'content') ?? whole,
    ...(time === undefined ? {} : { time }),
    ...(level ? { level } : {}),
    ...(service === undefined ? {} : { service }),
    ...(host === undefined ? {} : { host }),
    ...(pid === undefined ? {} : { pid }),
  };
}

/** A line that is one JSON object; nested objects are reached by dotted names. */
export function parseJsonLine(line: string): ParsedLine | null {
  if (!/^\s*\{.*\}\s*$/s.test(line)) return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null; // not this format
  }
  return assemble((key) => scalarAt(value, key), line);
}
function scalarAt(value: unknown, key: string): string | number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Record<string, unknown>;
  const own = Object.hasOwn(record, key) ? record[key] : undefined;
  if (typeof own === 'string' || typeof own === 'number') return own;
  const dot = key.indexOf('.');
  return own === undefined && dot > 0 && Object.hasOwn(record, key.slice(0, dot))
    ? scalarAt(record[key.slice(0, dot)], key.slice(dot + 1))
    : undefined;
}

const PAIR = /([A-Za-z_@][\w.@-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s+|$)/y;
/** A line that is nothing but `key=value`, at least two of them, one of which names a level or a message. */
export function parseLogfmtLine(line: string): ParsedLine | null {
  const found = new Map<string, string>();
  PAIR.lastIndex = line.length - line.trimStart().length;
  while (PAIR.lastIndex < line.length) {
    const pair = PAIR.exec(line);
    if (!pair) return null;
    const [, key = '', raw = ''] = pair;
    found.set(key, raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(["\\])/g, '$1') : raw);
  }
  if (found.size < 2 || !(KEYS.level.some((k) => found.has(k)) || found.has('msg') || found.has('message')))
    return null;
  return assemble((key) => found.get(key), line);
}
