import { foldText } from '../vectors/index.ts';

/**
 * What names one thing exactly: form and machine numbers (KX-123), error codes (E102), addresses (10.0.0.5), numbers of
 * three digits and more, small numbers with what they number (手順 77, 3号機, step 7). Amounts (30分, 120 items), dates, times of
 * day and decimals name nothing. Widths and separators do not count: ＫＸ－１２３, KX 123 and KX123 are one mark.
 */
type Mark = {
  /** the mark in all spellings that it is found by, the most telling first */
  readonly spellings: readonly string[];
};

const DASHES = /(?<=[a-z0-9])\s?[‐‑‒–—―−ー]\s?(?=[a-z0-9])/g;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;
const RUN = /[a-z0-9]+(?:[-_./:#][a-z0-9]+)*/g;
const SEPARATORS = /[-_./:#]/;
const DATE_OR_TIME = /^(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[/:]\d{1,2}(?:[/:]\d{2,4})?|\d+\.\d+)$/;
const AMOUNT_AFTER =
  /^\s?(?:[%件名人分時日秒円割回台枚年月週個本箱通点歳倍度つ]|[かヶヵカケ]月|(?:items?|people|persons?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?|sec(?:ond)?s?|percent|times|yen|[ap]m|o'clock)\b)/;
const AMOUNT =
  /^\d+(?:ms|s|secs?|mins?|h|hrs?|[ap]m|st|nd|rd|th|[kmgt]?b|[ckm]?m|k?g|px|[km]?w|v|[kmg]?hz|x)$/;
/** what a number is the number of: the word before it, or a counter for things that are numbered */
const NAMED_BEFORE = /(\p{Script=Han}+|[\p{Script=Katakana}ー]+|[a-z]+)[\s:.]*(?:no\.?|[#№])?[\s:.]*$/u;
const NAMED_AFTER = /^\s?([号番]|ライン|レーン)/;
/** words that stand before amounts as well; they name nothing */
const SMALL_WORDS = new Set(
  'a about after an and are at before by for from in is last least most next of on only or over than the then to top under until up with within 約 毎 各 全 計 合計 最大 最低 以上 以下'.split(
    ' ',
  ),
);
const EVERYDAY_LATIN = new Set('am pm ok id no ng vs etc pc a i'.split(' '));
/** enough digits to name something without the word before it */
const TELLING_DIGITS = 3;
/** a chain longer than this (an address of a page) is taken whole and by its pieces, not in every part */
const LONGEST_CHAIN = 6;

const plain = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(DASHES, '-').replace(THOUSANDS, '');
const hasLetter = (text: string): boolean => /[a-z]/.test(text);
const hasDigit = (text: string): boolean => /\d/.test(text);

/** Neighbouring pieces of a chain put together, the longest first: a-b-c → abc, ab, bc. */
function joinsOf(pieces: readonly string[]): string[] {
  const joins = [pieces.join('')];
  if (pieces.length > LONGEST_CHAIN) return joins;
  for (let size = pieces.length - 1; size >= 2; size--)
    for (let i = 0; i + size <= pieces.length; i++) joins.push(pieces.slice(i, i + size).join(''));
  return joins;
}

/** A number together with what it numbers; null where nothing does. */
function namedNumber(number: string, before: string, after: string): string | null {
  const counter = NAMED_AFTER.exec(after)?.[1];
  if (counter) return `${number}${counter}`;
  const word = NAMED_BEFORE.exec(before)?.[1];
  if (!word || SMALL_WORDS.has(word)) return null;
  // 印刷手順 77 and 手順 77 are one: of a compound its end
  return `${hasLetter(word) ? word : foldText(word.slice(-2))}${number}`;
}

function* read(text: string): Generator<Mark & { readonly pieces: readonly string[] }> {
  const line = plain(text);
  for (const found of line.matchAll(RUN)) {
    const [run] = found;
    const before = line.slice(Math.max(0, found.index - 24), found.index);
    const after = line.slice(found.index + run.length, found.index + run.length + 12);
    const pieces = run.split(SEPARATORS);
    if (!hasDigit(run) || DATE_OR_TIME.test(run)) continue;
    if (hasLetter(run)) {
      if (pieces.length === 1 && AMOUNT.test(run)) continue;
      const joins = joinsOf(pieces).filter(
        (join) => hasDigit(join) && (pieces.length === 1 || hasLetter(join)),
      );
      yield { spellings: joins, pieces };
      continue;
    }
    if (AMOUNT_AFTER.test(after)) continue;
    const number = pieces.join('');
    const named = pieces.length === 1 ? namedNumber(number, before, after) : null;
    const alone = number.length >= TELLING_DIGITS ? [number] : [];
    const spellings = named === null ? alone : [named, ...alone];
    if (spellings.length > 0) yield { spellings, pieces };
  }
}

/** Every mark that a text holds, in each of its spellings. */
export function marksOf(text: string): Set<string> {
  const marks = new Set<string>();
  for (const { spellings, pieces } of read(text)) {
    for (const spelling of spellings) marks.add(spelling);
    for (const piece of pieces)
      if (hasDigit(piece) && (hasLetter(piece) ? !AMOUNT.test(piece) : piece.length >= TELLING_DIGITS))
        marks.add(piece);
  }
  return marks;
}

/** What a question names exactly: each in the spellings to look for, the most telling first. */
export const askedMarks = (question: string): (readonly string[])[] =>
  [...read(question)].map((m) => m.spellings);

/**
 * The Latin words of a question that stand out in it: all of them in a Japanese sentence (login, VPN), in a Latin one only what is
 * written in capitals.
 */
export function askedLatin(question: string): string[] {
  const text = question.normalize('NFKC');
  const isJapanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  const isShouted = !/[a-z]/.test(text);
  const words = text.match(/(?<![A-Za-z0-9])[A-Za-z]{2,}(?![A-Za-z0-9])/g) ?? [];
  const standsOut = (word: string): boolean => isJapanese || (!isShouted && /^[A-Z]+$/.test(word));
  return [...new Set(words.filter(standsOut).map((word) => word.toLowerCase()))].filter(
    (word) => !EVERYDAY_LATIN.has(word),
  );
}
