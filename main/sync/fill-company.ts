import { dateTimeIn } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { throwIfAborted } from '../kernel/task.ts';
import {
  APPROVAL_COLUMNS,
  APPROVAL_TABLE,
  COMPANY,
  COMPANY_TABLES,
  type ColumnType,
  type CompanyBatch,
  type CompanyTable,
} from '../store/index.ts';
import { parseCompanyUrl } from './parse-url.ts';
import { openSession, type Session } from './session.ts';
import { quote } from './tables/source-sql.ts';

const INSERT_ROWS = 2_000;
const TYPE: Readonly<Record<ColumnType, string>> = {
  id: 'VARCHAR(64)',
  text: 'VARCHAR(255)',
  int: 'INT',
  real: 'DOUBLE',
  instant: 'DATETIME(3)',
  date: 'DATE',
  time: 'TIME',
  bool: 'TINYINT(1)',
  json: 'JSON',
};
const LONG_TEXT = new Set(['message', 'context_value', 'feedback_reason']);

/**
 * Fills a MySQL database with canonical data: creates the database and the tables (approval_history too) where they are missing and
 * inserts the batches; a row that is there already is replaced. Needs an account that may write: for demonstrations and tests.
 */
export async function fillCompany(o: {
  readonly url: string;
  readonly batches: AsyncIterable<CompanyBatch> | Iterable<CompanyBatch>;
  readonly signal?: AbortSignal;
  /** rows inserted so far */
  readonly onRows?: (rows: number) => void;
}): Promise<{ rows: number }> {
  const { connection, password } = parseCompanyUrl(o.url);
  const session = await openSession(connection, password, { kind: 'write', signal: o.signal });
  let rows = 0;
  try {
    await openDatabase(session, connection.database);
    for (const name of COMPANY_TABLES) await session.run(createTable(name, COMPANY[name]));
    await session.run(
      createTable(APPROVAL_TABLE, {
        mode: 'keyset',
        key: 'approval_history_id',
        cursor: 'created_at',
        required: false,
        columns: APPROVAL_COLUMNS,
      }),
    );
    for await (const batch of o.batches) {
      const columns = Object.entries(COMPANY[batch.table].columns) as [string, { type: ColumnType }][];
      for (let i = 0; i < batch.rows.length; i += INSERT_ROWS) {
        throwIfAborted(o.signal);
        const part = batch.rows.slice(i, i + INSERT_ROWS) as readonly Readonly<Record<string, unknown>>[];
        const values = part.map((row) =>
          columns.map(([column, { type }]) => theirValue(type, row[column], connection.timeZone)),
        );
        await session.run(
          `REPLACE INTO ${quote(batch.table)} (${columns.map(([c]) => quote(c)).join(', ')}) VALUES ?`,
          [values],
          batch.table,
        );
        rows += part.length;
        o.onRows?.(rows);
      }
    }
    return { rows };
  } finally {
    await session.close();
  }
}

async function openDatabase(session: Session, database: string): Promise<void> {
  try {
    await session.use(database);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'sync.no-database') throw error;
    await session.run(`CREATE DATABASE ${quote(database)} CHARACTER SET utf8mb4`);
    await session.use(database);
  }
}

function createTable(name: string, table: Omit<CompanyTable, 'numbers'>): string {
  const columns = Object.entries(table.columns).map(
    ([column, { type, optional }]) =>
      `${quote(column)} ${LONG_TEXT.has(column) ? 'TEXT' : TYPE[type]}${optional ? '' : ' NOT NULL'}`,
  );
  const index = table.cursor ? [`KEY by_cursor (${quote(table.cursor)}, ${quote(table.key)})`] : [];
  return `CREATE TABLE IF NOT EXISTS ${quote(name)} (${[...columns, `PRIMARY KEY (${quote(table.key)})`, ...index].join(', ')}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4`;
}

function theirValue(type: ColumnType, value: unknown, zone: string): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'instant' && typeof value === 'number')
    return `${dateTimeIn(value, zone)}.${String(value % 1000).padStart(3, '0')}`;
  if (type === 'time' && typeof value === 'number')
    return `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}:00`;
  if (type === 'bool') return value ? 1 : 0;
  return value;
}
