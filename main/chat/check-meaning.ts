// What the number gate cannot see: whether a line that keeps its facts still says what code said. Strict on purpose.
import type { Fact, Lang } from '../api/contract/common.ts';
import { slotsOf } from './facts.ts';
import {
  AS_IT_STANDS,
  BOUND_WORDS,
  CLAIM_WORDS,
  CONDITIONS,
  DENIED,
  KEPT,
  LEXICON,
  MOVES,
  NEUTRAL_KANA,
  NEUTRAL_WORDS,
  PAST,
  RIVALS,
} from './meaning-words.ts';

/** How a reworded line bends the line it replaces. `text`: where it shows. */
export type Bend = {
  readonly kind: 'polarity' | 'certainty' | 'claim' | 'order' | 'role' | 'unit' | 'form';
  readonly text: string;
};

const SLOT = /\{\{f\d+\}\}/g;
const HOLE = '\ue000';
const CLAUSE = { ja: /[、。，．,.;；：:（）()！？!?\n]/, en: /[,.;:()!?\n–—]|\b(?:but|and|while|whereas)\b/ };
/** how far a negation reaches, in characters */
const REACH = { ja: 26, en: 48 };
/** a line may grow to so many times its draft, and so many characters more */
const GROWS = 2;
const GROWS_BY = 60;

type Polar = { readonly axis: string; sign: 1 | -1; readonly start: number; readonly end: number };
/** The polar words of a line after its negations were applied, and the negations that belong to none of them. */
type Stance = { readonly polar: readonly Polar[]; readonly plain: number; readonly hedged: boolean };

/** In Japanese a negation follows what it turns round, in English it comes before it. */
function stanceOf(line: string, lang: Lang): Stance {
  const words = LEXICON[lang];
  let rest = line.normalize('NFKC').replace(SLOT, HOLE);
  const hedged = words.hedges.test(rest);
  const hide = (pattern: RegExp, mark: string, each?: (start: number, end: number) => void): void => {
    rest = rest.replace(pattern, (match: string, ...given: unknown[]) => {
      const start = given.find((g) => typeof g === 'number') as number;
      each?.(start, start + match.length);
      return mark.repeat(match.length);
    });
  };
  hide(words.idioms, 'ー');
  const polar: Polar[] = [];
  for (const [axis, sign, pattern] of words.polar)
    hide(pattern, '・', (start, end) => polar.push({ axis, sign, start, end }));
  polar.sort((a, b) => a.start - b.start);
  let plain = 0;
  const clauseBetween = (from: number, to: number): boolean =>
    CLAUSE[lang].test(rest.slice(from, to)) || to - from > REACH[lang];
  const nearest = (start: number, end: number): Polar | undefined =>
    lang === 'ja'
      ? polar.findLast((p) => p.end <= start && !clauseBetween(p.end, start))
      : polar.find((p) => p.start >= end && !clauseBetween(end, p.start));
  for (const match of rest.matchAll(words.negations)) {
    const start = match.index;
    const target = nearest(start, start + match[0].length);
    if (target) target.sign = target.sign === 1 ? -1 : 1;
    else plain++;
  }
  for (const match of rest.matchAll(words.flippers)) {
    const end = match.index + match[0].length;
    // the delay is avoided, avoids the delay
    const behind = polar.findLast((p) => p.end <= match.index && !clauseBetween(p.end, match.index));
    const target = behind?.axis === 'time' ? behind : nearest(match.index, end);
    if (target?.axis === 'time') target.sign = target.sign === 1 ? -1 : 1;
  }
  // what there is not, and what is not needed, is a plain negation however it is put
  plain += polar.filter((p) => (p.axis === 'exists' || p.axis === 'need') && p.sign === -1).length;
  return { polar, plain, hedged };
}

const SENTENCE = { ja: /[。！？!?\n]/, en: /[.!?\n]/ };
/** Sentences that say of a deadline that it is met or missed, without saying how likely. */
const assertions = (line: string, lang: Lang): number =>
  line.split(SENTENCE[lang]).filter((sentence) => {
    const { polar, hedged } = stanceOf(sentence, lang);
    return !hedged && polar.some((p) => p.axis === 'time');
  }).length;

const signs = ({ polar }: Stance, axis: string): (1 | -1)[] =>
  polar.filter((p) => p.axis === axis).map((p) => p.sign);
const collapsed = (row: readonly number[]): string => row.filter((s, i) => s !== row[i - 1]).join();
const setOf = (row: readonly number[]): string => [...new Set(row)].sort().join();

function polarityBends(worded: Stance, draft: Stance): string[] {
  const bends: string[] = [];
  const [time, timeWas] = [signs(worded, 'time'), signs(draft, 'time')];
  // a second statement about the deadline is one that code did not make
  if (collapsed(time) !== collapsed(timeWas) || time.length > timeWas.length) bends.push('time');
  if (setOf(signs(worded, 'enough')) !== setOf(signs(draft, 'enough'))) bends.push('enough');
  const changes = new Set(signs(draft, 'change'));
  if (signs(worded, 'change').some((sign) => !changes.has(sign) && (changes.size > 0 || sign === -1)))
    bends.push('change');
  for (const axis of ['more', 'early', 'on', 'good', 'act', 'begin', 'side']) {
    const said = new Set(signs(draft, axis));
    if (signs(worded, axis).some((sign) => !said.has(sign))) bends.push(axis);
  }
  if (worded.plain !== draft.plain) bends.push('not');
  return bends;
}

/** 毎時210件も, 40行さえ */
const STRESS = /^(?:も|さえ|すら|こそ|とも)/;
const BARE_UNIT = /^[件名人個行回分秒時日週月年円倍割点台本枚]$/;
type Placed = { readonly id: string; readonly start: number; readonly end: number };
const placed = (line: string): Placed[] =>
  [...line.matchAll(/\{\{(f\d+)\}\}/g)].map((m) => ({
    id: m[1] ?? '',
    start: m.index,
    end: m.index + m[0].length,
  }));
/** facts that could be mistaken for each other */
const groupOf = (fact: Fact | undefined): string =>
  fact === undefined ? '' : fact.unit === 'text' ? `text ${fact.label.ja}` : fact.unit;

/** Which slot each of the words that say what a number is stands next to. */
function boundWords(line: string, slots: readonly Placed[], lang: Lang): Map<string, Set<string>> {
  const bound = new Map<string, Set<string>>();
  for (const [name, pattern] of BOUND_WORDS[lang])
    for (const match of line.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      const far = (slot: Placed): number => {
        const [from, to] = slot.start >= end ? [end, slot.start] : [slot.end, start];
        const between = line.slice(from, to).replace(SLOT, HOLE);
        return between.length + (CLAUSE[lang].test(between) ? 12 : 0) + (between.includes(HOLE) ? 12 : 0);
      };
      const best = [...slots].sort((a, b) => far(a) - far(b))[0];
      if (best) bound.set(name, (bound.get(name) ?? new Set()).add(best.id));
    }
  return bound;
}

function slotBends(worded: string, draft: string, facts: readonly Fact[], lang: Lang): Bend[] {
  const bends: Bend[] = [];
  const factOf = new Map(facts.map((fact) => [fact.id, fact]));
  const group = (id: string): string => groupOf(factOf.get(id));
  const isNumber = (id: string): boolean => factOf.get(id)?.unit !== 'text';
  const now = placed(worded);
  const was = placed(draft);
  const order = (line: string): Map<string, string[]> =>
    Map.groupBy([...new Set(slotsOf(line))], (id) => group(id));
  const before = order(draft);
  for (const [key, ids] of order(worded)) {
    const old = before.get(key) ?? [];
    if (ids.length > 1 && ids.join() !== old.join()) bends.push({ kind: 'order', text: ids.join() });
  }
  // a fact said as often as before: twice the same number may be two statements
  for (const id of new Set(slotsOf(worded)))
    if (now.filter((s) => s.id === id).length > Math.max(1, was.filter((s) => s.id === id).length))
      bends.push({ kind: 'form', text: id });
  const words = LEXICON[lang];
  const roleOf = (line: string, { start, end }: Placed): string | null => {
    const behind = line.slice(end).replace(SLOT, HOLE);
    const ahead = line.slice(0, start).replace(SLOT, HOLE);
    return words.roles.find(([, pre, post]) => pre.test(ahead) || post.test(behind))?.[0] ?? null;
  };
  const rolesIn = (line: string, slots: readonly Placed[]): Map<string, Set<string>> => {
    const roles = new Map<string, Set<string>>();
    for (const slot of slots) {
      const role = roleOf(line, slot);
      if (role) roles.set(slot.id, (roles.get(slot.id) ?? new Set()).add(role));
    }
    return roles;
  };
  const rolesWere = rolesIn(draft, was);
  const rolesAre = rolesIn(worded, now);
  for (const id of new Set(slotsOf(worded)))
    for (const role of ['from', 'to'] as const) {
      const isNow = rolesAre.get(id)?.has(role) ?? false;
      if (!isNow || rolesWere.get(id)?.has(role)) continue;
      // a role is only wrong where it was another one's, or where this one had the other role
      const other = was.some(
        (s) => s.id !== id && group(s.id) === group(id) && rolesWere.get(s.id)?.has(role),
      );
      const opposite = rolesWere.get(id)?.has(role === 'from' ? 'to' : 'from') ?? false;
      if (other || opposite) bends.push({ kind: 'role', text: id });
    }
  const boundWas = boundWords(draft, was, lang);
  for (const [name, ids] of boundWords(worded, now, lang)) {
    const old = boundWas.get(name);
    if (!old) continue;
    for (const id of ids)
      if (
        !old.has(id) &&
        ([...old].some((o) => group(o) === group(id)) ||
          (RIVALS.includes(name) && RIVALS.some((rival) => rival !== name && boundWas.get(rival)?.has(id))))
      )
        bends.push({ kind: 'role', text: `${name} ${id}` });
  }
  const suffix = (line: string, { end }: Placed): string =>
    words.units.exec(line.slice(end).normalize('NFKC'))?.[0].trim() ?? '';
  const prefix = (line: string, { start }: Placed): string =>
    words.unitsBefore.exec(line.slice(0, start).normalize('NFKC'))?.[0].trim() ?? '';
  /** what follows in code's line, with a unit put before it: it may look like another word (分前 as 名前) */
  const pushedIn = (slot: Placed, same: readonly Placed[]): string => {
    const [unit = '', ...rest] = worded.slice(slot.end, slot.end + 3).normalize('NFKC');
    const follows = (s: Placed): boolean => draft.slice(s.end, s.end + 2).normalize('NFKC') === rest.join('');
    return BARE_UNIT.test(unit) && same.some(follows) && !same.some((s) => draft[s.end] === unit) ? unit : '';
  };
  for (const slot of now) {
    const same = was.filter((s) => s.id === slot.id);
    const pushed = lang === 'ja' ? pushedIn(slot, same) : '';
    if (pushed) bends.push({ kind: 'unit', text: pushed });
    if (lang === 'ja' && isNumber(slot.id)) {
      const stress = STRESS.exec(worded.slice(slot.end))?.[0];
      if (stress && !same.some((s) => draft.startsWith(stress, s.end)))
        bends.push({ kind: 'claim', text: stress });
    }
    if (lang === 'ja') {
      const [end] = /^(?:から|まで(?!に))/.exec(worded.slice(slot.end)) ?? [];
      const ends = same.map((s) => /^(?:から|まで|へ|に)/.exec(draft.slice(s.end))?.[0]);
      if (end === 'まで' ? !ends.some((e) => e && e !== 'から') : end && ends.every((e) => e === 'まで'))
        bends.push({ kind: 'role', text: end ?? '' });
    }
    for (const part of [suffix, prefix]) {
      const unit = part(worded, slot);
      if (unit && !same.some((s) => part(draft, s) === unit)) bends.push({ kind: 'unit', text: unit });
    }
  }
  return bends;
}

/** Words that claim, order, compare or blur: each only where code said it too. */
function newClaims(worded: string, draft: string, lang: Lang): Bend[] {
  const now = worded.normalize('NFKC').replace(SLOT, HOLE);
  const was = draft.normalize('NFKC').replace(SLOT, HOLE);
  return CLAIM_WORDS[lang].flatMap(([, pattern]) => {
    const found = pattern.exec(now);
    return found && !pattern.test(was) ? [{ kind: 'claim' as const, text: found[0] }] : [];
  });
}

const KANA_RUN = /(?<kanji>[一-龠々])?(?<kana>[ぁ-ん]+)/g;
/** what may follow a kanji as the rest of its word before what else there is */
const OKURIGANA = 3;
/** Stretches of hiragana that are not made up of grammar and of what the line itself holds: おきに, どちらか, せいぜい. */
function newKana(worded: string, draft: string): string[] {
  const own = [...draft.matchAll(KANA_RUN)].map((match) => match.groups?.['kana'] ?? '');
  const pieces = [...NEUTRAL_KANA, ...own.filter((kana) => kana.length > 1)];
  return [...worded.matchAll(KANA_RUN)].flatMap(({ groups }) => {
    const kana = groups?.['kana'] ?? '';
    const reached = new Set([0]);
    if (groups?.['kanji']) for (let at = 1; at <= OKURIGANA; at++) reached.add(at);
    for (let at = 0; at < kana.length; at++)
      if (reached.has(at))
        for (const piece of pieces) if (kana.startsWith(piece, at)) reached.add(at + piece.length);
    return reached.has(kana.length) ? [] : [kana];
  });
}

/** Words that are neither in the line nor neutral. */
function newWords(worded: string, draft: string, lang: Lang): Bend[] {
  const plain = (line: string): string => line.normalize('NFKC').replace(SLOT, HOLE);
  const neutral = NEUTRAL_WORDS[lang];
  const was = plain(draft);
  const found: string[] = [];
  if (lang === 'ja') {
    const follows = [...was.matchAll(new RegExp(`${HOLE}([一-龠])`, 'g'))].map((m) => m[1] ?? '');
    for (const [said] of plain(worded).matchAll(new RegExp(`${HOLE}?[一-龠々]+|[ァ-ヺー]{2,}`, 'g'))) {
      // {{f2}}分変更: what follows the slot in code's line is no part of the word
      const own = said.startsWith(HOLE) ? follows.find((f) => said.startsWith(HOLE + f)) : undefined;
      const word = said.replace(HOLE, '').slice(own?.length ?? 0);
      if (!was.includes(word) && !neutral.has(word)) found.push(word);
    }
    found.push(...newKana(plain(worded), was));
  } else {
    const known = new Set([...was.toLowerCase().matchAll(/[a-z]+/g)].map(([word]) => word.slice(0, 5)));
    for (const [word] of plain(worded)
      .toLowerCase()
      .matchAll(/[a-z]{2,}/g))
      if (!neutral.has(word) && !known.has(word.slice(0, 5))) found.push(word);
  }
  // a sentence in the other language is read by nobody's rules
  const foreign = lang === 'ja' ? /[a-z]{2,}/gi : /[ぁ-ヿ一-鿿]+/g;
  for (const [word] of plain(worded).matchAll(foreign)) if (!was.includes(word)) found.push(word);
  return found.map((text) => ({ kind: 'claim', text }));
}
/** shorter pieces of a line than this could be put together to anything */
const PIECE = { ja: 4, en: 8 };
const joined = (text: string, lang: Lang): string =>
  lang === 'ja'
    ? text.replace(/[\s、。，．（）()]/g, '')
    : ` ${text
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim()} `;
/** Said once, and put together from pieces of code's own line: it says nothing new, wherever it stands. */
const isOwn = (part: string, worded: string, draft: string, lang: Lang): boolean => {
  const was = joined(draft, lang);
  let rest = joined(part, lang);
  if (joined(worded, lang).split(rest).length > 2) return false;
  while (rest.trim() !== '') {
    let length = rest.length;
    while (length >= PIECE[lang] && !was.includes(rest.slice(0, length))) length--;
    // in English a piece ends with a word
    const end = lang === 'ja' || length === rest.length ? length : rest.lastIndexOf(' ', length - 1);
    if (length < PIECE[lang] || end < PIECE[lang] - 1) return false;
    rest = rest.slice(end);
  }
  return true;
};
/** Statements behind the last fact that are not code's own: a line may end with as many as code wrote. */
const afterwords = (line: string, draft: string, lang: Lang): number => {
  const tail = line.slice(line.lastIndexOf('}}') + 2);
  const ends = lang === 'ja' ? /[、。，．！？!?]/ : /[,.;:!?]|\b(?:but|and|so|while)\b/;
  const words = lang === 'ja' ? /[ぁ-ヿ一-鿿]/ : /[a-z]/i;
  return tail
    .split(ends)
    .filter((part) => words.test(part) && (line === draft || !isOwn(part, line, draft, lang))).length;
};

/**
 * `から … に減る` as `から … になる` where the two numbers bear it out: which way it goes is then no news. Only right behind the second
 * number, so that nothing else is said to grow or shrink.
 */
function plainMoves(line: string, facts: readonly Fact[], lang: Lang): string {
  const valueBy = new Map(facts.map((fact) => [fact.id, fact.unit === 'instant' ? null : fact.value]));
  const [pattern, up, plain] = MOVES[lang];
  return line.replace(pattern, (whole: string, ...given: unknown[]) => {
    const said = given.at(-1) as Readonly<Record<'a' | 'b' | 'verb', string>>;
    const [a, b] = [valueBy.get(said.a), valueBy.get(said.b)];
    if (typeof a !== 'number' || typeof b !== 'number' || a === b) return whole;
    return up.test(said.verb) === b > a ? whole.replace(said.verb, plain) : whole;
  });
}

/** an entry's mark stands once, before it */
const BULLETS = /[・•]/g;
const MARKUP = /https?:|www\.|[<>`|\\#*_[\]]|[\u{1f000}-\u{1faff}\u{2600}-\u{27bf}]/u;

/**
 * What a reworded line says otherwise than the line it replaces; empty: the same. Both lines hold slots (`{{f3}}`). Compares which way each
 * statement points (late or on time, enough or short, more or fewer, is or is not), how sure it is, which number has which part, the
 * units beside the slots, and refuses causes, orders, comparisons and blurs that code did not write.
 */
export function bendsOf(said: string, draft: string, facts: readonly Fact[], lang: Lang): Bend[] {
  const bends: Bend[] = [];
  const stands = AS_IT_STANDS[lang];
  const worded = stands.said.test(draft) ? said.replace(stands.ways, stands.plain) : said;
  const bare = worded.replace(SLOT, '');
  const draftBare = draft.replace(SLOT, '');
  if (bare.length > draftBare.length * GROWS + GROWS_BY) bends.push({ kind: 'form', text: 'length' });
  const markup = MARKUP.exec(bare.normalize('NFKC'));
  if (markup && !draftBare.normalize('NFKC').includes(markup[0]))
    bends.push({ kind: 'form', text: markup[0] });
  if ((worded.match(BULLETS)?.length ?? 0) > (draft.match(BULLETS)?.length ?? 0))
    bends.push({ kind: 'form', text: '・' });
  if (lang === 'ja' && !/[ぁ-ヿ一-鿿]/.test(bare) && /[ぁ-ヿ一-鿿]/.test(draftBare))
    bends.push({ kind: 'form', text: 'language' });
  if (
    slotsOf(draft).length > 0 &&
    afterwords(worded, draft, lang) > Math.max(1, afterwords(draft, draft, lang))
  )
    bends.push({ kind: 'claim', text: 'added' });
  bends.push(...newWords(worded, draft, lang));
  const now = stanceOf(plainMoves(worded, facts, lang), lang);
  const was = stanceOf(draft, lang);
  for (const text of polarityBends(now, was)) bends.push({ kind: 'polarity', text });
  if (now.hedged !== was.hedged) bends.push({ kind: 'certainty', text: '' });
  if (assertions(worded, lang) > assertions(draft, lang)) bends.push({ kind: 'certainty', text: 'time' });
  const holes = (line: string): string => line.replace(SLOT, HOLE);
  if (DENIED[lang].test(holes(worded)) && !DENIED[lang].test(holes(draft)))
    bends.push({ kind: 'polarity', text: 'denied' });
  if (CONDITIONS[lang].test(holes(draft)) !== CONDITIONS[lang].test(holes(worded)))
    bends.push({ kind: 'claim', text: 'condition' });
  if (KEPT[lang].some(([was, has]) => was.test(draftBare) && !has.test(bare)))
    bends.push({ kind: 'claim', text: 'kept' });
  const { said: past, told, ahead } = PAST[lang];
  if (told.test(holes(draft)) && ahead.test(holes(worded)) && !ahead.test(holes(draft)))
    bends.push({ kind: 'certainty', text: 'ahead' });
  if (!told.test(holes(draft)))
    for (const [text] of holes(worded).matchAll(past))
      if (!draftBare.includes(text)) bends.push({ kind: 'certainty', text });
  return [...bends, ...newClaims(worded, draft, lang), ...slotBends(worded, draft, facts, lang)];
}
