import type { Place } from '../api/contract/knowledge.ts';
import { foldText, searchExact } from '../vectors/index.ts';
import { askedLatin, askedMarks, namingDigits } from './exact-marks.ts';

/** One chunk ready to be searched. `terms`: its folded bigrams and words, with their counts. */
export type IndexedChunk = {
  readonly id: string;
  readonly documentId: string;
  readonly text: string;
  readonly place: Place | null;
  /** null: not embedded yet; it is found by its words */
  readonly vector: Float32Array | null;
  readonly terms: ReadonlyMap<string, number>;
  /** form numbers, machine numbers, codes: what it names exactly */
  readonly marks: ReadonlySet<string>;
  /** terms in all, each as often as it stands there */
  readonly length: number;
};
export type ChunkMatch = { readonly chunk: IndexedChunk; readonly score: number };
/** What is searched: all chunks, and in how many of them each term stands. */
export type ChunkList = {
  readonly chunks: readonly IndexedChunk[];
  readonly vectors: readonly Float32Array[];
  readonly spread: ReadonlyMap<string, number>;
  readonly meanTerms: number;
};

/** Robertson & Zaragoza 2009, the usual values. */
const BM25_K = 1.2;
const BM25_B = 0.75;
/** Cormack, Clarke & Büttcher 2009: reciprocal rank fusion */
const RRF_K = 60;
/** how deep each of the two lists is read */
const DEPTH = 50;
/** a chunk is an answer from this cosine on, or from this share of the question's informative terms on */
const NEAR = 0.3;
const COVERED = 0.33;
/** a number or code that so few documents hold, or this share of them, tells those from all others */
const RARE = 3;
const RARE_SHARE = 0.01;

/** what carries a question: Latin words, kanji, and what was written in katakana; grammar counts little, and so do amounts */
const CONTENT = /^(?:[a-z0-9]+|\p{Script=Han}+)$/u;
const MIXED = /\p{Script=Han}/u;
function informationOf(text: string): (term: string) => number {
  const katakana = new Set(
    (text.normalize('NFKC').match(/[\u30a1-\u30fc]{2,}/g) ?? []).flatMap((run) => [...termsOf(run).keys()]),
  );
  const naming = namingDigits(text);
  return (term) => {
    if (/^\d+$/.test(term)) return naming.has(term) ? 1 : 0.15;
    return CONTENT.test(term) || katakana.has(term) ? 1 : MIXED.test(term) ? 0.3 : 0.15;
  };
}

/** Folded bigrams of Japanese runs (two-character words such as 認証 are found) and Latin words. */
export function termsOf(text: string): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (term: string): void => {
    terms.set(term, (terms.get(term) ?? 0) + 1);
  };
  for (const run of foldText(text).match(/[a-z0-9]+|[\p{L}\p{N}]+?(?=[a-z0-9]|[^\p{L}\p{N}]|$)/gu) ?? []) {
    if (/^[a-z0-9]+$/.test(run)) add(run);
    else for (let i = 0; i + 1 < Math.max(2, run.length); i++) add(run.slice(i, i + 2));
  }
  return terms;
}

function lexicalScores(index: ChunkList, text: string): { bm25: number; covered: number }[] {
  const information = informationOf(text);
  const n = index.chunks.length;
  const weights = [...termsOf(text).keys()].map((term) => {
    const df = index.spread.get(term) ?? 0;
    const idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
    return { term, share: information(term), idf: idf * information(term) };
  });
  const all = weights.reduce((sum, w) => sum + w.share, 0) || 1;
  return index.chunks.map((chunk) => {
    let bm25 = 0;
    let covered = 0;
    for (const { term, share, idf } of weights) {
      const tf = chunk.terms.get(term);
      if (!tf) continue;
      covered += share;
      bm25 +=
        (idf * tf * (BM25_K + 1)) / (tf + BM25_K * (1 - BM25_B + (BM25_B * chunk.length) / index.meanTerms));
    }
    return { bm25, covered: covered / all };
  });
}

/**
 * How many rare marks of the question (numbers, codes, Latin words that hardly any document holds) each chunk holds; chunks with
 * none are left out. Ranks alone cannot tell this: to the vectors, KX-123 is much like KX-124.
 */
function exactMatches(
  { chunks }: ChunkList,
  text: string,
  isAllowed: readonly boolean[],
): ReadonlyMap<number, number> {
  const held = new Map<number, number>();
  const documents = new Set(chunks.filter((_, i) => isAllowed[i]).map((chunk) => chunk.documentId)).size;
  const few = Math.max(RARE, documents * RARE_SHARE);
  const holding = (holds: (chunk: IndexedChunk) => boolean): number[] =>
    chunks.flatMap((chunk, i) => (isAllowed[i] && holds(chunk) ? [i] : []));
  const asked = [
    ...askedMarks(text).map((spellings) => spellings.map((mark) => () => holding((c) => c.marks.has(mark)))),
    ...askedLatin(text).map((word) => [() => holding((chunk) => chunk.terms.has(word))]),
  ];
  for (const looks of asked) {
    // the most telling spelling that is held at all decides
    const found = looks
      .values()
      .map((look) => look())
      .find((chunksHolding) => chunksHolding.length > 0);
    if (!found || new Set(found.map((i) => chunks[i]?.documentId)).size > few) continue;
    for (const i of found) held.set(i, (held.get(i) ?? 0) + 1);
  }
  return held;
}

/**
 * Best chunks by reciprocal rank fusion of nearness in meaning and BM25 over bigrams; only chunks that are near enough or
 * share enough of the question's informative terms. What holds a rare number or code of the question comes before all else.
 * Score: 1 when first in both lists, from a half on with such a mark. O(chunks).
 * @param query the question's vector, of the embedder of the chunks; null: words alone decide
 * @param allow which documents may be found
 * @param weigh what a chunk's score is multiplied by
 */
export function searchChunks(
  index: ChunkList,
  query: Float32Array | null,
  text: string,
  { allow, weigh }: { allow: (documentId: string) => boolean; weigh: (documentId: string) => number },
): ChunkMatch[] {
  const { chunks } = index;
  const isAllowed = chunks.map((chunk) => allow(chunk.documentId));
  const near = query ? searchExact(query, index.vectors, DEPTH, (i) => isAllowed[i] === true) : [];
  const lexical = lexicalScores(index, text);
  const byWords = lexical
    .map((l, i) => ({ i, ...l }))
    .filter((l) => l.bm25 > 0 && isAllowed[l.i])
    .sort((a, b) => b.bm25 - a.bm25 || a.i - b.i)
    .slice(0, DEPTH);
  const lists = query ? 2 : 1;
  const fused = new Map<number, number>();
  const add = (i: number, rank: number): void => {
    fused.set(i, (fused.get(i) ?? 0) + (RRF_K + 1) / (RRF_K + 1 + rank) / lists);
  };
  near.forEach(({ id: i }, rank) => {
    add(i, rank);
  });
  byWords.forEach(({ i }, rank) => {
    add(i, rank);
  });
  const cosine = new Map(near.map((n) => [n.id, n.score]));
  const exact = exactMatches(index, text, isAllowed);
  for (const i of exact.keys()) fused.set(i, fused.get(i) ?? 0);
  const best = [...fused]
    .filter(([i]) => exact.has(i) || (cosine.get(i) ?? 0) >= NEAR || (lexical[i]?.covered ?? 0) >= COVERED)
    .flatMap(([i, score]) => {
      const chunk = chunks[i];
      if (!chunk) return [];
      const weighed = score * weigh(chunk.documentId);
      const marks = exact.get(i) ?? 0;
      return [{ i, chunk, marks, score: marks > 0 ? (1 + weighed) / 2 : weighed }];
    })
    .sort((a, b) => b.marks - a.marks || b.score - a.score || a.i - b.i);
  // what stands lower is not shown as fitting better
  let most = 1;
  return best.map(({ chunk, score }) => {
    most = Math.min(most, score);
    return { chunk, score: most };
  });
}
