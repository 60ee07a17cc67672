/** Columns of numbers and of texts, and the columns of a group of lines. */
import { numberAt } from '../columns.ts';
import { type BitReader, type ByteReader, FIELDS, NumberModel, readEven, SymbolModel } from './bits.ts';

const NUMBERS = { constant: 0, plain: 1, delta: 2, choice: 3, doubles: 4, coded: 5 } as const;
const CODED = { plain: 0, forward: 1, steps: 2, choice: 3, even: 4, drawn: 5 } as const;

function readPlanes(input: ByteReader, into: Float64Array, from: number, base: number, width: number): void {
  const n = into.length - from;
  const bytes = input.raw(n * width);
  for (let i = 0; i < n; i++) {
    let value = 0;
    for (let k = width - 1; k >= 0; k--) value = value * 256 + (bytes[k * n + i] as number);
    into[from + i] = base + value;
  }
}
/** @param near columns of the same rows that may say what to expect */
export function readNumbers(input: ByteReader, n: number, near: readonly Float64Array[] = []): Float64Array {
  const values = new Float64Array(n);
  if (n === 0) return values;
  switch (input.field(FIELDS.numbersKind)) {
    case NUMBERS.constant:
      return values.fill(input.signedField(FIELDS.constant));
    case NUMBERS.plain: {
      const base = input.signed();
      readPlanes(input, values, 0, base, input.u8());
      return values;
    }
    case NUMBERS.delta: {
      values[0] = input.signed();
      const least = input.signed();
      const width = input.u8();
      if (width === 0) values.fill(least, 1);
      else readPlanes(input, values, 1, least, width);
      for (let i = 1; i < n; i++) values[i] = (values[i] as number) + (values[i - 1] as number);
      return values;
    }
    case NUMBERS.choice: {
      const choices = readNumbers(input, input.varint());
      return readNumbers(input, n).map((place) => choices[place] as number);
    }
    case NUMBERS.coded:
      if (!input.bits) throw new RangeError('no bits here');
      readCoded(input, input.bits, values, near);
      return values;
    case NUMBERS.doubles: {
      const bytes = input.raw(8 * n);
      const view = new DataView(bytes.buffer, bytes.byteOffset, 8 * n);
      for (let i = 0; i < n; i++) values[i] = view.getFloat64(8 * i, true);
      return values;
    }
    default:
      throw new RangeError('not a column of numbers');
  }
}
/** Which of its distinct values, in the order they came, each value is. */
function placesOf(values: Float64Array): Uint16Array {
  const known = new Map<number, number>();
  return Uint16Array.from(values, (value) => {
    const place = known.get(value) ?? known.size;
    known.set(value, place);
    return place;
  });
}
function readCoded(
  input: ByteReader,
  bits: BitReader,
  values: Float64Array,
  near: readonly Float64Array[],
): void {
  const how = input.field(FIELDS.how);
  const first = input.signedField(FIELDS.first);
  const unit = input.field(FIELDS.unit);
  const base = how === CODED.forward ? input.field(FIELDS.base) : how === CODED.steps ? 0 : first;
  const most = how === CODED.even || how === CODED.drawn ? input.field(FIELDS.most) : 0;
  const size = how === CODED.choice ? input.field(FIELDS.choices) : 1;
  const context = how === CODED.choice ? input.field(FIELDS.context) : 0;
  if (
    how > CODED.drawn ||
    (how === CODED.drawn && most > 52) ||
    size < 1 ||
    size > values.length ||
    context > near.length + 1
  )
    throw new RangeError('not a coded column');
  values[0] = first;
  const numbers = new NumberModel();
  if (how === CODED.plain) {
    for (let i = 0; i < values.length; i++) values[i] = base + unit * numbers.read(bits);
  } else if (how === CODED.even || how === CODED.drawn) {
    const last = how === CODED.even ? most : 2 ** most - 1;
    for (let i = 0; i < values.length; i++) values[i] = base + unit * readEven(bits, last);
  } else if (how === CODED.choice) {
    const dictionary = [base];
    const gaps = new NumberModel();
    while (dictionary.length < size)
      dictionary.push((dictionary.at(-1) as number) + unit * (1 + gaps.read(bits)));
    const other = context > 1 ? placesOf(near[context - 2] as Float64Array) : null;
    const model = new SymbolModel(32 - Math.clz32(dictionary.length - 1));
    let before = 0;
    for (let i = 0; i < values.length; i++) {
      before = model.read(bits, other ? (other[i] as number) : context === 1 ? before : -1);
      values[i] = dictionary[before] as number;
    }
  } else
    for (let i = 1; i < values.length; i++) {
      const coded = numbers.read(bits);
      const step = how === CODED.forward ? coded : coded % 2 ? -(coded + 1) / 2 : coded / 2;
      values[i] = (values[i - 1] as number) + base + unit * step;
    }
}

const TEXTS = { constant: 0, each: 1, choice: 2, hex: 3, digits: 4, uuid: 5, halves: 6, mixed: 7 } as const;
const DIGITS_AT_ONCE = 9;
const HALF_BITS = 40n;

function readList(input: ByteReader, n: number): string[] {
  const lengths = readNumbers(input, n);
  const encoding = input.u8() === 1 ? 'utf16le' : 'utf8';
  const whole = input.text(encoding);
  let at = 0;
  const texts = Array.from(lengths, (length) => {
    at += length;
    return whole.slice(at - length, at);
  });
  if (at !== whole.length) throw new RangeError('texts of another length');
  return texts;
}
function readHex(input: ByteReader, n: number, length: number): string[] {
  const whole = input.text('hex', Math.ceil((n * length) / 2));
  return Array.from({ length: n }, (_, i) => whole.slice(i * length, (i + 1) * length));
}
function readDigits(input: ByteReader, n: number): string[] {
  const lengths = readNumbers(input, n);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const texts: string[] = new Array(n).fill('');
  for (let from = 0; from < longest; from += DIGITS_AT_ONCE) {
    const chunk = readNumbers(input, n);
    for (let i = 0; i < n; i++) {
      const left = (lengths[i] as number) - from;
      if (left > 0) texts[i] = String(chunk[i]).padStart(Math.min(DIGITS_AT_ONCE, left), '0') + texts[i];
    }
  }
  return texts;
}
/** Long numbers in halves. */
function readHalves(input: ByteReader, n: number): string[] {
  const high = readNumbers(input, n);
  const low = readNumbers(input, n);
  return Array.from(high, (value, i) => String((BigInt(value) << HALF_BITS) + BigInt(low[i] as number)));
}
function readMixed(input: ByteReader, n: number): string[] {
  const isLong = readNumbers(input, n);
  const count = isLong.reduce((sum, is) => sum + is, 0);
  if (input.u8() !== TEXTS.halves) throw new RangeError('not long numbers');
  const long = readHalves(input, count).values();
  if (input.u8() !== TEXTS.each) throw new RangeError('not texts');
  const others = readList(input, n - count).values();
  return Array.from(isLong, (is) => (is ? long : others).next().value ?? '');
}
const withHyphens = (h: string): string =>
  `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;

export function readTexts(input: ByteReader, n: number): string[] {
  if (n === 0) return [];
  switch (input.u8()) {
    case TEXTS.constant:
      return new Array<string>(n).fill(readList(input, 1)[0] ?? '');
    case TEXTS.each:
      return readList(input, n);
    case TEXTS.choice: {
      const texts = readTexts(input, input.varint());
      return Array.from(readNumbers(input, n), (place) => texts[place] as string);
    }
    case TEXTS.hex:
      return readHex(input, n, input.varint());
    case TEXTS.uuid:
      return readHex(input, n, 32).map(withHyphens);
    case TEXTS.mixed:
      return readMixed(input, n);
    case TEXTS.halves:
      return readHalves(input, n);
    case TEXTS.digits:
      return readDigits(input, n);
    default:
      throw new RangeError('not a column of texts');
  }
}

const MILLISECONDS = 3;
const EPOCH_SECONDS = 5;
/** The numbers of an instant, in the order they had then, by their places now. */
const NOW = [0, 1, 2, 3, 9, 10, 11, 6, 5, 4, 7, 8];
/** `offset`: ms, of epoch seconds seconds. */
const fieldAt = (field: number, at: number, offset: number): number =>
  field === EPOCH_SECONDS ? Math.floor(at / 1000) + offset : numberAt(NOW[field] ?? field, at, offset);

const COLUMNS = { numbers: 0, texts: 1, clock: 2, fine: 3, same: 4, offClock: 5, quad: 6 } as const;
/** Columns that may say what to expect of the next. */
const NEAR_COLUMNS = 3;
type Column = readonly string[];

/** The columns of a group; `at(i)` is the instant of its i-th row, `quads` the addresses of a small block. */
export function readGroup(
  input: ByteReader,
  rows: number,
  variables: number,
  at: (i: number) => number,
  quads: Float64Array | null,
): Column[] {
  const columns: Column[] = [];
  let near: readonly Float64Array[] = [];
  const read = (): Float64Array => {
    const values = readNumbers(input, rows, near);
    if (input.bits && values.some((value) => value !== values[0]))
      near = [values, ...near].slice(0, NEAR_COLUMNS);
    return values;
  };
  const written = (values: ArrayLike<number>, padding: number): Column =>
    Array.from(values, (value) => String(value).padStart(padding, '0'));
  while (columns.length < variables) {
    const kind = input.field(FIELDS.columnKind);
    if (kind === COLUMNS.texts) {
      columns.push(readTexts(input, rows));
      continue;
    }
    if (kind === COLUMNS.same) {
      const same = columns[input.field(FIELDS.same)];
      if (!same) throw new RangeError('not a column');
      columns.push(same);
      continue;
    }
    if (kind === COLUMNS.quad && quads) {
      const places = read();
      for (const scale of [256 ** 3, 256 ** 2, 256, 1])
        columns.push(
          written(
            places.map((place) => Math.floor((quads[place] ?? 0) / scale) % 256),
            0,
          ),
        );
      continue;
    }
    const padding = input.field(FIELDS.padding);
    if (kind === COLUMNS.numbers) columns.push(written(read(), padding));
    else if (kind === COLUMNS.fine) {
      const offset = input.signedField(FIELDS.clockOffset);
      const unit = 10 ** (padding - 3);
      const finer = readNumbers(input, rows);
      columns.push(
        written(
          finer.map((value, i) => fieldAt(MILLISECONDS, at(i), offset) * unit + value),
          padding,
        ),
      );
    } else if (kind === COLUMNS.clock) {
      const field = input.field(FIELDS.clockField);
      const offset = input.signedField(FIELDS.clockOffset);
      columns.push(
        written(
          Float64Array.from({ length: rows }, (_, i) => fieldAt(field, at(i), offset)),
          padding,
        ),
      );
    } else if (kind === COLUMNS.offClock) {
      const field = input.field(FIELDS.clockField);
      const ahead = readNumbers(input, rows);
      columns.push(
        written(
          ahead.map((value, i) => value + fieldAt(field, at(i), 0)),
          padding,
        ),
      );
    } else throw new RangeError('not a column');
  }
  return columns;
}
