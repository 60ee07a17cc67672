/** Days older than the time to live go: blocks, roll-ups and counts, in one transaction with the number of lines that went. */
import { dateIn, instantOf } from '../../clock.ts';
import { type Reader, run, type Statement, sql } from '../../store/index.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KEPT_BYTES = 256;

/** `touched`: days of which blocks go; those with none left are removed as files. */
export type Expiry = { readonly statements: readonly Statement[]; readonly touched: readonly string[] };

/**
 * A source added less than `keepDays` ago keeps what it brought, however old: a log of last year that was just imported is there
 * to be looked at.
 */
export function expiryOf(
  read: Reader,
  o: { readonly now: number; readonly zone: string; readonly keepDays: number },
): Expiry {
  const oldest = instantOf(dateIn(o.now - o.keepDays * DAY, o.zone), 0, o.zone);
  const statements: Statement[] = [];
  const touched = new Set<string>();
  const sources = read.all<{ id: string }>(
    sql`SELECT source_id AS id FROM log_sources WHERE added_at < ${oldest} AND first_at < ${oldest} AND removed_at IS NULL`,
  );
  for (const { id } of sources) {
    const blocks = read.all<{ day: string; minAt: number; maxAt: number }>(
      sql`SELECT day, min_at AS minAt, max_at AS maxAt FROM log_segments WHERE source_id = ${id}`,
    );
    const until = withoutCut(oldest, blocks);
    const gone = blocks.filter((b) => b.maxAt < until);
    if (!gone.length) continue;
    for (const { day } of gone) touched.add(day);
    statements.push(...drop(id, until));
  }
  return { statements, touched: [...touched] };
}
/** An instant at which no block is cut in two: a day has another beginning after the site's zone was changed. */
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
    run(
      sql`UPDATE log_sources SET expired = expired + (SELECT COALESCE(SUM(lines), 0) FROM log_minutes WHERE ${own}) WHERE source_id = ${id}`,
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
    run(sql`DELETE FROM log_segments WHERE source_id = ${id} AND max_at < ${until}`),
    run(
      sql`UPDATE log_dead_letters SET raw = substr(raw, 1, ${KEPT_BYTES}) WHERE source_id = ${id} AND at < ${until} AND length(raw) > ${KEPT_BYTES}`,
    ),
  ];
}
