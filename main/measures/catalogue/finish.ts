import { livePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';
import { words } from '../words.ts';

export const finish: Measure = {
  info: {
    id: 'finish',
    name: { ja: '完了見込み', en: 'Expected finish' },
    unit: 'instant',
    digits: 0,
    dimensions: [...PLACE],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'high',
  },
  words: words(
    [
      '完了見込み|完了予定|完了時刻|完了予想|終了見込み|終了予定|終了時刻|終わる見込み|終わる予定|終わる時間|終わる時刻|何時に終わ|何時に片付|何時に完了|いつ終わ|いつ片付|いつ完了|何時ごろ終わ|何時頃終わ|何時まで|何時までかか|終業見込み|仕上がり時刻|終わりそうな時間',
      '終わる|終わります|終わりそう|終わり|終わって|完了|片付く',
    ],
    [
      'finish time|finishing time|completion time|expected finish|expected completion|eta|when will it finish|when will|when does it finish|when is it done|be finished|be done by|done by when|end time|expected end|what time will|finished by|time to finish',
      'finish|finished|done|complete|completion',
    ],
  ),
  fold: 'max',
  timedBy: 'data',
  zero: false,
  laterToday: true,
  pieces: (scope) => livePieces(scope, (row) => row.allFinishAt, { keepUnknown: true }),
};
