import type { LineEnding } from '../pipeline-types.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { endingAt, isGuessedAt, type PackedRecords } from './packed-records.ts';
import { ENDINGS } from './segment-format.ts';
import { readTexts, textAt, textBytes, writeTexts } from './text-column.ts';

const GUESSED = 4;
/** How hosts are kept: not at all, as texts, or as the place where the line itself says them. */
const NO_HOSTS = 0;
const HOST_TEXTS = 1;
const HOSTS_IN_TEXT = 2;

/** How attributes are kept: none has any, as texts, or as a block whose lines they are. */
const NO_ATTRIBUTES = 0;
const ATTRIBUTE_TEXTS = 1;
const ATTRIBUTE_BLOCK = 2;

/** What few lines have, or all alike: raw lines, line ends, hosts, attributes, bytes that the text would not give back. */
export function writeRest(
  out: ByteWriter,
  records: PackedRecords,
  o: { readonly text: string; readonly attributes: Uint8Array | null },
): void {
  const { attributes, raw } = records;
  const n = records.ids.length;
  const flags = new Float64Array(n);
  for (let i = 0; i < n; i++) flags[i] = endingAt(records, i) + (isGuessedAt(records, i) ? GUESSED : 0);
  writeNumbers(out, Float64Array.from(records.lines));
  writeNumbers(out, flags);
  if (records.hasHosts) writeHosts(out, records, o.text);
  else out.u8(NO_HOSTS);
  if (!attributes) out.u8(NO_ATTRIBUTES);
  else if (o.attributes) {
    out.u8(ATTRIBUTE_BLOCK);
    out.blob(o.attributes);
  } else {
    out.u8(ATTRIBUTE_TEXTS);
    writeTexts(out, attributes);
  }
  out.varint(raw.length);
  for (const { row, bytes } of raw) {
    out.varint(row);
    out.blob(bytes);
  }
}
function writeHosts(out: ByteWriter, { hosts, words, textStarts }: PackedRecords, text: string): void {
  const names = Array.from(hosts, (place) => words[place] ?? null);
  const lengths = Float64Array.from(names, (host) => (host === null ? 0 : host.length + 1));
  const places = Float64Array.from(names, (host, row) =>
    host === null ? 0 : text.slice(textStarts[row], textStarts[row + 1]).indexOf(host),
  );
  const inText = !places.includes(-1);
  out.u8(inText ? HOSTS_IN_TEXT : HOST_TEXTS);
  writeNumbers(out, lengths);
  if (inText) writeNumbers(out, places);
  else
    writeTexts(
      out,
      names.map((host) => host ?? ''),
    );
}

export type Rest = {
  readonly lines: Float64Array;
  ending(row: number): LineEnding | undefined;
  isGuessed(row: number): boolean;
  /** `text`: gives the row's text, where the host is part of it */
  host(row: number, text: () => string): string | null;
  attributes(row: number): string;
  raw(row: number): Uint8Array | null;
  /** bytes the attributes hold in memory by now, roughly */
  readonly weight: number;
};
/** What is asked of a block of attributes. */
export type AttributeBlock = { readonly records: number; readonly weight: number; text(row: number): string };
/** @param block reads a block of attributes, once it is asked for */
export function readRest(input: ByteReader, n: number, block: (bytes: Uint8Array) => AttributeBlock): Rest {
  const lines = readNumbers(input, n);
  const flags = readNumbers(input, n);
  const how = input.u8();
  const lengths = how === NO_HOSTS ? null : readNumbers(input, n);
  const places = how === HOSTS_IN_TEXT ? readNumbers(input, n) : null;
  const hosts = how === HOST_TEXTS ? readTexts(input, n) : null;
  const attributes = readAttributes(input, n, block);
  const raw = new Map<number, Uint8Array>();
  for (let left = input.varint(); left > 0; left--) {
    const row = input.varint();
    raw.set(row, new Uint8Array(input.blob()));
  }
  return {
    lines,
    ending: (row) => ENDINGS[(flags[row] as number) & 3],
    isGuessed: (row) => ((flags[row] as number) & GUESSED) !== 0,
    host(row, text) {
      const length = lengths ? (lengths[row] as number) : 0;
      if (length === 0) return null;
      if (hosts) return textAt(hosts, row);
      const start = places ? (places[row] as number) : 0;
      return text().slice(start, start + length - 1);
    },
    attributes: (row) => attributes.at(row),
    raw: (row) => raw.get(row) ?? null,
    get weight() {
      return attributes.weight();
    },
  };
}
type Attributes = { readonly at: (row: number) => string; readonly weight: () => number };
function readAttributes(
  input: ByteReader,
  n: number,
  block: (bytes: Uint8Array) => AttributeBlock,
): Attributes {
  switch (input.u8()) {
    case NO_ATTRIBUTES:
      return { at: () => '', weight: () => 0 };
    case ATTRIBUTE_TEXTS: {
      const column = readTexts(input, n);
      return { at: (row) => textAt(column, row), weight: () => textBytes(column) };
    }
    case ATTRIBUTE_BLOCK: {
      const bytes = input.blob();
      let read: AttributeBlock | null = null;
      return {
        at(row) {
          read ??= block(bytes);
          return read.text(row);
        },
        weight: () => read?.weight ?? bytes.length,
      };
    }
    default:
      throw new RangeError('no such attributes');
  }
}
