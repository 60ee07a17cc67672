import { latePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';

export const pLate: Measure = {
  info: {
    id: 'p-late',
    name: { ja: '遅れる確率', en: 'Chance of being late' },
    unit: 'percent',
    digits: 0,
    dimensions: [...PLACE, 'deadline'],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'high',
  },
  fold: 'max',
  timedBy: 'data',
  zero: false,
  laterToday: true,
  pieces: latePieces,
};
