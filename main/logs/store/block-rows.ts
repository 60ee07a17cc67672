/** Rows of log_blocks: where each block stands, what is in it, and which may be passed by. */
import { join, type Reader, run, type Statement, sql } from '../../store/index.ts';
import type { BlockMeta, EncodedBlock } from './encode-block.ts';
import type { LogRecord } from './records.ts';

/** Of a block whose lines stand in the company's ClickHouse; what it may hold is known here. */
export const FAR = 'clickhouse';
export const isFar = (row: Pick<BlockRow, 'file'>): boolean => row.file === FAR;

/** A row without its meta. `file` null: a piece of a source's tail, whose lines are rows of `log_tail`. */
export type BlockRow = {
  readonly blockId: number;
  readonly sourceId: string;
  readonly file: string | null;
  /** where it begins in its file: blocks of before migration 210 share files */
  readonly place: number;
  readonly bytes: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly records: number;
  readonly lines: number;
  readonly minAt: number;
  readonly maxAt: number;
  readonly checksum: number;
  /** its lines, where they came from elsewhere for this search alone */
  readonly fetched?: { readonly encoding: string; readonly records: readonly LogRecord[] };
};
/** A block that was written to its file. */
export type PlacedBlock = Omit<EncodedBlock, 'bytes'> & { readonly file: string; readonly bytes: number };

export const BLOCK_COLUMNS = sql`block_id AS blockId, source_id AS sourceId, file, place, bytes, first_id AS firstId, last_id AS lastId,
  records, lines, min_at AS minAt, max_at AS maxAt, checksum`;

/** Makes a written block count. */
export const blockStatement = (b: PlacedBlock): Statement =>
  run(sql`INSERT INTO log_blocks (source_id, file, place, bytes, first_id, last_id, records, lines, raw_bytes, min_at, max_at, checksum, meta)
    VALUES (${b.sourceId}, ${b.file}, 0, ${b.bytes}, ${b.firstId}, ${b.lastId}, ${b.records}, ${b.lines}, ${b.rawBytes},
      ${b.minAt}, ${b.maxAt}, ${b.checksum}, ${b.meta})`);
/** Takes rows away; the whole transaction is refused when one of them is gone already. */
export const removeBlocks = (rows: readonly { readonly blockId: number }[]): Statement => ({
  ...run(sql`DELETE FROM log_blocks WHERE block_id IN (${join(rows.map((row) => sql`${row.blockId}`))})`),
  expect: { changes: rows.length, why: 'a block was replaced meanwhile' },
});

/** What a search needs to pass a block by: templates in it (none: nothing is known), levels, services ('' for none). */
export type BlockTerms = {
  readonly templates: ReadonlySet<number>;
  /** bit i: LEVEL_ORDER[i] is in it */
  readonly levels: number;
  readonly services: ReadonlySet<string>;
};
export function termsOf(meta: string): BlockTerms {
  if (meta === '') return { templates: new Set(), levels: 0, services: new Set() };
  const { templates, levels, services } = JSON.parse(meta) as BlockMeta;
  return { templates: new Set(templates), levels, services: new Set(services) };
}
/** Blocks and tails in which a record of one of these templates may stand. */
export const blocksHolding = (read: Reader, templates: readonly number[]): BlockRow[] =>
  read
    .all<BlockRow & { meta: string }>(sql`SELECT ${BLOCK_COLUMNS}, meta FROM log_blocks ORDER BY block_id`)
    .flatMap(({ meta, ...row }) => {
      const terms = termsOf(meta);
      return terms.templates.size === 0 || templates.some((id) => terms.templates.has(id)) ? [row] : [];
    });

/** The files in which committed blocks stand. */
export const usedFiles = (read: Reader): string[] =>
  read
    .all<{ file: string }>(sql`SELECT DISTINCT file FROM log_blocks WHERE file <> ${FAR}`)
    .map((r) => r.file);
type TailSize = { readonly records: number; readonly bytes: number };
export const tailOf = (read: Reader, sourceId: string): TailSize | undefined =>
  read.get<TailSize>(
    sql`SELECT sum(records) AS records, sum(raw_bytes) AS bytes FROM log_blocks WHERE source_id = ${sourceId} AND file IS NULL GROUP BY source_id`,
  );
