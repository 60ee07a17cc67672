import { livePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';

export const throughput: Measure = {
  info: {
    id: 'throughput',
    name: { ja: '処理速度', en: 'Throughput' },
    unit: 'items/hour',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'additive',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  fold: 'sum',
  timedBy: 'data',
  zero: false,
  pieces: (scope) => livePieces(scope, (row) => row.throughput),
};
