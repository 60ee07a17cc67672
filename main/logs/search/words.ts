import { foldWords } from '../store/fold-words.ts';
import type { WordTest } from '../store/lines.ts';
import { tokensIn } from '../store/tokens.ts';
import { cutsOf, hashesOf } from '../store/word-filter.ts';

/** One thing a line must, or must not, hold. */
export type Word = {
  /** folded */
  readonly text: string;
  readonly not: boolean;
  /** with `*` there: a number or an id may go on beyond it */
  readonly openStart: boolean;
  readonly openEnd: boolean;
};

const QUERY = /(-?)(?:"([^"]*)"?|(\S+))/gu;

/**
 * `timeout "connection reset" -retry blk_12*`: words that must all be there, in any order; what is quoted is one; `-` before one
 * means it must not be there. Letters are found anywhere, also inside longer words; a number or an id is found whole (`50` is not
 * in `1503`), unless a `*` stands at its open end.
 */
export function parseWords(query: string): Word[] {
  const words: Word[] = [];
  for (const [whole, minus, quoted, plain] of query.matchAll(QUERY)) {
    const given = quoted ?? plain ?? '';
    // a minus alone is a word of its own
    const not = minus === '-' && given !== '';
    const bare = given === '' && quoted === undefined ? whole : given;
    const openStart = quoted === undefined && bare.length > 1 && bare.startsWith('*');
    const openEnd = quoted === undefined && bare.length > 1 && bare.endsWith('*');
    const text = foldWords(bare.slice(openStart ? 1 : 0, openEnd ? -1 : undefined));
    const trimmed = quoted === undefined ? text.trim() : text;
    if (trimmed !== '') words.push({ text: trimmed, not, openStart, openEnd });
  }
  return words;
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isAlnum = (c: number): boolean => isDigit(c) || (c >= 97 && c <= 122);

/** ASCII letters with no digit beside them, or letters of other scripts. */
const LETTERS = /(?<![0-9a-z])[a-z]{2,}(?![0-9a-z])|[^\s\d\p{P}\p{S}a-z]+/gu;
/** Pieces looked for one by one before a line is put together. */
const MAX_PIECES = 6;

/** A hash that must be in a block's filter; `digits`: of a number, how many. */
export type Needed = { readonly hash: number; readonly digits: number };

/** A word made ready: hashes that must be in a block's filter, and whether its ends stand for themselves. */
export class WordMatcher implements WordTest {
  readonly word: Word;
  readonly hashes: readonly Needed[];
  /** only letters: in a layout or in one variable, never across */
  readonly lettersOnly: boolean;
  /** numbers, ids and runs of letters in it: each is in the layout, or a variable, or (letters) inside one; telling ones first */
  readonly pieces: readonly string[];
  readonly tokens: WordTest['tokens'];
  readonly gaps: readonly string[];
  private readonly guardStart: boolean;
  private readonly guardEnd: boolean;

  constructor(word: Word) {
    this.word = word;
    const { text, openStart, openEnd } = word;
    const found = new Map<number, number>();
    hashesOf(text, (hash, digits = 0) => found.set(hash, digits), { openStart, openEnd, isWord: true });
    this.hashes = [...found].map(([hash, digits]) => ({ hash, digits }));
    this.lettersOnly = /^[a-z]+$|^[^\s\d\p{P}\p{S}a-z]+$/u.test(text);
    const runs = [...text.matchAll(/[0-9a-z]+/g)].map((m) => ({
      start: m.index,
      end: m.index + m[0].length,
    }));
    const hasDigit = (run: { start: number; end: number } | undefined): boolean =>
      run !== undefined && /\d/.test(text.slice(run.start, run.end));
    const first = runs[0]?.start === 0 ? runs[0] : undefined;
    const last = runs.at(-1)?.end === text.length ? runs.at(-1) : undefined;
    this.guardStart = !openStart && hasDigit(first);
    this.guardEnd = !openEnd && hasDigit(last);
    const pieces = new Set<string>();
    for (const run of runs) {
      if ((openStart && run.start === 0) || (openEnd && run.end === text.length)) continue;
      const ends = [...cutsOf(text, run.start, run.end), run.end];
      let from = run.start;
      for (const end of ends) {
        const piece = text.slice(from, end);
        if (/\d/.test(piece)) pieces.add(piece);
        from = end;
      }
    }
    const { tokens, gaps } = tokensIn(text);
    this.gaps = gaps;
    this.tokens = tokens.map((token, i) => ({
      text: token,
      isOpen:
        (openStart && i === 0 && text.startsWith(token)) ||
        (openEnd && i === tokens.length - 1 && text.endsWith(token)),
    }));
    const letters = this.lettersOnly ? [text] : (text.match(LETTERS) ?? []);
    const longest = (a: string, b: string): number => b.length - a.length;
    this.pieces = [...[...pieces].sort(longest), ...[...letters].sort(longest)].slice(0, MAX_PIECES);
  }
  /** `folded`: a whole line, folded */
  isIn(folded: string): boolean {
    const { text } = this.word;
    for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + 1)) {
      if (this.guardStart && !mayBegin(folded, at)) continue;
      if (this.guardEnd && !mayBegin(folded, at + text.length)) continue;
      return true;
    }
    return false;
  }
}

/** Whether a number or an id may begin or end here: not inside another. */
function mayBegin(folded: string, at: number): boolean {
  if (at === 0 || at === folded.length) return true;
  if (!isAlnum(folded.charCodeAt(at - 1)) || !isAlnum(folded.charCodeAt(at))) return true;
  let start = at;
  while (start > 0 && isAlnum(folded.charCodeAt(start - 1))) start--;
  let end = at;
  while (end < folded.length && isAlnum(folded.charCodeAt(end))) end++;
  return cutsOf(folded, start, end).includes(at);
}
