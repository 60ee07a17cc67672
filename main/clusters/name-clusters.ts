/**
 * Names of groups: the words most of its members share and few other templates have (class-based TF–IDF after Grootendorst 2022,
 * with document shares for term counts), in the order in which they stand in the lines. Pure and deterministic.
 */
import type { Words } from '../kernel/words.ts';
import { englishWords, foldText, LEXICON, splitCamel } from '../vectors/index.ts';

export type ToName = {
  readonly id: number;
  /** words of each member, in order */
  readonly members: readonly (readonly string[])[];
  readonly services: readonly string[];
  /** kept as it is */
  readonly keep: Words | null;
};

const MOST_WORDS = 4;
const LONGEST = 60;
/** a word at least so telling, of the most telling one, is part of the name */
const TELLING = 0.45;
/** in at least so large a part of the members, and in two of them */
const COMMON = 0.4;
const STOP = new Set(
  'the a an is are was were be been to of for in on at by with from and or as it its this that has have had will can do does did into than then over via per if no'.split(
    ' ',
  ),
);
const LATIN = /^[\p{Script=Latin}\d]/u;
/** digits, or letters with digits in them: values that are not parameters yet */
const VALUE = /^[\d\W]*$|\d.*\d/;
const HIRAGANA = /^\p{Script=Hiragana}+$/u;

const MOST_KEYS = 50_000;
const keys = new Map<string, string>();
/** One spelling for a word, so that `Error` and `errors` count as one. Kept: folding it anew is most of the work of naming. */
const keyOf = (word: string): string => {
  const known = keys.get(word);
  if (known !== undefined) return known;
  const folded = foldText(word);
  const key = /^[a-z]+$/.test(folded) ? englishWords(folded).join() : folded;
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(word, key);
  return key;
};
const isName = (word: string): boolean => {
  const folded = foldText(word);
  if (STOP.has(folded) || HIRAGANA.test(word)) return false;
  if (LATIN.test(word)) return folded.length > 1 && !VALUE.test(folded);
  return /[\p{L}]/u.test(word) && word.length > 1;
};

/** The words of a template that may stand in a name. */
export function nameWords(text: string): string[] {
  const words = text.match(
    /[\p{Script=Latin}\d][\p{Script=Latin}\d_-]*|[\p{Script=Han}々]+|[\p{Script=Katakana}ー]+/gu,
  );
  return (words ?? []).filter(isName);
}

/** In how many of all templates each word is. @param turn awaited between two of them */
export async function shareOfWords(
  all: readonly (readonly string[])[],
  turn: () => Promise<void>,
): Promise<(key: string) => number> {
  const counts = new Map<string, number>();
  for (const words of all) {
    for (const key of new Set(words.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
    await turn();
  }
  return (key) => (counts.get(key) ?? 0) / Math.max(1, all.length);
}

type Telling = {
  readonly key: string;
  readonly word: string;
  /** in what part of the members it is */
  readonly coverage: number;
  readonly score: number;
  readonly place: number;
};

/** Words by how telling they are, best first; of equals the one that stands earlier. */
function tellingWords(members: readonly (readonly string[])[], share: (key: string) => number): Telling[] {
  const seen = new Map<string, { in: number; place: number; spellings: Map<string, number> }>();
  for (const words of members) {
    const here = new Set<string>();
    words.forEach((word, i) => {
      const key = keyOf(word);
      const entry = seen.get(key) ?? { in: 0, place: 0, spellings: new Map<string, number>() };
      seen.set(key, entry);
      entry.spellings.set(word, (entry.spellings.get(word) ?? 0) + 1);
      if (here.has(key)) return;
      here.add(key);
      entry.in++;
      entry.place += i / Math.max(1, words.length - 1);
    });
  }
  return [...seen]
    .map(([key, entry]) => {
      const coverage = entry.in / members.length;
      const [[word] = ['']] = [...entry.spellings].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return {
        key,
        word,
        coverage,
        score: coverage ** 1.5 * Math.log(1 + 1 / Math.max(1e-6, share(key))),
        place: entry.place / entry.in,
      };
    })
    .sort((a, b) => b.score - a.score || a.place - b.place || (a.key < b.key ? -1 : 1));
}

/** Concepts whose word is worth giving in the other language: things and events of systems, not turns of speech. */
const TRANSLATED = new Set(
  'network connection refused timeout latency auth password permission certificate session token database lock disk memory thread queue_system file print scanner restart start finish retry rollback restore backup update release config version install maintenance monitor error failure anomaly security duplicate delete save copy download browser dns proxy cache sync cluster container cloud license batch image document ocr power battery mail'.split(
    ' ',
  ),
);
/** The same words in the other language, where the lexicon knows them. */
function otherWords(words: readonly string[], lang: 'ja' | 'en'): string[] {
  const known = new Set(words.map(foldText));
  const labels = words
    .filter((word) => LATIN.test(word) === (lang === 'ja'))
    .flatMap((word) => LEXICON.find(foldText(word)))
    .map(({ concepts }) => concepts.find((concept) => TRANSLATED.has(LEXICON.names[concept] ?? '')))
    .map((concept) => (concept === undefined ? '' : (LEXICON.labels[concept]?.[lang] ?? '')));
  return [...new Set(labels)].filter((label) => label && !known.has(foldText(label)));
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
const wordName = (words: readonly string[], lang: 'ja' | 'en'): string => {
  const text = cut(words.join(' '));
  const others = otherWords(words, lang);
  if (others.length === 0) return text;
  return `${text} (${others.join(lang === 'ja' ? '・' : ', ')})`;
};
/** In the order of the member that has most of them, the others behind by where they usually stand. */
function inOrder(words: readonly Telling[], members: readonly (readonly string[])[]): string[] {
  const wanted = new Set(words.map((t) => t.key));
  let order: string[] = [];
  for (const member of members) {
    const here = [...new Set(member.map(keyOf))].filter((key) => wanted.has(key));
    if (here.length > order.length) order = here;
  }
  const rank = (t: Telling): number =>
    order.includes(t.key) ? order.indexOf(t.key) : order.length + t.place;
  return [...words].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1)).map((t) => t.word);
}

/** What more than half of the members are about though they share no word: concepts of the lexicon, commonest first. */
function sharedConcepts(members: readonly (readonly string[])[]): number[] {
  const counts = new Map<number, number>();
  for (const words of members)
    for (const concept of new Set(LEXICON.find(foldText(words.join(' '))).flatMap((found) => found.concepts)))
      counts.set(concept, (counts.get(concept) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > members.length / 2)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 2)
    .map(([concept]) => concept);
}

/** Names that would do, the shortest first. */
function* candidates({ members, services }: ToName, share: (key: string) => number): Generator<Words> {
  const whole = tellingWords(members, share);
  // names of functions that share no whole word often share parts of it
  const parts = members.map((words) => words.flatMap((word) => splitCamel(word).split(' ')).filter(isName));
  const common = (all: readonly Telling[]): Telling[] =>
    all.filter(
      (t) =>
        t.score >= TELLING * (all[0]?.score ?? 0) && t.coverage >= COMMON && t.coverage * members.length >= 2,
    );
  const [telling, source] = common(whole).length > 0 ? [whole, members] : [tellingWords(parts, share), parts];
  const shared = common(telling).slice(0, MOST_WORDS);
  const ofWords = (words: readonly string[]): Words => ({
    ja: wordName(words, 'ja'),
    en: wordName(words, 'en'),
  });
  let plain: Words | null = null;
  if (shared.length > 0) {
    plain = ofWords(inOrder(shared, source));
    yield plain;
    for (let more = shared.length + 1; more <= Math.min(telling.length, MOST_WORDS + 2); more++)
      yield ofWords(inOrder(telling.slice(0, more), source));
  } else {
    const each = members.map((words) => tellingWords([words], share)[0]?.word ?? '').filter(Boolean);
    const some = [...new Set(each)].slice(0, 2);
    const concepts = sharedConcepts(members);
    const labels = (lang: 'ja' | 'en'): string =>
      concepts.map((concept) => LEXICON.labels[concept]?.[lang] ?? '').join(' ');
    if (concepts.length > 0) {
      plain = { ja: labels('ja'), en: labels('en') };
      yield plain;
      yield { ja: cut(`${plain.ja}: ${some.join('・')}`), en: cut(`${plain.en}: ${some.join(', ')}`) };
    } else if (some.length > 0) {
      plain = { ja: cut(some.join('・')), en: cut(some.join(', ')) };
      yield plain;
    }
  }
  const [service] = services;
  if (plain && service) yield { ja: `${service}: ${plain.ja}`, en: `${service}: ${plain.en}` };
}

/**
 * A name for each group; no two the same.
 * @param share in what part of all templates a word is @param turn awaited between two groups
 */
export async function nameClusters(
  groups: readonly ToName[],
  share: (key: string) => number,
  turn: () => Promise<void>,
): Promise<Map<number, Words>> {
  const names = new Map<number, Words>();
  const taken = new Set<string>();
  const take = (id: number, name: Words): void => {
    names.set(id, name);
    taken.add(name.ja);
    taken.add(name.en);
  };
  for (const { id, keep } of groups) if (keep) take(id, keep);
  for (const group of groups.filter((g) => !g.keep).sort((a, b) => a.id - b.id)) {
    await turn();
    let last: Words | null = null;
    for (const name of candidates(group, share)) {
      last = name;
      if (!taken.has(name.ja) && !taken.has(name.en)) break;
    }
    const isFree = last && !taken.has(last.ja) && !taken.has(last.en);
    const number = `#${group.id}`;
    take(
      group.id,
      last && isFree
        ? last
        : { ja: `${last?.ja ?? ''} ${number}`.trim(), en: `${last?.en ?? ''} ${number}`.trim() },
    );
  }
  return names;
}
