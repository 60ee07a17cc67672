import common from './common-words.json' with { type: 'json' };
import { foldMapped, foldText } from './fold-text.ts';
import type { Lexicon } from './lexicon.ts';
import { englishWords, stemEnglish } from './stem-english.ts';

/** One thing a question names, and by which terms a text may hold it; the first way is as it was asked. */
export type AskedUnit = {
  /** as it was typed */
  readonly text: string;
  readonly ways: readonly { readonly terms: readonly string[]; readonly worth: number }[];
  readonly concepts: readonly number[];
  /** how much of what was asked it is, beside a word that names something */
  readonly share: number;
};

const CAMEL = /(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
/** `shouldBlockLocation` as three words: what an identifier says counts like any other words. */
export const splitCamel = (text: string): string => text.replace(CAMEL, ' ');

const COMMON = new Set(common.en.split(' ').map(stemEnglish));
/** these say how somebody asks, or what nearly every text is about */
const FAINT = new Set(
  'show which who list count now today same past example situation process name code check_first system problem hour when schedule_time inform why cause staff'.split(
    ' ',
  ),
);
const FAINT_SHARE = 0.25;
const GRAMMAR_SHARE = 0.05;
/** shorter runs of hiragana are endings and particles */
const WORD_LENGTH = 3;
/** what means the same is a little less than the word itself */
const MEANS_WORTH = 0.85;
/** of a word with several meanings one */
const ONE_MEANING_WORTH = 0.65;
/** an amount with what it counts, a word or id in Latin letters, a run of another script */
const RUNS = /\d{1,3}(?:時間|[件名分秒人回日時枚割台個円])|[a-z0-9]+|[^\sa-z0-9\p{P}\p{S}]+/gu;
const AMOUNT = /^\d{1,3}[^a-z0-9]/;
const PIECES = /\d+|[a-z]+/g;
/** shorter runs of digits in an id tell nothing */
const TELLING_DIGITS = 3;
const TELLING_LETTERS = 2;
/** shorter numbers are amounts, dates and times: they name nothing */
const NAMING_DIGITS = 4;

const conceptTerm = (concept: number): string => `#${concept}`;
export const isConcept = (term: string): boolean => term.startsWith('#');

/** Pairs of characters of a run in a script without spaces; a character that stands alone is its own term. */
function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return [run];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}
const isMixed = (word: string): boolean => /\d/.test(word) && /[a-z]/.test(word);
/** An id with its parts: `a24495` is found by its digits too. */
const latinTerms = (word: string): string[] => {
  const whole = stemEnglish(word);
  if (!isMixed(word)) return [whole];
  return [
    whole,
    ...(word.match(PIECES) ?? []).filter(
      (p) => p.length >= (/\d/.test(p) ? TELLING_DIGITS : TELLING_LETTERS),
    ),
  ];
};

/** The terms of a text, each as often as it stands there: stemmed words, ids and their parts, pairs of Japanese characters, concepts. */
export function termsOf(original: string, lexicon: Lexicon): string[] {
  const folded = foldText(splitCamel(original));
  const terms = (folded.match(/[a-z0-9]+/g) ?? []).flatMap(latinTerms);
  for (const [run] of folded.matchAll(/[\p{L}\p{N}]+/gu))
    for (const piece of run.split(/[a-z0-9]+/)) if (piece) terms.push(...pairsOf(piece));
  for (const { concepts } of lexicon.find(folded, true)) terms.push(...concepts.map(conceptTerm));
  return terms;
}

/** What a question names. Words of grammar are left out where it has others. */
export function askedUnits(question: string, lexicon: Lexicon): AskedUnit[] {
  const original = splitCamel(question);
  const { text: folded, starts, ends } = foldMapped(original);
  const typed = (start: number, end: number): string => original.slice(starts[start], ends[end - 1]);
  const found = lexicon.find(folded).sort((a, b) => a.start - b.start);
  const units: AskedUnit[] = [];
  const addLiteral = (start: number, end: number): void => {
    for (const run of folded.slice(start, end).matchAll(RUNS)) {
      const from = start + run.index;
      units.push(...literalUnits(typed(from, from + run[0].length), run[0]));
    }
  };
  let at = 0;
  for (const { concepts, start, end } of found) {
    addLiteral(at, start);
    at = end;
    const word = folded.slice(start, end);
    const literal = /^[a-z0-9 ]+$/.test(word) ? englishWords(word) : pairsOf(word);
    const inner = lexicon.find(word, true).filter((part) => part.end - part.start < word.length);
    const parts = new Set(inner.map((part) => part.start)).size > 1 ? inner : [];
    const nested = [...new Set(parts.flatMap((part) => part.concepts))];
    const isFaint = concepts.every((concept) => FAINT.has(lexicon.names[concept] ?? ''));
    units.push({
      text: typed(start, end),
      ways: [
        { terms: literal, worth: 1 },
        { terms: concepts.map(conceptTerm), worth: MEANS_WORTH },
        // of ログイン失敗 what it is made of
        ...(nested.length > 0 ? [{ terms: nested.map(conceptTerm), worth: MEANS_WORTH }] : []),
        ...concepts.map((concept) => ({ terms: [conceptTerm(concept)], worth: ONE_MEANING_WORTH })),
      ],
      concepts,
      share: isFaint ? FAINT_SHARE : 1,
    });
  }
  addLiteral(at, folded.length);
  const telling = units.filter(({ share }) => share > 0);
  return telling.length > 0 ? telling : units.map((unit) => ({ ...unit, share: 1 }));
}

/** What no concept holds: a word, an id, or a Japanese run parted where its script changes. */
function literalUnits(typed: string, folded: string): AskedUnit[] {
  const unit = (text: string, terms: readonly string[], share: number): AskedUnit => ({
    text,
    ways: [{ terms, worth: 1 }],
    concepts: [],
    share,
  });
  if (AMOUNT.test(folded)) return [unit(typed, [/^\d+/.exec(folded)?.[0] ?? folded], GRAMMAR_SHARE)];
  if (/^[a-z0-9]+$/.test(folded)) {
    if (COMMON.has(stemEnglish(folded))) return [unit(typed, [stemEnglish(folded)], 0)];
    const isAmount = /^\d+$/.test(folded) && folded.length < NAMING_DIGITS;
    const whole = unit(typed, [stemEnglish(folded)], isAmount ? GRAMMAR_SHARE : 1);
    if (!isMixed(folded)) return [whole];
    const pieces = { terms: latinTerms(folded).slice(1), worth: MEANS_WORTH };
    return [pieces.terms.length > 0 ? { ...whole, ways: [...whole.ways, pieces] } : whole];
  }
  // a character that stands alone, with what follows: 長い, 来た
  const runs =
    typed.match(
      /(?<!\p{Script=Han})\p{Script=Han}\p{Script=Hiragana}|\p{Script=Hiragana}+|[\p{Script=Katakana}ー]+|[^\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu,
    ) ?? [];
  return runs.flatMap((run) => {
    const isGrammar = /^\p{Script=Hiragana}+$/u.test(run);
    const word = foldText(run);
    if (!word) return [];
    const length = [...word].length;
    const grammar = length < WORD_LENGTH ? 0 : GRAMMAR_SHARE;
    return [
      unit(
        run,
        pairsOf(word),
        isGrammar
          ? grammar
          : length === 1 || /^\p{Script=Han}\p{Script=Hiragana}$/u.test(run)
            ? FAINT_SHARE
            : 1,
      ),
    ];
  });
}
