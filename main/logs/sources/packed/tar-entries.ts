/** What is in a tar (POSIX ustar, with GNU's and pax's long names), read from its beginning to its end. */
import { Buffer } from 'node:buffer';

const BLOCK = 512;
/** Long names and pax records larger than this are none. */
const MAX_META = 1 << 20;

export type TarEntry = {
  readonly name: string;
  readonly changedAt: number;
  /** to be read before the next entry is asked for; what is not read is passed over */
  readonly chunks: AsyncGenerator<Buffer>;
};
/** By its beginning: the mark of ustar, which GNU's has, too. */
export const isTar = (head: Buffer): boolean => head.toString('latin1', 257, 262) === 'ustar';

/** Bytes in pieces of any size, taken as one needs them. */
class Bytes {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  constructor(chunks: AsyncIterator<Buffer>) {
    this.chunks = chunks;
  }
  /** At most so many, at least one; null at the end. */
  async some(most: number): Promise<Buffer | null> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return null;
      this.rest = next.value;
    }
    const taken = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(taken.length);
    return taken;
  }
  async all(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; ) {
      const part = await this.some(left);
      if (!part) throw new Error('unexpected end of tar');
      parts.push(Buffer.from(part));
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

/** @throws Error where it is broken or cut */
export async function* tarEntries(chunks: AsyncIterator<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(chunks);
  let longName = '';
  for (;;) {
    const header = await bytes.all(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    checkSum(header);
    const size = numberAt(header, 124, 12);
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    const type = header.toString('latin1', 156, 157);
    if ('LxgK'.includes(type) && size <= MAX_META) {
      const meta = (await bytes.all(size + padding)).subarray(0, size);
      if (type === 'L') longName = textAt(meta, 0, size);
      if (type === 'x') longName = /(?:^|\n)\d+ path=(.*)\n/.exec(meta.toString('utf8'))?.[1] ?? longName;
      continue;
    }
    let left = size;
    const content = async function* (): AsyncGenerator<Buffer> {
      while (left > 0) {
        const part = await bytes.some(left);
        if (!part) throw new Error('unexpected end of tar');
        left -= part.length;
        yield part;
      }
    };
    const prefix = textAt(header, 345, 155);
    const own = textAt(header, 0, 100);
    const name = longName || (prefix ? `${prefix}/${own}` : own);
    longName = '';
    const chunksOf = content();
    if (type === '0' || type === '\0')
      yield { name, changedAt: numberAt(header, 136, 12) * 1000, chunks: chunksOf };
    for await (const _ of content());
    await bytes.all(padding);
  }
}
function textAt(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? undefined : end);
}
/** Octal, or binary where the first bit is set. */
function numberAt(header: Buffer, from: number, length: number): number {
  const field = header.subarray(from, from + length);
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(field.readBigUInt64BE(length - 8));
  return Number.parseInt(field.toString('latin1').replaceAll('\0', ' ').trim() || '0', 8);
}
function checkSum(header: Buffer): void {
  let sum = 8 * 32;
  header.forEach((byte, i) => {
    if (i < 148 || i >= 156) sum += byte;
  });
  if (sum !== numberAt(header, 148, 8)) throw new Error('broken header in tar');
}
