import type { Placed } from './places.ts';
import type { Token } from './tokens.ts';
import { isAhead } from './windows.ts';
import type { Words } from './words.ts';

/**
 * Conditions of the grammar's tables. Terms stand with spaces between and all must hold; in a term one of its alternatives (`a|b`).
 * `role`, `prefix*`: a word of that role; `role+x~y`: with the role or ending x, without y; `^role`: the first word; `!`: not so. What is
 * known of the whole clause: `@person`, `@site.to` (names and their side), `#people` (numbers), `:ja`, `:day`, `:ahead` and the like,
 * `=backlog` (measures found).
 */
export type Facts = ReadonlySet<string>;
type WordTest = { readonly first: boolean; readonly fits: (t: Token) => boolean };
const FACT = /^[:@#=]/;

const tests = new Map<string, WordTest>();
function wordTest(atom: string): WordTest {
  const known = tests.get(atom);
  if (known) return known;
  const [head = '', ...marks] = atom.replace(/^\^/, '').split(/(?=[+~](?=[a-z]))/);
  const has = (t: Token, role: string): boolean =>
    role.endsWith('*')
      ? [...t.roles].some((r) => r.startsWith(role.slice(0, -1)))
      : t.roles.has(role) || t.flags.has(role) || role === `#${t.number?.unit}`;
  const made: WordTest = {
    first: atom.startsWith('^'),
    fits: (t) =>
      (head === '*' || has(t, head)) && marks.every((m) => has(t, m.slice(1)) === m.startsWith('+')),
  };
  tests.set(atom, made);
  return made;
}
const lists = new Map<string, readonly (readonly string[])[]>();
/** `a|b !c` as [[a, b], [!c]] */
function termsOf(text: string): readonly (readonly string[])[] {
  const known = lists.get(text);
  if (known) return known;
  const made = text
    .split(' ')
    .filter(Boolean)
    .map((term) => term.split('|'));
  lists.set(text, made);
  return made;
}
const atomHolds = (atom: string, w: Words, facts: Facts): boolean => {
  if (atom.startsWith('!')) return !atomHolds(atom.slice(1), w, facts);
  if (FACT.test(atom)) return facts.has(atom);
  const { first, fits } = wordTest(atom);
  return first ? w.tokens[0] !== undefined && fits(w.tokens[0]) : w.tokens.some(fits);
};
export const holds = (when: string, w: Words, facts: Facts): boolean =>
  termsOf(when).every((term) => term.some((atom) => atomHolds(atom, w, facts)));
/** the words that a list of roles names */
export const wordsOf = (w: Words, roles: string): Token[] => {
  const all = termsOf(roles).map(([atom = '']) => wordTest(atom));
  return w.tokens.filter((t) => all.some(({ fits }) => fits(t)));
};

/** What is known of a clause beside its words. */
export function factsOf(
  w: Words,
  names: readonly Placed[],
  more: Readonly<Record<string, boolean>> = {},
): Facts {
  const facts = new Set<string>();
  for (const n of names) facts.add('@').add(`@${n.place}`).add(`@${n.place}.${n.side}`);
  for (const t of w.tokens) {
    if (t.number) facts.add('#').add(`#${t.number.unit}`);
    if (t.time) facts.add(':time');
    if (t.day) facts.add(':day').add(isAhead(t.day.days) ? ':ahead' : ':back');
    if (t.unknown) facts.add(':unknown');
    if (t.after === 'end') facts.add(':sentences');
  }
  const told = /\b(?:was|were|did|has|have|been)\b/i.test(w.text) && !/\bhave to\b/i.test(w.text);
  const said = {
    ja: w.ja,
    told: !w.ja && told,
    asked: /[?？]/.test(w.text),
    short: w.tokens.length < 3,
    ...more,
  };
  for (const [name, is] of Object.entries(said)) if (is) facts.add(`:${name}`);
  return facts;
}
