/** bzip2, unpacked block by block: no library that is kept up does so for Node. Blocks are at most 900 kB. */
import { Buffer } from 'node:buffer';

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
const GROUP = 50;

/** Bits of a stream, the highest of a byte first. */
class Bits {
  private readonly chunks: AsyncIterator<Buffer>;
  private chunk: Buffer = Buffer.alloc(0);
  private at = 0;
  private held = 0;
  private count = 0;
  constructor(chunks: AsyncIterator<Buffer>) {
    this.chunks = chunks;
  }
  /** Fills up what is held so that `read` needs not wait for so many bytes. False: the stream ends before. */
  async ensure(bytes: number): Promise<boolean> {
    while (this.chunk.length - this.at < bytes) {
      const next = await this.chunks.next();
      if (next.done) return false;
      this.chunk = Buffer.concat([this.chunk.subarray(this.at), next.value]);
      this.at = 0;
    }
    return true;
  }
  /** At most 24 bits. @throws where the stream ends before */
  read(bits: number): number {
    while (this.count < bits) {
      if (this.at >= this.chunk.length) throw new Error('unexpected end of bzip2');
      this.held = ((this.held << 8) | (this.chunk[this.at++] ?? 0)) >>> 0;
      this.count += 8;
    }
    this.count -= bits;
    const value = (this.held >>> this.count) & ((1 << bits) - 1);
    this.held &= (1 << this.count) - 1;
    return value;
  }
  read48(): number {
    return this.read(24) * 2 ** 24 + this.read(24);
  }
  toByte(): void {
    this.count -= this.count % 8;
    this.held &= (1 << this.count) - 1;
  }
  get isEmpty(): boolean {
    return this.count === 0 && this.at >= this.chunk.length;
  }
}

/** @throws Error where it is broken or cut */
export async function* bunzip2(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const bits = new Bits(chunks);
  // several streams one after another are one, as `cat a.bz2 b.bz2` makes them
  for (let nth = 0; ; nth++) {
    const isThere = await bits.ensure(4);
    if (!isThere && nth > 0 && bits.isEmpty) return;
    if (bits.read(24) !== 0x425a68) throw new Error('no bzip2');
    const size = (bits.read(8) - 48) * 100_000;
    for (;;) {
      // a packed block is hardly longer than what it holds
      await bits.ensure(size * 1.1 + 20_000);
      const magic = bits.read48();
      const sum = bits.read(16) * 2 ** 16 + bits.read(16);
      if (magic === END_MAGIC) break;
      if (magic !== BLOCK_MAGIC) throw new Error('broken block in bzip2');
      const block = unpackBlock(bits, size);
      if (crcOf(block) !== sum) throw new Error('wrong checksum in bzip2');
      yield block;
    }
    bits.toByte();
  }
}

type Table = {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly order: number[];
  readonly least: number;
};
function tableOf(lengths: readonly number[]): Table {
  const order: number[] = [];
  const limit = new Int32Array(22).fill(-1);
  const base = new Int32Array(22);
  let code = 0;
  for (let length = 1; length <= 20; length++) {
    base[length] = order.length - code;
    lengths.forEach((own, symbol) => {
      if (own === length) order.push(symbol);
    });
    code += lengths.filter((own) => own === length).length;
    limit[length] = code - 1;
    code <<= 1;
  }
  return { limit, base, order, least: Math.min(...lengths) };
}
function symbolOf(bits: Bits, { limit, base, order, least }: Table): number {
  let length = least;
  let code = bits.read(length);
  while (code > (limit[length] ?? -1)) {
    if (++length > 20) throw new Error('broken code in bzip2');
    code = (code << 1) | bits.read(1);
  }
  return order[code + (base[length] ?? 0)] ?? 0;
}

function unpackBlock(bits: Bits, size: number): Buffer {
  if (bits.read(1)) throw new Error('randomised bzip2');
  const origin = bits.read(24);
  const used: number[] = [];
  const groups = bits.read(16);
  for (let i = 0; i < 16; i++)
    if (groups & (0x8000 >> i)) {
      const own = bits.read(16);
      for (let j = 0; j < 16; j++) if (own & (0x8000 >> j)) used.push(16 * i + j);
    }
  const tables = bits.read(3);
  const selectors = selectorsOf(bits, tables);
  const codes = Array.from({ length: tables }, () => tableOf(lengthsOf(bits, used.length + 2)));
  // move to front, runs of the first
  const end = used.length + 1;
  const symbols = new Uint32Array(size);
  const counts = new Uint32Array(257);
  let [n, run, weight] = [0, 0, 1];
  const put = (byte: number, times: number): void => {
    if (n + times > size) throw new Error('block too long in bzip2');
    symbols.fill(byte, n, n + times);
    counts[byte + 1] = (counts[byte + 1] ?? 0) + times;
    n += times;
  };
  for (let i = 0; ; i++) {
    const code = codes[selectors[Math.floor(i / GROUP)] ?? 0];
    if (!code) throw new Error('broken table in bzip2');
    const symbol = symbolOf(bits, code);
    if (symbol <= 1) {
      run += weight << symbol;
      weight <<= 1;
      continue;
    }
    if (run > 0) put(used[0] ?? 0, run);
    [run, weight] = [0, 1];
    if (symbol === end) break;
    const [byte = 0] = used.splice(symbol - 1, 1);
    used.unshift(byte);
    put(byte, 1);
  }
  // Burrows and Wheeler's order undone
  for (let i = 1; i < 257; i++) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0);
  for (let i = 0; i < n; i++) {
    const byte = (symbols[i] ?? 0) & 255;
    const at = counts[byte] ?? 0;
    counts[byte] = at + 1;
    symbols[at] = ((symbols[at] ?? 0) | (i << 8)) >>> 0;
  }
  if (origin >= n) throw new Error('broken block in bzip2');
  return withoutRuns(symbols, n, origin);
}
/** Four alike are followed by how many more there are. */
function withoutRuns(symbols: Uint32Array, n: number, origin: number): Buffer {
  const out: Buffer[] = [];
  const piece = Buffer.allocUnsafe(1 << 16);
  let [filled, last, alike] = [0, -1, 0];
  const put = (byte: number): void => {
    piece[filled++] = byte;
    if (filled === piece.length) {
      out.push(Buffer.from(piece));
      filled = 0;
    }
  };
  let at = (symbols[origin] ?? 0) >>> 8;
  for (let i = 0; i < n; i++) {
    const entry = symbols[at] ?? 0;
    const byte = entry & 255;
    at = entry >>> 8;
    if (alike === 4) {
      for (let k = 0; k < byte; k++) put(last);
      [alike, last] = [0, -1];
      continue;
    }
    alike = byte === last ? alike + 1 : 1;
    last = byte;
    put(byte);
  }
  return Buffer.concat([...out, piece.subarray(0, filled)]);
}
function selectorsOf(bits: Bits, tables: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const front = Array.from({ length: tables }, (_, i) => i);
  for (let i = 0; i < selectors.length; i++) {
    let place = 0;
    while (bits.read(1)) if (++place >= tables) throw new Error('broken selector in bzip2');
    const [chosen = 0] = front.splice(place, 1);
    front.unshift(chosen);
    selectors[i] = chosen;
  }
  return selectors;
}
function lengthsOf(bits: Bits, symbols: number): number[] {
  let length = bits.read(5);
  return Array.from({ length: symbols }, () => {
    while (bits.read(1)) length += bits.read(1) ? -1 : 1;
    if (length < 1 || length > 20) throw new Error('broken code in bzip2');
    return length;
  });
}

const CRC = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value;
});
function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc << 8) ^ (CRC[(crc >>> 24) ^ byte] ?? 0);
  return ~crc >>> 0;
}
