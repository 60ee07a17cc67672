import { describe, expect, it } from 'vitest';
import { askedLatin, askedMarks, marksOf } from '../../../main/knowledge/exact-marks.ts';

/** What the question names exactly and the text holds. */
const shared = (question: string, text: string): boolean => {
  const held = marksOf(text);
  return askedMarks(question).some((spellings) => spellings.some((spelling) => held.has(spelling)));
};

describe('a form, machine or error number', () => {
  it.each([
    'KX-123',
    'ＫＸ－１２３',
    'KX‑123',
    'KX‐123',
    'KXー１２３',
    'kx123',
    'KX 123',
    'KX_123',
    'KX/123',
    'ＫＸ　１２３',
  ])('is one and the same written %s', (spelling) => {
    expect(shared(`${spelling} が止まったら`, '機器番号 KX-123 の手順。')).toBe(true);
    expect(shared('KX-123 が止まったら', `機器番号 ${spelling} の手順。`)).toBe(true);
  });

  it.each([
    ['手順番号 1123 は？', '手順番号：１１２３'],
    ['手順77を教えて', '# 手順 77\n確認する。'],
    ['印刷手順77を教えて', '手順77'],
    ['What is step 7?', 'Step no. 7: close the lid.'],
    ['3号機が動かない', '３号機は奥にある。'],
    ['エラー E102', 'コードE102が出る。'],
    ['10.0.0.5 につながらない', '予備は10.0.0.5である。'],
    ['帳票 1,234 の読み方', '帳票1234'],
    ['KX-123 の蓋', '型番 SCAN-KX-123-B の蓋を開ける。'],
  ])('%s is about %s', (question, text) => {
    expect(shared(question, text)).toBe(true);
  });

  it.each([
    ['KX-123 が止まった', '機器番号 KX-1234'],
    ['KX-123 が止まった', '機器番号 KX-124、LX-123'],
    ['手順77', '手順 78。77件まで。'],
    ['手順77', '応援は77人まで。'],
  ])('%s is not about %s', (question, text) => {
    expect(shared(question, text)).toBe(false);
  });
});

it.each([
  '30分で終わりますか',
  '残件が1200件あるとき',
  '３名が休んだ',
  '16:00の納期に遅れる',
  '2026-11-22の配置',
  '1.5倍かかる',
  '５～１０人で対応する',
  'within 30 minutes',
  'at 17',
  'the 2 machines',
  '20min後に戻る',
  '100% になった',
  '1st',
])('names nothing with an amount, a date or a time: %s', (question) => {
  expect(askedMarks(question)).toEqual([]);
});

it('hears Latin words in a Japanese question, and capitals in an English one', () => {
  expect(askedLatin('VPN に login できない。OK?')).toEqual(['vpn', 'login']);
  expect(askedLatin('What do I do when the VPN is down today?')).toEqual(['vpn']);
  expect(askedLatin('WHAT DO I DO TODAY')).toEqual([]);
});
