import { livePieces } from '../live.ts';
import { type Measure, names, PLACE, type Scope, TIMES } from '../measure.ts';
import { attendancePieces, isOfAnInstant, teamPieces } from '../people.ts';

export const present: Measure = {
  info: {
    id: 'present',
    name: { ja: '出勤人数', en: 'People at work' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE, 'person', ...TIMES],
    adds: 'none',
    past: true,
    future: false,
    comparesWith: ['window', 'plan'],
    worse: 'low',
  },
  fold: (scope) => (isFromSituation(scope) ? 'sum' : 'count'),
  timedBy: 'data',
  zero: true,
  laterToday: true,
  source: (scope) => (scope.span.kind === 'now' || isOfAnInstant(scope) ? 'assignments' : 'attendance'),
  pieces: (scope) => {
    if (isFromSituation(scope)) return livePieces(scope, (row) => row.people);
    return isOfAnInstant(scope) || scope.span.kind === 'now'
      ? teamPieces(scope, { all: false })
      : attendancePieces(scope, (status) => status === 'present' || status === 'late');
  },
};

const isFromSituation = (scope: Scope): boolean =>
  scope.span.kind === 'now' &&
  !isOfAnInstant(scope) &&
  !names(scope, 'person', 'half-hour', 'hour', 'day', 'weekday');
