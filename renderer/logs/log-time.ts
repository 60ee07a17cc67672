/** Instants as a log needs them: to the second on screen, to the millisecond where one looks closer. */
import type { Lang } from '../../main/api/contract/common.ts';

const made = new Map<string, Intl.DateTimeFormat>();
const DAY = { ja: { month: '2-digit', day: '2-digit' }, en: { month: 'short', day: '2-digit' } } as const;
const formatter = (lang: Lang, zone: string, date: 'none' | 'day' | 'year'): Intl.DateTimeFormat => {
  const key = `${lang}${zone}${date}`;
  let format = made.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      ...(date === 'none' ? {} : DAY[lang]),
      ...(date === 'year' ? { year: 'numeric' } : {}),
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    made.set(key, format);
  }
  return format;
};
/** `14:05:09` */
export const clockTime = (at: number, zone: string, lang: Lang): string =>
  formatter(lang, zone, 'none').format(at);
/** `11/22 14:05:09` / `22 Nov, 14:05:09`; with its year when that is another than the one of `now` */
export const dayTime = (at: number, zone: string, lang: Lang, now = Date.now()): string => {
  const isThisYear = exactTime(at, zone).slice(0, 4) === exactTime(now, zone).slice(0, 4);
  return formatter(lang, zone, isThisYear ? 'day' : 'year').format(at);
};
/** `2026-11-22 14:05:09.123`, sortable and the same in both languages */
export const exactTime = (at: number, zone: string): string => {
  const key = `exact${zone}`;
  let format = made.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    made.set(key, format);
  }
  return `${format.format(at)}.${String(((at % 1000) + 1000) % 1000).padStart(3, '0')}`;
};

const UNITS = [
  { ms: 86_400_000, key: 'days' },
  { ms: 3_600_000, key: 'hours' },
  { ms: 60_000, key: 'minutes' },
  { ms: 1000, key: 'seconds' },
] as const;
/** A bucket's length as a whole number of its largest unit. */
export function bucketWords(ms: number): {
  readonly n: number;
  readonly unit: (typeof UNITS)[number]['key'];
} {
  const unit = UNITS.find((u) => ms >= u.ms && ms % u.ms === 0) ?? UNITS[3];
  return { n: Math.max(1, Math.round(ms / unit.ms)), unit: unit.key };
}

/** `2026-11-22T14:05:09` as a date field of the page writes it, on the site's clock. */
export const fieldTime = (at: number, zone: string): string =>
  exactTime(at, zone).slice(0, 19).replace(' ', 'T');
/** The instant of such a text; null when it is none. */
export function instantOfField(text: string, zone: string): number | null {
  const asUtc = Date.parse(`${text}${text.length === 16 ? ':00' : ''}Z`);
  if (Number.isNaN(asUtc)) return null;
  const shift = (at: number): number => Date.parse(`${fieldTime(at, zone)}Z`) - Math.floor(at / 1000) * 1000;
  // twice: the first guess may lie on the other side of a change of the clocks
  const guess = asUtc - shift(asUtc);
  return asUtc - shift(guess);
}
