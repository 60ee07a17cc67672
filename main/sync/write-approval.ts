import { dateTimeIn } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import {
  APPROVAL_COLUMNS,
  APPROVAL_TABLE,
  type ApprovalRow,
  type CompanyDecision,
  DECISION_COLUMNS,
} from '../store/index.ts';
import type { Connection, Mapping } from './contract/company.ts';
import { openSession, type Session } from './session.ts';
import { quote } from './tables/source-sql.ts';
import { currentDatabase } from './test-connection.ts';
import { isDuplicate, lockWrites } from './write-once.ts';

/**
 * Writes one decision, once: the row's id decides. `already-there` when a row with this id and the same decision is in the table;
 * sync.write-refused when the id is taken by another one; what `check` throws where the row must not follow those that are there. The status and the reason may have been changed by the company since.
 */
export async function writeApprovalRow(
  connection: Connection,
  password: string | undefined,
  mapping: Mapping,
  row: ApprovalRow,
  check: (newest: readonly CompanyDecision[]) => void,
): Promise<'written' | 'already-there'> {
  const bound = mapping.tables[APPROVAL_TABLE];
  if (!connection.writeBack || !bound?.table) throw new AppError('sync.read-only-copy');
  const table = bound.table;
  const columns = bound.columns;
  const session = await openSession(connection, password, { kind: 'write' });
  try {
    await session.use(connection.database);
    const there = await decisionInTable(session, table, columns, row);
    if (there !== null) return settle(there, row);
    await lockWrites(session, connection.database);
    check(await newestDecisions(session, mapping).catch(unlessForbidden));
    const { names, values } = await insertion(session, connection, table, columns, row);
    try {
      await session.run('START TRANSACTION');
      await session.run(
        `INSERT INTO ${quote(table)} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        values,
        table,
      );
      await session.run('COMMIT');
      return 'written';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await session.run('ROLLBACK');
      return settle((await decisionInTable(session, table, columns, row)) ?? 'same', row);
    }
  } finally {
    await session.close();
  }
}

const NEWEST = 1000;
/** The newest decisions in the company's table, newest first; '' for a column that is not mapped. */
export async function newestDecisions(session: Session, mapping: Mapping | null): Promise<CompanyDecision[]> {
  const bound = mapping?.tables[APPROVAL_TABLE];
  const at = bound?.columns['created_at'];
  if (!bound?.table || !at) return [];
  const select = DECISION_COLUMNS.map(
    (c) => `${bound.columns[c] ? quote(bound.columns[c]) : "''"} AS ${quote(c)}`,
  );
  const rows = await session.rows<Record<string, unknown>>(
    `SELECT ${select.join(', ')} FROM ${quote(bound.table)} ORDER BY ${quote(at)} DESC LIMIT ${NEWEST}`,
    [],
    bound.table,
  );
  // a JSON column comes parsed or as text, by the server
  const text = (value: unknown): string =>
    typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  return rows.map(
    (row) => Object.fromEntries(DECISION_COLUMNS.map((c) => [c, text(row[c])])) as CompanyDecision,
  );
}
/** An account that may not look leaves it to the table's key. */
const unlessForbidden = (error: unknown): CompanyDecision[] => {
  if (error instanceof AppError && error.code === 'sync.rights') return [];
  throw error;
};

function settle(there: 'same' | 'other', row: ApprovalRow): 'already-there' {
  if (there === 'same') return 'already-there';
  throw new AppError('sync.write-refused', {
    detail: `${row.approval_history_id} is already there with another decision`,
  });
}

/** null: no row with this id, or this account may not look (then the table's key decides). */
async function decisionInTable(
  session: Session,
  table: string,
  columns: Mapping['tables'][string]['columns'],
  row: ApprovalRow,
): Promise<'same' | 'other' | null> {
  const id = columns['approval_history_id'];
  const compared = (['suggestion_id', 'action_type', 'changes'] as const).filter((c) => columns[c]);
  if (!id) throw new AppError('sync.missing-column', { table, column: 'approval_history_id' });
  const select = compared.map((c) => `${quote(columns[c] ?? '')} AS ${quote(c)}`).join(', ') || '1';
  try {
    const [found] = await session.rows<Record<string, unknown>>(
      `SELECT ${select} FROM ${quote(table)} WHERE ${quote(id)} = ? LIMIT 1`,
      [row.approval_history_id],
      table,
    );
    if (!found) return null;
    const same = compared.every((c) =>
      c === 'changes' ? sameJson(String(found[c]), row[c]) : String(found[c]) === row[c],
    );
    return same ? 'same' : 'other';
  } catch (error) {
    if (error instanceof AppError && error.code === 'sync.rights') return null;
    throw error;
  }
}

const sameJson = (a: string, b: string): boolean => {
  try {
    return JSON.stringify(sorted(JSON.parse(a))) === JSON.stringify(sorted(JSON.parse(b)));
  } catch {
    return a === b;
  }
};
/** MySQL's JSON type stores keys in its own order. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
};

async function insertion(
  session: Session,
  connection: Connection,
  table: string,
  columns: Mapping['tables'][string]['columns'],
  row: ApprovalRow,
): Promise<{ names: string[]; values: (string | number | null)[] }> {
  const names: string[] = [];
  const values: (string | number | null)[] = [];
  const types = await session.rows<{ name: string; type: string }>(
    'SELECT COLUMN_NAME AS name, DATA_TYPE AS type FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?',
    [await currentDatabase(session), table],
  );
  for (const [column, spec] of Object.entries(APPROVAL_COLUMNS)) {
    const theirs = columns[column] ?? null;
    if (theirs === null) {
      if ('optional' in spec) continue;
      throw new AppError('sync.missing-column', { table, column });
    }
    const value = row[column as keyof ApprovalRow];
    names.push(theirs);
    values.push(
      spec.type === 'instant' && typeof value === 'number'
        ? instantText(value, types.find((t) => t.name === theirs)?.type ?? '', connection.timeZone)
        : value,
    );
  }
  return { names, values };
}

/** The session's zone is UTC, which is how TIMESTAMP is written; DATETIME is in the company's zone. */
const instantText = (at: number, type: string, zone: string): string | number => {
  if (/int|decimal|double|float/.test(type)) return Math.floor(at / 1000);
  const fraction = String(((at % 1000) + 1000) % 1000).padStart(3, '0');
  return `${dateTimeIn(at, type.toLowerCase() === 'timestamp' ? 'UTC' : zone)}.${fraction}`;
};
