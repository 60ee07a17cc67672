import { flowPieces } from '../flow.ts';
import { type Measure, names, PLACE, TIMES } from '../measure.ts';
import { recordPieces } from '../people.ts';

export const finished: Measure = {
  info: {
    id: 'finished',
    name: { ja: '処理件数', en: 'Finished' },
    unit: 'items',
    digits: 0,
    dimensions: [...PLACE, 'person', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'low',
  },
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  byLine: true,
  source: (scope) => (names(scope, 'person') ? 'records' : 'snapshots'),
  pieces: (scope) =>
    names(scope, 'person')
      ? recordPieces(scope).map(({ items, ...piece }) => ({ ...piece, n: items }))
      : flowPieces(scope, 'finished'),
};
