import { OLD_KANJI } from '../../kernel/spelling.ts';

/**
 * One spelling for what people mean as one word in lines and in searches: NFKC (full-width digits, half-width kana), lower case,
 * katakana as hiragana, long vowels after kana dropped (サーバー = サーバ), old kanji of names as the common ones, runs of space as one
 * space. Spelled as know-how and chat spell it (a test holds the two together), but fast where a line is all ASCII.
 */
const OLD = new RegExp(`[${Object.keys(OLD_KANJI).join('')}]`, 'gu');
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
export const BEYOND_ASCII = /[^\x00-\x7f]/;
const SPACES = /[\t\n\v\f\r]| {2}/;
const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g;
const LONG_VOWELS = /([\u3041-\u3096\u30a1-\u30fa])[ー―—–−‐‑‒-]+/g;

export function foldWords(text: string): string {
  let now = text;
  if (BEYOND_ASCII.test(text)) {
    for (let pass = 0; pass < 4; pass++) {
      const next = now
        .normalize('NFKC')
        .toLowerCase()
        .normalize('NFKC')
        .replace(KATAKANA, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
      if (next === now) break;
      now = next;
    }
    now = now
      .replace(OLD, (c) => OLD_KANJI[c] ?? c)
      .replace(LONG_VOWELS, '$1')
      .replace(/[\s\u200b\ufeff]+/gu, ' ');
    return now;
  }
  now = text.toLowerCase();
  return SPACES.test(now) ? now.replace(/\s+/g, ' ') : now;
}

const FIRST_RUN = /^[0-9a-z]*/i;
const LAST_RUN = /[0-9a-z]*$/i;
const lengthOf = (run: RegExp, text: string): number => run.exec(text)?.[0].length ?? 0;
/**
 * Whether a layout's part may become one word with a variable beside it when folded: ① is 1 and ㎏ is kg, so `9f①` holds the id
 * `9f1`, and so do letters between the two (`450G①`). Full-width letters and digits are not meant: they are in the variable already.
 */
export function joinsWhenFolded(part: string): boolean {
  if (!BEYOND_ASCII.test(part)) return false;
  const folded = foldWords(part);
  return [FIRST_RUN, LAST_RUN].some((run) => lengthOf(run, folded) > lengthOf(run, part));
}
