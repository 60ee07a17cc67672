/** Texts as tokens (runs of ASCII letters and digits; runs beyond ASCII) and the gaps between them. */

const OTHER = 0;
const ALNUM = 1;
const BEYOND = 2;
const CLASS = Uint8Array.from({ length: 128 }, (_, c) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(c)) ? ALNUM : OTHER,
);
/** The tokens of a word that is looked for, and the gaps between them. */
export function tokensIn(word: string): {
  readonly tokens: readonly string[];
  readonly gaps: readonly string[];
} {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every character beyond ASCII is meant
  const all = [...word.matchAll(/[a-z0-9]+|[^\x00-\x7f]+/gi)];
  const ends = all.map((m) => m.index + m[0].length);
  return {
    tokens: all.map((m) => m[0]),
    gaps: all.slice(1).map((m, i) => word.slice(ends[i], m.index)),
  };
}
const ZERO = 48;
/** Digits a number holds exactly. */
const EXACT_DIGITS = 15;
/** More tokens than these, and the last one is the rest of the text. */
const MOST_TOKENS = 400;
/** Room for so many is made at first. */
const TOKENS_A_TEXT = 24;

export type TokenGroup = {
  /** what stands before, between and after the tokens: one more than they are */
  readonly gaps: readonly string[];
  readonly rows: number[];
};
/** Numbers that are all written alike: `width` 0 without zeros before them, else with so many digits. */
export type Numbers = { readonly values: Float64Array; readonly width: number };

/** Where in each text its tokens are; texts are taken apart as they are grouped. */
export class TokenTable {
  private readonly texts: readonly string[];
  private readonly most: number;
  /** token t of a row is [starts[first[row] + t], ends[first[row] + t]) */
  private readonly first: Int32Array;
  private readonly counts: Int32Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private used = 0;
  /** of the gaps of the text taken apart last */
  private hash = 0;

  constructor(texts: readonly string[], most = MOST_TOKENS) {
    this.texts = texts;
    this.most = most;
    this.first = new Int32Array(texts.length);
    this.counts = new Int32Array(texts.length);
    const room = TOKENS_A_TEXT * texts.length + most;
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  /** The rows by their gaps and by what `sort` says of them. */
  groups(rows: Iterable<number>, sort: (row: number) => number): TokenGroup[] {
    const byHash = new Map<number, number[]>();
    const groups: TokenGroup[] = [];
    const sorts: number[] = [];
    for (const row of rows) {
      this.split(row);
      const own = sort(row);
      const hash = Math.imul(this.hash ^ own, 0x01000193);
      let alike = byHash.get(hash);
      if (!alike) {
        alike = [];
        byHash.set(hash, alike);
      }
      let found: TokenGroup | null = null;
      for (const g of alike) {
        const group = groups[g] as TokenGroup;
        if (sorts[g] !== own || !this.isLike(group.rows[0] as number, row)) continue;
        found = group;
        break;
      }
      if (found) {
        found.rows.push(row);
        continue;
      }
      alike.push(groups.length);
      sorts.push(own);
      groups.push({ gaps: this.gapsOf(row), rows: [row] });
    }
    return groups;
  }
  private split(row: number): void {
    const text = this.texts[row] as string;
    const n = text.length;
    this.reserve(Math.min(n, this.most));
    const { starts, ends, most } = this;
    const first = this.used;
    const last = first + most - 1;
    let used = first;
    let hash = 0x811c9dc5 | 0;
    for (let i = 0; i < n; ) {
      const c = text.charCodeAt(i);
      const kind = c < 128 ? (CLASS[c] as number) : BEYOND;
      if (kind === OTHER) {
        hash = Math.imul(hash ^ c, 0x01000193);
        i++;
        continue;
      }
      starts[used] = i;
      i++;
      if (used === last) i = n;
      else if (kind === ALNUM) while (i < n && CLASS[text.charCodeAt(i)] === ALNUM) i++;
      else while (i < n && text.charCodeAt(i) > 127) i++;
      ends[used++] = i;
      hash = Math.imul(hash ^ (0x100 + kind), 0x01000193);
    }
    this.first[row] = first;
    this.counts[row] = used - first;
    this.used = used;
    this.hash = hash;
  }
  private reserve(more: number): void {
    if (this.used + more < this.starts.length) return;
    for (const name of ['starts', 'ends'] as const) {
      const larger = new Int32Array(2 * this.starts.length + more);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
  /** Whether two texts differ in their tokens alone. */
  private isLike(a: number, b: number): boolean {
    const count = this.counts[a] as number;
    if (count !== this.counts[b]) return false;
    const [x, y] = [this.texts[a] as string, this.texts[b] as string];
    const [firstA, firstB] = [this.first[a] as number, this.first[b] as number];
    let [i, j] = [0, 0];
    for (let t = 0; t <= count; t++) {
      const end = t < count ? (this.starts[firstA + t] as number) : x.length;
      const stop = t < count ? (this.starts[firstB + t] as number) : y.length;
      if (end - i !== stop - j) return false;
      for (; i < end; i++, j++) if (x.charCodeAt(i) !== y.charCodeAt(j)) return false;
      if (t === count) break;
      if (x.charCodeAt(i) > 127 !== y.charCodeAt(j) > 127) return false;
      i = this.ends[firstA + t] as number;
      j = this.ends[firstB + t] as number;
    }
    return true;
  }
  private gapsOf(row: number): string[] {
    const text = this.texts[row] as string;
    const gaps: string[] = [];
    let from = 0;
    const first = this.first[row] as number;
    for (let k = first; k < first + (this.counts[row] as number); k++) {
      gaps.push(text.slice(from, this.starts[k]));
      from = this.ends[k] as number;
    }
    gaps.push(text.slice(from));
    return gaps;
  }

  token(row: number, t: number): string {
    const k = (this.first[row] as number) + t;
    return (this.texts[row] as string).slice(this.starts[k], this.ends[k]);
  }
  /** Whether the last token of such texts may be the rest of them. */
  isCut(gaps: readonly string[]): boolean {
    return gaps.length > this.most;
  }
  /** The text from one token to another. */
  span(row: number, from: number, to: number): string {
    const first = this.first[row] as number;
    return (this.texts[row] as string).slice(this.starts[first + from], this.ends[first + to]);
  }
  /** Whether all rows have the same token there. */
  isConstant(rows: Int32Array, t: number): boolean {
    const first = this.token(rows[0] as number, t);
    const length = first.length;
    for (let i = 1; i < rows.length; i++) {
      const row = rows[i] as number;
      const k = (this.first[row] as number) + t;
      const start = this.starts[k] as number;
      if ((this.ends[k] as number) - start !== length) return false;
      const text = this.texts[row] as string;
      for (let c = 0; c < length; c++) if (text.charCodeAt(start + c) !== first.charCodeAt(c)) return false;
    }
    return true;
  }
  /** The tokens as numbers; null: they are not all numbers, written alike. */
  numbers(rows: Int32Array, t: number): Numbers | null {
    const values = new Float64Array(rows.length);
    let width = -1;
    let isBare = true;
    let isEven = true;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const k = (this.first[row] as number) + t;
      const start = this.starts[k] as number;
      const end = this.ends[k] as number;
      const value = digitsIn(this.texts[row] as string, start, end);
      if (value < 0) return null;
      values[i] = value;
      const digits = end - start;
      if (width < 0) width = digits;
      else if (digits !== width) isEven = false;
      if (digits > 1 && (this.texts[row] as string).charCodeAt(start) === ZERO) isBare = false;
      if (!isBare && !isEven) return null;
    }
    return { values, width: isBare ? 0 : width };
  }
}

/** A number of digits alone, or -1. */
function digitsIn(text: string, start: number, end: number): number {
  if (end === start || end - start > EXACT_DIGITS) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
/** The texts as numbers between a common beginning and end; null: they are none. */
export function numbersWithin(texts: readonly string[]): (Numbers & { head: string; tail: string }) | null {
  const first = texts[0] as string;
  const [, head, digits, tail] = /^([^0-9]*)([0-9]{1,15})([^0-9]*)$/u.exec(first) ?? [];
  if (head === undefined || digits === undefined || tail === undefined) return null;
  const values = new Float64Array(texts.length);
  let isBare = true;
  let isEven = true;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string;
    if (!text.startsWith(head) || !text.endsWith(tail)) return null;
    const end = text.length - tail.length;
    const value = digitsIn(text, head.length, end);
    if (value < 0) return null;
    values[i] = value;
    if (end - head.length !== digits.length) isEven = false;
    if (end - head.length > 1 && text.charCodeAt(head.length) === ZERO) isBare = false;
  }
  if (!isBare && !isEven) return null;
  return { values, width: isBare ? 0 : digits.length, head, tail };
}
