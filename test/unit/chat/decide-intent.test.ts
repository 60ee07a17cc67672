import { describe, expect, test } from 'vitest';
import { INTENTS, type Intent } from '../../../main/api/contract/chat.ts';
import {
  calibrateIntent,
  fitWeight,
  type IntentCalibration,
  type Judged,
  weigh,
} from '../../../main/chat/calibrate-intent.ts';
import { CALIBRATION_QUESTIONS } from '../../../main/chat/calibration-questions.ts';
import { decideIntent, SURE_ENOUGH } from '../../../main/chat/decide-intent.ts';
import { INTENT_SYSTEM, INTENT_WORDS, intentRequest } from '../../../main/chat/prompts/intent-prompt.ts';
import type { Understanding } from '../../../main/chat/types.ts';
import { createUnderstanding } from '../../../main/chat/understand.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { AppError } from '../../../main/kernel/errors.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import type { ChoiceModel } from '../../../main/llm/types.ts';
import { MASTER, NOW, understood } from '../../helpers/hand-made-site.ts';
import { chooser, writer } from '../../helpers/stand-in-models.ts';

const even = Object.fromEntries(INTENTS.map((i) => [i, 1 / INTENTS.length])) as Record<Intent, number>;
const calibration: IntentCalibration = {
  version: 1,
  modelId: 'stand-in-chooser',
  prior: even,
  weight: 1,
  questions: 45,
  lossAlone: 1,
  lossTogether: 0.5,
  rightModel: 40,
  rightClassifier: 30,
  rightTogether: 42,
  scored: true,
  at: NOW,
};
const unsure = (first: Intent, second: Intent, rest: Partial<Understanding> = {}): Understanding =>
  understood(first, {
    confidence: 0.45,
    rest: {
      scores: INTENTS.map((intent) => ({
        intent,
        p: intent === first ? 0.45 : intent === second ? 0.4 : 0.15 / 7,
      })),
      ...rest,
    },
  });
const decide = async (
  read: Understanding,
  model: ChoiceModel | null,
  over: Partial<{ calibration: IntentCalibration | null; clock: ManualClock }> = {},
) => {
  const clock = over.clock ?? new ManualClock(NOW);
  return decideIntent('質問です', read, {
    model,
    calibration: over.calibration === undefined ? calibration : over.calibration,
    master: MASTER,
    clock,
    log: memoryLog(clock).log,
    patienceMs: 1000,
    signal: new AbortController().signal,
  });
};
const says = (intent: Intent, p = 0.9) => chooser(() => INTENT_WORDS[intent], p);

describe('the ladder', () => {
  test('a sure classifier is not doubted, and no model is asked', async () => {
    const model = says('log_investigation');
    const sure = understood('simple_query', { confidence: SURE_ENOUGH });
    expect(await decide(sure, model)).toEqual({ understanding: sure, by: 'classifier' });
    expect(model.choices).toHaveLength(0);
  });
  test('an unsure one is decided by both together, and what follows from the intent follows', async () => {
    const read = unsure('simple_query', 'deadline_optimization');
    const { understanding, by } = await decide(read, says('deadline_optimization'));
    expect(by).toBe('model');
    expect(understanding.result).toMatchObject({ intent: 'deadline_optimization', requires_action: true });
    expect(understanding.result.confidence).toBeGreaterThan(0.8);
    expect(understanding.scores.reduce((sum, s) => sum + s.p, 0)).toBeCloseTo(1);
  });
  test('a model that agrees makes it surer', async () => {
    const { understanding, by } = await decide(
      unsure('simple_query', 'log_investigation'),
      says('simple_query'),
    );
    expect([by, understanding.result.intent]).toEqual(['kept', 'simple_query']);
    expect(understanding.result.confidence).toBeGreaterThan(0.45);
  });
  test('both unsure and apart: the confidence stays low, so that the person is asked', async () => {
    const model = says('impact_analysis', 0.3);
    const { understanding } = await decide(unsure('simple_query', 'productivity_analysis'), model);
    expect(understanding.result.confidence).toBeLessThan(0.5);
  });
  test.each([
    ['none plays the role', null, calibration],
    ['it was never measured', says('log_investigation'), null],
    ['it adds nothing', says('log_investigation'), { ...calibration, weight: 0 }],
  ])('the classifier answers at once where %s', async (_, model, measured) => {
    const read = unsure('simple_query', 'log_investigation');
    expect(await decide(read, model, { calibration: measured })).toEqual({
      understanding: read,
      by: 'classifier',
    });
  });
  test('a model that is too slow is not waited for, and is told to stop', async () => {
    const clock = new ManualClock(NOW);
    let stopped = false;
    const slow: ChoiceModel = {
      ...says('log_investigation'),
      choose: (_request, signal) => {
        signal.addEventListener('abort', () => {
          stopped = true;
        });
        return new Promise(() => {});
      },
    };
    const read = unsure('simple_query', 'log_investigation');
    const decided = decide(read, slow, { clock });
    await Promise.resolve();
    clock.advance(1000);
    expect(await decided).toEqual({ understanding: read, by: 'late' });
    expect(stopped).toBe(true);
  });
  test('a model that breaks leaves the classifier’s answer', async () => {
    const broken: ChoiceModel = {
      ...says('log_investigation'),
      choose: () => Promise.reject(new Error('gone')),
    };
    expect((await decide(unsure('simple_query', 'log_investigation'), broken)).by).toBe('failed');
  });
  test('a model that has no room beside another leaves the classifier’s answer, and writes nothing instead', async () => {
    const json = writer(() => '{"intent":"log"}');
    const homeless: ChoiceModel = {
      ...json,
      choose: () => Promise.reject(new AppError('models.no-memory', { need: 400 })),
    };
    const read = unsure('simple_query', 'log_investigation');
    expect(await decide(read, homeless)).toEqual({ understanding: read, by: 'no-room' });
    expect(json.writes).toEqual([]);
  });
  test('where slots cannot be scored it writes JSON under a grammar', async () => {
    const json = writer(() => '{"intent":"log"}');
    const server: ChoiceModel = {
      ...json,
      choose: () =>
        Promise.reject(new AppError('models.server-answer', { detail: 'no logprobs', host: 'h' })),
    };
    const { understanding, by } = await decide(unsure('simple_query', 'log_investigation'), server);
    expect([by, understanding.result.intent]).toEqual(['model', 'log_investigation']);
    expect(json.writes[0]?.schema).toMatchObject({ required: ['intent'] });
  });
});

describe('names', () => {
  const mentions = ['札幌', '横浜'].map((value, i) => ({
    kind: 'location' as const,
    value,
    text: value,
    start: i * 3,
    end: i * 3 + 2,
    score: 1,
  }));
  const read = unsure('simple_query', 'deadline_optimization', { mentions });
  const withSite = { ...read, result: { ...read.result, location: '札幌' } };
  test('a model that is very sure picks among the names that were found; others it cannot name', async () => {
    const picks = (option: string) =>
      chooser((slot) => (slot === 'location' ? option : INTENT_WORDS.deadline_optimization), 0.99);
    expect((await decide(withSite, picks('2'))).understanding.result.location).toBe('横浜');
    expect((await decide(withSite, picks('1'))).understanding.result.location).toBe('札幌');
    expect((await decide(withSite, picks('名古屋'))).understanding.result.location).toBe('札幌');
  });
  test('a word that fits several names stays open unless the model is very sure', async () => {
    const ambiguous = [
      {
        kind: 'process' as const,
        candidates: ['エントリ1', 'エントリ2'],
        text: 'エントリ',
        start: 0,
        end: 4,
      },
    ];
    const open = unsure('simple_query', 'deadline_optimization', { ambiguous });
    const picks = (p: number) =>
      chooser((slot) => (slot === 'process' ? '2' : INTENT_WORDS.deadline_optimization), p);
    expect((await decide(open, picks(0.8))).understanding.ambiguous).toHaveLength(1);
    const sure = (await decide(open, picks(0.99))).understanding;
    expect([sure.result.process, sure.ambiguous]).toEqual(['エントリ2', []]);
  });
  test('one name alone is not put to the vote', () => {
    const request = intentRequest('札幌の残件', { location: ['札幌'], process: [], business: [] });
    expect(request.slots.map((slot) => slot.name)).toEqual(['intent']);
  });
});

describe('the prompt', () => {
  test('begins with the same words for every question, and a pasted novel does not make it long', () => {
    const none = { location: [], process: [], business: [] };
    expect(intentRequest('a', none).system).toBe(INTENT_SYSTEM);
    expect(intentRequest('長い文'.repeat(3000), none).user.length).toBeLessThan(500);
  });
  test('no option is the beginning of another', () => {
    const words = Object.values(INTENT_WORDS);
    for (const a of words) for (const b of words) if (a !== b) expect(b.startsWith(a)).toBe(false);
  });
});

describe('how far a model’s word is taken', () => {
  const right = (p: number) => {
    const byText = new Map(CALIBRATION_QUESTIONS.map(({ text, intent }) => [text, intent]));
    return chooser((_slot, { user }) => {
      const text = user.replace('質問: ', '');
      return INTENT_WORDS[byText.get(text) ?? 'out_of_scope'];
    }, p);
  };
  const signal = new AbortController().signal;
  test('a good one earns weight, and both together lose nothing against the classifier', async () => {
    const measured = await calibrateIntent(right(0.8), NOW, signal);
    expect(measured.weight).toBeGreaterThan(0.3);
    expect(measured.rightTogether).toBeGreaterThanOrEqual(measured.rightClassifier);
    expect(measured.lossTogether).toBeLessThan(measured.lossAlone);
  });
  test('one that always says the same, or anything, gets none', async () => {
    expect(
      (
        await calibrateIntent(
          chooser(() => 'late', 0.9),
          NOW,
          signal,
        )
      ).weight,
    ).toBe(0);
    let n = 0;
    const random = chooser(() => Object.values(INTENT_WORDS)[(n++ * 7) % 9] ?? 'late', 0.6);
    expect((await calibrateIntent(random, NOW, signal)).weight).toBeLessThan(0.2);
  });
  test('a leaning towards one word is taken out', () => {
    const leaning = { ...even, simple_query: 0.8 };
    const judged: Judged[] = [];
    expect(fitWeight(judged, leaning).weight).toBe(0);
    const [best] = weigh(
      [],
      { ...even, simple_query: 0.5, log_investigation: 0.4 },
      { prior: leaning, weight: 1 },
    );
    expect(best?.intent).toBe('log_investigation');
  });
  test('the questions are balanced and none of them is one the classifier learnt or is measured on', () => {
    const counts = Map.groupBy(CALIBRATION_QUESTIONS, (q) => q.intent);
    expect([...counts.values()].every((list) => list.length === 5)).toBe(true);
    expect(createUnderstanding(() => MASTER)(CALIBRATION_QUESTIONS[0]?.text ?? '').scores).toHaveLength(9);
  });
});
