import { DAYS, type Measure } from '../measure.ts';
import { recordPieces } from '../people.ts';
import { words } from '../words.ts';

export const hours: Measure = {
  info: {
    id: 'hours',
    name: { ja: '労働時間', en: 'Hours worked' },
    unit: 'person-hours',
    digits: 1,
    dimensions: ['location', 'process', 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  words: words(
    [
      '労働時間|総労働時間|稼働時間|勤務時間|作業時間|実働時間|実働|工数|人時|延べ時間|働いた時間|のべ時間|投入時間|投入工数',
      '何時間',
    ],
    [
      'hours worked|working hours|work hours|labor hours|labour hours|person-hours|person hours|man-hours|man hours|worked hours|hours of work|time worked|hours put in|total hours|effort',
      'hours|how long',
    ],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: false,
  byDay: true,
  source: 'records',
  pieces: (scope) => recordPieces(scope).map(({ hours, ...piece }) => ({ ...piece, n: hours })),
};
