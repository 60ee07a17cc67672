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
  /** how often 0 and 1 were decided, per node; those over all contexts first */
  private readonly counts: Uint16Array;

  constructor(depth: number, contexts = 0) {
    this.depth = depth;
    this.counts = new Uint16Array((contexts + 1) << (depth + 1));
  }
  /** @param context -1: none. `depth`: of a shorter symbol */
  code(coder: BitCoder, symbol: number, context = -1, depth = this.depth): number {
    const { counts } = this;
    const row = (context + 1) << (this.depth + 1);
    let node = 1;
    for (let shift = depth - 1; shift >= 0; shift--) {
      const own = 2 * node;
      const ones = counts[own + 1] as number;
      let chance = (ones + 0.4) / ((counts[own] as number) + ones + 0.8);
      if (row > 0) {
        const seen = counts[row + own + 1] as number;
        chance = (seen + PRIOR * chance) / ((counts[row + own] as number) + seen + PRIOR);
      }
      const share = Math.min(MOST, Math.max(LEAST, Math.floor(65536 * chance)));
      const bit = coder.code((symbol >>> shift) & 1, share);
      this.count(own, bit);
      if (row > 0) this.count(row + own, bit);
      node = own + bit;
    }
    return node - (1 << depth);
  }
  private count(at: number, bit: number): void {
    const { counts } = this;
    const seen = (counts[at + bit] as number) + 1;
    counts[at + bit] = seen;
    if (seen < LARGEST_COUNT) return;
    counts[at] = (counts[at] as number) >>> 1;
    counts[at + 1] = (counts[at + 1] as number) >>> 1;
  }
}

const CLASS_BITS = 6;
/** Bits below the leading one whose chances are learnt; the rest is as good as drawn. */
const LEARNT_BITS = 2;

/** Whole numbers from 0 to 2^53: how many bits, given how many the one before had, then the bits, the first few learnt. */
export class NumberModel {
  private readonly classes = new SymbolModel(CLASS_BITS, 1 << CLASS_BITS);
  private readonly heads = new SymbolModel(LEARNT_BITS, 1 << CLASS_BITS);
  private before = 0;

  code(coder: BitCoder, value: number): number {
    const bits = this.classes.code(coder, lengthOf(value), this.before);
    this.before = bits;
    if (bits < 2) return bits;
    const learnt = Math.min(LEARNT_BITS, bits - 1);
    const left = bits - 1 - learnt;
    const scale = 2 ** left;
    const head = this.heads.code(coder, Math.floor(value / scale) % (1 << learnt), bits, learnt);
    return ((1 << learnt) + head) * scale + coder.plain(value % scale, left);
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
  for (let half = 2 ** (lengthOf(last) - 1); half >= 1; half /= 2) {
    // how many numbers there are on either side
    const below = Math.min(half, last - read + 1);
    const above = Math.min(half, last - read + 1 - below);
    if (above === 0) continue;
    const chance = Math.min(65535, Math.max(1, Math.floor((65536 * above) / (above + below))));
    read += half * coder.code(Math.floor(top / half) % 2, chance);
  }
  return read * scale + (beside > 0 ? coder.plain(value % scale, beside) : 0);
}
