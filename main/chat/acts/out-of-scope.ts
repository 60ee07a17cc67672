import { examplesNow } from '../examples-now.ts';
import type { ActRun } from './act.ts';

/** What it cannot do is said first, then what it can, with questions of now. */
export const outOfScope: ActRun<'out-of-scope'> = async (_, { draft, state, means }) => {
  draft.say(
    'そのご依頼にはお答えできません。お答えできるのは、残件・納期・アラート・人員・生産性・ログなど現場の数字、遅れの理由、応援の案、翌日の配置、登録されたノウハウです。',
    'That is not something this program can answer. It answers questions about backlog, deadlines, alerts, people, productivity and logs, why something is late, what moves would help, the placement of the next day, and registered know-how.',
  );
  draft.say('たとえば、次のようにお尋ねください。', 'You could ask, for example:');
  state.body.next = examplesNow(means);
  for (const example of state.body.next) {
    const said = draft.book.words(example, EXAMPLE);
    draft.entry(said, said);
  }
};
const EXAMPLE = { ja: '質問の例', en: 'Example' };
