import { type AppError, Cancelled, failureOf, toAppError } from '../kernel/errors.ts';
import { type Base, COMPANY_TABLES, type Store } from '../store/index.ts';
import type { CheckedSession } from './company.ts';
import { isConnectionError } from './company-error.ts';
import type { Mapping } from './contract/company.ts';
import { failedStates, readState, setState } from './queries.ts';
import type { Session } from './session.ts';
import { planTables, type TablePlan } from './tables/plan.ts';
import { probe } from './tables/read-schema.ts';
import { readTable } from './tables/read-table.ts';
import type { TableReport } from './tables/store-pages.ts';

/**
 * Every table of the mapping, one after another; one that cannot be read says so in its report and stops no other. Rejects where
 * the connection is lost, and with Cancelled.
 */
export async function readCompany(
  o: Pick<Base, 'store' | 'clock' | 'log'> & {
    readonly opened: CheckedSession;
    readonly mapping: Mapping;
    readonly signal: AbortSignal;
    readonly progress: (done: number, total: number | null, stage?: string) => void;
    /** whether rows here and there are counted */
    readonly count: boolean;
    readonly pageRows: number;
    /** a table was read */
    readonly changed: () => void;
  },
): Promise<TableReport[]> {
  const { store, clock, signal, mapping, progress } = o;
  const { session, connection, schema } = o.opened;
  const { plans, problems } = planTables(mapping, schema, connection);
  await forgetProblems(store, new Set([...plans.map((plan) => plan.name), ...problems.keys()]));
  const reports = new Map<string, TableReport>();
  const begin = (table: string): TableReport => {
    const report = { table, read: 0, written: 0, deleted: 0, dead: 0, error: null };
    reports.set(table, report);
    return report;
  };
  const fail = async (report: TableReport, error: AppError): Promise<void> => {
    report.error = failureOf(error);
    o.log.warn(`table ${report.table}`, error);
    await store.write([
      setState(report.table, { last_error: JSON.stringify(report.error), last_tried_at: clock.now() }),
    ]);
  };
  for (const [name, problem] of problems)
    await fail(begin(name), await whatKeepsFrom(session, problem, mapping.tables[name]));
  let done = 0;
  const total = expectedRows(store, plans);
  for (const plan of plans) {
    progress(done, total, plan.name);
    const report = begin(plan.name);
    const onRows = (rows: number): void => {
      done += rows;
      progress(done, total, plan.name);
    };
    try {
      const { count, pageRows } = o;
      await readTable({ session, store, clock, plan, signal, count, pageRows, onRows }, report);
    } catch (thrown) {
      if (signal.aborted || thrown instanceof Cancelled) throw thrown;
      const error = toAppError(thrown);
      if (isConnectionError(error)) throw error;
      await fail(report, error);
    }
    o.changed();
  }
  return COMPANY_TABLES.flatMap((name) => reports.get(name) ?? []);
}

/** A table that is no longer read has no problem. */
async function forgetProblems(store: Store, read: ReadonlySet<string>): Promise<void> {
  const gone = failedStates(store.read).filter((state) => !read.has(state.table_name));
  await store.write(gone.map((state) => setState(state.table_name, { last_error: null })));
}

/** Rows of the tables that are read from their beginning, by the server's estimate; null when that is not known. */
function expectedRows(store: Store, plans: readonly TablePlan[]): number | null {
  const fresh = plans.filter((plan) => readState(store.read, plan.name)?.complete !== 1);
  if (fresh.length === 0 || fresh.some((p) => p.estimate === null)) return null;
  return fresh.reduce((sum, p) => sum + (p.estimate ?? 0), 0);
}

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
