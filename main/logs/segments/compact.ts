import { type Reader, sql } from '../../store/index.ts';
import type { LogRecord, PlacedSegment } from '../pipeline-types.ts';
import { guarded, Segment } from './decode-segment.ts';
import { encodeSegment } from './encode-segment.ts';
import type { SegmentFiles } from './segment-files.ts';
import { DamagedSegment, SEGMENT_RECORDS } from './segment-format.ts';
import { SEGMENT_COLUMNS, type SegmentRow } from './segment-rows.ts';

/** So many segments of one size class are merged at once, so that each line is rewritten only a few times. */
const MERGE_AT = 8;
const MERGE_MOST = 64;

/**
 * The small segments of one source and day to be merged next, oldest first; null when there are too few anywhere. A live tail
 * writes one a second: those of like size become one of the next size, until they are full.
 */
export function planCompaction(read: Reader): SegmentRow[] | null {
  const sizeClass = sql`CASE WHEN records < 64 THEN 0 WHEN records < 512 THEN 1 WHEN records < 4096 THEN 2 ELSE 3 END`;
  const crowded = read.get<{ sourceId: string; day: string; class: number }>(
    sql`SELECT source_id AS sourceId, day, ${sizeClass} AS class FROM log_segments WHERE records <= ${SEGMENT_RECORDS / 2}
      GROUP BY source_id, day, class HAVING count(*) >= ${MERGE_AT} ORDER BY count(*) DESC LIMIT 1`,
  );
  if (!crowded) return null;
  return read.all<SegmentRow>(
    sql`SELECT ${SEGMENT_COLUMNS} FROM log_segments
      WHERE source_id = ${crowded.sourceId} AND day = ${crowded.day} AND records <= ${SEGMENT_RECORDS / 2} AND ${sizeClass} = ${crowded.class}
      ORDER BY first_id LIMIT ${MERGE_MOST}`,
  );
}

/**
 * Reads the blocks and writes their records anew, in blocks as full as may be; ids and instants stay. The caller removes the rows
 * `merged` and adds `placed` in one transaction, then frees the places of `merged`. Damaged blocks are left be; nothing is
 * placed when fewer than two are whole.
 */
export function mergeSegments(
  files: SegmentFiles,
  rows: readonly SegmentRow[],
): { placed: PlacedSegment[]; merged: SegmentRow[] } {
  const records: LogRecord[] = [];
  const merged: SegmentRow[] = [];
  let encoding = 'utf-8';
  for (const row of rows) {
    const own = recordsOf(files, row);
    if (!own) continue;
    ({ encoding } = own);
    for (const record of own.records) records.push(record);
    merged.push(row);
  }
  if (merged.length < 2) return { placed: [], merged: [] };
  const { sourceId, day } = merged[0] as SegmentRow;
  records.sort((a, b) => a.at - b.at || a.id - b.id);
  const placed: PlacedSegment[] = [];
  for (let from = 0; from < records.length; from += SEGMENT_RECORDS)
    placed.push(
      files.append(
        encodeSegment({ sourceId, day, encoding, records: records.slice(from, from + SEGMENT_RECORDS) }),
      ),
    );
  return { placed, merged };
}
/** null: the block is damaged */
function recordsOf(files: SegmentFiles, row: SegmentRow): { records: LogRecord[]; encoding: string } | null {
  try {
    return guarded(() => {
      const segment = new Segment(files.read(row), row.checksum);
      const records = Array.from({ length: segment.records }, (_, i) => segment.record(i));
      return { records, encoding: segment.encoding };
    });
  } catch (error) {
    if (error instanceof DamagedSegment) return null;
    throw error;
  }
}
