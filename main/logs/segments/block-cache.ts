import { closeSync, openSync } from 'node:fs';
import { guarded, Segment } from './decode-segment.ts';
import { type Place, readFrom, segmentFile } from './segment-files.ts';
import { DamagedSegment, HEAD_GUESS, readHead, type WordFilter } from './segment-format.ts';

/** A block to be read, as its row says. */
export type BlockRow = Place & {
  readonly segmentId: number;
  readonly sourceId: string;
  readonly minAt: number;
  readonly maxAt: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly checksum: number;
};

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

/** Blocks read and unpacked lately, and the filters of many more. A segment's number may come again, so its checksum is part of the key. */
export class BlockCache {
  private readonly dataDir: string;
  private readonly blocks: Recent<Segment>;
  private readonly filters: Recent<WordFilter>;
  private readonly files = new Map<string, number>();
  /** the block used last, of which more may have been unpacked since */
  private last: { readonly key: string; readonly segment: Segment } | null = null;
  constructor(dataDir: string, { blockBytes = 160 * MEGABYTE, filterBytes = 64 * MEGABYTE } = {}) {
    this.dataDir = dataDir;
    this.blocks = new Recent(blockBytes);
    this.filters = new Recent(filterBytes);
  }
  /** @throws DamagedSegment when it does not read as its row says: replaced meanwhile, dropped, or damaged */
  block(row: BlockRow): Segment {
    const key = keyOf(row);
    if (this.last && this.last.key !== key) this.blocks.reweigh(this.last.key, this.last.segment.weight);
    let segment = this.blocks.get(key);
    if (!segment) {
      segment = guarded(() => new Segment(this.read(row, row.bytes), row.checksum));
      this.blocks.set(key, segment, segment.weight);
    }
    this.last = { key, segment };
    return segment;
  }
  /** The Bloom filter of a block, read without the rest of it. @throws DamagedSegment */
  filter(row: BlockRow): WordFilter {
    const key = keyOf(row);
    const known = this.filters.get(key);
    if (known) return known;
    const filter = guarded(() => {
      const head =
        readHead(this.read(row, Math.min(row.bytes, HEAD_GUESS))) ?? readHead(this.read(row, row.bytes));
      if (!head) throw new DamagedSegment('cut off');
      return { bits: head.filter.slice(), unindexed: head.unindexed };
    });
    this.filters.set(key, filter, filter.bits.length + 200);
    return filter;
  }
  private read(row: BlockRow, bytes: number): Uint8Array {
    let file = this.files.get(row.partition);
    if (file === undefined) {
      file = openSync(segmentFile(this.dataDir, row.partition), 'r');
      this.files.set(row.partition, file);
    }
    return readFrom(file, row.place, bytes);
  }
  /** Lets go of the files: a file may be removed between two searches. */
  rest(): void {
    for (const file of this.files.values()) closeSync(file);
    this.files.clear();
  }
}
const keyOf = (row: BlockRow): string => `${row.segmentId}.${row.checksum}`;
