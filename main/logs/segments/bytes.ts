import type { BitCoder } from './bit-coder.ts';
import { type Field, FieldModels } from './fields.ts';

/** Grows as it is written to; numbers as LEB128. */
export class ByteWriter<Bits extends BitCoder = BitCoder> {
  /** where columns of numbers go, in parts of small blocks */
  readonly bits: Bits | null;
  private readonly fields = new FieldModels();
  private bytes = new Uint8Array(256);
  length = 0;
  constructor(bits: Bits | null = null) {
    this.bits = bits;
  }

  /** Makes room for `n` more bytes and returns where they start; the caller fills `view()`. */
  reserve(n: number): number {
    const at = this.length;
    this.length += n;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    return at;
  }
  /** What was written so far; not a copy, and stale after the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
  u8(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
  }
  /** a whole number from 0 to 2^53 */
  varint(value: number): void {
    let rest = value;
    const at = this.reserve(8);
    let n = 0;
    while (rest >= 0x80) {
      this.bytes[at + n++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[at + n++] = rest;
    this.length = at + n;
  }
  /** a whole number of either sign: one bit for it, then the size */
  signed(value: number): void {
    this.u8(value < 0 ? 1 : 0);
    this.varint(Math.abs(value));
  }
  /** What is said of a column: coded where its numbers are, else a varint. */
  field(field: Field, value: number): void {
    this.say(field, value);
  }
  signedField(field: Field, value: number): void {
    this.say(field, value < 0 ? 1 : 0);
    this.say(field + 1, Math.abs(value));
  }
  private say(place: number, value: number): void {
    if (this.bits) this.fields.code(this.bits, place, value);
    else this.varint(value);
  }
  raw(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length);
    this.bytes.set(bytes, at);
  }
  /** its length first */
  blob(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }
  /** short well-formed text */
  text(text: string): void {
    this.blob(Buffer.from(text, 'utf8'));
  }
}

/** Reads what ByteWriter wrote. @throws RangeError past the end: the block is damaged */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly bits: BitCoder | null;
  private readonly fields = new FieldModels();
  constructor(bytes: Uint8Array, at = 0, bits: BitCoder | null = null) {
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
    return this.bits ? this.fields.code(this.bits, place, 0) : this.varint();
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
  text(): string {
    return asBuffer(this.blob()).toString('utf8');
  }
}

/** The same memory with Buffer's methods. */
export const asBuffer = (bytes: Uint8Array | Uint16Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
