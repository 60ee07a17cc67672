import type { Format } from '../../use-format.ts';

/** `2026-11-21` as `11月21日(土)`; a day of the site's calendar has no zone of its own. */
export const dayWords = (date: string, format: Format): string => {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(format.lang === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: format.lang === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(at);
};
/** What the list says beside the day: the headline without the day it begins with. */
export const withoutDay = (headline: string, date: string, format: Format): string => {
  const day = dayWords(date, format);
  return headline.startsWith(day) ? headline.slice(day.length).replace(/^[：:、,\s]+/, '') : headline;
};
