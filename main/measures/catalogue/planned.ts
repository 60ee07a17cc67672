import { type Measure, PLACE, TIMES } from '../measure.ts';
import { assignedPieces, isOfAnInstant, teamPieces } from '../people.ts';
import { words } from '../words.ts';

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
  words: words(
    [
      '予定人数|予定人員|予定要員|配置予定|出勤予定|出勤予定者|シフト人数|シフト|配置人数|計画人数|計画人員|予定していた人数|予定の人数|予定されている人|勤務予定|ロスター|名簿|当番|割り当て人数',
      '要員|予定|計画',
    ],
    [
      'planned|planned people|planned staff|planned headcount|headcount planned|people planned|scheduled|scheduled people|rostered|roster|on shift|on the roster|shift|shifts|assigned|staffing plan|due in|due to work',
      'plan|supposed to be',
    ],
  ),
  fold: 'count',
  timedBy: 'data',
  zero: true,
  source: 'assignments',
  pieces: (scope) => (isOfAnInstant(scope) ? teamPieces(scope, { all: true }) : assignedPieces(scope)),
};
