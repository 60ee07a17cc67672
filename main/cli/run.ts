import path from 'node:path';
import { InvalidArgumentError, Command as ParserCommand } from 'commander';
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
/** What every command works with. */
export type Door = {
  readonly global: Global;
  readonly lang: Lang;
  /** text for people: nothing of it where JSON was asked for */
  show(text: string): void;
  say(words: Words, params?: Params): void;
};
/** What a command works with while the data folder is open. */
export type Run = Door & { readonly client: Client; readonly engine: Engine; readonly zone: string };

export const print = (text: string): void => writeShown(process.stdout, `${text}\n`);
export const printError = (text: string): void => writeShown(process.stderr, `${text}\n`);
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

/** What a command does with what was typed: its arguments, then its options. Its answer is printed where JSON was asked for. */
type Work<On, Typed extends readonly unknown[]> = (on: On, ...typed: Typed) => unknown;
const doorOf = (global: Global): Door => {
  const { lang } = global;
  const show = (text: string): void => {
    if (!global.json) print(text);
  };
  return { global, lang, show, say: (words, params = {}) => show(worded(lang, words, params)) };
};
const answer = (global: Global, result: unknown): void => {
  if (global.json && result !== undefined) print(JSON.stringify(result, null, 2));
};

/** A command, with the three ways there are to run one. */
export class Command extends ParserCommand {
  override createCommand(name?: string): Command {
    return new Command(name);
  }
  /** Opens the data folder, runs, prints, closes. Nothing runs by the clock. */
  withEngine<Typed extends readonly unknown[]>(work: Work<Run, Typed>): this {
    return this.action((...parsed: unknown[]) =>
      open(this.optsWithGlobals<Global>(), this.name(), (run) => work(run, ...(parsed as unknown as Typed))),
    );
  }
  /** What can be read now is read first; of what takes longer (a huge import, a full disk) it is said that it is not read yet. */
  withLogs<Typed extends readonly unknown[]>(work: Work<Run, Typed>): this {
    return this.withEngine<Typed>(async (run, ...typed) => {
      await settled(run);
      return work(run, ...typed);
    });
  }
  /** Opens no data folder. */
  withoutEngine<Typed extends readonly unknown[]>(work: Work<Door, Typed>): this {
    return this.action(async (...parsed: unknown[]) => {
      const global = this.optsWithGlobals<Global>();
      answer(global, await work(doorOf(global), ...(parsed as unknown as Typed)));
    });
  }
}
async function open(global: Global, name: string, work: (run: Run) => unknown): Promise<void> {
  const engine = await startEngine({
    dataDir: path.resolve(global.data),
    policyFile: global.policy,
    schedule: false,
  });
  try {
    const client = localClient({ services: engine.services, host: 'cli' });
    if (global.url && name !== 'connect') await withUrl(client, global.url);
    if (engine.services.demo.status().running) await engine.services.demo.tick();
    const zone = engine.services.settings.get().timeZone;
    answer(global, await work({ ...doorOf(global), client, engine, zone }));
  } finally {
    await engine.close();
  }
}

export const when = (at: number | null | undefined, run: Run): string =>
  at === null || at === undefined ? '–' : formatDateTime(at, run.zone, run.lang, systemClock.now());

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
async function settled({ engine, lang }: Run): Promise<void> {
  const { logs } = engine.services;
  const late = new AbortController();
  const settling = logs.settle().then(() => 'settled' as const);
  const waiting = delay(SETTLE_MS, late.signal).then(
    () => 'late' as const,
    () => 'settled' as const,
  );
  const end = await Promise.race([settling, waiting]);
  late.abort();
  if (end === 'settled') return;
  // it goes on; what it meets is told by the sources
  settling.catch(() => {});
  for (const source of logs.sources()) sayUnread(source, lang);
}
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
  for (const table of failing) run.show(`※ ${wordAllFailing([table], run.lang, momentOf(run))}`);
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
