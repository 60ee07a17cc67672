import { crc32 } from 'node:zlib';

const CHUNK = 1 << 16;
const FLAGS = Buffer.from([0, 1]); // CRC-32 as checksum

/** An xz of this text, as the format has it, in chunks that are stored as they are. */
export function xzOf(text: string): Buffer {
  const data = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < data.length; at += CHUNK) {
    const part = data.subarray(at, at + CHUNK);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(part.length - 1);
    chunks.push(Buffer.from([at === 0 ? 1 : 2]), size, part);
  }
  const packed = Buffer.concat([...chunks, Buffer.from([0])]);
  const header = summed(Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0]));
  const unpadded = header.length + packed.length + 4;
  const index = summed(aligned(Buffer.concat([Buffer.from([0, 1]), number(unpadded), number(data.length)])));
  const footer = Buffer.alloc(6);
  footer.writeUInt32LE(index.length / 4 - 1);
  FLAGS.copy(footer, 4);
  return Buffer.concat([
    Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
    summed(FLAGS),
    header,
    aligned(packed),
    sumOf(data),
    index,
    sumOf(footer),
    footer,
    Buffer.from('YZ'),
  ]);
}
function sumOf(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes));
  return sum;
}
const summed = (bytes: Buffer): Buffer => Buffer.concat([bytes, sumOf(bytes)]);
const aligned = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
/** Seven bits a byte, the lowest first. */
function number(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return Buffer.from([...bytes, left]);
}
