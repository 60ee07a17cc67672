import type { Buffer } from 'node:buffer';
import { showControls } from '../../kernel/show-controls.ts';
import { all, type Reader, sql } from '../../store/index.ts';
import { type LogDeadLetter, LogSourceRules } from '../contract/logs.ts';

const SHOWN_CHARS = 2000;
/** Control characters as their pictures (U+2400 …), what does not decode as U+FFFD. */
export const picture = (raw: Uint8Array): string =>
  showControls(new TextDecoder().decode(raw.subarray(0, 4 * SHOWN_CHARS)).slice(0, SHOWN_CHARS));

/** The newest first. */
export function deadLettersOf(
  read: Reader,
  q: { sourceId?: string | undefined; before?: number | undefined; limit?: number | undefined },
): { items: LogDeadLetter[]; total: number } {
  const own = q.sourceId !== undefined && sql`d.source_id = ${q.sourceId}`;
  const total = read.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM log_dead_letters d WHERE ${all([own])}`,
  );
  const rows = read.all<{
    id: number;
    sourceId: string;
    rules: string;
    reason: LogDeadLetter['reason'];
    raw: Buffer;
    bytes: number;
    at: number;
  }>(
    sql`SELECT d.dead_letter_id AS id, d.source_id AS sourceId, s.rules, d.reason, d.raw, d.bytes, d.at
      FROM log_dead_letters d JOIN log_sources s USING (source_id)
      WHERE ${all([own, q.before !== undefined && sql`d.dead_letter_id < ${q.before}`])}
      ORDER BY d.dead_letter_id DESC LIMIT ${q.limit ?? 100}`,
  );
  return {
    total: total?.n ?? 0,
    items: rows.map(({ rules, raw, ...row }) => ({
      ...row,
      sourceName: LogSourceRules.parse(JSON.parse(rules)).name,
      text: picture(raw),
    })),
  };
}
