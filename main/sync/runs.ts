import { AppError, Cancelled, type Failure, failureOf, toAppError } from '../kernel/errors.ts';
import { backOffMs, throwIfAborted, untilAborted } from '../kernel/task.ts';
import type { Base } from '../store/index.ts';
import { type ByClock, createByClock } from './by-clock.ts';
import type { Company } from './company.ts';
import { isConnectionError } from './company-error.ts';
import { SYNC } from './config.ts';
import type { SyncReport } from './contract/company.ts';
import type { Reach } from './reach.ts';
import { readCompany } from './read-company.ts';

/** Syncs, one at a time: when a person asks, and by the clock, with growing waits after failures. */
export type Runs = {
  /** After one that is under way; see Sync.run. */
  run(signal: AbortSignal | undefined): Promise<SyncReport>;
  /** Unless nothing is set up or one is under way; never rejects. */
  catchUp(): Promise<void>;
  readonly byClock: ByClock;
  /** why the last one failed */
  lastError(): Failure | null;
  /** Another connection: what failed before does not count. */
  forget(): void;
  /** None by the clock from now on; resolves when the one under way has ended. */
  close(): Promise<void>;
};

export function createRuns(
  o: Pick<Base, 'store' | 'clock' | 'tasks' | 'log'> & {
    readonly company: Company;
    readonly reach: Reach;
    readonly everyMs: () => number;
    readonly pageRows: number;
    readonly random: () => number;
    /** aborted when the room ends */
    readonly closing: AbortSignal;
    readonly changed: () => void;
  },
): Runs {
  const { store, clock, tasks, log, company, reach, changed } = o;
  let lastError: Failure | null = null;
  let failures = 0;
  let running: Promise<unknown> = Promise.resolve();
  const byClock = createByClock({
    clock,
    work: async () => {
      if (company.isConfigured() && !tasks.isRunning('sync'))
        await run(undefined, false).catch((error: unknown) => {
          if (!(error instanceof Cancelled)) log.warn('sync failed', error);
        });
    },
    waitMs,
    // when it is tried again
    planned: () => failures > 0 && changed(),
  });

  async function run(asked: AbortSignal | undefined, count: boolean): Promise<SyncReport> {
    if (tasks.isRunning('sync')) throw new AppError('sync.busy');
    const begun = performance.now();
    const work = tasks.run(
      'sync',
      (task) => {
        const signal = AbortSignal.any([task.signal, o.closing]);
        return company.withSession(signal, async (opened) => {
          reach.answered();
          lastError = null;
          changed();
          return readCompany({
            opened,
            mapping: await company.sureMapping(opened.schema, opened.connection),
            store,
            clock,
            log,
            signal,
            progress: task.progress,
            count,
            pageRows: o.pageRows,
            changed,
          });
        });
      },
      asked,
    );
    const done = finish(work, begun);
    running = done.catch(() => {});
    return done;
  }
  async function finish(work: Promise<SyncReport['tables']>, begun: number): Promise<SyncReport> {
    try {
      const tables = await work;
      lastError = null;
      failures = 0;
      const ms = performance.now() - begun;
      const rows = tables.reduce((sum, t) => sum + t.read, 0);
      return {
        tables,
        rows,
        ms: Math.round(ms),
        rowsPerSecond: ms > 0 ? Math.round((rows / ms) * 1000) : 0,
      };
    } catch (thrown) {
      if (thrown instanceof Cancelled) throw thrown;
      const error = toAppError(thrown);
      failures++;
      lastError = failureOf(error);
      if (isConnectionError(error)) reach.failed(error);
      throw error;
    } finally {
      changed();
    }
  }
  /** Waits double from 2 s up to the interval; half of each is chance, so that many computers do not return together. */
  function waitMs(): number {
    const longestMs = o.everyMs();
    if (failures === 0) return longestMs;
    return backOffMs(failures, { firstMs: SYNC.retryBaseMs, longestMs, jitter: 0.5 }, 1 - o.random());
  }

  return {
    async run(signal) {
      // one that the clock began may have read before what is asked for was written
      while (tasks.isRunning('sync')) await (signal ? untilAborted(running, signal) : running);
      throwIfAborted(o.closing);
      return run(signal, true);
    },
    async catchUp() {
      if (company.isConfigured() && !tasks.isRunning('sync')) await run(undefined, true).catch(() => null);
    },
    byClock,
    lastError: () => lastError,
    forget() {
      failures = 0;
      lastError = null;
    },
    async close() {
      byClock.stop();
      await running;
    },
  };
}
