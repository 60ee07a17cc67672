import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questions } from '../../helpers/questions/question.ts';
import { readAll } from '../../helpers/questions/read-questions.ts';

const asked = questions('open');
const piece = fc.oneof(
  fc.constantFrom(...asked.map((q) => q.q)),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '札幌',
    'エントリ1',
    '残件',
    '3人',
    '先週',
    '15時まで',
    '高橋さん',
    'not',
    ' ',
    '？',
    '。',
    '😂',
    'がぎ',
  ),
);
const text = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(''));

describe('the account of a question', () => {
  it('covers any text from end to end without overlap', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('ja' as const, 'en' as const), (said, lang) => {
        const { account } = readAll([said], lang);
        expect(account.map((s) => s.text).join('')).toBe(said);
        expect(account.every((s, i) => s.start === (account[i - 1]?.end ?? 0) && s.end > s.start)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('tells what else a question may mean nearly as well, each time with an account of its own', () => {
    const competing = asked.flatMap(({ q, lang, before }) => {
      const reading = readAll([...before, q], lang);
      return reading.rivals.length > 0 ? [reading] : [];
    });
    expect(competing).not.toHaveLength(0);
    // most questions have one reading only
    expect(competing.length).toBeLessThan(asked.length / 8);
    for (const { text: said, plans, rivals } of competing)
      for (const rival of rivals) {
        expect(rival.plans).not.toEqual(plans);
        expect(rival.account.map((s) => s.text).join('')).toBe(said);
      }
  });

  it.each(['離職率', 'フォークリフト', '委託先', '雨', '特急', 'ムラサキ', '正社員'])(
    'says that %s is not understood',
    (word) => {
      const { account, outcome } = readAll([`札幌の${word}の残件は？`], 'ja');
      expect(account.some((s) => s.state === 'not-understood' && s.text.includes(word))).toBe(true);
      expect(outcome).toBe('not-understood');
    },
  );
  it.each(['attrition', 'handwritten', 'urgent', 'women', 'express'])(
    'says that %s is not understood',
    (word) => {
      const { account } = readAll([`How many ${word} items are waiting in Sapporo?`], 'en');
      expect(account.find((s) => s.text.includes(word))?.state).toBe('not-understood');
    },
  );

  it('takes no content word for an empty one: a name, number, time or measure is used or said', () => {
    const content = /残件|到着|欠勤|札幌|横浜|エントリ|\d|先週|昨日|backlog|Sapporo|Yokohama|week|yesterday/;
    for (const { q, lang, before } of asked)
      for (const span of readAll([...before, q], lang).account)
        if (span.state === 'neutral') expect(span.text, q).not.toMatch(content);
  });

  it('names the nearest where a name is none here', () => {
    const span = readAll(['名古屋の残件は？'], 'ja').account.find((s) => s.text === '名古屋');
    expect(span).toMatchObject({ state: 'not-understood', field: 'no-such-location' });
    expect(span?.nearest).toContain('札幌');
  });
  it('asks which of three people is meant, with their names', () => {
    const { asks, outcome } = readAll(['高橋さんのスキルは？'], 'ja');
    expect(outcome).toBe('ask');
    expect(asks[0]?.choices).toHaveLength(3);
  });
  it.each([
    ['本社に聞かれておりますので、横浜の残件を教えてください', 'ja', '本社'],
    ['My boss keeps phoning, so how many items are waiting in Yokohama?', 'en', 'boss'],
    ['How many items are waiting in Yokohama? Our auditor wants the figure.', 'en', 'auditor'],
  ] as const)('takes what is told beside the question for no part of it: %s', (q, lang, word) => {
    const { account, outcome, plans } = readAll([q], lang);
    expect(outcome).toBe('plan');
    expect(plans).toMatchObject([{ act: 'measure', query: { measures: ['backlog'] } }]);
    expect(account.find((s) => s.text.includes(word))?.state).toBe('used');
  });
  it('leaves out the place that another looks after, where the others are asked for', () => {
    const { plans } = readAll(['大阪は別の者が見ておりますので、それ以外の拠点の残件をお願いします'], 'ja');
    expect(plans).toMatchObject([
      { query: { measures: ['backlog'], where: [{ dimension: 'location', values: ['大阪'], not: true }] } },
    ]);
  });
  it('says a name that nobody here has, also beside the question', () => {
    const q = 'I was told that Hiroshima took over some work. How many items are waiting in Osaka?';
    const span = readAll([q], 'en').account.find((s) => s.text === 'Hiroshima');
    expect(span?.state).toBe('not-understood');
  });
  it('never mends a word that is one: last stays last', () => {
    expect(readAll(['Productivity of Sapporo last week'], 'en').plans).toMatchObject([
      { act: 'measure', query: { order: null, window: { days: { kind: 'week', offset: -1 } } } },
    ]);
  });
});
