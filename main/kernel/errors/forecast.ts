import type { ErrorText } from './types.ts';

/** Of `toride forecast` and the series it reads. */
export const FORECAST_ERRORS = {
  'forecast.no-file': {
    say: { ja: '{file} を読めません。', en: '{file} cannot be read.' },
    next: {
      ja: '200 MB までの CSV ファイルの名前と場所、権限を確認してください。',
      en: 'Check the name, place and permissions of the CSV file (200 MB at most).',
    },
    exit: 66,
  },
  'forecast.not-a-number': {
    say: {
      ja: '{line} 行目の「{value}」は数値ではありません。',
      en: 'Line {line}: “{value}” is not a number.',
    },
    next: {
      ja: '数値に直すか、空欄にしてください。空欄は前後の値から補います。',
      en: 'Make it a number or leave it empty: gaps are filled from the values around them.',
    },
    exit: 65,
  },
  'forecast.too-short': {
    say: {
      ja: '{series} の数値は {n} 個しかなく、予測できません (最低 {least} 個)。',
      en: '{series} has too few numbers for a forecast: {n} of at least {least}.',
    },
    next: {
      ja: '周期を学ぶには、周期の 2 倍以上の履歴が要ります (24 なら 48 個)。',
      en: 'A season is learned from at least two of its lengths (48 values for 24).',
    },
    exit: 65,
  },
  'forecast.holes': {
    say: {
      ja: '{series} は {of} 個のうち {n} 個が空欄です。',
      en: '{series} has {n} gaps among its {of} values.',
    },
    next: {
      ja: '空欄が半分以下の範囲に切り出してください。',
      en: 'Cut out a part of which at most half is missing.',
    },
    exit: 65,
  },
} as const satisfies Record<string, ErrorText>;
