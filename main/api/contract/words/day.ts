/** A plan for a day in words: what it rests on, and its lowest chance. Pure. */
import type { Lang } from '../../../kernel/errors.ts';
import type { Assumption, DayFacts } from '../day-plan.ts';
import { formatCell, formatNumber, formatPercent, formatTime } from '../format.ts';

type Numbers = { readonly text: (key: string) => string; readonly count: (key: string) => string };
const WORDS: Readonly<Record<Assumption['code'], Readonly<Record<Lang, (p: Numbers) => string>>>> = {
  leftovers: {
    ja: (p) => `前日の残り約${p.count('items')}件を含みます`,
    en: (p) => `includes about ${p.count('items')} items left over from the day before`,
  },
  'no-leftovers': {
    ja: () => '前日の残りはない見込みです',
    en: () => 'nothing should be left over from the day before',
  },
  'not-carried': {
    ja: () => 'これまでの朝を見ると、前日の残りは持ち越されていません',
    en: () => 'going by past mornings, nothing is carried over from the day before',
  },
  forecast: {
    ja: (p) => `入ってくる仕事は予測どおり約${p.count('items')}件と見ています`,
    en: (p) => `about ${p.count('items')} items come in, as forecast`,
  },
  'no-forecast': {
    ja: () => 'この日の入荷予測がないため、入ってくる仕事は含んでいません',
    en: () => 'there is no forecast for this day, so no incoming work is counted',
  },
  roster: {
    ja: (p) => `この日のシフトの${p.count('people')}名で計算しています`,
    en: (p) => `the day’s own roster of ${p.count('people')} people`,
  },
  'usual-roster': {
    ja: (p) => `この日のシフトがまだないため、${p.text('date')}と同じ${p.count('people')}名と見ています`,
    en: (p) => `no roster yet: the ${p.count('people')} people of ${p.text('date')}`,
  },
  leave: {
    ja: (p) => `休みと分かっている${p.count('people')}名は除いています`,
    en: (p) => `without ${p.count('people')} known to be off`,
  },
  deadlines: {
    ja: (p) => `納期と仕事の流れは、${p.text('date')}までの${p.count('days')}日分の進捗から読み取っています`,
    en: (p) =>
      p.text('days') === '1'
        ? `deadlines and the flow of work as on ${p.text('date')}`
        : `deadlines and the flow of work as on ${p.count('days')} days up to ${p.text('date')}`,
  },
  'no-deadlines': {
    ja: () => '納期の分かる進捗がまだありません',
    en: () => 'no deadlines are known yet',
  },
  absences: {
    ja: () => '急な休み、システムの障害、予測を外れた仕事の波は、起きるまで分かりません',
    en: () => 'sudden absences, system trouble and waves of work beyond the forecast cannot be known ahead',
  },
};
/** One thing a plan for a day assumes, as part of a sentence. */
export function wordAssumption({ code, params }: Assumption, lang: Lang): string {
  return WORDS[code][lang]({
    text: (key) => String(params[key] ?? ''),
    count: (key) => formatNumber(Number(params[key] ?? 0), lang),
  });
}

/** The deadline of a day least likely to be met, without and with the plan; null when nothing is due. */
export function wordLowest({ lowest }: DayFacts, lang: Lang, zone: string): string | null {
  if (!lowest) return null;
  const { before, after } = lowest;
  const lot = (of: typeof before): string =>
    `${formatCell(of.cell)} ${formatTime(of.deadline, zone, lang)} ${formatPercent(of.pOnTime, lang)}`;
  if (lot(before) === lot(after))
    return lang === 'ja' ? `最も低い達成確率: ${lot(after)}` : `Lowest chance: ${lot(after)}`;
  return lang === 'ja'
    ? `最も低い達成確率: 計画なし ${lot(before)} → 計画あり ${lot(after)}`
    : `Lowest chance: ${lot(before)} without the plan, ${lot(after)} with it`;
}
