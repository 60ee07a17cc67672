/** Numbers as byte planes of values or of steps, and what a line says of its own instant. */

/** [form, base, bytes a number]: see FORM_… */
export type IntPlan = readonly [form: number, base: number, width: number];
/** `FORWARD + least`: steps that never go back, above the least of them */
const RAW = -1;
const VALUES = 0;
const STEPS = 1;
const FORWARD = 2;
const TWO_32 = 4_294_967_296;
/** Steps either way take one bit more. */
const LARGEST_STEP = 2 ** 52;

/** Significant bits of a whole number that is not negative. */
const bitsOf = (value: number): number =>
  value < TWO_32 ? 32 - Math.clz32(value) : 64 - Math.clz32(value / TWO_32);

/** Values above the least, or steps from the one before, whichever takes fewer bits; all lowest bytes first, then the next ones. */
export function encodeInts(values: Float64Array): { plan: IntPlan; bytes: Uint8Array } {
  const n = values.length;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let isWhole = true;
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    if (!Number.isSafeInteger(value)) isWhole = false;
    if (i === 0) continue;
    const step = value - (values[i - 1] as number);
    if (step < least) least = step;
    if (step > most) most = step;
  }
  if (!isWhole || !Number.isSafeInteger(max - min))
    return { plan: [RAW, 0, 8], bytes: new Uint8Array(values.slice().buffer) };
  if (min === max) return { plan: [VALUES, min, 0], bytes: new Uint8Array() };
  const isForward = least >= 0;
  const stepAt = (i: number): number => {
    const step = (values[i] as number) - (values[i - 1] as number);
    return isForward ? step - least : step < 0 ? -2 * step - 1 : 2 * step;
  };
  let valueBits = 0;
  let stepBits = 0;
  for (let i = 1; i < n; i++) {
    valueBits += bitsOf((values[i] as number) - min);
    stepBits += bitsOf(stepAt(i));
  }
  const isSteps = most < LARGEST_STEP && least > -LARGEST_STEP && stepBits < 0.9 * valueBits;
  const numbers = new Float64Array(n);
  let top = 0;
  for (let i = 0; i < n; i++) {
    const number = isSteps ? (i === 0 ? 0 : stepAt(i)) : (values[i] as number) - min;
    numbers[i] = number;
    if (number > top) top = number;
  }
  const width = Math.ceil(bitsOf(top) / 8);
  const form = isSteps ? (isForward ? FORWARD + least : STEPS) : VALUES;
  return { plan: [form, isSteps ? (values[0] as number) : min, width], bytes: planesOf(numbers, width) };
}
function planesOf(numbers: Float64Array, width: number): Uint8Array {
  const n = numbers.length;
  const bytes = new Uint8Array(n * width);
  for (let i = 0; i < n; i++) {
    const number = numbers[i] as number;
    let low = number >>> 0;
    let p = i;
    for (let k = 0; k < width && k < 4; k++, p += n, low >>>= 8) bytes[p] = low;
    if (width <= 4) continue;
    let high = Math.floor(number / TWO_32);
    for (let k = 4; k < width; k++, p += n, high >>>= 8) bytes[p] = high;
  }
  return bytes;
}
export function decodeInts([form, base, width]: IntPlan, bytes: Uint8Array, n: number): Float64Array {
  if (bytes.length !== n * width) throw new RangeError('numbers of another length');
  if (form === RAW) return new Float64Array(new Uint8Array(bytes).buffer);
  const out = new Float64Array(n);
  let scale = 1;
  for (let k = 0, p = 0; k < width; k++, scale *= 256)
    for (let i = 0; i < n; i++, p++) out[i] = (out[i] as number) + (bytes[p] as number) * scale;
  if (form === VALUES) {
    for (let i = 0; i < n; i++) out[i] = (out[i] as number) + base;
    return out;
  }
  let last = base;
  for (let i = 0; i < n; i++) {
    const step = out[i] as number;
    if (i > 0) last += form >= FORWARD ? step + form - FORWARD : step % 2 ? -(step + 1) / 2 : step / 2;
    out[i] = last;
  }
  return out;
}

const DAY = 86_400_000;
const mod = (a: number, b: number): number => a - b * Math.floor(a / b);
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const NAMES = `${[...MONTHS, ...DAYS].join(' ').toLowerCase()} t`;
const two = (n: number): string => String(n).padStart(2, '0');

type LocalTime = { readonly ms: number; readonly date: Date; readonly at: number };
/** Numbers that headers of lines are made of. `ms`: of the day; `date`: its UTC fields are the local ones. */
const NUMBERS: readonly ((t: LocalTime) => number)[] = [
  ({ ms }) => Math.floor(ms / 3_600_000),
  ({ ms }) => Math.floor(ms / 60_000) % 60,
  ({ ms }) => Math.floor(ms / 1000) % 60,
  ({ ms }) => ms % 1000,
  ({ date }) => date.getUTCDate(),
  ({ date }) => date.getUTCMonth() + 1,
  ({ date }) => date.getUTCFullYear(),
  ({ date }) => (date.getUTCFullYear() * 100 + date.getUTCMonth() + 1) * 100 + date.getUTCDate(),
  ({ date }) => (mod(date.getUTCFullYear(), 100) * 100 + date.getUTCMonth() + 1) * 100 + date.getUTCDate(),
  ({ ms }) =>
    (Math.floor(ms / 3_600_000) * 100 + (Math.floor(ms / 60_000) % 60)) * 100 + (Math.floor(ms / 1000) % 60),
  ({ at }) => Math.floor(at / 1000),
  ({ at }) => at,
];
/** Of one instant by itself; `ahead`: ms that its clock is ahead of UTC. */
export function numberAt(field: number, at: number, ahead: number): number {
  const local = at + ahead;
  const day = Math.floor(local / DAY);
  return NUMBERS[field]?.({ at: local, ms: local - day * DAY, date: new Date(day * DAY) }) ?? Number.NaN;
}
/** From this one on, a block has as many values of it as it has lines. */
const FINE_NUMBER = 9;
const WORDS: readonly ((t: LocalTime) => string)[] = [
  ({ date }) => MONTHS[date.getUTCMonth()] ?? '',
  ({ date }) => DAYS[date.getUTCDay()] ?? '',
  ({ date, ms }) => `${two(date.getUTCDate())}T${two(Math.floor(ms / 3_600_000))}`,
];

/** What lines say of their own instants: it needs no column, only the name of a field. */
export class TimeFields {
  private readonly ats: Float64Array;
  private readonly zoneMs: number;
  private day = Number.NaN;
  private date = new Date(0);
  private lastRow = -1;
  private last: LocalTime = { at: 0, ms: 0, date: this.date };
  constructor(ats: Float64Array, zoneMinutes: number) {
    this.ats = ats;
    this.zoneMs = zoneMinutes * 60_000;
  }
  private timeOf(row: number): LocalTime {
    if (row === this.lastRow) return this.last;
    const at = this.ats[row] as number;
    const local = at + this.zoneMs;
    const day = Math.floor(local / DAY);
    if (day !== this.day) {
      this.day = day;
      this.date = new Date(day * DAY);
    }
    this.lastRow = row;
    this.last = { at, ms: local - day * DAY, date: this.date };
    return this.last;
  }
  /** The field that says these numbers, or -1. */
  findNumber(values: Float64Array, rows: Int32Array): number {
    return NUMBERS.findIndex((_, field) =>
      values.every((v, i) => v === this.number(field, rows[i] as number)),
    );
  }
  number(field: number, row: number): number {
    return NUMBERS[field]?.(this.timeOf(row)) ?? Number.NaN;
  }
  findWord(values: readonly string[], rows: Int32Array): number {
    return WORDS.findIndex((_, field) => values.every((v, i) => v === this.word(field, rows[i] as number)));
  }
  word(field: number, row: number): string {
    return WORDS[field]?.(this.timeOf(row)) ?? '';
  }
  /** Whether a word of the instant may hold the text, in lower case. */
  static mayHold(text: string): boolean {
    return /\d/.test(text) || NAMES.includes(text);
  }
  static isFine(field: number): boolean {
    return field >= FINE_NUMBER;
  }
}

const CLOCK = /(?<!\d)([01]\d|2[0-3]):([0-5]\d)/;
const SAMPLE = 16;
/** By how many minutes the lines' own clock is ahead of UTC, as far as their first times of day tell. */
export function zoneOf(texts: readonly string[], ats: Float64Array): number {
  const seen = new Map<number, number>([[0, 0]]);
  for (let i = 0; i < Math.min(SAMPLE, texts.length); i++) {
    const [, hour, minute] = CLOCK.exec(texts[i] as string) ?? [];
    if (hour === undefined) continue;
    const own = Number(hour) * 60 + Number(minute);
    const ahead = mod(own - Math.floor(mod(ats[i] as number, DAY) / 60_000) + 720, 1440) - 720;
    if (ahead % 15 === 0) seen.set(ahead, (seen.get(ahead) ?? 0) + 1);
  }
  return [...seen].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
