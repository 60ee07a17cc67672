import type { Session } from '../session.ts';
import { quote } from './source-sql.ts';

export type TheirColumn = {
  readonly column: string;
  /** e.g. `datetime` */
  readonly type: string;
  readonly comment: string;
  readonly nullable: boolean;
  readonly counts: boolean;
};
/** A table of the company, with what tells its rows apart and what puts them in order. */
export type TheirTable = {
  readonly table: string;
  readonly comment: string;
  /** the server's estimate */
  readonly rows: number | null;
  /** when the server made it */
  readonly created: string | null;
  /** the number its next row gets */
  readonly nextNumber: string | null;
  readonly columns: readonly TheirColumn[];
  /** the primary key first, then unique keys without NULL */
  readonly keys: readonly (readonly string[])[];
  /** columns by which the server finds rows at once */
  readonly indexed: ReadonlySet<string>;
};
type IndexPart = {
  tab: string;
  name: string;
  duplicates: number | string;
  col: string | null;
  part: number | null;
};

/** Whose places in an order a comparison can name exactly: not FLOAT, which equals nothing that one can write. */
const COMPARABLE =
  /^(tinyint|smallint|mediumint|int|bigint|decimal|double|char|varchar|binary|varbinary|date|datetime|timestamp|time|year|enum|set|bit|uuid|inet4|inet6)$/;

/** Tables and views this account can see; `only` one where it is named. */
export async function readSchema(session: Session, database: string, only?: string): Promise<TheirTable[]> {
  // MySQL 8 remembers these figures for a day; MariaDB and older ones ask
  if (!/mariadb|^5\./i.test(session.server))
    await session.run('SET SESSION information_schema_stats_expiry = 0');
  const own = only === undefined ? '' : ' AND TABLE_NAME = ?';
  const values = only === undefined ? [database] : [database, only];
  const tables = await session.rows<{
    name: string;
    comment: string | null;
    rows: number | string | null;
    created: string | null;
    next: number | string | null;
  }>(
    `SELECT TABLE_NAME AS name, TABLE_COMMENT AS comment, TABLE_ROWS AS \`rows\`, CREATE_TIME AS created, AUTO_INCREMENT AS next FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?${own} ORDER BY TABLE_NAME`,
    values,
  );
  const columns = await session.rows<{
    tab: string;
    name: string;
    type: string;
    comment: string | null;
    nullable: string;
    extra: string | null;
  }>(
    `SELECT TABLE_NAME AS tab, COLUMN_NAME AS name, DATA_TYPE AS type, COLUMN_COMMENT AS comment, IS_NULLABLE AS nullable, EXTRA AS extra FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?${own} ORDER BY TABLE_NAME, ORDINAL_POSITION`,
    values,
  );
  const parts = await session.rows<IndexPart>(
    `SELECT TABLE_NAME AS tab, INDEX_NAME AS name, NON_UNIQUE AS duplicates, COLUMN_NAME AS col, SUB_PART AS part FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ?${own} ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
    values,
  );
  const columnsOf = Map.groupBy(columns, (c) => c.tab);
  const partsOf = Map.groupBy(parts, (p) => p.tab);
  return tables.map((t): TheirTable => {
    const own = (columnsOf.get(t.name) ?? []).map((c) => ({
      column: c.name,
      type: String(c.type).toLowerCase(),
      comment: c.comment ?? '',
      nullable: c.nullable === 'YES',
      counts: /auto_increment/i.test(c.extra ?? ''),
    }));
    const indexes = [...Map.groupBy(partsOf.get(t.name) ?? [], (p) => p.name)];
    return {
      table: t.name,
      comment: t.comment === 'VIEW' ? '' : (t.comment ?? ''),
      rows: t.rows === null ? null : Number(t.rows),
      created: t.created,
      nextNumber: t.next === null ? null : String(t.next),
      columns: own,
      keys: indexes
        .filter(([, ps]) => ps.every((p) => isKeyPart(p, own)))
        .sort(([a], [b]) => Number(b === 'PRIMARY') - Number(a === 'PRIMARY'))
        .map(([, ps]) => ps.map((p) => p.col ?? '')),
      indexed: new Set(indexes.flatMap(([, ps]) => ps[0]?.col ?? [])),
    };
  });
}

/** Two NULL are not equal to MySQL, and a prefix of a text not to its rest. */
const isKeyPart = (p: IndexPart, columns: readonly TheirColumn[]): boolean => {
  const column = columns.find((c) => c.column === p.col);
  return (
    Number(p.duplicates) === 0 &&
    p.part === null &&
    column !== undefined &&
    !column.nullable &&
    COMPARABLE.test(column.type)
  );
};

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

export const isTime = (type: string): boolean => /^(datetime|timestamp|date)$/.test(type);
export const isNumber = (type: string): boolean =>
  /^(tinyint|smallint|mediumint|int|bigint|decimal|double)$/.test(type);
export const isText = (type: string): boolean => /char|text|json|enum/.test(type);
