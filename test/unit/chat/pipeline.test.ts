import { describe, expect, test } from 'vitest';
import { carryOver, changeOf, topicOf } from '../../../main/chat/question.ts';
import type { NumberMention } from '../../../main/chat/types.ts';
import { understood } from '../../helpers/hand-made-site.ts';

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
