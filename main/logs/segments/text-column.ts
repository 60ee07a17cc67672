import { asBuffer, type ByteReader, type ByteWriter } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';

const CONSTANT = 0;
const EACH = 1;
const CHOICE = 2;
const HEX = 3;
const DIGITS = 4;
const UUID = 5;
/** long numbers, without zeros before them, in halves */
const HALVES = 6;
/** some are long numbers, some are not */
const MIXED = 7;

const UTF8 = 0;
/** text that UTF-8 cannot hold: halves of surrogate pairs */
const UTF16 = 1;

const UUID_ONLY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_ONLY = /^[0-9a-f]+$/;
const PLAIN = /^[0-9a-z]+$/i;
const DIGITS_ONLY = /^[0-9]+$/;
/** digits that one number holds exactly */
const CHUNK = 9;
const MAX_DIGITS = 4 * CHUNK;

function writeList(out: ByteWriter, texts: readonly string[]): void {
  const whole = texts.join('');
  writeNumbers(
    out,
    Float64Array.from(texts, (text) => text.length),
  );
  const wellFormed = whole.isWellFormed();
  out.u8(wellFormed ? UTF8 : UTF16);
  out.blob(Buffer.from(whole, wellFormed ? 'utf8' : 'utf16le'));
}
function readList(input: ByteReader, n: number): string[] {
  const lengths = readNumbers(input, n);
  const encoding = input.u8() === UTF16 ? 'utf16le' : 'utf8';
  const whole = asBuffer(input.blob()).toString(encoding);
  const texts: string[] = new Array(n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const end = at + (lengths[i] as number);
    texts[i] = whole.slice(at, end);
    at = end;
  }
  if (at !== whole.length) throw new RangeError('texts of another length');
  return texts;
}

/** Hexadecimal digits, two to a byte. */
function writeHex(out: ByteWriter, digits: string): void {
  out.raw(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'));
}
function readHex(input: ByteReader, n: number, length: number): string[] {
  const whole = asBuffer(input.raw(Math.ceil((n * length) / 2))).toString('hex');
  return Array.from({ length: n }, (_, i) => whole.slice(i * length, (i + 1) * length));
}
const withHyphens = (h: string): string =>
  `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
/** Long numbers in pieces of nine digits from the right, each a column of its own. */
function writeDigits(out: ByteWriter, texts: readonly string[], longest: number): void {
  out.u8(DIGITS);
  writeNumbers(
    out,
    Float64Array.from(texts, (text) => text.length),
  );
  for (let from = 0; from < longest; from += CHUNK)
    writeNumbers(
      out,
      Float64Array.from(texts, (text) =>
        text.length > from
          ? Number(text.slice(Math.max(0, text.length - from - CHUNK), text.length - from))
          : 0,
      ),
    );
}
function readDigits(input: ByteReader, n: number): string[] {
  const lengths = readNumbers(input, n);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const texts: string[] = new Array(n).fill('');
  for (let from = 0; from < longest; from += CHUNK) {
    const chunk = readNumbers(input, n);
    for (let i = 0; i < n; i++) {
      const left = (lengths[i] as number) - from;
      if (left > 0) texts[i] = String(chunk[i]).padStart(Math.min(CHUNK, left), '0') + texts[i];
    }
  }
  return texts;
}

const HALF_BITS = 40n;
const HALF = 1n << HALF_BITS;
/** Digits of numbers whose halves are whole numbers below 2^50. */
const HALVES_DIGITS = 27;
const NATURAL = /^[1-9][0-9]*$/;
function writeHalves(out: ByteWriter, texts: readonly string[]): void {
  out.u8(HALVES);
  const values = texts.map((text) => BigInt(text));
  writeNumbers(
    out,
    Float64Array.from(values, (value) => Number(value >> HALF_BITS)),
  );
  writeNumbers(
    out,
    Float64Array.from(values, (value) => Number(value % HALF)),
  );
}
function readHalves(input: ByteReader, n: number): string[] {
  const high = readNumbers(input, n);
  const low = readNumbers(input, n);
  return Array.from(high, (value, i) => String((BigInt(value) << HALF_BITS) + BigInt(low[i] as number)));
}

/** Each text by itself: as packed digits where all are, else one after another. */
function writeEach(out: ByteWriter, texts: readonly string[]): void {
  const length = texts[0]?.length ?? 0;
  let shortest = length;
  let longest = length;
  for (const text of texts) {
    if (text.length < shortest) shortest = text.length;
    if (text.length > longest) longest = text.length;
  }
  if (shortest > 0 && longest <= MAX_DIGITS && texts.every((t) => DIGITS_ONLY.test(t))) {
    if (out.bits && longest <= HALVES_DIGITS && texts.every((t) => NATURAL.test(t))) writeHalves(out, texts);
    else writeDigits(out, texts, longest);
  } else if (shortest === longest && longest > 1 && longest <= 128 && texts.every((t) => HEX_ONLY.test(t))) {
    out.u8(HEX);
    out.varint(longest);
    writeHex(out, texts.join(''));
  } else if (shortest === 36 && longest === 36 && texts.every((t) => UUID_ONLY.test(t))) {
    out.u8(UUID);
    writeHex(out, texts.join('').replaceAll('-', ''));
  } else {
    const isLong = Float64Array.from(texts, (text) => (isLongNumber(text) ? 1 : 0));
    if (out.bits && isLong.includes(1)) {
      out.u8(MIXED);
      writeNumbers(out, isLong);
      writeHalves(
        out,
        texts.filter((_, i) => isLong[i]),
      );
      out.u8(EACH);
      writeList(
        out,
        texts.filter((_, i) => !isLong[i]),
      );
      return;
    }
    out.u8(EACH);
    writeList(out, texts);
  }
}
const isLongNumber = (text: string): boolean =>
  text.length > CHUNK && text.length <= HALVES_DIGITS && NATURAL.test(text);
function readMixed(input: ByteReader, n: number): string[] {
  const isLong = readNumbers(input, n);
  const count = isLong.reduce((sum, is) => sum + is, 0);
  if (input.u8() !== HALVES) throw new RangeError('not long numbers');
  const long = readHalves(input, count).values();
  if (input.u8() !== EACH) throw new RangeError('not texts');
  const others = readList(input, n - count).values();
  return Array.from(isLong, (is) => (is ? long : others).next().value ?? '');
}

/** Texts of one column in their order, any text byte for byte. Returns the distinct ones. */
export function writeTexts(out: ByteWriter, texts: readonly string[]): readonly string[] {
  const n = texts.length;
  if (n === 0) return [];
  const index = new Map<string, number>();
  const places = new Float64Array(n);
  const distinct: string[] = [];
  for (let i = 0; i < n; i++) {
    const text = texts[i] as string;
    let place = index.get(text);
    if (place === undefined) {
      place = distinct.length;
      index.set(text, place);
      distinct.push(text);
    }
    places[i] = place;
  }
  if (distinct.length === 1) {
    out.u8(CONSTANT);
    writeList(out, distinct);
  } else if (distinct.length > 0.7 * n) {
    writeEach(out, texts);
  } else {
    out.u8(CHOICE);
    out.varint(distinct.length);
    writeEach(out, distinct);
    writeNumbers(out, places);
  }
  return distinct;
}

/** A column of texts: `texts[places[i]]`, or `texts[i]` when places is null. */
export type TextColumn = {
  readonly texts: readonly string[];
  readonly places: Float64Array | null;
  /** what they consist of, so that a search need not look; plain: ASCII letters and digits, not empty */
  readonly alphabet: 'digits' | 'hex' | 'plain' | 'any';
};

const listed = (texts: string[]): Pick<TextColumn, 'texts' | 'alphabet'> => ({
  texts,
  alphabet: texts.every((text) => PLAIN.test(text)) ? 'plain' : 'any',
});

export function readTexts(input: ByteReader, n: number): TextColumn {
  if (n === 0) return { texts: [], places: null, alphabet: 'any' };
  switch (input.u8()) {
    case CONSTANT:
      return { ...listed(readList(input, 1)), places: new Float64Array(n) };
    case EACH:
      return { ...listed(readList(input, n)), places: null };
    case CHOICE: {
      const distinct = input.varint();
      const { texts, alphabet } = readTexts(input, distinct);
      return { texts, places: readNumbers(input, n), alphabet };
    }
    case HEX:
      return { texts: readHex(input, n, input.varint()), places: null, alphabet: 'hex' };
    case UUID:
      return { texts: readHex(input, n, 32).map(withHyphens), places: null, alphabet: 'any' };
    case MIXED:
      return { ...listed(readMixed(input, n)), places: null };
    case HALVES:
      return { texts: readHalves(input, n), places: null, alphabet: 'digits' };
    case DIGITS:
      return { texts: readDigits(input, n), places: null, alphabet: 'digits' };
    default:
      throw new RangeError('not a column of texts');
  }
}
export const textAt = ({ texts, places }: TextColumn, i: number): string =>
  texts[places ? (places[i] as number) : i] as string;
/** of a short text */
const TEXT_BYTES = 48;
/** Bytes a column holds in memory, roughly. */
export const textBytes = ({ texts, places }: TextColumn): number =>
  TEXT_BYTES * texts.length + 8 * (places?.length ?? 0);
