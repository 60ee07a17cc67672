import { DAYS, type Measure, PLACE } from '../measure.ts';
import { attendancePieces } from '../people.ts';
import { words } from '../words.ts';

export const absent: Measure = {
  info: {
    id: 'absent',
    name: { ja: '欠勤者', en: 'Absent' },
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
    [
      '欠勤|欠勤者|欠勤者数|欠勤人数|欠勤率|欠員|お休み|休み|休みの人|休暇|休んで|休んだ|休む|休んでいる|休んでる|休んでいます|不在|不在者|病欠|病気で休|いない人|欠席|来ていない|来てない|出勤していない|出勤してない|当日欠勤',
      'いない|抜けて|抜けた|欠けて',
    ],
    [
      "absent|absence|absences|absentee|absentees|absenteeism|off sick|out sick|sick|sick leave|called in sick|call in sick|off today|day off|on leave|on vacation|on holiday|away|missing people|missing today|people missing|not at work|not in today|not here|did not come|didn't come|no-show|no-shows|stayed home|took the day off",
      'missing|off|out',
    ],
  ),
  fold: 'count',
  timedBy: 'data',
  zero: true,
  byDay: true,
  source: 'attendance',
  // of a person: how often
  unit: (scope) => (scope.by.has('person') ? 'count' : 'people'),
  pieces: (scope) => attendancePieces(scope, (status) => status === 'absent'),
};
