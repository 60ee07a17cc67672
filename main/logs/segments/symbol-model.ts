import type { BitCoder } from './bit-coder.ts';

const LARGEST_COUNT = 1000;
/** What the chance over all contexts counts for in one of them, in decisions seen there. */
const PRIOR = 4;
/** No decision is taken for certain. */
const LEAST = 24;
const MOST = 65512;

/**
 * Learns, as it goes, how often each symbol of `depth` bits comes in each context: a tree of decisions whose counts make the chance.
 * In a context that has seen little, what holds over all counts most. Only + - × ÷ of IEEE numbers, so that every machine gets the same.
 */
export class SymbolModel {
  private readonly depth: number;
  /** how often 0 and 1 were decided, per node; those over all contexts first, then of as many contexts as have come */
  private counts: Uint16Array;

  constructor(depth: number) {
    this.depth = depth;
    this.counts = new Uint16Array(2 << depth);
  }
  /** @param context -1: none. `depth`: of a shorter symbol */
  code(coder: BitCoder, symbol: number, context = -1, depth = this.depth): number {
    const row = (context + 1) << (this.depth + 1);
    if (row >= this.counts.length) this.grow(row);
    const { counts } = this;
    let node = 1;
    for (let shift = depth - 1; shift >= 0; shift--) {
      const own = 2 * node;
      const zeros = counts[own] as number;
      const ones = counts[own + 1] as number;
      let chance = (ones + 0.4) / (zeros + ones + 0.8);
      if (row > 0) {
        const seen = counts[row + own + 1] as number;
        chance = (seen + PRIOR * chance) / ((counts[row + own] as number) + seen + PRIOR);
      }
      const share = (65536 * chance) | 0;
      const bit = coder.code((symbol >>> shift) & 1, Math.min(MOST, Math.max(LEAST, share)));
      node = own + bit;
      count(counts, own, bit);
      if (row > 0) count(counts, row + own, bit);
    }
    return node - (1 << depth);
  }
  private grow(row: number): void {
    const larger = new Uint16Array(Math.max(row + (2 << this.depth), 4 * this.counts.length));
    larger.set(this.counts);
    this.counts = larger;
  }
}
function count(counts: Uint16Array, at: number, bit: number): void {
  const seen = (counts[at + bit] as number) + 1;
  counts[at + bit] = seen;
  if (seen < LARGEST_COUNT) return;
  counts[at] = (counts[at] as number) >>> 1;
  counts[at + 1] = (counts[at + 1] as number) >>> 1;
}

const CLASS_BITS = 6;
/** Bits below the leading one whose chances are learnt; the rest is as good as drawn. */
const LEARNT_BITS = 2;

/** Whole numbers from 0 to 2^53: how many bits, given how many the one before had, then the bits, the first few learnt. */
export class NumberModel {
  private readonly classes = new SymbolModel(CLASS_BITS);
  private readonly heads = new SymbolModel(LEARNT_BITS);
  private before = 0;

  code(coder: BitCoder, value: number): number {
    const bits = this.classes.code(coder, lengthOf(value), this.before);
    this.before = bits;
    if (bits < 2) return bits;
    const learnt = bits > LEARNT_BITS ? LEARNT_BITS : bits - 1;
    const left = bits - 1 - learnt;
    const scale = 2 ** left;
    // divided, not by remainders: those of large numbers are slow
    const top = Math.floor(value / scale);
    const head = this.heads.code(coder, top & ((1 << learnt) - 1), bits, learnt);
    const read = ((1 << learnt) + head) * scale;
    return left > 0 ? read + coder.plain(value - top * scale, left) : read;
  }
}
const TWO_32 = 4294967296;
/** Bits from the leading one. */
export const lengthOf = (value: number): number =>
  value < TWO_32 ? 32 - Math.clz32(value) : 64 - Math.clz32(value / TWO_32);

/** Digits of an even number that are coded; those below stand beside as they are. */
const EVEN_BITS = 14;

/** A whole number from 0 to `most`, each as likely as the other. */
export function codeEven(coder: BitCoder, value: number, most: number): number {
  const beside = Math.max(0, lengthOf(most) - EVEN_BITS);
  const scale = 2 ** beside;
  const top = Math.floor(value / scale);
  const last = Math.floor(most / scale);
  let read = 0;
  for (let bit = lengthOf(last) - 1; bit >= 0; bit--) {
    const half = 1 << bit;
    // how many numbers there are on either side
    const both = last - read + 1;
    if (both <= half) continue;
    const above = both >= 2 * half ? half : both - half;
    const chance = both >= 2 * half ? 32768 : Math.max(1, Math.floor((65536 * above) / both));
    if (coder.code((top >> bit) & 1, chance)) read += half;
  }
  return beside > 0 ? read * scale + coder.plain(value - top * scale, beside) : read;
}
