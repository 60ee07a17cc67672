import { shortPieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';

export const shortage: Measure = {
  info: {
    id: 'shortage',
    name: { ja: '不足人数', en: 'People short' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'additive',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'high',
  },
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  laterToday: true,
  pieces: shortPieces,
};
