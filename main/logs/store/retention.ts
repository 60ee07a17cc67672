/**
 * Lines older than the time to live go: blocks, roll-ups and counts, in one transaction a source with the number of lines that
 * went. Blocks that reach over that instant are cut in two before.
 */
import { dateIn, instantOf } from '../../kernel/clock.ts';
import { type Reader, run, type Sql, type Statement, sql } from '../../store/index.ts';
import { BLOCK_COLUMNS, type BlockRow, FAR } from './block-rows.ts';
import { untailStatements } from './tail.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KEPT_BYTES = 256;

export type Expiring = {
  /** what is before this instant, the beginning of a day, goes */
  readonly oldest: number;
  readonly sources: readonly string[];
};

/**
 * A source added less than `keepDays` ago keeps what it brought, however old: a log of last year that was just imported is there
 * to be looked at.
 */
export function expiring(
  read: Reader,
  o: { readonly now: number; readonly zone: string; readonly keepDays: number },
): Expiring {
  const oldest = instantOf(dateIn(o.now - o.keepDays * DAY, o.zone), 0, o.zone);
  const sources = read.all<{ id: string }>(
    sql`SELECT source_id AS id FROM log_sources WHERE added_at < ${oldest} AND first_at < ${oldest} AND removed_at IS NULL`,
  );
  return { oldest, sources: sources.map(({ id }) => id) };
}
/** The blocks of a source in which lines from before the instant and later ones stand together. */
export const blocksOver = (read: Reader, id: string, oldest: number): BlockRow[] =>
  read.all<BlockRow>(
    sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE ${reachesOver(id, oldest)} AND file <> ${FAR} ORDER BY min_at, block_id`,
  );
const reachesOver = (id: string, at: number): Sql =>
  sql`source_id = ${id} AND file IS NOT NULL AND min_at < ${at} AND max_at >= ${at}`;

/**
 * Takes off what is before the instant; nothing when there is nothing. Where a block still reaches over it (damaged or elsewhere, it
 * could not be cut), what is before that block, which goes when all of it is old: its lines cannot be told from each other.
 */
export function dropStatements(read: Reader, id: string, oldest: number): Statement[] {
  const rows = read.all<{ minAt: number; maxAt: number; isTail: number }>(
    sql`SELECT min_at AS minAt, max_at AS maxAt, file IS NULL AS isTail FROM log_blocks WHERE source_id = ${id} AND min_at < ${oldest}`,
  );
  const until = withoutCut(
    oldest,
    rows.filter((row) => !row.isTail),
  );
  return rows.some((row) => (row.isTail ? row.minAt : row.maxAt) < until) ? drop(id, until) : [];
}
/** An instant at which no block is cut in two. */
function withoutCut(
  oldest: number,
  blocks: readonly { readonly minAt: number; readonly maxAt: number }[],
): number {
  let until = oldest;
  for (;;) {
    const first = blocks.reduce((least, b) => (b.maxAt >= until ? Math.min(least, b.minAt) : least), until);
    const next = Math.floor(first / MINUTE) * MINUTE;
    if (next === until) return until;
    until = next;
  }
}
function drop(id: string, until: number): Statement[] {
  const minute = until / MINUTE;
  const hour = Math.floor(minute / 60);
  const own = sql`source_id = ${id} AND minute < ${minute}`;
  return [
    // lines may have come meanwhile
    run(
      sql`UPDATE log_sources SET expired = expired + (SELECT COALESCE(SUM(lines), 0) FROM log_minutes WHERE ${own})
        WHERE source_id = ${id} AND NOT EXISTS (SELECT 1 FROM log_blocks WHERE ${reachesOver(id, until)})`,
      { changes: 1, why: 'a block reaches over the time to live' },
    ),
    run(sql`UPDATE log_template_counts AS c SET lines = c.lines - gone.lines
      FROM (SELECT template, service, level, SUM(lines) AS lines FROM log_minutes WHERE ${own} GROUP BY template, service, level) AS gone
      WHERE c.template_id = gone.template AND c.source_id = ${id} AND c.service = gone.service AND c.level = gone.level`),
    run(sql`DELETE FROM log_template_counts WHERE source_id = ${id} AND lines <= 0`),
    run(sql`DELETE FROM log_minutes WHERE ${own}`),
    run(sql`DELETE FROM log_hours WHERE source_id = ${id} AND hour <= ${hour}`),
    // the hour in which the day begins, where that is not at a full hour of UTC
    run(sql`INSERT INTO log_hours (hour, source_id, service, level, template, lines)
      SELECT ${hour}, source_id, service, level, template, SUM(lines) FROM log_minutes
      WHERE source_id = ${id} AND minute >= ${minute} AND minute < ${(hour + 1) * 60} GROUP BY source_id, service, level, template`),
    run(sql`DELETE FROM log_blocks WHERE source_id = ${id} AND file IS NOT NULL AND max_at < ${until}`),
    ...untailStatements(id, { before: until }),
    run(
      sql`UPDATE log_dead_letters SET raw = substr(raw, 1, ${KEPT_BYTES}) WHERE source_id = ${id} AND at < ${until} AND length(raw) > ${KEPT_BYTES}`,
    ),
  ];
}
