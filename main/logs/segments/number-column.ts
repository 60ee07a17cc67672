import type { ByteReader, ByteWriter } from './bytes.ts';
import { isCodable, readCoded, writeCoded } from './coded-column.ts';
import { FIELDS } from './fields.ts';

const CONSTANT = 0;
const PLAIN = 1;
const DELTA = 2;
const CHOICE = 3;
const DOUBLES = 4;
/** decision by decision, in small blocks */
const CODED = 5;

const MAX_CHOICES = 4096;
const TWO_32 = 4294967296;
const LARGEST = Number.MAX_SAFE_INTEGER;
/** In longer columns of single bytes, differences are no smaller. */
const MANY = 512;

/** Bytes needed for 0 … `span`. */
const widthOf = (span: number): number =>
  span < 256 ? 1 : span < 65536 ? 2 : span < 16777216 ? 3 : span < TWO_32 ? 4 : span < 1099511627776 ? 5 : 7;

/** Significant bits, roughly: what an entropy coder is likely to pay. */
const bitsOf = (value: number): number =>
  value < TWO_32 ? 32 - Math.clz32(value) : 64 - Math.clz32(value / TWO_32);

/** First all lowest bytes, then all second ones, …: high bytes hardly vary, so the entropy coder drops them. */
function writePlanes(out: ByteWriter, values: Float64Array, from: number, base: number, width: number): void {
  const n = values.length - from;
  const at = out.reserve(n * width);
  const bytes = out.view();
  for (let i = 0; i < n; i++) {
    const value = (values[from + i] as number) - base;
    let low = value >>> 0;
    let p = at + i;
    for (let k = 0; k < width && k < 4; k++, p += n, low >>>= 8) bytes[p] = low & 0xff;
    if (width > 4) {
      let high = Math.floor(value / TWO_32);
      for (let k = 4; k < width; k++, p += n, high >>>= 8) bytes[p] = high & 0xff;
    }
  }
}
function readPlanes(input: ByteReader, into: Float64Array, from: number, base: number, width: number): void {
  const n = into.length - from;
  const bytes = input.raw(n * width);
  if (width === 1) {
    for (let i = 0; i < n; i++) into[from + i] = base + (bytes[i] as number);
    return;
  }
  if (width === 2) {
    for (let i = 0; i < n; i++) into[from + i] = base + (bytes[i] as number) + 256 * (bytes[n + i] as number);
    return;
  }
  for (let i = 0; i < n; i++) {
    let value = 0;
    for (let k = width - 1; k >= 0; k--) value = value * 256 + (bytes[k * n + i] as number);
    into[from + i] = base + value;
  }
}

/** The distinct values in rising order, or null when there are too many for a dictionary to pay. */
function choicesOf(values: Float64Array): Float64Array | null {
  const most = Math.min(MAX_CHOICES, values.length >> 2);
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    seen.add(values[i] as number);
    if (seen.size > most) return null;
  }
  return Float64Array.from(seen).sort();
}

/**
 * Numbers of one column in their order: a constant, byte planes above the least, byte planes of the differences, or a dictionary,
 * whichever is likely to be smallest after an entropy coder. Exact for any numbers; whole ones below 2^53 are small. `near`: columns
 * of the same rows written before.
 */
export function writeNumbers(
  out: ByteWriter,
  values: Float64Array,
  near: readonly Float64Array[] = [],
): void {
  const n = values.length;
  if (n === 0) return;
  const first = values[0] as number;
  let min = first;
  let max = first;
  let whole = true;
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    else if (value > max) max = value;
    if (value !== Math.trunc(value) || (value === 0 && 1 / value < 0)) whole = false;
  }
  const span = max - min;
  if (!whole || !(span <= LARGEST && min >= -LARGEST && max <= LARGEST)) {
    out.field(FIELDS.numbersKind, DOUBLES);
    const at = out.reserve(8 * n);
    const bytes = out.view();
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8 * n);
    for (let i = 0; i < n; i++) view.setFloat64(8 * i, values[i] as number, true);
    return;
  }
  if (max === min) {
    out.field(FIELDS.numbersKind, CONSTANT);
    out.signedField(FIELDS.constant, first);
    return;
  }
  if (out.bits && isCodable(min, max)) {
    out.field(FIELDS.numbersKind, CODED);
    writeCoded(out, out.bits, values, near);
    return;
  }
  const width = widthOf(span);
  let plainBits = 0;
  let deltaBits = 0;
  let minStep = Number.POSITIVE_INFINITY;
  let maxStep = Number.NEGATIVE_INFINITY;
  const tryDelta = width > 1 || n < MANY;
  for (let i = 1; tryDelta && i < n; i++) {
    const value = values[i] as number;
    const step = value - (values[i - 1] as number);
    if (step < minStep) minStep = step;
    if (step > maxStep) maxStep = step;
    plainBits += bitsOf(value - min);
    deltaBits += bitsOf(step < 0 ? -step : step);
  }
  if (tryDelta && (deltaBits < 0.6 * plainBits || minStep === maxStep)) {
    out.field(FIELDS.numbersKind, DELTA);
    out.signed(first);
    out.signed(minStep);
    const stepWidth = minStep === maxStep ? 0 : widthOf(maxStep - minStep);
    out.u8(stepWidth);
    if (stepWidth === 0) return;
    const steps = new Float64Array(n - 1);
    for (let i = 1; i < n; i++) steps[i - 1] = (values[i] as number) - (values[i - 1] as number);
    writePlanes(out, steps, 0, minStep, stepWidth);
    return;
  }
  const choices = width > 1 && n >= 16 ? choicesOf(values) : null;
  if (choices && widthOf(choices.length - 1) < width) {
    const index = new Map<number, number>();
    choices.forEach((value, i) => {
      index.set(value, i);
    });
    out.field(FIELDS.numbersKind, CHOICE);
    out.varint(choices.length);
    writeNumbers(out, choices);
    writeNumbers(
      out,
      values.map((value) => index.get(value) ?? 0),
    );
    return;
  }
  out.field(FIELDS.numbersKind, PLAIN);
  out.signed(min);
  out.u8(width);
  writePlanes(out, values, 0, min, width);
}

/** Reads `n` numbers written by `writeNumbers`; `near` as it was then. */
export function readNumbers(input: ByteReader, n: number, near: readonly Float64Array[] = []): Float64Array {
  const values = new Float64Array(n);
  if (n === 0) return values;
  switch (input.field(FIELDS.numbersKind)) {
    case CONSTANT:
      return values.fill(input.signedField(FIELDS.constant));
    case PLAIN: {
      const base = input.signed();
      readPlanes(input, values, 0, base, input.u8());
      return values;
    }
    case DELTA: {
      values[0] = input.signed();
      const step = input.signed();
      const width = input.u8();
      if (width === 0) values.fill(step, 1);
      else readPlanes(input, values, 1, step, width);
      for (let i = 1; i < n; i++) values[i] = (values[i] as number) + (values[i - 1] as number);
      return values;
    }
    case CHOICE: {
      const choices = readNumbers(input, input.varint());
      const index = readNumbers(input, n);
      for (let i = 0; i < n; i++) values[i] = choices[index[i] as number] as number;
      return values;
    }
    case CODED:
      if (!input.bits) throw new RangeError('no coded numbers here');
      readCoded(input, input.bits, values, near);
      return values;
    case DOUBLES: {
      const bytes = input.raw(8 * n);
      const view = new DataView(bytes.buffer, bytes.byteOffset, 8 * n);
      for (let i = 0; i < n; i++) values[i] = view.getFloat64(8 * i, true);
      return values;
    }
    default:
      throw new RangeError('not a column of numbers');
  }
}
