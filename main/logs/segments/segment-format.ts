import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  crc32,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import type { LineEnding } from '../pipeline-types.ts';
import type { Level } from '../types.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { MAC_DIGITS } from './word-filter.ts';

/** Records of a full segment, or a quarter more: enough for columns to compress, few enough to decode in milliseconds. */
export const SEGMENT_RECORDS = 16_384;
/** 0: the line has no level */
export const LEVEL_ORDER: readonly (Level | null)[] = [
  null,
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
];
export const ENDINGS: readonly LineEnding[] = ['lf', 'crlf', 'none'];

const MAGIC = 0x31534c54; // TLS1
const VERSION = 4;
/** Of a block with at most so many records the numbers are coded bit by bit: dearer by the row, and smaller. */
export const SMALL_RECORDS = 4096;
/**
 * Most records of a block of several days, or of what is left of a day that is over. Twice as many are a fourteenth smaller by the line,
 * and a line of the past, for which all of a small block is read, comes half as soon.
 */
export const SHARED_RECORDS = 2048;
/** below this many rows the columns of a group would cost more than they save */
export const LOOSE_ROWS = 4;

/** The parts of a block, each compressed by itself, in this order; column chunks follow. */
export const FILTER = 0;
export const KINDS = 1;
export const ROWS = 2;
export const TIMES = 3;
export const REST = 4;
export const LOOSE = 5;
export const FIRST_CHUNK = 6;
/** Of a small block, before its chunks: the addresses, and what is text in any chunk. */
export const SHARED = 6;

/** The block does not read as what was written. */
export class DamagedSegment extends Error {
  override readonly name = 'DamagedSegment';
}

const LEVEL = 3;
/** Slower than zstd by far, and smaller: for the little of a small block that is text. */
const BROTLI_QUALITY = 10;
const pack = (bytes: Uint8Array, isSmall: boolean): Uint8Array => {
  if (bytes.length < (isSmall ? 16 : 48)) return bytes;
  const packed = isSmall
    ? brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      })
    : zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  return packed.length < bytes.length ? packed : bytes;
};

/** What is packed by zstd or brotli, and what a bit coder wrote: as small as it gets already. */
export type WrittenPart = { readonly bytes: Uint8Array; readonly coded: Uint8Array };

/** Joins the parts (`flags`: digits of numbers that are not in the filter, HAS_… of what is, IS_SMALL): magic, version, what is said of the block, the table of parts, a checksum of all that, the parts. */
export function joinParts(about: Uint8Array, flags: number, parts: readonly WrittenPart[]): Uint8Array {
  const isSmall = (flags & IS_SMALL) !== 0;
  const packed = parts.map((part, i) => (i === FILTER ? part.bytes : pack(part.bytes, isSmall)));
  const head = new ByteWriter();
  head.blob(about);
  head.varint(flags);
  head.varint(parts.length);
  parts.forEach((part, i) => {
    head.varint((packed[i] as Uint8Array).length);
    head.varint(part.bytes.length);
    if (isSmall) head.varint(part.coded.length);
  });
  const fixed = 13;
  const size =
    fixed +
    head.length +
    parts.reduce((sum, { coded }, i) => sum + (packed[i] as Uint8Array).length + coded.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint32(5, head.length, true);
  bytes.set(head.view(), fixed);
  let at = fixed + head.length;
  parts.forEach(({ coded }, i) => {
    for (const piece of [packed[i] as Uint8Array, coded]) {
      bytes.set(piece, at);
      at += piece.length;
    }
  });
  // the filter is read without the rest, so the head's checksum covers it
  view.setUint32(9, crc32(packed[FILTER] as Uint8Array, crc32(head.view())), true);
  return bytes;
}

type Part = {
  readonly start: number;
  readonly packed: number;
  readonly length: number;
  /** bytes of coded bits behind the packed ones */
  readonly coded: number;
};
/** Set in blocks that can be found by what older ones cannot: hardware addresses, numbers of five digits. */
export const HAS_MACS = 1 << 20;
export const HAS_FIVE_DIGITS = 1 << 21;
/** Set in blocks of few records, whose columns a bit coder wrote. */
export const IS_SMALL = 1 << 22;
const unindexedIn = (stored: number): number =>
  (stored & 0xffff) | (stored & HAS_MACS ? 0 : 1 << MAC_DIGITS) | (stored & HAS_FIVE_DIGITS ? 0 : 1 << 5);

/** What a block can be found by. Bit n of `unindexed`: numbers of n digits are not all in it; 20: hardware addresses are not. */
export type WordFilter = { readonly bits: Uint8Array; readonly unindexed: number };
export type Head = {
  readonly version: number;
  readonly isSmall: boolean;
  readonly about: ByteReader;
  readonly parts: readonly Part[];
  readonly filter: Uint8Array;
  readonly unindexed: number;
};

/** How many bytes from the block's start the head and its filter take, from the first 13 bytes; at least. */
export const HEAD_GUESS = 32_768;

/** Reads the head. `bytes` may be cut after the filter; null: it is cut before that. @throws DamagedSegment */
export function readHead(bytes: Uint8Array): Head | null {
  if (bytes.length < 13) throw new DamagedSegment('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint8(4);
  if (view.getUint32(0, true) !== MAGIC || version < 1 || version > VERSION)
    throw new DamagedSegment('not a segment');
  const length = view.getUint32(5, true);
  if (13 + length > bytes.length) return null;
  const headBytes = bytes.subarray(13, 13 + length);
  try {
    const head = new ByteReader(headBytes);
    const about = new ByteReader(head.blob());
    const flags = head.varint();
    const isSmall = (flags & IS_SMALL) !== 0;
    const count = head.varint();
    const parts: Part[] = [];
    let start = 13 + length;
    for (let i = 0; i < count; i++) {
      const part = {
        start,
        packed: head.varint(),
        length: head.varint(),
        coded: isSmall ? head.varint() : 0,
      };
      parts.push(part);
      start += part.packed + part.coded;
    }
    const first = parts[FILTER];
    if (!first) throw new DamagedSegment('no filter');
    if (first.start + first.packed > bytes.length) return null;
    const filter = bytes.subarray(first.start, first.start + first.packed);
    if (crc32(filter, crc32(headBytes)) !== view.getUint32(9, true))
      throw new DamagedSegment('checksum of the head');
    return { version, isSmall, about, parts, filter, unindexed: unindexedIn(flags) };
  } catch (cause) {
    if (cause instanceof DamagedSegment) throw cause;
    throw new DamagedSegment('head', { cause });
  }
}
/** What a bit coder wrote of a part. */
export function codedOf(bytes: Uint8Array, { start, packed, coded }: Part): Uint8Array {
  const found = bytes.subarray(start + packed, start + packed + coded);
  if (found.length !== coded) throw new DamagedSegment('cut off');
  return found;
}
export function unpackPart(bytes: Uint8Array, part: Part, isSmall: boolean): Uint8Array {
  const packed = bytes.subarray(part.start, part.start + part.packed);
  if (packed.length !== part.packed) throw new DamagedSegment('cut off');
  if (part.packed === part.length) return packed;
  const unpack = isSmall ? brotliDecompressSync : zstdDecompressSync;
  const whole = unpack(packed, { maxOutputLength: part.length + 1 });
  if (whole.length !== part.length) throw new DamagedSegment('a part of another length');
  return whole;
}

/** What a search needs to pass a segment by, kept in its row: templates in it, levels, services. */
export type SegmentMeta = {
  /** rising */
  readonly templates: Float64Array;
  /** bit i: LEVEL_ORDER[i] is in it */
  readonly levels: number;
  /** '' for none */
  readonly services: ReadonlySet<string>;
};
export function writeMeta(
  templates: Iterable<number>,
  levels: number,
  services: Iterable<string>,
): Uint8Array {
  const out = new ByteWriter();
  out.u8(levels);
  const names = [...services];
  out.varint(names.length);
  for (const name of names) out.text(name);
  const ids = [...templates].sort((a, b) => a - b);
  out.varint(ids.length);
  let before = 0;
  for (const id of ids) {
    out.signed(id - before);
    before = id;
  }
  return out.view().slice();
}
export function readMeta(bytes: Uint8Array): SegmentMeta {
  const input = new ByteReader(bytes);
  const levels = input.u8();
  const services = new Set(Array.from({ length: input.varint() }, () => input.text()));
  let id = 0;
  const templates = new Float64Array(input.varint());
  for (let i = 0; i < templates.length; i++) {
    id += input.signed();
    templates[i] = id;
  }
  return { templates, levels, services };
}
export function holdsTemplate({ templates }: SegmentMeta, id: number): boolean {
  let [low, high] = [0, templates.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((templates[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return templates[low] === id;
}
