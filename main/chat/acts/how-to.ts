import type { Hit } from '../../knowledge/contract/knowledge.ts';
import { both } from '../facts.ts';
import { quoteOf } from '../quote-know-how.ts';
import type { ActContext, ActRun } from './act.ts';

const FOUND = 3;
/** A note is the answer, or may well be, that holds so much of what was asked, */
const SURE = 0.5;
const LIKELY = 0.4;
/** and no other comes so near to it. */
const CLOSE = 0.85;

/** Best first. `sure`: the first one answers what was asked; `likely`: it may well. */
export type FoundNotes = {
  readonly notes: readonly Hit[];
  readonly sure: boolean;
  readonly likely: boolean;
};
/** What the site wrote down about what was asked. */
export async function notesOn(
  text: string,
  { knowledge }: Pick<ActContext['means'], 'knowledge'>,
): Promise<FoundNotes> {
  const notes = await knowledge.search(text, FOUND);
  const [best, second] = notes;
  const score = best?.score ?? 0;
  const leads = score > 0 && (second === undefined || second.score <= CLOSE * score);
  return { notes, sure: leads && score >= SURE, likely: leads && score >= LIKELY };
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
  if (sure) draft.say(`ノウハウ「${title}」より：「${quote}」`, `From the know-how “${title}”: “${quote}”`);
  else
    draft.say(
      `ご質問にはっきり当てはまるノウハウは見つかりません。近いのは「${title}」です：「${quote}」`,
      `No know-how clearly answers this. The nearest is “${title}”: “${quote}”`,
    );
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

/** What the site wrote down about how something is done, quoted with where it stands. */
export const howTo: ActRun<'how-to'> = async ({ topic }, context) => {
  const found = await notesOn(topic || context.text, context.means);
  if (found.notes.length > 0) return quoteNotes(found, context);
  context.draft.say(
    '登録されたノウハウの中に、これにあたるものはありません。「ノウハウ」の画面で手順を登録すると、次からお答えできます。',
    'No registered know-how covers this. Register a procedure on the screen for know-how, and it can be answered from then on.',
  );
};
