/** A plan for a day in words: which day, what it rests on, and its lowest chance. Pure. */

import { formatCell, formatDay, formatNumber, formatPercent, formatTime } from '../../api/contract/format.ts';
import { fill, type Lang } from '../../kernel/words.ts';
import type { Assumption, DayFacts } from './day-plan.ts';
import words from './day-words.json' with { type: 'json' };

/** One thing a plan for a day assumes, as part of a sentence. */
export function wordAssumption({ code, params }: Assumption, lang: Lang): string {
  const isOneDay = code === 'deadlines' && Number(params['days']) === 1;
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value, lang) : name === 'date' ? formatDay(value, lang) : value,
  ]);
  const said = isOneDay ? words.sentences['one-day'] : words.assumptions[code];
  return fill(said, Object.fromEntries(shown), lang);
}

/** Which day it is a plan for: 11月21日(土)の計画. */
export const wordPlanOf = ({ date }: DayFacts, lang: Lang): string =>
  fill(words.sentences['plan-of'], { date: formatDay(date, lang) }, lang);

/** The deadline of a day least likely to be met, without and with the plan; null when nothing is due. */
export function wordLowest({ lowest }: DayFacts, lang: Lang, zone: string): string | null {
  if (!lowest) return null;
  const { before, after } = lowest;
  const lot = (of: typeof before): string =>
    `${formatCell(of.cell)} ${formatTime(of.deadline, zone, lang)} ${formatPercent(of.pOnTime, lang)}`;
  return lot(before) === lot(after)
    ? fill(words.sentences.lowest, { lot: lot(after) }, lang)
    : fill(words.sentences['lowest-with-plan'], { before: lot(before), after: lot(after) }, lang);
}
