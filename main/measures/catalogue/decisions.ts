import { type Measure, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const decisions: Measure = {
  info: {
    id: 'decisions',
    name: { ja: '判断', en: 'Decisions' },
    unit: 'count',
    digits: 0,
    dimensions: ['state', 'actor', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  words: words(
    [
      '承認した|承認した件数|承認件数|承認された|承認済み|承認履歴|承認した提案|承認数|却下した|却下された|却下件数|却下した提案|却下数|見送った|採用した|判断|判断履歴|決定|決めた|決めたこと|決裁|決定事項|取り消した|取り消し|誰が承認|誰が決めた',
      '承認|却下',
    ],
    [
      'approved|approve yesterday|did we approve|did we reject|rejected|reject|decisions|decision|decided|did we decide|decide|accepted|turned down|approvals|rejections|signed off|undone|taken back',
      'approve',
    ],
  ),
};
