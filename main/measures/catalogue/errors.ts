import { linePieces } from '../lines.ts';
import { type Measure, TIMES, wanted } from '../measure.ts';

export const errors: Measure = {
  info: {
    id: 'errors',
    name: { ja: 'エラー', en: 'Errors' },
    unit: 'count',
    digits: 0,
    dimensions: ['service', 'level', 'template', 'word', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  fold: 'sum',
  timedBy: 'clock',
  zero: true,
  pieces: (scope) => linePieces(scope, wanted(scope, 'level') ? null : ['ERROR', 'FATAL']),
};
