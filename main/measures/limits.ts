// What of a time cannot be asked of a measure, and what has to be told beside a figure.

import type { Bilingual } from '../api/contract/common.ts';
import { dayParams, formatNumber, formatTime } from '../api/contract/format.ts';
import { addDays, dateIn, weekdayOf } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { type Sql, sql } from '../store/index.ts';
import { CATALOGUE } from './catalogue.ts';
import { DIMENSION_NAMES, type Dimension, type Note, type Query } from './contract/measures.ts';
import { sampleOf } from './durations.ts';
import { type Measure, names, type Piece, PLACE, type Scope, type Source } from './measure.ts';
import { isOfLastWeek } from './people.ts';
import { nearest } from './resolve-names.ts';

const of = ({ ja, en }: Bilingual): Record<string, string> => ({ 'measure.ja': ja, 'measure.en': en });

const BY_ID = new Map(CATALOGUE.map((measure) => [measure.info.id, measure]));

export function measureOf(id: string): Measure {
  const measure = BY_ID.get(id);
  if (measure) return measure;
  const near = nearest(id, [...BY_ID.keys()]).join(', ');
  throw new AppError('measures.unknown', { name: id, nearest: near });
}
const named = (key: string, { ja, en }: Bilingual): Record<string, string> => ({
  [`${key}.ja`]: ja,
  [`${key}.en`]: en,
});
/** @throws `measures.no-dimension` */
export function checkDimensions({ info }: Measure, dimensions: readonly Dimension[]): void {
  const missing = dimensions.find((d) => !info.dimensions.includes(d));
  if (missing === undefined) return;
  const list = (lang: 'ja' | 'en', mark: string): string =>
    info.dimensions.map((d) => DIMENSION_NAMES[d][lang]).join(mark);
  throw new AppError('measures.no-dimension', {
    ...named('measure', info.name),
    ...named('dimension', DIMENSION_NAMES[missing]),
    'allowed.ja': list('ja', '、'),
    'allowed.en': list('en', ', '),
  });
}

/** @throws `measures.no-compare` */
export function checkCompare({ info }: Measure, kind: 'window' | 'forecast' | 'plan'): void {
  if (info.comparesWith.includes(kind)) return;
  const WITH: Record<typeof kind, Bilingual> = {
    window: { ja: 'ほかの期間', en: 'another time' },
    forecast: { ja: '予測', en: 'the forecast' },
    plan: { ja: '予定', en: 'the plan' },
  };
  const list = (lang: 'ja' | 'en', none: string): string =>
    info.comparesWith.map((k) => WITH[k][lang]).join('、') || none;
  throw new AppError('measures.no-compare', {
    ...named('measure', info.name),
    ...named('with', WITH[kind]),
    'allowed.ja': list('ja', 'なし'),
    'allowed.en': list('en', 'nothing'),
  });
}

/** @throws `measures.no-future`, `measures.no-past`; what is not used of the time is a note */
export function checkedTime(measure: Measure, scope: Scope, query: Query): Note[] {
  const { info } = measure;
  const { span, now, zone } = scope;
  const today = dateIn(now, zone);
  const isToday = span.days.length === 1 && span.days[0] === today;
  const asksTime = span.at !== null || span.due !== null || span.since !== null;
  const begins = span.at ?? span.since ?? span.from;
  if (!info.future && (span.days[0] ?? '') > today) throw new AppError('measures.no-future', of(info.name));
  if (!info.future && !measure.laterToday && !measure.byDay && isToday && begins > now)
    throw new AppError('measures.no-future', of(info.name));
  if (!info.past && !isToday) throw new AppError('measures.no-past', of(info.name));
  if (!info.past && asksTime && !(measure.laterToday && (span.due ?? span.at ?? 0) > now) && !measure.byDay)
    throw new AppError('measures.no-past', of(info.name));
  if (measure.byDay && asksTime) return [{ code: 'by-day', params: of(info.name) }];
  const isOpenDay =
    isToday &&
    span.kind !== 'now' &&
    span.kind !== 'last-minutes' &&
    span.kind !== 'between' &&
    query.window.at === null;
  return isOpenDay && info.adds === 'additive' && !info.future && span.until > now && !measure.byDay
    ? [
        {
          code: 'until-now',
          params: { 'time.ja': formatTime(now, zone, 'ja'), 'time.en': formatTime(now, zone, 'en') },
        },
      ]
    : [];
}

const SOURCES: Readonly<Record<Source, Sql>> = {
  snapshots: sql`SELECT date(min(snapshot_time) / 1000, 'unixepoch') AS first, date(max(snapshot_time) / 1000, 'unixepoch') AS last
    FROM progress_snapshots`,
  attendance: sql`SELECT min(attendance_date) AS first, max(attendance_date) AS last FROM attendance_records`,
  assignments: sql`SELECT min(assignment_date) AS first, max(assignment_date) AS last FROM daily_assignments`,
  records: sql`SELECT min(record_date) AS first, max(record_date) AS last FROM productivity_records`,
  forecasts: sql`SELECT min(forecast_date) AS first, max(forecast_date) AS last FROM workload_forecasts`,
};
const HAS: Readonly<Record<Source, (scope: Scope, from: string, to: string) => Sql>> = {
  snapshots: ({ span, now }) =>
    sql`SELECT 1 FROM progress_snapshots WHERE snapshot_time BETWEEN ${Math.min(span.from, span.at ?? span.from)} AND ${Math.min(now, Math.max(span.until, span.at ?? 0))} LIMIT 1`,
  attendance: (_, from, to) =>
    sql`SELECT 1 FROM attendance_records WHERE attendance_date BETWEEN ${from} AND ${to} LIMIT 1`,
  assignments: (_, from, to) =>
    sql`SELECT 1 FROM daily_assignments WHERE assignment_date BETWEEN ${from} AND ${to} LIMIT 1`,
  records: (_, from, to) =>
    sql`SELECT 1 FROM productivity_records WHERE record_date BETWEEN ${from} AND ${to} LIMIT 1`,
  forecasts: (_, from, to) =>
    sql`SELECT 1 FROM workload_forecasts WHERE forecast_date BETWEEN ${from} AND ${to} LIMIT 1`,
};

const sourceOf = ({ source }: Measure, scope: Scope): Source | undefined =>
  typeof source === 'function' ? source(scope) : source;

export const notesOf = {
  /** Whether anything was recorded in the window; days of which nothing is known are not days of zero. */
  isKnown(measure: Measure, scope: Scope): boolean {
    const source = sourceOf(measure, scope);
    if (!source || (source === 'records' && isOfLastWeek(scope))) return true;
    const [from = '', to = ''] = [scope.span.days[0], scope.span.days.at(-1)];
    return scope.means.read.get(HAS[source](scope, from, to)) !== undefined;
  },
  counted({
    measure,
    scope,
    total,
    pieces,
  }: {
    measure: Measure;
    scope: Scope;
    total: number | null;
    pieces: readonly Piece[];
  }): Note[] {
    const { info } = measure;
    const source = sourceOf(measure, scope);
    const { span } = scope;
    const [from = '', to = ''] = [span.days[0], span.days.at(-1)];
    const notes: Note[] = [];
    const asked = scope.where.filter((f) => PLACE.some((d) => d === f.dimension) && !f.not);
    if (asked.length > 1 && scope.placesWanted.length === 0 && info.dimensions.includes('cell'))
      notes.push({
        code: 'no-such-cell',
        params: {
          what: asked.flatMap((f) => f.values.map((value) => nameOf(scope, f.dimension, value))).join(' '),
        },
      });
    if (source && !this.isKnown(measure, scope))
      notes.push({
        code: from === to ? 'no-data-on' : 'no-data',
        params: { ...of(info.name), ...dayParams({ from, to }) },
      });
    else if (source && span.kind !== 'now') {
      const edge = scope.means.read.get<{ first: string | null; last: string | null }>(SOURCES[source]);
      if (edge?.first && edge.first > firstWorkday(from))
        notes.push({ code: 'data-from', params: { ...of(info.name), ...dayParams({ from: edge.first }) } });
      if (edge?.last && edge.last < to && (info.future || source === 'records'))
        notes.push({ code: 'data-until', params: { ...of(info.name), ...dayParams({ to: edge.last }) } });
    }
    if (source === 'records' && isOfLastWeek(scope)) {
      const days = pieces.map((p) => String(p.day)).toSorted();
      if (days[0])
        notes.push({ code: 'last-week', params: dayParams({ from: days[0], to: days.at(-1) ?? days[0] }) });
    }
    if (info.id === 'arrivals' && names(scope, 'hour', 'half-hour'))
      notes.push({ code: 'no-hour', params: {} });
    if (source === 'attendance' && info.unit === 'people' && span.days.length > 1)
      notes.push({ code: 'person-days', params: {} });
    if (info.id === 'finish' && total === null && pieces.length > 0)
      notes.push({ code: 'never-today', params: {} });
    const sample = measure.info.unit === 'ms' ? sampleOf(pieces) : null;
    if (sample) notes.push({ code: 'sampled', params: sample });
    if (info.id === 'free') notes.push({ code: 'free-chosen', params: {} });
    return notes;
  },
  /** The whole of a week or month that was compared as far as this one came. */
  whole: (whole: number, { info }: Measure): Note => ({
    code: 'same-part',
    params: {
      'whole.ja': formatNumber(whole, 'ja', info.digits),
      'whole.en': formatNumber(whole, 'en', info.digits),
    },
  }),
  compared(query: Query, own: Scope, other: Scope, { info }: Measure): Note[] {
    const time = {
      'time.ja': formatTime(own.now, own.zone, 'ja'),
      'time.en': formatTime(own.now, own.zone, 'en'),
    };
    if (query.compare?.kind === 'forecast')
      return [
        ...(info.id === 'arrivals' ? [] : [{ code: 'forecast-of-arrivals', params: {} }]),
        ...(own.span.until >= own.now ? [{ code: 'forecast-until', params: time }] : []),
      ];
    const isCut =
      query.compare?.kind === 'window' &&
      query.compare.window.until === null &&
      query.compare.window.at === null &&
      (other.span.due !== null || other.span.at !== null);
    return isCut && info.adds !== 'none' ? [{ code: 'same-time', params: time }] : [];
  },
};
/** A window that begins on a Saturday or Sunday lacks nothing where the records begin on the Monday. */
const firstWorkday = (day: string): string => {
  const ahead = { 0: 1, 6: 2 }[weekdayOf(day)] ?? 0;
  return ahead === 0 ? day : addDays(day, ahead);
};
const nameOf = (scope: Scope, dimension: string, value: string): string =>
  dimension === 'business'
    ? (scope.means.read.get<{ name: string }>(
        sql`SELECT business_name AS name FROM businesses WHERE business_id = ${value}`,
      )?.name ?? value)
    : value.replaceAll('\u001f', ' ');
