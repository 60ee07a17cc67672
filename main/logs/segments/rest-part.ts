import type { LineEnding } from '../pipeline-types.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { endingAt, isGuessedAt, type PackedRecords } from './packed-records.ts';
import { ENDINGS } from './segment-format.ts';
import { readTexts, type TextColumn, textAt, writeTexts } from './text-column.ts';

const GUESSED = 4;
/** How hosts are kept: not at all, as texts, or as the place where the line itself says them. */
const NO_HOSTS = 0;
const HOST_TEXTS = 1;
const HOSTS_IN_TEXT = 2;

/** What few lines have, or all alike: raw lines, line ends, hosts, attributes, bytes that the text would not give back. */
export function writeRest(out: ByteWriter, records: PackedRecords, text: string): void {
  const { attributes, raw } = records;
  const n = records.ids.length;
  const flags = new Float64Array(n);
  for (let i = 0; i < n; i++) flags[i] = endingAt(records, i) + (isGuessedAt(records, i) ? GUESSED : 0);
  writeNumbers(out, Float64Array.from(records.lines));
  writeNumbers(out, flags);
  if (records.hasHosts) writeHosts(out, records, text);
  else out.u8(NO_HOSTS);
  out.u8(attributes ? 1 : 0);
  if (attributes) writeTexts(out, attributes);
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
};
export function readRest(input: ByteReader, n: number): Rest {
  const lines = readNumbers(input, n);
  const flags = readNumbers(input, n);
  const how = input.u8();
  const lengths = how === NO_HOSTS ? null : readNumbers(input, n);
  const places = how === HOSTS_IN_TEXT ? readNumbers(input, n) : null;
  const hosts = how === HOST_TEXTS ? readTexts(input, n) : null;
  const attributes: TextColumn | null = input.u8() ? readTexts(input, n) : null;
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
    attributes: (row) => (attributes ? textAt(attributes, row) : ''),
    raw: (row) => raw.get(row) ?? null,
  };
}
