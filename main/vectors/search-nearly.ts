import type { Nearest } from './nearest.ts';
import { LANES } from './sketch-kernel.ts';
import type { Sketches } from './sketches.ts';

/** rows looked at for each neighbour wanted before anything is known of what one has to reach */
const LOOK = 16;
/** share of all rows that this may be, at most */
const MOST_LOOKED = 1 / 8;
/** how much wider each next look is while there are not enough neighbours */
const WIDER = 8;
/** rows read whole between two looks at what is still near enough */
const FLUSH = 8;
/** how many standard errors an estimate may be wrong before a neighbour is missed */
const DOUBT = { first: 2.5, second: 3 };
const BINS = 1024;
const NONE = Number.NEGATIVE_INFINITY;
/** a row and how far it is in one number, which sorts by the distance: more rows than memory holds, as many levels of distance */
const ROWS = 2 ** 26;
const LEVELS = 2 ** 25;

export type NearlyOptions = {
  /** estimated for the query */
  readonly sketches: Sketches;
  /** rows estimated */
  readonly rows: number;
  readonly k: number;
  /** no product can be more: the length of the query times that of the longest row */
  readonly reach: number;
  /** about how many of the rows are allowed, above 0: a wrong one costs time only */
  readonly share: number;
  /** reads rows whole and offers to `best` what is allowed of them; `take` tells how many it holds unread */
  readonly read: { take(row: number): number; flush(): void };
  readonly best: Nearest;
};

/**
 * Fills `best` with what the sketches cannot rule out. The nearest by their first codes are estimated again by their second ones
 * and read whole, nearest first, until the allowed ones of them tell what a neighbour has to reach; then the same with all others
 * that may still reach it. No row is asked for or read twice.
 */
export function searchNearly(o: NearlyOptions): void {
  const { sketches, rows, k, reach, read, best } = o;
  /** What a row has to be estimated at so that its product may reach the last of the best. */
  const leastBy = (code: 'first' | 'second'): number =>
    best.bar - DOUBT[code] * reach * sketches.errorAt(Math.max(0, best.bar / reach), code);

  let high = Number.POSITIVE_INFINITY;
  let look = Math.min((LOOK * k) / o.share / rows, MOST_LOOKED);
  for (; high > leastBy('first'); look *= WIDER) {
    const low =
      best.bar > NONE ? leastBy('first') : look > MOST_LOOKED ? NONE : floorOf(sketches, reach, look);
    let least = leastBy('second');
    for (const key of nearestFirst(sketches, { low, high, least, reach })) {
      const level = Math.floor(key / ROWS);
      if (reach * (1 - level / LEVELS) < least) break;
      if (read.take(key - level * ROWS) < FLUSH) continue;
      read.flush();
      least = leastBy('second');
    }
    read.flush();
    high = low;
  }
}

type Range = { readonly low: number; readonly high: number; readonly least: number; readonly reach: number };

/** Rows with a first estimate from `low` up to, but without, `high` and a second one of `least` or more. */
function nearestFirst(sketches: Sketches, { low, high, least, reach }: Range): Float64Array {
  const keys: number[] = [];
  const { places, weighed } = sketches;
  for (const part of sketches.parts)
    for (let i = 0, n = sketches.weigh(part, low, high); i < n; i++) {
      const estimate = weighed[i] ?? 0;
      if (estimate < least) continue;
      keys.push(Math.floor((1 - estimate / reach) * LEVELS) * ROWS + part.row + (places[i] ?? 0));
    }
  return new Float64Array(keys).sort();
}

/** An estimate that about this share of the rows reach, going by the greatest of each block of rows. */
function floorOf(sketches: Sketches, reach: number, share: number): number {
  const counts = new Uint32Array(BINS);
  const scale = BINS / (2 * reach);
  const { values } = sketches;
  let blocks = 0;
  for (const part of sketches.parts) {
    blocks += part.blocks;
    for (let at = part.greatest; at < part.greatest + part.blocks; at++) {
      const bin = ((values[at] ?? 0) + reach) * scale;
      const place = bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin | 0;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  // of rows in no order a block holds at least one with this likelihood
  const wanted = blocks * (1 - (1 - share) ** LANES);
  let bin = BINS;
  for (let seen = 0; bin > 0 && seen < wanted; ) seen += counts[--bin] ?? 0;
  // half a bin lower, so that rounding leaves none of them out
  return bin > 0 ? (bin - 0.5) / scale - reach : NONE;
}
