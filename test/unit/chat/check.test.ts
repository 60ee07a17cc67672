import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../main/api/contract/common.ts';
import { type CheckInput, checkText } from '../../../main/chat/check.ts';
import { both, FactBook } from '../../../main/chat/facts.ts';
import { at, MASTER, NOW, SAPPORO, ZONE } from '../../helpers/hand-made-site.ts';

const book = new FactBook(NOW, ZONE);
const any = both('値', 'value');
book.items(1240, any, 0);
book.people(3, any, 0);
book.percent(0.87, any, 0);
book.percent(0.995, any, 0);
book.instant(at('16:00'), any, 0);
book.instant(at('16:30'), any, 0);
book.instant(at('9:00', 22), any, 0);
book.rate(410, any, 0);
book.minutes(85, any, 0);
book.personHours(4.5, any, 0);
book.date(NOW, any, 0);
book.cell(SAPPORO);
book.name('佐藤 花子', any);
book.score(2.75, 2, any, 0);
const facts: readonly Fact[] = book.facts;
const input = (lang: 'ja' | 'en'): CheckInput => ({
  facts,
  lang,
  allowedNames: ['横浜'],
  people: MASTER.operators.map((operator) => operator.name),
  places: MASTER.locations,
});

const CLEAN_JA = [
  '残件は1,240件です。',
  '残件は１，２４０件です。',
  '残件は1,240件、担当は3名です。',
  '間に合わない確率は87%です。',
  '間に合う確率は99%超です。',
  '納期は16:00です。',
  '16:00までに終わる見込みです。',
  '16:00から16:30までお願いします。',
  '11月22日 09:00に再開します。',
  '処理速度は毎時410件です。',
  'あと1時間25分かかります。',
  '不足は4.5人時です。',
  '2026年11月21日(土)の数字です。',
  '札幌 SS エントリ1は遅れそうです。',
  '佐藤 花子さんを動かします。',
  '平均スキルは2.75です。',
  '横浜は対象外です。',
  '一部の工程に余裕があります。',
  '一方、ほかの工程は順調です。',
  '一覧は提案カードにあります。',
  '一緒に確認してください。',
  '一時的な遅れです。',
  '一般的な原因です。',
  '統一された手順に従います。',
  '唯一の方法です。',
  '十分な余裕があります。',
  '余裕は十分にあります。',
  '余裕が不十分です。',
  '万が一に備えてください。',
  '手順を参照してください。',
  'ノウハウも参考になります。',
  '割り当てを変える案です。',
  '割合で示します。',
  '役割を確認してください。',
  '数値をご確認ください。',
  '時間を割く必要はありません。',
  '担当者に確認してください。',
  '管理者にお知らせください。',
  '皆さんで確認してください。',
  'お客様への連絡は不要です。',
  '同じ拠点から応援を出します。',
  '各拠点の状況を確認します。',
  '別の拠点に余裕があります。',
  '応援を出す拠点を選んでください。',
  '今のルールの中で最適です。',
  '承認するまで何も変わりません。',
  '記録が足りません。',
  '前半は順調でした。',
  '後半に遅れが出ています。',
  '人を動かす必要はありません。',
  '同時に進めてください。',
];
const CLEAN_EN = [
  'The backlog is 1,240 items.',
  'The chance of being late is 87%.',
  'It is >99% likely to make it.',
  'The deadline is 16:00.',
  'From 16:00 to 16:30 the team is short.',
  'It resumes at 22 Nov, 09:00.',
  'Work is running at 410 items/hour.',
  'It takes another 1 h 25 min.',
  'The shortage is 4.5 person-hours.',
  'These are the numbers of Sat, 21 Nov 2026.',
  '札幌 SS エントリ1 may be late.',
  'I propose moving 3 people.',
  'The mean skill is 2.75.',
  'Please approve it on the card if you agree.',
  'Nothing changes until you do.',
  'Someone else may be free.',
  'Everyone is busy.',
  'The present placement should make it.',
  'I can look it up.',
  'Toride keeps the records.',
  'Check the company database under Settings.',
  'The second look showed nothing new.'.replace('second', 'later'),
  'It was done at once.',
  'Often the system is slow.',
  'None of this is final.',
];
const PLANTED_JA = [
  '残件は1,241件です。',
  '残件は124件です。',
  '残件は11,240件です。',
  '残件は1,240,000件です。',
  '残件は１２４１件です。',
  '残件は①件です。',
  '残件は三千件です。',
  '残件は三件です。',
  '残件は3件です。',
  '残件は1.2万件です。',
  '残件は3万件です。',
  '残件は三億件です。',
  '残件は〇件です。',
  '残件は壱千件です。',
  '残件は数十件です。',
  '残件は数件です。',
  '残件は何百件もあります。',
  '残件は1,240件以上です。',
  '残件は1,240件未満です。',
  '残件は1,240件を超えています。',
  '残件は1,240件の倍です。',
  '残件は二倍です。',
  '残件は倍増しました。',
  '残件は半分になります。',
  '残件の半数が遅れます。',
  '大半が遅れます。',
  '残件の2割が遅れます。',
  '残件の二割が遅れます。',
  '残件の3分の1が遅れます。',
  '残件の三分の一が遅れます。',
  '担当は13名です。',
  '担当は3名ずつです。',
  '担当は-3名です。',
  '担当はマイナス3名です。',
  '担当はひとりです。',
  '担当は二人です。',
  '担当は3人です。',
  '担当はさんにんです。',
  '第3名です。',
  '確率は78%です。',
  '確率は0.87%です。',
  '確率は87.5%です。',
  '確率は８８％です。',
  '確率は八割です。',
  '確率は八十七パーセントです。',
  '確率は87%以上です。',
  '納期は16時半です。',
  '納期は16:31です。',
  '納期は16:00:30です。',
  '納期は午後4時です。',
  '納期は十六時です。',
  '納期は正午です。',
  '納期は明日です。',
  '納期は月曜です。',
  '納期は来週です。',
  '納期は11月23日です。',
  '納期は2026/11/21です。',
  '㍘に終わります。',
  '平均は½です。',
  'スキルはⅢです。',
  'スキルは3️⃣です。',
  '一番目の候補です。',
  '三回目です。',
  'ダブルで進めます。',
  'スリー名で足ります。',
  '鈴木 一郎さんを動かします。',
  '鈴木さんを動かします。',
  '高橋三千代が行きます。',
  '田中さんを動かします。',
  '葛城氏に頼みます。',
  '山本課長に確認してください。',
  '盛岡から応援を出します。',
  '名古屋から応援を出します。',
  '東京の拠点が空いています。',
  '川口センターが空いています。',
  '秋田県の応援です。',
  'Tanakaさんを動かします。',
  '残件は{{f1}}です。',
  '残件は1,\u200b241件です。',
];
const PLANTED_EN = [
  'The backlog is 1,241 items.',
  'The backlog is 240 items.',
  'The backlog is over 1,240 items.',
  'The backlog is 1,240 items or more.',
  'The backlog is at least 1,240 items.',
  'The backlog is twelve hundred items.',
  'The backlog is a dozen items.',
  'The backlog doubled.',
  'The backlog is twice as high.',
  'Half of it is late.',
  'A third of it is late.',
  'A quarter is left.',
  'The chance is 88%.',
  'The chance is 87.5%.',
  'The chance is eighty percent.',
  'Less than 87% is sure.',
  'I propose moving three people.',
  'I propose moving 3 persons.',
  'I propose moving 13 people.',
  'I propose moving minus 3 people.',
  'The deadline is 4 pm.',
  'The deadline is 16:30:15.',
  'The deadline is noon.',
  'The deadline is tomorrow.',
  'The deadline is Monday.',
  'The deadline is half past four.',
  'It is the second time.',
  'It is the 3rd time.',
  'Mr Tanaka should move.',
  'Ask Kowalski to move.',
  'Then Suzuki moves.',
  'Sapporo is late.',
  'The team in Berlin is late.',
  '盛岡 is late.',
  'Level III is needed.',
];

describe('what is covered by facts passes', () => {
  test.each(CLEAN_JA)('%s', (sentence) => expect(checkText(sentence, input('ja'))).toEqual([]));
  test.each(CLEAN_EN)('%s', (sentence) => expect(checkText(sentence, input('en'))).toEqual([]));
});
describe('what no fact says is refused', () => {
  test.each(PLANTED_JA)('%s', (sentence) => expect(checkText(sentence, input('ja'))).not.toEqual([]));
  test.each(PLANTED_EN)('%s', (sentence) => expect(checkText(sentence, input('en'))).not.toEqual([]));
});

test('a number of one unit does not vouch for the same digits of another', () => {
  const only = facts.filter((fact) => fact.text.ja === '3名');
  expect(checkText('担当は3名です。', { facts: only, lang: 'ja' })).toEqual([]);
  expect(checkText('残件は3件です。', { facts: only, lang: 'ja' })).toEqual([{ kind: 'number', text: '3' }]);
});

test('says what it refused and why', () => {
  expect(checkText('鈴木さんは16時半に名古屋へ行きます。', input('ja'))).toEqual(
    expect.arrayContaining([
      { kind: 'number', text: '16' },
      { kind: 'person', text: '鈴木' },
      { kind: 'place', text: '名古屋' },
    ]),
  );
});

test('no number slips in, however it is written: any digits of any script at any place of a clean sentence', () => {
  const digits = fc.constantFrom('0', '7', '７', '٣', '४', '⑤', '㉑', '四', '¾', '𝟗', '八百', '9.5', '12%');
  fc.assert(
    fc.property(
      fc.constantFrom(...CLEAN_JA, ...CLEAN_EN),
      digits,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (sentence, digit, share) => {
        const characters = [...sentence];
        const place = Math.floor(share * (characters.length + 1));
        const planted = [...characters.slice(0, place), digit, ...characters.slice(place)].join('');
        const lang = CLEAN_JA.includes(sentence) ? 'ja' : 'en';
        expect(checkText(planted, input(lang))).not.toEqual([]);
      },
    ),
    { numRuns: 1500 },
  );
});
