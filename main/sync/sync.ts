import type { z } from 'zod';
import type { FailingTable, Table } from '../api/contract/common.ts';
import type {
  Connection,
  ConnectionView,
  DeadLetter,
  Mapping,
  MappingSuggestion,
  SyncReport,
  SyncStatus,
  TestResult,
} from '../api/contract/company.ts';
import type { CompanyStanding } from '../api/contract/logs/tables.ts';
import type { Clock } from '../kernel/clock.ts';
import {
  AppError,
  Cancelled,
  type ErrorCode,
  type ErrorParams,
  type Failure,
  failureOf,
  toAppError,
} from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { Log } from '../kernel/log.ts';
import { backOffMs, type Tasks, throwIfAborted, untilAborted } from '../kernel/task.ts';
import { APPROVAL_TABLE, type ApprovalRow, COMPANY, COMPANY_TABLES, type Store } from '../store/index.ts';
import { readGrants, refuseWritable } from './check-account.ts';
import { companyError, isConnectionError } from './company-error.ts';
import { PASSWORD, SYNC } from './config.ts';
import { companyFiles } from './files.ts';
import { createLogTables, type LogTables } from './log-tables/log-tables.ts';
import { countDead, countRows, failedStates, listDead, readState, readStates, setState } from './queries.ts';
import { Reach } from './reach.ts';
import { openSession, type Session } from './session.ts';
import { mappingProblems, planTables, type TablePlan } from './tables/plan.ts';
import { previewTable } from './tables/preview.ts';
import { probe, readSchema, type TheirTable } from './tables/read-schema.ts';
import { readTable } from './tables/read-table.ts';
import { replayTable } from './tables/replay.ts';
import type { ReadContext, TableReport } from './tables/store-pages.ts';
import { isSure, suggestMapping } from './tables/suggest-mapping.ts';
import { currentDatabase, testConnection } from './test-connection.ts';
import type { SecretPlace, SecretStore, SyncSettings } from './types.ts';
import { readApprovalImpacts, writeApprovalRow } from './write-approval.ts';

export type Sync = {
  view(): z.infer<typeof ConnectionView>;
  save(
    connection: Connection,
    password: string | undefined,
    remember: SecretPlace,
  ): Promise<z.infer<typeof ConnectionView>>;
  /** forgets the connection and the password; the mapping and the copy stay */
  forget(): Promise<z.infer<typeof ConnectionView>>;
  test(connection: Connection, password?: string): Promise<TestResult>;
  suggest(): Promise<MappingSuggestion>;
  mapping(): Mapping | null;
  saveMapping(
    mapping: Mapping,
  ): Promise<{ mapping: Mapping; problems: { code: ErrorCode; params: ErrorParams }[] }>;
  preview(mapping: Mapping, table: string): Promise<{ table: Table; dead: DeadLetter[] }>;
  /** reads every table now, after a sync that is under way; rejects with AppError when the company's database cannot be reached, Cancelled when stopped */
  run(signal?: AbortSignal): Promise<SyncReport>;
  /** After a sleep of the computer: a sync, unless none is set up or one is under way; never rejects. */
  catchUp(): Promise<void>;
  status(): Omit<SyncStatus, 'outbox'>;
  deadLetters(o?: { source?: string | undefined; limit?: number | undefined }): {
    items: DeadLetter[];
    total: number;
  };
  replay(source?: string): Promise<{ replayed: number; fixed: number }>;
  online(): boolean;
  /** tables that the last sync left behind, in the order of COMPANY_TABLES */
  failing(): Omit<FailingTable, 'stale'>[];
  /** when every table Toride cannot do without was last up to date, epoch ms; null: never */
  lastOkAt(): number | null;
  configured(): boolean;
  /** inserts a decision into the company's approval table, once */
  writeApproval(row: ApprovalRow): Promise<'written' | 'already-there'>;
  /** `impact` of the newest decisions in the company's approval table, as JSON text; rejects where this account may not read it */
  approvalImpacts(): Promise<string[]>;
  /** `writeApproval` where the connection allows it */
  approvalWriter(): Sync['writeApproval'] | null;
  /** syncs at once and then at the interval of the settings, with growing waits after failures, until the returned function is called */
  start(): () => void;
  readonly changed: Emitter<void>;
  /** further tables of the company's that are read as logs */
  readonly logTables: LogTables;
  close(): Promise<void>;
};

const REQUIRED = COMPANY_TABLES.filter((t) => COMPANY[t].required);

/** The company's database: connection, mapping, reading it into the copy, writing decisions. */
export function createSync(o: {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly dataDir: string;
  readonly secrets: SecretStore;
  readonly settings: () => SyncSettings;
  /** rows per page; default 5,000 */
  readonly pageRows?: number;
  /** 0–1, for the jitter of the waits after failures */
  readonly random?: () => number;
}): Sync {
  const { store, clock, tasks, secrets } = o;
  const log = o.log.area('sync');
  const files = companyFiles(o.dataDir);
  const random = o.random ?? Math.random;
  const changed = new Emitter<void>();
  const closing = new AbortController();
  let place: z.infer<typeof ConnectionView>['password'] = 'none';
  const reach = new Reach({ clock, changed: () => changed.emit() });
  let lastError: Failure | null = null;
  let failures = 0;
  let nextAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  const refreshPlace = async (): Promise<void> => {
    place = await secrets.where(PASSWORD);
  };
  void refreshPlace().catch((error: unknown) => log.warn('secret store', error));

  const connectionOrNull = (): Connection | null => {
    try {
      return files.connection();
    } catch {
      return null; // said by status() and run()
    }
  };
  const mappingOrNull = (): Mapping | null => {
    try {
      return files.mapping();
    } catch {
      return null; // said by status() and run()
    }
  };
  const needConnection = (): Connection => {
    const connection = files.connection();
    if (!connection) throw new AppError('sync.not-configured');
    return connection;
  };
  const password = async (): Promise<string | undefined> => (await secrets.get(PASSWORD)) ?? undefined;
  const view = (): z.infer<typeof ConnectionView> => ({
    connection: connectionOrNull(),
    password: place,
    keyStore: secrets.keyStore,
    weakKeyStore: secrets.weakKeyStore,
  });

  /** A reading session on the company's database, its account checked. */
  async function withSession<T>(
    signal: AbortSignal | undefined,
    work: (session: Session, connection: Connection, schema: TheirTable[]) => Promise<T>,
  ): Promise<T> {
    const { session, connection, schema } = await openChecked(signal);
    try {
      return await work(session, connection, schema);
    } finally {
      await session.close();
    }
  }
  async function openChecked(
    signal: AbortSignal | undefined,
  ): Promise<{ session: Session; connection: Connection; schema: TheirTable[] }> {
    const connection = needConnection();
    const session = await openSession(connection, await password(), { kind: 'read', signal });
    try {
      await session.use(connection.database);
      const database = await currentDatabase(session);
      const schema = await readSchema(session, database);
      const approvals = (files.mapping() ?? suggestMapping(schema, connection).mapping).tables[APPROVAL_TABLE]
        ?.table;
      refuseWritable(
        await readGrants(session),
        connection.writeBack && approvals ? { database, table: approvals } : null,
      );
      return { session, connection, schema };
    } catch (error) {
      await session.close();
      throw error;
    }
  }
  const logTables = createLogTables({
    open: () => openChecked(closing.signal),
    connection: needConnection,
    mapping: files.mapping,
    everyMs: () => o.settings().syncEverySeconds * 1000,
    answered: () => {
      const wasAway = !!reach.error;
      reach.answered();
      // the copy need not wait for its turn
      if (wasAway) soon();
    },
    failed: (error) => reach.failed(error),
    standing,
    changed,
    retry: () => soon(),
  });
  /** What stands between the company's database and the logs; see CompanyTables of the logs. */
  function standing(): CompanyStanding {
    if (!configured())
      return { database: null, copy: null, foundAt: clock.now(), nextTryAt: null, copiedAt: null };
    const own = readState(store.read, 'system_logs');
    const ownError = own?.last_error ? (JSON.parse(own.last_error) as Failure) : null;
    const known = fileError() ?? lastError ?? reach.error;
    return {
      database: reach.error,
      copy: known ?? ownError ?? (known === undefined ? undefined : null),
      foundAt: reach.at,
      nextTryAt: nextAt,
      copiedAt: own?.last_ok_at ?? null,
    };
  }

  /** The saved mapping; without one the suggestion, saved when there is no doubt about it. */
  function mappingFor(schema: readonly TheirTable[], connection: Connection): Mapping {
    const saved = files.mapping();
    if (saved) return saved;
    const suggestion = suggestMapping(schema, connection);
    if (isSure(suggestion, REQUIRED)) {
      files.saveMapping(suggestion.mapping);
      log.info('every name was recognised: mapping saved');
      return suggestion.mapping;
    }
    const problem = suggestion.problems.find((p) => p.code !== 'sync.read-only-copy');
    const unsure = REQUIRED.find((t) => !isSure(suggestion, [t])) ?? '';
    throw problem
      ? new AppError(problem.code as ErrorCode, problem.params)
      : new AppError('mapping.invalid', { detail: `${unsure}: not recognised with certainty` });
  }

  async function readAll(
    signal: AbortSignal,
    progress: (done: number, total: number | null, stage?: string) => void,
    count: boolean,
  ): Promise<TableReport[]> {
    return withSession(signal, async (session, connection, schema) => {
      reach.answered();
      lastError = null;
      changed.emit();
      const mapping = mappingFor(schema, connection);
      const { plans, problems } = planTables(mapping, schema, connection);
      await forgetProblems(new Set([...plans.map((plan) => plan.name), ...problems.keys()]));
      const reports = new Map<string, TableReport>();
      const fail = async (report: TableReport, error: AppError): Promise<void> => {
        report.error = failureOf(error);
        log.warn(`table ${report.table}`, error);
        await store.write([
          setState(report.table, { last_error: JSON.stringify(report.error), last_tried_at: clock.now() }),
        ]);
      };
      for (const [name, problem] of problems) {
        const report = emptyReport(name);
        reports.set(name, report);
        const bound = mapping.tables[name];
        await fail(report, await whatKeepsFrom(session, problem, bound));
      }
      let done = 0;
      const total = expectedRows(plans);
      for (const plan of plans) {
        progress(done, total, plan.name);
        const report = emptyReport(plan.name);
        reports.set(plan.name, report);
        const context: ReadContext = {
          session,
          store,
          clock,
          plan,
          signal,
          count,
          pageRows: o.pageRows ?? SYNC.pageRows,
          onRows: (rows) => {
            done += rows;
            progress(done, total, plan.name);
          },
        };
        try {
          await readTable(context, report);
        } catch (thrown) {
          if (signal.aborted || thrown instanceof Cancelled) throw thrown;
          const error = toAppError(thrown);
          if (isConnectionError(error)) throw error;
          await fail(report, error);
        }
        changed.emit();
      }
      return COMPANY_TABLES.flatMap((name) => reports.get(name) ?? []);
    });
  }

  /** A table that is no longer read has no problem. */
  const forgetProblems = async (read: ReadonlySet<string>): Promise<void> => {
    const gone = failedStates(store.read).filter((state) => !read.has(state.table_name));
    await store.write(gone.map((state) => setState(state.table_name, { last_error: null })));
  };

  /** Rows of the tables that are read from their beginning, by the server's estimate; null when that is not known. */
  function expectedRows(plans: readonly TablePlan[]): number | null {
    const fresh = plans.filter((p) => {
      const state = readState(store.read, p.name);
      return state === null || state.complete === 0;
    });
    if (fresh.length === 0 || fresh.some((p) => p.estimate === null)) return null;
    return fresh.reduce((sum, p) => sum + (p.estimate ?? 0), 0);
  }

  function run(signal: AbortSignal | undefined, count: boolean): Promise<SyncReport> {
    if (tasks.isRunning('sync')) return Promise.reject(new AppError('sync.busy'));
    const begun = performance.now();
    const work = tasks
      .run(
        'sync',
        ({ signal: stop, progress }) => readAll(AbortSignal.any([stop, closing.signal]), progress, count),
        signal,
      )
      .then((tables): SyncReport => {
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
      })
      .catch((thrown: unknown) => {
        if (thrown instanceof Cancelled) throw thrown;
        const error = toAppError(thrown);
        failures++;
        lastError = failureOf(error);
        if (isConnectionError(error)) reach.failed(error);
        throw error;
      })
      .finally(() => changed.emit());
    running = work.catch(() => {});
    return work;
  }

  /** Waits double from 2 s up to the interval; half of each is chance, so that many computers do not return together. */
  function waitMs(): number {
    const every = o.settings().syncEverySeconds * 1000;
    if (failures === 0) return every;
    return backOffMs(failures, { firstMs: SYNC.retryBaseMs, longestMs: every, jitter: 0.5 }, 1 - random());
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (closing.signal.aborted) return;
    nextAt = clock.now() + ms;
    timer = setTimeout(() => {
      void tick();
    }, ms);
    timer.unref();
  }
  /** At once, where it syncs by itself. */
  const soon = (): void => {
    if (timer !== undefined) schedule(0);
  };
  async function tick(): Promise<void> {
    if (configured() && !tasks.isRunning('sync'))
      await run(undefined, false).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log.warn('sync failed', error);
      });
    if (timer === undefined) return;
    schedule(waitMs());
    // when it is tried again
    if (failures > 0) changed.emit();
  }
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    nextAt = null;
  };

  function configured(): boolean {
    try {
      return files.connection() !== null;
    } catch {
      return true; // something was set up; what is wrong with it is said by status() and run()
    }
  }

  function fileError(): Failure | null {
    try {
      files.connection();
      files.mapping();
      return null;
    } catch (error) {
      return failureOf(error);
    }
  }

  const writeApproval: Sync['writeApproval'] = async (row) => {
    const connection = needConnection();
    const mapping = files.mapping();
    if (!mapping) throw new AppError('sync.read-only-copy');
    try {
      return await writeApprovalRow(connection, await password(), mapping, row);
    } catch (error) {
      throw companyError(error, connection);
    }
  };

  return {
    changed,
    logTables,
    view,
    async save(connection, given, remember) {
      files.saveConnection(connection);
      if (given !== undefined) await secrets.set(PASSWORD, given, remember);
      await refreshPlace();
      failures = 0;
      lastError = null;
      reach.forget();
      soon();
      return view();
    },
    async forget() {
      files.forgetConnection();
      await secrets.delete(PASSWORD);
      await refreshPlace();
      lastError = null;
      reach.forget();
      return view();
    },
    async test(connection, given) {
      const used = given ?? (await password());
      return testConnection(connection, used, {
        mapping: (schema) => files.mapping() ?? suggestMapping(schema, connection).mapping,
        wall: () => performance.now(),
      });
    },
    suggest: () =>
      withSession(undefined, (_session, connection, schema) =>
        Promise.resolve(suggestMapping(schema, connection)),
      ),
    mapping: files.mapping,
    async saveMapping(mapping) {
      files.saveMapping(mapping);
      changed.emit();
      try {
        const problems = await withSession(undefined, (_session, connection, schema) =>
          Promise.resolve(mappingProblems(mapping, schema, connection)),
        );
        return { mapping, problems: problems.map(failureOf) };
      } catch (error) {
        return { mapping, problems: [failureOf(error)] };
      }
    },
    preview: (mapping, table) =>
      withSession(undefined, (session, connection) =>
        previewTable(session, connection, mapping, table, clock.now()),
      ),
    async run(signal) {
      // one that the clock began may have read before what is asked for was written
      while (tasks.isRunning('sync')) await (signal ? untilAborted(running, signal) : running);
      throwIfAborted(closing.signal);
      return run(signal, true);
    },
    async catchUp() {
      if (configured() && !tasks.isRunning('sync')) await run(undefined, true).catch(() => null);
    },
    status() {
      const states = new Map(readStates(store.read).map((s) => [s.table_name, s]));
      return {
        configured: configured(),
        running: tasks.isRunning('sync'),
        online: reach.answers,
        lastOkAt: lastOk(store),
        nextAt,
        error: fileError() ?? lastError,
        tables: COMPANY_TABLES.map((table) => {
          const s = states.get(table);
          const counted = s && s.source_rows !== null && s.local_rows !== null ? s : null;
          return {
            table,
            localRows: countRows(store.read, table),
            sourceRows: s?.source_rows ?? null,
            deadLetters: countDead(store.read, table),
            cursor: s?.cursor_value ?? null,
            lastOkAt: s?.last_ok_at ?? null,
            error: s?.last_error ? (JSON.parse(s.last_error) as Failure) : null,
            reconciled: counted
              ? counted.source_rows === (counted.local_rows ?? 0) + counted.rows_dead
              : null,
          };
        }),
      };
    },
    deadLetters: ({ source, limit = 100 } = {}) => ({
      items: listDead(store.read, source, limit),
      total: countDead(store.read, source),
    }),
    async replay(source) {
      if (tasks.isRunning('sync')) throw new AppError('sync.busy');
      const result = await tasks.run('replay', ({ signal }) =>
        withSession(signal, async (session, connection, schema) => {
          const { plans } = planTables(mappingFor(schema, connection), schema, connection);
          const sum = { replayed: 0, fixed: 0 };
          for (const plan of plans) {
            if (source !== undefined && plan.name !== source) continue;
            const one = await replayTable({ session, store, clock, plan });
            sum.replayed += one.replayed;
            sum.fixed += one.fixed;
          }
          return sum;
        }),
      );
      changed.emit();
      return result;
    },
    online: () => reach.answers,
    lastOkAt: () => lastOk(store),
    failing() {
      const failed = failedStates(store.read);
      if (failed.length === 0) return [];
      const mapping = mappingOrNull();
      return COMPANY_TABLES.flatMap((table): Omit<FailingTable, 'stale'>[] => {
        const state = failed.find((s) => s.table_name === table);
        if (!state?.last_error) return [];
        return [
          {
            table,
            source: mapping?.tables[table]?.table ?? table,
            readAt: state.last_ok_at,
            error: JSON.parse(state.last_error) as Failure,
            numbers: [...COMPANY[table].numbers],
          },
        ];
      });
    },
    configured,
    writeApproval,
    approvalWriter: () => (connectionOrNull()?.writeBack ? writeApproval : null),
    approvalImpacts: () => withSession(undefined, (session) => readApprovalImpacts(session, files.mapping())),
    start() {
      schedule(0);
      return stop;
    },
    async close() {
      stop();
      const closed = logTables.close();
      closing.abort(new Cancelled('closing'));
      await closed;
      await running;
    },
  };
}

/** The oldest of the required tables' last successes: what every number on the screen can be trusted from. */
function lastOk(store: Store): number | null {
  let oldest = Number.POSITIVE_INFINITY;
  for (const table of REQUIRED) {
    const at = readState(store.read, table)?.last_ok_at ?? null;
    if (at === null) return null;
    oldest = Math.min(oldest, at);
  }
  return oldest;
}

const emptyReport = (table: string): TableReport => ({
  table,
  read: 0,
  written: 0,
  deleted: 0,
  dead: 0,
  error: null,
});

/** information_schema hides what an account may not read, as if it were not there: only asking tells the two apart. */
async function whatKeepsFrom(
  session: Session,
  problem: AppError,
  bound: Mapping['tables'][string] | undefined,
): Promise<AppError> {
  if (!bound?.table) return problem;
  try {
    await probe(session, bound.table, Object.values(bound.columns));
    return problem;
  } catch (thrown) {
    const error = toAppError(thrown);
    return error.code === 'sync.rights' ? error : problem;
  }
}
