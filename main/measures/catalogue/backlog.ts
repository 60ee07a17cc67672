import { type Measure, PLACE, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const backlog: Measure = {
  info: {
    id: 'backlog',
    name: { ja: '残件', en: 'Backlog' },
    unit: 'items',
    digits: 0,
    dimensions: [...PLACE, 'deadline', ...TIMES],
    adds: 'semi-additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    [
      '残件|残件数|残り件数|残数|残量|残業務量|残務|滞留|滞留件数|滞留数|仕掛|仕掛かり|仕掛り|仕掛品|未処理|未処理件数|未完了件数|積み残し|溜まって|溜まっている|たまって|たまっている|溜まり|山積み|待ち件数|バックログ|キューの長さ|在庫',
      '残って|残り|残る|残った|待ち|待って|溜ま|たま|件数',
    ],
    [
      'backlog|backlogs|queue|queue length|items waiting|work waiting|waiting items|waiting|pending|pending items|left to do|left over|outstanding|work in progress|wip|piled up|pile|piling up|items left|remaining items|remaining work|unprocessed|unfinished items|still to do|open items|workload left',
      'queues|remaining|remain|remains|left|stuck|to do|items',
    ],
  ),
};
