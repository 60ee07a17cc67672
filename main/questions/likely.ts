// What a question asks for, learned from examples: rules say how a figure is cut, examples say which figure is meant.
import en from './examples/en.json' with { type: 'json' };
import ja from './examples/ja.json' with { type: 'json' };
import type { Token } from './tokens.ts';
import { isAhead } from './windows.ts';

/** `measure:backlog`, or an act of the plan; `situation`: how it is going at all. */
export type Label = string;
/** What a question may ask for, likeliest first; the chances add up to 1. */
export type Likely = {
  /** how likely one of these is asked */
  chance(...labels: readonly Label[]): number;
  readonly of: readonly { readonly label: Label; readonly chance: number }[];
  /** by how much (in log odds) a word of the label's examples speaks for it; below 0 it speaks against it */
  support(token: Token, label: Label): number;
  /** whether examples of many kinds hold the word: then it says nothing of what is asked */
  isFiller(token: Token): boolean;
  /** whether any example of what can be answered holds the word */
  isHeard(token: Token): boolean;
};
type Examples = Readonly<Record<Label, readonly string[]>>;
type Model = {
  readonly labels: readonly Label[];
  odds(tokens: readonly Token[], text: string): Float64Array;
  /** the labels in whose examples the word stands */
  heard(word: string): readonly Label[];
};

/** What is read without a word of the tables has to be this likely, and costs this much. */
export const SURE = 0.25;
export const UNTOLD = 0.7;

/** Names, times and numbers differ from question to question: only their kind counts. */
const KINDS = [
  'site',
  'business',
  'process',
  'person',
  'service',
  'level',
  'time',
  'past',
  'today',
  'ahead',
  'people',
  'items',
  'number',
] as const;
type Kind = (typeof KINDS)[number];
/** one character of the private use area for each kind */
const sign = (kind: Kind): string => String.fromCharCode(0xe000 + KINDS.indexOf(kind));
const PLACES: Readonly<Record<NonNullable<Token['name']>['place'], Kind>> = {
  location: 'site',
  business: 'business',
  process: 'process',
  person: 'person',
  service: 'service',
  level: 'level',
};

function kindOf({ name, time, day, number }: Token): Kind | null {
  if (name) return PLACES[name.place];
  if (time) return 'time';
  if (day) {
    if (isAhead(day.days)) return 'ahead';
    return day.days.kind === 'now' || ('offset' in day.days && day.days.offset === 0) ? 'today' : 'past';
  }
  if (!number) return null;
  return number.unit === 'people' || number.unit === 'items' ? number.unit : 'number';
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[?？。、,.!！\s]+/g, ' ')
    .trim();
/** An example as it stands in the file: `{site}` and the like become the sign of their kind. */
const signed = (text: string): string => text.replace(/\{(\w+)\}/g, (_, kind: Kind) => sign(kind));
const unmasked = (text: string): string => folded(signed(text));
/** The words of a clause, names and quantities as their kind. */
function masked(tokens: readonly Token[], text: string): string {
  let out = '';
  let at = tokens[0]?.from ?? 0;
  for (const t of tokens) {
    const kind = kindOf(t);
    out += text.slice(at, t.from) + (kind ? sign(kind) : t.text);
    at = Math.max(at, t.to);
  }
  return folded(out);
}

/** Character n-grams; words, their pairs and triples where words are written apart (Cavnar and Trenkle 1994). */
function gramsOf(text: string, spaced: boolean): Set<string> {
  const out = new Set<string>();
  const whole = `^${text}$`;
  if (!spaced) {
    for (let n = 1; n <= 3; n++) for (let i = 0; i + n <= whole.length; i++) out.add(whole.slice(i, i + n));
    return out;
  }
  const words = ['^', ...text.split(' ')];
  for (let i = 0; i < words.length; i++)
    for (let n = 1; n <= 3 && i + n <= words.length; n++) out.add(`w${words.slice(i, i + n).join(' ')}`);
  for (const word of words)
    for (let n = 3; n <= 5; n++)
      for (let i = 0; i + n <= word.length + 1; i++) out.add(` ${word}`.slice(i, i + n));
  return out;
}

/** What the tables know of the words: their roles and endings, and the roles of neighbours. */
function rolesOf(tokens: readonly Token[]): string[] {
  const told = tokens.filter((t) => t.roles.size > 0 && !t.roles.has('empty'));
  const pairs = told.flatMap((t, i) => {
    const next = told[i + 1];
    return next ? [`${[...t.roles][0]} ${[...next.roles][0]}`] : [];
  });
  return [...told.flatMap((t) => [...t.roles, ...t.flags]), ...pairs].map((role) => `=${role}`);
}

/** a word in examples of so many labels is of none */
const FILLER = 4;
const PASSES = 4;
const RATE = 0.5;
/** length of a question's vector, however many features it has */
const SCALE = 3;
/** a feature of so few examples says nothing of others */
const LEAST = 3;
/** the most words that a noun alone is, with what goes along */
const WORD = 3;
/** a step so small changes no weight that matters */
const STILL = 0.01;
/** Multinomial logistic regression by stochastic gradient (Bottou 2010), in the same order each time. */
function train(examples: Examples, spaced: boolean, wordsOf: (text: string) => readonly Token[]): Model {
  const labels = Object.keys(examples);
  const size = labels.length;
  const texts = labels.map((label) => (examples[label] ?? []).map(unmasked));
  const featuresOf = (tokens: readonly Token[], text: string): Set<string> => {
    const out = gramsOf(text, spaced);
    for (const role of rolesOf(tokens)) out.add(role);
    return out;
  };
  const written = labels.flatMap((label, y) =>
    (examples[label] ?? []).map((text, i) => ({
      y,
      features: featuresOf(wordsOf(signed(text)), texts[y]?.[i] ?? ''),
    })),
  );
  const seen = new Map<string, number>();
  for (const { features } of written) for (const f of features) seen.set(f, (seen.get(f) ?? 0) + 1);
  const ids = new Map([...seen].flatMap(([f, n]) => (n >= LEAST ? [f] : [])).map((f, i) => [f, i]));
  const idsOf = (features: Iterable<string>): Uint32Array =>
    Uint32Array.from([...features].flatMap((f) => ids.get(f) ?? []));
  const rows = written.map(({ y, features }) => ({ y, features: idsOf(features) }));
  const weights = new Float32Array(ids.size * size);
  const scaleOf = (features: Uint32Array): number => SCALE / Math.sqrt(features.length || 1);
  const odds = (features: Uint32Array): Float64Array => {
    const z = new Float64Array(size);
    for (const f of features)
      for (let c = 0, at = f * size; c < size; c++, at++) z[c] = (z[c] ?? 0) + (weights[at] ?? 0);
    const scale = scaleOf(features);
    return z.map((x) => x * scale);
  };
  for (let pass = 0; pass < PASSES; pass++)
    for (let n = 0; n < rows.length; n++) {
      // a step that has no divisor in common with the number of rows visits each once, labels mixed
      const row = rows[(n * 7919 + pass) % rows.length];
      if (!row) continue;
      const p = chances(odds(row.features));
      p[row.y] = (p[row.y] ?? 0) - 1;
      const step = (RATE / (1 + pass / 5)) * scaleOf(row.features);
      const moved = labels.flatMap((_, c) => (Math.abs(p[c] ?? 0) < STILL ? [] : [c]));
      for (const f of row.features)
        for (const c of moved) weights[f * size + c] = (weights[f * size + c] ?? 0) - step * (p[c] ?? 0);
    }
  const joined = texts.map((own) => own.map((text) => ` ${text} `).join('\n'));
  return {
    labels,
    odds: (tokens, text) => odds(idsOf(featuresOf(tokens, text))),
    heard: (word) => labels.filter((_, i) => joined[i]?.includes(spaced ? ` ${word} ` : word)),
  };
}
/** softmax */
function chances(odds: Float64Array): Float64Array {
  const most = Math.max(...odds);
  const e = odds.map((x) => Math.exp(x - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / sum);
}
/** log odds of one label against all others */
function margin(odds: Float64Array, label: number): number {
  const p = chances(odds)[label] ?? 0;
  return Math.log((p + 1e-9) / (1 - p + 1e-9));
}

export type LikelyOf = (tokens: readonly Token[], text: string, isJapanese: boolean) => Likely;
/** `wordsOf`: the words of an example as the tables know them. The first question of a language trains its model: about a second. */
export function createLikely(wordsOf: (text: string) => readonly Token[]): LikelyOf {
  const models: Partial<Record<'ja' | 'en', Model>> = {};
  return (tokens, text, isJapanese) => {
    const lang = isJapanese ? 'ja' : 'en';
    models[lang] ??= train(lang === 'ja' ? ja : en, lang === 'en', wordsOf);
    const model = models[lang];
    const odds = model.odds(tokens, masked(tokens, text));
    const p = chances(odds);
    // one word alone (件数は？) or with a particle or two asks for nothing in particular
    const isTold = tokens.length > WORD || tokens.filter((t) => !t.roles.has('empty')).length > 1;
    const told = isTold ? model.labels : [];
    const of = told.map((label, i) => ({ label, chance: p[i] ?? 0 })).sort((a, b) => b.chance - a.chance);
    return {
      of,
      chance: (...labels) =>
        of.reduce((sum, { label, chance }) => (labels.includes(label) ? sum + chance : sum), 0),
      isFiller: (token) => model.heard(folded(token.text)).length >= FILLER,
      isHeard: (token) => model.heard(folded(token.text)).some((label) => label !== 'out-of-scope'),
      support(token, label) {
        const i = model.labels.indexOf(label);
        if (!model.heard(folded(token.text)).includes(label)) return 0;
        const without = text.slice(0, token.from) + ' '.repeat(token.to - token.from) + text.slice(token.to);
        const others = tokens.filter((t) => t !== token);
        return margin(odds, i) - margin(model.odds(others, masked(others, without)), i);
      },
    };
  };
}
