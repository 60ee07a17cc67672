import { deadlinePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';

export const deadline: Measure = {
  info: {
    id: 'deadline',
    name: { ja: '納期', en: 'Deadline' },
    unit: 'instant',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: null,
  },
  fold: 'min',
  timedBy: 'data',
  zero: false,
  laterToday: true,
  pieces: deadlinePieces,
};
