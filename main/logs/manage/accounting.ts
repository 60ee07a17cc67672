/** The sum on the screen: counters against what is really stored, counted afresh. */

import { dateIn } from '../../kernel/clock.ts';
import { type Reader, sql } from '../../store/index.ts';
import type { Accounting } from '../contract/logs.ts';
import { type SourceRow, sourceRows } from '../ingest/source-rows.ts';
import { isThere } from '../store/block-files.ts';
import { BLOCK_COLUMNS, type BlockRow } from '../store/block-rows.ts';
import { sourceView } from './source-view.ts';
import type { Standing } from './troubles.ts';

export function accountingOf(
  read: Reader,
  o: {
    readonly standing: (row: SourceRow) => Standing;
    readonly keepDays: number;
    readonly dataDir: string;
    readonly now: number;
    /** the site's */
    readonly zone: string;
  },
): Accounting {
  const rows = sourceRows(read);
  const perSource = (rows: readonly { id: string; lines: number }[]): Map<string, number> =>
    new Map(rows.map(({ id, lines }) => [id, lines]));
  // what each template has is written with the roll-ups, in the same transaction: their sum, without all of their rows
  const rolledUp = perSource(
    read.all(sql`SELECT source_id AS id, sum(lines) AS lines FROM log_template_counts GROUP BY source_id`),
  );
  const inBlocks = perSource(
    read.all(sql`SELECT source_id AS id, sum(lines) AS lines FROM log_blocks GROUP BY source_id`),
  );
  const dead = perSource(
    read.all(sql`SELECT source_id AS id, count(*) AS lines FROM log_dead_letters GROUP BY source_id`),
  );
  const sum = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  const addsUp = rows.every((row) => {
    const templated = rolledUp.get(row.source_id) ?? 0;
    return (
      row.lines === row.templated + row.unparsed &&
      row.templated === templated + row.expired &&
      templated === (inBlocks.get(row.source_id) ?? 0) &&
      row.unparsed === (dead.get(row.source_id) ?? 0)
    );
  });
  const sources = rows.map((row) => sourceView(read, row, o.standing(row)));
  const nameOf = new Map(sources.map(({ id, name }) => [id, name]));
  const stored = read.get<{ oldest: number | null }>(sql`SELECT min(min_at) AS oldest FROM log_blocks`);
  const templates = read.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM log_templates WHERE absorbed_into IS NULL AND merged_into IS NULL`,
  );
  return {
    lines: sum((r) => r.lines),
    templated: sum((r) => r.templated),
    unparsed: sum((r) => r.unparsed),
    storedTemplated: sum((r) => rolledUp.get(r.source_id) ?? 0),
    storedUnparsed: sum((r) => dead.get(r.source_id) ?? 0),
    expired: sum((r) => r.expired),
    addsUp,
    rawBytes: sum((r) => r.bytes),
    storedBytes: sources.reduce((all, { storedBytes }) => all + storedBytes, 0),
    oldestDay: stored?.oldest == null ? null : dateIn(stored.oldest, o.zone),
    keepDays: o.keepDays,
    templates: templates?.n ?? 0,
    damaged: damagedOf(read, o).map((d) => ({ ...d, sourceName: nameOf.get(d.sourceId) ?? d.sourceId })),
    sources,
  };
}

type Damaged = Omit<Accounting['damaged'][number], 'sourceName'>;
/** The newest first. */
function damagedOf(
  read: Reader,
  { dataDir, now, zone }: { readonly dataDir: string; readonly now: number; readonly zone: string },
): Damaged[] {
  const noted = new Map(
    read
      .all<{ id: number; foundAt: number }>(
        sql`SELECT block_id AS id, found_at AS foundAt FROM log_damage JOIN log_blocks USING (block_id, checksum)`,
      )
      .map(({ id, foundAt }) => [id, foundAt]),
  );
  // one that nobody has read yet may be gone or cut
  const blocks = read
    .all<BlockRow>(sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks ORDER BY max_at DESC, source_id, block_id`)
    .flatMap((row) => {
      const foundAt = noted.get(row.blockId) ?? (isThere(dataDir, row) ? null : now);
      return foundAt === null ? [] : [{ ...row, foundAt }];
    });
  const days = new Map<string, Damaged>();
  for (const { sourceId, minAt, maxAt, lines, foundAt } of blocks) {
    const [firstDay, lastDay] = [dateIn(minAt, zone), dateIn(maxAt, zone)];
    const key = `${sourceId} ${firstDay} ${lastDay}`;
    const before = days.get(key);
    days.set(key, {
      ...{ sourceId, firstDay, lastDay },
      lines: lines + (before?.lines ?? 0),
      foundAt: Math.min(foundAt, before?.foundAt ?? foundAt),
    });
  }
  return [...days.values()];
}
