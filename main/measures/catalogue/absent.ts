import { DAYS, type Measure, PLACE } from '../measure.ts';
import { attendancePieces } from '../people.ts';

export const absent: Measure = {
  info: {
    id: 'absent',
    name: { ja: '欠勤者', en: 'Absent' },
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
  pieces: (scope) => attendancePieces(scope, (status) => status === 'absent'),
};
