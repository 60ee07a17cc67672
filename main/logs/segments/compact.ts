import { type Reader, sql } from '../../store/index.ts';
import type { LogRecord, PlacedSegment } from '../pipeline-types.ts';
import { guarded, Segment } from './decode-segment.ts';
import { encodeSegment } from './encode-segment.ts';
import { isOfMonth, partitionOf } from './partition.ts';
import type { SegmentFiles } from './segment-files.ts';
import { DamagedSegment, SEGMENT_RECORDS, SHARED_RECORDS } from './segment-format.ts';
import { SEGMENT_COLUMNS, type SegmentRow } from './segment-rows.ts';

/** So many segments of one size class are merged at once, so that each line is rewritten only a few times. */
const MERGE_AT = 8;
const MERGE_MOST = 64;
/** Neighbours are merged once the largest is at most so many times the others together, so each merge makes a line's block larger by an eighth. */
const LARGEST_TO_OTHERS = 8;
/** At the end of a quiet log what is small may take so small a part of the block before it, in bytes, until it is merged into it. */
const TAIL_SHARE = 1 / 16;
/** Blocks at the end of a log that are looked at. */
const TAIL_BLOCKS = 64;
/** A log is quiet at its end when a full block of it takes so long: then all of it may be written anew for a few lines. */
const QUIET_MS = 4 * 86_400_000;

/**
 * The small segments of one source and day to be merged next, oldest first; null when there are too few anywhere. A live tail
 * writes one a second: those of like size become one of the next size, until they are full.
 * @param left segments that cannot be merged
 */
export function planCompaction(read: Reader, left: ReadonlySet<number>): SegmentRow[] | null {
  const sizeClass = sql`CASE WHEN records < 64 THEN 0 WHEN records < 512 THEN 1 WHEN records < 4096 THEN 2 ELSE 3 END`;
  const small = sql`records <= ${SEGMENT_RECORDS / 2} AND day LIKE '%-%-%'
    AND segment_id NOT IN (SELECT value FROM json_each(${JSON.stringify([...left])}))`;
  const crowded = read.get<{ sourceId: string; day: string; class: number }>(
    sql`SELECT source_id AS sourceId, day, ${sizeClass} AS class FROM log_segments WHERE ${small}
      GROUP BY source_id, day, class HAVING count(*) >= ${MERGE_AT} ORDER BY count(*) DESC LIMIT 1`,
  );
  if (!crowded) return null;
  return read.all<SegmentRow>(
    sql`SELECT ${SEGMENT_COLUMNS} FROM log_segments
      WHERE source_id = ${crowded.sourceId} AND day = ${crowded.day} AND ${sizeClass} = ${crowded.class} AND ${small}
      ORDER BY first_id LIMIT ${MERGE_MOST}`,
  );
}

/**
 * Small segments of days that are over, each list to be merged into one: of one source, neighbours in time, of one day or of
 * several quiet ones. See SHARED_RECORDS for how many records.
 * @param o.before the instant before which days are over
 * @param o.most lists
 */
export function planOldDays(
  read: Reader,
  o: { readonly before: number; readonly left: ReadonlySet<number>; readonly most: number },
): SegmentRow[][] {
  const plans: SegmentRow[][] = [];
  let near: SegmentRow[] = [];
  let stretch = '';
  const rows = read.iterate<SegmentRow & { inDay: number }>(
    sql`SELECT ${SEGMENT_COLUMNS}, sum(records) OVER (PARTITION BY source_id, day) AS inDay FROM log_segments
      WHERE max_at < ${o.before} ORDER BY source_id, min_at, segment_id`,
  );
  for (const { inDay, ...row } of rows) {
    if (o.left.has(row.segmentId)) continue;
    const own = `${row.sourceId} ${isQuiet({ ...row, inDay }) ? '' : row.partition}`;
    if (own !== stretch || row.records >= SHARED_RECORDS) {
      plans.push(...mergeable(near));
      near = [];
      stretch = own;
      if (plans.length >= o.most) break;
    }
    if (row.records < SHARED_RECORDS) near.push(row);
  }
  return [...plans, ...mergeable(near)].slice(0, o.most);
}
/**
 * The ends of quiet logs, each list to be merged into one: a few lines in blocks of their own take several times the room they take
 * beside others.
 * @param o.since logs with lines from this instant on are looked at
 */
export function planTails(
  read: Reader,
  o: { readonly since: number; readonly now: number; readonly left: ReadonlySet<number> },
): SegmentRow[][] {
  const sources = read.all<{ id: string }>(
    sql`SELECT DISTINCT source_id AS id FROM log_segments WHERE max_at >= ${o.since} AND records < ${SHARED_RECORDS}`,
  );
  return sources.flatMap(({ id }) => {
    const tail = tailOf(read, id, o.left);
    for (let from = 0; from + 1 < tail.length; from++) {
      const rows = tail.slice(from);
      const { bytes, largest, records, minAt } = sumOf(rows);
      const takesDays = records * QUIET_MS < SHARED_RECORDS * (o.now - minAt);
      if (takesDays && bytes - largest >= TAIL_SHARE * largest) return [rows];
    }
    return [];
  });
}
const sumOf = (rows: readonly SegmentRow[]) => ({
  bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
  largest: rows.reduce((most, row) => Math.max(most, row.bytes), 0),
  records: rows.reduce((sum, row) => sum + row.records, 0),
  minAt: rows.reduce((least, row) => Math.min(least, row.minAt), Number.POSITIVE_INFINITY),
});
/** The newest blocks of a source that make one together, as far back as they do. */
function tailOf(read: Reader, source: string, left: ReadonlySet<number>): SegmentRow[] {
  const rows = read.all<SegmentRow & { inDay: number }>(
    sql`SELECT ${SEGMENT_COLUMNS}, (SELECT sum(records) FROM log_segments AS d WHERE d.day = s.day AND d.source_id = s.source_id) AS inDay
      FROM log_segments AS s WHERE source_id = ${source} ORDER BY first_id DESC LIMIT ${TAIL_BLOCKS}`,
  );
  const tail: SegmentRow[] = [];
  let sum = 0;
  for (const { inDay, ...row } of rows) {
    if (left.has(row.segmentId)) continue;
    sum += row.records;
    if (sum > SHARED_RECORDS || !isQuiet({ ...row, inDay })) break;
    tail.push(row);
  }
  return tail.reverse();
}
/** Whether a block may be joined with those of other days. */
const isQuiet = ({ partition, inDay }: { readonly partition: string; readonly inDay: number }): boolean =>
  isOfMonth(partition) || inDay <= SHARED_RECORDS;

/** Of segments in order of time: those that make a block together, not too unlike in size. */
function mergeable(near: readonly SegmentRow[]): SegmentRow[][] {
  const plans: SegmentRow[][] = [];
  for (let from = 0; from < near.length; from++) {
    let end = from;
    let [sum, largest] = [0, 0];
    for (let i = from; i < near.length; i++) {
      const { records } = near[i] as SegmentRow;
      if (sum + records > SHARED_RECORDS) break;
      sum += records;
      largest = Math.max(largest, records);
      if (i > from && largest <= LARGEST_TO_OTHERS * (sum - largest)) end = i;
    }
    if (end === from) continue;
    plans.push(near.slice(from, end + 1));
    from = end;
  }
  return plans;
}

/**
 * Reads the blocks and writes their records anew, in blocks as full as may be; ids and instants stay. The caller removes the rows
 * `merged` and adds `placed` in one transaction, then frees the places of `merged`. Damaged blocks are left be, and those that
 * are the only one in their encoding.
 */
export function mergeSegments(
  files: SegmentFiles,
  rows: readonly SegmentRow[],
  dayOf: (at: number) => string,
): { placed: PlacedSegment[]; merged: SegmentRow[] } {
  const read = rows.flatMap((row) => recordsOf(files, row) ?? []);
  const placed: PlacedSegment[] = [];
  const merged: SegmentRow[] = [];
  for (const [encoding, alike] of Map.groupBy(read, (block) => block.encoding)) {
    const [first] = alike;
    if (!first || alike.length < 2) continue;
    const records = alike.flatMap((block) => block.records).sort((a, b) => a.at - b.at || a.id - b.id);
    for (let from = 0; from < records.length; from += SEGMENT_RECORDS)
      placed.push(
        append(
          files,
          { sourceId: first.row.sourceId, encoding, dayOf },
          records.slice(from, from + SEGMENT_RECORDS),
        ),
      );
    merged.push(...alike.map((block) => block.row));
  }
  return { placed, merged };
}

/**
 * One block as two: what is before the instant, and the rest. The caller replaces the row and frees the old place as after a
 * merge. null: the block is damaged.
 */
export function cutSegment(
  files: SegmentFiles,
  row: SegmentRow,
  o: { readonly at: number; readonly dayOf: (at: number) => string },
): PlacedSegment[] | null {
  const block = recordsOf(files, row);
  if (!block) return null;
  const { encoding, records } = block;
  return [records.filter((r) => r.at < o.at), records.filter((r) => r.at >= o.at)]
    .filter((part) => part.length > 0)
    .map((part) => append(files, { sourceId: row.sourceId, encoding, dayOf: o.dayOf }, part));
}

/** @param records in order of time */
function append(
  files: SegmentFiles,
  o: { readonly sourceId: string; readonly encoding: string; readonly dayOf: (at: number) => string },
  records: readonly LogRecord[],
): PlacedSegment {
  const { sourceId, encoding, dayOf } = o;
  const [from, to] = [records[0], records.at(-1)].map((record) => dayOf(record?.at ?? 0));
  return files.append(
    encodeSegment({ sourceId, partition: partitionOf(from ?? '', to ?? ''), encoding, records }),
  );
}
type ReadBlock = { readonly row: SegmentRow; readonly records: LogRecord[]; readonly encoding: string };
/** null: the block is damaged */
function recordsOf(files: SegmentFiles, row: SegmentRow): ReadBlock | null {
  try {
    return guarded(() => {
      const segment = new Segment(files.read(row), row.checksum);
      const records = Array.from({ length: segment.records }, (_, i) => segment.record(i));
      return { row, records, encoding: segment.encoding };
    });
  } catch (error) {
    if (error instanceof DamagedSegment) return null;
    throw error;
  }
}
