import type { Nearest } from './nearest.ts';
import { LANES } from './sketch-kernel.ts';
import type { Sketches } from './sketches.ts';

/** rows read exactly before anything is known of what a neighbour has to reach */
const FIRST = 64;
/** rows read between two looks at what is still near enough */
const FLUSH = 32;
/** how many standard errors an estimate may be wrong before a neighbour is missed */
const DOUBT = 2.33;
/** share of the rows asked for by their first bits, at most */
const ASKED_FIRST = 1 / 64;
const BINS = 1024;
const DONE = Number.NEGATIVE_INFINITY;

export type NearlyOptions = {
  /** estimated for the query */
  readonly sketches: Sketches;
  /** rows estimated */
  readonly rows: number;
  readonly k: number;
  /** no product can be more: the length of the query times that of the longest row */
  readonly reach: number;
  readonly isAllowed: ((row: number) => boolean) | null;
  /** reads rows whole into `best`; `take` tells how many it holds unread */
  readonly read: { take(row: number): number; flush(): void };
  readonly best: Nearest;
};

/**
 * Fills `best` with what the sketches cannot rule out: first the nearest by their first bits, which tells what a neighbour has
 * to reach at least; then, nearest first by both bits, all that may reach it. No row is asked for or read twice.
 */
export function searchNearly(o: NearlyOptions): void {
  const { sketches, rows, reach, isAllowed, read, best } = o;
  let asked = 0;
  let taken = 0;
  /** Reads what is allowed of the rows not yet looked at that are estimated at `low` or more, which may rise meanwhile. */
  const readFrom = (low: () => number): void => {
    const { values } = sketches;
    let least = low();
    for (const part of sketches.parts)
      for (let block = 0; block < part.blocks; block++) {
        if (!((values[part.greatest + block] ?? DONE) >= least)) continue;
        const at = part.estimates + block * LANES;
        const first = part.row + block * LANES;
        let rest = DONE;
        for (let lane = 0; lane < LANES && first + lane < rows; lane++) {
          const estimate = values[at + lane] ?? DONE;
          if (estimate === DONE) continue;
          if (estimate < least) {
            if (estimate > rest) rest = estimate;
            continue;
          }
          values[at + lane] = DONE;
          asked++;
          if (isAllowed && !isAllowed(first + lane)) continue;
          taken++;
          if (read.take(first + lane) < FLUSH) continue;
          read.flush();
          least = low();
        }
        values[part.greatest + block] = rest;
      }
    read.flush();
  };
  const enough = Math.max(FIRST, 4 * o.k);
  /** as many as the filter so far lets expect that it takes for enough of them */
  const rowsWanted = (): number =>
    Math.ceil((1.2 * Math.max(FIRST, enough - taken) * asked) / Math.max(1, taken));
  /** What a row has to be estimated at so that its product may reach the last of the best. */
  const leastBy = (bits: 'first' | 'second'): number =>
    best.bar - DOUBT * reach * sketches.errorAt(Math.max(0, best.bar / reach), bits);

  const mostAsked = Math.max(enough, rows * ASKED_FIRST);
  let floor = Number.POSITIVE_INFINITY;
  for (let look = enough; taken < enough && asked < mostAsked && floor > DONE; ) {
    floor = floorOf(sketches, reach, look);
    readFrom(() => floor);
    look = Math.min(4 * look, rowsWanted(), mostAsked - asked);
  }
  if (asked === rows) return;
  // a filter that lets next to nothing through is asked of all
  if (taken < o.k) {
    readFrom(() => DONE);
    return;
  }
  sketches.refine(leastBy('first'));
  floor = Number.POSITIVE_INFINITY;
  for (let look = rowsWanted(); floor > leastBy('second'); look *= 4) {
    floor = look > rows * ASKED_FIRST ? DONE : floorOf(sketches, reach, look);
    readFrom(() => Math.max(floor, leastBy('second')));
  }
}

/**
 * An estimate that about `want` rows reach, going by the greatest of each block: of so few rows hardly two are in one.
 */
function floorOf(sketches: Sketches, reach: number, want: number): number {
  const counts = new Uint32Array(BINS);
  const scale = BINS / (2 * reach);
  const { values } = sketches;
  for (const part of sketches.parts)
    for (let at = part.greatest; at < part.greatest + part.blocks; at++) {
      const bin = ((values[at] ?? DONE) + reach) * scale;
      const place = bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin | 0;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  let bin = BINS;
  for (let seen = 0; bin > 0 && seen < want; ) seen += counts[--bin] ?? 0;
  // half a bin lower, so that rounding leaves none of them out
  return bin > 0 ? (bin - 0.5) / scale - reach : DONE;
}
