import { describe, expect, test } from 'vitest';
import { checkText } from '../../../main/chat/check.ts';
import type { Line } from '../../../main/chat/draft.ts';
import { both, FactBook } from '../../../main/chat/facts.ts';
import type { Wording } from '../../../main/chat/pipeline-types.ts';
import { carryOver, changeOf, topicOf } from '../../../main/chat/question.ts';
import type { NumberMention } from '../../../main/chat/types.ts';
import { joinLines, wordAnswer } from '../../../main/chat/word-answer.ts';
import { ManualClock } from '../../../main/clock.ts';
import { Cancelled } from '../../../main/errors.ts';
import { memoryLog } from '../../../main/log.ts';
import { at, NOW, SAPPORO, understood, ZONE } from '../../helpers/hand-made-site.ts';

const clock = new ManualClock(NOW);
const book = new FactBook(NOW, ZONE);
const label = both('値', 'value');
const cell = book.cell(SAPPORO);
const backlog = book.items(1240, label, 0);
const due = book.instant(at('16:00'), label, 0);
const lines: readonly Line[] = [
  { before: '', text: `${cell}の残件は${backlog}です。` },
  { before: '', text: `納期は${due}です。` },
];
const COMPOSED = '札幌 SS エントリ1の残件は1,240件です。納期は16:00です。';

const word = async (wording: Wording | undefined, signal = new AbortController().signal) => {
  const { log, lines: logged } = memoryLog(clock);
  const worded = [];
  for await (const line of wordAnswer({
    lines,
    facts: book.facts,
    lang: 'ja',
    names: { people: ['佐藤 花子'], places: ['盛岡'] },
    wording,
    patienceMs: 1000,
    clock,
    log,
    signal,
  }))
    worded.push(line);
  return { ...joinLines(worded), by: worded.map((line) => line.by), logged };
};
const says = (...pieces: string[]): Wording =>
  async function* () {
    yield* pieces;
  };

describe('a model may word an answer, and nothing more', () => {
  test('without a model the composer speaks', async () => {
    expect(await word(undefined)).toMatchObject({ text: COMPOSED, by: ['composer', 'composer'] });
  });
  test('an obedient wording takes the place of the composed lines, its slots filled by code, however it is cut', async () => {
    const answer = await word(says(`今、${cell}には{`, `{f2}}残って`, 'います。\nお約束', `は${due}です。`));
    expect(answer).toMatchObject({
      text: '今、札幌 SS エントリ1には1,240件残っています。お約束は16:00です。',
      by: ['model', 'model'],
    });
    expect(answer.marks.map((mark) => answer.text.slice(mark.start, mark.end))).toEqual([
      '札幌 SS エントリ1',
      '1,240件',
      '16:00',
    ]);
  });
  test.each([
    ['a number of its own', `${cell}の残件は${backlog}、実は9,999件です。`],
    ['a spelt-out number', `${cell}の残件は${backlog}、三千件に届きます。`],
    ['another line’s fact written out', `${cell}の残件は${backlog}、16:00まで。`],
    ['a person', `${cell}の残件は${backlog}で、佐藤さんが担当です。`],
    ['a place', `${cell}の残件は${backlog}で、盛岡も同じです。`],
    ['a fact left out', `${cell}の残件は多いです。`],
    ['a fact of another line', `${cell}の残件は${backlog}、納期は${due}です。`],
    ['a slot that does not exist', `${cell}の残件は{{f77}}です。`],
    ['a bent fact', `${cell}の残件は${backlog}以上です。`],
  ])('where it lies (%s) the composer’s line stands', async (_, lie) => {
    const answer = await word(says(`${lie}\nお約束は${due}です。`));
    expect(answer.text).toBe('札幌 SS エントリ1の残件は1,240件です。お約束は16:00です。');
    expect(answer.by).toEqual(['composer', 'model']);
  });
  test('an empty wording, and one that breaks off, leave the rest to the composer', async () => {
    expect((await word(says())).text).toBe(COMPOSED);
    const broken: Wording = async function* () {
      yield `${cell}には${backlog}あります。\n`;
      throw new Error('out of memory');
    };
    const answer = await word(broken);
    expect(answer.text).toBe('札幌 SS エントリ1には1,240件あります。納期は16:00です。');
    expect(answer.logged.some((line) => line.level === 'warn')).toBe(true);
  });
  test('a wording that falls silent is not waited for, and is told to stop', async () => {
    let told = false;
    const silent: Wording = (_facts, _draft, _lang, signal) => {
      signal.addEventListener('abort', () => {
        told = true;
      });
      return { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
    };
    const answer = word(silent);
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock.advance(1000);
    expect((await answer).text).toBe(COMPOSED);
    expect(told).toBe(true);
  });
  test('an abort does not wait for it either', async () => {
    const abort = new AbortController();
    const silent: Wording = () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) });
    const answer = word(silent, abort.signal);
    setTimeout(() => abort.abort(), 5);
    await expect(answer).rejects.toBeInstanceOf(Cancelled);
  });
  test('it never sees what it may not use: only facts, slots and the language', async () => {
    let seen: Parameters<Wording> | null = null;
    await word(async function* (...args) {
      seen = args;
      yield '';
    });
    expect(seen?.[1]).toEqual(lines.map((line) => line.text));
    expect(
      checkText((seen?.[1] ?? []).join('').replace(/\{\{f\d+\}\}/g, ''), { facts: [], lang: 'ja' }),
    ).toEqual([]);
  });
});

describe('a question that goes on from the one before', () => {
  const before = understood('delay_risk_detection', { location: '札幌', process: 'エントリ1' }).result;
  const yokohama = {
    mentions: [{ kind: 'location', value: '横浜', text: '横浜', start: 0, end: 2, score: 1 }],
  } as const;
  test.each(['じゃあ横浜は？', 'では横浜は', '横浜は？', 'and 横浜?', 'what about 横浜'])('%s', (text) => {
    const start = text.indexOf('横浜');
    const mentions = [{ ...yokohama.mentions[0], start, end: start + 2 }];
    const now = understood('simple_query', {
      location: '横浜',
      confidence: 0.3,
      rest: { mentions },
    });
    expect(carryOver(text, now, before)).toMatchObject({
      intent: 'delay_risk_detection',
      location: '横浜',
      process: 'エントリ1',
    });
  });
  test('a full question stands on its own', () => {
    const now = understood('simple_query', { location: '横浜', rest: { mentions: [...yokohama.mentions] } });
    expect(carryOver('横浜の残件数を教えてください', now, before)).toEqual(now.result);
  });
  test('the name picked on a clarify card completes the question it was asked for', () => {
    const now = understood('out_of_scope', {
      process: 'エントリ2',
      rest: {
        mentions: [{ kind: 'process', value: 'エントリ2', text: 'エントリ2', start: 0, end: 5, score: 1 }],
      },
    });
    expect(carryOver('エントリ2', now, before)).toMatchObject({
      intent: 'delay_risk_detection',
      location: '札幌',
      process: 'エントリ2',
    });
  });
  test('nothing is carried into a conversation’s first question', () => {
    const now = understood('simple_query');
    expect(carryOver('じゃあ横浜は？', now, null)).toEqual(now.result);
  });
});

describe('what a what-if supposes', () => {
  const number = (
    value: number,
    unit: NumberMention['unit'],
    change: NumberMention['change'],
  ): NumberMention => ({
    value,
    unit,
    change,
    text: '',
    start: 0,
    end: 0,
  });
  const none = { peopleDelta: 0, volumeFactor: 1, speedFactor: 1, itemsDelta: 0 };
  test.each([
    ['2人減ったら', [number(2, 'people', 'less')], { ...none, peopleDelta: -2 }],
    ['3人応援を足したら', [number(3, 'people', null)], { ...none, peopleDelta: 3 }],
    ['2人休んだら', [number(2, 'people', null)], { ...none, peopleDelta: -2 }],
    ['物量が20%増えたら', [number(20, 'percent', 'more')], { ...none, volumeFactor: 1.2 }],
    ['処理速度が30%落ちたら', [number(30, 'percent', 'less')], { ...none, speedFactor: 0.7 }],
    ['残件が2倍になったら', [number(2, 'times', null)], { ...none, volumeFactor: 2 }],
    ['500件増えたら', [number(500, 'items', 'more')], { ...none, itemsDelta: 500 }],
    ['システムが止まったら', [], { ...none, speedFactor: 0 }],
    ['what if the system goes down', [], { ...none, speedFactor: 0 }],
    ['どうなりますか', [], null],
    ['9999999人増えたら', [number(9_999_999, 'people', 'more')], { ...none, peopleDelta: 500 }],
  ] as const)('%s', (text, numbers, expected) => {
    const change = changeOf(text, understood('impact_analysis', { rest: { numbers: [...numbers] } }));
    expect(change).toEqual(expected === null ? null : expect.objectContaining(expected));
  });
});

test.each([
  ['札幌の残件は？', 'backlog'],
  ['納期はいつですか', 'deadlines'],
  ['処理速度を教えて', 'throughput'],
  ['何人いますか', 'staffing'],
  ['補正ができる人は', 'skills'],
  ['今日の欠勤', 'attendance'],
  ['生産性の推移', 'trend'],
  ['How many items are waiting?', 'backlog'],
  ['Who is on it?', 'staffing'],
  ['補正の手順', null],
])('%s asks for %s', (text, topic) => expect(topicOf(text)).toBe(topic));
