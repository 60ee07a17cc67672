import { afterEach, expect, test } from 'vitest';
import type { ChatEvent } from '../../../main/chat/contract/chat.ts';
import type { Conversation } from '../../../main/chat/types.ts';
import { type Plan, ProposeLimits } from '../../../main/questions/contract/questions.ts';
import { readingOf } from '../../helpers/chat/hand-made-readings.ts';
import { PROPOSAL } from '../../helpers/chat/hand-made-site.ts';
import { answerTo, eventsOf, type Hand, type Opened, openChat } from './open-chat.ts';

const QUESTION = '札幌のエントリ1工程が遅延しています';
const at = (...values: string[]) => [
  { dimension: 'location' as const, values, not: false },
  { dimension: 'process' as const, values: ['エントリ1'], not: false },
];
const propose = (where: ReturnType<typeof at>): Plan => ({
  act: 'propose',
  where,
  limits: ProposeLimits.parse({}),
});
const questions = { [QUESTION]: propose(at('札幌')) };
let opened: Opened | null = null;
const open = async (hand: Hand): Promise<Opened> => {
  opened = await openChat({ questions, ...hand });
  return opened;
};
afterEach(async () => opened?.close());

/** a solver that hears nothing */
const deaf: Hand['tools'] = {
  propose: () => ({
    next: () => new Promise(() => {}),
    return: () => new Promise(() => {}),
    throw: () => new Promise(() => {}),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => new Promise(() => {}),
  }),
};

test('an abort stops at once, even while a solver does not listen, and keeps the question and what was found', async () => {
  const { chat } = await open({ tools: deaf });
  const abort = new AbortController();
  const events: ChatEvent[] = [];
  for await (const event of chat.send({ text: QUESTION, lang: 'ja' }, abort.signal)) {
    events.push(event);
    if (event.kind === 'step' && event.step.step === 'proposal') setTimeout(() => abort.abort(), 5);
  }
  const last = events.at(-1);
  if (last?.kind !== 'answered') throw new Error('no answer');
  expect(last.message.body).toMatchObject({
    stopped: true,
    error: null,
    reading: { plans: [{ act: 'propose' }] },
  });
  expect(last.message.body.steps.map((step) => step.state)).toEqual([
    'done',
    'done',
    'skipped',
    'skipped',
    'skipped',
  ]);
  expect(chat.messages(last.message.sessionId).map((message) => message.role)).toEqual(['user', 'assistant']);
});

test('what was already written stays, word for word', async () => {
  const { chat } = await open({});
  const abort = new AbortController();
  let written = '';
  let sessionId = '';
  for await (const event of chat.send({ text: QUESTION, lang: 'ja' }, abort.signal)) {
    if (event.kind === 'delta') {
      written += event.text;
      abort.abort();
    }
    if (event.kind === 'answered') sessionId = event.message.sessionId;
  }
  const answer = chat.messages(sessionId).at(-1);
  expect(written.length).toBeGreaterThan(0);
  expect(answer).toMatchObject({ text: written, body: { stopped: true } });
  for (const mark of answer?.body.marks ?? []) expect(mark.end).toBeLessThanOrEqual(written.length);
});

test('a reader that goes away in the middle leaves a stopped answer, not a lost one', async () => {
  const { chat } = await open({});
  for await (const event of chat.send({ text: QUESTION, lang: 'ja' })) if (event.kind === 'delta') break;
  const [session] = chat.sessions();
  expect(chat.messages(session?.id ?? '').at(-1)).toMatchObject({
    role: 'assistant',
    body: { stopped: true },
  });
});

test('an answer aborted before it began is stored as stopped', async () => {
  const { chat } = await open({});
  const events = await eventsOf(chat.send({ text: QUESTION, lang: 'ja' }, AbortSignal.abort()));
  expect(events.map((event) => event.kind)).toEqual(['asked', 'step', 'answered']);
  expect(events.at(-1)).toMatchObject({ message: { text: '', body: { stopped: true } } });
});

test('two questions at once in two conversations do not mix', async () => {
  const { chat } = await open({});
  const [a, b] = await Promise.all([answerTo(chat, QUESTION), answerTo(chat, '天気は？', 'en')]);
  expect(a.text).toContain('91%');
  expect(b.text).toContain('not something this program can answer');
});

test('a question is read beside what its own conversation was about, and nothing of another', async () => {
  const seen: Conversation[] = [];
  const { chat } = await open({
    read: (text, conversation) => {
      seen.push(conversation);
      return readingOf(text, [propose(at('札幌'))]);
    },
  });
  const first = await answerTo(chat, QUESTION);
  await answerTo(chat, 'その人以外で', 'ja', first.sessionId);
  await answerTo(chat, 'その人以外で');
  const { id, moves } = PROPOSAL;
  expect(seen).toEqual([
    { lang: 'ja', previous: null, proposals: [], alert: null },
    {
      lang: 'ja',
      previous: first.body.reading,
      proposals: [{ id, people: moves.map((move) => move.operatorId) }],
      alert: null,
    },
    { lang: 'ja', previous: null, proposals: [], alert: null },
  ]);
});

test('a question asked from an alert is read beside that alert’s queue', async () => {
  const seen: Conversation[] = [];
  const { chat } = await open({
    read: (text, conversation) => {
      seen.push(conversation);
      return readingOf(text, [propose(at('横浜'))]);
    },
  });
  const last = (await eventsOf(chat.send({ text: 'どうしましょう', lang: 'ja', alertId: 'alert-横浜' }))).at(
    -1,
  );
  expect(seen[0]?.alert).toMatchObject({ location: '横浜', process: 'エントリ1', businessId: '523201' });
  expect(last).toMatchObject({ message: { body: { alertIds: ['alert-横浜'] } } });
});
