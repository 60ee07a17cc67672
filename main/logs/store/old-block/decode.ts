/**
 * Blocks as they were written before migration 210, read and never written: they are made anew as they are found (`convert.ts`).
 * Parts in this order: filter, kinds, rows, times, rest, loose; then chunks of columns, before which small blocks have shared things.
 */
import { brotliDecompressSync, crc32, zstdDecompressSync } from 'node:zlib';
import { DamagedBlock } from '../block-format.ts';
import { ENDINGS, LEVEL_ORDER, type LogRecord } from '../records.ts';
import { BitReader, ByteReader } from './bits.ts';
import { readGroup, readNumbers, readTexts } from './columns.ts';

const MAGIC = 0x31534c54;
const VERSION = 4;
const IS_SMALL = 1 << 22;
const KINDS = 1;
const ROWS = 2;
const TIMES = 3;
const REST = 4;
const LOOSE = 5;
const CHUNKS = 6;
const FIRST_PART = 13;
/** groups of fewer rows have no columns */
const LOOSE_ROWS = 4;

type Part = {
  readonly start: number;
  readonly packed: number;
  readonly length: number;
  readonly coded: number;
};
type Layout = {
  readonly pieces: readonly string[];
  readonly headVariables: number;
  readonly headGroup: number;
};
type Times = { readonly at: Float64Array; readonly id: Float64Array };
/** By row the text of one variable. */
type Variable = (row: number) => string;

export type OldBlock = { readonly encoding: string; readonly records: LogRecord[] };

/** @throws DamagedBlock, or whatever else comes of bytes that are not a block's */
export function decodeOldBlock(bytes: Uint8Array, checksum?: number): OldBlock {
  if (checksum !== undefined && crc32(bytes) !== checksum) throw new DamagedBlock('checksum');
  const block = new Parts(bytes);
  const { texts, kinds, rows } = linesOf(block, block.times());
  const { at, id } = block.times();
  const rest = readRest(block, texts);
  const records = texts.map((text, row): LogRecord => {
    const kind = rows[row] as number;
    const ending = ENDINGS[(rest.flags[row] as number) & 3];
    if (!ending) throw new DamagedBlock('no such line end');
    return {
      id: id[row] as number,
      at: at[row] as number,
      atGuessed: ((rest.flags[row] as number) & 4) !== 0,
      level: LEVEL_ORDER[kinds.levelOf[kind] as number] ?? null,
      service: kinds.services[kinds.serviceOf[kind] as number] ?? null,
      host: rest.host(row),
      template: kinds.templateOf[kind] as number,
      text,
      ending,
      lines: rest.lines[row] as number,
      attributes: rest.attributes[row] ?? '',
      raw: rest.raw.get(row) ?? null,
    };
  });
  return { encoding: block.encoding, records };
}

class Parts {
  readonly version: number;
  readonly isSmall: boolean;
  readonly encoding: string;
  readonly records: number;
  private readonly bytes: Uint8Array;
  private readonly parts: Part[] = [];
  private readonly unpacked = new Map<number, Uint8Array>();
  private timesRead: Times | null = null;

  constructor(bytes: Uint8Array, times: Times | null = null) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.version = view.getUint8(4);
    if (view.getUint32(0, true) !== MAGIC || this.version < 1 || this.version > VERSION)
      throw new DamagedBlock('not a block');
    this.bytes = bytes;
    this.timesRead = times;
    const length = view.getUint32(5, true);
    const head = new ByteReader(bytes.subarray(FIRST_PART, FIRST_PART + length));
    const about = new ByteReader(head.blob());
    about.text(); // the source
    about.text(); // the partition
    this.encoding = about.text();
    this.records = about.varint();
    this.isSmall = (head.varint() & IS_SMALL) !== 0;
    let start = FIRST_PART + length;
    for (let left = head.varint(); left > 0; left--) {
      const [packed, whole] = [head.varint(), head.varint()];
      const coded = this.isSmall ? head.varint() : 0;
      this.parts.push({ start, packed, length: whole, coded });
      start += packed + coded;
    }
  }
  part(index: number): ByteReader {
    const part = this.parts[index];
    if (!part) throw new DamagedBlock('a part is missing');
    const { start, packed, length, coded } = part;
    const own = this.bytes.subarray(start, start + packed);
    const unpack = this.isSmall ? brotliDecompressSync : zstdDecompressSync;
    const whole =
      this.unpacked.get(index) ?? (packed === length ? own : unpack(own, { maxOutputLength: length + 1 }));
    this.unpacked.set(index, whole);
    const bits = this.bytes.subarray(start + packed, start + packed + coded);
    if (whole.length !== length || bits.length !== coded) throw new DamagedBlock('cut off');
    return new ByteReader(whole, 0, this.isSmall ? new BitReader(bits) : null);
  }
  times(): Times {
    if (!this.timesRead) {
      const input = this.part(TIMES);
      this.timesRead = { at: readNumbers(input, this.records), id: readNumbers(input, this.records) };
    }
    return this.timesRead;
  }
}

function readLayouts(input: ByteReader, version: number): Layout[] {
  if (version === 1) {
    const counts = readNumbers(input, input.varint());
    readNumbers(input, counts.length); // which end with the rest of a long text
    const pieces = readTexts(input, input.varint());
    return cutBy(pieces, counts).map((own) => ({
      pieces: own,
      headVariables: 0,
      headGroup: -1,
    }));
  }
  const lists = () => {
    const counts = readNumbers(input, input.varint());
    return { counts, marks: readNumbers(input, counts.length) };
  };
  const heads = lists();
  const tails = lists();
  const n = input.varint();
  const headOf = readNumbers(input, n);
  const tailOf = readNumbers(input, n);
  const texts = readTexts(input, input.varint());
  const ofHeads = heads.counts.reduce((sum, count) => sum + count, 0);
  const headPieces = cutBy(texts, heads.counts);
  const tailPieces = cutBy(texts.slice(ofHeads), tails.counts);
  return Array.from(headOf, (head, i) => {
    const before = headPieces[head] ?? [];
    return {
      pieces: [...before, ...(tailPieces[tailOf[i] as number] ?? [])],
      headVariables: before.length,
      headGroup: (heads.marks[head] as number) - 1,
    };
  });
}

/** Lists of so many, one after another. */
function cutBy<T>(all: readonly T[], counts: Float64Array): T[][] {
  let at = 0;
  return Array.from(counts, (count) => {
    at += count;
    return all.slice(at - count, at);
  });
}

function readKinds(input: ByteReader) {
  const names = readTexts(input, input.varint());
  const groups = input.varint();
  const [variables, rows, chunk, start] = [0, 1, 2, 3].map(() => readNumbers(input, groups));
  const kinds = input.varint();
  let before: readonly Float64Array[] = [];
  const field = (): Float64Array => {
    const values = readNumbers(input, kinds, before);
    before = [values, ...before];
    return values;
  };
  const [layoutOf, templateOf, levelOf, serviceOf, groupOf] = [field(), field(), field(), field(), field()];
  const services: readonly (string | null)[] = [null, ...names];
  const sizes = { variables, rows, chunk, start } as Record<
    'variables' | 'rows' | 'chunk' | 'start',
    Float64Array
  >;
  return { services, sizes, layoutOf, templateOf, levelOf, serviceOf, groupOf };
}
type Kinds = ReturnType<typeof readKinds>;

function linesOf(block: Parts, times: Times): { texts: string[]; kinds: Kinds; rows: Float64Array } {
  const input = block.part(KINDS);
  const layouts = readLayouts(input, block.version);
  const kinds = readKinds(input);
  const rows = readNumbers(block.part(ROWS), block.records);
  const groups = new Groups(block, times, { layouts, kinds, rows });
  const texts = Array.from(rows, (kind, row) => {
    const layout = layouts[kinds.layoutOf[kind] as number];
    if (!layout) throw new DamagedBlock('a layout is missing');
    const { pieces, headVariables, headGroup } = layout;
    const own = kinds.groupOf[kind] as number;
    let text = pieces[0] as string;
    for (let v = 1; v < pieces.length; v++) {
      const isHead = v <= headVariables;
      const variable = groups.variable(isHead ? headGroup : own, isHead ? v - 1 : v - 1 - headVariables);
      text += variable(row) + (pieces[v] as string);
    }
    return text;
  });
  return { texts, kinds, rows };
}

/** The rows of each group, and the columns of their variables. */
class Groups {
  private readonly members: number[][];
  /** by group, which of its rows each row is */
  private readonly ranks: ReadonlyMap<number, number>[];
  private readonly columns = new Map<number, readonly (readonly string[])[]>();
  private readonly looseStarts = new Map<number, number>();
  private looseTexts: string[] | null = null;
  private shared: { readonly input: ByteReader; readonly quads: Float64Array } | null = null;
  private readonly block: Parts;
  private readonly times: Times;
  private readonly kinds: Kinds;

  constructor(
    block: Parts,
    times: Times,
    {
      layouts,
      kinds,
      rows,
    }: { readonly layouts: readonly Layout[]; readonly kinds: Kinds; readonly rows: Float64Array },
  ) {
    this.block = block;
    this.times = times;
    this.kinds = kinds;
    this.members = Array.from(kinds.sizes.rows, () => []);
    rows.forEach((kind, row) => {
      this.members[kinds.groupOf[kind] as number]?.push(row);
      this.members[layouts[kinds.layoutOf[kind] as number]?.headGroup ?? -1]?.push(row);
    });
    this.ranks = this.members.map((own) => new Map(own.map((row, rank) => [row, rank])));
    let at = 0;
    this.members.forEach((own, group) => {
      if (own.length >= LOOSE_ROWS) return;
      this.looseStarts.set(group, at);
      at += own.length * (kinds.sizes.variables[group] as number);
    });
  }
  variable(group: number, v: number): Variable {
    const ranks = this.ranks[group];
    if (!ranks) throw new DamagedBlock('a group is missing');
    const rankOf = (row: number): number => ranks.get(row) ?? -1;
    const loose = this.looseStarts.get(group);
    if (loose !== undefined) {
      const variables = this.kinds.sizes.variables[group] as number;
      return (row) => this.loose[loose + rankOf(row) * variables + v] as string;
    }
    const column = this.columnsOf(group)[v];
    if (!column) throw new DamagedBlock('a column is missing');
    return (row) => column[rankOf(row)] as string;
  }
  private get loose(): string[] {
    if (!this.looseTexts) {
      const input = this.block.part(LOOSE);
      this.looseTexts = readTexts(input, input.varint());
    }
    return this.looseTexts;
  }
  private columnsOf(group: number): readonly (readonly string[])[] {
    if (!this.columns.has(group)) {
      if (this.block.isSmall) this.readSmallChunk(group);
      else {
        const { chunk, start } = this.kinds.sizes;
        const { bytes } = this.block.part(CHUNKS + (chunk[group] as number) - 1);
        this.columns.set(group, this.read(new ByteReader(bytes, start[group]), group, null));
      }
    }
    return this.columns.get(group) ?? [];
  }
  private read(input: ByteReader, group: number, quads: Float64Array | null): readonly (readonly string[])[] {
    const own = this.members[group] ?? [];
    const at = (i: number): number => this.times.at[own[i] as number] as number;
    return readGroup(input, own.length, this.kinds.sizes.variables[group] as number, at, quads);
  }
  /** Groups of one chunk are read one after another, the largest first; until version 3 there was one chunk. */
  private readSmallChunk(of: number): void {
    const { rows, variables, chunk, start } = this.kinds.sizes;
    if (!this.shared) {
      const input = this.block.part(CHUNKS);
      this.shared = { input, quads: readNumbers(input, input.varint()) };
    }
    const { input: all, quads } = this.shared;
    const isCut = this.block.version > 2;
    const input = isCut
      ? new ByteReader(all.bytes, start[of], this.block.part(CHUNKS + (chunk[of] as number)).bits)
      : all;
    const sizes = Array.from(rows, (n, group) => n * (variables[group] as number));
    const order = [...sizes.keys()].sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
    for (const group of order)
      if ((rows[group] as number) >= LOOSE_ROWS && chunk[group] === chunk[of])
        this.columns.set(group, this.read(input, group, quads));
  }
}

function readRest(block: Parts, texts: readonly string[]) {
  const input = block.part(REST);
  const n = block.records;
  const lines = readNumbers(input, n);
  const flags = readNumbers(input, n);
  const how = input.u8();
  const lengths = how === 0 ? null : readNumbers(input, n);
  const places = how === 2 ? readNumbers(input, n) : null;
  const hosts = how === 1 ? readTexts(input, n) : null;
  const attributes = readAttributes(block, input);
  const raw = new Map<number, Uint8Array>();
  for (let left = input.varint(); left > 0; left--) {
    const row = input.varint();
    raw.set(row, new Uint8Array(input.blob()));
  }
  const host = (row: number): string | null => {
    const length = lengths?.[row] ?? 0;
    if (length === 0) return null;
    if (hosts) return hosts[row] ?? null;
    const start = places?.[row] ?? 0;
    return (texts[row] as string).slice(start, start + length - 1);
  };
  return { lines, flags, host, attributes, raw };
}
/** None has any, texts, or a block whose lines they are. */
function readAttributes(block: Parts, input: ByteReader): readonly string[] {
  switch (input.u8()) {
    case 0:
      return [];
    case 1:
      return readTexts(input, block.records);
    case 2: {
      const own = new Parts(input.blob(), block.times());
      if (own.records !== block.records) throw new DamagedBlock('attributes of other lines');
      return linesOf(own, block.times()).texts;
    }
    default:
      throw new DamagedBlock('no such attributes');
  }
}
