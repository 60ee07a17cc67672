import { NAMING_PREPOSITIONS, NAMING_WORDS } from './config.ts';
import { current, type Entry } from './entry.ts';
import { parameter, type Shaped } from './shape-tokens.ts';
import { isTelling, TELLS } from './weigh-word.ts';

/** Words of a phrase at most. */
export const MAX_PHRASE = 6;
/** So many different phrases, of two lengths at least, make a parameter of several words. */
const ENOUGH_PHRASES = 3;
const MIN_TELLING = 3;
/** The same where only two words are around it. */
const ENOUGH_IN_SHORT = 5;
const MAX_MEMBERS = 24;
const MAX_STARTS = 3;

export type Phrase = { readonly entries: readonly Entry[]; readonly at: number };

/**
 * Names of several words (`Campaign Spring sale finished`, `Campaign A finished`): templates that are equal but for a run of words
 * that begins with a capital after another word. Their lengths differ, so no place can be compared with a place; what stands before
 * and what stands behind can.
 */
export class PhraseFrames {
  /** most frames are one template's alone: then it stands there itself */
  private readonly frames = new Map<number, Set<Entry> | Entry>();

  /** Enters a template; a frame with phrases enough is found. */
  watch(entry: Entry): Phrase | null {
    const { tokens } = entry;
    let found: Phrase | null = null;
    let begun = 0;
    for (let at = 1; at < tokens.length && begun < MAX_STARTS; at++) {
      if (!begins(tokens, at)) continue;
      begun++;
      const isCapital = startsLarge(tokens[at]);
      // a name that is introduced may end its line
      const last = isIntroduced(tokens, at) ? tokens.length : tokens.length - 1;
      for (let length = 1; length <= MAX_PHRASE && at + length <= last; length++) {
        const word = tokens[at + length - 1];
        if (!word || word.kind === 'mark' || word.kind === 'quoted') break;
        if (word.kind === 'parameter' && word.type !== 'number') break;
        if (!isCapital && saysMore(word)) break;
        const around = [...tokens.slice(0, at), ...tokens.slice(at + length)];
        const telling = around.filter(isTelling).length;
        if (telling < MIN_TELLING - 1) break;
        const members = this.enter(frameKey(around, at, entry.severity), entry);
        const needed = telling < MIN_TELLING ? ENOUGH_IN_SHORT : ENOUGH_PHRASES;
        if (!found && members && isEnough(members, needed)) found = { entries: [...members], at };
      }
    }
    return found;
  }
  /** `entry` has one parameter, made of names: those of several words in the same place are with it. */
  around(entry: Entry): Phrase | null {
    const [at, another] = entry.parameters;
    if (at === undefined || another !== undefined || entry.phrase !== null) return null;
    const { tokens, severity } = entry;
    const kept = this.frames.get(frameKey([...tokens.slice(0, at), ...tokens.slice(at + 1)], at, severity));
    const members = kept instanceof Set ? [...kept] : kept ? [kept] : [];
    const longer = members.filter(
      (e) =>
        !e.into &&
        e.severity === severity &&
        phrasesIn(e.tokens).some((p) => p.at === at && p.length === e.tokens.length - tokens.length + 1),
    );
    return longer.length ? { entries: [entry, ...longer], at } : null;
  }
  private enter(key: number, entry: Entry): Set<Entry> | null {
    const kept = this.frames.get(key);
    if (!kept || kept === entry) {
      this.frames.set(key, entry);
      return null;
    }
    const members = kept instanceof Set ? kept : new Set([kept]);
    if (members.size < MAX_MEMBERS) members.add(entry);
    this.frames.set(key, members);
    return members;
  }
}
/** Where `tokens` may have a name of two words or more: capitalised words behind another. */
export function phrasesIn(tokens: readonly Shaped[]): { readonly at: number; readonly length: number }[] {
  const found: { at: number; length: number }[] = [];
  for (let at = 1; at < tokens.length; at++) {
    if (!begins(tokens, at) || !startsLarge(tokens[at])) continue;
    for (let length = 2; length <= MAX_PHRASE && startsLarge(tokens[at + length - 1]); length++)
      found.push({ at, length });
  }
  return found;
}
/** 53 bits of what stands around a phrase, and where it stands. */
function frameKey(around: readonly Shaped[], at: number, severity: number): number {
  let high = (at << 4) | severity;
  let low = around.length;
  for (const { hash } of around) {
    high = Math.imul(high ^ hash, 0x9e3779b1);
    high ^= high >>> 15;
    low = Math.imul(low + hash, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
}
const NAMING = new Set(NAMING_WORDS);
const INTRODUCING = new Set([...NAMING_WORDS, ...NAMING_PREPOSITIONS, 'to']);
/** A capitalised word after a word (`Campaign Spring`), any word after one that introduces names (`client web shop`). */
const begins = (tokens: readonly Shaped[], at: number): boolean => {
  const [before, first] = [tokens[at - 1], tokens[at]];
  if (before?.kind !== 'word' || first?.kind !== 'word') return false;
  return startsLarge(first) || NAMING.has(before.text.toLowerCase());
};
const startsLarge = (token: Shaped | undefined): boolean => /^\p{Lu}(?:\p{Ll}|$)/u.test(token?.text ?? '');
/** Where a sentence goes on behind a name. */
const saysMore = ({ kind, text }: Shaped): boolean =>
  kind === 'word' && (TELLS.test(text) || INTRODUCING.has(text.toLowerCase()));
const isIntroduced = (tokens: readonly Shaped[], at: number): boolean =>
  INTRODUCING.has(tokens[at - 1]?.text.toLowerCase() ?? '');
const isEnough = (members: ReadonlySet<Entry>, needed: number): boolean =>
  members.size >= needed && new Set([...members].map((e) => e.tokens.length)).size > 1;

/** Whether the words at `at` may be one name: `Zoë Müller`, `The last days of June`, `web shop`, and not `alice was never`. */
export const isPhrase = (tokens: readonly Shaped[], at: number, length: number): boolean =>
  length === 1 || startsLarge(tokens[at]) || !tokens.slice(at, at + length).some(saysMore);
/** Whether a line's words are a name where `entry` has a place for one. */
export const isPhrased = (entry: Pick<Entry, 'tokens' | 'phrase'>, tokens: readonly Shaped[]): boolean =>
  entry.phrase === null || isPhrase(tokens, entry.phrase, tokens.length - entry.tokens.length + 1);

/** A line's tokens in the shape of a template whose place `at` may hold several of them. */
export function inShape(
  entry: Pick<Entry, 'tokens' | 'phrase'>,
  tokens: readonly Shaped[],
): readonly Shaped[] {
  const more = tokens.length - entry.tokens.length;
  if (entry.phrase === null || more <= 0) return tokens;
  return joined(tokens, entry.phrase, more + 1);
}
/** `length` tokens from `at` on as one parameter. */
export function joined(tokens: readonly Shaped[], at: number, length: number): readonly Shaped[] {
  const [first, last] = [tokens[at], tokens[at + length - 1]];
  return [
    ...tokens.slice(0, at),
    parameter('text', first?.gap ?? true, first?.start, last?.end),
    ...tokens.slice(at + length),
  ];
}
/** The tokens with `length` parameters for the one at `at`, and the places of all that are parameters by merging. */
export function stretched(
  tokens: readonly Shaped[],
  mask: readonly number[],
  at: number,
  length: number,
): { tokens: readonly Shaped[]; mask: number[] } {
  const parameters = Array.from({ length }, () => parameter('text', true));
  const moved = mask
    .filter((place) => place !== at)
    .map((place) => (place > at ? place + length - 1 : place));
  return {
    tokens: [...tokens.slice(0, at), ...parameters, ...tokens.slice(at + 1)],
    mask: [...moved, ...parameters.map((_, i) => at + i)].sort((a, b) => a - b),
  };
}
export const standing = (entries: readonly Entry[]): Entry[] => [...new Set(entries.map(current))];
