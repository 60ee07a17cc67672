import { all, type Reader, type Sql, sql } from '../../store/index.ts';
import type { LineFilter, SavedSearch } from '../contract/logs.ts';
import { BLOCK_COLUMNS, type BlockRow } from '../store/block-rows.ts';

/** Values as one bound JSON array, so that any number of them is one statement. */
export const among = (values: readonly (string | number)[]): Sql =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** Blocks and tails that may hold lines of the range and sources, nearest edge first. */
export const blocksOf = (
  read: Reader,
  { from, to, sources }: Pick<LineFilter, 'from' | 'to' | 'sources'>,
  newest: boolean,
): BlockRow[] =>
  read.all<BlockRow>(
    sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE ${all([
      from !== undefined && sql`max_at >= ${from}`,
      to !== undefined && sql`min_at < ${to}`,
      sources !== undefined && sql`source_id IN ${among(sources)}`,
    ])} ORDER BY ${newest ? sql`max_at DESC, block_id DESC` : sql`min_at, block_id`}`,
  );
export const metaOf = (read: Reader, ids: readonly number[]): { blockId: number; meta: string }[] =>
  read.all<{ blockId: number; meta: string }>(
    sql`SELECT block_id AS blockId, meta FROM log_blocks WHERE block_id IN ${among(ids)}`,
  );

/** Blocks and tails in whose range of ids a line is: those of its source that overlap, and some of other sources. */
export const blocksWithLine = (read: Reader, id: number): BlockRow[] =>
  read.all<BlockRow>(
    sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE first_id <= ${id} AND last_id >= ${id}`,
  );
/** Blocks and the tail of a source with lines before (`sign` -1) or after an id, nearest first. */
export const blocksBeside = (
  read: Reader,
  sourceId: string,
  id: number,
  sign: 1 | -1,
  limit: number,
): BlockRow[] =>
  read.all<BlockRow>(
    sign < 0
      ? sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE source_id = ${sourceId} AND first_id < ${id} ORDER BY last_id DESC LIMIT ${limit}`
      : sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE source_id = ${sourceId} AND last_id > ${id} ORDER BY first_id LIMIT ${limit}`,
  );

export const noiseTemplates = (read: Reader): number[] =>
  read
    .all<{ id: number }>(sql`SELECT template_id AS id FROM log_templates WHERE mark = 'noise'`)
    .map((r) => r.id);

export const bookmarkIds = (read: Reader): number[] =>
  read.all<{ id: number }>(sql`SELECT line_id AS id FROM log_bookmarks`).map((r) => r.id);
/** The notes of those lines among `ids` that have a bookmark. */
export const notesOf = (read: Reader, ids: readonly number[]): Map<number, string | null> =>
  new Map(
    read
      .all<{ id: number; note: string | null }>(
        sql`SELECT line_id AS id, note FROM log_bookmarks WHERE line_id IN ${among(ids)}`,
      )
      .map(({ id, note }) => [id, note]),
  );

export const savedSearches = (
  read: Reader,
): { id: string; name: string; filter: string; at: SavedSearch['at'] }[] =>
  read.all(sql`SELECT search_id AS id, name, filter, at FROM log_searches ORDER BY at DESC, search_id`);
