import type { Message, Step } from '../../../main/chat/contract/chat.ts';
import type { Live } from '../../stores/conversations.ts';

export const STEP_NAMES = ['intent', 'evidence', 'proposal', 'wording', 'check'] as const;

/** All five steps in their order; what has not been heard of yet waits. */
export const allSteps = (steps: readonly Step[]): Step[] =>
  STEP_NAMES.map(
    (name) =>
      steps.find((step) => step.step === name) ?? { step: name, state: 'waiting', ms: null, note: null },
  );
/** Wall time of the finished steps, ms; null before the first has finished. */
export const totalMs = (steps: readonly Step[]): number | null => {
  const times = steps.flatMap((step) => (step.ms === null ? [] : [step.ms]));
  return times.length ? times.reduce((a, b) => a + b, 0) : null;
};

/** Stored messages with the live question and answer behind them, each once; an answer being arranged as it is by now. */
export function withLive(stored: readonly Message[], live: Live | undefined): Message[] {
  const extra = [live?.asked, live?.answer].filter((message) => message !== null && message !== undefined);
  const shown = stored.map((s) => (s.id === live?.answer?.id ? live.answer : s));
  return [...shown, ...extra.filter((message) => !stored.some((s) => s.id === message.id))];
}
/** The question that an answer belongs to: the nearest one of the person's before it. */
export const questionOf = (messages: readonly Message[], answer: Message): Message | undefined => {
  const at = messages.findIndex((message) => message.id === answer.id);
  return messages.slice(0, at).findLast((message) => message.role === 'user');
};
/** The answer that follows a question; undefined while it is being written. */
export const answerTo = (messages: readonly Message[], question: Message): Message | undefined => {
  const after = messages[messages.findIndex((message) => message.id === question.id) + 1];
  return after?.role === 'assistant' ? after : undefined;
};
