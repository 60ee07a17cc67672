import { PARAMETER_HASH, type Shaped } from './shape-tokens.ts';

/** A token's share in its template's key: sums of what stands where, so any place can be taken out without starting again. */
const partHigh = (hash: number, place: number): number => {
  let x = Math.imul(hash ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
  x ^= x >>> 13;
  return Math.imul(x, 0xc2b2ae35);
};
const partLow = (hash: number, place: number): number => {
  let x = Math.imul(hash + Math.imul(place + 1, 0x27d4eb2f), 0x165667b1);
  x ^= x >>> 15;
  return Math.imul(x, 0x9e3779b1);
};

/** Keys (53 bits) of one token sequence with parameters put at chosen places. */
export class PlaceKeys {
  private readonly tokens: readonly Shaped[];
  private readonly high: number;
  private readonly low: number;
  constructor(tokens: readonly Shaped[]) {
    this.tokens = tokens;
    let high = tokens.length;
    let low = tokens.length;
    tokens.forEach((t, i) => {
      high = (high + partHigh(t.hash, i)) | 0;
      low = (low + partLow(t.hash, i)) | 0;
    });
    this.high = high;
    this.low = low;
  }
  /** `salt` keeps kinds of keys apart that live in one table. */
  key(places: readonly number[], salt: number): number {
    let { high, low } = this;
    for (const i of places) {
      const hash = this.tokens[i]?.hash ?? 0;
      high = (high - partHigh(hash, i) + partHigh(PARAMETER_HASH, i)) | 0;
      low = (low - partLow(hash, i) + partLow(PARAMETER_HASH, i)) | 0;
    }
    high = Math.imul(high ^ salt, 0x85ebca6b);
    high ^= high >>> 16;
    return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
  }
}
