import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../main/api/contract/common.ts';
import type { Message } from '../../../main/chat/contract/chat.ts';
import { cutAtMarks, partsOf, withTails } from '../../../renderer/screens/chat/answer-text.ts';
import { allSteps, questionOf, withLive } from '../../../renderer/screens/chat/thread-model.ts';
import { readAsk } from '../../../renderer/screens/proposals/solve-query.ts';
import { applyEvent, isArranging, isWriting, type Live } from '../../../renderer/stores/conversations.ts';

const fact = (id: string): Fact => ({
  id,
  value: 1,
  unit: 'items',
  label: { ja: '残件', en: 'backlog' },
  text: { ja: '1件', en: '1 item' },
  table: 0,
});
const message = (id: string, role: Message['role'], text = id): Message => ({
  id,
  sessionId: 's',
  role,
  text,
  at: 0,
  body: {
    lang: 'ja',
    understood: null,
    steps: [],
    facts: [],
    tables: [],
    citations: [],
    proposalId: null,
    alertIds: [],
    clarify: null,
    marks: [],
    wordedBy: 'composer',
    reading: null,
    chips: [],
    next: [],
    charts: [],
    focus: null,
    stopped: false,
    error: null,
  },
});
const live: Live = {
  question: { sessionId: null, text: 'q', lang: 'ja' },
  state: 'writing',
  asked: null,
  steps: [],
  text: '',
  answer: null,
  arranged: null,
  error: null,
};

describe('the text of an answer', () => {
  it('marks the numbers that have rows behind them', () => {
    const pieces = cutAtMarks('残件は727件です', [{ fact: 'f1', start: 3, end: 7 }], [fact('f1')]);
    expect(pieces.map((p) => [p.text, p.fact?.id ?? null])).toEqual([
      ['残件は', null],
      ['727件', 'f1'],
      ['です', null],
    ]);
  });
  it('never loses or doubles a character, whatever the marks say', () => {
    const mark = fc.record({ fact: fc.constant('f1'), start: fc.nat(30), end: fc.nat(40) });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(mark), (text, marks) => {
        expect(
          cutAtMarks(text, marks, [fact('f1')])
            .map((p) => p.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('a conversation while it is written', () => {
  it('shows all five steps from the start and keeps each at its place', () => {
    const running = applyEvent(live, {
      kind: 'step',
      step: { step: 'evidence', state: 'running', ms: null, note: null },
    });
    const done = applyEvent(running, {
      kind: 'step',
      step: { step: 'evidence', state: 'done', ms: 12, note: null },
    });
    expect(allSteps(done.steps).map((s) => `${s.step} ${s.state}`)).toEqual([
      'intent waiting',
      'evidence done',
      'proposal waiting',
      'wording waiting',
      'check waiting',
    ]);
  });
  it('grows by what is streamed and ends with the stored answer, once', () => {
    const question = message('q', 'user');
    const answer = message('a', 'assistant', '遅れません');
    const ended = [
      { kind: 'asked', message: question } as const,
      { kind: 'delta', text: '遅れ' } as const,
      { kind: 'delta', text: 'ません' } as const,
      { kind: 'answered', message: answer } as const,
    ].reduce(applyEvent, live);
    expect([ended.text, ended.state]).toEqual(['遅れません', 'ended']);
    expect(withLive([], ended).map((m) => m.id)).toEqual(['q', 'a']);
    expect(withLive([question, answer], ended).map((m) => m.id)).toEqual(['q', 'a']);
    expect(questionOf([question, answer], answer)?.id).toBe('q');
  });
});

describe('an answer that a model puts into its words', () => {
  const question = message('q', 'user');
  const answer = message('a', 'assistant', '残件は1,240件です。');
  const given = [
    { kind: 'asked', message: question } as const,
    { kind: 'answered', message: answer, arranging: true } as const,
  ].reduce(applyEvent, live);
  const revised = applyEvent(given, {
    kind: 'revised',
    messageId: 'a',
    text: '今、残件は1,240件です。',
    marks: [{ fact: 'f1', start: 5, end: 11 }],
    done: 1,
    of: 3,
  });
  it('is complete from the start: the next question may be asked', () => {
    expect([isWriting(given), isArranging(given)]).toEqual([false, true]);
  });
  it('is shown as it is by now, marks and all, also beside its stored self', () => {
    expect(withLive([question, answer], revised).map((m) => m.text)).toEqual([
      'q',
      '今、残件は1,240件です。',
    ]);
    expect(revised.answer?.body.marks).toEqual([{ fact: 'f1', start: 5, end: 11 }]);
    expect(revised.arranged).toEqual({ done: 1, of: 3 });
  });
  it('ends with what was stored', () => {
    const ended = applyEvent(revised, { kind: 'answered', message: answer });
    expect([ended.state, ended.arranged, ended.answer]).toEqual(['ended', null, answer]);
  });
});

describe('a structured answer', () => {
  it('is parted at its headings, and loses nothing', () => {
    const text = '対策\n動かします。\n\n次の確認\n見てください。';
    const sections = [
      { key: 'a', start: 0, end: 2, bodyEnd: 9 },
      { key: 'b', start: 11, end: 15, bodyEnd: 23 },
    ];
    const parts = partsOf(text, sections);
    expect(parts.map((p) => p.isHeading)).toEqual([true, false, true, false]);
    expect(parts.map((p) => text.slice(p.start, p.end)).join('')).toBe(text);
    expect(partsOf('一文です。', undefined)).toEqual([{ key: 'rest', isHeading: false, start: 0, end: 5 }]);
  });
});

describe('the address of a new proposal', () => {
  it('asks for nothing unless it names something', () => {
    expect(readAsk({})).toBeNull();
    expect(readAsk({ location: '札幌', business: '523201', process: 'エントリ1', alert: 'a1' })).toEqual({
      location: '札幌',
      businessId: '523201',
      process: 'エントリ1',
      alertId: 'a1',
      horizon: 'today',
    });
    expect(readAsk({ horizon: 'next-day' })).toEqual({ horizon: 'next-day' });
  });
});

it('punctuation behind a number goes with it, so that no line begins with it', () => {
  const text = 'ocrが4件、webが4件です（4件）。';
  const mark = (id: string, start: number) => ({ fact: id, start, end: start + 2 });
  const pieces = cutAtMarks(text, [mark('a', 4), mark('b', 11), mark('c', 16)], ['a', 'b', 'c'].map(fact));
  const told = withTails(pieces).map((piece) => [piece.text, piece.tail]);
  expect(told).toEqual([
    ['ocrが', ''],
    ['4件', '、'],
    ['webが', ''],
    ['4件', ''],
    ['です（', ''],
    ['4件', '）。'],
  ]);
});
