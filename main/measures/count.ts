// From a question to what one measure comes to: its scope, its pieces in groups, the whole; and the other side of a comparison.

import { addDays, dateIn, instantOf, minuteOfDay } from '../kernel/clock.ts';
import { type Base, sql } from '../store/index.ts';
import type { Dimension, Filter, Query, Window } from './contract/measures.ts';
import { fits, folded, grouped, keyOf, passes } from './group.ts';
import { measureOf, notesOf } from './limits.ts';
import { foldOf, type Means, type Measure, type Piece, PLACE, type Place, type Scope } from './measure.ts';
import { datesOf, passed, type Span, spanOf } from './window.ts';

const DAY = 86_400_000;

/** What answers: doors of other rooms, time and zone, and every cell known. */
export type Asking = Pick<Base, 'clock' | 'zone'> & {
  readonly means: Means;
  readonly places: readonly Place[];
};
type Asked = {
  readonly where: readonly Filter[];
  readonly by: readonly Dimension[];
  readonly thresholds: Query['thresholds'];
};

const newestData = ({ means: { read }, clock }: Asking): number =>
  read.get<{ at: number | null }>(
    sql`SELECT max(snapshot_time) AS at FROM progress_snapshots WHERE snapshot_time <= ${clock.now()}`,
  )?.at ?? clock.now();
const firstDay = ({ means: { read } }: Asking): string =>
  read.get<{ day: string | null }>(
    sql`SELECT min(day) AS day FROM (SELECT min(record_date) AS day FROM productivity_records
      UNION ALL SELECT min(attendance_date) FROM attendance_records UNION ALL SELECT min(assignment_date) FROM daily_assignments
      UNION ALL SELECT date(min(snapshot_time) / 1000, 'unixepoch') FROM progress_snapshots
      UNION ALL SELECT date(min(hour) * 3600, 'unixepoch') FROM log_hours)`,
  )?.day ?? '2000-01-01';

/** `window`: as told, or days and instants already. */
export function scopeOf(asking: Asking, measure: Measure, asked: Asked, told: Window | Span): Scope {
  const { means, places } = asking;
  const isUntold = 'days' in told && !('intervals' in told) && told.days.kind === 'now';
  const window: Window | Span =
    isUntold && measure.lookBack ? { ...told, days: { kind: 'last-days', days: measure.lookBack } } : told;
  const zone = asking.zone();
  const now = measure.timedBy === 'data' ? newestData(asking) : asking.clock.now();
  const isPlace = (f: Filter): boolean => PLACE.some((d) => d === f.dimension);
  const levels = asked.thresholds.filter((t) => t.measure === 'skills' && t.of === 'value');
  return {
    means,
    zone,
    now,
    span:
      'intervals' in window
        ? window
        : spanOf(window, {
            now,
            zone,
            first: window.days.kind === 'all' ? firstDay(asking) : '',
            ahead: measure.info.future,
          }),
    where: asked.where,
    by: new Set(asked.by),
    places,
    placesWanted: places.filter((place) =>
      fits(
        {
          location: place.location,
          business: place.business,
          process: place.process,
          cell: place.cellId,
          n: 0,
        },
        asked.where.filter(isPlace),
      ),
    ),
    perDay: false,
    isSkilled: (level) => levels.every((t) => passes(t, level, null)),
  };
}

/** What one measure came to: its groups by key, and the whole. */
export type Counted = {
  readonly measure: Measure;
  readonly scope: Scope;
  readonly pieces: readonly Piece[];
  readonly groups: ReadonlyMap<string, { readonly values: readonly string[]; readonly value: number | null }>;
  readonly total: number | null;
};

export async function counted(measure: Measure, scope: Scope, by: readonly Dimension[]): Promise<Counted> {
  const fold = foldOf(measure, scope);
  const isKnown = notesOf.isKnown(measure, scope);
  const pieces = isKnown ? (await measure.pieces(scope)).filter((piece) => fits(piece, scope.where)) : [];
  const none = measure.zero && isKnown ? 0 : null;
  const value = (some: readonly Piece[]): number | null => (some.length ? folded(some, fold) : none);
  const groups = new Map(
    [...grouped(pieces, by)].map(([key, group]) => [
      key,
      { values: group.values, value: value(group.pieces) },
    ]),
  );
  if (none === 0)
    for (const values of emptyGroups(scope, by))
      if (!groups.has(keyOf(values))) groups.set(keyOf(values), { values, value: 0 });
  // an item that passes several steps is one item of the whole
  const steps = measure.byLine ? by.filter((d) => d === 'process' || d === 'cell') : [];
  const isSplit =
    steps.length > 0 && !scope.where.some((f) => f.dimension === 'process' || f.dimension === 'cell');
  const whole = isSplit
    ? (await measure.pieces({ ...scope, by: scope.by.difference(new Set(steps)) })).filter((p) =>
        fits(p, scope.where),
      )
    : pieces;
  return { measure, scope, pieces, groups, total: value(whole) };
}
/** Sites, steps and services that count nothing are groups too. */
function emptyGroups(scope: Scope, by: readonly Dimension[]): string[][] {
  if (by.length === 1 && by[0] === 'service')
    return scope.means.logs
      .services()
      .filter((service) =>
        fits(
          { service, n: 0 },
          scope.where.filter((f) => f.dimension === 'service'),
        ),
      )
      .map((service) => [service]);
  const ofPlace: Partial<Record<Dimension, keyof Place>> = {
    location: 'location',
    business: 'business',
    process: 'process',
    cell: 'cellId',
  };
  const isOfSomebody = scope.where.some((f) => f.dimension === 'person');
  if (by.length === 0 || isOfSomebody || !by.every((d) => ofPlace[d])) return [];
  return scope.placesWanted.map((place) => by.map((d) => String(place[ofPlace[d] ?? 'cellId'])));
}

/** The other side of a comparison, aligned with what is asked. */
export function otherScope(
  asking: Asking,
  query: Query,
  own: Scope,
  measure: Measure,
): { measure: Measure; scope: Scope } {
  const { compare } = query;
  const asked = { where: own.where, by: query.by, thresholds: query.thresholds };
  if (compare?.kind === 'forecast') {
    const forecast = measureOf('forecast');
    const span: Span = { ...passed(own.span, own.now), kind: 'dates', due: null };
    return { measure: forecast, scope: scopeOf(asking, forecast, asked, span) };
  }
  if (compare?.kind === 'plan') {
    const planned = measureOf('planned');
    const isNow = own.span.kind === 'now' && own.span.at === null && own.span.since === null;
    const span = isNow ? { ...own.span, at: own.now } : own.span;
    return { measure: planned, scope: { ...scopeOf(asking, planned, asked, span), perDay: true } };
  }
  const window = compare?.window ?? query.window;
  return { measure, scope: scopeOf(asking, measure, asked, aligned(window, own, measure)) };
}

/** Whether a week or month is compared with as much of another one as has come of it. */
export const isCutShort = (own: Scope, other: Scope): boolean =>
  (own.span.kind === 'week' || own.span.kind === 'month') && other.span.kind === 'between';
/** Another day, week or month is looked at up to the same time, where this one is not over: half of one is not compared with a whole one. */
function aligned(window: Window, own: Scope, { info, byDay, laterToday }: Measure): Window {
  const { days } = window;
  const today = dateIn(own.now, own.zone);
  if (
    info.adds === 'additive' &&
    (days.kind === 'week' || days.kind === 'month') &&
    own.span.kind === days.kind &&
    own.span.days.at(-1) === today
  ) {
    const [first, last] = datesOf(days, { today, first: '', ahead: true });
    const from = instantOf(first, 0, own.zone);
    const length = (byDay ? own.span.days.length : (own.now - own.span.from) / DAY) * DAY;
    const to = Math.min(from + length, instantOf(addDays(last, 1), 0, own.zone));
    return { ...window, days: { kind: 'between', from, to } };
  }
  const isOpen =
    own.span.days.length === 1 && own.span.days[0] === today && own.span.at === null && own.span.due === null;
  const isDay =
    ['day', 'weekday'].includes(window.days.kind) ||
    (window.days.kind === 'dates' && window.days.from === window.days.to);
  if (!isOpen || !isDay || byDay || window.at !== null || window.until !== null) return window;
  const minute = minuteOfDay(own.now, own.zone);
  if (info.adds === 'additive') return { ...window, from: window.from ?? null, until: minute };
  return own.span.kind === 'now' && laterToday ? { ...window, at: minute } : window;
}
