import { expect, test } from 'vitest';
import { quoteOf } from '../../../main/chat/quote-know-how.ts';

test.each([
  ['短い文。', '短い文。'],
  ['あ'.repeat(200), `${'あ'.repeat(90)}…`],
  ['手順を守る。'.repeat(20), '手順を守る。'.repeat(15)],
  ['改行\nと {{f1}} 括弧', '改行 と f1 括弧'],
])('a know-how text is quoted by its beginning', (text, quote) => expect(quoteOf(text)).toBe(quote));

test.each([
  ['# Procedure 77\nWhen the scanner stops, turn it off.', 'When the scanner stops, turn it off.'],
  ['## 回線\n業者に電話する。', '業者に電話する。'],
  ['手順\n====\n業者に電話する。', '業者に電話する。'],
  ['■ 連絡先\n業者に電話する。', '業者に電話する。'],
  [
    '**必ず** `systemctl restart auth` を *一度だけ* 実行する。',
    '必ず systemctl restart auth を 一度だけ 実行する。',
  ],
  ['- 電源を切る\n- [ ] 3分待つ\n1. 入れ直す', '電源を切る 3分待つ 1. 入れ直す'],
  ['> 急ぐときは[連絡網](https://example.jp/a)を見る。', '急ぐときは連絡網を見る。'],
  ['| 機器 | 内線 |\n|---|---|\n| KX-1 | 2001 |', '機器、内線 KX-1、2001'],
  ['---\n~~古い~~ 新しい手順。\n```\nreboot\n```', '古い 新しい手順。 reboot'],
])('without the marks of Markdown and without headings: %j', (text, quote) =>
  expect(quoteOf(text)).toBe(quote),
);

test.each([
  '表 rag_context と daily_assignments を見る。',
  '*.log と *.txt を消す。',
  '2 * 3 * 4 を計算する。',
  '番号#123の障害。',
  '-5度から+5度まで。',
])('what only looks like a mark stays: %s', (text) => expect(quoteOf(text)).toBe(text));

test('a text that is all headings is quoted by them', () => {
  expect(quoteOf('# 回線障害の連絡先\n## 内線100')).toBe('回線障害の連絡先 内線100');
});
