import type { ErrorText } from './types.ts';

/** What of a question of numbers cannot be kept. */
export const MEASURE_ERRORS = {
  'measures.unknown': {
    say: { ja: '「{name}」という指標はありません。', en: 'There is no measure “{name}”.' },
    next: { ja: '近いもの: {nearest}', en: 'Nearest: {nearest}' },
    exit: 64,
  },
  'measures.unknown-dimension': {
    say: { ja: '「{name}」という分け方はありません。', en: 'There is no dimension “{name}”.' },
    next: { ja: '近いもの: {nearest}', en: 'Nearest: {nearest}' },
    exit: 64,
  },
  'measures.no-dimension': {
    say: {
      ja: '{measure}は{dimension}では分けられません。',
      en: '{measure} cannot be split or filtered by {dimension}.',
    },
    next: { ja: '使えるもの: {allowed}', en: 'What works: {allowed}' },
    exit: 64,
  },
  'measures.unknown-name': {
    say: { ja: '{dimension}に「{name}」はありません。', en: '{dimension}: there is no “{name}”.' },
    next: { ja: '近いもの: {nearest}', en: 'Nearest: {nearest}' },
    exit: 64,
  },
  'measures.no-future': {
    say: {
      ja: '{measure}は、これから先については分かりません。',
      en: '{measure}: nothing is known of the time to come.',
    },
    next: { ja: '今または過去について聞いてください。', en: 'Ask about now or the past.' },
    exit: 64,
  },
  'measures.no-past': {
    say: { ja: '{measure}は、今の値だけが分かります。', en: '{measure} is known only as it is now.' },
    next: { ja: '日や時刻を外して聞いてください。', en: 'Ask without a day or time.' },
    exit: 64,
  },
  'measures.no-compare': {
    say: { ja: '{measure}は{with}とは比べられません。', en: '{measure} cannot be compared with {with}.' },
    next: { ja: '比べられるもの: {allowed}', en: 'What it can be compared with: {allowed}' },
    exit: 64,
  },
} as const satisfies Record<string, ErrorText>;
