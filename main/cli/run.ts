import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Freshness } from '../api/contract/common.ts';
import { formatDateTime, formatNumber } from '../api/contract/format.ts';
import { localClient } from '../api/index.ts';
import { type Engine, startEngine } from '../engine.ts';
import { systemClock } from '../kernel/clock.ts';
import { AppError, ERRORS, isErrorCode, type Lang, wordError } from '../kernel/errors.ts';
import { writeShown } from '../kernel/show-controls.ts';
import { delay } from '../kernel/task.ts';
import { fill, type Params, type Words } from '../kernel/words.ts';
import type { LogSource } from '../logs/contract/logs.ts';
import type { Connection, TestResult } from '../sync/contract/company.ts';
import { wordAllFailing } from '../sync/contract/words.ts';
import { parseCompanyUrl } from '../sync/index.ts';
import words from './words.json' with { type: 'json' };

/** The options that every command has. */
export type Global = { data: string; policy?: string; json?: boolean; lang: Lang; url?: string };
type Client = ReturnType<typeof localClient>;
/** What a command works with while the data folder is open. */
export type Run = {
  readonly client: Client;
  readonly engine: Engine;
  readonly global: Global;
  readonly zone: string;
};

export const print = (text: string): void => writeShown(process.stdout, `${text}\n`);
export const printError = (text: string): void => writeShown(process.stderr, `${text}\n`);
/** Text for people: nothing of it where JSON was asked for. */
export const show = (global: Global, text: string): void => {
  if (!global.json) print(text);
};
export const say = (global: Global, words: Words, params: Params = {}): void =>
  show(global, worded(global.lang, words, params));
export const worded = (lang: Lang, words: Words, params: Params): string =>
  fill(words, params, lang, (n) => formatNumber(n, lang));
export const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number');
  return value;
};

/** `--url` for this run: its password goes before the kept one and is not kept itself; another address replaces the saved one once it answered. */
async function withUrl(client: Client, url: string): Promise<void> {
  const { connection, password } = parseCompanyUrl(url);
  if (password !== undefined) process.env['TORIDE_MYSQL_PASSWORD'] = password;
  const known = (await client.company.connection()).connection;
  const isKnown =
    known?.host === connection.host &&
    known.port === connection.port &&
    known.user === connection.user &&
    known.database === connection.database;
  if (isKnown) return;
  const wanted = {
    ...connection,
    writeBack: known?.writeBack ?? connection.writeBack,
    sharedTable: connection.sharedTable ?? known?.sharedTable,
  };
  await tested(client, wanted, password);
  await client.company.save({ connection: wanted });
}

/** Tries it step by step; the first step that failed is the error. */
export async function tested(
  client: Client,
  connection: Connection,
  password: string | undefined,
): Promise<TestResult> {
  const test = await client.company.test({ connection, ...(password === undefined ? {} : { password }) });
  const failed = test.steps.find((s) => !s.ok)?.error;
  if (failed) throw new AppError(isErrorCode(failed.code) ? failed.code : 'internal', failed.params);
  return test;
}

/** Opens the data folder, runs, prints, closes. Nothing runs by the clock. */
export async function withEngine(command: Command, work: (run: Run) => Promise<unknown>): Promise<void> {
  const global = command.optsWithGlobals<Global>();
  const engine = await startEngine({
    dataDir: path.resolve(global.data),
    policyFile: global.policy,
    schedule: false,
  });
  try {
    const client = localClient({ services: engine.services, host: 'cli' });
    if (global.url && command.name() !== 'connect') await withUrl(client, global.url);
    if (engine.services.demo.status().running) await engine.services.demo.tick();
    const result = await work({ client, engine, global, zone: engine.services.settings.get().timeZone });
    if (global.json && result !== undefined) print(JSON.stringify(result, null, 2));
  } finally {
    await engine.close();
  }
}

export const when = (at: number | null | undefined, run: Run): string =>
  at === null || at === undefined ? '–' : formatDateTime(at, run.zone, run.global.lang, systemClock.now());

/** `1,200 lines = 1,190 templated + 10 unparsed` */
export const sumOf = (
  source: Pick<LogSource, 'lines' | 'templated' | 'unparsed'>,
  { global }: Run,
): string => {
  const { lines, templated, unparsed } = source;
  return worded(global.lang, words.sources.sum, { lines, templated, unparsed });
};

/** Longer than that nobody waits for an answer about what is there already. */
const SETTLE_MS = 10_000;
/** What can be read now is read, so that an answer is about everything there is; of what takes longer (a huge import, a full disk) it is said that it is not read yet. */
export const withLogs = (command: Command, work: (run: Run) => Promise<unknown>): Promise<void> =>
  withEngine(command, async (run) => {
    const { logs } = run.engine.services;
    const late = new AbortController();
    const settling = logs.settle().then(() => 'settled' as const);
    const waiting = delay(SETTLE_MS, late.signal).then(
      () => 'late' as const,
      () => 'settled' as const,
    );
    const end = await Promise.race([settling, waiting]);
    late.abort();
    if (end === 'late') {
      // it goes on; what it meets is told by the sources
      settling.catch(() => {});
      for (const source of logs.sources()) sayUnread(source, run.global.lang);
    }
    return work(run);
  });
function sayUnread({ name, state, behindBytes, error }: LogSource, lang: Lang): void {
  if (state === 'done' || (!behindBytes && !error)) return;
  const mb = behindBytes && formatNumber(behindBytes / 1e6, lang, 1);
  const left = mb ? worded(lang, words.sources.left, { mb }) : '';
  const why = error && isErrorCode(error.code) ? wordError({ ...error, code: error.code }, lang).say : '';
  printError(worded(lang, words.sources.unread, { name, left: [left, why].filter(Boolean).join(' ') }));
}

export const momentOf = (run: Run): { zone: string; now: number } => ({
  zone: run.zone,
  now: run.engine.services.clock.now(),
});
/** Which numbers are old because a table could not be read, a line each. */
export const printFailing = (run: Run, { failing }: Freshness): void => {
  for (const table of failing)
    show(run.global, `※ ${wordAllFailing([table], run.global.lang, momentOf(run))}`);
};

export const scoped = (command: Command): Command =>
  command
    .option('--location <name>', 'site')
    .option('--process <name>', 'process')
    .option('--business <id>', 'business id');
export type Scope = { location?: string; process?: string; business?: string };
export const scopeOf = (o: Scope): { location?: string; process?: string; businessId?: string } => ({
  ...(o.location ? { location: o.location } : {}),
  ...(o.process ? { process: o.process } : {}),
  ...(o.business ? { businessId: o.business } : {}),
});

/** The error on stderr, its exit status on the process. */
export function tell(error: AppError, lang: Lang, json: boolean): void {
  const { say: what, next } = wordError(error, lang);
  writeShown(
    process.stderr,
    json
      ? `${JSON.stringify({ code: error.code, params: error.params, say: what, next })}\n`
      : `${what}\n${next}\n(${error.code})\n`,
  );
  if (error.code === 'internal' && error.cause instanceof Error)
    writeShown(process.stderr, `${error.cause.stack}\n`);
  process.exitCode = ERRORS[error.code].exit;
}
