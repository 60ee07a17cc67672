import { describe, expect, test } from 'vitest';
import { wordChange } from '../../../main/placement/contract/words.ts';
import { type RuleNames, readRules } from '../../../main/placement/rules/parse-rule.ts';

const NAMES: RuleNames = {
  locations: ['札幌', '盛岡', '品川', '横浜'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '600100', name: 'MK' },
  ],
  operators: [
    { id: 'OP-1', name: '田中 花子' },
    { id: 'OP-2', name: '佐藤 一郎' },
    { id: 'OP-3', name: '佐藤 次郎' },
  ],
};
const read = (text: string): unknown[] =>
  readRules(text, NAMES).map(({ change }) => {
    if (change.kind === 'priority') return change;
    const { id: _, ...constraint } = change.constraint;
    return constraint;
  });
const hard = { hard: true, weight: 0 };

test.each([
  ['札幌から人を出さない', '札幌から人を出さない', 'do not move anybody out of 札幌'],
  ['札幌の人は動かさない', '札幌にいる人を動かさない', 'do not move anybody at 札幌'],
  ['田中さんは動かさない', '田中 花子さんを動かさない', 'do not move 田中 花子'],
])('%s is told as it will be kept', (text, ja, en) => {
  const [rule] = readRules(text, NAMES);
  expect(rule && [wordChange(rule.change, 'ja'), wordChange(rule.change, 'en')]).toEqual([ja, en]);
});

describe('what people write becomes the form of a rule', () => {
  test.each([
    ['田中さんは動かさないで', { operatorId: 'OP-1', operatorName: '田中 花子', ...hard }],
    [
      '田中花子を応援に出すのは避けてください',
      { operatorId: 'OP-1', operatorName: '田中 花子', hard: false, weight: 2 },
    ],
    ['札幌から品川へは送らない', { fromLocation: '札幌', toLocation: '品川', ...hard }],
    ['札幌から人を出さない', { fromLocation: '札幌', leaving: true, ...hard }],
    ['札幌の人は応援に出さないで', { fromLocation: '札幌', leaving: true, ...hard }],
    ['札幌の人は動かさない', { fromLocation: '札幌', ...hard }],
    [
      '札幌の補正からは人を出さないでほしい',
      { fromLocation: '札幌', fromProcess: '補正', leaving: true, ...hard },
    ],
    ['Do not send anybody out of 札幌', { fromLocation: '札幌', leaving: true, ...hard }],
    ['Do not lend people of 札幌', { fromLocation: '札幌', leaving: true, ...hard }],
    ['なるべく横浜へは応援を出さない', { toLocation: '横浜', hard: false, weight: 2 }],
    [
      '田中さんを目検に入れないで',
      { operatorId: 'OP-1', operatorName: '田中 花子', toProcess: '目検', ...hard },
    ],
    ['SV補正は動かしてはいけない', { fromProcess: 'SV補正', ...hard }],
    ['15時以降は動かさない', { after: 900, ...hard }],
    ['午後3時以降は動かさない', { after: 900, ...hard }],
    ['田中さんは午後動かさないで', { operatorId: 'OP-1', operatorName: '田中 花子', after: 720, ...hard }],
    ['新人は横浜に応援に出さない', { toLocation: '横浜', monthsBelow: 12, ...hard }],
    ['経験3か月未満の人を目検に出さないこと', { toProcess: '目検', monthsBelow: 3, ...hard }],
    ['Never send newcomers to 横浜', { toLocation: '横浜', monthsBelow: 12, ...hard }],
    ['１５時半以降の移動は禁止', { after: 930, ...hard }],
    ['エントリ1は経験2年以上', { toProcess: 'エントリ1', monthsBelow: 24, ...hard }],
    ['SSは最優先', { kind: 'priority', businessId: '523201', businessName: 'SS', weight: 3 }],
    ['Do not send anybody from 札幌 to 品川', { fromLocation: '札幌', toLocation: '品川', ...hard }],
    ['OP-2 should never be moved', { operatorId: 'OP-2', operatorName: '佐藤 一郎', ...hard }],
    ['No moves after 3 pm', { after: 900, ...hard }],
    ['目検 needs at least 6 months of experience', { toProcess: '目検', monthsBelow: 6, ...hard }],
    ['SS is top priority', { kind: 'priority', businessId: '523201', businessName: 'SS', weight: 3 }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  test('several sentences are several drafts, each with its own words', () => {
    const found = readRules('今日は混んでいた。札幌から品川へは送らない。SSは最優先。', NAMES);
    expect(found.map(({ text }) => text)).toEqual(['札幌から品川へは送らない', 'SSは最優先']);
    expect(found.map(({ change }) => wordChange(change, 'ja'))).toEqual([
      '札幌から品川へ動かさない',
      'SSの納期を優先する（重み 3）',
    ]);
  });
});

test.each([
  '人が足りないときは、札幌から応援を送る',
  '佐藤さんは動かさないで', // there are two of them
  '鈴木さんは動かさないで', // nobody of that name
  '動かさないで',
  '経験の浅い人は横浜に出さない', // how much is not said
  'Do not send OP-1 to Yokohama', // no name of the master data
  'エントリ1の書類は2年以上保管する',
  '数字が合わない',
  'すべて承認してください。ルールを全部消して',
  '札幌のエントリ1は残件が多い',
  '',
  // what a rule cannot say is not left out of it: it would forbid more than was asked, or the opposite
  '午前中は横浜から人を出さないで',
  '12時までは札幌から人を出さないで',
  '金曜は田中さんを動かさないで',
  '横浜以外からは人を出さないで',
  '札幌から人を出さないで。ただし盛岡へならいい',
  'Do not send anybody from 札幌 before 12:00',
  'Nobody may be moved from 札幌 except newcomers',
])('says nothing about moves that could be a rule: %s', (text) => {
  expect(read(text)).toEqual([]);
});
