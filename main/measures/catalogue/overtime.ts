import { DAYS, type Measure } from '../measure.ts';
import { overtimePieces } from '../people.ts';
import { words } from '../words.ts';

export const overtime: Measure = {
  info: {
    id: 'overtime',
    name: { ja: '残業時間', en: 'Overtime' },
    unit: 'person-hours',
    digits: 1,
    dimensions: ['location', 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    ['残業|残業時間|時間外|時間外労働|超過勤務|超過時間|居残り|残業した'],
    ['overtime|overtime hours|extra hours|ot|ot hours|worked late|stayed late|hours over|after hours'],
  ),
  fold: 'sum',
  timedBy: 'data',
  zero: true,
  byDay: true,
  source: 'records',
  pieces: overtimePieces,
};
