import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../kernel/errors.ts';

const CHUNK = 256 * 1024;

/**
 * Reads a file from front to back through a small window, little-endian. Nothing is read past the end, no buffer is as large as a
 * number in the file says, and the engine's other work gets its turn at every refill. `need` first, then take.
 */
export class FileWindow {
  /** of the next byte to be taken */
  at = 0;
  readonly size: number;
  private readonly handle: FileHandle;
  /** refuses headers that go on for longer */
  private readonly limit: number;
  private buffer = Buffer.alloc(0);
  /** place of the buffer's first byte in the file */
  private start = 0;

  constructor(handle: FileHandle, size: number, limit: number) {
    this.handle = handle;
    this.size = size;
    this.limit = limit;
  }
  /** whether so many bytes can be taken without reading */
  has(bytes: number): boolean {
    return this.at + bytes <= this.start + this.buffer.length && this.at >= this.start;
  }
  /** Makes so many bytes takeable; rejects where the file ends before. `bytes` is bounded by the caller. */
  async need(bytes: number): Promise<void> {
    if (this.has(bytes)) return;
    if (bytes > this.size - this.at) throw new AppError('models.bad-cut-header', { at: this.at });
    if (this.at + bytes > this.limit)
      throw new AppError('models.bad-header', { detail: `header > ${this.limit} bytes` });
    const want = Math.min(Math.max(bytes, CHUNK), this.size - this.at);
    const next = Buffer.allocUnsafe(want);
    const kept = this.at >= this.start ? this.buffer.subarray(this.at - this.start) : Buffer.alloc(0);
    kept.copy(next);
    let have = Math.min(kept.length, want);
    while (have < want) {
      const { bytesRead } = await this.handle.read(next, have, want - have, this.at + have);
      // the file became shorter under our eyes
      if (bytesRead === 0) throw new AppError('models.bad-cut-header', { at: this.at + have });
      have += bytesRead;
    }
    this.buffer = next;
    this.start = this.at;
  }
  /** Moves on without reading; a number in the file says how far, so it is checked against the file's end. */
  skip(bytes: number): void {
    if (!(bytes >= 0 && bytes <= this.size - this.at))
      throw new AppError('models.bad-cut-header', { at: this.at });
    this.at += bytes;
  }
  private take(bytes: number): number {
    const place = this.at - this.start;
    if (!this.has(bytes)) throw new RangeError('taken before it was needed');
    this.at += bytes;
    return place;
  }
  u8 = (): number => this.buffer.readUInt8(this.take(1));
  i8 = (): number => this.buffer.readInt8(this.take(1));
  u16 = (): number => this.buffer.readUInt16LE(this.take(2));
  i16 = (): number => this.buffer.readInt16LE(this.take(2));
  u32 = (): number => this.buffer.readUInt32LE(this.take(4));
  i32 = (): number => this.buffer.readInt32LE(this.take(4));
  f32 = (): number => this.buffer.readFloatLE(this.take(4));
  f64 = (): number => this.buffer.readDoubleLE(this.take(8));
  /** a count, length or offset: whatever cannot be a safe integer is damage */
  u64(): number {
    const place = this.take(8);
    const high = this.buffer.readUInt32LE(place + 4);
    if (high >= 0x20_0000)
      throw new AppError('models.bad-header', { detail: `number at ${this.at - 8} > 2^53` });
    return high * 0x1_0000_0000 + this.buffer.readUInt32LE(place);
  }
  i64(): number {
    return Number(this.buffer.readBigInt64LE(this.take(8)));
  }
  utf8(bytes: number): string {
    const place = this.take(bytes);
    return this.buffer.toString('utf8', place, place + bytes);
  }
  /** one character a byte: two texts are equal exactly when their bytes are */
  bytesAsText(bytes: number): string {
    const place = this.take(bytes);
    return this.buffer.toString('latin1', place, place + bytes);
  }
}
