import { foldText } from '../vectors/index.ts';
import en from './grammar/en.json' with { type: 'json' };
import endings from './grammar/endings.json' with { type: 'json' };
import ja from './grammar/ja.json' with { type: 'json' };
import { withinOneEdit } from './spelling.ts';
import type { Spoken } from './spoken.ts';

/** One thing a word can be to the plan, e.g. `order` or `m:backlog`. */
export type Role = string;
export type Flag =
  | 'neg'
  | 'if'
  | 'past'
  | 'want'
  | 'likely'
  | 'prog'
  | 'ask'
  | 'can'
  | 'should'
  | 'may'
  | 'way'
  | 'purpose'
  | 'passive'
  | 'causative'
  | 'te';
/** A word of the question: its roles, and what its ending says. */
export type Lexeme = {
  readonly roles: readonly Role[];
  readonly flags: readonly string[];
  readonly length: number;
};

type Arc = readonly [text: string, next: string, flag?: string];
const CLASSES = endings.classes as unknown as Readonly<Record<string, readonly Arc[]>>;
const STATES = endings.states as unknown as Readonly<Record<string, readonly Arc[]>>;
const fold = (arcs: Readonly<Record<string, readonly Arc[]>>): Record<string, readonly Arc[]> =>
  Object.fromEntries(
    Object.entries(arcs).map(([k, v]) => [k, v.map(([t, n, f]) => [foldText(t), n, f] as Arc)]),
  );
const CLASS_ARCS = fold(CLASSES);
const STATE_ARCS = fold(STATES);
/** a verb may end here */
const FINAL = new Set(['end', 'stem']);
/** English past forms and the like that no rule makes stand in the tables as they are. */
const ENGLISH_ENDINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/e$/, ['s', 'd', '-ing']],
  [/(?:s|x|ch|sh)$/, ['es', 'ed', 'ing']],
  [/[^aeiou]y$/, ['-ies', '-ied', 'ing']],
  [/./, ['s', 'ed', 'ing']],
];

function inflected(word: string): string[] {
  const [, forms = []] = ENGLISH_ENDINGS.find(([end]) => end.test(word)) ?? [];
  return [word, ...forms.map((f) => (f.startsWith('-') ? word.slice(0, -1) + f.slice(1) : word + f))];
}

type Node = { readonly next: Map<string, Node>; readonly roles: Set<Role>; readonly stems: [Role, string][] };
const node = (): Node => ({ next: new Map(), roles: new Set(), stems: [] });

/** All words that questions are made of, found at a place of a folded text. */
export type Lexicon = {
  /** the words that begin there, with each of their endings */
  at(text: string, from: number): readonly Lexeme[];
  /** kanji and kana words of three characters and more, for typing errors */
  readonly correctable: readonly (readonly [word: string, roles: readonly Role[]])[];
  has(word: string): boolean;
  /** the known word that a Latin word is with one typing error; null: none, or several */
  mended(word: string): string | null;
};

export function createLexicon(vocabulary: readonly Spoken[]): Lexicon {
  const root = node();
  const words = new Map<string, Set<Role>>();
  const reach = (form: string): Node => {
    let at = root;
    for (const c of form) {
      const next = at.next.get(c) ?? node();
      at.next.set(c, next);
      at = next;
    }
    return at;
  };
  const add = (form: string, role: Role): void => {
    const key = foldText(form.trim());
    if (key === '') return;
    reach(key).roles.add(role);
    words.set(key, (words.get(key) ?? new Set()).add(role));
  };
  for (const table of [ja.words, en.words])
    for (const [role, forms] of Object.entries(table)) for (const form of forms.split('|')) add(form, role);
  for (const [role, forms] of Object.entries(en.verbs))
    for (const form of forms.split('|').flatMap(inflected)) add(form, role);
  const addVerb = (entry: string, role: Role): void => {
    const [stem = '', kind = ''] = entry.split('/');
    reach(foldText(stem)).stems.push([role, kind]);
  };
  for (const [role, stems] of Object.entries(ja.inflected))
    for (const entry of stems.split('|')) addVerb(entry, role);
  const parts = (text = ''): string[] => text.split('|');
  for (const m of vocabulary) {
    for (const said of [m.ja, m.en]) {
      for (const form of parts(said.strong)) add(form, `m:${m.id}`);
      for (const form of parts(said.weak)) add(form, `w:${m.id}`);
      for (const form of parts(said.positive)) add(form, `p:${m.id}`);
    }
    for (const form of parts(m.en.verbs).flatMap(inflected)) add(form, `m:${m.id}`);
    for (const entry of parts(m.ja.verbs)) addVerb(entry, `m:${m.id}`);
    for (const entry of parts(m.ja.weakVerbs)) addVerb(entry, `w:${m.id}`);
  }
  const correctable = [...words]
    .filter(([w, roles]) => !roles.has('empty') && /^[^a-z ]{3,}$/.test(w))
    .map(([w, roles]) => [w, [...roles]] as const);

  const singles = new Set(
    [...words.keys()].flatMap((w) => w.split(' ')).filter((w) => /^[a-z]{3,}$/.test(w)),
  );
  const swapped = (a: string, b: string): boolean =>
    a.length === b.length && [...a].sort().join('') === [...b].sort().join('') && withinOneEdit(a, b);
  const endingsAt = (text: string, from: number, start: string): Map<number, Set<string>> => {
    const ends = new Map<number, Set<string>>();
    const walk = (state: string, at: number, flags: readonly string[], depth: number): void => {
      if (depth > 9) return;
      if (FINAL.has(state)) {
        const known = ends.get(at) ?? new Set();
        for (const f of flags) known.add(f);
        ends.set(at, known);
      }
      for (const [piece, next, flag] of STATE_ARCS[state] ?? [])
        if (text.startsWith(piece, at))
          walk(next, at + piece.length, flag ? [...flags, flag] : flags, depth + 1);
    };
    for (const [piece, next, flag] of CLASS_ARCS[start] ?? (STATE_ARCS[start] ? [['', start] as Arc] : []))
      if (text.startsWith(piece, from)) walk(next, from + piece.length, flag ? [flag] : [], 0);
    return ends;
  };

  return {
    correctable,
    has: (word) => words.has(word),
    mended(word) {
      if (!/^[a-z]{3,}$/.test(word) || singles.has(word)) return null;
      // the shorter the word, the fewer errors are believed
      const fits = (known: string): boolean =>
        swapped(word, known) ||
        (((word.length >= 5 && known.length >= 4) || (word.length === 4 && known.length === 5)) &&
          known.charAt(0) === word.charAt(0) &&
          withinOneEdit(word, known));
      const found = [...singles].filter(fits);
      return found.find((w) => swapped(word, w)) ?? (found.length <= 3 ? (found[0] ?? null) : null);
    },
    at(text, from) {
      const found = new Map<number, { roles: Set<Role>; flags: Set<string> }>();
      const put = (length: number, role: Role, flags: Iterable<string>): void => {
        const known = found.get(length) ?? { roles: new Set(), flags: new Set() };
        known.roles.add(role);
        for (const f of flags) known.flags.add(f);
        found.set(length, known);
      };
      let at: Node | undefined = root;
      for (let to = from; at; to++) {
        for (const role of at.roles) put(to - from, role, []);
        const seen = new Map<string, Map<number, Set<string>>>();
        for (const [role, kind] of at.stems) {
          const ends = seen.get(kind) ?? endingsAt(text, to, kind);
          seen.set(kind, ends);
          for (const [end, flags] of ends) put(end - from, role, flags);
        }
        at = to < text.length ? at.next.get(text.charAt(to)) : undefined;
      }
      return [...found].map(([length, { roles, flags }]) => ({
        roles: [...roles],
        flags: [...flags],
        length,
      }));
    },
  };
}
