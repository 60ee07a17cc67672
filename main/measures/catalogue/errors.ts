import { linePieces } from '../lines.ts';
import { type Measure, TIMES, wanted } from '../measure.ts';
import { words } from '../words.ts';

export const errors: Measure = {
  info: {
    id: 'errors',
    name: { ja: 'エラー', en: 'Errors' },
    unit: 'count',
    digits: 0,
    dimensions: ['service', 'level', 'template', 'word', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    [
      'エラー|エラー件数|エラー数|エラーログ|エラー率|例外|エラーの数|エラーメッセージ|失敗ログ|えらー',
      '異常|失敗',
    ],
    [
      'error|errors|error count|error log|error logs|error lines|error messages|exceptions|exception|error rate|failures logged',
      'failed|fail',
    ],
  ),
  fold: 'sum',
  timedBy: 'clock',
  zero: true,
  pieces: (scope) => linePieces(scope, wanted(scope, 'level') ? null : ['ERROR', 'FATAL']),
};
