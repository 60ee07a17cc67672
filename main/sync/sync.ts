import type { z } from 'zod';
import type { FailingTable, Table } from '../api/contract/common.ts';
import { AppError, Cancelled, type ErrorCode, type ErrorParams, failureOf } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { CompanyStanding } from '../logs/contract/tables.ts';
import type { ApprovalRow, Base, CompanyDecision, SharedVersion } from '../store/index.ts';
import { Company } from './company.ts';
import { SHARED_PAGE, SYNC } from './config.ts';
import type {
  Connection,
  ConnectionView,
  DeadLetter,
  Mapping,
  MappingSuggestion,
  SyncReport,
  SyncStatus,
  TestResult,
} from './contract/company.ts';
import { createLogTables, type LogTables } from './log-tables/log-tables.ts';
import { countDead, listDead } from './queries.ts';
import { Reach } from './reach.ts';
import { createRuns } from './runs.ts';
import { readShared, writeShared } from './shared-table.ts';
import { failingTables, lastOkAt, tableState, tableStates } from './table-states.ts';
import { mappingProblems, planTables } from './tables/plan.ts';
import { previewTable } from './tables/preview.ts';
import { replayTables } from './tables/replay.ts';
import { suggestMapping } from './tables/suggest-mapping.ts';
import { testConnection } from './test-connection.ts';
import type { SecretPlace, SecretStore, SyncSettings } from './types.ts';
import { newestDecisions, writeApprovalRow } from './write-approval.ts';

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
  /** see failingTables */
  failing(): Omit<FailingTable, 'stale'>[];
  /** when every table that Toride needs was last up to date, epoch ms; null: never */
  lastOkAt(): number | null;
  configured(): boolean;
  /**
   * Inserts a decision into the company's approval table, once.
   * @param check is given the newest decisions there and throws where this one must not follow them; no other Toride writes meanwhile
   */
  writeApproval(
    row: ApprovalRow,
    check?: (newest: readonly CompanyDecision[]) => void,
  ): Promise<'written' | 'already-there'>;
  /** the newest decisions in the company's approval table; rejects where this account may not read it */
  newestDecisions(signal?: AbortSignal): Promise<CompanyDecision[]>;
  /** `writeApproval` where the connection allows it */
  approvalWriter(): Sync['writeApproval'] | null;
  /** Adds a version of a shared item to the company's table, once; rejects with `shared.changed` after another laptop's. Null: nothing is shared. */
  sharedWriter(): ((version: SharedVersion) => Promise<unknown>) | null;
  /** which table of which database is shared; null: the connection names none */
  sharedAddress(): string | null;
  /** the versions after `seq` */
  readShared(seq: number, signal: AbortSignal): ReturnType<typeof readShared>;
  /** syncs at once and then at the interval of the settings, with growing waits after failures, until the returned function is called */
  start(): () => void;
  readonly changed: Emitter<void>;
  /** further tables of the company's that are read as logs */
  readonly logTables: LogTables;
  close(): Promise<void>;
};

/** The company's database: reading it into the copy, now and by the clock, and writing decisions. */
export function createSync(
  o: Pick<Base, 'store' | 'clock' | 'tasks' | 'log' | 'dataDir'> & {
    readonly secrets: SecretStore;
    readonly settings: () => SyncSettings;
    /** rows per page; default 5,000 */
    readonly pageRows?: number;
    /** 0–1, for the jitter of the waits after failures */
    readonly random?: () => number;
  },
): Sync {
  const { store, clock, tasks } = o;
  const log = o.log.area('sync');
  const changed = new Emitter<void>();
  const closing = new AbortController();
  const company = new Company({ ...o, log });
  const reach = new Reach({ clock, changed: () => changed.emit() });
  const everyMs = (): number => o.settings().syncEverySeconds * 1000;
  const runs = createRuns({
    store,
    clock,
    tasks,
    log,
    company,
    reach,
    everyMs,
    pageRows: o.pageRows ?? SYNC.pageRows,
    random: o.random ?? Math.random,
    closing: closing.signal,
    changed: () => changed.emit(),
  });
  const { byClock } = runs;

  const logTables = createLogTables({
    open: () => company.open(closing.signal),
    connection: () => company.connection(),
    mapping: company.mapping,
    everyMs,
    answered: () => {
      const wasAway = !!reach.error;
      reach.answered();
      // the copy need not wait for its turn
      if (wasAway) byClock.soon();
    },
    failed: (error) => reach.failed(error),
    standing,
    changed,
    retry: byClock.soon,
  });
  /** What stands between the company's database and the logs; see CompanyTables of the logs. */
  function standing(): CompanyStanding {
    if (!company.isConfigured())
      return { database: null, copy: null, foundAt: clock.now(), nextTryAt: null, copiedAt: null };
    const own = tableState(store.read, 'system_logs');
    const known = company.fileError() ?? runs.lastError() ?? reach.error;
    return {
      database: reach.error,
      copy: known ?? own.error ?? (known === undefined ? undefined : null),
      foundAt: reach.at,
      nextTryAt: byClock.nextAt(),
      copiedAt: own.lastOkAt,
    };
  }

  /** Another connection: what is known of the one before does not count. */
  const forgetFailures = (): void => {
    runs.forget();
    reach.forget();
  };
  return {
    changed,
    logTables,
    view: () => company.view(),
    async save(connection, given, remember) {
      await company.save(connection, given, remember);
      forgetFailures();
      byClock.soon();
      return company.view();
    },
    async forget() {
      await company.forget();
      forgetFailures();
      return company.view();
    },
    async test(connection, given) {
      return testConnection(connection, given ?? (await company.password()), {
        mapping: (schema) => company.mappingOrSuggested(schema, connection),
        wall: () => performance.now(),
      });
    },
    suggest: () =>
      company.withSession(undefined, ({ connection, schema }) => suggestMapping(schema, connection)),
    mapping: company.mapping,
    async saveMapping(mapping) {
      await company.saveMapping(mapping);
      changed.emit();
      try {
        const problems = await company.withSession(undefined, ({ connection, schema }) =>
          mappingProblems(mapping, schema, connection),
        );
        return { mapping, problems: problems.map(failureOf) };
      } catch (error) {
        return { mapping, problems: [failureOf(error)] };
      }
    },
    preview: (mapping, table) =>
      company.withSession(undefined, ({ session, connection }) =>
        previewTable(session, connection, mapping, table, clock.now()),
      ),
    run: runs.run,
    catchUp: runs.catchUp,
    status: () => ({
      configured: company.isConfigured(),
      running: tasks.isRunning('sync'),
      online: reach.answers,
      lastOkAt: lastOkAt(store.read),
      nextAt: byClock.nextAt(),
      error: company.fileError() ?? runs.lastError(),
      tables: tableStates(store.read),
    }),
    deadLetters: ({ source, limit = 100 } = {}) => ({
      items: listDead(store.read, source, limit),
      total: countDead(store.read, source),
    }),
    async replay(source) {
      if (tasks.isRunning('sync')) throw new AppError('sync.busy');
      const result = await tasks.run('replay', ({ signal }) =>
        company.withSession(signal, async ({ session, connection, schema }) => {
          const { plans } = planTables(await company.sureMapping(schema, connection), schema, connection);
          return replayTables({ session, store, clock }, plans, source);
        }),
      );
      changed.emit();
      return result;
    },
    online: () => reach.answers,
    lastOkAt: () => lastOkAt(store.read),
    failing: () => failingTables(store.read, () => company.mappingOrNull()),
    configured: () => company.isConfigured(),
    ...companyWriters(company),
    start: byClock.start,
    async close() {
      const closed = logTables.close();
      closing.abort(new Cancelled('closing'));
      await runs.close();
      await closed;
    },
  };
}

/** What is written to the company's database, and what is read of the two tables written. */
function companyWriters(
  company: Company,
): Pick<
  Sync,
  'writeApproval' | 'approvalWriter' | 'newestDecisions' | 'sharedWriter' | 'sharedAddress' | 'readShared'
> {
  const writeApproval: Sync['writeApproval'] = async (row, check = () => {}) => {
    const mapping = company.mapping();
    if (!mapping) throw new AppError('sync.read-only-copy');
    return writeApprovalRow(company.connection(), await company.password(), mapping, row, check);
  };
  return {
    writeApproval,
    approvalWriter: () => (company.connectionOrNull()?.writeBack ? writeApproval : null),
    newestDecisions: (signal) =>
      company.withSession(signal, ({ session }) => newestDecisions(session, company.mapping())),
    sharedWriter: () =>
      company.connectionOrNull()?.sharedTable
        ? async (version) => writeShared(company.connection(), await company.password(), version)
        : null,
    sharedAddress() {
      const connection = company.connectionOrNull();
      if (!connection?.sharedTable) return null;
      const { host, port, database, sharedTable } = connection;
      return `${host}:${port}/${database}/${sharedTable}`;
    },
    readShared: (seq, signal) =>
      company.withSession(signal, ({ session, connection }) =>
        readShared(session, connection, seq, SHARED_PAGE),
      ),
  };
}
