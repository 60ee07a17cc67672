import { livePieces } from '../live.ts';
import { type Measure, names, PLACE, type Scope, TIMES } from '../measure.ts';
import { attendancePieces, isOfAnInstant, teamPieces } from '../people.ts';
import { words } from '../words.ts';

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
  words: words(
    [
      '出勤|出勤者|出勤者数|出勤人数|出勤している|出勤してる|出勤中|出社|在席|在席者|稼働人数|稼働人員|作業中|働いている|働いてる|働いて|勤務中|勤務している|人数|人員|人員数|頭数|在籍して|来ている|来てる|来て|実人数|実際の人数|実員|就業中|現在の人員|いる人',
      '何人|何名|なんにん|何人いる|います|いますか|いる|いた|要員|人手',
    ],
    [
      'present|working|at work|headcount|head count|staffed|clocked in|on duty|attendance|people at work|at their desks|currently working|on site|people here|showed up|turned up|actual headcount|in today|came to work|on the floor|manpower|workforce',
      'how many people|people|staff|here|we have|actual',
    ],
  ),
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
