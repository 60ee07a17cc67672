/** Answers being written. They live here, not in the screen, so that leaving the chat does not stop them. */
import { create } from 'zustand';
import type { Lang } from '../../main/api/contract/common.ts';
import type { ChatEvent, Message, Step } from '../../main/chat/contract/chat.ts';
import type { Plan } from '../../main/questions/contract/questions.ts';
import { engine } from '../engine-client.ts';
import { isCancelled } from '../errors.ts';

export type Question = {
  readonly sessionId: string | null;
  readonly text: string;
  readonly lang: Lang;
  readonly alertId?: string;
  /** a person corrected how the text was read: these are run as they are */
  readonly plans?: readonly Plan[];
};
export type Live = {
  readonly question: Question;
  /** `arranging`: the answer is there and complete; a model is arranging it */
  readonly state: 'writing' | 'stopping' | 'arranging' | 'ended';
  /** as the engine stored it; null until it said so */
  readonly asked: Message | null;
  readonly steps: readonly Step[];
  readonly text: string;
  readonly answer: Message | null;
  /** lines a model has looked at, of all; null while none rewords */
  readonly arranged: { readonly done: number; readonly of: number } | null;
  readonly error: unknown;
};
type Conversations = {
  /** by session id; a question that has no session yet stands under NEW */
  readonly live: Readonly<Record<string, Live>>;
};
export const NEW = 'new';
export const useConversations = create<Conversations>(() => ({ live: {} }));
const running = new Map<string, AbortController>();

const begin = (question: Question): Live => ({
  question,
  state: 'writing',
  asked: null,
  steps: [],
  text: '',
  answer: null,
  arranged: null,
  error: null,
});

/** One event of the engine's stream, applied. */
export function applyEvent(live: Live, event: ChatEvent): Live {
  switch (event.kind) {
    case 'asked':
      return { ...live, asked: event.message };
    case 'step': {
      const known = live.steps.some((step) => step.step === event.step.step);
      const steps = known
        ? live.steps.map((step) => (step.step === event.step.step ? event.step : step))
        : [...live.steps, event.step];
      return { ...live, steps };
    }
    case 'understood':
      return live;
    case 'delta':
      return { ...live, text: live.text + event.text };
    case 'revised': {
      const { answer } = live;
      if (answer?.id !== event.messageId) return live;
      const { text, marks, sections, done, of } = event;
      const body = { ...answer.body, marks, ...(sections ? { sections } : {}) };
      return { ...live, answer: { ...answer, text, body }, arranged: { done, of } };
    }
    case 'answered':
      return {
        ...live,
        answer: event.message,
        state: event.arranging ? 'arranging' : 'ended',
        arranged: null,
      };
  }
}

const put = (key: string, live: Live): void =>
  useConversations.setState((s) => ({ live: { ...s.live, [key]: live } }));
const move = (from: string, to: string): void =>
  useConversations.setState((s) => {
    const { [from]: moved, ...rest } = s.live;
    return moved ? { live: { ...rest, [to]: moved } } : s;
  });

/** the answer is not there yet */
export const isWriting = (live: Live | undefined): boolean =>
  live !== undefined && (live.state === 'writing' || live.state === 'stopping');
export const isArranging = (live: Live | undefined): boolean => live?.state === 'arranging';

/** Sends a question and follows its answer to the end. `onSession` hears the session's id as soon as it is known. */
export async function ask(question: Question, onSession: (sessionId: string) => void): Promise<void> {
  let key = question.sessionId ?? NEW;
  if (isWriting(useConversations.getState().live[key])) return;
  // the next question ends the arranging of the last answer
  running.get(key)?.abort();
  const abort = new AbortController();
  running.set(key, abort);
  const isMine = (): boolean => running.get(key) === abort;
  let live = begin(question);
  put(key, live);
  const { sessionId, plans, ...said } = question;
  const rest = { ...said, ...(plans && { plans: [...plans] }) };
  try {
    const events = await engine.chat.send(sessionId ? { ...rest, sessionId } : rest, {
      signal: abort.signal,
    });
    for await (const event of events) {
      if (!isMine()) return;
      live = applyEvent({ ...live, state: useConversations.getState().live[key]?.state ?? 'writing' }, event);
      if (event.kind === 'asked' && key !== event.message.sessionId) {
        const from = key;
        key = event.message.sessionId;
        running.delete(from);
        running.set(key, abort);
        put(from, live);
        move(from, key);
        onSession(key);
      }
      put(key, live);
    }
    if (isMine()) put(key, { ...live, state: 'ended' });
  } catch (thrown) {
    if (isMine()) put(key, { ...live, state: 'ended', error: isCancelled(thrown) ? null : thrown });
  } finally {
    if (isMine()) running.delete(key);
  }
}
/** The engine keeps what was written so far. */
export function stop(key: string): void {
  const live = useConversations.getState().live[key];
  if (live && isWriting(live)) put(key, { ...live, state: 'stopping' });
  running.get(key)?.abort();
}
/** Forgets an ended answer once the stored messages hold it. */
export function forget(key: string): void {
  useConversations.setState((s) => {
    const { [key]: gone, ...rest } = s.live;
    return gone && !isWriting(gone) ? { live: rest } : s;
  });
}
