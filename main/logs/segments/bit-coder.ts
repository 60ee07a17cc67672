/**
 * Arithmetic coding of single decisions (Rissanen and Langdon, IBM J. Res. Dev. 1979; without carries, as Mahoney's fpaq0): a decision
 * costs as many bits as it surprises. What is coded describes itself once for both directions: writers are given what to write and
 * return it, readers return what they read.
 */
export type BitCoder = {
  /** `chance`: that it is 1, from 1 to 65535 in 65536; both sides must give the same */
  code(bit: number, chance: number): number;
  /** A number of at most 53 bits of which nothing is known; kept as it is, beside what is coded. */
  plain(value: number, bits: number): number;
};

const WHOLE = 65536;
const TOP = 0xffffffff;

/** What stands for 1 ends here. In halves of 32 bits, which is several times as quick as in numbers of 53. */
function middleOf(low: number, high: number, chance: number): number {
  const width = (high - low) >>> 0;
  return (low + (Math.imul(width >>> 16, chance) >>> 0) + (Math.imul(width & 0xffff, chance) >>> 16)) >>> 0;
}

/** Bytes that grow. */
class Bytes {
  private bytes = new Uint8Array(512);
  length = 0;
  put(byte: number): void {
    if (this.length === this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = byte;
  }
  /** Without zeros at the end: a reader takes what is missing for zeros. */
  trimmed(): Uint8Array {
    while (this.length > 0 && this.bytes[this.length - 1] === 0) this.length--;
    return this.bytes.subarray(0, this.length);
  }
}

export class BitWriter implements BitCoder {
  private low = 0;
  private high = TOP;
  private readonly coded = new Bytes();
  private readonly beside = new Bytes();
  /** bits not yet in `beside`, and how many */
  private left = 0;
  private leftBits = 0;

  code(bit: number, chance: number): number {
    const middle = middleOf(this.low, this.high, chance);
    if (bit) this.high = middle;
    else this.low = middle + 1;
    while ((this.low ^ this.high) >>> 24 === 0) {
      this.coded.put(this.high >>> 24);
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
    }
    return bit;
  }
  plain(value: number, bits: number): number {
    let rest = value;
    for (let todo = bits; todo > 0; ) {
      const step = Math.min(todo, 8 - this.leftBits);
      this.left |= (rest % (1 << step)) << this.leftBits;
      rest = Math.floor(rest / (1 << step));
      todo -= step;
      this.leftBits += step;
      if (this.leftBits < 8) continue;
      this.beside.put(this.left);
      this.left = 0;
      this.leftBits = 0;
    }
    return value;
  }
  /** All of it: what was coded, what stands beside, and how long the first is. */
  finish(): Uint8Array {
    if (this.low > 0) this.coded.put((this.low >>> 24) + 1);
    if (this.leftBits > 0) this.beside.put(this.left);
    const [coded, beside] = [this.coded.trimmed(), this.beside.trimmed()];
    if (coded.length + beside.length === 0) return coded;
    const length = coded.length;
    const whole = new Uint8Array(length + beside.length + 3);
    whole.set([length & 255, (length >>> 8) & 255, length >>> 16]);
    whole.set(coded, 3);
    whole.set(beside, 3 + length);
    return whole;
  }
}

export class BitReader implements BitCoder {
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
  code(_: number, chance: number): number {
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
  plain(_: number, bits: number): number {
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

/** Bits of a decision, by its chance in 1024. */
const COST = Float32Array.from({ length: 1025 }, (_, i) => -Math.log2(Math.max(i, 0.5) / 1024));

/** Counts what coding would cost, roughly; for the choice between ways to code. */
export class BitCounter implements BitCoder {
  bits = 0;
  code(bit: number, chance: number): number {
    this.bits += COST[(bit ? chance : WHOLE - chance) >>> 6] as number;
    return bit;
  }
  plain(value: number, bits: number): number {
    this.bits += bits;
    return value;
  }
}
