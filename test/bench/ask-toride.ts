// The doors that the answer set knocks at: a question's plan, and the chat's answer. The bench knows nothing else of how either is made.
import type { Message } from '../../main/chat/contract/chat.ts';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import type { Question } from '../helpers/questions/question.ts';
import type { Stage } from '../helpers/questions/stage.ts';

export type Answer = {
  readonly message: Message;
  readonly text: string;
  /** null where none came with it */
  readonly proposal: Proposal | null;
  /** proposals of the turns before, newest first */
  readonly earlier: readonly Proposal[];
  /** spans it says it did not understand */
  readonly notUnderstood: readonly string[];
  readonly ms: number;
};

/** The answer to the last turn of a conversation of its own. `q` may name the first person of the proposal before it. */
export async function answerTo(
  stage: Stage,
  question: Pick<Question, 'before' | 'q' | 'lang'>,
): Promise<{ answer: Answer; asked: string; people: ReadonlyMap<string, readonly string[]> }> {
  const { chat, placement } = stage.engine.services;
  const session = await chat.create({ title: question.q.slice(0, 40) });
  const earlier: Proposal[] = [];
  const people = new Map<string, string[]>();
  const ask = async (text: string): Promise<Answer> => {
    const began = performance.now();
    for await (const event of chat.send({ text, lang: question.lang, sessionId: session.id }))
      if (event.kind === 'answered') {
        const { message } = event;
        const id = message.body.proposalId;
        const proposal = id === null ? null : placement.get(id);
        return {
          message,
          text: message.text,
          proposal,
          earlier: [...earlier],
          notUnderstood: (message.body.reading?.account ?? [])
            .filter((span) => span.state === 'not-understood' && span.text.trim() !== '')
            .map((span) => span.text.trim()),
          ms: performance.now() - began,
        };
      }
    throw new RangeError(`no answer to ${text}`);
  };
  for (const text of question.before) {
    const { proposal } = await ask(text);
    if (!proposal) continue;
    earlier.unshift(proposal);
    const names = proposal.moves.map((move) => move.name.replace(/\s/g, ''));
    people.set('p1', names.slice(0, 1)).set('all', names);
  }
  const asked = question.q.replace(/\{(\w+)\}/g, (_, key: string) => people.get(key)?.join() ?? '');
  return { answer: await ask(asked), asked, people };
}
