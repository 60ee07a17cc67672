import { join, type Reader, run, type Statement, sql } from '../../store/index.ts';
import type { PlacedSegment } from '../pipeline-types.ts';
import type { Place } from './segment-files.ts';

/** A row of log_segments without its meta. */
export type SegmentRow = {
  readonly segmentId: number;
  readonly sourceId: string;
  /** the file it stands in, see partitionOf; the table's column is `day` */
  readonly partition: string;
  readonly place: number;
  readonly bytes: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly records: number;
  readonly lines: number;
  readonly minAt: number;
  readonly maxAt: number;
  readonly checksum: number;
};
export const SEGMENT_COLUMNS = sql`segment_id AS segmentId, source_id AS sourceId, day AS partition, place, bytes, first_id AS firstId, last_id AS lastId,
  records, lines, min_at AS minAt, max_at AS maxAt, checksum`;

/** Where every committed block stands: what SegmentFiles.open needs. */
export const usedPlaces = (read: Reader): Place[] =>
  read.all<Place>(sql`SELECT day AS partition, place, bytes FROM log_segments`);

/** Makes an appended block count. */
export const segmentStatement = (s: PlacedSegment): Statement =>
  run(sql`INSERT INTO log_segments (source_id, day, place, bytes, first_id, last_id, records, lines, raw_bytes, min_at, max_at, checksum, meta)
    VALUES (${s.sourceId}, ${s.partition}, ${s.place}, ${s.bytes}, ${s.firstId}, ${s.lastId}, ${s.records}, ${s.lines}, ${s.rawBytes},
      ${s.minAt}, ${s.maxAt}, ${s.checksum}, ${s.meta})`);

/** Takes rows away; the whole transaction is refused when one of them is gone already. */
export const removeSegments = (rows: readonly { readonly segmentId: number }[]): Statement => ({
  ...run(
    sql`DELETE FROM log_segments WHERE segment_id IN (${join(rows.map((row) => sql`${row.segmentId}`))})`,
  ),
  expect: { changes: rows.length, why: 'a segment was replaced meanwhile' },
});
