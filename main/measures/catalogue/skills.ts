import { type Measure, names, type Scope } from '../measure.ts';
import { skillPieces } from '../people.ts';

export const skills: Measure = {
  info: {
    id: 'skills',
    name: { ja: 'できる人', en: 'People who can do it' },
    unit: 'people',
    digits: 0,
    dimensions: ['location', 'process', 'person', 'skill'],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  fold: (scope) => (isOfPeople(scope) ? 'max' : 'count'),
  timedBy: 'data',
  zero: true,
  unit: (scope) => (isOfPeople(scope) ? 'score' : 'people'),
  byDay: true,
  pieces: skillPieces,
};

/** Of a person their level, of a place how many there are. */
const isOfPeople = (scope: Scope): boolean => names(scope, 'person');
