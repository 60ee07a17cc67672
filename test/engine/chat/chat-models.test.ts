import { afterEach, describe, expect, test } from 'vitest';
import { ChatEvent, type Message } from '../../../main/api/contract/chat.ts';
import { ProposeLimits } from '../../../main/api/contract/questions.ts';
import { AppError } from '../../../main/kernel/errors.ts';
import type { TextModel } from '../../../main/llm/types.ts';
import { rewriting, sentencesOf, writer } from '../../helpers/stand-in-models.ts';
import { answerTo, eventsOf, type Hand, type Opened, openChat } from './open-chat.ts';

const QUESTION = '札幌のエントリ1工程が遅延しています';
const questions = {
  [QUESTION]: {
    act: 'propose' as const,
    where: [
      { dimension: 'location' as const, values: ['札幌'], not: false },
      { dimension: 'process' as const, values: ['エントリ1'], not: false },
    ],
    limits: ProposeLimits.parse({}),
  },
};
let opened: Opened | null = null;
const open = async (wording: TextModel | null, hand: Hand = {}): Promise<Opened> => {
  opened = await openChat({ questions, models: { wording: () => wording }, ...hand });
  return opened;
};
afterEach(async () => opened?.close());
/** says 「現在、」 before every sentence */
const polite = () => rewriting((line) => (line.startsWith('・') ? line : `現在、${line}`));

describe('an answer in a model’s words', () => {
  test('the composed answer is there and stored before the model is asked; its words follow line by line', async () => {
    const model = polite();
    const { chat } = await open(model);
    const kinds: string[] = [];
    let storedThen = '';
    let revised = '';
    const answers: Message[] = [];
    for await (const event of chat.send({ text: QUESTION, lang: 'ja' })) {
      expect(ChatEvent.parse(event)).toEqual(event);
      if (kinds.at(-1) !== event.kind) kinds.push(event.kind);
      if (event.kind === 'answered') {
        if (event.rewording) {
          expect(model.writes).toHaveLength(0);
          storedThen = chat.messages(event.message.sessionId).at(-1)?.text ?? '';
        }
        answers.push(event.message);
      }
      if (event.kind === 'revised') {
        revised = event.text;
        for (const mark of event.marks) expect(mark.end).toBeLessThanOrEqual(event.text.length);
      }
    }
    const last = answers.at(-1);
    expect(kinds.slice(-3)).toEqual(['answered', 'revised', 'answered']);
    expect(storedThen).toMatch(/^札幌のエントリ1の応援に2名の配置変更を提案します/);
    expect(last?.text).toBe(revised);
    expect(last?.text).toMatch(/^現在、札幌のエントリ1の応援に2名の配置変更を提案します/);
    expect(last?.body).toMatchObject({ wordedBy: 'model', worded: { modelId: model.modelId } });
    expect(chat.messages(last?.sessionId ?? '').at(-1)).toEqual(last);
    expect(last?.body.marks.map(({ start, end }) => last?.text.slice(start, end))).toContain('91%');
    // found again by its new words
    expect(chat.sessions({ text: '現在、札幌' })).toHaveLength(1);
  });
  test('without a model nothing changes', async () => {
    const { chat } = await open(null);
    const events = await eventsOf(chat.send({ text: QUESTION, lang: 'ja' }));
    expect(events.filter((event) => event.kind === 'revised')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ kind: 'answered', message: { body: { wordedBy: 'composer' } } });
    expect(events.at(-1)).not.toHaveProperty('rewording');
  });
  test('stopping it keeps what was reworded so far, and the answer is whole', async () => {
    let release = (): void => {};
    const slow: TextModel = {
      modelId: 'slow',
      async *write(request, signal) {
        yield `1: 現在、${sentencesOf(request)[0]}\n`;
        await new Promise<void>((resolve) => {
          release = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      },
    };
    const { chat } = await open(slow);
    const abort = new AbortController();
    const answers: Message[] = [];
    for await (const event of chat.send({ text: QUESTION, lang: 'ja' }, abort.signal)) {
      if (event.kind === 'revised') abort.abort();
      if (event.kind === 'answered') answers.push(event.message);
    }
    release();
    const [first, last] = answers;
    expect(last?.text).toBe(`現在、${first?.text}`);
    expect(last?.body).toMatchObject({
      stopped: false,
      wordedBy: 'model',
      worded: { lines: 1, kept: 'stopped' },
    });
    expect(last?.body.steps.find((step) => step.step === 'wording')?.note?.ja).toMatch(
      /^定型の文のあと、モデルの文 1\/\d+（[\d.]+秒、途中で止めました）$/,
    );
    expect(chat.messages(last?.sessionId ?? '').at(-1)).toEqual(last);
  });
  /** a model that says nothing until it is stopped */
  const silent = (asked = (): void => {}): TextModel => ({
    modelId: 'silent',
    async *write(_request, signal) {
      setImmediate(asked);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      yield '';
    },
  });
  const noteOf = (message: Message | undefined) =>
    message?.body.steps.find((step) => step.step === 'wording')?.note;

  test('a model whose every word is refused leaves the composed answer, and the message says so', async () => {
    const { chat } = await open(rewriting((line) => `${line}残件は9,999件です。`));
    const answer = await answerTo(chat, QUESTION);
    expect(answer.text).not.toContain('9,999');
    expect(answer.body).toMatchObject({ wordedBy: 'composer', worded: { lines: 0, kept: 'refused' } });
    expect(noteOf(answer)).toEqual({
      ja: '定型の文（モデルの文は検算を通らず不採用）',
      en: 'composed; the model’s words did not pass the check and were not taken',
    });
  });
  test('a model that a person stopped before it wrote is not told as refused', async () => {
    const { chat } = await open(silent());
    const abort = new AbortController();
    const answers: Message[] = [];
    for await (const event of chat.send({ text: QUESTION, lang: 'ja' }, abort.signal)) {
      if (event.kind !== 'answered') continue;
      answers.push(event.message);
      abort.abort();
    }
    expect(answers).toHaveLength(2);
    expect(answers[1]?.text).toBe(answers[0]?.text);
    expect(answers[1]?.body).toMatchObject({ stopped: false, worded: { lines: 0, kept: 'stopped' } });
    expect(noteOf(answers[1])).toEqual({
      ja: '定型の文（モデルの言い換えは途中で止めました）',
      en: 'composed; the model was stopped before its words came',
    });
    expect(chat.messages(answers[1]?.sessionId ?? '').at(-1)).toEqual(answers[1]);
  });
  test.each([
    [
      'a model without an answer in time',
      silent(() => opened?.clock.advance(60_000)),
      'late',
      '定型の文（モデルが時間内に答えませんでした）',
    ],
    [
      'a model that breaks',
      {
        modelId: 'broken',
        // biome-ignore lint/correctness/useYield: it breaks before its first word
        async *write() {
          throw new AppError('models.no-memory', { need: 3500 });
        },
      } satisfies TextModel,
      'failed',
      '定型の文（モデルが動きませんでした：モデルに必要なメモリ (約 3,500 MB) を確保できません）',
    ],
    [
      'a model that writes nothing',
      rewriting(() => ''),
      'unwritten',
      '定型の文（モデルは使える文を書きませんでした）',
    ],
  ])('%s is told as what it is', async (_name, model, kept, note) => {
    const { chat } = await open(model);
    const answer = await answerTo(chat, QUESTION);
    expect(answer.body).toMatchObject({ wordedBy: 'composer', worded: { lines: 0, kept } });
    expect(noteOf(answer)?.ja).toBe(note);
    // a failure keeps its reason, for the screen's sentence and its next step
    expect(answer.body.worded?.because ?? null).toEqual(
      kept === 'failed' ? { code: 'models.no-memory', params: { need: 3500 } } : null,
    );
  });
  test('asking the same again gives another seed', async () => {
    const model = polite();
    const { chat } = await open(model);
    const first = await answerTo(chat, QUESTION);
    await answerTo(chat, QUESTION, 'ja', first.sessionId);
    expect([...new Set(model.writes.map((request) => request.seed))]).toEqual([1, 2]);
  });
});

describe('models are made ready for a question', () => {
  const made = ({ writes }: ReturnType<typeof writer>): number => writes.filter((w) => w.onlyPrepare).length;
  const named = (modelId: string): ReturnType<typeof writer> => ({ ...writer(() => ''), modelId });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));
  test('when the chat is opened or somebody begins to type, once a minute', async () => {
    const model = named('a');
    const { chat, clock } = await open(model);
    chat.prepare('ja');
    chat.prepare('ja');
    await expect.poll(() => made(model), { timeout: 20_000 }).toBe(1);
    clock.advance(20 * 60_000); // it has left memory meanwhile
    chat.prepare('ja');
    await expect.poll(() => made(model), { timeout: 20_000 }).toBe(2);
    chat.prepare('en'); // begins with other words
    await expect.poll(() => made(model), { timeout: 20_000 }).toBe(3);
    await chat.close();
  });
  test('when a role is given to another one while the chat is in use, and not where nobody opened it', async () => {
    const [first, second] = [named('a'), named('b')];
    let now = first;
    const { chat, clock } = await open(null, { models: { wording: () => now } });
    chat.rolesChanged();
    await settled();
    expect(made(first)).toBe(0);
    chat.prepare('ja');
    await expect.poll(() => made(first), { timeout: 20_000 }).toBe(1);
    now = second;
    chat.rolesChanged();
    await expect.poll(() => made(second), { timeout: 20_000 }).toBe(1);
    now = first;
    clock.advance(60 * 60_000); // nobody asked anything for long
    chat.rolesChanged();
    await settled();
    expect(made(first)).toBe(1);
    await chat.close();
  });
});
