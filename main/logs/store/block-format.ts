/** How a block stands in its file: a table of parts with a checksum, the filter of words, then each part through zstd. */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { IntPlan } from './columns.ts';

/** Records of a full block: enough for columns to compress, few enough to open in milliseconds. */
export const BLOCK_RECORDS = 16_384;

/** What is alike is compressed together. */
export const STREAMS = ['ints', 'places', 'digits', 'hex', 'words', 'texts'] as const;
export type StreamName = (typeof STREAMS)[number];
/** Bytes of a stream: columns stand in it in the order in which they were written. */
type Span = readonly [stream: number, bytes: number];
export type Ints = readonly [plan: IntPlan, span: Span];
/** `width`: units each text has; 0: lines; -1: JSON */
export type Texts = readonly [width: number, span: Span];
/**
 * c: all the same; s: as an earlier column; t: a number of the instant, w: a word of it; n: numbers; d: places in a dictionary; x: texts.
 * Numbers stand between `head` and `tail`, of so many digits (0: as they are).
 */
export type Column =
  | readonly ['c', text: string]
  | readonly ['s', column: number]
  | readonly ['t', head: string, tail: string, width: number, field: number]
  | readonly ['w', field: number]
  | readonly ['n', head: string, tail: string, width: number, numbers: Ints]
  | readonly ['d', words: number, texts: Texts, places: Ints]
  | readonly ['x', texts: Texts];
/**
 * Texts with the same gaps. `joins`: their words can be told from whole texts alone. `isLoose`: a word may stand otherwise in a line
 * than its tokens and gaps do in the group, since some token has other things in it: the rest of a long text, full-width marks.
 */
export type Group = {
  readonly gaps: readonly string[];
  readonly columns: readonly Column[];
  readonly joins?: true;
  readonly isLoose?: true;
};
/** What many lines have in common; `level` and `ending` as places in LEVEL_ORDER and ENDINGS; attributes -1: none. */
export type Kind = {
  readonly template: number;
  readonly level: number;
  readonly service: string | null;
  readonly ending: number;
  readonly guessed: boolean;
  readonly lines: number;
  readonly group: number;
  readonly attributes: number;
};
/** How hosts are kept: not at all, as a place in the text and a length (0: none), or as a column (with `=` before each). */
export type Hosts = null | { readonly places: Ints; readonly lengths: Ints } | { readonly column: Column };
/** Columns stand in the order of these fields. */
export type BlockHead = {
  readonly sourceId: string;
  /** the source's, for whoever needs the bytes of a line */
  readonly encoding: string;
  readonly records: number;
  readonly zone: number;
  readonly at: Ints;
  readonly id: Ints;
  readonly lines: readonly Group[];
  readonly attributes: readonly Group[];
  readonly kinds: readonly Kind[];
  readonly kind: Ints;
  readonly hosts: Hosts;
  readonly raw: readonly (readonly [row: number, base64: string])[];
};

/** The block does not read as what was written. */
export class DamagedBlock extends Error {
  override readonly name = 'DamagedBlock';
}
/** Whatever goes wrong inside while a block is read is the block's fault. */
export function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof DamagedBlock) throw cause;
    throw new DamagedBlock('unreadable', { cause });
  }
}

/** What a block can be found by. Bit n of `unindexed`: numbers of n digits are not all in it. */
export type WordFilter = { readonly bits: Uint8Array; readonly unindexed: number };

const MAGIC = 0x31425254; // TRB1
const PARTS = STREAMS.length + 1;
/** magic, checksum, unindexed digits, bytes of the filter; per part its bytes before and after zstd */
const TABLE_BYTES = 16 + 8 * PARTS;
/** More memory is not needed for a part, less would lose repeats. */
const WINDOW_LOG = 22;
/** 3 is up to a sixth larger at the same time, 19 a tenth smaller at twice the time (lab of blocks). */
const LEVEL = 9;

const pack = (bytes: Uint8Array): Uint8Array =>
  bytes.length === 0
    ? bytes
    : zstdCompressSync(bytes, {
        params: {
          [constants.ZSTD_c_compressionLevel]: LEVEL,
          [constants.ZSTD_c_windowLog]: WINDOW_LOG,
        },
      });

/** @param parts the head, then the streams */
export function joinParts(parts: readonly Uint8Array[], filter: WordFilter): Uint8Array {
  const packed = parts.map(pack);
  const table = Buffer.alloc(TABLE_BYTES);
  table.writeUInt32LE(MAGIC, 0);
  table.writeUInt32LE(filter.unindexed, 8);
  table.writeUInt32LE(filter.bits.length, 12);
  packed.forEach((part, i) => {
    table.writeUInt32LE((parts[i] as Uint8Array).length, 16 + 8 * i);
    table.writeUInt32LE(part.length, 20 + 8 * i);
  });
  // the filter is read without the rest
  table.writeUInt32LE(crc32(filter.bits, crc32(table.subarray(8))), 4);
  return Buffer.concat([table, filter.bits, ...packed]);
}

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const isBlock = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && viewOf(bytes).readUInt32LE(0) === MAGIC;
/** Bytes to read for a filter; if they are too few, all of the block. */
export const FILTER_GUESS = 32_768;
/** null: `bytes` are cut off before its end. @throws DamagedBlock */
export function readFilter(bytes: Uint8Array): WordFilter | null {
  if (bytes.length < TABLE_BYTES) throw new DamagedBlock('too short');
  const table = viewOf(bytes);
  if (!isBlock(bytes)) throw new DamagedBlock('not a block');
  const end = TABLE_BYTES + table.readUInt32LE(12);
  if (end > bytes.length) return null;
  if (crc32(bytes.subarray(8, end)) !== table.readUInt32LE(4))
    throw new DamagedBlock('checksum of the filter');
  return { bits: bytes.subarray(TABLE_BYTES, end), unindexed: table.readUInt32LE(8) };
}
/** The parts of a whole block, unpacked when they are asked for. @throws DamagedBlock */
export function readParts(bytes: Uint8Array): readonly (() => Uint8Array)[] {
  const filter = readFilter(bytes);
  if (!filter) throw new DamagedBlock('cut off');
  const table = viewOf(bytes);
  let start = TABLE_BYTES + filter.bits.length;
  return Array.from({ length: PARTS }, (_, i) => {
    const length = table.readUInt32LE(16 + 8 * i);
    const from = start;
    start += table.readUInt32LE(20 + 8 * i);
    const packed = bytes.subarray(from, start);
    let whole: Uint8Array | null = null;
    return () => {
      whole ??= packed.length === 0 ? packed : zstdDecompressSync(packed, { maxOutputLength: length + 1 });
      if (whole.length !== length) throw new DamagedBlock('a part of another length');
      return whole;
    };
  });
}
