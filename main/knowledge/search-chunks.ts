import { type Embedder, foldText, searchExact } from '../vectors/index.ts';

/** One chunk ready to be searched. `terms`: its folded bigrams and words, with their counts. */
export type IndexedChunk = {
  readonly id: string;
  readonly documentId: string;
  readonly text: string;
  readonly vector: Float32Array;
  readonly terms: ReadonlyMap<string, number>;
};
export type ChunkIndex = {
  readonly chunks: readonly IndexedChunk[];
  readonly vectors: readonly Float32Array[];
  /** in how many chunks each term stands */
  readonly spread: ReadonlyMap<string, number>;
  readonly meanTerms: number;
};
export type ChunkMatch = { readonly chunk: IndexedChunk; readonly score: number };

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

/** what carries a question: Latin words, kanji, and what was written in katakana; grammar counts little */
const CONTENT = /^(?:[a-z0-9]+|\p{Script=Han}+)$/u;
const MIXED = /\p{Script=Han}/u;
function informationOf(text: string): (term: string) => number {
  const katakana = new Set(
    (text.normalize('NFKC').match(/[\u30a1-\u30fc]{2,}/g) ?? []).flatMap((run) => [...termsOf(run).keys()]),
  );
  return (term) => (CONTENT.test(term) || katakana.has(term) ? 1 : MIXED.test(term) ? 0.3 : 0.15);
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

export function buildIndex(chunks: readonly IndexedChunk[]): ChunkIndex {
  const spread = new Map<string, number>();
  let total = 0;
  for (const chunk of chunks)
    for (const [term, count] of chunk.terms) {
      spread.set(term, (spread.get(term) ?? 0) + 1);
      total += count;
    }
  return {
    chunks,
    vectors: chunks.map((c) => c.vector),
    spread,
    meanTerms: chunks.length ? total / chunks.length : 1,
  };
}

function lexicalScores(index: ChunkIndex, text: string): { bm25: number; covered: number }[] {
  const information = informationOf(text);
  const n = index.chunks.length;
  const weights = [...termsOf(text).keys()].map((term) => {
    const df = index.spread.get(term) ?? 0;
    const idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
    return { term, share: information(term), idf: idf * information(term) };
  });
  const all = weights.reduce((sum, w) => sum + w.share, 0) || 1;
  return index.chunks.map((chunk) => {
    let length = 0;
    for (const count of chunk.terms.values()) length += count;
    let bm25 = 0;
    let covered = 0;
    for (const { term, share, idf } of weights) {
      const tf = chunk.terms.get(term);
      if (!tf) continue;
      covered += share;
      bm25 += (idf * tf * (BM25_K + 1)) / (tf + BM25_K * (1 - BM25_B + (BM25_B * length) / index.meanTerms));
    }
    return { bm25, covered: covered / all };
  });
}

/**
 * Best chunks by reciprocal rank fusion of nearness in meaning and BM25 over bigrams; only chunks that are near enough or
 * share enough of the question's informative terms. Score: 1 when first in both lists. O(chunks).
 */
export function searchChunks(index: ChunkIndex, embedder: Embedder, text: string): ChunkMatch[] {
  const [query] = embedder.embed([text]);
  if (!query || index.chunks.length === 0) return [];
  const near = searchExact(query, index.vectors, DEPTH);
  const lexical = lexicalScores(index, text);
  const byWords = lexical
    .map((l, i) => ({ i, ...l }))
    .filter((l) => l.bm25 > 0)
    .sort((a, b) => b.bm25 - a.bm25 || a.i - b.i)
    .slice(0, DEPTH);
  const fused = new Map<number, number>();
  const add = (i: number, rank: number): void => {
    fused.set(i, (fused.get(i) ?? 0) + (RRF_K + 1) / (RRF_K + 1 + rank) / 2);
  };
  near.forEach(({ index: i }, rank) => {
    add(i, rank);
  });
  byWords.forEach(({ i }, rank) => {
    add(i, rank);
  });
  const cosine = new Map(near.map((n) => [n.index, n.score]));
  return [...fused]
    .filter(([i]) => (cosine.get(i) ?? 0) >= NEAR || (lexical[i]?.covered ?? 0) >= COVERED)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .flatMap(([i, score]) => {
      const chunk = index.chunks[i];
      return chunk ? [{ chunk, score }] : [];
    });
}
