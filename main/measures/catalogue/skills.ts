import { type Measure, names, type Scope } from '../measure.ts';
import { skillPieces } from '../people.ts';
import { words } from '../words.ts';

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
  words: words(
    [
      'スキル|スキルレベル|技能|習熟度|習熟|資格|できる人|出来る人|こなせる人|やれる人|できる|出来る|こなせる|担当できる|担当可能|対応できる|対応可能|可能な人|多能工|得意|上手|ベテラン|経験者|熟練|熟練者|できるのは|できない|出来ない',
      'レベル|経験|得意な|上手い',
    ],
    [
      "skill|skills|skilled|skill level|skill levels|qualified|qualification|qualifications|can do|can't do|cannot do|able to do|know how to do|knows how to do|trained|certified|cross-trained|capable|capability|capabilities|competent|expert|experts|experienced|veteran|veterans|good at|best at|proficient",
      'can work|level|levels|experience|knows|can|able',
    ],
  ),
  fold: (scope) => (isOfPeople(scope) ? 'max' : 'count'),
  timedBy: 'data',
  zero: true,
  unit: (scope) => (isOfPeople(scope) ? 'score' : 'people'),
  byDay: true,
  pieces: skillPieces,
};

/** Of a person their level, of a place how many there are. */
const isOfPeople = (scope: Scope): boolean => names(scope, 'person');
