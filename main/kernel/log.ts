import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from './clock.ts';
import { makePrivateFolder } from './private-folder.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogLine = {
  readonly at: number;
  readonly level: LogLevel;
  readonly area: string;
  readonly message: string;
  readonly data?: unknown;
};
export interface Log {
  debug(message: string, data?: unknown): void;
  info(message: string, data?: unknown): void;
  warn(message: string, data?: unknown): void;
  error(message: string, data?: unknown): void;
  /** the same log under another area name */
  area(name: string): Log;
}

const SECRET = /pass(word|wd|phrase)?|secret|token|credential/i;
/** Errors become plain objects with their causes; anything named like a secret is blanked. */
export const plain = (value: unknown, depth = 0): unknown => {
  if (depth > 6) return '…';
  if (value instanceof Error)
    return {
      name: value.name,
      message: value.message,
      stack: value.stack
        ?.split('\n')
        .slice(1, 8)
        .map((s) => s.trim()),
      ...(value.cause === undefined ? {} : { cause: plain(value.cause, depth + 1) }),
    };
  if (Array.isArray(value)) return value.slice(0, 100).map((v) => plain(v, depth + 1));
  if (typeof value === 'bigint') return value.toString();
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, SECRET.test(k) ? '***' : plain(v, depth + 1)]),
    );
  return value;
};

const make = (sink: (line: LogLine) => void, clock: Clock, area: string): Log => {
  const at =
    (level: LogLevel) =>
    (message: string, data?: unknown): void =>
      sink({ at: clock.now(), level, area, message, ...(data === undefined ? {} : { data: plain(data) }) });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    area: (name) => make(sink, clock, name),
  };
};

export const silentLog: Log = make(() => {}, { now: () => 0, every: () => () => {} }, '');

/** Keeps what was logged, for tests and for the CLI. */
export const memoryLog = (clock: Clock): { log: Log; lines: LogLine[] } => {
  const lines: LogLine[] = [];
  return { log: make((line) => lines.push(line), clock, 'app'), lines };
};

/**
 * NDJSON in `dir/app.log`, rotated at `maxBytes` to app.1.log … app.`keep`.log. A log that cannot be
 * written (full disk) never stops the app: the line is dropped and counted in the next one written.
 */
export function openLog(dir: string, clock: Clock, { maxBytes = 5_000_000, keep = 5 } = {}): Log {
  makePrivateFolder(dir);
  const file = path.join(dir, 'app.log');
  const rotated = (i: number): string => path.join(dir, `app.${i}.log`);
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let dropped = 0;
  const rotate = (): void => {
    let free = 1;
    while (free < keep && existsSync(rotated(free))) free++;
    try {
      for (let i = free; i > 1; i--) renameSync(rotated(i - 1), rotated(i));
      renameSync(file, rotated(1));
      size = 0;
    } catch {
      // somebody has one of them open (on Windows): this file grows on, and the next line tries again
    }
  };
  return make(
    (line) => {
      try {
        const text = `${JSON.stringify(dropped ? { ...line, dropped } : line)}\n`;
        if (size > 0 && size + text.length > maxBytes) rotate();
        appendFileSync(file, text, { mode: 0o600 });
        size += Buffer.byteLength(text);
        dropped = 0;
      } catch {
        dropped++;
      }
    },
    clock,
    'app',
  );
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
/** The newest lines first, of the current and the rotated files; a line cut off by a crash is left out. */
export function readAppLog(
  dir: string,
  o: { limit: number; level?: LogLevel | undefined; text?: string | undefined },
): LogLine[] {
  const found: LogLine[] = [];
  const least = LEVELS.indexOf(o.level ?? 'debug');
  const text = o.text?.toLowerCase();
  const files = (existsSync(dir) ? readdirSync(dir) : [])
    .flatMap((name) => {
      const age = /^app(?:\.(\d+))?\.log$/.exec(name);
      return age ? [{ name, age: Number(age[1] ?? 0) }] : [];
    })
    .sort((a, b) => a.age - b.age);
  for (const { name } of files) {
    if (found.length >= o.limit) break;
    for (const raw of readFileSync(path.join(dir, name), 'utf8').split('\n').reverse()) {
      if (found.length >= o.limit) break;
      if (!raw || (text && !raw.toLowerCase().includes(text))) continue;
      const line = parseLine(raw);
      if (line && LEVELS.indexOf(line.level) >= least) found.push(line);
    }
  }
  return found;
}

function parseLine(raw: string): LogLine | null {
  try {
    return JSON.parse(raw) as LogLine;
  } catch {
    return null;
  }
}
