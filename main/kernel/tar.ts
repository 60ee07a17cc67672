// POSIX tar (ustar): written with pax records for long names and large files, read with GNU's long names as well.
import { Bytes } from './bytes.ts';

const BLOCK = 512;
/** Long names and pax records larger than this are none. */
const MAX_META = 1 << 20;
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

export type TarEntry = {
  readonly name: string;
  readonly size: number;
  /** epoch ms */
  readonly changedAt: number;
  /** `0` (in old archives NUL): a file */
  readonly type: string;
  /** to be read before the next entry is asked for; what is not read is passed over */
  readonly body: AsyncGenerator<Buffer>;
};
/** By its beginning: the mark of ustar, which GNU's has, too. */
export const isTar = (head: Buffer): boolean => head.toString('latin1', 257, 262) === 'ustar';

/**
 * What is in a tar, from its beginning to its end.
 * @param metas the types of entries that tell of the next one: `x` and `g` pax, `L` and `K` GNU; any other is an entry of its own
 * @throws RangeError where it is broken or cut
 */
export async function* tarEntries(chunks: AsyncIterator<Buffer>, metas: string): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(chunks);
  let told: { readonly path?: string; readonly size?: number } = {};
  for (;;) {
    const head = await bytes.exactly(BLOCK);
    if (head.every((byte) => byte === 0)) return;
    checkSum(head);
    const given = numberAt(head, 124, 12);
    const type = head.toString('latin1', 156, 157);
    if (metas.includes(type) && given <= MAX_META) {
      const meta = await bytes.exactly(given);
      await bytes.exactly(padding(given).length);
      if (type === 'L') told = { ...told, path: textAt(meta, 0, given) };
      if (type === 'x') told = { ...told, ...recordsOf(meta) };
      continue;
    }
    const prefix = textAt(head, 345, 155);
    const own = textAt(head, 0, NAME_BYTES);
    const { path = prefix ? `${prefix}/${own}` : own, size = given } = told;
    told = {};
    let left = size;
    const body = async function* (): AsyncGenerator<Buffer> {
      while (left > 0) {
        const part = await bytes.some(left);
        if (!part) throw new RangeError('it ends too early');
        left -= part.length;
        yield part;
      }
    };
    yield { name: path, size, changedAt: numberAt(head, 136, 12) * 1000, type, body: body() };
    for await (const _ of body());
    await bytes.exactly(padding(size).length);
  }
}
function textAt(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? undefined : end);
}
/** Octal, or binary where the first bit is set. */
function numberAt(head: Buffer, from: number, length: number): number {
  const field = head.subarray(from, from + length);
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(field.readBigUInt64BE(length - 8));
  return Number.parseInt(field.toString('latin1').replaceAll('\0', ' ').trim() || '0', 8);
}
function checkSum(head: Buffer): void {
  const sum = head.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (sum !== numberAt(head, 148, 8)) throw new RangeError('broken header in tar');
}
/** What pax records say of the next entry, as far as they are records. */
function recordsOf(pax: Buffer): { path?: string; size?: number } {
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < pax.length; ) {
    const space = pax.indexOf(' ', at);
    const length = Number(pax.toString('latin1', at, space));
    if (!(length > 0) || space < at) break;
    const text = pax.toString('utf8', space + 1, at + length - 1);
    const value = text.slice(text.indexOf('=') + 1);
    if (text.startsWith('path=')) found.path = value;
    if (text.startsWith('size=') && /^\d{1,15}$/.test(value)) found.size = Number(value);
    at += length;
  }
  return found;
}
