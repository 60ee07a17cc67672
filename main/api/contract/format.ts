/** How values are written for people, the same in the engine's sentences and on screen. Pure. */
import type { Lang } from '../../kernel/errors.ts';

const LOCALE = { ja: 'ja-JP', en: 'en-GB' } as const;
const numbers = new Map<string, Intl.NumberFormat>();
const numberFormat = (lang: Lang, digits: number): Intl.NumberFormat => {
  const key = `${lang}${digits}`;
  let format = numbers.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: digits });
    numbers.set(key, format);
  }
  return format;
};
/** `1,240`; a negative zero is written as 0 */
export const formatNumber = (value: number, lang: Lang, digits = 0): string =>
  numberFormat(lang, digits).format(Math.abs(value) < 0.5 / 10 ** digits ? 0 : value);
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
/** `12.4 MB`: decimal units, as makers of disks and most file managers count */
export const formatBytes = (bytes: number, lang: Lang): string => {
  const step = bytes < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${formatNumber(value, lang, step > 0 && value < 100 ? 1 : 0)} ${BYTE_UNITS[step] ?? 'B'}`;
};
/** share 0–1 as `87%`; never rounds to 0% or 100% what is neither: `<1%`, `>99%` */
export const formatPercent = (share: number, lang: Lang): string => {
  if (share > 0 && share < 0.01) return lang === 'ja' ? '1%未満' : '<1%';
  if (share < 1 && share > 0.99) return lang === 'ja' ? '99%超' : '>99%';
  return `${formatNumber(share * 100, lang)}%`;
};

const dates = new Map<string, Intl.DateTimeFormat>();
const dateFormat = (lang: Lang, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${lang}|${zone}|${JSON.stringify(options)}`;
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE[lang], { timeZone: zone, hourCycle: 'h23', ...options });
    dates.set(key, format);
  }
  return format;
};
/** `14:05` */
export const formatTime = (at: number, zone: string, lang: Lang): string =>
  dateFormat(lang, zone, { hour: '2-digit', minute: '2-digit' }).format(at);
/** `2026年11月21日(土)` / `Sat, 21 Nov 2026` */
export const formatDate = (at: number, zone: string, lang: Lang): string =>
  dateFormat(
    lang,
    zone,
    lang === 'ja'
      ? { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' }
      : { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' },
  ).format(at);
/** `11月21日 14:05` / `21 Nov, 14:05`; with the year in front or behind when that is another than the one of `now` */
export const formatDateTime = (at: number, zone: string, lang: Lang, now = at): string => {
  const year = dateFormat('en', zone, { year: 'numeric' });
  const date = dateFormat(lang, zone, {
    ...(year.format(at) === year.format(now) ? {} : { year: 'numeric' }),
    month: lang === 'ja' ? 'long' : 'short',
    day: 'numeric',
  }).format(at);
  return `${date}${lang === 'ja' ? ' ' : ', '}${formatTime(at, zone, lang)}`;
};
/** the time; with the date in front when it is of another day than `now` */
export const formatMoment = (at: number, zone: string, lang: Lang, now: number): string =>
  formatDate(at, zone, lang) === formatDate(now, zone, lang)
    ? formatTime(at, zone, lang)
    : formatDateTime(at, zone, lang, now);
/** days as they are stored: `2026-11-21`, `2026-08-01〜2026-11-21` / `2026-08-01 – 2026-11-21` */
export const formatDays = (firstDay: string, lastDay: string, lang: Lang): string =>
  firstDay === lastDay ? firstDay : `${firstDay}${lang === 'ja' ? '〜' : ' – '}${lastDay}`;
/** a day as people say it beside others: `11月17日(火)` / `Tue 17 Nov` */
export const formatDay = (date: string, lang: Lang): string =>
  dateFormat(lang, 'UTC', { month: lang === 'ja' ? 'long' : 'short', day: 'numeric', weekday: 'short' })
    .format(Date.parse(date))
    .replace(',', '');
/** dates as parameters of a sentence in both languages: `date` becomes `date.ja` and `date.en` */
export const dayParams = (dates: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(dates).flatMap(([name, date]) => [
      [`${name}.ja`, formatDay(date, 'ja')],
      [`${name}.en`, formatDay(date, 'en')],
    ]),
  );
/** minutes as `1時間25分` / `1 h 25 min` */
export const formatMinutes = (minutes: number, lang: Lang): string => {
  const whole = Math.max(0, Math.round(minutes));
  const h = Math.floor(whole / 60);
  const m = whole % 60;
  if (lang === 'ja') return h ? `${h}時間${m ? `${m}分` : ''}` : `${m}分`;
  return h ? `${h} h${m ? ` ${m} min` : ''}` : `${m} min`;
};
/** how long ago, as `3分前` / `3 min ago`; past a day in whole hours, past two in days */
export const formatAgo = (ms: number, lang: Lang): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return lang === 'ja' ? 'たった今' : 'just now';
  if (minutes >= 48 * 60)
    return lang === 'ja' ? `${Math.floor(minutes / 1440)}日前` : `${Math.floor(minutes / 1440)} days ago`;
  const span = formatMinutes(minutes < 24 * 60 ? minutes : minutes - (minutes % 60), lang);
  return lang === 'ja' ? `${span}前` : `${span} ago`;
};
/** What has to be done by the deadline, work on its way here included, where that is not just the backlog as people read it. */
export const partDue = ({ due, backlog }: { due: number | null; backlog: number }): number | null =>
  due !== null && Math.round(due) !== Math.round(backlog) ? due : null;
/** A cell as people say it: `札幌 SS エントリ1` */
export const formatCell = (cell: {
  readonly location: string;
  readonly businessName: string;
  readonly process: string;
}): string => `${cell.location} ${cell.businessName} ${cell.process}`;

type TableColumn = { readonly key: string };
/** A table that carries a value in words twice (`titleJa`, `titleEn`) shows one of them. */
export const columnsIn = <C extends TableColumn>(columns: readonly C[], lang: Lang): C[] =>
  columns.filter(({ key }) => {
    const twin = key.endsWith('Ja')
      ? `${key.slice(0, -2)}En`
      : key.endsWith('En')
        ? `${key.slice(0, -2)}Ja`
        : null;
    return !twin || !columns.some((c) => c.key === twin) || key.endsWith(lang === 'ja' ? 'Ja' : 'En');
  });

/** Rows of a night's list that are shown; files for a spreadsheet hold them all. */
const LISTED = 20;
/** What is shown of a report's table on a screen, on paper and in Markdown. */
export const listedRows = <R>(kind: 'nightly' | 'validation', rows: readonly R[]): readonly R[] =>
  kind === 'nightly' ? rows.slice(0, LISTED) : rows;

/** A template as people read it: what is different each time is …, and several of these in a row are one. */
export const formatTemplate = (text: string): string =>
  text
    .replace(/(?:\S*<\*>\S*[\s,;:]*)+/g, (parameters) => `${parameters.replace(/<\*>/g, '…').trim()} `)
    .replace(/…(?:[\s,]*…)+/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
