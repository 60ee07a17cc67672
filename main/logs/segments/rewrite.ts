import type { LogRecord, PlacedSegment } from '../pipeline-types.ts';
import { Segment } from './decode-segment.ts';
import { encodeSegment } from './encode-segment.ts';
import type { SegmentFiles } from './segment-files.ts';
import { LEVEL_ORDER } from './segment-format.ts';
import type { SegmentRow } from './segment-rows.ts';

const MINUTE = 60_000;

/** Lines that went from one template to another, by the roll-ups' cells. */
export type Moved = {
  /** epoch minutes */
  readonly minute: number;
  readonly service: string | null;
  /** as the roll-ups number them: 0 none, 1 trace … 6 fatal */
  readonly level: number;
  readonly from: number;
  readonly to: number;
  readonly lines: number;
};

/**
 * Files a block's records under other templates; every record's text and id stay. `placed` is null when `assign` changed nothing.
 * The caller replaces the row, moves the counts and frees the old place in one go.
 * @throws DamagedSegment
 */
export function rewriteSegment(
  files: SegmentFiles,
  row: SegmentRow,
  assign: (record: LogRecord) => number,
): { placed: PlacedSegment | null; moved: Moved[] } {
  const segment = new Segment(files.read(row), row.checksum);
  const moved = new Map<string, Moved>();
  const records: LogRecord[] = [];
  for (let i = 0; i < segment.records; i++) {
    const record = segment.record(i);
    const to = assign(record);
    records.push(to === record.template ? record : { ...record, template: to });
    if (to === record.template) continue;
    const cell = {
      minute: Math.floor(record.at / MINUTE),
      service: record.service,
      level: LEVEL_ORDER.indexOf(record.level),
      from: record.template,
      to,
    };
    const key = JSON.stringify(cell);
    moved.set(key, { ...cell, lines: (moved.get(key)?.lines ?? 0) + record.lines });
  }
  if (moved.size === 0) return { placed: null, moved: [] };
  const { sourceId, partition, encoding } = segment;
  return {
    placed: files.append(encodeSegment({ sourceId, partition, encoding, records })),
    moved: [...moved.values()],
  };
}
