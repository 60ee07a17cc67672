import builtIn from './concepts.json' with { type: 'json' };
import { foldText } from './fold-text.ts';
import { stemEnglish } from './stem-english.ts';

/** What a stretch of a folded text means, by numbers of concepts. */
export type FoundConcept = {
  readonly concepts: readonly number[];
  readonly start: number;
  readonly end: number;
};

type Node = { concepts: number[]; readonly next: Map<string, Node> };
const node = (): Node => ({ concepts: [], next: new Map() });
const LATIN = /^[a-z0-9]+$/;
/** words of an English phrase, at most */
const PHRASE = 3;
const LETTERS_FIRST = /^[a-z]+(?=\d)/;
const BETWEEN_WORDS = /^[^\p{L}\p{N}]{1,2}$/u;
const isBeside = (text: string, a: RegExpExecArray | undefined, b: RegExpExecArray): boolean =>
  a !== undefined && BETWEEN_WORDS.test(text.slice(a.index + a[0].length, b.index));
const put = (into: number[], concept: number): void => {
  if (!into.includes(concept)) into.push(concept);
};

/**
 * What words mean, across languages. A table says for each concept its words: `Japanese words | English words`, an underscore
 * joining a phrase. Japanese words are found anywhere in a folded text, English ones as whole words after stemming. A word may
 * belong to several concepts; a later table adds words to concepts of earlier ones.
 */
export class Lexicon {
  readonly names: string[] = [];
  /** a word for each concept in both languages */
  readonly labels: { readonly ja: string; readonly en: string }[] = [];
  private readonly root = node();
  private readonly english = new Map<string, number[]>();

  constructor(...tables: readonly Readonly<Record<string, string>>[]) {
    for (const table of tables)
      for (const [name, words] of Object.entries(table))
        this.add(name, words.split(/[\s|]+/).filter(Boolean));
  }
  private add(name: string, words: readonly string[]): void {
    let concept = this.names.indexOf(name);
    if (concept < 0) {
      concept = this.names.push(name) - 1;
      this.labels.push({ ja: words[0] ?? name, en: name.replaceAll('_', ' ') });
    }
    for (const word of words) {
      const folded = foldText(word.replaceAll('_', ' '));
      if (folded.split(' ').every((piece) => LATIN.test(piece))) {
        const key = folded.split(' ').map(stemEnglish).join(' ');
        const known = this.english.get(key) ?? [];
        this.english.set(key, known);
        put(known, concept);
        continue;
      }
      let at = this.root;
      for (const unit of folded) {
        const next = at.next.get(unit) ?? node();
        at.next.set(unit, next);
        at = next;
      }
      put(at.concepts, concept);
    }
  }

  /** Concepts of a folded text, the longest words first come; no two overlap unless `nested` asks for words inside words too. */
  find(folded: string, nested = false): FoundConcept[] {
    return [...this.findInScript(folded, nested), ...this.findEnglish(folded, nested)];
  }
  private findInScript(folded: string, nested: boolean): FoundConcept[] {
    const found: FoundConcept[] = [];
    for (let i = 0; i < folded.length; ) {
      let longest: FoundConcept | null = null;
      let at = this.root.next.get(folded.charAt(i));
      for (let j = i + 1; at; j++) {
        if (at.concepts.length > 0) {
          if (nested && longest) found.push(longest);
          longest = { concepts: at.concepts, start: i, end: j };
        }
        at = at.next.get(folded.charAt(j));
      }
      if (longest) found.push(longest);
      i = longest && !nested ? longest.end : i + 1;
    }
    return found;
  }
  private findEnglish(folded: string, nested: boolean): FoundConcept[] {
    const found: FoundConcept[] = [];
    const words = [...folded.matchAll(/[a-z0-9]+/g)];
    for (let i = 0; i < words.length; ) {
      let taken = 0;
      for (let size = Math.min(PHRASE, words.length - i); size >= 1 && (nested || !taken); size--) {
        const phrase = words.slice(i, i + size);
        const key = phrase.map(([word]) => stemEnglish(word)).join(' ');
        // of UPS1 what UPS means
        const concepts =
          this.english.get(key) ??
          (size === 1 ? this.english.get(LETTERS_FIRST.exec(key)?.[0] ?? '') : undefined);
        const last = phrase.at(-1);
        const isOne = phrase.every((word, k) => k === 0 || isBeside(folded, phrase[k - 1], word));
        if (!concepts || !last || !phrase[0] || !isOne) continue;
        found.push({ concepts, start: phrase[0].index, end: last.index + last[0].length });
        taken = size;
      }
      i += nested ? 1 : Math.max(1, taken);
    }
    return found;
  }
}

/** The general words of the work and of its machines. */
export const LEXICON = new Lexicon(builtIn);
