import type { Bilingual } from '../../api/contract/common.ts';
import { examplesNow } from '../examples-now.ts';
import { both } from '../facts.ts';
import type { ActRun } from './act.ts';

const SAID: Readonly<Record<'thanks' | 'greeting' | 'bye', Bilingual>> = {
  thanks: both('どういたしまして。', 'You are welcome.'),
  greeting: both('こんにちは。', 'Hello.'),
  bye: both('お疲れさまでした。', 'See you.'),
};
export const smallTalk: ActRun<'small-talk'> = async ({ kind }, { draft, state, means }) => {
  draft.say(SAID[kind].ja, SAID[kind].en);
  if (kind === 'bye') return;
  draft.say(
    '残件、アラート、応援の配置など、現場のことをお尋ねください。',
    'Ask about the backlog, alerts or moves whenever you like.',
  );
  state.body.next = examplesNow(means);
};
