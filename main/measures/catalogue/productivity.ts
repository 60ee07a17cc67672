import { DAYS, type Measure } from '../measure.ts';
import { recordPieces } from '../people.ts';
import { words } from '../words.ts';

export const productivity: Measure = {
  info: {
    id: 'productivity',
    name: { ja: '生産性', en: 'Productivity' },
    unit: 'items/hour',
    digits: 1,
    dimensions: ['location', 'process', 'person', ...DAYS],
    adds: 'ratio',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'low',
  },
  words: words(
    [
      '生産性|人時生産性|労働生産性|一人当たりの処理|一人あたりの処理|1人当たりの処理|1人あたりの処理|一人当たりの処理件数|一人あたりの処理件数|1人あたりの処理件数|1人当たりの処理件数|一人一時間|1人1時間|人時あたり|人時当たり|一人当たり|一人あたり|1人当たり|1人あたり|効率|能率|作業効率|業務効率|打鍵速度|仕事が速い|仕事の速さ|作業が速い|作業速度|パフォーマンス',
      '速い|はやい|早い|速さ|速度|遅い|成績',
    ],
    [
      'productivity|productive|items per person-hour|items per person hour|per person-hour|per person hour|per man-hour|per head|per person|per operator|items per person|efficiency|efficient|output per head|output per person|performance|fastest|quickest|slowest|fastest worker|top performer|performers',
      'fast|faster|quick|quicker|slow|slower|speed|best worker|best',
    ],
  ),
  fold: 'ratio',
  timedBy: 'data',
  zero: false,
  byDay: true,
  source: 'records',
  pieces: (scope) =>
    recordPieces(scope).map(({ items, hours, ...piece }) => ({ ...piece, n: items, d: hours })),
};
