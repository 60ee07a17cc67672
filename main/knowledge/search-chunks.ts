import { searchExact, type WordIndex } from '../vectors/index.ts';
import type { Place } from './contract/knowledge.ts';
import { askedLatin, askedMarks } from './exact-marks.ts';

/** One chunk ready to be searched. */
export type IndexedChunk = {
  readonly id: string;
  readonly documentId: string;
  readonly text: string;
  readonly place: Place | null;
  /** null: not embedded yet; it is found by its words */
  readonly vector: Float32Array | null;
  /** form numbers, machine numbers, codes: what it names exactly */
  readonly marks: ReadonlySet<string>;
  /** its words in Latin letters */
  readonly latin: ReadonlySet<string>;
};
export type ChunkMatch = { readonly chunk: IndexedChunk; readonly score: number };
/** What is searched: all chunks, and their words by their ids. */
export type ChunkList = {
  readonly chunks: readonly IndexedChunk[];
  readonly vectors: readonly Float32Array[];
  readonly words: WordIndex<string>;
};

/** Cormack, Clarke & Büttcher 2009: reciprocal rank fusion */
const RRF_K = 60;
/** how deep each of the two lists is read */
const DEPTH = 50;
/** a chunk is an answer from this cosine on, or when it holds this share of what was asked */
const NEAR = 0.3;
const FITS = 0.25;
/** the same where the nearest is asked for, whatever it is worth */
const FAINT = 0.1;
/** a number or code that so few documents hold, or this share of them, tells those from all others */
const RARE = 3;
const RARE_SHARE = 0.01;

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
    ...askedLatin(text).map((word) => [() => holding((chunk) => chunk.latin.has(word))]),
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
 * Best chunks by reciprocal rank fusion of nearness in meaning and BM25 over words and concepts; only chunks that are near enough
 * or hold enough of what was asked. What holds a rare number or code of the question comes before all else.
 * Score: the share of what was asked that it holds, or its nearness where that is more; from a half on with such a mark. O(chunks).
 * @param query the question's vector, of the embedder of the chunks; null: words alone decide
 * @param allow which documents may be found
 * @param weigh what a chunk's score is multiplied by
 * @param nearest what fits hardly at all is found too, for somebody who is told so
 */
export function searchChunks(
  index: ChunkList,
  query: Float32Array | null,
  text: string,
  {
    allow,
    weigh,
    nearest = false,
  }: {
    allow: (documentId: string) => boolean;
    weigh: (documentId: string) => number;
    nearest?: boolean | undefined;
  },
): ChunkMatch[] {
  const { chunks } = index;
  const isAllowed = chunks.map((chunk) => allow(chunk.documentId));
  const near = query ? searchExact(query, index.vectors, DEPTH, (i) => isAllowed[i] === true) : [];
  const placeOf = new Map(chunks.map((chunk, i) => [chunk.id, i]));
  const fit = new Map<number, number>();
  const byWords = index.words
    .search(text, DEPTH, (id) => isAllowed[placeOf.get(id) ?? -1] === true)
    .map((hit) => ({ i: placeOf.get(hit.key) ?? -1, fit: hit.fit }));
  for (const hit of byWords) fit.set(hit.i, hit.fit);
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
    .filter(
      ([i]) => exact.has(i) || (cosine.get(i) ?? 0) >= NEAR || (fit.get(i) ?? 0) >= (nearest ? FAINT : FITS),
    )
    .flatMap(([i, score]) => {
      const chunk = chunks[i];
      if (!chunk) return [];
      const marks = exact.get(i) ?? 0;
      const fits = Math.max(fit.get(i) ?? 0, cosine.get(i) ?? 0);
      return [{ i, chunk, marks, rank: score * weigh(chunk.documentId), fits }];
    })
    .sort((a, b) => b.marks - a.marks || b.rank - a.rank || a.i - b.i);
  // what stands lower is not shown as fitting better
  let most = 1;
  return best.map(({ chunk, marks, fits }) => {
    most = Math.min(most, marks > 0 ? (1 + fits) / 2 : fits);
    return { chunk, score: most };
  });
}
