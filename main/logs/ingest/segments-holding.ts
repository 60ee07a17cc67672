import { type Reader, sql } from '../../store/index.ts';
import { holdsTemplate, readMeta } from '../segments/segment-format.ts';
import { SEGMENT_COLUMNS, type SegmentRow } from '../segments/segment-rows.ts';

/** Blocks in which a record of one of these templates stands. */
export function segmentsHolding(read: Reader, templates: readonly number[]): SegmentRow[] {
  const found: SegmentRow[] = [];
  const rows = read.iterate<SegmentRow & { meta: Uint8Array }>(
    sql`SELECT ${SEGMENT_COLUMNS}, meta FROM log_segments ORDER BY segment_id`,
  );
  for (const { meta, ...row } of rows) {
    const known = readMeta(meta);
    if (templates.some((id) => holdsTemplate(known, id))) found.push(row);
  }
  return found;
}
