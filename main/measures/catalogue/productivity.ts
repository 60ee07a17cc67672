import { DAYS, type Measure } from '../measure.ts';
import { recordPieces } from '../people.ts';

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
  fold: 'ratio',
  timedBy: 'data',
  zero: false,
  byDay: true,
  source: 'records',
  pieces: (scope) =>
    recordPieces(scope).map(({ items, hours, ...piece }) => ({ ...piece, n: items, d: hours })),
};
