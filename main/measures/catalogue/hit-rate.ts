import type { Measure } from '../measure.ts';
import { words } from '../words.ts';

export const hitRate: Measure = {
  info: {
    id: 'hit-rate',
    name: { ja: '的中率', en: 'Hit rate' },
    unit: 'percent',
    digits: 0,
    dimensions: ['location'],
    adds: 'ratio',
    past: true,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  words: words(
    [
      '的中率|的中|当たった|当たって|当たり|当たる|外れた|外れ|予測精度|精度|正しかった|正しい判断|効果があった|効果はあった|効いた|成功率|うまくいった|うまく行った|見通しどおり|見込みどおり|結果はどう',
      '効果|結果',
    ],
    [
      'hit rate|hit-rate|accuracy|accurate|were right|was right|right|correct|came true|success rate|did it work|did it help|worked out|paid off|effective|held true|turn out|turned out',
      'work|worked|outcome|result',
    ],
  ),
};
