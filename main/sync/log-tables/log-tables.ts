import { AppError, Cancelled, toAppError } from '../../kernel/errors.ts';
import type { Emitter } from '../../kernel/events.ts';
import { Turns } from '../../kernel/task.ts';
import type {
  CompanyStanding,
  LogTableChoice,
  TablePage,
  TableReading,
  TableRow,
} from '../../logs/contract/tables.ts';
import { APPROVAL_TABLE, COMPANY, COMPANY_TABLES } from '../../store/index.ts';
import type { CheckedSession } from '../company.ts';
import { isConnectionError } from '../company-error.ts';
import type { Connection, Mapping } from '../contract/company.ts';
import { readSchema, type TheirTable } from '../tables/read-schema.ts';
import { isSure, suggestMapping } from '../tables/suggest-mapping.ts';
import { currentDatabase } from '../test-connection.ts';
import { type LogPlan, planLogTable } from './log-table-plan.ts';
import { keyOfRaw } from './read-log-row.ts';
import { logRowsByKey, newestLogRows, readLogPage } from './read-log-table.ts';
import { suggestLogTable } from './suggest-log-table.ts';

/** As `CompanyTables` of the logs; `look` asks the database whether it answers, where nobody has yet: what comes of it is in `standing`. */
export type LogTables = ReturnType<typeof createLogTables>;
type PageAsked = TableReading & Pick<Parameters<typeof readLogPage>[0], 'place' | 'limit' | 'seen'>;

/** Of the company's database, not of this computer. */
const isAway = (error: AppError): boolean => isConnectionError(error) && error.code.startsWith('sync.');
const ending = (): AppError => new AppError('sync.lost', { detail: 'closing' });

/** A session that reads is kept for the next page so long. */
const IDLE_MS = 20_000;

const REQUIRED = COMPANY_TABLES.filter((table) => COMPANY[table].required);

/** What the sync reads, or will when it begins. */
function boundTables(
  saved: Mapping | null,
  schema: readonly TheirTable[],
  connection: Connection,
): Mapping['tables'] {
  if (saved) return saved.tables;
  const suggestion = suggestMapping(schema, connection);
  return isSure(suggestion, REQUIRED) ? suggestion.mapping.tables : {};
}

/** The company's log tables, read straight from there, one question at a time on one connection that cannot write. */
export function createLogTables(o: {
  /** connected, its account checked, a database chosen */
  readonly open: () => Promise<CheckedSession>;
  readonly connection: () => Connection;
  readonly mapping: () => Mapping | null;
  readonly everyMs: () => number;
  /** what came of asking the server, each time */
  readonly answered: () => void;
  readonly failed: (error: AppError) => void;
  readonly standing: () => CompanyStanding;
  readonly retry: () => void;
  readonly changed: Emitter<void>;
}) {
  let kept: (CheckedSession & { readonly told: string }) | null = null;
  let idle: NodeJS.Timeout | undefined;
  const turns = new Turns();
  let isClosed = false;

  const drop = async (): Promise<void> => {
    clearTimeout(idle);
    const was = kept;
    kept = null;
    await was?.session.close();
  };
  /** One after another; a session that failed is not used again, and neither is one of another connection. */
  const withSession = <T>(work: (opened: CheckedSession) => Promise<T>): Promise<T> =>
    turns.take(async () => {
      if (isClosed) throw ending();
      clearTimeout(idle);
      const told = JSON.stringify(o.connection());
      if (kept && kept.told !== told) await drop();
      const isOld = kept !== null;
      try {
        kept ??= { ...(await o.open()), told };
        const result = await work(kept);
        o.answered();
        idle = setTimeout(() => void drop(), IDLE_MS);
        idle.unref();
        return result;
      } catch (thrown) {
        const hasAnswered = kept !== null;
        await drop();
        if (thrown instanceof Cancelled) throw ending();
        const error = toAppError(thrown);
        // that a connection kept from before is gone says nothing of the next one
        if (!hasAnswered || (isAway(error) && !isOld)) o.failed(error);
        else if (!isAway(error)) o.answered();
        throw error;
      }
    });
  const planned = async (
    { session, connection }: CheckedSession,
    reading: TableReading,
  ): Promise<LogPlan> => {
    const { table } = reading.table;
    const [theirs] = await readSchema(session, await currentDatabase(session), table);
    return planLogTable(reading.table, theirs, reading.timeZone ?? connection.timeZone);
  };
  const encodingOf = ({ encoding }: TableReading): string => encoding ?? 'utf-8';

  return {
    standing: o.standing,
    retry: o.retry,
    changed: o.changed,
    look: async () => {
      if (o.standing().database === undefined)
        await withSession(({ session }) => session.run('SELECT 1')).catch(() => {}); // standing() tells of it
    },
    /** those that look like logs first; `since`: what the suggestions begin with */
    list: (since: number | null): Promise<LogTableChoice[]> =>
      withSession(async ({ session, connection, schema }) => {
        const mapped = new Map(
          Object.entries(boundTables(o.mapping(), schema, connection)).flatMap(([ours, { table }]) =>
            table === null || ours === APPROVAL_TABLE ? [] : [[table, ours] as const],
          ),
        );
        const tables = await readSchema(session, await currentDatabase(session));
        return tables
          .map((t) => ({ ...suggestLogTable(t, since), usedAs: mapped.get(t.table) ?? null }))
          .sort((a, b) => Number(a.usedAs !== null) - Number(b.usedAs !== null) || b.score - a.score);
      }),
    newest: (reading: TableReading, limit: number): Promise<TableRow[]> =>
      withSession(async (opened) => {
        const plan = await planned(opened, reading);
        return newestLogRows({ session: opened.session, plan, encoding: encodingOf(reading), limit });
      }),
    /** the next page after `place` ('': from the beginning); see readLogPage */
    page: (q: PageAsked): Promise<TablePage> =>
      withSession(async (opened) => {
        const { host, port, database } = opened.connection;
        const plan = await planned(opened, q);
        const page = await readLogPage({
          session: opened.session,
          plan,
          at: `${host}:${port}/${database}`,
          place: q.place,
          limit: q.limit,
          encoding: encodingOf(q),
          seen: q.seen,
        });
        if (page.isCut) await drop();
        return { ...page, everyMs: o.everyMs() };
      }),
    /** refused rows anew, by what was kept of each; null where it is gone or cannot be asked for */
    again: (reading: TableReading, raws: readonly string[]): Promise<(TableRow | null)[]> =>
      withSession(async (opened) => {
        const plan = await planned(opened, reading);
        const keys = raws.map(keyOfRaw);
        const rows = await logRowsByKey({
          session: opened.session,
          plan,
          encoding: encodingOf(reading),
          keys: keys.filter((key) => key !== null),
        });
        const byKey = new Map(rows.map((row) => [JSON.stringify(JSON.parse(row.key).slice(1)), row]));
        return keys.map((key) => (key && byKey.get(JSON.stringify(key))) ?? null);
      }),
    async close() {
      isClosed = true;
      await turns.idle();
      await drop();
    },
  };
}
