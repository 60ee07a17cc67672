/** The engine's side of ingest: starts the thread, writes its transactions, answers its questions. */

import path from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import { AppError, Cancelled, failureOf } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import { backOffMs, Turns } from '../../kernel/task.ts';
import { entryFile, type Handlers, startWorker, Thread } from '../../kernel/thread.ts';
import { type Base, type Store, sql, tryLock } from '../../store/index.ts';
import { LogSourceRules } from '../contract/logs.ts';
import type { TableReading } from '../contract/tables.ts';
import { savedTemplates } from '../manage/keep-templates.ts';
import type { RunSplit, SplitJob } from '../manage/split-job.ts';
import { SOURCE_BACK_OFF } from '../mine/config.ts';
import { BLOCK_RECORDS } from '../store/block-format.ts';
import type { CompanyTables, TemplateRule } from '../types.ts';
import type { Commit, Questions, Requests, SourceState, Start, Tuning } from './messages.ts';
import { COMPANY_ID, companyPage, keysSeen, sourceRow, sourceRows, workOf } from './source-rows.ts';

const POLL_MS = 1000;
const CHUNK_BYTES = 1 << 18;
/** What lives shortly in the ingest thread, MB: a few batches. */
const YOUNG_MB = 48;
/** Blocks of before are written anew so long after the thread has begun. */
const CONVERT_MS = 3000;

export type Committed = Pick<Commit, 'sourceId' | 'lines' | 'from' | 'to' | 'templates'>;

export class Ingest {
  /** after each transaction */
  readonly committed = new Emitter<Committed>();
  /** a source's state is other than it was */
  readonly told = new Emitter<SourceState>();
  readonly states = new Map<string, SourceState>();
  private readonly store: Store;
  private readonly dataDir: string;
  private readonly clock: Clock;
  private readonly zone: () => string;
  private readonly log: Log;
  private readonly tuning: Tuning;
  private readonly tables: CompanyTables | null;
  private thread: Thread<Requests, Questions> | null = null;
  private converting: NodeJS.Timeout | null = null;
  private lock: { release(): void } | null = null;
  private readonly splits = new Map<number, SplitJob>();
  private isClosed = false;
  /** sources whose transaction waits for its next try */
  private readonly held = new Map<string, () => void>();

  constructor(
    o: Pick<Base, 'store' | 'dataDir' | 'clock' | 'zone' | 'log'> & {
      readonly tuning?: Partial<Tuning> | undefined;
      readonly tables?: CompanyTables | undefined;
    },
  ) {
    this.tables = o.tables ?? null;
    this.store = o.store;
    this.dataDir = o.dataDir;
    this.clock = o.clock;
    this.zone = o.zone;
    this.log = o.log;
    this.tuning = { pollMs: POLL_MS, batchRecords: BLOCK_RECORDS, chunkBytes: CHUNK_BYTES, ...o.tuning };
  }

  /** The thread's answer. Starts it at the first request; rejects with AppError. */
  async ask<K extends keyof Requests>(name: K, input: Requests[K]['in']): Promise<Requests[K]['out']> {
    if (this.isClosed) throw new Cancelled('closing');
    if (!this.isRunning) this.thread = this.startThread();
    return (this.thread as Thread<Requests, Questions>).call(name, input);
  }
  get isRunning(): boolean {
    return this.thread !== null && !this.thread.isOver;
  }
  /** A source that waits is tried at once. */
  async poke(sourceId: string): Promise<void> {
    this.held.get(sourceId)?.();
    if (this.isRunning) await this.ask('poke', { sourceId });
  }
  /** @param tellsAnew format and encoding are told again from the beginning of each file */
  async reload(sourceId: string, tellsAnew = false): Promise<void> {
    if (this.isRunning) await this.ask('reload', { sourceId, tellsAnew });
  }

  /** After rows of blocks were taken away: files with nothing left in them go. */
  async sweep(): Promise<void> {
    if (this.isRunning) await this.ask('sweep', null);
  }

  /** Carries out a person's split; see SplitJob. */
  readonly split: RunSplit = async (job) => {
    const { id, parameter, values, family, parts } = job;
    this.splits.set(id, job);
    try {
      return await this.inTurn(() => this.ask('split', { id, parameter, values, family, parts }));
    } finally {
      this.splits.delete(id);
    }
  };
  /** What a person decided; the miner obeys from the next line on. A thread not yet started reads it from the store. */
  async rules(rules: readonly TemplateRule[]): Promise<void> {
    if (this.isRunning) await this.ask('rules', { rules });
  }
  /** One after another: writing blocks anew, and cutting and dropping what is too old, hold on to rows that the others take away. */
  readonly inTurn = new Turns().take;
  /** Writes blocks of before migration 210 anew, until there are none. */
  async convert(): Promise<void> {
    for (let more = true; more && !this.isClosed; )
      ({ more } = await this.inTurn(() => this.ask('convert', null)));
  }

  /** Whether this process reads the sources; false: another one does. Asked again each time. */
  owns(): boolean {
    if (this.lock || this.isClosed) return this.lock !== null;
    this.lock = tryLock(path.join(path.dirname(this.store.file), 'log-ingest.lock'));
    return this.lock !== null;
  }
  private startThread(): Thread<Requests, Questions> {
    if (!this.owns()) throw new AppError('logs.busy');
    const { read } = this.store;
    const { saved, rules } = savedTemplates(read);
    const start: Start = {
      dataDir: this.dataDir,
      storeFile: this.store.file,
      zone: this.zone(),
      now: this.clock.now(),
      nextLine: read.get<{ next: number }>(sql`SELECT next_line AS next FROM log_ingest`)?.next ?? 1,
      names: read.all(sql`SELECT name_id AS id, name FROM log_names ORDER BY name_id`),
      templates: saved,
      rules,
      sources: sourceRows(read).map((row) => workOf(read, row)),
      tuning: this.tuning,
    };
    const worker = startWorker(entryFile(import.meta.url, 'ingest-worker', 'log-ingest'), {
      workerData: start,
      // else the room for what lives shortly grows far beyond what a batch needs
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.on('error', (error) => this.log.error('the ingest thread ended', error));
    worker.on('exit', (code) => {
      if (code !== 0 && !this.isClosed) this.log.error('the ingest thread ended', { code });
    });
    this.converting = setTimeout(() => {
      void this.convert().catch((thrown: unknown) => {
        if (!(thrown instanceof Cancelled) && !this.isClosed)
          this.log.warn('writing old blocks anew', thrown);
      });
    }, CONVERT_MS);
    this.converting.unref();
    return new Thread(worker, this.questions);
  }
  private tellClock(): void {
    const clock = { now: this.clock.now(), zone: this.zone() };
    this.thread?.call('clock', clock).catch(() => {});
  }
  private readonly questions: Handlers<Questions> = {
    commit: async (commit) => {
      const refused = await this.commit(commit);
      this.tellClock();
      return { refused };
    },
    work: ({ sourceId }) => {
      this.tellClock();
      const row = sourceRow(this.store.read, sourceId);
      return row ? workOf(this.store.read, row) : null;
    },
    tablePage: async ({ sourceId, generation, place, limit }) => {
      this.tellClock();
      const { read } = this.store;
      const row = sourceRow(read, sourceId);
      if (!row || row.generation !== generation) return null;
      if (sourceId === COMPANY_ID) return companyPage(read, { place, limit, everyMs: this.tuning.pollMs });
      const { tables, reading } = this.readingOf(row.rules);
      return tables.page({ ...reading, place, limit, seen: (keys) => keysSeen(read, sourceId, keys) });
    },
    tableAgain: async ({ sourceId, raws }) => {
      const row = sourceRow(this.store.read, sourceId);
      if (!row) return raws.map(() => null);
      const { tables, reading } = this.readingOf(row.rules);
      return tables.again(reading, raws);
    },
    templates: () => savedTemplates(this.store.read),
    write: async ({ statements, splitId, made }) => {
      const split = splitId === null ? undefined : this.splits.get(splitId);
      await this.store.write([...statements, ...(split ? split.statements(made) : [])]);
      return null;
    },
    state: (state) => {
      this.say(state);
      return null;
    },
    log: ({ message, detail }) => {
      this.log.error(message, detail);
      return null;
    },
  };

  private readingOf(rules: string): { tables: CompanyTables; reading: TableReading } {
    const { table, timeZone, encoding } = LogSourceRules.parse(JSON.parse(rules));
    if (!this.tables || !table) throw new AppError('sync.not-configured');
    return { tables: this.tables, reading: { table, timeZone, encoding } };
  }

  /** Writes it, as often as it takes. True: the source was cleared meanwhile, only what holds anyway was written. */
  private async commit(commit: Commit): Promise<boolean> {
    const { sourceId, always, own } = commit;
    let refused = false;
    for (let tries = 1; ; tries++) {
      try {
        await this.store.write(refused ? always : [...own, ...always]);
        if (tries > 1)
          this.say({ ...this.stateOf(sourceId), state: 'reading', error: null, nextTryAt: null });
        if (refused) return true;
        const { lines, from, to, templates } = commit;
        this.committed.emit({ sourceId, lines, from, to, templates });
        return false;
      } catch (thrown) {
        if (!refused && thrown instanceof AppError && thrown.code === 'store.refused') {
          refused = true;
          continue;
        }
        if (this.isClosed) throw thrown;
        await this.hold(sourceId, thrown, tries);
      }
    }
  }
  /** The store does not take it: nothing is lost, everything waits. */
  private async hold(sourceId: string, thrown: unknown, tries: number): Promise<void> {
    const error = failureOf(thrown);
    if (error.code === 'internal' && tries === 1) this.log.error('a batch of log lines', thrown);
    const ms = backOffMs(tries, SOURCE_BACK_OFF);
    this.say({
      ...this.stateOf(sourceId),
      state: 'waiting',
      error,
      nextTryAt: this.clock.now() + ms,
    });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.held.set(sourceId, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.held.delete(sourceId);
    if (this.isClosed) throw thrown;
  }
  private stateOf(sourceId: string): SourceState {
    return (
      this.states.get(sourceId) ?? {
        sourceId,
        state: 'reading',
        error: null,
        nextTryAt: null,
        behindBytes: null,
        lookedAt: null,
      }
    );
  }
  private say(state: SourceState): void {
    this.states.set(state.sourceId, state);
    this.told.emit(state);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    const closing = this.isRunning ? this.ask('close', null).catch(() => {}) : Promise.resolve();
    this.isClosed = true;
    if (this.converting) clearTimeout(this.converting);
    for (const go of this.held.values()) go();
    await closing;
    await this.thread?.stop();
    this.lock?.release();
    this.lock = null;
  }
}
