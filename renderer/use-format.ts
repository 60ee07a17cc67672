/** Values written for the person in front: their language, the site's time zone. */
import { createContext, useContext } from 'react';
import type { Lang } from '../main/api/contract/common.ts';
import {
  formatAgo,
  formatBytes,
  formatCell,
  formatDate,
  formatDateTime,
  formatDays,
  formatMinutes,
  formatNumber,
  formatPercent,
  formatTime,
} from '../main/api/contract/format.ts';

type CellNames = Parameters<typeof formatCell>[0];
export type Format = {
  readonly lang: Lang;
  readonly zone: string;
  readonly number: (value: number, digits?: number) => string;
  /** `12.4 MB`: decimal units, as makers of disks and most file managers count */
  readonly bytes: (bytes: number) => string;
  readonly percent: (share: number) => string;
  readonly time: (at: number) => string;
  readonly date: (at: number) => string;
  /** the year is there when it is not this one */
  readonly dateTime: (at: number) => string;
  /** two dates as they are stored; one where they are the same */
  readonly days: (firstDay: string, lastDay: string) => string;
  readonly minutes: (minutes: number) => string;
  /** `3分前`; `now` defaults to this computer's clock, pass the engine's for data of the engine */
  readonly ago: (at: number, now: number) => string;
  /** `あと1時間25分` / `12分超過` */
  readonly countdown: (at: number, now: number) => string;
  readonly cell: (cell: CellNames) => string;
  /** between short facts beside each other: `12 行 ・ 3 ms` / `12 lines · 3 ms` */
  readonly dot: string;
  /** names one after the other: `札幌、横浜` / `札幌, 横浜` */
  readonly list: (names: readonly string[]) => string;
  /** the person's side of a bilingual text of the engine */
  readonly pick: (text: { readonly ja: string; readonly en: string }) => string;
};

export const makeFormat = (lang: Lang, zone: string): Format => ({
  lang,
  zone,
  number: (value, digits) => formatNumber(value, lang, digits),
  bytes: (bytes) => formatBytes(bytes, lang),
  percent: (share) => formatPercent(share, lang),
  time: (at) => formatTime(at, zone, lang),
  date: (at) => formatDate(at, zone, lang),
  dateTime: (at) => formatDateTime(at, zone, lang, Date.now()),
  days: (firstDay, lastDay) => formatDays(firstDay, lastDay, lang),
  minutes: (minutes) => formatMinutes(minutes, lang),
  ago: (at, now) => formatAgo(Math.max(0, now - at), lang),
  countdown: (at, now) => {
    const minutes = Math.round((at - now) / 60_000);
    const span = formatMinutes(Math.abs(minutes), lang);
    if (minutes >= 0) return lang === 'ja' ? `あと${span}` : `in ${span}`;
    return lang === 'ja' ? `${span}超過` : `${span} over`;
  },
  cell: formatCell,
  dot: lang === 'ja' ? ' ・ ' : ' · ',
  list: (names) => names.join(lang === 'ja' ? '、' : ', '),
  pick: (text) => text[lang],
});
export const FormatContext = createContext<Format>(makeFormat('ja', 'Asia/Tokyo'));
export const useFormat = (): Format => useContext(FormatContext);
