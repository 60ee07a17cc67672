import { flowPieces } from '../flow.ts';
import { type Measure, PLACE, TIMES } from '../measure.ts';

export const arrivals: Measure = {
  info: {
    id: 'arrivals',
    name: { ja: '到着件数', en: 'Arrivals' },
    unit: 'items',
    digits: 0,
    dimensions: [...PLACE, ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window', 'forecast'],
    worse: 'high',
  },
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  byLine: true,
  source: 'snapshots',
  pieces: (scope) => flowPieces(scope, 'arrivals'),
};
