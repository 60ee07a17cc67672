import type { BlockCache } from '../store/block-cache.ts';
import { DamagedBlock, guarded } from '../store/block-format.ts';
import type { BlockRow } from '../store/block-rows.ts';
import type { LogRecord } from '../store/records.ts';
import { mayHold } from '../store/word-filter.ts';
import { findRows, lowerRow } from './find-rows.ts';
import type { LineMatch } from './line-match.ts';

/** A record with where it came from. */
export type StoredLine = Omit<LogRecord, 'raw'> & { readonly sourceId: string };
/** A place in the order of lines: after this one. `id` may be infinite, to stand before or after all lines of an instant. */
export type Cursor = { readonly at: number; readonly id: number };

export type Found = {
  readonly lines: StoredLine[];
  /** null: all was looked at */
  readonly next: Cursor | null;
  /** of the blocks given */
  readonly searched: number;
  /** rows that did not read as they should */
  readonly failed: number[];
};

type Hit = { readonly at: number; readonly id: number; readonly row: BlockRow; readonly place: number };

/**
 * The first lines of a match in order of (at, id), newest or oldest first. `rows` are all blocks and tails that may hold such lines, in
 * that order of their nearest edge. Blocks overlap in time, so a line is settled only once no unopened one can hold one
 * before it. Stops early when `limit` lines are settled, at the time limit (then `next` says where to go on), or when told to.
 */
export function searchLines(
  cache: BlockCache,
  rows: readonly BlockRow[],
  match: LineMatch,
  o: {
    readonly newest: boolean;
    readonly limit: number;
    readonly after: Cursor | null;
    /** whether to come back with the lines settled by now */
    readonly outOfTime: (settled: number) => boolean;
    readonly stopped: () => boolean;
  },
): Found {
  const sign = o.newest ? -1 : 1;
  const order = (a: Cursor, b: Cursor): number => sign * (a.at - b.at || a.id - b.id);
  const edge = (row: BlockRow): number => (o.newest ? row.maxAt : row.minAt);
  let hits: Hit[] = [];
  const failed: number[] = [];
  const settledBefore = (at: number): number => {
    let n = Math.min(hits.length, o.limit);
    while (n > 0 && sign * ((hits[n - 1]?.at ?? 0) - at) >= 0) n--;
    return n;
  };
  let done = 0;
  let frontier: number | null = null;
  for (; done < rows.length; done++) {
    const row = rows[done] as BlockRow;
    if (o.stopped()) break;
    const settled = hits[o.limit - 1];
    // strictly beyond: at the same instant the id decides
    if (settled && sign * (edge(row) - settled.at) > 0) break;
    if (done > 0 && o.outOfTime(settledBefore(edge(row))) && progressed(o.after, edge(row), sign)) {
      frontier = edge(row);
      break;
    }
    try {
      if (!mayHoldMatch(cache, row, match)) continue;
      const found = guarded(() => hitsIn(cache, row, match, { ...o, worst: hits[o.limit] ?? null }));
      if (!found.length) continue;
      hits = [...hits, ...found].sort(order).slice(0, o.limit + 1);
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      failed.push(row.blockId);
    }
  }
  const isWhole = done === rows.length;
  const settledHits =
    frontier === null ? hits : hits.filter((hit) => sign * (hit.at - (frontier as number)) < 0);
  const page = settledHits.slice(0, o.limit);
  const last = page.at(-1);
  const more = settledHits.length > o.limit || !isWhole;
  const full = page.length === o.limit;
  return {
    lines: page.map(({ row, place }) => {
      const { raw: _, ...record } = guarded(() => cache.open(row).record(place));
      return { ...record, sourceId: row.sourceId };
    }),
    next: !more
      ? null
      : full && last
        ? { at: last.at, id: last.id }
        : frontier === null
          ? null
          : { at: frontier, id: o.newest ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY },
    searched: done,
    failed,
  };
}

/** Whether a block may hold such lines, as far as its filter of words tells. @throws DamagedBlock */
export function mayHoldMatch(cache: BlockCache, row: BlockRow, match: LineMatch): boolean {
  if (!match.hashes.length) return true;
  const filter = cache.filter(row);
  if (!filter) return true;
  return match.hashes.every(
    ({ hash, digits }) => ((filter.unindexed >>> digits) & 1) !== 0 || mayHold(filter.bits, hash),
  );
}

/** Whether to stop at `edge` would be further than where the search began. */
const progressed = (after: Cursor | null, edge: number, sign: number): boolean =>
  after === null || sign * (edge - after.at) > 0;

/** The hits of one block in order, at most `limit + 1`, none beyond `worst`. */
function hitsIn(
  cache: BlockCache,
  row: BlockRow,
  match: LineMatch,
  o: {
    readonly newest: boolean;
    readonly limit: number;
    readonly after: Cursor | null;
    readonly worst: Cursor | null;
  },
): Hit[] {
  const lines = cache.open(row);
  const sign = o.newest ? -1 : 1;
  let first = 0;
  let last = lines.records - 1;
  const { after, worst } = o;
  const inside = row.minAt >= match.from && row.maxAt < match.to;
  if (!inside || after || worst) {
    const { at } = lines;
    let from = match.from;
    let to = match.to;
    if (after && o.newest) to = Math.min(to, after.at + 1);
    if (after && !o.newest) from = Math.max(from, after.at);
    if (worst && o.newest) from = Math.max(from, worst.at);
    if (worst && !o.newest) to = Math.min(to, worst.at + 1);
    first = lowerRow(at, from);
    last = lowerRow(at, to) - 1;
  }
  const hits: Hit[] = [];
  if (first > last) return hits;
  const wanted = o.limit + 1;
  findRows(lines, match, { newest: o.newest, first, last }, (place) => {
    const hit = { at: lines.at[place] as number, id: lines.id[place] as number, row, place };
    if (after && sign * (hit.at - after.at || hit.id - after.id) <= 0) return true;
    hits.push(hit);
    return hits.length < wanted;
  });
  return hits;
}

/** Records of one source around an id, in the order of the file: at most `before` with lower ids and `after` with higher ones, and itself. */
export function linesAround(
  cache: BlockCache,
  rows: {
    readonly own: readonly BlockRow[];
    readonly lower: readonly BlockRow[];
    readonly higher: readonly BlockRow[];
  },
  o: { readonly id: number; readonly before: number; readonly after: number },
): { lines: StoredLine[]; failed: number[] } {
  const failed: number[] = [];
  type Near = { readonly id: number; readonly row: BlockRow; readonly place: number };
  const idsOf = (row: BlockRow): Near[] => {
    try {
      return guarded(() => Array.from(cache.open(row).id, (id, place) => ({ id, row, place })));
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      failed.push(row.blockId);
      return [];
    }
  };
  const collect = (from: readonly BlockRow[], count: number, sign: 1 | -1): Near[] => {
    let near: Near[] = [];
    for (const row of from) {
      const far = near[count - 1];
      if (count === 0 || (far && (sign > 0 ? row.firstId > far.id : row.lastId < far.id))) break;
      const more = idsOf(row).filter(({ id }) => sign * (id - o.id) > 0);
      near = [...near, ...more].sort((a, b) => sign * (a.id - b.id)).slice(0, count);
    }
    return near;
  };
  const self = rows.own.flatMap(idsOf).filter(({ id }) => id === o.id);
  const all = [...collect(rows.lower, o.before, -1).reverse(), ...self, ...collect(rows.higher, o.after, 1)];
  return {
    lines: all.map(({ row, place }) => {
      const { raw: _, ...record } = guarded(() => cache.open(row).record(place));
      return { ...record, sourceId: row.sourceId };
    }),
    failed,
  };
}
