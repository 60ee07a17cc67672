/** The rows of log_sources and log_files: what a commit writes of them, what a start reads. */

import { type Reader, run, type Statement, sql } from '../../store/index.ts';
import { LogSourceRules } from '../contract/logs.ts';
import type { TablePage, TableRow } from '../contract/tables.ts';
import type { Batch } from './batch.ts';
import type { Checkpoint, SourceWork, TablePlace } from './messages.ts';

/** Of the company's table; its row is always there. */
export const COMPANY_ID = 'company';
const GONE = 'the source was cleared';

export const sourceStatement = (o: {
  readonly id: string;
  readonly generation: number;
  readonly batch: Batch;
  readonly told: Pick<Checkpoint, 'format' | 'encoding' | 'rate'> | null;
  /** of the company's tables; as JSON keeps it */
  readonly place: { readonly table: TablePlace } | null;
  /** read to its end */
  readonly isDone: boolean;
}): Statement => {
  const { batch, told } = o;
  const used = told ? { format: told.format, encoding: told.encoding, rate: told.rate } : null;
  const from = batch.isEmpty || batch.minAt > batch.maxAt ? null : batch.minAt;
  const to = from === null ? null : batch.maxAt;
  return run(
    sql`UPDATE log_sources SET lines = lines + ${batch.lines}, templated = templated + ${batch.templated},
      unparsed = unparsed + ${batch.deads.length}, bytes = bytes + ${batch.bytes},
      first_at = MIN(COALESCE(first_at, ${from}), COALESCE(${from}, first_at)),
      last_at = MAX(COALESCE(last_at, ${to}), COALESCE(${to}, last_at)),
      used = COALESCE(${used && JSON.stringify(used)}, used),
      state = COALESCE(${o.isDone ? 'done' : null}, state),
      place = COALESCE(${o.place && JSON.stringify(o.place)}, place)
      WHERE source_id = ${o.id} AND generation = ${o.generation} AND removed_at IS NULL`,
    { changes: 1, why: GONE },
  );
};
export const fileStatement = (sourceId: string, name: string, place: Checkpoint): Statement =>
  run(sql`INSERT INTO log_files (source_id, name, place) VALUES (${sourceId}, ${name}, ${JSON.stringify(place)})
    ON CONFLICT (source_id, name) DO UPDATE SET place = excluded.place`);

/** The text of this name goes by another now. */
export const goneStatement = (sourceId: string, name: string): Statement =>
  run(sql`DELETE FROM log_files WHERE source_id = ${sourceId} AND name = ${name}`);

export type SourceRow = {
  readonly source_id: string;
  readonly kind: SourceWork['kind'];
  readonly path: string | null;
  readonly rules: string;
  readonly used: string;
  readonly place: string;
  readonly generation: number;
  readonly state: string;
  /** what stands against it (JSON, see Troubles); null: nothing */
  readonly error: string | null;
  readonly next_try_at: number | null;
  readonly lines: number;
  readonly templated: number;
  readonly unparsed: number;
  readonly expired: number;
  readonly bytes: number;
  readonly first_at: number | null;
  readonly last_at: number | null;
  readonly added_at: number;
};
export const sourceRows = (read: Reader): SourceRow[] =>
  read.all<SourceRow>(sql`SELECT * FROM log_sources WHERE removed_at IS NULL ORDER BY added_at, source_id`);
export const sourceRow = (read: Reader, id: string): SourceRow | undefined =>
  read.get<SourceRow>(sql`SELECT * FROM log_sources WHERE source_id = ${id} AND removed_at IS NULL`);

export function workOf(read: Reader, row: SourceRow): SourceWork {
  const files = read.all<{ name: string; place: string }>(
    sql`SELECT name, place FROM log_files WHERE source_id = ${row.source_id} ORDER BY name`,
  );
  return {
    id: row.source_id,
    kind: row.kind,
    path: row.path,
    rules: LogSourceRules.parse(JSON.parse(row.rules)),
    generation: row.generation,
    isDone: row.state === 'done',
    files: files.map((f) => ({ name: f.name, place: JSON.parse(f.place) as Checkpoint })),
    table: (JSON.parse(row.place) as { table?: TablePlace }).table ?? { text: '', format: null },
  };
}

/** Rows of a table that may be met again, by their keys; what is behind `keepFrom` goes. */
export function keyStatements(sourceId: string, { rows, keepFrom, forgets }: TablePage): Statement[] {
  const mayComeAgain = rows.filter((r) => r.place === null || keepFrom === null || r.place >= keepFrom);
  return [
    ...(forgets ? [run(sql`DELETE FROM log_table_keys WHERE source_id = ${sourceId}`)] : []),
    ...(keepFrom === null
      ? []
      : [run(sql`DELETE FROM log_table_keys WHERE source_id = ${sourceId} AND place < ${keepFrom}`)]),
    {
      text: 'INSERT OR REPLACE INTO log_table_keys (source_id, row_key, place) VALUES (?, ?, ?)',
      rows: mayComeAgain.map((r) => [sourceId, r.key, r.place]),
    },
  ];
}
/** Of these keys, those of rows that were read before. */
export function keysSeen(read: Reader, sourceId: string, keys: readonly string[]): Set<string> {
  const known = keys.filter((key) =>
    read.get(sql`SELECT 1 FROM log_table_keys WHERE source_id = ${sourceId} AND row_key = ${key}`),
  );
  return new Set(known);
}

/** A page of the local copy of the company's own log table, in the order its rows came in. Read as any other table. */
export function companyPage(
  read: Reader,
  { place, limit, everyMs }: { place: string; limit: number; everyMs: number },
): TablePage {
  const found = read.all<Omit<TableRow, 'key' | 'refused'> & { place: number; attributes: string | null }>(
    sql`SELECT rowid AS place, logged_at AS at, service, level, message, trace_id AS trace, host, attributes
      FROM system_logs WHERE rowid > ${Number(place)} ORDER BY rowid LIMIT ${limit}`,
  );
  return {
    rows: found.map((row) => ({
      ...row,
      key: String(row.place),
      attributes: fieldsOf(row.attributes),
      refused: null,
    })),
    place: String(found.at(-1)?.place ?? place),
    isEnd: found.length < limit,
    // no row of the copy is met twice
    keepFrom: Number.MAX_SAFE_INTEGER,
    forgets: false,
    everyMs,
  };
}
/** JSON of an object, whatever stood in the column of attributes. */
function fieldsOf(attributes: string | null): string {
  if (attributes === null) return '';
  try {
    const value: unknown = JSON.parse(attributes);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? attributes
      : JSON.stringify({ attributes: value });
  } catch {
    return JSON.stringify({ attributes });
  }
}
