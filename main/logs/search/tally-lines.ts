import type { BlockCache } from '../store/block-cache.ts';
import { DamagedBlock, guarded } from '../store/block-format.ts';
import type { BlockRow } from '../store/block-rows.ts';
import { findRows, lowerRow } from './find-rows.ts';
import type { LineMatch } from './line-match.ts';
import { mayHoldMatch } from './search-lines.ts';

/** Where lines are counted: so many buckets of one length from an instant on. */
export type Buckets = { readonly startMs: number; readonly stepMs: number; readonly count: number };
/** Raw lines by level (as in LEVEL_ORDER) and bucket, and by the template they were mined under. */
export type Tally = {
  readonly levels: Map<number, Float64Array>;
  readonly templates: Map<number, number>;
};
export type TalliedBlocks = Tally & {
  /** of the blocks given */
  readonly searched: number;
  /** rows that did not read as they should: nothing of them is counted */
  readonly failed: number[];
};

/** Counts the lines of a match, block after block, until time is out or it is told to stop; at least one block. */
export function tallyLines(
  cache: BlockCache,
  rows: readonly BlockRow[],
  match: LineMatch,
  o: { readonly buckets: Buckets; readonly outOfTime: () => boolean; readonly stopped: () => boolean },
): TalliedBlocks {
  const tally: Tally = { levels: new Map(), templates: new Map() };
  const failed: number[] = [];
  let searched = 0;
  for (const row of rows) {
    if (o.stopped() || (searched > 0 && o.outOfTime())) break;
    searched++;
    try {
      if (mayHoldMatch(cache, row, match)) guarded(() => addBlock(tally, cache, row, match, o.buckets));
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      failed.push(row.blockId);
    }
  }
  return { ...tally, searched, failed };
}

function addBlock(tally: Tally, cache: BlockCache, row: BlockRow, match: LineMatch, buckets: Buckets): void {
  const block = cache.open(row);
  const isInside = row.minAt >= match.from && row.maxAt < match.to;
  const first = isInside ? 0 : lowerRow(block.at, match.from);
  const last = isInside ? block.records - 1 : lowerRow(block.at, match.to) - 1;
  if (first > last) return;
  // all of a block or nothing: whether it reads is known at its end
  const places: number[] = [];
  findRows(block, match, { newest: false, first, last }, (place) => {
    places.push(place);
    return true;
  });
  if (!places.length) return;
  for (const place of places) {
    const kind = block.kinds[block.kindOf[place] as number];
    if (!kind) continue;
    const { level, template } = kind;
    const lines = block.linesOf(place);
    let counts = tally.levels.get(level);
    if (!counts) {
      counts = new Float64Array(buckets.count);
      tally.levels.set(level, counts);
    }
    const bucket = Math.floor(((block.at[place] as number) - buckets.startMs) / buckets.stepMs);
    const within = Math.min(buckets.count - 1, Math.max(0, bucket));
    counts[within] = (counts[within] as number) + lines;
    tally.templates.set(template, (tally.templates.get(template) ?? 0) + lines);
  }
}
