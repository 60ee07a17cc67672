import { CONCEPTS } from './concepts.ts';
import { foldText } from './fold-text.ts';

/** A concept found in a text, by its number in the lexicon. */
export type FoundConcept = { readonly concept: number; readonly length: number };

const IRREGULAR = new Map(
  Object.entries({
    people: 'person',
    ran: 'run',
    fell: 'fall',
    lost: 'lose',
    left: 'left',
    took: 'take',
    broke: 'break',
    made: 'make',
    went: 'go',
    sent: 'send',
    told: 'tell',
    found: 'find',
    was: 'be',
    were: 'be',
    is: 'be',
    are: 'be',
    processes: 'process',
    businesses: 'business',
    does: 'do',
    did: 'do',
    met: 'meet',
    slipped: 'slip',
    slipping: 'slip',
    planned: 'plan',
    planning: 'plan',
    running: 'run',
    dropped: 'drop',
    stopped: 'stop',
    stopping: 'stop',
    cutting: 'cut',
    getting: 'get',
  }),
);
/** Enough stemming for matching: plural, -ing, -ed. Both sides pass through it, so only consistency counts. */
export function stemEnglish(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3).replace(/e$/, '');
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word))
    return word.slice(0, -1).replace(/e$/, '');
  return word.length > 3 ? word.replace(/e$/, '') : word;
}

type Node = { concept: number; readonly next: Map<string, Node> };
const node = (): Node => ({ concept: -1, next: new Map() });

function read(): {
  names: string[];
  labels: { ja: string; en: string }[];
  root: Node;
  english: Map<string, number>;
} {
  const names: string[] = [];
  const labels: { ja: string; en: string }[] = [];
  const root = node();
  const english = new Map<string, number>();
  for (const line of CONCEPTS.trim().split('\n')) {
    const [, name = '', ja = '', en = ''] = /^(\w+): (.*) \| (.*)$/.exec(line) ?? [];
    const concept = names.push(name) - 1;
    labels.push({ ja: ja.split(' ')[0] ?? name, en: name.replaceAll('_', ' ') });
    for (const word of ja.split(' ')) {
      const folded = foldText(word);
      if (/^[a-z0-9]+$/.test(folded)) {
        english.set(stemEnglish(folded), concept);
        continue;
      }
      let at = root;
      for (const unit of folded) {
        const next = at.next.get(unit) ?? node();
        at.next.set(unit, next);
        at = next;
      }
      if (at.concept < 0) at.concept = concept;
    }
    for (const phrase of en.split(' ')) {
      const key = phrase.split('_').map(stemEnglish).join(' ');
      if (!english.has(key)) english.set(key, concept);
    }
  }
  return { names, labels, root, english };
}
const LEXICON = read();

/** The concepts' names, in lexicon order. */
export const CONCEPT_NAMES: readonly string[] = LEXICON.names;

/** A word for each concept in both languages, in lexicon order. */
export const CONCEPT_LABELS: readonly { readonly ja: string; readonly en: string }[] = LEXICON.labels;

/** English words of a folded text, stemmed. */
export const englishWords = (folded: string): string[] => (folded.match(/[a-z0-9]+/g) ?? []).map(stemEnglish);

/** Concepts of a folded text in order of appearance; a concept named twice is found twice. */
export function findConcepts(folded: string): FoundConcept[] {
  const found: FoundConcept[] = [];
  const text = folded;
  for (let i = 0; i < text.length; ) {
    let at: Node | undefined = LEXICON.root.next.get(text.charAt(i));
    let length = 0;
    let concept = -1;
    for (let j = i + 1; at; j++) {
      if (at.concept >= 0) {
        length = j - i;
        concept = at.concept;
      }
      at = at.next.get(text.charAt(j));
    }
    if (concept >= 0) found.push({ concept, length });
    i += Math.max(1, length);
  }
  const words = englishWords(text);
  for (let i = 0; i < words.length; ) {
    let taken = 0;
    for (let size = Math.min(3, words.length - i); size >= 1 && !taken; size--) {
      const concept = LEXICON.english.get(words.slice(i, i + size).join(' '));
      if (concept === undefined) continue;
      found.push({ concept, length: size * 3 });
      taken = size;
    }
    i += Math.max(1, taken);
  }
  return found;
}
