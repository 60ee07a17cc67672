/** What a bit coder wrote, decision by decision (arithmetic coding: Rissanen and Langdon, 1979), and bytes with numbers in LEB128. */

/** What stands for 1 ends here. */
function middleOf(low: number, high: number, chance: number): number {
  const width = (high - low) >>> 0;
  return (low + (Math.imul(width >>> 16, chance) >>> 0) + (Math.imul(width & 0xffff, chance) >>> 16)) >>> 0;
}

export class BitReader {
  // of 32 bits with a sign, which are kept in the object itself
  private low = 0;
  private high = -1;
  private value = 0;
  private readonly bytes: Uint8Array;
  private at = 3;
  private readonly end: number;
  /** of the bits beside: the byte, and how many bits of it are taken */
  private besideAt: number;
  private taken = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const end = 3 + (bytes[0] ?? 0) + 256 * (bytes[1] ?? 0) + 65536 * (bytes[2] ?? 0);
    this.end = Math.min(end, bytes.length);
    this.besideAt = end;
    for (let i = 0; i < 4; i++) this.value = (this.value << 8) | this.next();
  }
  /** @param chance that it is 1, in 65536 */
  bit(chance: number): number {
    const middle = middleOf(this.low >>> 0, this.high >>> 0, chance);
    const bit = this.value >>> 0 <= middle ? 1 : 0;
    if (bit) this.high = middle | 0;
    else this.low = (middle + 1) | 0;
    while ((this.low ^ this.high) >>> 24 === 0) {
      this.low <<= 8;
      this.high = (this.high << 8) | 255;
      this.value = (this.value << 8) | this.next();
    }
    return bit;
  }
  /** Bits of which nothing was known. */
  plain(bits: number): number {
    let value = 0;
    let scale = 1;
    for (let todo = bits; todo > 0; ) {
      const step = Math.min(todo, 8 - this.taken);
      const byte = this.bytes[this.besideAt] ?? 0;
      value += scale * ((byte >>> this.taken) & ((1 << step) - 1));
      scale *= 1 << step;
      todo -= step;
      this.taken += step;
      if (this.taken < 8) continue;
      this.besideAt++;
      this.taken = 0;
    }
    return value;
  }
  private next(): number {
    return this.at < this.end ? (this.bytes[this.at++] as number) : 0;
  }
}

const LARGEST_COUNT = 1000;
/** What the chance over all contexts counts for in one of them, in decisions seen there. */
const PRIOR = 4;
/** No decision is taken for certain. */
const LEAST = 24;
const MOST = 65512;

/** Learns, as it goes, how often each symbol of `depth` bits comes in each context. */
export class SymbolModel {
  private readonly depth: number;
  /** how often 0 and 1 were decided, per node; those over all contexts first, then of as many contexts as have come */
  private counts: Uint16Array;

  constructor(depth: number) {
    this.depth = depth;
    this.counts = new Uint16Array(2 << depth);
  }
  /** @param context -1: none. `depth`: of a shorter symbol */
  read(from: BitReader, context = -1, depth = this.depth): number {
    const row = (context + 1) << (this.depth + 1);
    if (row >= this.counts.length) this.grow(row);
    const { counts } = this;
    let node = 1;
    for (let level = 0; level < depth; level++) {
      const own = 2 * node;
      const zeros = counts[own] as number;
      const ones = counts[own + 1] as number;
      let chance = (ones + 0.4) / (zeros + ones + 0.8);
      if (row > 0) {
        const seen = counts[row + own + 1] as number;
        chance = (seen + PRIOR * chance) / ((counts[row + own] as number) + seen + PRIOR);
      }
      const share = (65536 * chance) | 0;
      const bit = from.bit(Math.min(MOST, Math.max(LEAST, share)));
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
/** Bits below the leading one whose chances are learnt. */
const LEARNT_BITS = 2;

/** Whole numbers from 0 to 2^53: how many bits, given how many the one before had, then the bits. */
export class NumberModel {
  private readonly classes = new SymbolModel(CLASS_BITS);
  private readonly heads = new SymbolModel(LEARNT_BITS);
  private before = 0;

  read(from: BitReader): number {
    const bits = this.classes.read(from, this.before);
    this.before = bits;
    if (bits < 2) return bits;
    const learnt = bits > LEARNT_BITS ? LEARNT_BITS : bits - 1;
    const left = bits - 1 - learnt;
    const head = this.heads.read(from, bits, learnt);
    return ((1 << learnt) + head) * 2 ** left + (left > 0 ? from.plain(left) : 0);
  }
}
const TWO_32 = 4_294_967_296;
/** Bits from the leading one. */
const lengthOf = (value: number): number =>
  value < TWO_32 ? 32 - Math.clz32(value) : 64 - Math.clz32(value / TWO_32);

/** Digits of an even number that are coded; those below stand beside as they are. */
const EVEN_BITS = 14;
/** A whole number from 0 to `most`, each as likely as the other. */
export function readEven(from: BitReader, most: number): number {
  const beside = Math.max(0, lengthOf(most) - EVEN_BITS);
  const scale = 2 ** beside;
  const last = Math.floor(most / scale);
  let read = 0;
  for (let bit = lengthOf(last) - 1; bit >= 0; bit--) {
    const half = 1 << bit;
    // how many numbers there are on either side
    const both = last - read + 1;
    if (both <= half) continue;
    const above = both >= 2 * half ? half : both - half;
    const chance = both >= 2 * half ? 32768 : Math.max(1, Math.floor((65536 * above) / both));
    if (from.bit(chance)) read += half;
  }
  return beside > 0 ? read * scale + from.plain(beside) : read;
}

/** What is said of columns beside their values. Those of signed numbers take two places. */
export const FIELDS = {
  numbersKind: 0,
  constant: 1,
  columnKind: 3,
  padding: 4,
  same: 5,
  clockField: 6,
  clockOffset: 7,
  how: 9,
  first: 10,
  unit: 12,
  base: 13,
  most: 14,
  choices: 15,
  context: 16,
} as const;
type Field = (typeof FIELDS)[keyof typeof FIELDS];

/** @throws RangeError past the end: the block is damaged */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly bits: BitReader | null;
  private readonly models: NumberModel[] = [];
  constructor(bytes: Uint8Array, at = 0, bits: BitReader | null = null) {
    this.bytes = bytes;
    this.at = at;
    this.bits = bits;
  }
  u8(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('past the end of the block');
    return value;
  }
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let n = 0; n < 8; n++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new RangeError('not a number');
  }
  signed(): number {
    const negative = this.u8() === 1;
    const size = this.varint();
    return negative ? -size : size;
  }
  field(field: Field): number {
    return this.told(field);
  }
  signedField(field: Field): number {
    const negative = this.told(field) === 1;
    const size = this.told(field + 1);
    return negative ? -size : size;
  }
  private told(place: number): number {
    if (!this.bits) return this.varint();
    this.models[place] ??= new NumberModel();
    return (this.models[place] as NumberModel).read(this.bits);
  }
  raw(length: number): Uint8Array {
    const end = this.at + length;
    if (!(end <= this.bytes.length)) throw new RangeError('past the end of the block');
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }
  blob(): Uint8Array {
    return this.raw(this.varint());
  }
  text(encoding: 'utf8' | 'utf16le' | 'hex' = 'utf8', length = this.varint()): string {
    const bytes = this.raw(length);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
  }
}
