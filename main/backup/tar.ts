// POSIX tar (ustar, with pax records for long names and large files): what any system can unpack.

const BLOCK = 512;
const NAME_BYTES = 100;
/** what eleven octal digits hold */
const LARGE = 8 ** 11;
export const END = Buffer.alloc(2 * BLOCK);

function plainHeader(name: string, size: number, type: '0' | 'x'): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, NAME_BYTES);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(size >= LARGE ? 0 : size).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
/** `27 path=…\n`: its length counts itself */
function record(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

export function header(name: string, size: number): Buffer {
  const isPlain = Buffer.byteLength(name) <= NAME_BYTES && size < LARGE;
  if (isPlain) return plainHeader(name, size, '0');
  const pax = Buffer.concat([record('path', name), record('size', String(size))]);
  return Buffer.concat([
    plainHeader('pax', pax.length, 'x'),
    pax,
    padding(pax.length),
    plainHeader('long-name', size, '0'),
  ]);
}

/** Bytes of a stream, so many at a time. */
export class Bytes {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }
  /** the next piece, at most `most` bytes; null at the end */
  async some(most: number): Promise<Buffer | null> {
    while (this.rest.length === 0) {
      const { done, value } = await this.source.next();
      if (done) return null;
      this.rest = value;
    }
    const piece = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(piece.length);
    return piece;
  }
  async *upTo(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      const piece = await this.some(left);
      if (!piece) throw new RangeError('it ends too early');
      left -= piece.length;
      yield piece;
    }
  }
  async exactly(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.upTo(size)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}

export type TarEntry = { readonly name: string; readonly size: number; readonly body: AsyncIterable<Buffer> };
/** The files of an archive, one after the other; each body is read to its end before the next. @throws RangeError where it is none */
export async function* entriesOf(bytes: Bytes): AsyncGenerator<TarEntry> {
  let pax: Readonly<Record<string, string>> = {};
  for (;;) {
    const head = await bytes.exactly(BLOCK);
    if (head.every((byte) => byte === 0)) return;
    const sum = Number.parseInt(head.toString('latin1', 148, 154), 8);
    const own = head.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
    if (sum !== own) throw new RangeError('not a tar header');
    const type = String.fromCharCode(head[156] ?? 0);
    const given = Number.parseInt(head.toString('latin1', 124, 135), 8);
    if (type === 'x') {
      pax = recordsOf(await bytes.exactly(given));
      await bytes.exactly(padding(given).length);
      continue;
    }
    if (type !== '0') throw new RangeError(`an entry of type ${type}`);
    const name = pax['path'] ?? head.toString('utf8', 0, NAME_BYTES).replace(/\0.*$/s, '');
    const size = Number(pax['size'] ?? given);
    pax = {};
    yield { name, size, body: bytes.upTo(size) };
    await bytes.exactly(padding(size).length);
  }
}
function recordsOf(pax: Buffer): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at < pax.length; ) {
    const space = pax.indexOf(' ', at);
    const length = Number(pax.toString('latin1', at, space));
    if (!(length > 0) || space < at) throw new RangeError('not a pax record');
    const [key = '', ...value] = pax.toString('utf8', space + 1, at + length - 1).split('=');
    found[key] = value.join('=');
    at += length;
  }
  return found;
}
