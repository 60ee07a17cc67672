import { afterEach, describe, expect, test } from 'vitest';
import { ChatEvent, type Message } from '../../../main/chat/contract/chat.ts';
import { AppError } from '../../../main/kernel/errors.ts';
import type { ChoiceModel } from '../../../main/llm/types.ts';
import { ProposeLimits } from '../../../main/questions/contract/questions.ts';
import { type Chooser, chooser, connecting } from '../../helpers/llm/stand-in-models.ts';
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
const open = async (wording: ChoiceModel | null, hand: Hand = {}): Promise<Opened> => {
  opened = await openChat({ questions, models: { wording: () => wording }, ...hand });
  return opened;
};
afterEach(async () => opened?.close());
const ADDED = 'あわせて、';

describe('an answer that a model arranges', () => {
  test('the composed answer is there and stored before the model is asked; the order follows paragraph by paragraph', async () => {
    const model = connecting(ADDED);
    const { chat } = await open(model);
    const kinds: string[] = [];
    let storedThen = '';
    let revised = '';
    const answers: Message[] = [];
    for await (const event of chat.send({ text: QUESTION, lang: 'ja' })) {
      expect(ChatEvent.parse(event)).toEqual(event);
      if (kinds.at(-1) !== event.kind) kinds.push(event.kind);
      if (event.kind === 'answered') {
        if (event.arranging) {
          expect(model.choices).toHaveLength(0);
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
    expect(last?.text.replaceAll(ADDED, '')).toBe(storedThen);
    expect(last?.text).toContain(`。${ADDED}`);
    expect(last?.body).toMatchObject({ wordedBy: 'model', worded: { modelId: model.modelId } });
    expect(chat.messages(last?.sessionId ?? '').at(-1)).toEqual(last);
    expect(last?.body.marks.map(({ start, end }) => last?.text.slice(start, end))).toContain('91%');
    // found again by its new words
    expect(chat.sessions({ text: ADDED })).toHaveLength(1);
  });
  test('where people and the system both precede a delay, the model weighs which is told first, each as a whole', async () => {
    const WHY = '札幌はなぜ遅れている？';
    const window = { days: { kind: 'now' as const }, from: null, until: null, at: null };
    const where = [{ dimension: 'location' as const, values: ['札幌'], not: false }];
    const model = chooser((slot, { slots }) =>
      slot === 'lead' ? (slots.find(({ name }) => name === 'lead')?.options[1] ?? '') : 'なし',
    );
    const { chat } = await open(model, {
      questions: { [WHY]: { act: 'why', measure: null, where, window, supposed: null } },
    });
    const answers: Message[] = [];
    for await (const event of chat.send({ text: WHY, lang: 'ja' }))
      if (event.kind === 'answered') answers.push(event.message);
    const order = answers.map(({ text }) =>
      ['抜け、残りは', '落ちました', 'その2分前', 'まずシステム担当'].toSorted(
        (a, b) => text.indexOf(a) - text.indexOf(b),
      ),
    );
    expect(order).toEqual([
      ['抜け、残りは', '落ちました', 'その2分前', 'まずシステム担当'],
      ['落ちました', 'その2分前', '抜け、残りは', 'まずシステム担当'],
    ]);
    expect(answers[1]?.text.split('。').toSorted()).toEqual(answers[0]?.text.split('。').toSorted());
  });
  test('without a model nothing changes', async () => {
    const { chat } = await open(null);
    const events = await eventsOf(chat.send({ text: QUESTION, lang: 'ja' }));
    expect(events.filter((event) => event.kind === 'revised')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ kind: 'answered', message: { body: { wordedBy: 'composer' } } });
    expect(events.at(-1)).not.toHaveProperty('arranging');
  });
  /** a model that says nothing until it is stopped */
  const silent = (asked = (): void => {}): ChoiceModel => ({
    modelId: 'silent',
    choose: (_request, signal) => {
      setImmediate(asked);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    },
  });
  const noteOf = (message: Message | undefined) =>
    message?.body.steps.find((step) => step.step === 'wording')?.note;

  test('stopping it keeps what was arranged so far, and the answer is whole', async () => {
    const [first, second] = [connecting(ADDED), silent()];
    let asked = 0;
    const { chat } = await open({
      modelId: 'slow',
      choose: (...o) => (asked++ === 0 ? first : second).choose(...o),
    });
    const abort = new AbortController();
    const answers: Message[] = [];
    for await (const event of chat.send({ text: QUESTION, lang: 'ja' }, abort.signal)) {
      if (event.kind === 'revised') abort.abort();
      if (event.kind === 'answered') answers.push(event.message);
    }
    const [composed, last] = answers;
    expect(last?.text.split(ADDED).length).toBeGreaterThan(1);
    expect(last?.text.replaceAll(ADDED, '')).toBe(composed?.text);
    expect(last?.body).toMatchObject({ stopped: false, wordedBy: 'model', worded: { kept: 'stopped' } });
    expect(noteOf(last)?.ja).toMatch(
      /^定型の文のうち \d+\/\d+ をモデルが並べました（[\d.]+秒、途中で止めました）$/,
    );
    expect(chat.messages(last?.sessionId ?? '').at(-1)).toEqual(last);
  });
  test('a model that says what may not be said leaves the authored answer', async () => {
    const { chat } = await open(chooser(() => '残件は9,999件です。'));
    const answer = await answerTo(chat, QUESTION);
    expect(answer.text).not.toContain('9,999');
    expect(answer.body).toMatchObject({ wordedBy: 'composer', worded: { lines: 0, kept: null } });
    expect(noteOf(answer)?.ja).toBe('定型の文（モデルは並べ方を変えませんでした）');
  });
  test('a model that a person stopped before it chose is told as that', async () => {
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
    expect(noteOf(answers[1])?.ja).toBe('定型の文（モデルを途中で止めました）');
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
        choose: async () => {
          throw new AppError('models.no-memory', { need: 3500 });
        },
      } satisfies ChoiceModel,
      'failed',
      '定型の文（モデルが動きませんでした：モデルに必要なメモリ (約 3,500 MB) を確保できません）',
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
});

describe('models are made ready for a question', () => {
  const made = ({ choices }: Chooser): number => choices.filter((c) => c.slots.length === 0).length;
  const named = (modelId: string): Chooser => ({ ...chooser(() => ''), modelId });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));
  test('when the chat is opened or somebody begins to type, once a minute', async () => {
    const model = named('a');
    const { chat, clock } = await open(model);
    chat.prepare('ja');
    chat.prepare('ja');
    await expect.poll(() => made(model)).toBe(1);
    clock.advance(20 * 60_000); // it has left memory meanwhile
    chat.prepare('ja');
    await expect.poll(() => made(model)).toBe(2);
    chat.prepare('en'); // begins with other words
    await expect.poll(() => made(model)).toBe(3);
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
    await expect.poll(() => made(first)).toBe(1);
    now = second;
    chat.rolesChanged();
    await expect.poll(() => made(second)).toBe(1);
    now = first;
    clock.advance(60 * 60_000); // nobody asked anything for long
    chat.rolesChanged();
    await settled();
    expect(made(first)).toBe(1);
    await chat.close();
  });
});
