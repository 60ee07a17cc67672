import { dateIn, instantOf } from '../kernel/clock.ts';
import type { LogQuestion } from './pipeline-types.ts';
import { asksWhichSide, type Question } from './question.ts';
import { resolveDates } from './understand-quantities.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** "at 15:00" is as long before as after it */
const AROUND = 30;
const HOUR = 60;
/** 15時台 is all of that hour */
const WHOLE_HOUR = /^\D*\d{1,2}時台$/;
/** what joins two times, once they are taken out of a question */
const JOINS = /\bbetween\s+and\b|\bfrom\s+to\b|(?<=\s)[〜～~–—-]+(?=\s)|(?<=\s)台(?=の|に|で)/g;
const BACK = /直近|過去|ここ|この|以内|前から|\b(?:past|last)\b/i;

/**
 * What a question wants from the logs: the words without the days and times it names, and the time these mean in the site's
 * zone, no later than `asOf` (epoch ms). A time that is still to come today is one of the day before; a day to come is none.
 */
export function logQuestion(
  { text, understanding }: Pick<Question, 'text' | 'understanding'>,
  asOf: number,
  zone: string,
): LogQuestion {
  const { dates, times, numbers } = understanding;
  const lengths = numbers.filter(({ unit }) => unit === 'minutes' || unit === 'hours');
  const said = [...dates, ...times, ...(BACK.test(text) ? lengths : [])].sort((a, b) => b.start - a.start);
  const words = said
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text)
    .replace(JOINS, ' ');
  const [time] = times;
  const hour = time !== undefined && WHOLE_HOUR.test(text.slice(time.start, time.end + 1));
  const named = spanOf({ dates, times, hour }, asOf, zone) ?? lengthOf(lengths[0], text, asOf);
  // people or system: its words are no words of a log
  return { text: asksWhichSide(text) ? '' : words, span: named };
}

function spanOf(
  { dates, times, hour }: Pick<Question['understanding'], 'dates' | 'times'> & { readonly hour: boolean },
  asOf: number,
  zone: string,
): LogQuestion['span'] {
  const today = dateIn(asOf, zone);
  const [date] = dates;
  const days = date ? pastDays(date, today) : { from: today, to: today };
  const begin = times.find(({ role }) => role !== 'by');
  const end = times.find((time) => time.role === 'by' || (begin?.role === 'from' && time !== begin));
  if (!date && !begin && !end) return null;
  const span = (shift: number): { from: number; to: number } => {
    const at = (day: string, minute: number): number => instantOf(day, minute - shift * DAY_MINUTES, zone);
    if (!begin && !end) return { from: at(days.from, 0), to: at(days.to, DAY_MINUTES) };
    const alone = begin?.role === 'at' && !end;
    const [before, after] = hour ? [0, HOUR] : [AROUND, AROUND];
    const first = begin ? begin.minute - (alone ? before : 0) : 0;
    const last = end ? end.minute : alone && begin ? begin.minute + after : DAY_MINUTES;
    return { from: at(days.from, first), to: at(days.to, last) };
  };
  const meant = !date && span(0).from >= asOf ? span(1) : span(0);
  return meant.from >= asOf || meant.to <= meant.from
    ? null
    : { from: meant.from, to: Math.min(asOf, meant.to) };
}

/** A weekday or a date without its year is the last such one: a log knows nothing of days to come. */
function pastDays(
  mention: Question['understanding']['dates'][number],
  today: string,
): { from: string; to: string } {
  const days = resolveDates(mention, today);
  if (days.from <= today) return days;
  if (mention.kind === 'weekday' && mention.week === null)
    return resolveDates(
      { ...mention, week: mondayFirst(mention.weekday) <= mondayFirst(weekdayOf(today)) ? 0 : -1 },
      today,
    );
  if (mention.kind === 'date' && mention.year === null)
    return resolveDates({ ...mention, year: Number(today.slice(0, 4)) - 1 }, today);
  return days;
}
const mondayFirst = (weekday: number): number => (weekday + 6) % 7;
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

const lengthOf = (
  length: Question['understanding']['numbers'][number] | undefined,
  text: string,
  asOf: number,
): LogQuestion['span'] =>
  length && length.value > 0 && BACK.test(text)
    ? { from: asOf - length.value * (length.unit === 'hours' ? 60 : 1) * MINUTE, to: asOf }
    : null;
