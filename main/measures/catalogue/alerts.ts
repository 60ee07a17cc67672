import { type Measure, PLACE, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const alerts: Measure = {
  info: {
    id: 'alerts',
    name: { ja: 'アラート', en: 'Alerts' },
    unit: 'count',
    digits: 0,
    dimensions: [...PLACE, 'state', 'level', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    ['アラート|アラート件数|アラート数|警報|アラーム|警告通知|納期アラート|遅延アラート|注意報|通知', '警告'],
    [
      'alert|alerts|alarm|alarms|open alerts|deadline alerts|delay alerts|warnings on the board|notifications',
    ],
  ),
};
