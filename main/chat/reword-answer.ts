import type { ChatEvent, Message, Step } from '../api/contract/chat.ts';
import { formatNumber } from '../api/contract/format.ts';
import { Cancelled } from '../errors.ts';
import type { AnswerState } from './answer-question.ts';
import { both } from './facts.ts';
import { type RewordInput, reword, rewordable } from './reword.ts';
import { joinLines } from './word-answer.ts';

type Rewording = Omit<RewordInput, 'lines' | 'facts' | 'lang'> & {
  readonly stopwatch: () => number;
  /** stores the answer in its new words */
  readonly keep: (message: Message) => Promise<void>;
};

/**
 * An answer that has been given and stored, put into a model's words line by line as they come. Each line stands on its own, so that
 * stopping at any time, or a reader that goes away, keeps what has been reworded so far.
 */
export async function* rewordAnswer(
  message: Message,
  composed: AnswerState['composed'],
  o: Rewording,
): AsyncGenerator<ChatEvent> {
  const lines = composed.map((c) => c.line);
  const of = rewordable(lines);
  const worded = composed.map((c) => c.worded);
  const began = o.stopwatch();
  let looked = 0;
  let changed = 0;
  const now = (): Message => {
    const { text, marks, sections } = joinLines(worded);
    // the answer was there before: its steps keep their times, and what came after is told beside them
    const seconds = formatNumber((o.stopwatch() - began) / 1000, 'en', 1);
    const note =
      changed > 0
        ? both(
            `定型の文のあと、モデルの文 ${changed}/${of}（${seconds}秒）`,
            `composed, then worded by the model: ${changed}/${of} (${seconds} s)`,
          )
        : both('定型の文（モデルの文は不採用）', 'composed; the model’s words were not taken');
    const step = (old: Step): Step => (old.step === 'wording' ? { ...old, note } : old);
    return {
      ...message,
      text,
      body: {
        ...message.body,
        marks: [...marks],
        ...(sections.length > 0 ? { sections } : {}),
        steps: message.body.steps.map(step),
        wordedBy: changed > 0 ? 'model' : 'composer',
        worded: { modelId: o.model.modelId, lines: changed, of, seed: o.seed },
      },
    };
  };
  let isKept = false;
  const keep = async (): Promise<Message> => {
    isKept = true;
    const reworded = now();
    await o.keep(reworded);
    return reworded;
  };
  try {
    try {
      for await (const { index, filled } of reword({
        ...o,
        lines,
        facts: message.body.facts,
        lang: message.body.lang,
      })) {
        looked++;
        const old = worded[index];
        if (!filled || !old) continue;
        worded[index] = { ...old, ...filled, by: 'model' };
        changed++;
        const { text, marks, sections } = joinLines(worded);
        yield {
          kind: 'revised',
          messageId: message.id,
          text,
          marks: [...marks],
          ...(sections.length > 0 ? { sections } : {}),
          done: looked,
          of,
        };
      }
    } catch (thrown) {
      // a person who stops the rewording keeps the words as they are: the answer itself was complete
      if (!o.signal.aborted && !(thrown instanceof Cancelled)) throw thrown;
    }
    yield { kind: 'answered', message: await keep() };
  } finally {
    if (!isKept && changed > 0) await keep();
  }
}
