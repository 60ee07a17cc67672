/**
 * Chance as a function of what is being drawn, not of how many draws came before: the same seed and key give the same
 * number however the run is sliced and whatever else happens. (Finaliser of MurmurHash3, A. Appleby.)
 */
export type Key = readonly (number | string)[];

const mix = (hash: number, value: number): number => {
  let x = Math.imul(hash ^ value, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};
/** FNV-1a over UTF-16 units */
const textHash = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};
const texts = new Map<string, number>();
const numberOf = (part: number | string): number => {
  if (typeof part === 'number') return part | 0;
  let hash = texts.get(part);
  if (hash === undefined) {
    hash = textHash(part);
    if (texts.size > 10_000) texts.clear();
    texts.set(part, hash);
  }
  return hash;
};

export class Chance {
  private readonly seed: number;
  constructor(seed: number, ...key: Key) {
    this.seed = key.reduce<number>((hash, part) => mix(hash, numberOf(part)), mix(0x9e3779b9, seed | 0));
  }
  /** 32 bits */
  bits(...key: Key): number {
    let hash = this.seed;
    for (const part of key) hash = mix(hash + 0x6d2b79f5, numberOf(part));
    return mix(hash, 0x2545f491);
  }
  /** [0, 1) */
  share(...key: Key): number {
    return this.bits(...key) / 4294967296;
  }
  /** standard normal (Box–Muller) */
  normal(...key: Key): number {
    const bits = this.bits(...key);
    const u = (bits + 1) / 4294967297;
    const v = mix(bits, 0x68bc21eb) / 4294967296;
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }
  /** positive, median 1 */
  around(sd: number, ...key: Key): number {
    return Math.exp(sd * this.normal(...key));
  }
  /** a whole number in [low, high] */
  int(low: number, high: number, ...key: Key): number {
    return low + Math.floor(this.share(...key) * (high - low + 1));
  }
  pick<T>(list: readonly T[], ...key: Key): T {
    const value = list[Math.floor(this.share(...key) * list.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }
  hex(digits: number, ...key: Key): string {
    let text = '';
    for (let i = 0; text.length < digits; i++)
      text += this.bits(...key, i)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }
  /** the same list in another order */
  shuffle<T>(list: readonly T[], ...key: Key): T[] {
    return list
      .map((value, i) => ({ value, order: this.bits(...key, i) }))
      .sort((a, b) => a.order - b.order)
      .map((x) => x.value);
  }
}
