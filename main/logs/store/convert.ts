/** Blocks of before migration 210: which are written anew next. */
import { type Reader, sql } from '../../store/index.ts';
import { recordsOf } from './block-cache.ts';
import { DamagedBlock } from './block-format.ts';
import { BLOCK_COLUMNS, type BlockRow } from './block-rows.ts';
import type { LogRecord } from './records.ts';

export const isOld = (row: Pick<BlockRow, 'file'>): boolean => row.file?.startsWith('log-segments/') ?? false;

/** The oldest of one source, so many lines or a little more, with their records by encoding. Nothing: no more can be read. */
export function nextOld(
  from: { readonly dataDir: string; readonly read: Reader },
  enough: number,
): { rows: BlockRow[]; parts: { encoding: string; records: LogRecord[] }[] } {
  const rows: BlockRow[] = [];
  const byEncoding = new Map<string, LogRecord[]>();
  let records = 0;
  for (const row of from.read.all<BlockRow>(
    sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE file LIKE 'log-segments/%' ORDER BY source_id, first_id`,
  )) {
    const [first] = rows;
    if (first && (row.sourceId !== first.sourceId || records >= enough)) break;
    try {
      for (const part of recordsOf(from, row))
        byEncoding.set(part.encoding, [...(byEncoding.get(part.encoding) ?? []), ...part.records]);
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      continue;
    }
    rows.push(row);
    records += row.records;
  }
  return { rows, parts: [...byEncoding].map(([encoding, own]) => ({ encoding, records: own })) };
}
