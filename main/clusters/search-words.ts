import { englishWords, foldText } from '../vectors/index.ts';
import { splitCamel } from './template-words.ts';

/** Terms of a text: stemmed words of Latin letters and digits; of other scripts pairs of characters, so that 認証 is a term. */
export function termsOf(text: string): string[] {
  const folded = foldText(splitCamel(text));
  const terms = englishWords(folded);
  for (const [run] of folded.matchAll(/\P{ASCII}+/gu)) {
    const letters = run.replace(/[^\p{L}\p{N}ー]+/gu, ' ');
    for (const piece of letters.split(' ')) {
      const characters = [...piece];
      if (characters.length === 1) terms.push(piece);
      for (let i = 0; i + 1 < characters.length; i++) terms.push(`${characters[i]}${characters[i + 1]}`);
    }
  }
  return terms;
}

const K1 = 1.2;
const B = 0.5;

/** Words to documents in memory, ranked by BM25 (Robertson & Zaragoza 2009). Documents are short: templates, incidents. */
export class WordIndex<Key> {
  private readonly postings = new Map<string, Map<Key, number>>();
  private readonly docs = new Map<Key, { readonly text: string; readonly terms: readonly string[] }>();
  private length = 0;

  get size(): number {
    return this.docs.size;
  }
  /** false when the same text was there */
  set(key: Key, text: string): boolean {
    if (this.docs.get(key)?.text === text) return false;
    this.delete(key);
    const terms = termsOf(text);
    this.docs.set(key, { text, terms });
    this.length += terms.length;
    for (const term of terms) {
      const posting = this.postings.get(term) ?? new Map<Key, number>();
      this.postings.set(term, posting);
      posting.set(key, (posting.get(key) ?? 0) + 1);
    }
    return true;
  }
  delete(key: Key): void {
    const doc = this.docs.get(key);
    if (!doc) return;
    this.docs.delete(key);
    this.length -= doc.terms.length;
    for (const term of doc.terms) {
      const posting = this.postings.get(term);
      posting?.delete(key);
      if (posting?.size === 0) this.postings.delete(term);
    }
  }
  /** Best first; those with more of the query's words before those with fewer of equal score. */
  search(text: string, limit: number, isAllowed: (key: Key) => boolean): Key[] {
    const n = this.docs.size;
    const mean = this.length / Math.max(1, n) || 1;
    const scores = new Map<Key, number>();
    for (const term of new Set(termsOf(text))) {
      const posting = this.postings.get(term);
      if (!posting) continue;
      const rarity = Math.log(1 + (n - posting.size + 0.5) / (posting.size + 0.5));
      for (const [key, count] of posting) {
        if (!isAllowed(key)) continue;
        const long = 1 - B + (B * (this.docs.get(key)?.terms.length ?? mean)) / mean;
        scores.set(key, (scores.get(key) ?? 0) + (rarity * count * (K1 + 1)) / (count + K1 * long));
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, limit)
      .map(([key]) => key);
  }
}

const RRF = 60;
/**
 * Reciprocal-rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009) of two lists, best first; 1 is first in both. Ranks from 1.
 */
export function fuseRanks<Key>(
  lexical: readonly Key[],
  vector: readonly Key[],
): { key: Key; score: number; lexicalRank: number | null; vectorRank: number | null }[] {
  const first = new Map(lexical.map((key, i) => [key, i + 1]));
  const second = new Map(vector.map((key, i) => [key, i + 1]));
  return [...new Set([...lexical, ...vector])]
    .map((key) => {
      const lexicalRank = first.get(key) ?? null;
      const vectorRank = second.get(key) ?? null;
      const sum = (lexicalRank ? 1 / (RRF + lexicalRank) : 0) + (vectorRank ? 1 / (RRF + vectorRank) : 0);
      return { key, score: (sum * (RRF + 1)) / 2, lexicalRank, vectorRank };
    })
    .sort(
      (a, b) =>
        b.score - a.score || (a.lexicalRank ?? 1e9) - (b.lexicalRank ?? 1e9) || (a.key < b.key ? -1 : 1),
    );
}
