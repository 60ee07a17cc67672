import { foldMapped } from '../vectors/index.ts';
import type { FindNames } from './find-names.ts';
import type { DaySpan, NumberSpan, TimeSpan } from './find-quantities.ts';
import { findQuantities } from './find-quantities.ts';
import shorthand from './grammar/shorthand.json' with { type: 'json' };
import type { Lexicon, Role } from './lexicon.ts';
import { withinOneEdit } from './spelling.ts';
import type { NameSpan, Stretch } from './types.ts';

/** A word, name or quantity of the question, in order; `used` holds the field of the plan it fills. */
export type Token = Stretch & {
  readonly text: string;
  readonly roles: ReadonlySet<Role>;
  readonly flags: ReadonlySet<string>;
  readonly name?: NameSpan;
  readonly number?: NumberSpan;
  readonly time?: TimeSpan;
  readonly day?: DaySpan;
  /** nobody knows this word */
  readonly unknown: boolean;
  /** a sentence or a line ended before it, or a comma stands there */
  readonly after: 'end' | 'colon' | 'comma' | null;
  used: string | null;
};

const CONTENT = /[\p{L}\p{N}]/u;
const LATIN = /[a-z0-9]/;
const HAN = /\p{Script=Han}/u;
const KATAKANA = /[ァ-ヺ]/;
const HIRAGANA = /[ぁ-ゖ]/;
const NONE: ReadonlySet<string> = new Set();
/** what an unknown unit costs, a word, an empty word, a repaired one */
const COST = { unknown: 3.2, word: 1, empty: 1.1, oneKana: 1.5, repaired: 2.6, hyphened: 0.5 };

/** Words that hold a digit (1時間あたり, 2つの案) win over numbers. */
function wordsWithDigits(text: string, lexicon: Lexicon): Stretch[] {
  const folded = foldMapped(text);
  const out: Stretch[] = [];
  for (let i = 0; i < folded.text.length; i++) {
    const c = folded.text.charAt(i);
    const before = folded.text.charAt(i - 1);
    if (/[a-z0-9]/.test(c) && /[a-z0-9]/.test(before)) continue;
    if (!/[0-9一二三両a-z]/.test(c)) continue;
    const longest = lexicon
      .at(folded.text, i)
      .filter(({ length }) => !/[a-z]/.test(c) || !LATIN.test(folded.text.charAt(i + length)))
      .reduce((n, l) => Math.max(n, l.length), 0);
    // the last one hour: no word for one thing
    if (/^ (?:hours?|minutes?|days?|weeks?)\b/.test(folded.text.slice(i + longest))) continue;
    if (longest < 3 || (/[a-z]/.test(c) && !/ (?:one|two)\b/.test(folded.text.slice(i, i + longest))))
      continue;
    out.push({ from: folded.starts[i] ?? 0, to: folded.ends[i + longest - 1] ?? 0 });
    i += longest - 1;
  }
  return out;
}

type Means = { findNames: FindNames; lexicon: Lexicon; today: string; minute: number };
/** The question in words: names, times, days and numbers whole, the rest covered at least cost by the lexicon. */
export function tokensOf(text: string, means: Means): Token[] {
  // tmrw, w/o, kōza: then typing errors in Latin words that nobody knows
  const full = rewritten(
    text,
    [...text.matchAll(SHORTENED)].flatMap((m) => {
      const plain = m[0].normalize('NFD').replace(/\p{M}/gu, '');
      const word = SHORTHAND[plain.toLowerCase()] ?? plain;
      return word === m[0] ? [] : [{ from: m.index, to: m.index + m[0].length, word }];
    }),
  );
  const first = tokensAsWritten(full.text, means);
  const wrong = first.flatMap((t) => {
    const word = t.unknown && !t.name ? means.lexicon.mended(t.text.toLowerCase()) : null;
    return word === null ? [] : [{ from: t.from, to: t.to, word }];
  });
  if (wrong.length === 0) return first.map(full.back);
  const right = rewritten(full.text, wrong);
  return tokensAsWritten(right.text, means).map((t) => full.back(right.back(t)));
}

const SHORTHAND: Readonly<Record<string, string>> = shorthand;
const SHORTENED = /(?<![\p{L}\p{N}'/_-])\p{Script=Latin}+(?:\/[a-z]*)?(?![\p{L}\p{N}'/_-])/giu;
/** A text with some words in another spelling, and the way back from a token of it to what was written. */
function rewritten(
  text: string,
  parts: readonly { readonly from: number; readonly to: number; readonly word: string }[],
): { readonly text: string; back(t: Token): Token } {
  if (parts.length === 0) return { text, back: (t) => t };
  let right = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    for (let i = from; i < to; i++) {
      starts.push(i);
      ends.push(i + 1);
    }
    right += text.slice(from, to);
  };
  for (const part of parts) {
    keep(part.from);
    for (let i = 0; i < part.word.length; i++) {
      starts.push(Math.min(part.from + i, part.to - 1));
      ends.push(i === part.word.length - 1 ? part.to : Math.min(part.from + i + 1, part.to));
    }
    right += part.word;
    from = part.to;
  }
  keep(text.length);
  return {
    text: right,
    back: (t) => ({ ...t, from: starts[t.from] ?? text.length, to: ends[t.to - 1] ?? text.length }),
  };
}

function tokensAsWritten(text: string, means: Means): Token[] {
  const { lexicon } = means;
  const names = means.findNames(text, lexicon.has);
  const quantities = findQuantities(text, [...names, ...wordsWithDigits(text, lexicon)], means);
  const fixed = [
    ...names.map((name) => ({ ...name, name })),
    ...quantities.days.map((day) => ({ ...day, day })),
    ...quantities.times.map((time) => ({ ...time, time })),
    ...quantities.numbers.map((number) => ({ ...number, number })),
  ].map(({ from, to, ...rest }) => token(text, from, to, NONE, NONE, rest as Partial<Token>));
  let tokens = cover(text, fixed, lexicon, false);
  if (tokens.some((t) => t.unknown && !t.name)) tokens = cover(text, fixed, lexicon, true);
  return joined(text, tokens);
}

/** The words of a text without names and quantities, as the lexicon has them: no typing error is mended. */
export const plainWords = (text: string, lexicon: Lexicon): Token[] =>
  joined(text, cover(text, [], lexicon, false));

const token = (
  text: string,
  from: number,
  to: number,
  roles: ReadonlySet<Role>,
  flags: ReadonlySet<string>,
  more: Partial<Token> = {},
): Token => ({
  from,
  to,
  text: text.slice(from, to),
  roles,
  flags,
  unknown: more.name?.values.length === 0,
  after: null,
  used: null,
  ...(more.name ? { name: more.name } : {}),
  ...(more.number ? { number: more.number } : {}),
  ...(more.time ? { time: more.time } : {}),
  ...(more.day ? { day: more.day } : {}),
});

function cover(text: string, fixed: readonly Token[], lexicon: Lexicon, repair: boolean): Token[] {
  const folded = foldMapped(text);
  const { text: t } = folded;
  const at = (i: number): number => (i < t.length ? (folded.starts[i] ?? 0) : text.length);
  const end = (i: number): number => folded.ends[i - 1] ?? 0;
  const jumps = new Map<number, { to: number; token: Token }>();
  for (let i = 0; i < t.length; i++) {
    const held = fixed.find((x) => at(i) >= x.from && at(i) < x.to);
    if (!held) continue;
    let to = i + 1;
    while (to < t.length && at(to) < held.to) to++;
    jumps.set(i, { to, token: held });
    i = to - 1;
  }
  const cost = new Array<number>(t.length + 1).fill(Number.POSITIVE_INFINITY);
  const back: { i: number; token: Token | null }[] = [];
  cost[0] = 0;
  const step = (i: number, to: number, price: number, of: Token | null): void => {
    if ((cost[i] ?? 0) + price >= (cost[to] ?? 0)) return;
    cost[to] = (cost[i] ?? 0) + price;
    back[to] = { i, token: of };
  };
  const written = (i: number, to: number): string => text.slice(at(i), end(to));
  const blocked = (i: number, to: number): boolean => [...jumps.keys()].some((k) => k > i && k < to);
  for (let i = 0; i < t.length; i++) {
    if (cost[i] === Number.POSITIVE_INFINITY) continue;
    const jump = jumps.get(i);
    if (jump) {
      step(i, jump.to, 0, jump.token);
      continue;
    }
    const c = t.charAt(i);
    if (!CONTENT.test(c)) {
      step(i, i + 1, 0, null);
      continue;
    }
    if (
      LATIN.test(c) &&
      i > 0 &&
      LATIN.test(t.charAt(i - 1)) &&
      !jumps.has(i) &&
      ![...jumps.values()].some((j) => j.to === i)
    ) {
      step(i, i + 1, COST.unknown, token(text, at(i), end(i + 1), NONE, NONE, {}));
      continue;
    }
    // an unknown Latin word is one unit
    let wordEnd = i + 1;
    if (/[a-z0-9]/.test(c))
      while (wordEnd < t.length && LATIN.test(t.charAt(wordEnd)) && !jumps.has(wordEnd)) wordEnd++;
    step(i, wordEnd, COST.unknown, { ...token(text, at(i), end(wordEnd), NONE, NONE), unknown: true });
    for (const { roles, flags, length } of lexicon.at(t, i)) {
      const to = i + length;
      if (blocked(i, to) || (LATIN.test(t.charAt(to - 1)) && LATIN.test(t.charAt(to)) && !jumps.has(to)))
        continue;
      const word = written(i, to);
      const empty = roles.every((r) => r === 'empty');
      // short kana words never stand for what is written in katakana, nor a piece of a longer katakana word
      if (
        KATAKANA.test(word.charAt(0)) &&
        (length < 3 || empty) &&
        (KATAKANA.test(text.charAt(at(i) - 1)) || KATAKANA.test(text.charAt(end(to))))
      )
        continue;
      const price = length === 1 && HIRAGANA.test(word) ? COST.oneKana : empty ? COST.empty : COST.word;
      // short-handed in Osaka: no word begins within one that is hyphened
      const within = LATIN.test(c) && t.charAt(i - 1) === '-' && LATIN.test(t.charAt(i - 2));
      step(
        i,
        to,
        price + (within ? COST.hyphened : 0),
        token(text, at(i), end(to), new Set(roles), new Set(flags)),
      );
    }
    if (repair) {
      const mends = new Map<number, Set<Role>[]>();
      for (const [key, roles] of lexicon.correctable)
        for (const to of repairsAt(t, i, key))
          if (!blocked(i, to) && !lexicon.has(t.slice(i, to)))
            mends.set(to, [...(mends.get(to) ?? []), new Set(roles)]);
      // 生産製 may be two measures: then it is neither
      for (const [to, kinds] of mends) {
        const [first] = kinds;
        const strong = (s: Set<Role>): string | undefined => [...s].find((r) => /^[mp]:/.test(r));
        if (first && kinds.every((k) => strong(k) === strong(first)))
          step(i, to, COST.repaired, token(text, at(i), end(to), first, NONE));
      }
    }
  }
  const tokens: Token[] = [];
  for (let i = t.length; i > 0; ) {
    const b = back[i];
    if (!b) break;
    if (b.token) tokens.unshift(b.token);
    i = b.i;
  }
  return tokens;
}

/** Where a known word with one typing error would end. */
function repairsAt(t: string, i: number, key: string): number[] {
  return [key.length, key.length + 1, key.length - 1]
    .map((n) => i + n)
    .filter((to) => {
      const word = t.slice(i, to);
      if (word === key || to > t.length || word.length < 3 || word.charAt(0) !== key.charAt(0)) return false;
      // a kana of a kanji word (生産せい) only where most of the word is there
      if (!/^[^a-z0-9 ]+$/.test(word) || (word.length < 4 && HIRAGANA.test(word))) return false;
      return withinOneEdit(word, key);
    });
}

const isOnly = (t: Token | undefined, role: Role): boolean =>
  !!t && t.roles.size > 0 && [...t.roles].every((r) => r === role);
const MARK_END = /[。?？!！\n]|\.(?:\s|$)/;
const MARK_COLON = /[:：]/;
const MARK_COMMA = /[、,;，]/;

/** A word of one or two kana that nobody knows is grammar or a sigh, no thing that is asked for. */
const scrap = (t: Token): Token =>
  t.unknown && !t.name && /^[ぁ-ゖー]{1,2}$/.test(t.text)
    ? { ...t, unknown: false, roles: new Set(['empty']) }
    : t;

/** Unknown pieces side by side are one word, with the small pieces of a compound that were taken for words (離職 + 率, 30 + 代, fax-gateway). */
function joined(text: string, tokens: readonly Token[]): Token[] {
  const list = [...tokens];
  const small = (t: Token | undefined): boolean =>
    !!t &&
    !t.name &&
    !t.time &&
    !t.day &&
    (isOnly(t, 'empty') ||
      [...t.roles].every((r) => /^(?:dim|empty|howmany|each|all|by|not|part)/.test(r))) &&
    t.text.length <= 2;
  for (let i = 0; i < list.length; i++) {
    const t = list[i];
    if (!t?.unknown || t.name) continue;
    for (const [j, side] of [
      [i + 1, 1],
      [i - 1, -1],
    ] as const) {
      const next = list[j];
      if (!next || next.unknown || (side > 0 ? next.from !== t.to : next.to !== t.from)) continue;
      const [mine, theirs] =
        side > 0 ? [t.text.slice(-1), next.text.charAt(0)] : [t.text.charAt(0), next.text.slice(-1)];
      const compound = HAN.test(mine) && HAN.test(theirs) && small(next);
      const numbered =
        side < 0 && next.number !== undefined && next.number.unit === 'plain' && !HIRAGANA.test(mine);
      // ぽんぽこな is no ぽんぽ that does not come (こない)
      const verb = side > 0 && /^[ぁ-ゖ]{2}$/.test(next.text) && !next.roles.has('empty');
      const kana =
        HIRAGANA.test(mine) &&
        (verb || next.text.length === 1) &&
        HIRAGANA.test(theirs) &&
        (verb || isOnly(next, 'empty')) &&
        !/[のはがをにで]/.test(side > 0 ? next.text : '') &&
        (side > 0 || !list[j - 1] || list[j - 1]?.unknown || list[j - 1]?.to !== next.from);
      if (compound || numbered || kana)
        list[j] = { ...token(text, next.from, next.to, NONE, NONE), unknown: true };
    }
  }
  const out: Token[] = [];
  for (const t of list) {
    const last = out.at(-1);
    const gap = last ? text.slice(last.to, t.from) : '';
    if (last?.unknown && t.unknown && !last.name && !t.name && /^[-_ー・]?$/.test(gap)) {
      out[out.length - 1] = { ...last, to: t.to, text: text.slice(last.from, t.to) };
      continue;
    }
    const strange = (x: Token): boolean => !x.name || x.name.values.length === 0;
    const hyphened =
      last && gap === '-' && (last.unknown || t.unknown) && strange(last) && strange(t) && !last.number;
    if (hyphened)
      out[out.length - 1] = { ...token(text, last.from, t.to, NONE, NONE), unknown: true, after: last.after };
    else
      out.push({
        ...t,
        after: MARK_END.test(gap)
          ? 'end'
          : MARK_COLON.test(gap)
            ? 'colon'
            : MARK_COMMA.test(gap)
              ? 'comma'
              : null,
      });
  }
  return out.map(scrap);
}
