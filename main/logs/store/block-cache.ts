import type { Reader } from '../../store/index.ts';
import { Block } from './block.ts';
import { readBlock } from './block-files.ts';
import { DamagedBlock, FILTER_GUESS, guarded, isBlock, readFilter, type WordFilter } from './block-format.ts';
import type { BlockRow } from './block-rows.ts';
import type { Lines } from './lines.ts';
import { decodeOldBlock } from './old-block/decode.ts';
import type { LogRecord } from './records.ts';
import { openTail, RecordLines, readTail, type Tail } from './tail.ts';

/** Keeps what was used last, up to a weight. */
export class Recent<V> {
  private readonly kept = new Map<string, { value: V; weight: number }>();
  private readonly limit: number;
  private weight = 0;
  constructor(limit: number) {
    this.limit = limit;
  }
  get(key: string): V | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }
  set(key: string, value: V, weight: number): void {
    const old = this.kept.get(key);
    if (old) this.weight -= old.weight;
    this.kept.delete(key);
    this.kept.set(key, { value, weight });
    this.weight += weight;
    this.shed(key);
  }
  /** What is kept under a key has grown since. */
  reweigh(key: string, weight: number): void {
    const known = this.kept.get(key);
    if (!known) return;
    this.weight += weight - known.weight;
    known.weight = weight;
    this.shed(key);
  }
  /** Lets go of what was used longest ago, but not of `key`. */
  private shed(key: string): void {
    for (const [oldest, { weight }] of this.kept) {
      if (this.weight <= this.limit || oldest === key) break;
      this.kept.delete(oldest);
      this.weight -= weight;
    }
  }
}

const MEGABYTE = 1 << 20;

/** What a row says stands in a file: a block as it is written now, or one of before migration 210. @throws DamagedBlock */
export function openBlock(dataDir: string, row: BlockRow): Lines & { readonly encoding: string } {
  return guarded(() => {
    const bytes = readBlock(dataDir, row, row.bytes);
    if (isBlock(bytes)) return new Block(bytes, row.checksum);
    const { encoding, records } = decodeOldBlock(bytes, row.checksum);
    return Object.assign(new RecordLines(records), { encoding });
  });
}
/** All records of a block or a tail, in order of (at, id), by the encoding of their source then. @throws DamagedBlock */
export function recordsOf(
  from: { readonly dataDir: string; readonly read: Reader },
  row: BlockRow,
): { readonly encoding: string; readonly records: LogRecord[] }[] {
  if (row.fetched) return [{ ...row.fetched, records: [...row.fetched.records] }];
  if (row.file === null) {
    const rows = readTail(from.read, { sourceId: row.sourceId, after: row.firstId - 1, upTo: row.lastId });
    if (rows.length !== row.records) throw new DamagedBlock('the tail is other than its row says');
    return [...Map.groupBy(rows, (one) => one.encoding)].map(([encoding, own]) => ({
      encoding,
      records: own.map((one) => one.record),
    }));
  }
  return guarded(() => {
    const lines = openBlock(from.dataDir, row);
    return [{ encoding: lines.encoding, records: Array.from(lines.at, (_, i) => lines.record(i)) }];
  });
}

/** Blocks and tails opened lately, and the filters of many more blocks. A block's number may come again, so its checksum is part of the key. */
export class BlockCache {
  private readonly dataDir: string;
  private readonly read: Reader;
  private readonly opened: Recent<Lines>;
  private readonly tails: Recent<Tail>;
  private readonly filters: Recent<WordFilter>;
  private readonly brought = new WeakMap<object, Lines>();
  /** the block used last, of which more may have been unpacked since */
  private last: { readonly key: string; readonly lines: Lines } | null = null;
  /** @param read the tails' rows */
  constructor(
    dataDir: string,
    read: Reader,
    { blockBytes = 160 * MEGABYTE, tailBytes = 96 * MEGABYTE, filterBytes = 64 * MEGABYTE } = {},
  ) {
    this.dataDir = dataDir;
    this.read = read;
    this.opened = new Recent(blockBytes);
    this.tails = new Recent(tailBytes);
    this.filters = new Recent(filterBytes);
  }
  /** @throws DamagedBlock when it does not read as its row says: replaced meanwhile, dropped, or damaged */
  open(row: BlockRow): Lines {
    if (row.fetched) return this.linesIn(row.fetched);
    if (row.file === null) return this.tail(row);
    const key = keyOf(row);
    if (this.last && this.last.key !== key) this.opened.reweigh(this.last.key, this.last.lines.weight);
    let lines = this.opened.get(key);
    if (!lines) {
      lines = openBlock(this.dataDir, row);
      this.opened.set(key, lines, lines.weight);
    }
    this.last = { key, lines };
    return lines;
  }
  private linesIn(fetched: NonNullable<BlockRow['fetched']>): Lines {
    const lines = this.brought.get(fetched) ?? new RecordLines(fetched.records);
    this.brought.set(fetched, lines);
    return lines;
  }
  private tail(row: BlockRow): Lines {
    const key = String(row.blockId);
    const known = this.tails.get(key);
    // asked for as it was before: what came since is not to be seen
    const isOlder = known !== undefined && known.lastId > row.lastId;
    if (known?.lines.records === row.records) return known.lines;
    const tail = openTail(this.read, row, isOlder ? null : (known ?? null));
    if (!isOlder) this.tails.set(key, tail, tail.lines.weight);
    return tail.lines;
  }
  /** What a block can be found by, read without the rest of it; null: it has no such thing. @throws DamagedBlock */
  filter(row: BlockRow): WordFilter | null {
    if (row.file === null) return null;
    const key = keyOf(row);
    const known = this.filters.get(key);
    if (known) return known;
    return guarded(() => {
      const bytes = readBlock(this.dataDir, row, Math.min(row.bytes, FILTER_GUESS));
      if (!isBlock(bytes)) return null;
      const filter = readFilter(bytes) ?? readFilter(readBlock(this.dataDir, row, row.bytes));
      if (!filter) throw new DamagedBlock('cut off');
      const own = { bits: filter.bits.slice(), unindexed: filter.unindexed };
      this.filters.set(key, own, own.bits.length + 200);
      return own;
    });
  }
}
const keyOf = (row: BlockRow): string => `${row.blockId}.${row.checksum}`;
