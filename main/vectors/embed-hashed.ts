import { foldText } from './fold-text.ts';
import { LEXICON } from './lexicon.ts';
import { englishWords } from './stem-english.ts';
import type { Embedder } from './types.ts';

const DIMENSIONS = 384;
/** share of the vector's length that meaning (concepts) and spelling (n-grams) get when both are there */
const MEANING = 0.8;
const SPELLING = 0.6;
/** dimensions each concept and each n-gram is spread over, so that one collision costs little */
const CONCEPT_SPREAD = 4;
/** these say how somebody asks, not what about */
const FAINT =
  /^(?:show|which|who|list|count|now|today|same|past|example|situation|process|name|code|check_first|case|system|problem)$/;

/** 32-bit FNV-1a, finished as in MurmurHash3 so that low bits are usable. */
export function hash32(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const addHashed = (into: Float64Array, key: string, weight: number, spread: number): void => {
  for (let s = 0; s < spread; s++) {
    const h = hash32(key, s + 1);
    const at = h % DIMENSIONS;
    into[at] = (into[at] ?? 0) + (h & 0x80000000 ? weight : -weight);
  }
};
const lengthOf = (v: Float64Array): number => {
  let sum = 0;
  for (const x of v) sum += x * x;
  return Math.sqrt(sum);
};
const bump = (counts: Map<string, number>, key: string, by = 1): void => {
  counts.set(key, (counts.get(key) ?? 0) + by);
};

function spellingOf(folded: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const run of folded.match(/[^\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e。、・「」()]+/g) ?? []) {
    if (/^[a-z0-9]+$/.test(run)) continue;
    for (let i = 0; i + 1 < run.length; i++) {
      bump(counts, run.slice(i, i + 2));
      if (i + 2 < run.length) bump(counts, run.slice(i, i + 3), 0.7);
    }
    if (run.length === 1) bump(counts, run);
  }
  for (const word of englishWords(folded)) {
    bump(counts, `w:${word}`, word.length > 3 ? 1.5 : 0.5);
    for (let i = 0; i + 3 < word.length; i++) bump(counts, word.slice(i, i + 4), 0.4);
  }
  return counts;
}

function meaningOf(folded: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const {
    concepts: [concept = 0],
  } of LEXICON.find(folded))
    counts.set(concept, (counts.get(concept) ?? 0) + 1);
  return counts;
}

const CONCEPT_KEYS = LEXICON.names.map((name) => ({
  key: `concept:${name}`,
  weight: FAINT.test(name) ? 0.45 : 1,
}));

function embedOne(text: string): Float32Array {
  const folded = foldText(text);
  const meaning = new Float64Array(DIMENSIONS);
  const spelling = new Float64Array(DIMENSIONS);
  for (const [concept, count] of meaningOf(folded)) {
    const known = CONCEPT_KEYS[concept];
    if (known) addHashed(meaning, known.key, known.weight * (1 + Math.log(count)), CONCEPT_SPREAD);
  }
  for (const [gram, count] of spellingOf(folded))
    addHashed(spelling, gram, count < 1 ? count : 1 + Math.log(count), 1);
  const m = lengthOf(meaning);
  const s = lengthOf(spelling);
  const out = new Float32Array(DIMENSIONS);
  if (m === 0 && s === 0) return out;
  const a = m === 0 ? 0 : MEANING / m;
  const b = s === 0 ? 0 : SPELLING / s;
  const mixed = new Float64Array(DIMENSIONS);
  for (let i = 0; i < DIMENSIONS; i++) mixed[i] = a * (meaning[i] ?? 0) + b * (spelling[i] ?? 0);
  const length = lengthOf(mixed) || 1;
  for (let i = 0; i < DIMENSIONS; i++) out[i] = (mixed[i] ?? 0) / length;
  return out;
}

/**
 * The embedder that needs no model: feature hashing (Weinberger et al. 2009) of character n-grams, plus a bilingual lexicon
 * of the work's concepts, so that a Japanese question finds an English note.
 */
export const builtInEmbedder: Embedder & Required<Pick<Embedder, 'embedNow'>> = {
  id: 'hashed-concepts-2',
  dimensions: DIMENSIONS,
  embed: async (texts) => texts.map(embedOne),
  embedNow: (texts) => texts.map(embedOne),
};
