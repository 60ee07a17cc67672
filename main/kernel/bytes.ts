/** Bytes that come in pieces of any size, taken as one needs them. */
export class Bytes {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  constructor(chunks: AsyncIterator<Buffer>) {
    this.chunks = chunks;
  }
  /** the next piece, at most `most` bytes; null at the end */
  async some(most: number): Promise<Buffer | null> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return null;
      this.rest = next.value;
    }
    const piece = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(piece.length);
    return piece;
  }
  /** @throws RangeError where fewer are left */
  async exactly(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const piece = await this.some(left);
      if (!piece) throw new RangeError('it ends too early');
      left -= piece.length;
      // who gives the next piece may use the same memory
      pieces.push(Buffer.from(piece));
    }
    return Buffer.concat(pieces);
  }
}
