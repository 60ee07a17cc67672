/**
 * Takes a line apart into what stays (its layout) and what varies (runs with digits), without regular expressions and without
 * building strings: the idea of CLP (Rodrigues et al., OSDI 2021). The layout is known by a hash; the caller compares.
 */
import type { Units } from './packed-records.ts';

const OTHER = 0;
const DIGIT = 1;
const HEX_LETTER = 2;
const LETTER = 3;
const WIDE_DIGIT = 4;
const WIDE_LETTER = 5;
const CLASS = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const text = String.fromCharCode(c);
  CLASS[c] = /[0-9]/.test(text)
    ? DIGIT
    : /[a-fA-F]/.test(text)
      ? HEX_LETTER
      : /[a-zA-Z]/.test(text)
        ? LETTER
        : OTHER;
}
const classOf = (c: number): number => {
  if (c < 128) return CLASS[c] as number;
  if (c < 0xff10 || c > 0xff5a) return OTHER;
  if (c <= 0xff19) return WIDE_DIGIT;
  return (c >= 0xff21 && c <= 0xff3a) || c >= 0xff41 ? WIDE_LETTER : OTHER;
};
const DIGITS = (1 << DIGIT) | (1 << WIDE_DIGIT);
const WIDE = (1 << WIDE_DIGIT) | (1 << WIDE_LETTER);

/** More variables than these in one text, or more characters, and the rest of it is taken as one. */
export const MAX_VARIABLES = 96;
const MAX_SPLIT = 16_384;
/** Digits a number holds exactly. */
export const MAX_DIGITS = 15;
const COLON = 58;
const HYPHEN = 45;
const T = 84;

/**
 * Where a run of ASCII letters and digits may be cut: `subdir63` → subdir|63, `30ms` → 30|ms, `16T00` → 16|T|00. Ids such as
 * `9f4ef63` stay whole. Returns the number of letters before the digits as a positive number, digits before the letters as a
 * negative one, 0 for no cut; `16T00` is -2 with a second cut after the T.
 */
export function cutOf(text: string, start: number, end: number): number {
  let i = start;
  let beyondHex = false;
  if (classOf(text.charCodeAt(i)) === DIGIT) {
    while (i < end && classOf(text.charCodeAt(i)) === DIGIT) i++;
    const digits = i - start;
    if (i === end) return 0;
    if (end - start === 5 && digits === 2 && (text.charCodeAt(i) & ~32) === T) {
      const more = classOf(text.charCodeAt(i + 1)) === DIGIT && classOf(text.charCodeAt(i + 2)) === DIGIT;
      if (more) return -digits;
    }
    for (; i < end; i++) {
      const cls = classOf(text.charCodeAt(i));
      if (cls === LETTER) beyondHex = true;
      else if (cls !== HEX_LETTER) return 0;
    }
    return beyondHex && end - start - digits <= 3 ? -digits : 0;
  }
  while (i < end) {
    const cls = classOf(text.charCodeAt(i));
    if (cls === DIGIT) break;
    if (cls === LETTER) beyondHex = true;
    else if (cls !== HEX_LETTER) return 0;
    i++;
  }
  const letters = i - start;
  for (; i < end; i++) if (classOf(text.charCodeAt(i)) !== DIGIT) return 0;
  return beyondHex && letters < end - start ? letters : 0;
}

/** Part of an address or a UUID that happens to have no digit: `-beef-`, `:ff:`. */
function looksHex(before: number, length: number, after: number): boolean {
  if ((length === 4 || length === 8 || length === 12) && (before === HYPHEN || after === HYPHEN)) return true;
  return length <= 4 && (before === COLON || after === COLON);
}

const UUID_LENGTH = 36;
/** `38101a0b-2096-447d-96ea-a692162415ae` and nothing else of letters or digits behind it; the first part is known to be a run. */
function isUuid(units: Units, start: number, stop: number): boolean {
  const end = start + UUID_LENGTH;
  if (end > stop) return false;
  for (let i = start; i < end; i++) {
    const place = i - start;
    const c = units[i] as number;
    if (place === 8 || place === 13 || place === 18 || place === 23) {
      if (c !== HYPHEN) return false;
    } else {
      const cls = classOf(c);
      if (cls !== DIGIT && cls !== HEX_LETTER) return false;
    }
  }
  return end === stop || classOf(units[end] as number) === OTHER;
}

const NOTHING_WHOLE = new Int32Array(0);

/** Takes lines of one long text apart, one after another; the variables of all are kept. */
export class Splitter {
  /** of variable i of all: [starts[i], ends[i]) in the text; nums[i]: its value, or -1 when it is not a plain number */
  starts = new Int32Array(8192);
  ends = new Int32Array(8192);
  nums = new Float64Array(8192);
  /** variables of all lines so far, and where those of the last line begin */
  used = 0;
  first = 0;
  /** of the last line's layout */
  hash = 0;
  /** the last variable is the rest of a long text, whatever it holds */
  hasTail = false;
  private readonly units: Units;
  private readonly text: string;
  private readonly whole: Int32Array;
  /** the next of `whole` */
  private place = 0;

  /**
   * @param text the same as `units`
   * @param whole what is a variable as it stands, [start, end) one pair after another, rising; none begins or ends within a word
   */
  constructor(units: Units, text: string, whole: Int32Array = NOTHING_WHOLE) {
    this.units = units;
    this.text = text;
    this.whole = whole;
  }

  private variable(start: number, end: number, value: number): void {
    const at = this.used++;
    this.starts[at] = start;
    this.ends[at] = end;
    this.nums[at] = value;
  }
  private reserve(): void {
    if (this.used + MAX_VARIABLES <= this.starts.length) return;
    const larger = 2 * this.starts.length;
    this.starts = grown(this.starts, new Int32Array(larger));
    this.ends = grown(this.ends, new Int32Array(larger));
    this.nums = grown(this.nums, new Float64Array(larger));
  }

  /** The line [from, to) of the text. */
  split(from: number, to: number): void {
    const { units, text } = this;
    this.reserve();
    this.first = this.used;
    this.hasTail = false;
    const most = from + MAX_SPLIT;
    let hash = 0x811c9dc5 | 0;
    let i = from;
    // of a line that was too long some are left
    while ((this.whole[this.place] as number) < from) this.place += 2;
    let whole = this.whole[this.place] ?? -1;
    while (i < to) {
      if (i >= most) {
        this.tail(i, to);
        break;
      }
      if (i === whole) {
        hash = Math.imul(hash ^ 0x1f, 0x01000193);
        if (this.full(i, to)) break;
        i = this.whole[this.place + 1] as number;
        this.variable(whole, i, -1);
        this.place += 2;
        whole = this.whole[this.place] ?? -1;
        continue;
      }
      const c = units[i] as number;
      let cls = c < 128 ? (CLASS[c] as number) : classOf(c);
      if (cls === OTHER) {
        hash = Math.imul(hash ^ c, 0x01000193);
        i++;
        continue;
      }
      const start = i;
      const before = hash;
      let value = 0;
      let seen = 0;
      let d = c;
      do {
        hash = Math.imul(hash ^ d, 0x01000193);
        value = value * 10 + (d - 48);
        seen |= 1 << cls;
        i++;
        d = i < to ? (units[i] as number) : 0;
        cls = d < 128 ? (CLASS[d] as number) : classOf(d);
      } while (cls !== OTHER);
      if (!(seen & DIGITS) && seen !== 1 << HEX_LETTER) continue;
      if (seen === 1 << HEX_LETTER) {
        if (i - start > 12 || !looksHex(start > from ? (units[start - 1] as number) : 0, i - start, d))
          continue;
        hash = Math.imul(before ^ 0x1f, 0x01000193);
        if (this.full(start, to)) break;
        this.variable(start, i, -1);
        continue;
      }
      hash = Math.imul(before ^ 0x1f, 0x01000193);
      if (this.full(start, to)) break;
      if (i - start === 8 && d === HYPHEN && isUuid(units, start, to)) {
        i = start + UUID_LENGTH;
        this.variable(start, i, -1);
        continue;
      }
      if (seen === 1 << DIGIT) {
        this.variable(start, i, i - start <= MAX_DIGITS ? value : -1);
        continue;
      }
      const cut = seen & WIDE ? 0 : cutOf(text, start, i);
      if (cut === 0) {
        this.variable(start, i, -1);
      } else if (cut > 0) {
        hash = Math.imul(this.letters(start, start + cut, before) ^ 0x1f, 0x01000193);
        this.number(start + cut, i);
      } else {
        const middle = start - cut;
        this.number(start, middle);
        const isTime = i - start === 5 && classOf(units[i - 1] as number) === DIGIT;
        hash = this.letters(middle, isTime ? middle + 1 : i, hash);
        if (!isTime) continue;
        hash = Math.imul(hash ^ 0x1f, 0x01000193);
        if (this.full(middle + 1, to)) break;
        this.number(middle + 1, i);
      }
    }
    this.hash = hash;
  }

  /** The last variable takes all that is left. */
  private full(start: number, to: number): boolean {
    if (this.used - this.first < MAX_VARIABLES - 1) return false;
    this.tail(start, to);
    return true;
  }
  private tail(start: number, to: number): void {
    this.hasTail = true;
    this.variable(start, to, -1);
  }
  private number(start: number, end: number): void {
    let value = 0;
    for (let k = start; k < end; k++) value = value * 10 + (this.units[k] as number) - 48;
    this.variable(start, end, end - start <= MAX_DIGITS ? value : -1);
  }
  private letters(start: number, end: number, hash: number): number {
    let h = hash;
    for (let k = start; k < end; k++) h = Math.imul(h ^ (this.units[k] as number), 0x01000193);
    return h;
  }
}

const grown = <A extends Int32Array | Float64Array>(old: A, larger: A): A => {
  larger.set(old);
  return larger;
};
