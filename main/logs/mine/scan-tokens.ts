/**
 * One pass over a line's text: words stay, everything that varies by nature (numbers, addresses, paths, values after `=`)
 * becomes a typed parameter. By hand and without regular expressions, because it runs on every character of every line; the result
 * is written into arrays that are reused. What a token is depends on the line alone, so the same line always scans the same.
 */

import type { ParameterType } from '../types.ts';
import { EVENT_WORDS } from './config.ts';

/** What a token is. Kinds from `NUMBER` on are parameters. */
export const KIND = {
  word: 0,
  /** a word with a few digits in it (`eth0`, `jk2_init`): constant until another number is seen in its place */
  weak: 1,
  mark: 2,
  number: 3,
  ip: 4,
  hex: 5,
  uuid: 6,
  path: 7,
  duration: 8,
  time: 9,
  id: 10,
  text: 11,
} as const;
export const FIRST_PARAMETER = KIND.number;
/** By kind, from `FIRST_PARAMETER` on. */
export const PARAMETER_TYPES: readonly ParameterType[] = [
  'number',
  'ip',
  'hex',
  'uuid',
  'path',
  'duration',
  'time',
  'id',
  'text',
];

/** A longer line ends in one text parameter; so does the text past this many characters. */
const MAX_TOKENS = 384;
const MAX_CHARS = 16_384;

const OTHER = 0;
const SPACE = 1;
const DIGIT = 2;
const LETTER = 3;
const CLASS = new Uint8Array(128);
for (let c = 0; c <= 32; c++) CLASS[c] = SPACE;
CLASS[127] = SPACE;
for (let c = 48; c <= 57; c++) CLASS[c] = DIGIT;
for (let c = 65; c <= 90; c++) CLASS[c] = CLASS[c + 32] = LETTER;

const code = (char: string): number => char.charCodeAt(0);
const DOT = code('.');
const COLON = code(':');
const SLASH = code('/');
const BACKSLASH = code('\\');
const HYPHEN = code('-');
const UNDERSCORE = code('_');
const AT = code('@');
const COMMA = code(',');
const EQUALS = code('=');
const QUOTE = code('"');
const APOSTROPHE = code("'");
const PERCENT = code('%');
const LESS = code('<');
const HASH = code('#');
const PLUS = code('+');

const FNV_START = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
/** FNV-1a over UTF-16 units (Fowler, Noll, Vo). */
export function hashText(text: string): number {
  let hash = FNV_START;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash;
}
const EVENT_KEYS = new Set(EVENT_WORDS.map(hashText));

/** Their digit tells one thing from another and counts nothing. */
const VERSIONED = new Set('IPv4 IPv6 IPV4 IPV6 ipv4 ipv6'.split(' ').map(hashText));

const isAlnum = (c: number): boolean => c < 128 && (CLASS[c] ?? 0) >= DIGIT;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isHex = (c: number): boolean => (c >= 48 && c <= 57) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
const isWideDigit = (c: number): boolean => c >= 0xff10 && c <= 0xff19;
/** é, ü, ß, ø: letters of European words. */
const isLatin = (c: number): boolean => c >= 0xc0 && c < 0x250 && c !== 0xd7 && c !== 0xf7;
const isPathChar = (c: number): boolean => isAlnum(c) || c === UNDERSCORE || c === DOT || c === HYPHEN;
/** Ends a value after `=`: white space , ; ) ] } | " ' > < & ( { [ */
const ENDS_VALUE = new Uint8Array(128);
for (let c = 0; c <= 32; c++) ENDS_VALUE[c] = 1;
for (const char of ',;)]}|"\'><&({[') ENDS_VALUE[code(char)] = 1;

/** Ends a path: the same, but a query string belongs to it. */
const ENDS_PATH = ENDS_VALUE.slice();
ENDS_PATH[code('&')] = 0;

const HIRAGANA = 1;
const KATAKANA = 2;
const KANJI = 3;
const WIDE_LATIN = 4;
const MARK = 5;
const LETTERS = 6;
/** The script of a unit ≥ 128. Japanese has no spaces: a change of script is where a word ends. */
function scriptOf(c: number): number {
  if (c >= 0x3041 && c <= 0x309f) return HIRAGANA;
  if ((c >= 0x30a1 && c <= 0x30ff && c !== 0x30fb) || (c >= 0xff66 && c <= 0xff9f)) return KATAKANA;
  if (
    (c >= 0x3400 && c <= 0x9fff) ||
    c === 0x3005 ||
    (c >= 0xd800 && c <= 0xdfff) ||
    (c >= 0xf900 && c <= 0xfaff)
  )
    return KANJI;
  if ((c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a)) return WIDE_LATIN;
  if (c < 0xc0 || (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f) || c === 0x30fb || c >= 0xff00)
    return MARK;
  return LETTERS;
}
const isWideLetter = (c: number): boolean => c >= 128 && scriptOf(c) !== MARK;
/** `/基幹/日次`, and not the slash of `入荷/出荷`: something stands between two slashes, and no letter before them. */
function isWidePath(text: string, from: number): boolean {
  const before = from > 0 ? text.charCodeAt(from - 1) : 32;
  if (isAlnum(before) || isWideLetter(before) || !isWideLetter(text.charCodeAt(from + 1))) return false;
  return text.slice(from + 1, pathEnd(text, from, text.length)).includes(text.charAt(from));
}
const NAME_GOES_ON = /[^\p{ASCII}\s、。（）「」：，]{2,}[/\\._-]/uy;
/** `を`, `から`: a sentence goes on so behind a name; the kana of `請求締め` belong to it. */
const PARTICLES = new Set([...'をがにへはでとのもかまよ'].map(code));
/**
 * Behind the path at `from`. A sentence goes on where a particle, or anything behind a file's ending, stand that no other part of the path
 * follows: `/data/x.csvを`, `/data/x.csv読込完了`.
 */
function pathEnd(text: string, from: number, stop: number): number {
  let i = from;
  let hasEnding = false;
  for (; i < stop; i++) {
    const c = text.charCodeAt(i);
    if (c < 128 ? ENDS_PATH[c] === 1 : scriptOf(c) === MARK) break;
    if (c === DOT) hasEnding = true;
    else if (c === SLASH || c === BACKSLASH) hasEnding = false;
    const isSaid = PARTICLES.has(c) || (hasEnding && isAlnum(text.charCodeAt(i - 1)));
    if (c < 128 || !isSaid) continue;
    NAME_GOES_ON.lastIndex = i;
    if (!NAME_GOES_ON.test(text)) break;
    i = NAME_GOES_ON.lastIndex - 1;
  }
  while (i > from + 1 && (text.charCodeAt(i - 1) === DOT || text.charCodeAt(i - 1) === COLON)) i--;
  return i;
}
const OPEN_QUOTES = new Map([
  [0x300c, '」'],
  [0x300e, '』'],
  [0x201c, '”'],
]);

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = '\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?';
/** `Sat Jul  9 12:16:49 2005`, `Fri, 11 Nov 2005 08:00:12 GMT`; tried only at a capitalised word of three letters. */
const WRITTEN_DATE = new RegExp(
  `(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?(?:${MONTH} +\\d{1,2}|\\d{1,2} ${MONTH}),?(?: +\\d{4}\\b)?(?: +${CLOCK})?(?: +(?:[A-Z]{3,4}|[+-]\\d{4})\\b)?(?: +\\d{4}\\b)?`,
  'y',
);
const DATE_WORDS = new Set(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun'.split(' ').map(hashText),
);

/** `%LINK-3-UPDOWN:` at the head of a message: facility, severity, and a code that names what happened. */
const MESSAGE_CODE = /%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+(?=:)/y;

/** The quote that closes the one at `open`; one behind an odd number of backslashes belongs to the text. */
function closingQuote(text: string, open: number, quote: number): number {
  const mark = quote === QUOTE ? '"' : "'";
  for (let close = text.indexOf(mark, open + 1); close >= 0; close = text.indexOf(mark, close + 1)) {
    let slashes = 0;
    while (text.charCodeAt(close - 1 - slashes) === BACKSLASH) slashes++;
    if ((slashes & 1) === 0 || close - slashes <= open + 1) return close;
  }
  return -1;
}
/** Behind the `>` of `<someone@example.com>` or of an empty `<>`: one value, its brackets included; 0: no such value. */
function angleEnd(text: string, open: number): number {
  const limit = Math.min(text.length, open + 160);
  for (let i = open + 1; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c === 62) return i + 1;
    if (c === LESS || c === EQUALS) return 0;
  }
  return 0;
}

/** Behind the one to four hexadecimal digits at `from`, as between the colons of an address; 0: something else stands there. */
function groupEnd(text: string, from: number): number {
  let i = from;
  while (i < text.length && isHex(text.charCodeAt(i))) i++;
  const isGroup =
    i > from && i <= from + 4 && !isAlnum(text.charCodeAt(i)) && text.charCodeAt(i) !== UNDERSCORE;
  return isGroup ? i : 0;
}
/** `::1`, `::ffff:10.0.0.1`, and not `::add`. */
function isShortAddress(text: string, from: number): boolean {
  const end = groupEnd(text, from + 2);
  return end > 0 && (text.charCodeAt(end) === COLON || /\d/.test(text.slice(from, end)));
}

/** The tokens of the line scanned last. */
export class Scanner {
  readonly kind = new Uint8Array(MAX_TOKENS + 2);
  readonly start = new Int32Array(MAX_TOKENS + 2);
  readonly end = new Int32Array(MAX_TOKENS + 2);
  readonly hash = new Int32Array(MAX_TOKENS + 2);
  count = 0;
  text = '';
  /** Names the sequence of words, marks and parameter kinds; two lines of one signature differ in their parameters only. 53 bits. */
  signature = 0;

  /** `salt` keeps signatures of equal lines apart. */
  scan(text: string, salt = 0): void {
    this.text = text;
    this.count = 0;
    const stop = Math.min(text.length, MAX_CHARS);
    let i = 0;
    while (i < stop && this.count < MAX_TOKENS) {
      const c = text.charCodeAt(i);
      const kind = c < 128 ? CLASS[c] : OTHER;
      if (kind === SPACE) i++;
      else if (kind === LETTER || kind === DIGIT) i = this.chunk(i, stop);
      else i = c < 128 ? this.mark(i, c, stop) : this.wide(i, c, stop);
    }
    if (i < text.length) this.push(KIND.text, i, text.length, 0);
    this.sign(salt);
  }

  private push(kind: number, start: number, end: number, hash: number): void {
    const n = this.count++;
    this.kind[n] = kind;
    this.start[n] = start;
    this.end[n] = end;
    this.hash[n] = kind >= FIRST_PARAMETER ? kind : hash;
  }

  private sign(salt: number): void {
    const { hash, count } = this;
    let high = count ^ (salt << 16);
    let low = 0x9747b28c | 0;
    for (let i = 0; i < count; i++) {
      const h = hash[i] ?? 0;
      high = Math.imul(high ^ h, 0x9e3779b1);
      high ^= high >>> 15;
      low = Math.imul(low + h, 0x85ebca6b);
      low ^= low >>> 13;
    }
    this.signature = (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
  }

  /** Letters and digits with what holds them together: `10.0.0.1:80`, `blk_-12`, `_a.b.C$D`, `/var/log/x`, `can't`. */
  private chunk(from: number, stop: number): number {
    const { text } = this;
    let i = from;
    let hash = FNV_START;
    let letters = 0;
    let digits = 0;
    let dots = 0;
    let capitals = 0;
    let hyphens = 0;
    let colons = 0;
    let slashes = 0;
    let strong = false;
    let weak = false;
    let isId = false;
    let isUrl = false;
    let isAddress = false;
    let isHexWord = true;
    // of the current segment (a run of letters and digits)
    let segLetters = 0;
    let segDigits = 0;
    let runs = 0;
    let hexOnly = true;
    let digitFirst = false;
    let inDigits = false;
    for (;;) {
      const c = i < stop ? text.charCodeAt(i) : 32;
      const kind = c < 128 ? CLASS[c] : isWideDigit(c) ? DIGIT : isLatin(c) ? LETTER : OTHER;
      if (kind === LETTER) {
        segLetters++;
        if (c < 97) capitals++;
        inDigits = false;
        if (hexOnly && !isHex(c)) hexOnly = false;
        hash = Math.imul(hash ^ c, FNV_PRIME);
        i++;
        continue;
      }
      if (kind === DIGIT) {
        if (!inDigits) {
          runs++;
          inDigits = true;
          if (segLetters === 0) digitFirst = true;
        }
        segDigits++;
        hash = Math.imul(hash ^ c, FNV_PRIME);
        i++;
        continue;
      }
      if (segDigits > 0) {
        if (
          digitFirst ||
          segDigits > 2 ||
          segLetters < 2 ||
          runs > 1 ||
          (hexOnly && segLetters + segDigits >= 6)
        )
          strong = true;
        else weak = true;
      } else if (hexOnly && segLetters >= 8 && (segLetters & 1) === 0) strong = true;
      if (!hexOnly) isHexWord = false;
      letters += segLetters;
      digits += segDigits;
      const next = i + 1 < stop ? text.charCodeAt(i + 1) : 32;
      let joins = false;
      switch (c) {
        case UNDERSCORE:
        case 36: // $
        case 126: // ~
          isHexWord = false;
          joins = true;
          break;
        case HYPHEN:
          joins = isAlnum(next) || (next === HYPHEN && digits > 0) || (slashes > 0 && isPathChar(next));
          if (joins) hyphens++;
          break;
        case DOT:
          joins = isAlnum(next) || next === UNDERSCORE || (slashes > 0 && (next === SLASH || next === DOT));
          if (joins) dots++;
          break;
        case AT:
          joins = isAlnum(next) || next === UNDERSCORE;
          if (joins) isId = true;
          break;
        case SLASH:
        case BACKSLASH:
          joins = isPathChar(next) || next === c || next === 42 || (slashes > 0 && c === SLASH);
          if (joins) slashes++;
          else if (isWideLetter(next) && (slashes > 0 || c === BACKSLASH)) {
            i = pathEnd(text, i, stop);
            this.push(KIND.path, from, i, 0);
            return i;
          }
          break;
        case COLON:
          if (next === SLASH && text.charCodeAt(i + 2) === SLASH) {
            joins = isUrl = true;
          } else if (next === BACKSLASH && letters === 1 && digits === 0) joins = true;
          else if (isUrl)
            joins = next > 32; // behind an address it is punctuation
          else if (isDigit(next) && (digits > 0 || dots > 1 || (dots > 0 && capitals === 0))) joins = true;
          else if (next === COLON)
            joins = isAddress =
              hexOnly &&
              segLetters + segDigits <= 4 &&
              (digits > 0 || i === from) &&
              groupEnd(text, i + 2) > 0;
          else if (isHex(next) && segLetters + segDigits <= 4 && hexOnly)
            joins =
              colons > 0 ||
              (segLetters + segDigits === 2 && text.charCodeAt(i + 3) === COLON) ||
              (digits > 0 && text.charCodeAt(groupEnd(text, i + 1)) === COLON);
          if (joins) {
            colons++;
            if (!isUrl && letters > 0 && hexOnly) strong = true;
          }
          break;
        case COMMA:
          joins = letters === 0 && isDigit(next) && slashes === 0;
          break;
        case APOSTROPHE:
          joins = digits === 0 && segLetters > 0 && slashes === 0 && next < 128 && CLASS[next] === LETTER;
          break;
        case PERCENT:
          joins = (letters === 0 && digits > 0) || ((slashes > 0 || isAddress) && isAlnum(next));
          break;
        case PLUS:
        case EQUALS:
        case 63: // ?
        case 38: // &
        case 42: // *
        case 33: // !
          joins = slashes > 1 && next > 32 && next < 127 && next !== QUOTE && next !== APOSTROPHE;
          break;
        default:
      }
      if (!joins) break;
      hash = Math.imul(hash ^ c, FNV_PRIME);
      segLetters = segDigits = runs = 0;
      hexOnly = true;
      digitFirst = inDigits = false;
      i++;
    }
    let kind: number;
    if (slashes > 0 && (strong || weak || dots > 0 || slashes > 1)) kind = KIND.path;
    else if (isAddress) kind = KIND.ip;
    else if (strong) {
      if (letters === 0) kind = dots === 3 ? KIND.ip : colons > 0 || hyphens > 1 ? KIND.time : KIND.number;
      else if (i - from === 36 && hyphens === 4) kind = KIND.uuid;
      else if (digitFirst && hyphens === 0 && i - from <= 12) kind = this.unitKind(from, i);
      else if (isHexWord && dots === 0 && hyphens === 0) kind = KIND.hex;
      else kind = KIND.id;
    } else if (isId) kind = KIND.id;
    else if (weak) kind = VERSIONED.has(hash) ? KIND.word : KIND.weak;
    else {
      if (i - from === 3 && DATE_WORDS.has(hash)) {
        WRITTEN_DATE.lastIndex = from;
        const found = WRITTEN_DATE.exec(text);
        if (found) {
          i = from + found[0].length;
          this.push(KIND.time, from, i, 0);
          return i;
        }
      }
      kind = KIND.word;
    }
    this.push(kind, from, i, hash);
    return i;
  }

  /** `0x1f` and `1f3a9c` are hex, `30ms` and `2h` are durations, `64MB` is a number, `3rd-party` an id. */
  private unitKind(from: number, to: number): number {
    const { text } = this;
    if (text.charCodeAt(from) === 48 && (text.charCodeAt(from + 1) | 32) === 120) return KIND.hex;
    let i = from;
    while (i < to && !(CLASS[text.charCodeAt(i)] === LETTER)) i++;
    const unit = text.slice(i, to);
    if (/^(?:ns|us|ms|s|sec|m|min|h|d)$/.test(unit)) return KIND.duration;
    return unit.length <= 3 ? KIND.number : KIND.id;
  }

  /** A mark, or what begins with one: a path, a signed number, the value after `=`. */
  private mark(from: number, c: number, stop: number): number {
    const { text } = this;
    const next = from + 1 < stop ? text.charCodeAt(from + 1) : 32;
    const before = from > 0 ? text.charCodeAt(from - 1) : 32;
    if (
      ((c === SLASH || c === BACKSLASH) && (isPathChar(next) || isWidePath(text, from))) ||
      ((c === DOT || c === 126) && next === SLASH && isPathChar(text.charCodeAt(from + 2)))
    ) {
      const i = pathEnd(text, from, stop);
      this.push(KIND.path, from, i, 0);
      return i;
    }
    if ((c === HYPHEN || c === PLUS || c === DOT) && isDigit(next) && !isAlnum(before) && before !== c) {
      const first = this.count;
      const i = this.chunk(from + 1, stop);
      if ((this.kind[first] ?? 0) >= FIRST_PARAMETER) this.start[first] = from;
      return i;
    }
    if (c === PERCENT && this.count === 0) {
      MESSAGE_CODE.lastIndex = from;
      const [named] = MESSAGE_CODE.exec(text) ?? [];
      if (named !== undefined) {
        this.push(KIND.word, from, from + named.length, hashText(named));
        return from + named.length;
      }
    }
    if (c === COLON && next === COLON && !isAlnum(before) && isShortAddress(text, from))
      return this.chunk(from, stop);
    if (c === UNDERSCORE) {
      let name = from + 1;
      while (name < stop && text.charCodeAt(name) === UNDERSCORE) name++;
      if (name < stop && isAlnum(text.charCodeAt(name))) return this.chunk(from, stop);
    }
    let i = from + 1;
    if (c !== QUOTE && c !== APOSTROPHE && (c < 40 || c > 41))
      while (i < stop && text.charCodeAt(i) === c) i++;
    this.push(KIND.mark, from, i, i - from > 1 ? c | 0x100 : c);
    if (c === EQUALS && i - from === 1 && next !== 62 && before !== 33 && before !== 60 && before !== 62)
      return this.value(i, stop);
    return i;
  }

  /** What stands after `key=` is a value, whatever it looks like; nested structures are scanned as text. */
  private value(from: number, stop: number): number {
    const { text, count } = this;
    if (count > 1 && this.kind[count - 2] === KIND.word && EVENT_KEYS.has(this.hash[count - 2] ?? 0))
      return from;
    let start = from;
    while (start < stop && start < from + 2 && text.charCodeAt(start) === 32) start++;
    const c = start < stop ? text.charCodeAt(start) : 32;
    if (c === QUOTE || c === APOSTROPHE) {
      const close = closingQuote(text, start, c);
      if (close < 0 || close - start > 512) return start;
      this.push(KIND.text, start, close + 1, 0);
      return close + 1;
    }
    if (c === LESS) {
      const close = angleEnd(text, start);
      if (close > 0) {
        this.push(KIND.text, start, close, 0);
        return close;
      }
    }
    if (c < 128 && (ENDS_VALUE[c] || c === EQUALS)) return start;
    let i = start;
    while (i < stop) {
      const v = text.charCodeAt(i);
      if (v < 128) {
        if (ENDS_VALUE[v]) {
          if (v !== 40 && v !== 91 && v !== 123) break;
          const close = this.tightClose(i, v);
          if (close < 0) return start;
          i = close;
        } else if (v === EQUALS && start > from) return start;
        else if (v === HASH && text.charCodeAt(i + 1) === HASH) break;
      } else if (v === 0x3000 || (scriptOf(v) === MARK && v >= 0x3000)) break;
      i++;
    }
    while (i > start + 1) {
      const last = text.charCodeAt(i - 1);
      if (last !== DOT && last !== COLON && last !== 33 && last !== 63) break;
      i--;
    }
    const first = text.charCodeAt(start);
    const isNumber = isDigit(first) || (first === HYPHEN && isDigit(text.charCodeAt(start + 1)));
    this.push(isNumber ? KIND.number : first === SLASH ? KIND.path : KIND.text, start, i, 0);
    return i;
  }
  /** The place of the bracket that closes `open`, when nothing but one tight value is inside: `Source{10113}`. */
  private tightClose(open: number, bracket: number): number {
    const { text } = this;
    const close = bracket === 40 ? 41 : bracket === 91 ? 93 : 125;
    const limit = Math.min(text.length, open + 160);
    for (let i = open + 1; i < limit; i++) {
      const c = text.charCodeAt(i);
      if (c === close) return i;
      if (c <= 32 || c === EQUALS || c === bracket) return -1;
    }
    return -1;
  }

  /** Text beyond ASCII: runs of one script, full-width digits, names in 「」. */
  private wide(from: number, c: number, stop: number): number {
    const { text } = this;
    if (c === 0x3000 || c === 0xa0 || c === 0xfeff) return from + 1;
    if (isWideDigit(c) || isLatin(c)) return this.chunk(from, stop);
    const closing = OPEN_QUOTES.get(c);
    if (closing) {
      const close = text.indexOf(closing, from + 1);
      if (close > from + 1 && close - from <= 256) {
        this.push(KIND.mark, from, from + 1, c);
        this.push(KIND.text, from + 1, close, 0);
        this.push(KIND.mark, close, close + 1, closing.charCodeAt(0));
        return close + 1;
      }
    }
    const script = scriptOf(c);
    if (script === MARK) {
      this.push(KIND.mark, from, from + 1, c);
      return from + 1;
    }
    let hash = FNV_START;
    let i = from;
    while (i < stop) {
      const u = text.charCodeAt(i);
      if (u < 128 || isWideDigit(u) || scriptOf(u) !== script) break;
      hash = Math.imul(hash ^ u, FNV_PRIME);
      i++;
    }
    this.push(KIND.word, from, i, hash);
    return i;
  }
}
