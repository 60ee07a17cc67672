import { DAYS, type Measure } from '../measure.ts';
import { recordPieces } from '../people.ts';

export const hours: Measure = {
  info: {
    id: 'hours',
    name: { ja: '労働時間', en: 'Hours worked' },
    unit: 'person-hours',
    digits: 1,
    dimensions: ['location', 'process', 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  fold: 'sum',
  timedBy: 'data',
  zero: false,
  byDay: true,
  source: 'records',
  pieces: (scope) => recordPieces(scope).map(({ hours, ...piece }) => ({ ...piece, n: hours })),
};
