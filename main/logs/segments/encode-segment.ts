import { crc32 } from 'node:zlib';
import type { EncodedSegment, LogRecord } from '../pipeline-types.ts';
import { ByteWriter } from './bytes.ts';
import { foldWords } from './fold-words.ts';
import { GroupWriter } from './group-columns.ts';
import { type Group, KindTable } from './kind-table.ts';
import { LayoutTable } from './layouts.ts';
import { writeNumbers } from './number-column.ts';
import { endingAt, type PackedRecords, packRecords, wholeText } from './packed-records.ts';
import { writeRest } from './rest-part.ts';
import { ENDINGS, HAS_FIVE_DIGITS, HAS_MACS, joinParts, LOOSE_ROWS, writeMeta } from './segment-format.ts';
import { writeTexts } from './text-column.ts';
import { buildFilter, HashSet, hashesOf, hashMacs } from './word-filter.ts';

export { SEGMENT_RECORDS } from './segment-format.ts';

/** A chunk of columns is closed at this size: what a query must unpack to show one line. */
const CHUNK_BYTES = 65_536;
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
const BEYOND_ASCII = /[^\x00-\x7f]/;
/** By place in ENDINGS. */
const END_BYTES = ENDINGS.map((ending) => ({ lf: 1, crlf: 2, none: 0 })[ending]);

/**
 * Packs records of one source and one day (in the site's zone) into a block: layouts once, variables in columns by template and
 * place, numbers as numbers, times of lines not at all (clock-field.ts), zstd. Decodes to the same records in order of (at, id).
 */
export function encodeSegment(o: About & { readonly records: readonly LogRecord[] }): EncodedSegment {
  return encodePacked({ ...o, records: packRecords(o.records) });
}
type About = {
  readonly sourceId: string;
  readonly day: string;
  /** the source's, for whoever needs the bytes of a line */
  readonly encoding: string;
};

export function encodePacked(o: About & { readonly records: PackedRecords }): EncodedSegment {
  const { records } = o;
  const { at, ids, textStarts } = records;
  const n = ids.length;
  if (n === 0) throw new RangeError('a segment has records');
  const text = wholeText(records);
  const layouts = new LayoutTable(records, text);
  const kinds = new KindTable(records);
  const words = new HashSet();
  const kindOf = new Float64Array(n);
  let lines = 0;
  for (let row = 0; row < n; row++) {
    const layout = layouts.add(row);
    kindOf[row] = kinds.add(row, layout, layouts.variables(layout));
    if (layouts.joins(layout))
      hashesOf(foldWords(text.slice(textStarts[row], textStarts[row + 1])), words.add);
    lines += records.lines[row] as number;
  }
  for (const text of layouts.constants()) hashesOf(foldWords(text), words.add);
  // folding may make an address of what is beyond ASCII: such a block is always looked into
  const hasMacs = !BEYOND_ASCII.test(text);
  if (hasMacs) hashMacs(text, words.add);
  const variables = packVariables(kinds.groups, { records, text, layouts, words });
  const part = (write: (out: ByteWriter) => void): Uint8Array => {
    const out = new ByteWriter();
    write(out);
    return out.view();
  };
  const about = part((out) => {
    for (const text of [o.sourceId, o.day, o.encoding]) out.text(text);
    out.varint(n);
    out.varint(lines);
  });
  const bytes = joinParts(about, variables.unindexed | HAS_FIVE_DIGITS | (hasMacs ? HAS_MACS : 0), [
    buildFilter(words),
    part((out) => {
      layouts.write(out);
      kinds.write(out, variables);
    }),
    part((out) => writeNumbers(out, kindOf)),
    part((out) => {
      writeNumbers(out, at);
      writeNumbers(out, ids);
    }),
    part((out) => writeRest(out, records, text)),
    ...variables.parts,
  ]);
  return {
    sourceId: o.sourceId,
    day: o.day,
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

/** Groups of enough rows in columns, large ones first, in chunks; the variables of the others one after another. */
function packVariables(
  groups: readonly Group[],
  o: { records: PackedRecords; text: string; layouts: LayoutTable; words: HashSet },
): { parts: Uint8Array[]; chunkOf: Float64Array; startOf: Float64Array; unindexed: number } {
  const writer = new GroupWriter({ at: o.records.at, layouts: o.layouts, words: o.words });
  const size = (i: number): number => (groups[i] as Group).rows.length * (groups[i] as Group).variables;
  const bySize = [...groups.keys()].sort((a, b) => size(b) - size(a) || a - b);
  const chunkOf = new Float64Array(groups.length);
  const startOf = new Float64Array(groups.length);
  const chunks: ByteWriter[] = [];
  const looseTexts: string[] = [];
  const { textStarts } = o.records;
  for (const i of bySize) {
    const group = groups[i] as Group;
    if (group.rows.length < LOOSE_ROWS) continue;
    let chunk = chunks.at(-1);
    if (!chunk || chunk.length >= CHUNK_BYTES) {
      chunk = new ByteWriter();
      chunks.push(chunk);
    }
    chunkOf[i] = chunks.length;
    startOf[i] = chunk.length;
    writer.write(chunk, group);
  }
  for (const { rows, variables } of groups) {
    if (rows.length >= LOOSE_ROWS) continue;
    for (const row of rows) {
      for (let v = 0; v < variables; v++) looseTexts.push(o.layouts.variable(row, v));
      hashesOf(foldWords(o.text.slice(textStarts[row], textStarts[row + 1])), o.words.add);
    }
  }
  const loose = new ByteWriter();
  loose.varint(looseTexts.length);
  writeTexts(loose, looseTexts);
  return { parts: [loose, ...chunks].map((c) => c.view()), chunkOf, startOf, unindexed: writer.unindexed };
}
