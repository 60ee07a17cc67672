import { isDeepStrictEqual } from 'node:util';
import type { Alert } from '../alerts/contract/alerts.ts';
import { AppError, Cancelled, isErrorCode, toAppError, wordError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Log } from '../kernel/log.ts';
import type { ModelRoles } from '../llm/types.ts';
import type { Proposal } from '../placement/contract/placement.ts';
import { ProposeLimits, type Reading } from '../questions/contract/questions.ts';
import type { Base } from '../store/index.ts';
import type { AnswerState, ChatMeasures } from './acts/act.ts';
import { answerQuestion, emptyAnswer } from './answer-question.ts';
import { prepareArranging } from './arrange.ts';
import { arrangeAnswer, isArrangeable } from './arrange-answer.ts';
import {
  CHAT_LIMIT,
  type ChatEvent,
  type IntentResult,
  type Message,
  type MessageBody,
} from './contract/chat.ts';
import {
  insertMessage,
  insertSession,
  purgeRemoved,
  rewriteMessage,
  titleSession,
  touchSession,
} from './queries.ts';
import { createSessions, isUntitled, KEEP_REMOVED_MS, titleOf } from './sessions.ts';
import type { Chat, ChatAnalytics, ChatKnowledge, ChatTools, MasterData, Read, SendInput } from './types.ts';
import { prepareWeighing } from './weigh-readings.ts';

export type ChatOptions = Pick<Base, 'store' | 'clock' | 'log'> & {
  /** the site's zone */
  readonly zone: () => string;
  readonly read: Read;
  /** a reading as one of the intents that are counted */
  readonly intentOf: (reading: Reading) => IntentResult;
  readonly measures: ChatMeasures;
  readonly master: () => MasterData;
  readonly analytics: ChatAnalytics;
  readonly knowledge: ChatKnowledge;
  readonly tools: ChatTools;
  /** the local models that choose between readings and arrange answers, where there are any; without them everything works too */
  readonly models?: Partial<Pick<ModelRoles, 'intent' | 'wording'>> | undefined;
  /** how long a wording model may stay silent, ms; default 45 s (it may have to be loaded) */
  readonly wordingPatienceMs?: number | undefined;
  /** how long an answer waits for the model that chooses between readings, ms; default 1.5 s */
  readonly readingPatienceMs?: number | undefined;
  /** a running stopwatch in ms for the steps' times */
  readonly stopwatch?: () => number;
};

/** The same models are made ready at most so often; one that left memory meanwhile comes back. */
const PREPARE_EVERY_MS = 60_000;
/** Proposals of a conversation that a question may be about, the newest. */
const PROPOSALS = 10;
/** Since somebody last opened the chat, typed or asked: until then it is taken to be in use. */
const IN_USE_MS = 15 * 60_000;

/** The limits of a question, checked before anything is stored. */
function questionIn(text: string): string {
  if (text.length > CHAT_LIMIT)
    throw new AppError('chat.too-long', { length: text.length, limit: CHAT_LIMIT });
  const question = text.replace(/\0/g, '').trim();
  if (!question.replace(/[\p{Cf}\p{Cc}\s]/gu, '')) throw new AppError('chat.empty');
  return question;
}

const personBody = (lang: SendInput['lang']): MessageBody => ({
  ...emptyAnswer(lang),
  steps: [],
  wordedBy: 'person',
});

/** Conversations and their answers. See README for what it promises. */
export function createChat(options: ChatOptions): Chat {
  const { store, clock, zone, tools } = options;
  const log = options.log.area('chat');
  const stopwatch = options.stopwatch ?? (() => performance.now());
  const sessions = createSessions({ store, clock });
  const closing = new AbortController();
  let preparing: Promise<void> = Promise.resolve();
  /** what was made ready last, and when */
  let prepared = { what: '', at: Number.NEGATIVE_INFINITY };
  let inUse: { readonly lang: SendInput['lang']; readonly at: number } | null = null;
  const prepare = (lang: SendInput['lang']): void => {
    const wording = options.models?.wording?.() ?? null;
    const intent = options.models?.intent?.() ?? null;
    if (closing.signal.aborted || !(wording || intent)) return;
    const what = [wording?.modelId, intent?.modelId, lang].join(' ');
    const at = clock.now();
    if (what === prepared.what && at - prepared.at < PREPARE_EVERY_MS) return;
    prepared = { what, at };
    preparing = preparing
      .then(async () => {
        if (intent) await prepareWeighing(intent, lang, closing.signal);
        if (wording) await prepareArranging(wording, lang, closing.signal);
      })
      .catch((thrown: unknown) => {
        if (!closing.signal.aborted) log.warn('a model was not made ready', thrown);
      });
  };

  /** Stores the question, in a new session where none is given. */
  const ask = async (input: SendInput, text: string): Promise<Message> => {
    const at = clock.now();
    const session = input.sessionId === undefined ? null : sessions.get(input.sessionId);
    const title = titleOf(text);
    const sessionId = session?.id ?? newId();
    const message: Message = {
      id: newId(),
      sessionId,
      role: 'user',
      text,
      at,
      body: { ...personBody(input.lang), alertIds: input.alertId === undefined ? [] : [input.alertId] },
    };
    await store.write([
      purgeRemoved(at - KEEP_REMOVED_MS),
      ...(session
        ? [
            touchSession(sessionId, at),
            ...(session.messages === 0 && isUntitled(session) ? [titleSession(sessionId, title)] : []),
          ]
        : [
            insertSession({
              id: sessionId,
              title,
              pinned: false,
              createdAt: at,
              updatedAt: at,
              messages: 0,
              excerpt: null,
            }),
          ]),
      insertMessage(message),
    ]);
    return message;
  };
  const alertOf = (alertId: string | undefined): Alert | null =>
    alertId === undefined ? null : (tools.openAlerts().find((alert) => alert.id === alertId) ?? null);
  /** What this conversation is about; another's is never looked at. */
  const carriedIn = (
    sessionId: string | undefined,
  ): { previous: Reading | null; proposals: readonly Proposal[] } => {
    if (sessionId === undefined) return { previous: null, proposals: [] };
    const answers = sessions
      .messages(sessionId)
      .filter(({ role }) => role === 'assistant')
      .reverse();
    const ids = new Set(answers.flatMap(({ body }) => body.proposalId ?? []));
    return {
      // what was asked back or could not be read is gone on with from what came before it
      previous: answers.find(({ body }) => (body.reading?.plans.length ?? 0) > 0)?.body.reading ?? null,
      proposals: [...ids].slice(0, PROPOSALS).flatMap((id) => tools.proposal(id) ?? []),
    };
  };
  /** Who states that a named place is late wants it mended: what would help follows the figure. */
  const withHelp = (reading: Reading): Reading['plans'] => {
    // 「遅延しています。間に合わせて」 asks for the same twice
    const plans = reading.plans.filter(
      (one, i) => reading.plans.findIndex((other) => isDeepStrictEqual(other, one)) === i,
    );
    const [plan] = plans;
    if (plan?.act !== 'measure' || plans.length > 1 || !options.intentOf(reading).requires_action)
      return plans;
    return [plan, { act: 'propose', where: plan.query.where, limits: ProposeLimits.parse({}) }];
  };
  const readingOf = (
    { plans, lang }: SendInput,
    text: string,
    { previous, proposals }: ReturnType<typeof carriedIn>,
    alert: Alert | null,
  ): Reading => {
    const read = options.read(text, {
      lang,
      previous,
      proposals: proposals.map(({ id, moves }) => ({ id, people: moves.map((m) => m.operatorId) })),
      alert: alert?.cell ?? null,
    });
    const helped = (one: Pick<Reading, 'plans' | 'account'>) => ({
      ...one,
      plans: withHelp({ ...read, ...one }),
    });
    if (!plans) {
      const all = withHelp(read);
      // a proposal that is made anyway is no other reading
      const isOther = (rival: Pick<Reading, 'plans'>): boolean =>
        !rival.plans.every((plan) => all.some((one) => isDeepStrictEqual(one, plan)));
      return { ...read, plans: all, rivals: read.rivals.map(helped).filter(isOther) };
    }
    return { ...read, plans: [...plans], account: [], asks: [], outcome: 'plan', by: 'person', rivals: [] };
  };

  async function* send(input: SendInput, outer?: AbortSignal): AsyncGenerator<ChatEvent> {
    const text = questionIn(input.text);
    const alert = alertOf(input.alertId);
    const carried = carriedIn(input.sessionId);
    const began = stopwatch();
    const reading = readingOf(input, text, carried, alert);
    const readMs = stopwatch() - began;
    const reader = options.models?.intent?.() ?? null;
    const weighing = reader && { model: reader, clock, patienceMs: options.readingPatienceMs };
    const { lang } = reading;
    inUse = { lang, at: clock.now() };
    const asked = await ask({ ...input, lang }, text);
    const abort = new AbortController();
    const relay = (): void => abort.abort(new Cancelled('stopped by a person'));
    if (outer?.aborted) relay();
    outer?.addEventListener('abort', relay, { once: true });
    const state: AnswerState = { text: '', body: emptyAnswer(lang), composed: [] };
    let stored: Message | null = null;
    const keep = async (): Promise<Message> => {
      const at = clock.now();
      settle(state);
      stored = {
        id: newId(),
        sessionId: asked.sessionId,
        role: 'assistant',
        text: state.text,
        at,
        body: state.body,
      };
      await store.write([insertMessage(stored), touchSession(asked.sessionId, at)]);
      return stored;
    };
    try {
      yield { kind: 'asked', message: asked };
      try {
        yield* answerQuestion(
          { text, reading, weighing, intentOf: options.intentOf, alert, ...carried, readMs },
          state,
          {
            master: options.master,
            measures: options.measures,
            analytics: options.analytics,
            knowledge: options.knowledge,
            tools,
            now: clock.now(),
            log,
            zone: zone(),
            stopwatch,
            signal: abort.signal,
          },
        );
      } catch (thrown) {
        if (abort.signal.aborted || thrown instanceof Cancelled) state.body.stopped = true;
        else fail(state, thrown, log);
      }
      const message = await keep();
      citedIn(message, options.knowledge, log);
      const model = state.body.stopped || state.body.error ? null : (options.models?.wording?.() ?? null);
      const again = model && isArrangeable(state.composed, message);
      yield { kind: 'answered', message, ...(again ? { arranging: true } : {}) };
      if (!again) return;
      yield* arrangeAnswer(message, state.composed, {
        model,
        patienceMs: options.wordingPatienceMs,
        clock,
        log,
        stopwatch,
        signal: abort.signal,
        keep: async (arranged) => void (await store.write([rewriteMessage(arranged)])),
      });
    } finally {
      outer?.removeEventListener('abort', relay);
      if (!stored) {
        // the reader went away in the middle of the answer
        relay();
        state.body.stopped = true;
        await keep();
      }
    }
  }
  return {
    sessions: sessions.list,
    create: sessions.create,
    rename: sessions.rename,
    pin: sessions.pin,
    remove: sessions.remove,
    restore: sessions.restore,
    messages: sessions.messages,
    export: (sessionId, format) => sessions.export(sessionId, format, zone()),
    send,
    async intent(text) {
      if (text.length > CHAT_LIMIT)
        throw new AppError('chat.too-long', { length: text.length, limit: CHAT_LIMIT });
      return options.intentOf(options.read(text, { lang: 'ja', previous: null, proposals: [], alert: null }));
    },
    prepare(lang) {
      inUse = { lang, at: clock.now() };
      prepare(lang);
    },
    rolesChanged() {
      if (inUse && clock.now() - inUse.at < IN_USE_MS) prepare(inUse.lang);
    },
    async close() {
      closing.abort(new Cancelled('closing'));
      await preparing;
    },
  };
}

/** An answer that has ended: nothing runs or waits any more, and it holds just the facts its text uses. */
function settle({ body }: AnswerState): void {
  const used = new Set(body.marks.map((mark) => mark.fact));
  body.facts = body.facts.filter((fact) => used.has(fact.id));
  body.steps = body.steps.map((step) =>
    step.state === 'running' || step.state === 'waiting' ? { ...step, state: 'skipped' } : step,
  );
}

/** The failure as the answer: what went wrong and what to do, after whatever was already written. */
function fail(state: AnswerState, thrown: unknown, log: Log): void {
  const error = toAppError(thrown);
  if (error.code === 'internal') log.error('the answer failed', thrown);
  const { say, next } = wordError(error, state.body.lang);
  const sentence = state.body.lang === 'ja' ? `${say}${next}` : `${say} ${next}`;
  state.text = state.text ? `${state.text}\n\n${sentence}` : sentence;
  state.body.error = { code: isErrorCode(error.code) ? error.code : 'internal', params: { ...error.params } };
  state.body.steps = state.body.steps.map((step) =>
    step.state === 'running' ? { ...step, state: 'failed' } : step,
  );
}

/** Counts the use of cited know-how; an answer never fails for it. */
function citedIn(message: Message, knowledge: ChatKnowledge, log: Log): void {
  const chunkIds = message.body.citations.map((citation) => citation.chunkId);
  if (chunkIds.length === 0) return;
  const count = async (): Promise<void> => knowledge.used(chunkIds);
  count().catch((thrown: unknown) => log.warn('use not counted', thrown));
}
