import { livePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';

export const finish: Measure = {
  info: {
    id: 'finish',
    name: { ja: '完了見込み', en: 'Expected finish' },
    unit: 'instant',
    digits: 0,
    dimensions: [...PLACE],
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
  pieces: (scope) => livePieces(scope, (row) => row.allFinishAt, { keepUnknown: true }),
};
