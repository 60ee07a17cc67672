import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CELL_SEPARATOR } from '../../../main/api/contract/common.ts';
import {
  type Compare,
  type Days,
  DIMENSION_NAMES,
  type Dimension,
  type Filter,
  type MeasureInfo,
  type Query,
  type Threshold,
  type Window,
} from '../../../main/measures/contract/measures.ts';
import { orpc } from '../../engine-hooks.ts';
import { type Format, useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

export type QueryWords = {
  readonly measure: (id: string) => string;
  readonly dimension: (dimension: Dimension) => string;
  readonly value: (dimension: Dimension, value: string) => string;
  readonly filter: (filter: Filter) => string;
  readonly days: (days: Days) => string;
  readonly window: (window: Window) => string;
  readonly compare: (compare: Compare) => string;
  readonly threshold: (threshold: Threshold) => string;
  /** the whole question as one reads it */
  readonly query: (query: Query) => string;
};

const pad = (n: number): string => String(n).padStart(2, '0');
/** minutes of the day as `09:30`; past midnight as `25:00` */
export const clockWords = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
/** a Sunday, so that a weekday is that many days after it */
const SUNDAY = Date.UTC(2026, 0, 4);
export const weekdayWords = (weekday: number, format: Format): string =>
  new Intl.DateTimeFormat(format.lang === 'ja' ? 'ja-JP' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(SUNDAY + weekday * 86_400_000);

/** A query in words. Names of people and businesses come with the master data; until then their ids stand. */
export function useQueryWords(measures: readonly MeasureInfo[], query: Query | null): QueryWords {
  const t = useWords('analytics');
  const format = useFormat();
  const lookup = useQuery(orpc.system.lookup.queryOptions({ staleTime: 5 * 60_000 })).data;
  const hasPeople = query?.where.some(({ dimension }) => dimension === 'person') ?? false;
  const people = useQuery(orpc.placement.people.queryOptions({ enabled: hasPeople })).data;
  return useMemo(() => {
    const measure = (id: string): string => {
      const info = measures.find((one) => one.id === id);
      return info ? format.pick(info.name) : id;
    };
    const dimension = (of: Dimension): string => format.pick(DIMENSION_NAMES[of]);
    const business = (id: string): string => lookup?.businesses.find((one) => one.id === id)?.name ?? id;
    const value = (of: Dimension, text: string): string => {
      if (of === 'business') return business(text);
      if (of === 'person') return people?.find((one) => one.id === text)?.name ?? text;
      if (of === 'weekday') return weekdayWords(Number(text), format);
      if (of === 'hour' || of === 'half-hour' || of === 'deadline') return clockWords(Number(text));
      if (of !== 'cell') return text;
      const [location = '', businessId = '', process = ''] = text.split(CELL_SEPARATOR);
      return [location, business(businessId), process].filter(Boolean).join(' ');
    };
    const filter = ({ dimension: of, values, not }: Filter): string => {
      const names = format.list(values.map((one) => value(of, one)));
      return t(not ? 'words.not' : 'words.is', { dimension: dimension(of), names });
    };
    const days = (of: Days): string => {
      switch (of.kind) {
        case 'now':
          return t('days.now');
        case 'all':
          return t('days.all');
        case 'day':
          return t(
            of.offset === 0
              ? 'days.today'
              : of.offset === -1
                ? 'days.yesterday'
                : of.offset === 1
                  ? 'days.tomorrow'
                  : of.offset < 0
                    ? 'days.daysAgo'
                    : 'days.daysAhead',
            { n: Math.abs(of.offset) },
          );
        case 'week':
        case 'month':
          return t(
            `days.${of.kind}.${of.offset === 0 ? 'this' : of.offset === -1 ? 'last' : of.offset === 1 ? 'next' : of.offset < 0 ? 'ago' : 'ahead'}`,
            { n: Math.abs(of.offset) },
          );
        case 'weekday':
          return t('days.weekday', {
            week: days({ kind: 'week', offset: of.week }),
            weekday: weekdayWords(of.weekday, format),
          });
        case 'last-days':
          return t('days.lastDays', { n: of.days });
        case 'next-days':
          return t('days.nextDays', { n: of.days });
        case 'last-minutes':
          return t('days.lastMinutes', { span: format.minutes(of.minutes) });
        case 'between':
          return t('days.between', { from: format.dateTime(of.from), until: format.dateTime(of.to) });
        case 'dates':
          return format.days(of.from, of.to);
      }
    };
    const window = ({ days: of, from, until, at }: Window): string => {
      if (at !== null) return t('words.at', { days: days(of), at: clockWords(at) });
      if (from === null && until === null) return days(of);
      return t('words.between', {
        days: days(of),
        from: from === null ? '' : clockWords(from),
        until: until === null ? '' : clockWords(until),
      });
    };
    const compare = (of: Compare): string =>
      of.kind === 'window' ? t('words.against', { what: window(of.window) }) : t(`words.${of.kind}`);
    const threshold = (of: Threshold): string => {
      const info = measures.find((one) => one.id === of.measure);
      const isShare = of.of === 'change' || info?.unit === 'percent';
      const number = isShare ? format.percent(of.value) : format.number(of.value, info?.digits ?? 0);
      return t(of.of === 'change' ? 'words.change' : 'words.threshold', {
        measure: measure(of.measure),
        is: { '<': '<', '<=': '≤', '=': '=', '>=': '≥', '>': '>' }[of.is],
        value: number,
      });
    };
    const whole = (of: Query): string => {
      const names = format.list(of.measures.map(measure));
      // within a sentence an English name is in small letters
      const by = of.by.map(dimension).map((name) => (format.lang === 'en' ? name.toLowerCase() : name));
      const said = [
        ...of.where.map(filter),
        window(of.window),
        ...(of.compare ? [compare(of.compare)] : []),
        ...of.thresholds.map(threshold),
        ...(of.rank === null ? [] : [t('words.rank', { n: of.rank })]),
        ...(of.order && of.limit !== null ? [t(`words.first.${of.order.first}`, { n: of.limit })] : []),
      ];
      return t(by.length ? 'words.whole' : 'words.wholeTotal', {
        names,
        by: by.join(t('words.and')),
        said: said.join(t('words.comma')),
      });
    };
    return { measure, dimension, value, filter, days, window, compare, threshold, query: whole };
  }, [measures, lookup, people, format, t]);
}
