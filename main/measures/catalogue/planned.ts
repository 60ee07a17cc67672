import { type Measure, PLACE, TIMES } from '../measure.ts';
import { assignedPieces, isOfAnInstant, teamPieces } from '../people.ts';

export const planned: Measure = {
  info: {
    id: 'planned',
    name: { ja: '予定人数', en: 'People planned' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE, 'person', ...TIMES],
    adds: 'none',
    past: true,
    future: true,
    comparesWith: ['window'],
    worse: 'low',
  },
  fold: 'count',
  timedBy: 'data',
  zero: true,
  source: 'assignments',
  pieces: (scope) => (isOfAnInstant(scope) ? teamPieces(scope, { all: true }) : assignedPieces(scope)),
};
