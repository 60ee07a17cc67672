import { newestPieces } from '../lines.ts';
import type { Measure } from '../measure.ts';

export const lastLine: Measure = {
  info: {
    id: 'last-line',
    name: { ja: '最後のログ', en: 'Last log line' },
    unit: 'instant',
    digits: 0,
    dimensions: ['service'],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: null,
  },
  fold: 'max',
  timedBy: 'clock',
  zero: false,
  pieces: newestPieces,
};
