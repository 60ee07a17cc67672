/** Digits a number holds exactly. */
const MAX_DIGITS = 15;
/** Shorter numbers and ids are too common to be worth a place in the filter. */
const MIN_NUMBER = 5;
const MIN_ID = 4;
/** About 1 % false yes. */
const BITS_PER_KEY = 9;
const PROBES = 5;

const mix = (value: number): number => {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
/** Of a number written with `digits` digits. */
export const hashNumber = (value: number, digits: number): number =>
  mix(mix((value >>> 0) + digits * 0x9e3779b1) ^ Math.floor(value / 4294967296));
export const isIndexedNumber = (digits: number): boolean => digits >= MIN_NUMBER && digits <= MAX_DIGITS;

const hashText = (text: string, start: number, end: number): number => {
  let h = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
};
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
/** of folded text: no capitals */
const isLetter = (c: number): boolean => c >= 97 && c <= 122;
const isAscii = (c: number): boolean => c < 128;

/** `digits`: of a number, how many; blocks may leave out numbers of some lengths. */
export type AddHash = (hash: number, digits?: number) => void;

function addLetters(text: string, start: number, end: number, add: AddHash): void {
  for (let i = start; i + 3 <= end; i++)
    add(
      mix((text.charCodeAt(i) << 16) ^ (text.charCodeAt(i + 1) << 8) ^ text.charCodeAt(i + 2) ^ 0x55000000),
    );
}
function addPiece(text: string, start: number, end: number, add: AddHash): void {
  const length = end - start;
  let digits = 0;
  let letters = start;
  for (let i = start; i <= end; i++) {
    if (i < end && isLetter(text.charCodeAt(i))) continue;
    if (i < end) digits++;
    addLetters(text, letters, i, add);
    letters = i + 1;
  }
  if (digits === length) {
    if (isIndexedNumber(length)) add(hashNumber(Number(text.slice(start, end)), length), length);
    else if (length > MAX_DIGITS) add(hashText(text, start, end));
  } else if (digits > 0 && length >= MIN_ID) add(hashText(text, start, end));
}

/** Of four numbers with dots between them: an address, whose numbers by themselves are too common. */
const hashQuad = (a: number, b: number, c: number, d: number): number =>
  mix(mix(((a & 1023) << 20) ^ ((b & 1023) << 10) ^ (c & 1023)) ^ d ^ 0x77000000);
const QUAD = /(?<![0-9])(?=(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![0-9]))/g;
/** Addresses in a text, whatever stands beside them. */
export function hashQuads(text: string, add: AddHash): void {
  for (const { 1: a, 2: b, 3: c, 4: d } of text.matchAll(QUAD))
    add(hashQuad(Number(a), Number(b), Number(c), Number(d)));
}
const MAC = /(?=((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}))/gi;
/** Hardware addresses, whose pairs by themselves are too common; wherever they begin, since a search finds letters anywhere. */
export function hashMacs(text: string, add: AddHash): void {
  for (const [, mac = ''] of text.matchAll(MAC)) add(hashText(mac.toLowerCase(), 0, mac.length));
}
const isAlnum = (text: string, at: number): boolean =>
  isDigit(text.charCodeAt(at)) || isLetter(text.charCodeAt(at));

/**
 * What a text can be found by, as hashes: three letters in a row, one and two characters beyond ASCII, whole numbers and ids, and
 * addresses; those of hardware are indexed apart (`hashMacs`).
 * The same function over a searched word gives hashes of which each must be in a text that holds the word; Then
 * `isWord` is set, and `openStart` and `openEnd` leave out a number or id there that may be only part of one.
 */
export function hashesOf(
  folded: string,
  add: AddHash,
  { openStart = false, openEnd = false, isWord = false } = {},
): void {
  const n = folded.length;
  for (let i = 0; i < n; ) {
    const c = folded.charCodeAt(i);
    if (!isAscii(c)) {
      add(mix(c ^ 0x33000000));
      const next = i + 1 < n ? folded.charCodeAt(i + 1) : 0;
      if (!isAscii(next)) add(mix(Math.imul(c, 0x10001) ^ next ^ 0x44000000));
      i++;
      continue;
    }
    const start = i;
    let digits = 0;
    while (i < n) {
      const d = folded.charCodeAt(i);
      if (isDigit(d)) digits++;
      else if (!isLetter(d)) break;
      i++;
    }
    if (i === start) {
      i++;
      continue;
    }
    if (digits === 0) addLetters(folded, start, i, add);
    else if ((openStart && start === 0) || (openEnd && i === n)) addOpen(folded, start, i, add);
    else addRun(folded, start, i, add);
  }
  if (isWord) hashMacs(folded, add);
  if (!folded.includes('.')) return;
  for (const { index, 1: a, 2: b, 3: c, 4: d } of folded.matchAll(QUAD)) {
    const end = index + `${a}.${b}.${c}.${d}`.length;
    if ((openStart && index === 0) || (openEnd && end === n)) continue;
    // in a search, a number with letters beside it may be an id of its own
    if (isWord && ((index > 0 && isAlnum(folded, index - 1)) || (end < n && isAlnum(folded, end)))) continue;
    add(hashQuad(Number(a), Number(b), Number(c), Number(d)));
  }
}
function addOpen(text: string, start: number, end: number, add: AddHash): void {
  for (let i = start; i < end; ) {
    const from = i;
    while (i < end && isLetter(text.charCodeAt(i))) i++;
    addLetters(text, from, i, add);
    i++;
  }
}
function addRun(text: string, start: number, end: number, add: AddHash): void {
  let from = start;
  for (const cut of cutsOf(text, start, end)) {
    addPiece(text, from, cut, add);
    from = cut;
  }
  addPiece(text, from, end, add);
}

/**
 * Where a run of ASCII letters and digits may be cut: `subdir63` → subdir|63, `30ms` → 30|ms, `16T00` → 16|T|00. Ids such as
 * `9f4ef63` stay whole. Returns the number of letters before the digits as a positive number, digits before the letters as a
 * negative one, 0 for no cut; `16T00` is -2 with a second cut after the T.
 */
function cutOf(text: string, start: number, end: number): number {
  const at = (i: number): number => text.charCodeAt(i) | 32;
  let i = start;
  let isBeyondHex = false;
  if (isDigit(at(i))) {
    while (i < end && isDigit(at(i))) i++;
    const digits = i - start;
    if (i === end) return 0;
    if (end - start === 5 && digits === 2 && at(i) === T && isDigit(at(i + 1)) && isDigit(at(i + 2)))
      return -digits;
    for (; i < end; i++) {
      if (isDigit(at(i))) return 0;
      if (at(i) > F) isBeyondHex = true;
    }
    return isBeyondHex && end - start - digits <= 3 ? -digits : 0;
  }
  for (; i < end && !isDigit(at(i)); i++) if (at(i) > F) isBeyondHex = true;
  const letters = i - start;
  for (; i < end; i++) if (!isDigit(at(i))) return 0;
  return isBeyondHex && letters < end - start ? letters : 0;
}
const T = 116;
const F = 102;

/** Where the run [start, end) of letters and digits may be cut. */
export function cutsOf(text: string, start: number, end: number): number[] {
  const cut = cutOf(text, start, end);
  if (cut === 0) return [];
  if (cut > 0) return [start + cut];
  const first = start - cut;
  return isDigit(text.charCodeAt(end - 1)) ? [first, first + 1] : [first];
}

/** Collects hashes, each once. */
export class HashSet {
  private slots = new Int32Array(1 << 12);
  private hasZero = false;
  size = 0;
  readonly add = (hash: number): void => {
    if (hash === 0) {
      if (!this.hasZero) this.size++;
      this.hasZero = true;
      return;
    }
    const mask = this.slots.length - 1;
    let at = hash & mask;
    for (;;) {
      const found = this.slots[at];
      if (found === hash) return;
      if (found === 0) break;
      at = (at + 1) & mask;
    }
    this.slots[at] = hash;
    this.size++;
    if (this.size * 2 > this.slots.length) this.grow();
  };
  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(2 * old.length);
    const mask = this.slots.length - 1;
    for (const hash of old) {
      if (hash === 0) continue;
      let at = hash & mask;
      while (this.slots[at] !== 0) at = (at + 1) & mask;
      this.slots[at] = hash;
    }
  }
  forEach(work: (hash: number) => void): void {
    if (this.hasZero) work(0);
    for (const hash of this.slots) if (hash !== 0) work(hash);
  }
}

/** A Bloom filter (Bloom, CACM 1970; probes by double hashing, Kirsch and Mitzenmacher, ESA 2006). */
export function buildFilter(hashes: HashSet): Uint8Array {
  const bytes = new Uint8Array(Math.max(8, Math.ceil((hashes.size * BITS_PER_KEY) / 8)));
  const bits = bytes.length * 8;
  hashes.forEach((hash) => {
    let h = hash >>> 0;
    const step = (mix(hash ^ 0x5bd1e995) >>> 0) | 1;
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = Math.floor((h / 4294967296) * bits);
      bytes[bit >>> 3] = (bytes[bit >>> 3] as number) | (1 << (bit & 7));
      h = (h + step) >>> 0;
    }
  });
  return bytes;
}
/** false: certainly not in it */
export function mayHold(filter: Uint8Array, hash: number): boolean {
  const bits = filter.length * 8;
  let h = hash >>> 0;
  const step = (mix(hash ^ 0x5bd1e995) >>> 0) | 1;
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = Math.floor((h / 4294967296) * bits);
    if (!((filter[bit >>> 3] as number) & (1 << (bit & 7)))) return false;
    h = (h + step) >>> 0;
  }
  return true;
}
