import { linePieces } from '../lines.ts';
import { type Measure, TIMES } from '../measure.ts';

export const logLines: Measure = {
  info: {
    id: 'log-lines',
    name: { ja: 'ログ行数', en: 'Log lines' },
    unit: 'count',
    digits: 0,
    dimensions: ['service', 'level', 'template', 'word', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  fold: 'sum',
  timedBy: 'clock',
  zero: true,
  pieces: (scope) => linePieces(scope),
};
