import { foldMapped } from './fold-text.ts';
import { LEXICON, type Lexicon } from './lexicon.ts';
import { type AskedUnit, askedUnits, isConcept, splitCamel, termsOf } from './terms.ts';

/** A text found by words. `fit`: the share of what was asked, 0…1, rarer words counting more, that it holds or says otherwise. */
export type WordHit<Key> = { readonly key: Key; readonly score: number; readonly fit: number };
/** What a word of a question was found as. */
export type Widened = { readonly asked: string; readonly found: string[] };

/** Robertson & Zaragoza 2009 */
const K1 = 1.2;
const B = 0.3;
/** among fewer texts a word that none of them holds would tell too much */
const FEW = 30;
/** of a word's pairs of characters so many must be there for it to be meant */
const HELD = 0.5;

type Doc = { readonly text: string; readonly terms: ReadonlyMap<string, number>; readonly length: number };

/** Texts in memory, found by words and by what words mean, ranked by BM25 over what a question names. */
export class WordIndex<Key> {
  private readonly lexicon: Lexicon;
  private readonly postings = new Map<string, Map<Key, number>>();
  private readonly docs = new Map<Key, Doc>();
  private length = 0;
  constructor(lexicon: Lexicon = LEXICON) {
    this.lexicon = lexicon;
  }

  get size(): number {
    return this.docs.size;
  }
  /** false when the same text was there */
  set(key: Key, text: string): boolean {
    if (this.docs.get(key)?.text === text) return false;
    this.delete(key);
    const terms = new Map<string, number>();
    const all = termsOf(text, this.lexicon);
    for (const term of all) terms.set(term, (terms.get(term) ?? 0) + 1);
    const { length } = all.filter((term) => !isConcept(term));
    this.docs.set(key, { text, terms, length });
    this.length += length;
    for (const [term, count] of terms) {
      const posting = this.postings.get(term) ?? new Map<Key, number>();
      this.postings.set(term, posting);
      posting.set(key, count);
    }
    return true;
  }
  delete(key: Key): void {
    const doc = this.docs.get(key);
    if (!doc) return;
    this.docs.delete(key);
    this.length -= doc.length;
    for (const term of doc.terms.keys()) {
      const posting = this.postings.get(term);
      posting?.delete(key);
      if (posting?.size === 0) this.postings.delete(term);
    }
  }

  /** Best first; those with more of the question's words before those with fewer of equal score. */
  search(text: string, limit: number, isAllowed: (key: Key) => boolean): WordHit<Key>[] {
    const n = Math.max(FEW, this.docs.size);
    const mean = this.length / Math.max(1, this.docs.size) || 1;
    const held = new Map<Key, { score: number; fit: number }>();
    let asked = 0;
    for (const unit of askedUnits(text, this.lexicon)) {
      const holders = this.holdersOf(unit);
      const rarity = Math.log(1 + (n - holders.size + 0.5) / (holders.size + 0.5));
      asked += rarity * unit.share;
      for (const [key, { worth, count }] of holders) {
        if (!isAllowed(key)) continue;
        const long = 1 - B + (B * (this.docs.get(key)?.length ?? mean)) / mean;
        const sum = held.get(key) ?? { score: 0, fit: 0 };
        const weight = rarity * unit.share * worth;
        // what is said in the same word comes first
        sum.score += (weight * worth * count * (K1 + 1)) / (count + K1 * long);
        sum.fit += weight;
        held.set(key, sum);
      }
    }
    return [...held]
      .map(([key, { score, fit }]) => ({ key, score, fit: asked > 0 ? fit / asked : 0 }))
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
      .slice(0, limit);
  }
  /** The texts that hold a word or what means the same: how well, 0…1, and how often. */
  private holdersOf({ ways }: AskedUnit): Map<Key, { worth: number; count: number }> {
    const holders = new Map<Key, { worth: number; count: number }>();
    for (const { terms, worth } of ways) {
      const parts = new Map<Key, { terms: number; count: number }>();
      for (const term of terms)
        for (const [key, count] of this.postings.get(term) ?? []) {
          const known = parts.get(key) ?? { terms: 0, count: 0 };
          parts.set(key, { terms: known.terms + 1, count: known.count + count });
        }
      for (const [key, part] of parts) {
        const share = part.terms / terms.length;
        if (share < HELD || share * worth <= (holders.get(key)?.worth ?? 0)) continue;
        holders.set(key, { worth: share * worth, count: part.count / part.terms });
      }
    }
    return holders;
  }

  /** The question's words that these texts hold in other words only, with those words as they stand there. */
  widened(text: string, keys: readonly Key[]): Widened[] {
    const units = askedUnits(text, this.lexicon).filter((unit) => unit.concepts.length > 0);
    return units.flatMap((unit) => {
      const found = new Map<string, string>();
      for (const key of keys)
        for (const word of this.wordsFor(unit, this.docs.get(key)?.text ?? ''))
          found.set(word.toLowerCase(), found.get(word.toLowerCase()) ?? word);
      found.delete(unit.text.toLowerCase());
      const words = [...found.values()];
      const whole = words.filter((word) => !words.some((other) => other !== word && other.includes(word)));
      return whole.length > 0 ? [{ asked: unit.text, found: whole }] : [];
    });
  }
  private wordsFor(unit: AskedUnit, text: string): string[] {
    const plain = splitCamel(text);
    const { text: folded, starts, ends } = foldMapped(plain);
    return this.lexicon
      .find(folded, true)
      .filter(({ concepts }) => concepts.some((concept) => unit.concepts.includes(concept)))
      .map(({ start, end }) => plain.slice(starts[start], ends[end - 1]));
  }
}
