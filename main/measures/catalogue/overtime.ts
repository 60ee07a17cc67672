import { DAYS, type Measure } from '../measure.ts';
import { overtimePieces } from '../people.ts';

export const overtime: Measure = {
  info: {
    id: 'overtime',
    name: { ja: '残業時間', en: 'Overtime' },
    unit: 'person-hours',
    digits: 1,
    dimensions: ['location', 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  byDay: true,
  source: 'records',
  pieces: overtimePieces,
};
