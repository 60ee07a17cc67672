import { DAYS, type Measure, PLACE } from '../measure.ts';
import { words } from '../words.ts';

export const proposals: Measure = {
  info: {
    id: 'proposals',
    name: { ja: '提案', en: 'Proposals' },
    unit: 'count',
    digits: 0,
    dimensions: [...PLACE, 'state', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  words: words(
    [
      '提案件数|提案数|提案一覧|未決の提案|未承認の提案|未処理の提案|出ている提案|待っている提案|提案は何件|提案はいくつ|応援案の数|案の数|未決|保留中の提案|承認待ち',
      '提案|案',
    ],
    [
      'proposals|open proposals|pending proposals|number of proposals|undecided proposals|waiting proposals|suggestions|awaiting approval|proposals waiting',
      'proposal|suggestion',
    ],
  ),
};
