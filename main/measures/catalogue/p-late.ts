import { latePieces } from '../live.ts';
import { type Measure, PLACE } from '../measure.ts';
import { words } from '../words.ts';

export const pLate: Measure = {
  info: {
    id: 'p-late',
    name: { ja: '遅れる確率', en: 'Chance of being late' },
    unit: 'percent',
    digits: 0,
    dimensions: [...PLACE, 'deadline'],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: 'high',
  },
  words: words(
    [
      '間に合う|間に合わない|間に合います|間に合いますか|間に合いそう|間に合い|間に合って|間に合わな|間に合わ|まにあう|まにあわない|間に合う確率|間に合わない確率|遅延|遅延確率|遅延リスク|遅延しそう|遅れそう|遅れ|遅れる|遅れて|遅れている|遅れてる|遅れます|納期遅れ|危ない|危険|あぶない|リスク|やばい|ヤバい|まずい|手遅れ|順調|逼迫|厳しい|大丈夫|セーフ|アウト|予定どおり終わ|予定通り終わ|片付く|片付き|終わらない|終わらな',
      '終わる|終わります|終わりそう|終わり|終わって|平気|問題',
    ],
    [
      'late|be late|is late|are late|running late|late risk|risk of being late|chance of being late|probability of being late|likely to be late|delayed|delay|delays|delay risk|behind|behind schedule|falling behind|at risk|risk|in danger|danger|in time|on time|on schedule|on track|miss the deadline|miss its deadline|miss their deadline|missing the deadline|make the deadline|make its deadline|make their deadline|makes the deadline|meet the deadline|meets the deadline|hit the deadline|make it|finish on time|done on time|finished on time|get done|trouble|tight|critical|worst off',
      'finish by|finish|be done|ok|okay|fine|all right',
    ],
  ),
  fold: 'max',
  timedBy: 'data',
  zero: false,
  laterToday: true,
  pieces: latePieces,
};
