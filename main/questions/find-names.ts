import { foldText } from '../vectors/index.ts';
import { type CompactText, compact, compactName } from './compact.ts';
import tables from './grammar/names.json' with { type: 'json' };
import { withinOneEdit } from './spelling.ts';
import type { NameSpan, Names, Place } from './types.ts';

/** What a term is worth: as written in the master data, another name of it, the common part of several names, unknown here. */
const EXACT = 4;
const ALIAS = 3;
const STEM = 2;
const SURNAME = 1;
const STRANGER = 0;
type Term = {
  readonly key: string;
  readonly place: Place;
  readonly values: Set<string>;
  readonly score: number;
  readonly capitals: boolean;
};
type Node = { readonly next: Map<string, Node>; term: Term | null };
type Found = { readonly from: number; readonly to: number; readonly term: Term };

const list = (text: string): string[] => text.split('|');
const groups = (text: string): string[][] => list(text).map((g) => g.split(' '));
const endIn = (words: string): RegExp => new RegExp(`[\\s-]*(?:${words})$`, 'i');
const SITE_END = endIn(tables.siteSuffixes);
const PROCESS_END = endIn(tables.processSuffixes);
const BUSINESS_END = endIn(tables.businessSuffixes);
const EVERYDAY = new Set(tables.everyday.split(' '));
const NOT_PLACES = new Set(list(tables.notPlaces));
const HONORIFICS = list(tables.honorifics);
const FAMILY = new Map(groups(tables.family).map(([kanji = '', ...kana]) => [foldText(kanji), kana]));
const GIVEN = new Map(groups(tables.given).map(([kanji = '', ...kana]) => [foldText(kanji), kana]));
const ROMAJI = Object.entries(tables.kana).sort(([a], [b]) => b.length - a.length);
/** a spelling mistake is searched in questions, not in pasted text */
const TYPO_LIMIT = 400;
const TYPO_LENGTH = 5;
const DIGITS = /[0-9一二三四五六七八九十]/g;
const digitsOf = (key: string): string => (key.match(DIGITS) ?? []).join('');
const isLatin = (key: string): boolean => /^[a-z0-9]+$/.test(key);

/** さとう → satou, sato, satoh */
function romanised(kana: string): string[] {
  let rest = kana;
  let out = '';
  while (rest) {
    if (rest.startsWith('っ')) {
      rest = rest.slice(1);
      out += '*';
      continue;
    }
    const [sound, latin] = ROMAJI.find(([k]) => rest.startsWith(k)) ?? [rest.charAt(0), ''];
    out += latin;
    rest = rest.slice(sound.length);
  }
  const full = out.replace(/\*(.)/g, '$1$1');
  const short = full.replace(/ou/g, 'o').replace(/uu/g, 'u').replace(/oo/g, 'o');
  return [...new Set([full, short, full.replace(/ou/g, 'oh'), short.replace(/n(?=[bpm])/g, 'm')])];
}

class Terms {
  readonly byKey = new Map<string, Term>();
  /** Of two that are spelt alike the better one stands; level ones of one kind share the key. */
  add(name: string, place: Place, value: string | null, score: number, capitals = false): void {
    const key = compactName(name);
    if (key === '') return;
    const known = this.byKey.get(key);
    if (known && (known.score > score || (known.score === score && known.place !== place))) return;
    if (known && known.score === score) {
      if (value !== null) known.values.add(value);
      return;
    }
    this.byKey.set(key, { key, place, values: new Set(value === null ? [] : [value]), score, capitals });
  }
}

/** Each name of a group also stands for ours that is called by another of it; a group without ours is known to people, not here. */
function addGroups(
  terms: Terms,
  place: Place,
  all: readonly (readonly string[])[],
  ours: readonly (readonly [name: string, value: string])[],
): void {
  for (const group of all) {
    const keys = new Set(group.map(compactName));
    const mine = ours.filter(([name]) => keys.has(compactName(name)));
    for (const other of group) {
      const kanaOnly = /^[ぁ-ん]+$/.test(other);
      if (place === 'location' && (NOT_PLACES.has(other) || (kanaOnly && other.length < 3))) continue;
      if (mine.length === 0 && (kanaOnly || compactName(other).length < 2)) continue;
      if (mine.length === 0) terms.add(other, place, null, STRANGER);
      for (const [, value] of mine) addWithStem(terms, place, other, value, ALIAS);
    }
  }
}
/** エントリ is the stem of エントリ1. */
function addWithStem(terms: Terms, place: Place, name: string, value: string, score: number): void {
  terms.add(name, place, value, score);
  const stem = compactName(name).replace(/[0-9]+$/, '');
  if (place === 'process' && stem !== compactName(name) && stem.length > 2 && stem !== '入力')
    terms.add(stem, place, value, STEM);
}

function addSites(terms: Terms, sites: readonly string[]): void {
  const cores = sites.map((name) => [name.replace(SITE_END, '').trim() || name, name] as const);
  for (const [core, name] of cores) {
    terms.add(name, 'location', name, EXACT);
    if (core.length > 1) terms.add(core, 'location', name, ALIAS);
    const stem = core.replace(/(?:第?\s*[0-9０-９一二三四五]+|[A-Za-zＡ-Ｚ])$/, '').trim();
    if (stem !== core && stem.length > 1) terms.add(stem, 'location', name, STEM);
  }
  addGroups(terms, 'location', groups(tables.places), cores);
}
function addProcesses(terms: Terms, processes: Names['processes']): void {
  const ours = processes.map((name) => [name.replace(PROCESS_END, '') || name, name] as const);
  for (const [core, name] of ours) {
    addWithStem(terms, 'process', name, name, EXACT);
    addWithStem(terms, 'process', core, name, ALIAS);
  }
  addGroups(terms, 'process', tables.processes, ours);
}
function addBusinesses(terms: Terms, businesses: Names['businesses']): void {
  const ours = businesses.map(
    ({ id, name }) => [name.replace(BUSINESS_END, '').replace(/^株式会社/, '') || name, id] as const,
  );
  for (const { id, name } of businesses) {
    for (const word of [id, name]) {
      const key = compactName(word);
      const short = /^[0-9]+$/.test(key) ? key.length < 4 : key.length < 2;
      if (!short) terms.add(word, 'business', id, EXACT, EVERYDAY.has(key));
      for (const end of ['業務', '案件', ' business']) terms.add(word + end, 'business', id, ALIAS);
    }
  }
  for (const [core, id] of ours)
    if (compactName(core).length > 1) terms.add(core, 'business', id, ALIAS, EVERYDAY.has(compactName(core)));
  addGroups(terms, 'business', tables.businesses, ours);
}
function addPeople(terms: Terms, people: Names['people']): void {
  for (const { id, name } of people) {
    const key = compactName(id);
    if (/[a-z]/.test(key) ? key.length >= 3 : key.length >= 5) terms.add(id, 'person', id, EXACT);
    terms.add(name, 'person', id, EXACT);
    const [first = '', second] = name.trim().split(/[\s　]+/);
    const family = second === undefined && /^\p{Script=Han}{3,}$/u.test(name) ? name.slice(0, 2) : first;
    const given = second ?? name.slice(family.length);
    const familyKana = FAMILY.get(foldText(family)) ?? [];
    const givenKana = GIVEN.get(foldText(given)) ?? [];
    for (const f of familyKana)
      for (const g of givenKana) {
        terms.add(f + g, 'person', id, ALIAS);
        for (const rf of romanised(f))
          for (const rg of romanised(g))
            for (const both of [rf + rg, rg + rf]) terms.add(both, 'person', id, ALIAS);
      }
    for (const honorific of HONORIFICS) {
      terms.add(name + honorific, 'person', id, EXACT);
      for (const part of [family, ...familyKana, given, ...givenKana])
        if (part !== '') terms.add(part + honorific, 'person', id, ALIAS);
    }
    if (family.length > 1) terms.add(family, 'person', id, SURNAME);
    for (const f of familyKana)
      for (const latin of romanised(f)) {
        if (latin.length > 2) terms.add(latin, 'person', id, SURNAME);
        for (const more of [`${latin}san`, `mr${latin}`, `ms${latin}`, `mrs${latin}`])
          terms.add(more, 'person', id, ALIAS);
      }
  }
}

const rootOf = (terms: Iterable<Term>): Node => {
  const root: Node = { next: new Map(), term: null };
  for (const term of terms) {
    let at = root;
    for (const unit of term.key) {
      const next = at.next.get(unit) ?? { next: new Map(), term: null };
      at.next.set(unit, next);
      at = next;
    }
    at.term = term;
  }
  return root;
};
/** エントリ in エントリ3 is not the stem of ours, and ms in 500ms is not a business. */
const fits = (term: Term, text: CompactText, from: number, to: number): boolean =>
  !(
    (term.score === STEM || term.capitals || term.place === 'service') &&
    /[0-9]/.test(text.text.charAt(to))
  ) && !(/^[a-z]{1,2}$/.test(term.key) && /[0-9]/.test(text.text.charAt(from - 1)));

function longestAt(root: Node, text: CompactText, original: string, from: number): Found | null {
  let best: Found | null = null;
  let at: Node | undefined = root.next.get(text.text.charAt(from));
  for (let to = from + 1; at; to++) {
    const { term } = at;
    if (term && text.closes[to - 1] && fits(term, text, from, to)) {
      const written = original.slice(text.starts[from], text.ends[to - 1]).normalize('NFKC');
      // "go to" is nobody called Goto
      if (term.score === SURNAME && /\s/.test(written)) {
        at = at.next.get(text.text.charAt(to));
        continue;
      }
      if (!term.capitals || written === written.toUpperCase()) best = { from, to, term };
    }
    at = at.next.get(text.text.charAt(to));
  }
  return best;
}
/** エントリ1と2, entry 1 and 2: the second number means the same stem. */
function siblingOf(match: Found, text: CompactText, terms: ReadonlyMap<string, Term>): Found[] {
  const stem = /^(.+?)[0-9]$/.exec(match.term.key)?.[1];
  if (match.term.place !== 'process' || stem === undefined) return [];
  const next = /^(?:と|、|,|and|&|および|及び|や)([0-9])(?![0-9人名件時分日%割倍年月週,.:])/.exec(
    text.text.slice(match.to),
  );
  const term = next && terms.get(stem + next[1]);
  const to = match.to + (next?.[0].length ?? 0);
  return term ? [{ from: to - 1, to, term }] : [];
}

/** Finds the names in a question. `isWord`: a typing error is never searched in a word that is one. */
export type FindNames = (text: string, isWord: (word: string) => boolean) => NameSpan[];

/** Built once for each state of the master data; cost linear in its names. */
export function createFindNames(names: Names): FindNames {
  const terms = new Terms();
  addSites(terms, names.sites);
  addProcesses(terms, names.processes);
  addBusinesses(terms, names.businesses);
  addPeople(terms, names.people);
  const parts = names.services.flatMap((s) => s.split(/[-_]/).map((part) => [part, s] as const));
  for (const [part, service] of parts)
    if (part.length > 1 && parts.filter(([p]) => p === part).length === 1) {
      // OCRの警告: of ocr-engine, as far as it is written as a name
      terms.add(part, 'service', service, ALIAS, part.length > 3 || EVERYDAY.has(part));
      for (const other of groups(tables.services).find((g) => g.includes(part)) ?? [])
        if (other !== part) terms.add(other, 'service', service, ALIAS);
    }
  for (const service of names.services)
    terms.add(service, 'service', service, EXACT, !/[-_0-9]/.test(service) && EVERYDAY.has(service));
  const all = [...terms.byKey.values()];
  const root = rootOf(all);
  const correctable = all.filter(
    (t) =>
      (t.key.length >= TYPO_LENGTH || (t.place === 'location' && /^\p{Script=Han}{3,}$/u.test(t.key))) &&
      t.score >= ALIAS &&
      t.values.size === 1 &&
      !t.capitals &&
      (t.place !== 'person' || !/[a-z]/.test(t.key)) &&
      !/i+$/.test(t.key),
  );
  const owned: Readonly<Record<Place, readonly string[]>> = {
    location: names.sites,
    business: names.businesses.map((b) => b.name),
    process: names.processes,
    person: names.people.map((p) => p.name),
    service: names.services,
    level: [],
  };
  const nearestTo = (written: string, place: Place): string[] => {
    if (place !== 'person') return owned[place].slice(0, 12);
    const same = owned.person.filter((n) => n.slice(0, 2) === written.slice(0, 2));
    return same.slice(0, 6);
  };

  return (original, isWord) => {
    const text = compact(original);
    const found: Found[] = [];
    for (let i = 0; i < text.text.length; ) {
      const match = text.opens[i] ? longestAt(root, text, original, i) : null;
      if (match) found.push(match, ...siblingOf(match, text, terms.byKey));
      i = match ? Math.max(match.to, found.at(-1)?.to ?? 0) : i + 1;
    }
    const taken = new Array<boolean>(text.text.length).fill(false);
    for (const { from, to } of found) taken.fill(true, from, to);
    if (text.text.length <= TYPO_LIMIT) found.push(...misspelt(correctable, text, taken, isWord));
    const spans = found.map(({ from, to, term }): NameSpan => {
      const start = text.starts[from] ?? 0;
      const end = text.ends[to - 1] ?? start;
      return {
        from: start,
        to: end,
        place: term.place,
        values: [...term.values],
        stem: term.score === STEM,
        nearest: term.values.size === 0 ? nearestTo(original.slice(start, end), term.place) : [],
      };
    });
    return strangers(original, spans, names, nearestTo).sort((a, b) => a.from - b.from);
  };
}

/** saporro, sapporo */
const undoubled = (word: string): string => word.replace(/(.)\1/g, '$1');

function misspelt(
  correctable: readonly Term[],
  text: CompactText,
  taken: boolean[],
  isWord: (word: string) => boolean,
): Found[] {
  const found: Found[] = [];
  for (let from = 0; from < text.text.length; from++) {
    if (!text.opens[from] || taken[from]) continue;
    let best: Found | null = null;
    for (const term of correctable) {
      const latin = isLatin(term.key);
      for (const length of [term.key.length, term.key.length - 1, term.key.length + 1]) {
        const to = from + length;
        const word = text.text.slice(from, to);
        if (
          word.length !== length ||
          (length < TYPO_LENGTH && (latin || length !== term.key.length)) ||
          !text.closes[to - 1] ||
          isLatin(word) !== latin
        )
          continue;
        if (taken.slice(from, to).includes(true) || isWord(word)) continue;
        if (word[0] !== term.key[0] && word.at(-1) !== term.key.at(-1)) continue;
        const near =
          withinOneEdit(word, term.key) || (latin && length >= 6 && undoubled(word) === undoubled(term.key));
        if (digitsOf(word) !== digitsOf(term.key) || !near) continue;
        // the longer name: entyr 2 is no entry
        const off = (f: Found): number => Math.abs(f.to - f.from - f.term.key.length);
        const found: Found = { from, to, term };
        if (!best || off(found) < off(best) || (off(found) === off(best) && to > best.to)) best = found;
      }
    }
    if (best) {
      found.push(best);
      taken.fill(true, best.from, best.to);
    }
  }
  return found;
}

const STRANGER_JA =
  /(?<![\p{Script=Han}ァ-ヶー])(?!何)([\p{Script=Han}ァ-ヶー]{1,7})(?=さん|くん|氏|ちゃん|様)/gu;
const STRANGER_EN = /\b(?:mr|ms|mrs)\.? [A-Z][a-z]+|\b[A-Z][a-z]+(?=-san\b)/gi;
const PLACE_JA =
  /(第[0-9０-９一二三四五六七八九十]+|[\p{Script=Han}ァ-ヶー]{2,5})(センター|拠点|事業所|営業所|支店|支社)/gu;
const BUSINESS_JA = /(?<![\p{Script=Han}ァ-ヶー])([ァ-ヶー]{2,8})(?=業務)/gu;
/** People and services whom nobody here is called: 黒川さん, Mr Smith, payment-api. A full name wins over the family name in it. */
function strangers(
  text: string,
  spans: readonly NameSpan[],
  names: Names,
  nearestTo: (w: string, p: Place) => string[],
): NameSpan[] {
  let out = [...spans];
  const add = (from: number, to: number, place: Place, written: string): void => {
    const inside = out.filter((s) => s.from < to && s.to > from);
    const whole = inside.some(
      (s) =>
        s.values.length > 0 &&
        !(place === 'person' && s.place === 'person' && s.to < to) &&
        !(s.from > from && s.place === 'location'),
    );
    if (whole) return;
    out = out.filter((s) => !inside.includes(s));
    out.push({ from, to, place, values: [], stem: false, nearest: nearestTo(written, place) });
  };
  // 動くん is a verb, 林くん somebody
  for (const m of text.matchAll(STRANGER_JA))
    if (m[0].length > 1 || FAMILY.has(foldText(m[0]))) add(m.index, m.index + m[0].length, 'person', m[0]);
  for (const m of text.matchAll(STRANGER_EN)) add(m.index, m.index + m[0].length, 'person', m[0]);
  for (const m of text.matchAll(PLACE_JA))
    if (!/^(?:全|各|他|同|別|隣|近隣|その|この|どの)/.test(m[1] ?? ''))
      add(
        m.index,
        m.index + (m[1] ?? '').length + (m[1]?.startsWith('第') ? (m[2] ?? '').length : 0),
        'location',
        m[1] ?? '',
      );
  for (const m of text.matchAll(BUSINESS_JA))
    add(m.index, m.index + (m[1] ?? '').length, 'business', m[1] ?? '');
  for (const s of spans) {
    // Suzuki Ichiro: a family name with a given name that nobody here has
    const given =
      s.place === 'person' &&
      /^[A-Za-z]/.test(text.slice(s.from)) &&
      /^ ([A-Z][a-z]{2,})(?![a-z])/.exec(text.slice(s.to));
    if (
      given &&
      s.values.length > 0 &&
      names.people.length > 0 &&
      !spans.some((o) => o.from < s.to + given[0].length && o.to > s.to)
    )
      add(s.from, s.to + given[0].length, 'person', text.slice(s.from, s.to));
  }
  return out;
}
