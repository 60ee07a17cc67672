/** Records in few long strings and typed arrays: they cross to the encoding thread at the speed of memory, and are read there without an object each. */
import { Buffer } from 'node:buffer';
import type { LogRecord } from '../pipeline-types.ts';
import { asBuffer } from './bytes.ts';
import { ENDINGS, LEVEL_ORDER } from './segment-format.ts';

/** Bits of `marks`. */
const LEVEL_BITS = 7;
const ENDING_SHIFT = 3;
const GUESSED = 32;

/** UTF-16 units; bytes where all are ASCII. */
export type Units = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** In order of (at, id). */
export type PackedRecords = {
  readonly ids: Float64Array<ArrayBuffer>;
  readonly at: Float64Array<ArrayBuffer>;
  readonly templates: Int32Array<ArrayBuffer>;
  readonly lines: Int32Array<ArrayBuffer>;
  /** level, ending, whether the time is a guess */
  readonly marks: Uint8Array<ArrayBuffer>;
  /** places in `words`, -1: none */
  readonly services: Int32Array<ArrayBuffer>;
  readonly hosts: Int32Array<ArrayBuffer>;
  readonly words: readonly string[];
  /** all texts, one after another; row i's is [textStarts[i], textStarts[i + 1]) */
  readonly units: Units;
  readonly textStarts: Int32Array<ArrayBuffer>;
  readonly hasHosts: boolean;
  /** null: none has any */
  readonly attributes: readonly string[] | null;
  readonly raw: readonly { readonly row: number; readonly bytes: Uint8Array }[];
};

const isSorted = (records: readonly LogRecord[]): boolean => {
  for (let i = 1; i < records.length; i++) {
    const [a, b] = [records[i - 1] as LogRecord, records[i] as LogRecord];
    if (b.at < a.at || (b.at === a.at && b.id < a.id)) return false;
  }
  return true;
};

export function packRecords(given: readonly LogRecord[]): PackedRecords {
  const records = isSorted(given) ? given : [...given].sort((a, b) => a.at - b.at || a.id - b.id);
  const n = records.length;
  const words: string[] = [];
  const known = new Map<string, number>();
  const wordOf = (word: string | null): number => {
    if (word === null) return -1;
    let place = known.get(word);
    if (place === undefined) {
      place = words.push(word) - 1;
      known.set(word, place);
    }
    return place;
  };
  const packed = {
    ids: new Float64Array(n),
    at: new Float64Array(n),
    templates: new Int32Array(n),
    lines: new Int32Array(n),
    marks: new Uint8Array(n),
    services: new Int32Array(n),
    hosts: new Int32Array(n),
    textStarts: new Int32Array(n + 1),
  };
  const texts: string[] = new Array(n);
  const raw: { row: number; bytes: Uint8Array }[] = [];
  let length = 0;
  let hasHosts = false;
  let hasAttributes = false;
  for (let i = 0; i < n; i++) {
    const r = records[i] as LogRecord;
    packed.ids[i] = r.id;
    packed.at[i] = r.at;
    packed.templates[i] = r.template;
    packed.lines[i] = r.lines;
    packed.marks[i] =
      LEVEL_ORDER.indexOf(r.level) |
      (ENDINGS.indexOf(r.ending) << ENDING_SHIFT) |
      (r.atGuessed ? GUESSED : 0);
    packed.services[i] = wordOf(r.service);
    packed.hosts[i] = wordOf(r.host);
    if (r.host !== null) hasHosts = true;
    if (r.attributes !== '') hasAttributes = true;
    texts[i] = r.text;
    length += r.text.length;
    packed.textStarts[i + 1] = length;
    if (r.raw) raw.push({ row: i, bytes: r.raw });
  }
  const attributes = hasAttributes ? records.map((r) => r.attributes) : null;
  return { ...packed, words, units: unitsOf(texts.join('')), hasHosts, attributes, raw };
}
function unitsOf(text: string): Units {
  if (Buffer.byteLength(text) === text.length) {
    const units = new Uint8Array(text.length);
    asBuffer(units).write(text, 'latin1');
    return units;
  }
  const units = new Uint16Array(text.length);
  asBuffer(units).write(text, 'utf16le');
  return units;
}
/** The attributes as lines of no template, at the instants of those that have them. */
export function attributesAsTexts(records: PackedRecords, attributes: readonly string[]): PackedRecords {
  const n = attributes.length;
  const textStarts = new Int32Array(n + 1);
  attributes.forEach((text, i) => {
    textStarts[i + 1] = (textStarts[i] as number) + text.length;
  });
  return {
    ids: new Float64Array(n),
    at: records.at,
    templates: new Int32Array(n),
    lines: new Int32Array(n),
    marks: new Uint8Array(n),
    services: new Int32Array(n).fill(-1),
    hosts: new Int32Array(n).fill(-1),
    words: [],
    units: unitsOf(attributes.join('')),
    textStarts,
    hasHosts: false,
    attributes: null,
    raw: [],
  };
}
/** All texts as one string. */
export const wholeText = ({ units }: PackedRecords): string =>
  asBuffer(units).toString(units.BYTES_PER_ELEMENT === 1 ? 'latin1' : 'utf16le');

/** A place in LEVEL_ORDER. */
export const levelAt = ({ marks }: PackedRecords, row: number): number => (marks[row] as number) & LEVEL_BITS;
/** A place in ENDINGS. */
export const endingAt = ({ marks }: PackedRecords, row: number): number =>
  ((marks[row] as number) >> ENDING_SHIFT) & 3;
export const isGuessedAt = ({ marks }: PackedRecords, row: number): boolean =>
  ((marks[row] as number) & GUESSED) !== 0;

/** What need not be copied when they go to another thread. */
export const memoryOf = (p: PackedRecords): ArrayBuffer[] =>
  [p.ids, p.at, p.templates, p.lines, p.marks, p.services, p.hosts, p.units, p.textStarts].map(
    (array) => array.buffer,
  );
