import { crc32 } from 'node:zlib';
import type { LogRecord } from '../pipeline-types.ts';
import { BitReader } from './bit-coder.ts';
import { ByteReader } from './bytes.ts';
import { type Column, readGroup } from './group-columns.ts';
import { type Kinds, orderOf, readKinds } from './kind-table.ts';
import { readLayouts, type StoredLayout } from './layouts.ts';
import { readNumbers } from './number-column.ts';
import { readQuads } from './quad-table.ts';
import { type Rest, readRest } from './rest-part.ts';
import {
  codedOf,
  DamagedSegment,
  FIRST_CHUNK,
  type Head,
  KINDS,
  LEVEL_ORDER,
  LOOSE,
  LOOSE_ROWS,
  REST,
  ROWS,
  readHead,
  SHARED,
  SMALL_RECORDS,
  TIMES,
  unpackPart,
} from './segment-format.ts';
import { MAX_VARIABLES } from './split-text.ts';
import { readTexts, type TextColumn, textAt, textBytes } from './text-column.ts';

/** of a layout with what a search folds of it; of a row's line ends, lines and host */
const LAYOUT_BYTES = 1024;
const REST_BYTES = 32;

type Times = { readonly at: Float64Array; readonly id: Float64Array };
/**
 * A block, unpacked part by part as it is asked: kinds of lines first, then which row is of which kind, then times, then the
 * variables of one group. Anything that does not read as it was written is `DamagedSegment`.
 */
export class Segment {
  private readonly bytes: Uint8Array;
  private readonly head: Head;
  readonly sourceId: string;
  readonly partition: string;
  readonly encoding: string;
  readonly records: number;
  readonly lines: number;
  /** its numbers are coded bit by bit */
  private readonly isSmall: boolean;
  readonly layouts: readonly StoredLayout[];
  readonly kinds: Kinds;
  private kindsByRow: Float64Array | null = null;
  private timesRead: Times | null = null;
  private restRead: Rest | null = null;
  private looseRead: TextColumn | null = null;
  private sharedRead: { readonly input: ByteReader; readonly quads: Float64Array } | null = null;
  /** per row: which of its group's rows it is; for rows of loose groups, where its variables begin */
  private rankRead: Int32Array | null = null;
  /** per row: which of the rows of its head's group it is */
  private headRanks: Int32Array | null = null;
  private rowsOfGroup: Int32Array[] | null = null;
  private readonly columns = new Map<number, readonly Column[]>();
  private readonly chunks = new Map<number, Uint8Array>();

  /** @throws DamagedSegment */
  constructor(bytes: Uint8Array, checksum?: number) {
    if (checksum !== undefined && crc32(bytes) !== checksum) throw new DamagedSegment('checksum');
    const head = readHead(bytes);
    if (!head) throw new DamagedSegment('cut off');
    this.bytes = bytes;
    this.head = head;
    const { about } = head;
    this.sourceId = about.text();
    this.partition = about.text();
    this.encoding = about.text();
    this.records = about.varint();
    this.lines = about.varint();
    this.isSmall = head.isSmall;
    if (this.isSmall && this.records > SMALL_RECORDS) throw new DamagedSegment('too many records');
    const input = this.part(KINDS);
    this.layouts = readLayouts(input, head.version);
    this.kinds = readKinds(input);
  }
  private part(index: number): ByteReader {
    const part = this.head.parts[index];
    if (!part) throw new DamagedSegment('a part is missing');
    const coded = codedOf(this.bytes, part);
    return new ByteReader(
      unpackPart(this.bytes, part, this.isSmall),
      0,
      this.isSmall ? new BitReader(coded) : null,
    );
  }
  /** the kind of each row */
  get rows(): Float64Array {
    this.kindsByRow ??= readNumbers(this.part(ROWS), this.records);
    return this.kindsByRow;
  }
  get times(): Times {
    if (!this.timesRead) {
      const input = this.part(TIMES);
      this.timesRead = { at: readNumbers(input, this.records), id: readNumbers(input, this.records) };
    }
    return this.timesRead;
  }
  private get rest(): Rest {
    this.restRead ??= readRest(this.part(REST), this.records, (bytes) => this.attributeBlock(bytes));
    return this.restRead;
  }
  /** The block of attributes in this one, at the same instants. */
  private attributeBlock(bytes: Uint8Array): Segment {
    const block = new Segment(bytes);
    if (block.records !== this.records) throw new DamagedSegment('attributes of other lines');
    block.timesRead = this.times;
    return block;
  }
  private get loose(): TextColumn {
    if (!this.looseRead) {
      const input = this.part(LOOSE);
      this.looseRead = readTexts(input, input.varint());
    }
    return this.looseRead;
  }
  /** The rows of each group, rising. */
  groupRowsOf(group: number): Int32Array {
    this.rankRows();
    return this.rowsOfGroup?.[group] ?? new Int32Array(0);
  }
  private rankRows(): Int32Array {
    if (this.rankRead) return this.rankRead;
    const { rows } = this;
    const ranks = new Int32Array(this.records);
    const members = Array.from(this.kinds.groupRows, (n) => new Int32Array(n));
    const filled = new Int32Array(members.length);
    const count = (of: Int32Array, group: number, row: number): void => {
      const rank = filled[group] as number;
      filled[group] = rank + 1;
      of[row] = rank;
      (members[group] as Int32Array)[rank] = row;
    };
    const headOf = Int32Array.from(this.kinds.layoutOf, (layout) => this.layouts[layout]?.headGroup ?? -1);
    const headRanks = headOf.some((group) => group >= 0) ? new Int32Array(this.records) : null;
    for (let row = 0; row < ranks.length; row++) {
      const kind = rows[row] as number;
      const group = this.kinds.groupOf[kind] as number;
      if (group >= 0) count(ranks, group, row);
      const head = headOf[kind] as number;
      if (headRanks && head >= 0) count(headRanks, head, row);
    }
    this.headRanks = headRanks;
    let at = 0;
    members.forEach((of, group) => {
      if (of.length >= LOOSE_ROWS) return;
      for (const row of of) {
        ranks[row] = at;
        at += this.kinds.groupVariables[group] as number;
      }
    });
    this.rowsOfGroup = members;
    this.rankRead = ranks;
    return ranks;
  }
  isLoose(group: number): boolean {
    return (this.kinds.groupRows[group] as number) < LOOSE_ROWS;
  }
  get groups(): number {
    return this.kinds.groupRows.length;
  }
  /** The columns of a group that is not loose. */
  columnsOf(group: number): readonly Column[] {
    const known = this.columns.get(group);
    if (known) return known;
    if (this.isSmall) return this.smallChunk(group).get(group) ?? [];
    const { groupChunk, groupStart } = this.kinds;
    const index = groupChunk[group] as number;
    let chunk = this.chunks.get(index);
    if (!chunk) {
      chunk = this.part(FIRST_CHUNK + index - 1).bytes;
      this.chunks.set(index, chunk);
    }
    const columns = this.readColumns(new ByteReader(chunk, groupStart[group]), group, null);
    this.columns.set(group, columns);
    return columns;
  }
  private readColumns(input: ByteReader, group: number, quads: Float64Array | null): Column[] {
    const { at } = this.times;
    const rows = this.groupRowsOf(group);
    const variables = this.kinds.groupVariables[group] as number;
    return readGroup(input, rows.length, variables, (i) => at[rows[i] as number] as number, quads);
  }
  /** Of a small block, whose groups of one chunk are read one after another; until version 3 there was one chunk. */
  private smallChunk(of: number): Map<number, readonly Column[]> {
    const { groupRows, groupVariables, groupChunk, groupStart } = this.kinds;
    const index = groupChunk[of] as number;
    const isCut = this.head.version > 2;
    const shared = this.shared;
    const input = isCut
      ? new ByteReader(shared.input.bytes, groupStart[of], this.part(SHARED + index).bits)
      : shared.input;
    for (const group of orderOf(Array.from(groupRows, (rows, i) => rows * (groupVariables[i] as number))))
      if (!this.isLoose(group) && groupChunk[group] === index)
        this.columns.set(group, this.readColumns(input, group, shared.quads));
    return this.columns;
  }
  private get shared(): { readonly input: ByteReader; readonly quads: Float64Array } {
    if (!this.sharedRead) {
      const input = this.part(SHARED);
      this.sharedRead = { input, quads: readQuads(input, this.records * MAX_VARIABLES) };
    }
    return this.sharedRead;
  }
  /** The groups in whose columns the variables of a kind are: of its head, and of what stands behind. */
  groupsOf(kind: number): number[] {
    const head = this.layouts[this.kinds.layoutOf[kind] as number]?.headGroup ?? -1;
    return [head, this.kinds.groupOf[kind] as number].filter((group) => group >= 0);
  }
  private variable(row: number, layout: StoredLayout, v: number): string {
    const ranks = this.rankRows();
    const behind = v - layout.headVariables;
    if (behind < 0 && this.headRanks) return this.valueAt(layout.headGroup, v, this.headRanks[row] as number);
    const group = this.kinds.groupOf[this.rows[row] as number] as number;
    const rank = ranks[row] as number;
    return this.isLoose(group) ? textAt(this.loose, rank + behind) : this.valueAt(group, behind, rank);
  }
  private valueAt(group: number, v: number, rank: number): string {
    const column = this.columnsOf(group)[v];
    if (!column) throw new DamagedSegment('a column is missing');
    if (column.kind === 'texts') return textAt(column.column, rank);
    const digits = String(column.values[rank]);
    return column.padding > digits.length ? digits.padStart(column.padding, '0') : digits;
  }
  /** The text of a row as it was. */
  text(row: number): string {
    const layout = this.layouts[this.kinds.layoutOf[this.rows[row] as number] as number];
    if (!layout) throw new DamagedSegment('a layout is missing');
    const { pieces } = layout;
    let text = pieces[0] as string;
    for (let v = 1; v < pieces.length; v++) text += this.variable(row, layout, v - 1) + (pieces[v] as string);
    return text;
  }
  /** raw lines a row stands for */
  linesOf(row: number): number {
    return this.rest.lines[row] as number;
  }
  host(row: number): string | null {
    return this.rest.host(row, () => this.text(row));
  }
  attributes(row: number): string {
    return this.rest.attributes(row);
  }
  record(row: number): LogRecord {
    const { times, rest, kinds } = this;
    const kind = this.rows[row] as number;
    const ending = rest.ending(row);
    if (!ending) throw new DamagedSegment('no such line end');
    const text = this.text(row);
    return {
      id: times.id[row] as number,
      at: times.at[row] as number,
      atGuessed: rest.isGuessed(row),
      level: LEVEL_ORDER[kinds.levelOf[kind] as number] ?? null,
      service: kinds.services[kinds.serviceOf[kind] as number] ?? null,
      host: rest.host(row, () => text),
      template: kinds.templateOf[kind] as number,
      text,
      ending,
      lines: rest.lines[row] as number,
      attributes: rest.attributes(row),
      raw: rest.raw(row),
    };
  }
  /** Bytes it holds in memory by now, roughly: itself and what was unpacked of it. */
  get weight(): number {
    const perRow =
      (this.kindsByRow ? 8 : 0) +
      (this.timesRead ? 16 : 0) +
      (this.rankRead ? 8 : 0) +
      (this.headRanks ? 4 : 0) +
      (this.restRead ? REST_BYTES : 0);
    let bytes = this.bytes.length + LAYOUT_BYTES * this.layouts.length + perRow * this.records;
    for (const chunk of this.chunks.values()) bytes += chunk.length;
    for (const columns of this.columns.values())
      for (const column of columns)
        bytes += column.kind === 'numbers' ? 8 * column.values.length : textBytes(column.column);
    return bytes + (this.looseRead ? textBytes(this.looseRead) : 0) + (this.restRead?.weight ?? 0);
  }
}

/**
 * All records of a block, in order of (at, id).
 * @throws DamagedSegment when it is not what was written
 */
export function decodeRecords(bytes: Uint8Array, checksum?: number): LogRecord[] {
  return guarded(() => {
    const segment = new Segment(bytes, checksum);
    return Array.from({ length: segment.records }, (_, row) => segment.record(row));
  });
}
/** Whatever goes wrong inside while a block is read is the block's fault. */
export function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof DamagedSegment) throw cause;
    throw new DamagedSegment('unreadable', { cause });
  }
}
