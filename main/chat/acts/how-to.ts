import type { Hit } from '../../knowledge/contract/knowledge.ts';
import type { Reading } from '../../questions/contract/questions.ts';
import { both } from '../facts.ts';
import { QueryWords } from '../query-words.ts';
import { quoteOf } from '../quote-know-how.ts';
import type { ActContext, ActRun } from './act.ts';
import sentences from './words/how-to.json' with { type: 'json' };

const FOUND = 3;
/** A note is the answer, or may well be, that holds so much of what was asked, */
const SURE = 0.5;
const LIKELY = 0.4;
/** and no other comes so near to it. */
const CLOSE = 0.85;

/** Best first. `fits`: the first one holds what was asked; `sure`: it alone does; `likely`: it alone may well. */
export type FoundNotes = {
  readonly notes: readonly Hit[];
  readonly fits: boolean;
  readonly sure: boolean;
  readonly likely: boolean;
};
/** What the site wrote down about what was asked. */
export async function notesOn(
  text: string,
  { knowledge }: Pick<ActContext['means'], 'knowledge'>,
  o: { readonly nearest?: boolean } = {},
): Promise<FoundNotes> {
  const notes = await knowledge.search(text, FOUND, o);
  const [best, second] = notes;
  const score = best?.score ?? 0;
  const leads = score > 0 && (second === undefined || second.score <= CLOSE * score);
  return { notes, fits: score >= SURE, sure: leads && score >= SURE, likely: leads && score >= LIKELY };
}

/** Quotes the best note with where it stands, names the others, and says so where none clearly fits. */
export function quoteNotes(
  { notes, sure }: FoundNotes,
  { draft, book, state }: Pick<ActContext, 'draft' | 'book' | 'state'>,
): void {
  const [best, ...rest] = notes;
  if (!best) return;
  state.body.citations = notes.map((hit) => ({
    documentId: hit.documentId,
    chunkId: hit.chunkId,
    title: hit.title,
    excerpt: hit.text.slice(0, 400),
    place: hit.place,
    score: hit.score,
  }));
  const named = (hit: Hit): string => book.name(hit.title, both('ノウハウの題名', 'Title of the know-how'));
  const title = named(best);
  const quote = book.name(quoteOf(best.text), both(`「${best.title}」の一節`, `From “${best.title}”`));
  if (sure) draft.tell(sentences.quoted, { title, quote });
  else draft.tell(sentences.nearest, { title, quote });
  const others = rest.map(named);
  if (others.length > 0)
    draft.say(`ほかに「${others.join('」「')}」にも記載があります。`, `See “${others.join('”, “')}” too.`);
}

/** A question to go on with: the note that says something about what was asked. */
export function offerNote({ notes: [best] }: FoundNotes, asked: string): ActContext['state']['body']['next'] {
  if (!best) return [];
  return [
    {
      ...both(`ノウハウ「${best.title}」を読む`, `Read the know-how “${best.title}”`),
      plans: [{ act: 'how-to', topic: asked.slice(0, 400), where: [] }],
    },
  ];
}

/** What is asked without the places it is asked of. */
export const topicOf = ({ account }: Pick<Reading, 'account'>): string =>
  account.map(({ field, text }) => (field === 'where' ? ' ' : text)).join('');

/** What the site wrote down about how something is done, quoted with where it stands. */
export const howTo: ActRun<'how-to'> = async ({ topic, where }, context) => {
  const { reading, means, book, text } = context;
  // names as the master data write them, whatever language or spelling they were asked in
  const words = new QueryWords(book, means);
  const names = where.flatMap((f) => f.values.map((value) => words.nameOf(f.dimension, value).ja));
  const asked = names.length > 0 ? `${topicOf(reading)} ${names.join(' ')}` : topic || text;
  const found = await notesOn(asked, means, { nearest: true });
  if (found.notes.length > 0) return quoteNotes(found, context);
  context.draft.tell(sentences.none);
};
