import type { Days, Window } from '../measures/contract/measures.ts';
import type { Token } from './tokens.ts';
import type { Words } from './words.ts';

const NOW_DAYS: Days = { kind: 'now' };
export const NOON = 720;
const EVENING = 1020;
export const isAhead = (days: Days): boolean =>
  (days.kind === 'day' && days.offset > 0) ||
  (days.kind === 'weekday' && days.week > 0) ||
  ((days.kind === 'week' || days.kind === 'month') && days.offset > 0) ||
  days.kind === 'next-days';
/** A bare weekday is the last one of what was, the next one of what is planned. */
export const daysOf = (t: Token, ahead: boolean): Days | null =>
  t.day ? (ahead && t.day.next ? t.day.next : t.day.days) : null;

/** The days and times of a clause, all used. `timed`: what is asked has a time of day; else the morning is the day. */
export function windowOf(
  w: Words,
  o: { readonly ahead: boolean; readonly timed: boolean; readonly except?: readonly Token[] },
): Window {
  let days: Days | null = null;
  let from: number | null = null;
  let until: number | null = null;
  let at: number | null = null;
  for (const t of w.tokens) {
    if (o.except?.includes(t)) continue;
    const said = daysOf(t, o.ahead);
    if (said && days && days.kind === 'dates' && said.kind === 'dates' && days.from !== said.from)
      days = { kind: 'dates', from: days.from, to: said.to };
    else if (said && days) {
      // 今日、定時までに: the same day twice
      if (JSON.stringify(said) === JSON.stringify(days)) w.take('window', t);
      continue;
    } else if (said) days = said;
    if (t.time && w.used.get(t) !== 'suppose') {
      from ??= t.time.start;
      until ??= t.time.end;
      at ??= t.time.at;
    }
    if (said || t.time) w.take('window', t);
  }
  for (const { token, value } of w.like('part:')) {
    if (o.except?.includes(token)) continue;
    const inside = at !== null || from !== null || until !== null;
    // 3 in the afternoon
    if (at !== null && value !== 'am' && at < NOON) at += NOON;
    if (!inside && o.timed) {
      if (value === 'am') until = NOON;
      else if (value === 'noon') [from, until] = [NOON, NOON + 60];
      else from = value === 'pm' ? NOON : EVENING;
    }
    if (days === null && o.timed && o.ahead === false) days = NOW_DAYS;
    w.take('window', token);
  }
  w.takeAll('window', 'now');
  return { days: days ?? NOW_DAYS, from, until, at };
}
