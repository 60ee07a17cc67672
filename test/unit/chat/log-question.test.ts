// Which time a question about logs means, and what is left of its words.
import { expect, it } from 'vitest';
import { logQuestion } from '../../../main/chat/log-question.ts';
import { createUnderstanding } from '../../../main/chat/understand.ts';
import { instantOf } from '../../../main/kernel/clock.ts';

const ZONE = 'Asia/Tokyo';
const at = (date: string, clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return instantOf(date, hours * 60 + minutes, ZONE);
};
/** a Saturday */
const NOW = at('2026-11-21', '15:20');
const understand = createUnderstanding(() => ({
  locations: ['札幌'],
  businesses: [],
  processes: ['エントリ1'],
  operators: [],
}));
const ask = (text: string) => logQuestion({ text, understanding: understand(text) }, NOW, ZONE);
const span = (from: [string, string], to: [string, string]) => ({ from: at(...from), to: at(...to) });
const DAY = '2026-11-21';
const BEFORE = '2026-11-20';

it.each([
  ['昨日のシステム障害は？', span([BEFORE, '0:00'], [DAY, '0:00'])],
  ['今日のエラーを見せて', span([DAY, '0:00'], [DAY, '15:20'])],
  ['11月19日のログを調べて', span(['2026-11-19', '0:00'], [BEFORE, '0:00'])],
  ['昨日の15時ごろのエラー', span([BEFORE, '14:30'], [BEFORE, '15:30'])],
  ['10時から12時までのログ', span([DAY, '10:00'], [DAY, '12:00'])],
  ['昨日の18時以降のエラーログ', span([BEFORE, '18:00'], [DAY, '0:00'])],
  // a quarter to midnight has not come yet: it is last night's
  ['23時台のエラー', span([BEFORE, '23:00'], [DAY, '0:00'])],
  ['9時〜10時のログを調べて', span([DAY, '9:00'], [DAY, '10:00'])],
  ['昨日の9-10時のエラー', span([BEFORE, '9:00'], [BEFORE, '10:00'])],
  ['9:00~10:00のエラー', span([DAY, '9:00'], [DAY, '10:00'])],
  ['What happened in the logs between 9:00 and 10:00?', span([DAY, '9:00'], [DAY, '10:00'])],
  ['Show the errors of yesterday from 2:00 to 3:00 pm', span([BEFORE, '14:00'], [BEFORE, '15:00'])],
  // of a Saturday: the last Monday, the Sunday before, the date of a year ago
  ['月曜日のエラー', span(['2026-11-16', '0:00'], ['2026-11-17', '0:00'])],
  ['日曜の障害は？', span(['2026-11-15', '0:00'], ['2026-11-16', '0:00'])],
  ['12月1日のエラー', span(['2025-12-01', '0:00'], ['2025-12-02', '0:00'])],
  ['直近30分のエラー', span([DAY, '14:50'], [DAY, '15:20'])],
  ['過去3時間のシステムログ', span([DAY, '12:20'], [DAY, '15:20'])],
  ['What errors were logged yesterday?', span([BEFORE, '0:00'], [DAY, '0:00'])],
  ['errors in the last 2 hours', span([DAY, '13:20'], [DAY, '15:20'])],
  ['system errors from 9:00', span([DAY, '9:00'], [DAY, '15:20'])],
])('%s', (text, expected) => {
  expect(ask(text).span).toEqual(expected);
});
it.each(['ログにエラーはある？', '明日の障害は？', '処理が30分止まったログ'])('%s means now', (text) => {
  expect(ask(text).span).toBeNull();
});
it('what names the time is not searched for', () => {
  expect(ask('昨日のタイムアウトのログ').text).not.toContain('昨日');
  expect(ask('昨日のタイムアウトのログ').text).toContain('タイムアウト');
  expect(ask('処理が30分止まったログ').text).toContain('30分');
  expect(ask('What happened in the logs between 9:00 and 10:00?').text).not.toContain('between');
  expect(ask('9時〜10時のログ').text.trim()).toBe('のログ');
});
it('whether people or the system make a delay is no text to be found in a log', () => {
  expect(ask('今日の遅れは人の問題ですか、システムの問題ですか').text).toBe('');
  expect(ask('Is the delay a people or a system problem?').text).toBe('');
  expect(ask('エントリ1の遅れは人ですか、システムですか').text).toBe('');
  expect(ask('札幌の遅れは人？システム？').text).toBe('');
  expect(ask('人とシステム、どちらですか').text).toBe('');
  expect(ask('人員マスタの取込でシステムが止まったログ').text).not.toBe('');
  expect(ask('システムの遅延のログ').text).not.toBe('');
});
