import type { Hit } from '../../api/contract/knowledge.ts';
import { both } from '../facts.ts';
import { quoteOf } from '../quote-know-how.ts';
import type { ActRun } from './act.ts';

const FOUND = 3;
/** How well a know-how text must fit to be the answer. */
const FITS_FROM = 0.35;

/** Words of English questions that say nothing of what they are about. */
const ASKING =
  /\b(?:a|an|the|is|are|was|do|does|did|we|i|you|one|what|which|how|when|where|who|should|must|may|can|to|of|for|in|on|at|if|it|there|my|our|procedure|rule|many|long|before|first|check|be|been|being|have|has|with|by|any|need|want|us|could|would|and|or|then|than|this|that|don't|doesn't|not)\b|[?.,!]/gi;
const contentOf = (text: string): string => text.replace(ASKING, ' ').replace(/\s+/g, ' ').trim();

/** What the site wrote down about how something is done, quoted with where it stands. */
export const howTo: ActRun<'how-to'> = async ({ topic }, { draft, book, state, means, text }) => {
  let hits: Hit[] = [];
  // as it was asked, then by what is left of it without the words of asking
  for (const words of new Set([topic, text, contentOf(topic)].filter((t) => t.length > 1))) {
    hits = await means.knowledge.search(words, FOUND);
    if ((hits[0]?.score ?? 0) >= FITS_FROM) break;
  }
  const fitting = hits.filter((hit, i) => hit.score >= FITS_FROM || i === 0);
  const [best] = fitting;
  if (!best || best.score < FITS_FROM) {
    draft.say(
      '登録されたノウハウの中に、これにあたるものはありません。「ノウハウ」の画面で手順を登録すると、次からお答えできます。',
      'No registered know-how covers this. Register a procedure on the screen for know-how, and it can be answered from then on.',
    );
    return;
  }
  state.body.citations = fitting.map((hit) => ({
    documentId: hit.documentId,
    chunkId: hit.chunkId,
    title: hit.title,
    excerpt: hit.text.slice(0, 400),
    place: hit.place,
    score: hit.score,
  }));
  const title = book.name(best.title, both('ノウハウの題名', 'Title of the know-how'));
  const quote = book.name(quoteOf(best.text), both(`「${best.title}」の一節`, `From “${best.title}”`));
  draft.say(`ノウハウ「${title}」より：「${quote}」`, `From the know-how “${title}”: “${quote}”`);
  const others = fitting
    .slice(1)
    .map((hit) => book.name(hit.title, both('ノウハウの題名', 'Title of the know-how')));
  if (others.length > 0)
    draft.say(`ほかに「${others.join('」「')}」にも記載があります。`, `See “${others.join('”, “')}” too.`);
};
