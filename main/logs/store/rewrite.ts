import type { Reader } from '../../store/index.ts';
import { recordsOf } from './block-cache.ts';
import { writeBlock } from './block-files.ts';
import { DamagedBlock } from './block-format.ts';
import type { BlockRow, PlacedBlock } from './block-rows.ts';
import { encodeBlock } from './encode-block.ts';
import { LEVEL_ORDER, type LogRecord } from './records.ts';

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
type From = { readonly dataDir: string; readonly read: Reader };

/**
 * Files a block's or a tail's records under other templates; every record's text and id stay. Of a block `placed` is what takes its
 * place, of a tail `renamed` are the rows to change; both are empty when `assign` changed nothing.
 * @throws DamagedBlock
 */
export function refile(
  from: From,
  row: BlockRow,
  assign: (record: LogRecord) => number,
): { placed: PlacedBlock[]; renamed: { id: number; template: number }[]; moved: Moved[] } {
  const cells = new Map<string, Moved>();
  const renamed: { id: number; template: number }[] = [];
  const move = (record: LogRecord): LogRecord => {
    const to = assign(record);
    if (to === record.template) return record;
    const { service, template, lines } = record;
    const cell = {
      ...{ minute: Math.floor(record.at / MINUTE), service, level: LEVEL_ORDER.indexOf(record.level) },
      ...{ from: template, to },
    };
    const key = JSON.stringify(cell);
    cells.set(key, { ...cell, lines: (cells.get(key)?.lines ?? 0) + lines });
    renamed.push({ id: record.id, template: to });
    return { ...record, template: to };
  };
  const { sourceId } = row;
  const parts = recordsOf(from, row).map(({ encoding, records }) => ({
    encoding,
    records: records.map(move),
  }));
  const placed =
    row.file === null || cells.size === 0
      ? []
      : parts.map((part) => writeBlock(from.dataDir, encodeBlock({ sourceId, ...part })));
  return { placed, renamed: row.file === null ? renamed : [], moved: [...cells.values()] };
}

/** One block as two: what is before the instant, and the rest. The caller replaces the row. null: the block is damaged. */
export function cutBlock(from: From, row: BlockRow, at: number): PlacedBlock[] | null {
  try {
    return recordsOf(from, row).flatMap(({ encoding, records }) =>
      [records.filter((r) => r.at < at), records.filter((r) => r.at >= at)]
        .filter((part) => part.length > 0)
        .map((part) =>
          writeBlock(from.dataDir, encodeBlock({ sourceId: row.sourceId, encoding, records: part })),
        ),
    );
  } catch (error) {
    if (error instanceof DamagedBlock) return null;
    throw error;
  }
}
