import { linePieces } from '../lines.ts';
import { type Measure, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const logLines: Measure = {
  info: {
    id: 'log-lines',
    name: { ja: 'ログ行数', en: 'Log lines' },
    unit: 'count',
    digits: 0,
    dimensions: ['service', 'level', 'template', 'word', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  words: words(
    [
      'ログ|ログ行|ログ件数|ログ行数|ログ数|ログの行数|記録|ログメッセージ|警告|警告ログ|ワーニング|ログに出た|ログに出て',
      '行|メッセージ|出ました|出た|起きて|回',
    ],
    [
      'log|logs|log line|log lines|log entries|log entry|log messages|log message|log records|logged|warnings|warning|lines logged|logging|occurrences',
      'lines|messages|entries|occur|occurred|times',
    ],
  ),
  fold: 'sum',
  timedBy: 'clock',
  zero: true,
  pieces: (scope) => linePieces(scope),
};
