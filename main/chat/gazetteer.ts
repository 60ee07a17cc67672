import { type CompactText, compact, compactName } from './fold.ts';
import { PLACE_NAMES, PROCESS_NAMES, SITE_SUFFIX } from './place-names.ts';
import type { Ambiguity, EntityKind, MasterData, Mention, UnknownName } from './types.ts';

/** What a term is worth: as written in the master data, another name of it, the common part of several names. */
const EXACT = 1;
const ALIAS = 0.95;
const STEM = 0.9;
const TYPO = 0.8;

type Term = {
  readonly key: string;
  readonly kind: EntityKind;
  readonly values: Set<string>;
  /** 0: known to people, not in the master data */
  readonly score: number;
  /** only when written in capitals: a name that is also an everyday English word */
  readonly capitals: boolean;
};
type Node = { readonly next: Map<string, Node>; readonly terms: Term[] };
type Found = { readonly from: number; readonly to: number; readonly term: Term; readonly score: number };

export type Entities = {
  readonly mentions: readonly Mention[];
  readonly ambiguous: readonly Ambiguity[];
  readonly unknown: readonly UnknownName[];
};
/** Finds the master data's names in a text. */
export type Gazetteer = (text: string) => Entities;

const KIND_ORDER: readonly EntityKind[] = ['process', 'location', 'business', 'operator'];
const EVERYDAY = new Set(
  'it as in or to is if us me do we go no so on of at by be am pm up an he my ok hi one two all new'.split(
    ' ',
  ),
);
/** readings that are also grammar or everyday words */
const NOT_A_PLACE = new Set([
  'さかい',
  'こうち',
  'こうふ',
  'なんば',
  'かしわ',
  'いずも',
  'やまがた',
  'つくば',
  'いわき',
  'ちば',
  'みと',
  'なら',
  'さが',
  'つ',
  'なは',
  'ぎふ',
  'こおりやま',
]);
const HONORIFIC = ['さん', 'サン', 'くん', '君', '氏', '様', 'さま', 'ちゃん'];
/** characters a spelling mistake is searched in; longer texts are pasted, not typed */
const TYPO_LIMIT = 400;
const TYPO_LENGTH = 5;

const DIGIT = /[0-9]/;
/** エントリⅠ: one letter too few would be another name */
const ROMAN_NUMERAL = /(?:entry|[^a-z])i+$/;

const node = (): Node => ({ next: new Map(), terms: [] });
const isLatin = (key: string): boolean => /^[a-z0-9]+$/.test(key);
/** arabic and kanji digits of a name: a spelling mistake never changes them */
const digitsOf = (key: string): string =>
  (key.match(/[0-9一二三四五六七八九十]/g) ?? [])
    .map((d) => ('一二三四五六七八九十'.includes(d) ? String('一二三四五六七八九十'.indexOf(d) + 1) : d))
    .join('');

/** Whether `a` becomes `b` by at most one insertion, deletion, substitution or swap of neighbours. */
export function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  const restA = a.slice(i, a.length - j);
  const restB = b.slice(i, b.length - j);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

class Terms {
  private readonly byKey = new Map<string, Term[]>();
  add(name: string, kind: EntityKind, value: string | null, score: number, capitals = false): void {
    const key = compactName(name);
    if (key === '') return;
    const known = this.byKey.get(key) ?? [];
    const same = known.find((t) => t.kind === kind);
    if (!same || same.score < score) {
      const values = new Set(value === null ? [] : [value]);
      this.byKey.set(key, [...known.filter((t) => t !== same), { key, kind, values, score, capitals }]);
    } else if (same.score === score && value !== null) same.values.add(value);
  }
  all(): Term[] {
    return [...this.byKey.values()]
      .map(
        (terms) =>
          terms.sort(
            (a, b) => b.score - a.score || KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind),
          )[0],
      )
      .filter((t) => t !== undefined);
  }
}

function addLocations(terms: Terms, locations: readonly string[]): void {
  const coreOf = new Map(locations.map((name) => [name, name.replace(SITE_SUFFIX, '').trim() || name]));
  for (const name of locations) {
    terms.add(name, 'location', name, EXACT);
    const core = coreOf.get(name) ?? name;
    if (core !== name && core.length > 1) terms.add(core, 'location', name, ALIAS);
    const stem = core.replace(/(?:第?\s*[0-9０-９一二三四五]+|[A-Za-zＡ-Ｚ])$/, '').trim();
    if (stem !== core && stem.length > 1) terms.add(stem, 'location', name, STEM);
  }
  for (const group of PLACE_NAMES) {
    const names = group.map(compactName);
    const ours = locations.filter((name) => {
      const core = compactName(coreOf.get(name) ?? name);
      return names.includes(core) || names.includes(compactName(name));
    });
    for (const other of group) {
      const readingOnly = /^[ぁ-ん]+$/.test(other);
      if (readingOnly && (other.length < 3 || NOT_A_PLACE.has(other))) continue;
      for (const name of ours) terms.add(other, 'location', name, ALIAS);
      if (ours.length === 0 && !readingOnly && other.length > 1 && compactName(other).length > 1)
        terms.add(other, 'location', null, 0);
    }
  }
}

function addProcesses(terms: Terms, processes: readonly string[]): void {
  const addWithStem = (name: string, value: string, score: number): void => {
    terms.add(name, 'process', value, score);
    const stem = compactName(name).replace(/[0-9]+$/, '');
    if (stem !== compactName(name) && stem.length > 2 && stem !== '入力')
      terms.add(stem, 'process', value, STEM);
  };
  for (const name of processes) {
    addWithStem(name, name, EXACT);
    const bare = name.replace(/(?:工程|作業|プロセス)$/, '');
    if (bare !== name && bare.length > 1) addWithStem(bare, name, ALIAS);
  }
  for (const group of PROCESS_NAMES) {
    const names = group.map(compactName);
    const ours = processes.filter((p) =>
      names.includes(compactName(p.replace(/(?:工程|作業|プロセス)$/, ''))),
    );
    for (const other of group)
      if (ours.length === 0) terms.add(other, 'process', null, 0);
      else for (const value of ours) addWithStem(other, value, ALIAS);
  }
}

function addBusinesses(terms: Terms, businesses: MasterData['businesses']): void {
  const around = ['業務', '案件', 'business ', 'biz '];
  for (const { id, name } of businesses)
    for (const word of new Set([
      id,
      name,
      name.replace(/(?:業務|案件|様|株式会社)$/, ''),
      name.replace(/^株式会社/, ''),
    ])) {
      const key = compactName(word);
      const score = word === id || word === name ? EXACT : ALIAS;
      const tooShort = /^[0-9]+$/.test(key) ? key.length < 4 : key.length < 2;
      if (!tooShort) terms.add(word, 'business', id, score, EVERYDAY.has(key));
      for (const w of around) terms.add(w + word, 'business', id, ALIAS);
      terms.add(`${word}業務`, 'business', id, ALIAS);
      terms.add(`${word}案件`, 'business', id, ALIAS);
    }
}

function addOperators(terms: Terms, operators: MasterData['operators']): void {
  for (const { id, name } of operators) {
    const key = compactName(id);
    if (/[a-z]/.test(key) ? key.length >= 3 : key.length >= 5) terms.add(id, 'operator', id, EXACT);
    if (compactName(name).length > 1) terms.add(name, 'operator', id, EXACT);
    const [family = '', given] = name.trim().split(/[\s　]+/);
    const surname = given === undefined && /^\p{Script=Han}{3,}$/u.test(name) ? name.slice(0, 2) : family;
    for (const honorific of HONORIFIC) {
      terms.add(name + honorific, 'operator', id, EXACT);
      if (surname !== name && surname !== '') terms.add(surname + honorific, 'operator', id, ALIAS);
    }
  }
}

const rootOf = (terms: readonly Term[]): Node => {
  const root = node();
  for (const term of terms) {
    let at = root;
    for (const unit of term.key) {
      const next = at.next.get(unit) ?? node();
      at.next.set(unit, next);
      at = next;
    }
    at.terms.push(term);
  }
  return root;
};

/** エントリ in エントリ3 is not the stem of ours, and ms in 500ms is not a business. */
const fits = (term: Term, text: CompactText, from: number, to: number): boolean =>
  !(term.score === STEM && DIGIT.test(text.text.charAt(to))) &&
  !(/^[a-z]{1,2}$/.test(term.key) && DIGIT.test(text.text.charAt(from - 1)));

function longestAt(root: Node, text: CompactText, original: string, from: number): Found | null {
  let best: Found | null = null;
  let at: Node | undefined = root.next.get(text.text.charAt(from));
  for (let to = from + 1; at; to++) {
    const term = at.terms[0];
    if (term && text.closes[to - 1] && fits(term, text, from, to)) {
      const written = original.slice(text.starts[from], text.ends[to - 1]).normalize('NFKC');
      if (!term.capitals || written === written.toUpperCase()) best = { from, to, term, score: term.score };
    }
    at = at.next.get(text.text.charAt(to));
  }
  return best;
}

function exactMatches(root: Node, text: CompactText, original: string): Found[] {
  const found: Found[] = [];
  for (let i = 0; i < text.text.length; ) {
    const match = text.opens[i] ? longestAt(root, text, original, i) : null;
    if (match) found.push(match);
    i = match ? match.to : i + 1;
  }
  return found;
}

/** エントリ1と2, entry 1 and 2: the second number means the same stem. */
function addSiblings(found: Found[], text: CompactText, terms: ReadonlyMap<string, Term>): Found[] {
  return found.flatMap((match) => {
    const out = [match];
    const stem = /^(.+?)[0-9]$/.exec(match.term.key)?.[1];
    if (match.term.kind !== 'process' || stem === undefined) return out;
    const next = /^(?:と|、|,|and|&|および|及び|や)?([0-9])(?![0-9人名件時分日%割倍年月週,.:])/.exec(
      text.text.slice(match.to),
    );
    const sibling = next && terms.get(stem + next[1]);
    if (next && sibling && !/^[0-9]/.test(next[0])) {
      const to = match.to + next[0].length;
      out.push({ from: to - 1, to, term: sibling, score: ALIAS });
    }
    return out;
  });
}

function typoMatches(terms: readonly Term[], text: CompactText, taken: readonly boolean[]): Found[] {
  const free = (from: number, to: number): boolean => {
    for (let i = from; i < to; i++) if (taken[i]) return false;
    return true;
  };
  const found: Found[] = [];
  const fuzzy = terms.filter(
    (t) =>
      t.key.length >= TYPO_LENGTH &&
      t.score > STEM &&
      (t.kind === 'process' || t.kind === 'location') &&
      !ROMAN_NUMERAL.test(t.key),
  );
  for (let from = 0; from < text.text.length; from++) {
    if (!text.opens[from]) continue;
    let best: Found | null = null;
    for (const term of fuzzy) {
      const latin = isLatin(term.key);
      for (let length = term.key.length - 1; length <= term.key.length + 1; length++) {
        const to = from + length;
        const word = text.text.slice(from, to);
        if (
          word.length !== length ||
          (latin && length < TYPO_LENGTH) ||
          !text.closes[to - 1] ||
          isLatin(word) !== latin ||
          !free(from, to)
        )
          continue;
        if (word[0] !== term.key[0] && word.at(-1) !== term.key.at(-1)) continue;
        if (digitsOf(word) !== digitsOf(term.key) || !withinOneEdit(word, term.key)) continue;
        const closer =
          best === null ||
          (word === term.key ? 0 : Math.abs(length - term.key.length)) <
            Math.abs(best.to - best.from - best.term.key.length);
        if (closer) best = { from, to, term, score: TYPO };
      }
    }
    if (best) {
      found.push(best);
      from = best.to - 1;
    }
  }
  return found;
}

/** Builds the finder for one state of the master data. Cost: linear in its names. */
export function createGazetteer(master: MasterData): Gazetteer {
  const collected = new Terms();
  addLocations(collected, master.locations);
  addProcesses(collected, master.processes);
  addBusinesses(collected, master.businesses);
  addOperators(collected, master.operators);
  const terms = collected.all();
  const byKey = new Map(terms.map((t) => [t.key, t]));
  const root = rootOf(terms);
  return (original) => {
    const text = compact(original);
    const exact = addSiblings(exactMatches(root, text, original), text, byKey);
    const taken = new Array<boolean>(text.text.length).fill(false);
    for (const { from, to } of exact) taken.fill(true, from, to);
    const found = [...exact, ...(text.text.length <= TYPO_LIMIT ? typoMatches(terms, text, taken) : [])].sort(
      (a, b) => a.from - b.from,
    );
    const mentions: Mention[] = [];
    const ambiguous: Ambiguity[] = [];
    const unknown: UnknownName[] = [];
    for (const { from, to, term, score } of found) {
      const start = text.starts[from] ?? 0;
      const end = text.ends[to - 1] ?? start;
      const span = { text: original.slice(start, end), start, end };
      const [value, ...others] = term.values;
      if (value !== undefined && others.length > 0)
        ambiguous.push({ ...span, kind: term.kind, candidates: [...term.values] });
      else if (value !== undefined) mentions.push({ ...span, kind: term.kind, value, score });
      else if (
        (term.kind === 'location' || term.kind === 'process') &&
        !/^(?:さん|くん|君|氏|様)/.test(original.slice(end))
      )
        unknown.push({ ...span, kind: term.kind });
    }
    return { mentions, ambiguous, unknown };
  };
}
