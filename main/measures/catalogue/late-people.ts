import { DAYS, type Measure, PLACE } from '../measure.ts';
import { attendancePieces } from '../people.ts';

export const latePeople: Measure = {
  info: {
    id: 'late-people',
    name: { ja: '遅刻者', en: 'Late for work' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE, 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  fold: 'count',
  timedBy: 'data',
  zero: true,
  byDay: true,
  source: 'attendance',
  // of a person: how often
  unit: (scope) => (scope.by.has('person') ? 'count' : 'people'),
  pieces: (scope) => attendancePieces(scope, (status) => status === 'late'),
};
