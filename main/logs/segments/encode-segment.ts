import { crc32 } from 'node:zlib';
import type { EncodedSegment, LogRecord } from '../pipeline-types.ts';
import { BitWriter } from './bit-coder.ts';
import { ByteWriter } from './bytes.ts';
import { foldWords } from './fold-words.ts';
import { GroupWriter } from './group-columns.ts';
import { MOST_WORDINGS, variedValues } from './json-values.ts';
import { type Group, KindTable, orderOf } from './kind-table.ts';
import { LayoutTable } from './layouts.ts';
import { writeNumbers } from './number-column.ts';
import { attributesAsTexts, endingAt, type PackedRecords, packRecords, wholeText } from './packed-records.ts';
import { writeRest } from './rest-part.ts';
import {
  ENDINGS,
  HAS_FIVE_DIGITS,
  HAS_MACS,
  IS_SMALL,
  joinParts,
  LOOSE_ROWS,
  SMALL_RECORDS,
  type WrittenPart,
  writeMeta,
} from './segment-format.ts';
import { writeTexts } from './text-column.ts';
import { buildFilter, HashSet, hashesOf, hashMacs } from './word-filter.ts';

export { SEGMENT_RECORDS } from './segment-format.ts';

/** A chunk of columns is closed at this size: what a query must unpack to show one line. */
const CHUNK_BYTES = 65_536;
/** The same in small blocks, in values. */
const CHUNK_VALUES = 2000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
const BEYOND_ASCII = /[^\x00-\x7f]/;
/** By place in ENDINGS. */
const END_BYTES = ENDINGS.map((ending) => ({ lf: 1, crlf: 2, none: 0 })[ending]);

/**
 * Packs records of one source into a block: layouts once, variables in columns by template and
 * place, numbers as numbers, times of lines not at all (clock-field.ts), zstd. Decodes to the same records in order of (at, id).
 */
export function encodeSegment(o: About & { readonly records: readonly LogRecord[] }): EncodedSegment {
  return encodePacked({ ...o, records: packRecords(o.records) });
}
type About = {
  readonly sourceId: string;
  readonly partition: string;
  /** the source's, for whoever needs the bytes of a line */
  readonly encoding: string;
};

export function encodePacked(o: About & { readonly records: PackedRecords }): EncodedSegment {
  const { records } = o;
  const { at, ids } = records;
  const n = ids.length;
  if (n === 0) throw new RangeError('a segment has records');
  const text = wholeText(records);
  const layouts = new LayoutTable(records, text);
  const layoutOf = layouts.addAll();
  const { bytes, kinds, lines } = encodeLines({
    ...o,
    text,
    layouts,
    layoutOf,
    words: new HashSet(),
    attributes: encodeAttributes(records),
  });
  return {
    sourceId: o.sourceId,
    partition: o.partition,
    bytes,
    checksum: crc32(bytes),
    firstId: ids.reduce((least, id) => Math.min(least, id)),
    lastId: ids.reduce((most, id) => Math.max(most, id)),
    records: n,
    lines,
    rawBytes: rawBytesOf(records, text),
    minAt: at[0] as number,
    maxAt: at[n - 1] as number,
    meta: writeMeta(kinds.templates(), kinds.levels(), kinds.serviceNames()),
  };
}

/** Below this many rows a block of attributes would cost more than it saves. */
const ATTRIBUTE_ROWS = 32;
/** Layouts of attributes among so many rows: where nearly every row has its own, columns save nothing. */
const ROWS_A_LAYOUT = 4;
/**
 * Attributes as a block of their own in the block, with columns by layout: nothing is looked for in them, so it has no filter,
 * and its lines have the instants of the block around it. null: they are better kept as texts.
 */
function encodeAttributes(records: PackedRecords): Uint8Array | null {
  if (!records.attributes || records.ids.length < ATTRIBUTE_ROWS) return null;
  const inner = attributesAsTexts(records, records.attributes);
  const text = wholeText(inner);
  for (const most of MOST_WORDINGS) {
    const layouts = new LayoutTable(inner, text, variedValues(text, inner.textStarts, most));
    const layoutOf = layouts.addAll();
    if (layouts.size * ROWS_A_LAYOUT > inner.ids.length) continue;
    const about = { sourceId: '', partition: '', encoding: '' };
    return encodeLines({ ...about, records: inner, text, layouts, layoutOf, words: null, attributes: null })
      .bytes;
  }
  return null;
}

type Lines = About & {
  readonly records: PackedRecords;
  readonly text: string;
  readonly layouts: LayoutTable;
  readonly layoutOf: Float64Array;
  /** null: nothing is looked for in the block, and the instants stand elsewhere */
  readonly words: HashSet | null;
  readonly attributes: Uint8Array | null;
};
function encodeLines(o: Lines): { bytes: Uint8Array; kinds: KindTable; lines: number } {
  const { records, text, layouts, layoutOf, words } = o;
  const { at, ids, textStarts } = records;
  const n = ids.length;
  const kinds = new KindTable(records);
  const isSmall = n <= SMALL_RECORDS;
  if (isSmall) layouts.planHeads(layoutOf, records.templates);
  const kindOf = new Float64Array(n);
  let lines = 0;
  for (let row = 0; row < n; row++) {
    const layout = layoutOf[row] as number;
    kindOf[row] = kinds.add(row, layout, layouts.tailVariables(layout), layouts.headOf(layout));
    if (words && layouts.joins(layout))
      hashesOf(foldWords(text.slice(textStarts[row], textStarts[row + 1])), words.add);
    lines += records.lines[row] as number;
  }
  if (words) for (const piece of layouts.constants()) hashesOf(foldWords(piece), words.add);
  // folding may make an address of what is beyond ASCII: such a block is always looked into
  const hasMacs = words !== null && !BEYOND_ASCII.test(text);
  if (words && hasMacs) hashMacs(text, words.add);
  const variables = packVariables(kinds.groups, { records, text, layouts, words, isSmall });
  const part = (write: (out: ByteWriter) => void): WrittenPart => {
    const out = newPart(isSmall);
    write(out);
    return closePart(out);
  };
  const { bytes: about } = part((out) => {
    for (const text of [o.sourceId, o.partition, o.encoding]) out.text(text);
    out.varint(n);
    out.varint(lines);
  });
  const flags = variables.unindexed | HAS_FIVE_DIGITS | (hasMacs ? HAS_MACS : 0) | (isSmall ? IS_SMALL : 0);
  const bytes = joinParts(about, flags, [
    { bytes: words ? buildFilter(words, n) : NOTHING, coded: NOTHING },
    part((out) => {
      layouts.write(out, kinds.headGroups);
      kinds.write(out, variables);
    }),
    part((out) => writeNumbers(out, kindOf)),
    part((out) => {
      if (!words) return;
      writeNumbers(out, at);
      writeNumbers(out, ids);
    }),
    part((out) => writeRest(out, records, { text, attributes: o.attributes })),
    ...variables.parts,
  ]);
  return { bytes, kinds, lines };
}

const NOTHING = new Uint8Array(0);
type PartWriter = ByteWriter<BitWriter>;
const newPart = (isSmall: boolean): PartWriter => new ByteWriter(isSmall ? new BitWriter() : null);
const closePart = (out: PartWriter): WrittenPart => ({
  bytes: out.view(),
  coded: out.bits?.finish() ?? NOTHING,
});

/** Of all lines with their ends. */
function rawBytesOf(records: PackedRecords, text: string): number {
  const { textStarts, units } = records;
  const raw = new Map(records.raw.map(({ row, bytes }) => [row, bytes.length]));
  const isAscii = units.BYTES_PER_ELEMENT === 1;
  let sum = 0;
  for (let row = 0; row < records.ids.length; row++) {
    const [start, end] = [textStarts[row] as number, textStarts[row + 1] as number];
    sum += raw.get(row) ?? (isAscii ? end - start : Buffer.byteLength(text.slice(start, end)));
    sum += END_BYTES[endingAt(records, row)] ?? 0;
  }
  return sum;
}

/**
 * Groups of enough rows in columns, large ones first, in chunks; the variables of the others one after another. Chunks of a small
 * block are coded each by itself, with what is text of all of them in one part: it is little, and much alike.
 */
function packVariables(
  groups: readonly Group[],
  o: { records: PackedRecords; text: string; layouts: LayoutTable; words: HashSet | null; isSmall: boolean },
): { parts: WrittenPart[]; chunkOf: Float64Array; startOf: Float64Array; unindexed: number } {
  const writer = new GroupWriter({ at: o.records.at, layouts: o.layouts, words: o.words });
  const { isSmall } = o;
  const isColumns = ({ rows }: Group): boolean => rows.length >= LOOSE_ROWS;
  const bySize = orderOf(groups.map(({ rows, variables }) => rows.length * variables));
  const chunkOf = new Float64Array(groups.length);
  const startOf = new Float64Array(groups.length);
  const chunks: PartWriter[] = [];
  const shared = isSmall ? newPart(true) : null;
  if (shared) writer.writeQuads(shared, groups.filter(isColumns));
  let values = 0;
  for (const i of bySize) {
    const group = groups[i] as Group;
    if (!isColumns(group)) continue;
    let chunk = chunks.at(-1);
    if (!chunk || (isSmall ? values >= CHUNK_VALUES : chunk.length >= CHUNK_BYTES)) {
      if (chunk && shared) shared.raw(chunk.view());
      chunk = newPart(isSmall);
      chunks.push(chunk);
      values = 0;
    }
    chunkOf[i] = chunks.length;
    // groups of a small block's chunk share what a bit coder learnt: they are read one after another
    startOf[i] = shared ? shared.length : chunk.length;
    writer.write(chunk, group);
    values += group.rows.length * group.variables;
  }
  const last = chunks.at(-1);
  if (last && shared) shared.raw(last.view());
  const looseTexts: string[] = [];
  const { textStarts } = o.records;
  for (const group of groups) {
    if (isColumns(group)) continue;
    const { rows, variables } = group;
    for (const row of rows) {
      for (let v = 0; v < variables; v++) looseTexts.push(o.layouts.tails.variable(row, v));
      if (o.words) hashesOf(foldWords(o.text.slice(textStarts[row], textStarts[row + 1])), o.words.add);
    }
  }
  const loose = newPart(isSmall);
  loose.varint(looseTexts.length);
  writeTexts(loose, looseTexts);
  const columns = shared
    ? [closePart(shared), ...chunks.map((chunk) => ({ ...closePart(chunk), bytes: NOTHING }))]
    : chunks.map(closePart);
  return { parts: [closePart(loose), ...columns], chunkOf, startOf, unindexed: writer.unindexed };
}
