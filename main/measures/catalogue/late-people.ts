import { DAYS, type Measure, PLACE } from '../measure.ts';
import { attendancePieces } from '../people.ts';
import { words } from '../words.ts';

export const latePeople: Measure = {
  info: {
    id: 'late-people',
    name: { ja: '遅刻者', en: 'Late for work' },
    unit: 'people',
    digits: 0,
    dimensions: [...PLACE, 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    ['遅刻|遅刻者|遅刻者数|遅刻した|遅刻して|遅れて来た|遅れてきた|遅れて出勤|遅参|寝坊'],
    [
      'late for work|came in late|come in late|came late|arrived late|late arrivals|late arrival|late comers|latecomers|late starters|tardy|tardiness|late to work|lateness|showed up late|turned up late|people late',
    ],
  ),
  fold: 'count',
  timedBy: 'data',
  zero: true,
  byDay: true,
  source: 'attendance',
  // of a person: how often
  unit: (scope) => (scope.by.has('person') ? 'count' : 'people'),
  pieces: (scope) => attendancePieces(scope, (status) => status === 'late'),
};
