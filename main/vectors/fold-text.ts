import { OLD_KANJI } from '../kernel/spelling.ts';

/**
 * One spelling for what people mean as one word: NFKC (full-width digits, half-width kana), lower case, katakana as
 * hiragana, long vowels dropped (サーバー = サーバ), old kanji of names as the common ones, runs of space as one space.
 */
export type FoldedText = {
  readonly text: string;
  /** per folded UTF-16 unit: where its source starts and ends in the original */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

const MARK = /^[\p{M}\uff9e\uff9f]$/u;
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/;
const LONG_VOWEL = /^[ー―—–−‐‑‒-]$/;
const SPACE = /^[\s\u200b\ufeff]+$/u;

const foldPiece = (piece: string): string => {
  let now = piece;
  for (let pass = 0; pass < 4; pass++) {
    const next = now
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFKC')
      .replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
    if (next === now) break;
    now = next;
  }
  return OLD_KANJI[now] ?? now;
};

const CHAR_CACHE = new Map<string, string>();
const foldCached = (piece: string): string => {
  const known = CHAR_CACHE.get(piece);
  if (known !== undefined) return known;
  const folded = foldPiece(piece);
  if (CHAR_CACHE.size < 20_000) CHAR_CACHE.set(piece, folded);
  return folded;
};

/** Folds and remembers where every folded unit came from, so that a match can be shown in the original text. */
export function foldMapped(original: string): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  const characters = [...original];
  let at = 0;
  for (let i = 0; i < characters.length; ) {
    const start = at;
    let piece = characters[i] ?? '';
    i++;
    while (i < characters.length && MARK.test(characters[i] ?? '')) {
      piece += characters[i];
      i++;
    }
    at += piece.length;
    const folded = foldCached(piece);
    for (const unit of folded) {
      const last = text.at(-1) ?? '';
      if (LONG_VOWEL.test(unit) && KANA.test(last)) continue;
      const add = SPACE.test(unit) ? ' ' : unit;
      if (add === ' ' && (last === ' ' || last === '')) continue;
      text += add;
      for (let k = 0; k < add.length; k++) {
        starts.push(start);
        ends.push(at);
      }
    }
  }
  if (text.endsWith(' ')) {
    text = text.slice(0, -1);
    starts.pop();
    ends.pop();
  }
  return { text, starts, ends };
}

/** The folded text alone. Folding twice changes nothing. */
export const foldText = (original: string): string => foldMapped(original).text;
