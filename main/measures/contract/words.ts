// What limits an answer of numbers, in words. Pure.

import type { Lang } from '../../api/contract/common.ts';
import { fill, type Words } from '../../kernel/words.ts';
import type { Note } from './measures.ts';

/** `{x}` is filled from the note's parameters, `x.ja` and `x.en` before `x`. */
const NOTES: Readonly<Record<string, Words>> = {
  'no-such-cell': { ja: '{what} という工程はありません。', en: 'There is no {what}.' },
  'no-data': {
    ja: '{measure}: {from}から{to}までの記録がありません。',
    en: '{measure}: there are no records of {from} to {to}.',
  },
  'no-data-on': {
    ja: '{measure}: {from}の記録がありません。',
    en: '{measure}: there are no records of {from}.',
  },
  'data-from': {
    ja: '{measure}: 記録があるのは{from}からです。',
    en: '{measure}: the records begin on {from}.',
  },
  'data-until': {
    ja: '{measure}: 記録があるのは{to}までです。',
    en: '{measure}: the records end on {to}.',
  },
  'until-now': { ja: '{time}までの値です。', en: 'As of {time}.' },
  'by-day': {
    ja: '{measure}は日ごとの記録なので、時刻では絞っていません。',
    en: '{measure} is recorded by the day, so the time of day was not used.',
  },
  'same-time': { ja: '比べる日も{time}までの値です。', en: 'The other day is counted up to {time}, too.' },
  'same-part': {
    ja: '比べる期間も同じところまでの値です（その期間全体では{whole}）。',
    en: 'The other period is counted as far as this one has come, too (the whole of it: {whole}).',
  },
  'forecast-until': { ja: '予測も{time}までの分です。', en: 'The forecast is counted up to {time}, too.' },
  'forecast-of-arrivals': {
    ja: '予測は、入ってくる件数の予測です。',
    en: 'The forecast is that of the items that come in.',
  },
  'level-with-last': {
    ja: '同じ値のものが並んだため、{n} 件を示しています。',
    en: 'Several are level, so {n} are shown.',
  },
  'no-hour': {
    ja: 'その日の最初の記録より前に届いた分は時刻が分からないため、時間帯には入れていません。',
    en: 'What came in before the first record of a day has no known time and is in none of the hours.',
  },
  'last-week': {
    ja: '期間の指定がないため、直近7日（{from}〜{to}）の記録です。',
    en: 'No period was given: the last seven days of records ({from} – {to}).',
  },
  'person-days': {
    ja: '延べ人数（人×日）です。',
    en: 'Counted per person and day.',
  },
  'never-today': {
    ja: '今日の勤務のうちには終わらない工程があります。',
    en: 'Not every step will be done within today’s shifts.',
  },
  sampled: {
    ja: '所要時間は、{of}個のうち等しい間隔で読んだ{n}個からの推定です。',
    en: 'Durations are estimated from {n} of {of}, read evenly over the time.',
  },
  'free-chosen': {
    ja: '納期に間に合う工程で、今の速さなら要らない人数です。名前はその工程で処理が遅い順に挙げています。',
    en: 'People whom a process that will be on time does not need at its pace; named are those who are slowest there.',
  },
};
export const wordNote = ({ code, params }: Note, lang: Lang): string =>
  fill(NOTES[code] ?? { ja: code, en: code }, params, lang);
