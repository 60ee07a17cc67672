import { newestPieces } from '../lines.ts';
import type { Measure } from '../measure.ts';
import { words } from '../words.ts';

export const lastLine: Measure = {
  info: {
    id: 'last-line',
    name: { ja: '最後のログ', en: 'Last log line' },
    unit: 'instant',
    digits: 0,
    dimensions: ['service'],
    adds: 'none',
    past: false,
    future: false,
    comparesWith: [],
    worse: null,
  },
  words: words(
    [
      '生きて|生きている|生きてる|稼働して|稼働している|稼働してる|動いて|動いている|動いてる|動いています|死活|落ちて|落ちている|落ちてる|止まって|止まっている|止まってる|最後のログ|最終ログ|最後に出た|最後に出した|最後の記録|最新のログ|応答して|無事|ログが途切れ',
      '最後|最終',
    ],
    [
      'alive|is up|up and running|running|is down|responding|healthy|last line|last log|last log line|latest line|latest log|last logged|last log anything|last wrote|last seen|last message|last entry|heartbeat|gone silent|silent|still logging|last heard|reachable|online',
      'up|last|dead',
    ],
  ),
  fold: 'max',
  timedBy: 'clock',
  zero: false,
  pieces: newestPieces,
};
