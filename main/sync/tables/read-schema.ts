import type { Session } from '../session.ts';
import { quote } from './source-sql.ts';

export type TheirColumn = {
  readonly column: string;
  /** e.g. `datetime` */
  readonly type: string;
  readonly comment: string;
};
export type TheirTable = {
  readonly table: string;
  readonly comment: string;
  /** the server's estimate */
  readonly rows: number | null;
  readonly columns: readonly TheirColumn[];
};

/** Tables and views this account can see. */
export async function readSchema(session: Session, database: string): Promise<TheirTable[]> {
  const tables = await session.rows<{ name: string; comment: string | null; rows: number | null }>(
    'SELECT TABLE_NAME AS name, TABLE_COMMENT AS comment, TABLE_ROWS AS `rows` FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME',
    [database],
  );
  const columns = await session.rows<{ tab: string; name: string; type: string; comment: string | null }>(
    'SELECT TABLE_NAME AS tab, COLUMN_NAME AS name, DATA_TYPE AS type, COLUMN_COMMENT AS comment FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION',
    [database],
  );
  const byTable = Map.groupBy(columns, (c) => c.tab);
  return tables.map((t) => ({
    table: t.name,
    comment: t.comment === 'VIEW' ? '' : (t.comment ?? ''),
    rows: t.rows === null ? null : Number(t.rows),
    columns: (byTable.get(t.name) ?? []).map((c) => ({
      column: c.name,
      type: String(c.type).toLowerCase(),
      comment: c.comment ?? '',
    })),
  }));
}

/** Asks for columns of a table, and for no rows; rejects with what keeps this account from reading them. */
export const probe = (
  session: Session,
  table: string,
  columns: readonly (string | null)[],
): Promise<unknown> => {
  const wanted = columns.filter((c) => c !== null).map(quote);
  return session.rows(
    `SELECT ${wanted.length ? wanted.join(', ') : '1'} FROM ${quote(table)} LIMIT 0`,
    [],
    table,
  );
};
