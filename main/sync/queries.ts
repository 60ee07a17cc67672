import {
  all,
  type CompanyTableName,
  list,
  name,
  type Reader,
  run,
  type SqlValue,
  type Statement,
  sql,
} from '../store/index.ts';
import type { DeadLetter } from './contract/company.ts';
import type { DeadRow } from './tables/parse-row.ts';
import type { TablePlan } from './tables/plan.ts';

export type SyncState = {
  readonly table_name: string;
  /** position of the pass: the source's own spelling of (cursor, key) */
  readonly cursor_value: string | null;
  readonly cursor_key: string | null;
  /** company server's clock (epoch ms) when the pass began */
  readonly overlap_from: string | null;
  readonly rows_read: number;
  readonly rows_dead: number;
  readonly source_rows: number | null;
  readonly local_rows: number | null;
  readonly last_ok_at: number | null;
  readonly last_tried_at: number | null;
  readonly last_error: string | null;
  /** JSON {origin, shape}: where the rows came from and how they were read */
  readonly source: string | null;
  /** 1: the last pass reached the end */
  readonly complete: number;
  /** when source_rows and local_rows were counted, at the same read point */
  readonly counted_at: number | null;
};

export const readState = (read: Reader, table: string): SyncState | null =>
  read.get<SyncState>(sql`SELECT * FROM sync_state WHERE table_name = ${table}`) ?? null;
export const readStates = (read: Reader): SyncState[] => read.all<SyncState>(sql`SELECT * FROM sync_state`);
/** Of the tables whose last read failed. */
export const failedStates = (read: Reader): SyncState[] =>
  read.all<SyncState>(sql`SELECT * FROM sync_state WHERE last_error IS NOT NULL`);

/** Sets the given columns of a table's state, creating the row where it is missing. */
export function setState(table: string, change: Partial<Omit<SyncState, 'table_name'>>): Statement {
  const columns = Object.keys(change);
  const quoted = columns.map((c) => name(c).text);
  return {
    text: `INSERT INTO sync_state (table_name, ${quoted.join(', ')}) VALUES (?, ${quoted.map(() => '?').join(', ')})
      ON CONFLICT(table_name) DO UPDATE SET ${quoted.map((c) => `${c} = excluded.${c}`).join(', ')}`,
    rows: [[table, ...(Object.values(change) as SqlValue[])]],
  };
}

/** Inserts rows, replaces changed ones, leaves equal ones untouched: the number of changes is what really changed. */
export function upsertChanged(plan: TablePlan, rows: readonly (readonly SqlValue[])[]): Statement {
  const columns = plan.columns.map((c) => name(c.name).text);
  const key = columns[plan.keyIndex] ?? '';
  const others = columns.filter((c) => c !== key);
  const table = name(plan.name).text;
  return {
    text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT(${key}) DO UPDATE SET ${others.map((c) => `${c} = excluded.${c}`).join(', ')}
      WHERE ${others.map((c) => `${table}.${c} IS NOT excluded.${c}`).join(' OR ')}`,
    rows,
  };
}

const keyColumn = (plan: TablePlan): string => plan.columns[plan.keyIndex]?.name ?? '';

export const deleteKeys = (plan: TablePlan, keys: readonly string[]): Statement => ({
  text: `DELETE FROM ${name(plan.name).text} WHERE ${name(keyColumn(plan)).text} = ?`,
  rows: keys.map((key) => [key]),
});
export const deleteAll = (table: CompanyTableName): Statement[] => [
  run(sql`DELETE FROM ${name(table)}`),
  run(sql`DELETE FROM dead_letters WHERE source = ${table}`),
];

export const keepDead = (source: string, rows: readonly DeadRow[], now: number): Statement => ({
  text: `INSERT INTO dead_letters (dead_letter_id, source, row_key, reason, raw, first_at, last_at, times, cursor_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT(dead_letter_id) DO UPDATE SET
    reason = excluded.reason, raw = excluded.raw, last_at = excluded.last_at, times = times + 1, cursor_at = excluded.cursor_at`,
  rows: rows.map((r) => [deadId(source, r.key), source, r.key, r.reason, r.raw, now, now, r.cursorAt]),
});
export const dropDead = (source: string, keys: readonly string[]): Statement => ({
  text: 'DELETE FROM dead_letters WHERE dead_letter_id = ?',
  rows: keys.map((key) => [deadId(source, key)]),
});
const deadId = (source: string, key: string): string => `${source}:${key}`;

export const countRows = (read: Reader, table: CompanyTableName): number =>
  read.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${name(table)}`)?.n ?? 0;
export const countDead = (read: Reader, source?: string): number =>
  read.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM dead_letters WHERE ${all([source !== undefined && sql`source = ${source}`])}`,
  )?.n ?? 0;
/** How many of the given keys are rows of the copy. */
export const countHeld = (read: Reader, plan: TablePlan, keys: readonly string[]): number =>
  read.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM ${name(plan.name)} WHERE ${name(keyColumn(plan))} IN ${list(keys)}`,
  )?.n ?? 0;
export const localKeys = (read: Reader, plan: TablePlan): string[] =>
  read
    .all<{ k: string }>(sql`SELECT ${name(keyColumn(plan))} AS k FROM ${name(plan.name)}`)
    .map((row) => row.k);

export type Stretch = { readonly from: number; readonly to: number };
/** The stretch of a keyset table as its local cursor spells it: instants, or dates of the company's zone. */
type LocalStretch = { readonly from: SqlValue; readonly to: SqlValue };
export const countLocal = (read: Reader, plan: TablePlan, column: string, s: LocalStretch): number =>
  read.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM ${name(plan.name)} WHERE ${name(column)} >= ${s.from} AND ${name(column)} < ${s.to}`,
  )?.n ?? 0;
export const keysIn = (read: Reader, plan: TablePlan, column: string, s: LocalStretch): string[] =>
  read
    .all<{ k: string }>(
      sql`SELECT ${name(keyColumn(plan))} AS k FROM ${name(plan.name)} WHERE ${name(column)} >= ${s.from} AND ${name(column)} < ${s.to}`,
    )
    .map((row) => row.k);
export const localEnds = (read: Reader, plan: TablePlan, column: string): { lo: SqlValue; hi: SqlValue } =>
  read.get<{ lo: SqlValue; hi: SqlValue }>(
    sql`SELECT min(${name(column)}) AS lo, max(${name(column)}) AS hi FROM ${name(plan.name)}`,
  ) ?? { lo: null, hi: null };
export const deadIn = (read: Reader, source: string, s: Stretch | null): string[] =>
  read
    .all<{ k: string }>(
      s
        ? sql`SELECT row_key AS k FROM dead_letters WHERE source = ${source} AND cursor_at >= ${s.from} AND cursor_at < ${s.to}`
        : sql`SELECT row_key AS k FROM dead_letters WHERE source = ${source} AND cursor_at IS NULL`,
    )
    .map((row) => row.k);
export const deadEnds = (read: Reader, source: string): { lo: number | null; hi: number | null } =>
  read.get<{ lo: number | null; hi: number | null }>(
    sql`SELECT min(cursor_at) AS lo, max(cursor_at) AS hi FROM dead_letters WHERE source = ${source}`,
  ) ?? { lo: null, hi: null };
export const deadKeys = (read: Reader, source: string): string[] =>
  read
    .all<{ k: string }>(sql`SELECT row_key AS k FROM dead_letters WHERE source = ${source}`)
    .map((row) => row.k);

export const listDead = (read: Reader, source: string | undefined, limit: number): DeadLetter[] =>
  read.all<DeadLetter>(
    sql`SELECT dead_letter_id AS id, source, row_key AS key, reason, raw, first_at AS firstAt, last_at AS lastAt, times
      FROM dead_letters WHERE ${all([source !== undefined && sql`source = ${source}`])} ORDER BY last_at DESC, dead_letter_id LIMIT ${limit}`,
  );
export const allDead = (read: Reader, source: string): DeadLetter[] => listDead(read, source, 1_000_000);
