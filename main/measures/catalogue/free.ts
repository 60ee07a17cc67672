import { type Measure, PLACE } from '../measure.ts';
import { freePieces } from '../people.ts';

export const free: Measure = {
  info: {
    id: 'free',
    name: { ja: '手の空いている人', en: 'People free' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE, 'person'],
    adds: 'additive',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  pieces: freePieces,
};
