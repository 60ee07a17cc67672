// The executor: a query becomes scopes, pieces, groups and a table. What cannot be kept of it is an error, what limits it a note.
import type { Bilingual, Table } from '../api/contract/common.ts';
import type { Answered, Dimension, Filter, Note, Query, RowsOf, Window } from '../api/contract/measures.ts';
import { DIMENSION_NAMES } from '../api/contract/measures.ts';
import { type Clock, dateIn, minuteOfDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { sql } from '../store/index.ts';
import { CATALOGUE } from './catalogue.ts';
import { changeOf, cut, fits, folded, grouped, keyOf, passes } from './group.ts';
import { checkedTime, notesOf } from './limits.ts';
import { type Means, type Measure, type Piece, PLACE, type Place, type Scope, TIMES } from './measure.ts';
import { businesses, nearest, people, resolveFilters } from './resolve-names.ts';
import { placesKnown } from './snapshots.ts';
import { cellsOf, columnsOf, measureColumns, type Naming, rounded, titleOf } from './table.ts';
import type { Measures } from './types.ts';
import { VOCABULARY } from './vocabulary.ts';
import { addDays, passed, type Span, spanOf } from './window.ts';

const MOST_ROWS = 1000;
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
function checkDimensions({ info }: Measure, dimensions: readonly Dimension[]): void {
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

/** What one measure came to: its groups by key, and the whole. */
type Counted = {
  readonly measure: Measure;
  readonly scope: Scope;
  readonly pieces: readonly Piece[];
  readonly groups: ReadonlyMap<string, { readonly values: readonly string[]; readonly value: number | null }>;
  readonly total: number | null;
};
type Asked = {
  readonly where: readonly Filter[];
  readonly by: readonly Dimension[];
  readonly thresholds: Query['thresholds'];
};

/** Reads only; `means` are the doors of other rooms. */
export function createMeasures(o: { means: Means; clock: Clock; zone: () => string }): Measures {
  const { means } = o;
  const { read } = means;

  const newestData = (): number =>
    read.get<{ at: number | null }>(
      sql`SELECT max(snapshot_time) AS at FROM progress_snapshots WHERE snapshot_time <= ${o.clock.now()}`,
    )?.at ?? o.clock.now();
  const firstDay = (): string =>
    read.get<{ day: string | null }>(
      sql`SELECT min(day) AS day FROM (SELECT min(record_date) AS day FROM productivity_records
        UNION ALL SELECT min(attendance_date) FROM attendance_records UNION ALL SELECT min(assignment_date) FROM daily_assignments
        UNION ALL SELECT date(min(snapshot_time) / 1000, 'unixepoch') FROM progress_snapshots
        UNION ALL SELECT date(min(hour) * 3600, 'unixepoch') FROM log_hours)`,
    )?.day ?? '2000-01-01';

  function scopeOf(measure: Measure, asked: Asked, window: Window | Span, places: readonly Place[]): Scope {
    const zone = o.zone();
    const now = measure.timedBy === 'data' ? newestData() : o.clock.now();
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
              first: window.days.kind === 'all' ? firstDay() : '',
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

  async function counted(measure: Measure, scope: Scope, by: readonly Dimension[]): Promise<Counted> {
    const fold = typeof measure.fold === 'function' ? measure.fold(scope) : measure.fold;
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
      return means.logs
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
  function otherScope(
    query: Query,
    own: Scope,
    measure: Measure,
    places: readonly Place[],
  ): { measure: Measure; scope: Scope } {
    const { compare } = query;
    const asked = { where: own.where, by: query.by, thresholds: query.thresholds };
    if (compare?.kind === 'forecast') {
      const forecast = measureOf('forecast');
      const span: Span = { ...passed(own.span, own.now), kind: 'dates', due: null };
      return { measure: forecast, scope: scopeOf(forecast, asked, span, places) };
    }
    if (compare?.kind === 'plan') {
      const planned = measureOf('planned');
      const isNow = own.span.kind === 'now' && own.span.at === null && own.span.since === null;
      const span = isNow ? { ...own.span, at: own.now } : own.span;
      return { measure: planned, scope: { ...scopeOf(planned, asked, span, places), perDay: true } };
    }
    const window = compare?.window ?? query.window;
    return { measure, scope: scopeOf(measure, asked, aligned(window, own, measure), places) };
  }

  async function answer(given: Query): Promise<Answered> {
    const places = placesKnown(read);
    const query = { ...given, where: resolveFilters(given.where, { read, means, places }) };
    const measures = query.measures.map(measureOf);
    const helping = [
      ...query.thresholds.map((t) => t.measure),
      ...(query.order?.measure ? [query.order.measure] : []),
    ].map(measureOf);
    const all = [...new Set([...measures, ...helping])];
    const filters = query.where.map((f) => f.dimension);
    const notes: Note[] = [];
    const own = new Map<string, Counted>();
    const other = new Map<string, Counted>();
    for (const measure of all) {
      checkDimensions(measure, [...query.by, ...filters]);
      const scope = scopeOf(measure, query, query.window, places);
      notes.push(...checkedTime(measure, scope, query));
      own.set(measure.info.id, await counted(measure, scope, query.by));
      if (!query.compare) continue;
      checkCompare(measure, query.compare.kind);
      const against = otherScope(query, scope, measure, places);
      other.set(measure.info.id, await counted(against.measure, against.scope, query.by));
      notes.push(...notesOf.compared(query, scope, against.scope, measure));
    }
    const [first] = measures;
    const lead = first && own.get(first.info.id);
    if (!first || !lead) throw new AppError('input.invalid', { detail: 'measures' });
    notes.push(...[...own.values()].flatMap((c) => notesOf.counted(c)));

    const shift =
      query.compare?.kind === 'window' ? shiftOf(lead.scope.span, other.get(first.info.id)?.scope.span) : 0;
    const otherKey = (values: readonly string[]): string =>
      keyOf(values.map((value, i) => (query.by[i] === 'day' ? addDays(value, shift) : value)));
    const ownOf = (id: string, key: string): number | null => {
      const c = own.get(id);
      return c?.groups.get(key)?.value ?? (c?.measure.zero && query.by.length ? 0 : null);
    };
    const comparedOf = (id: string, values: readonly string[]): number | null => {
      const c = other.get(id);
      return c?.groups.get(otherKey(values))?.value ?? (c?.measure.zero ? 0 : null);
    };
    const groups = new Map<string, readonly string[]>();
    for (const measure of measures)
      for (const [key, { values }] of own.get(measure.info.id)?.groups ?? []) groups.set(key, values);
    if (query.by.length === 0) groups.set('', []);

    const limits = query.thresholds.filter((t) => !(t.measure === 'skills' && t.of === 'value'));
    const rows = [...groups].map(([key, values]) => ({ key, values }));
    const kept = rows.filter(({ key, values }) =>
      limits.every((t) => passes(t, totalOr(t.measure, key), comparedOr(t.measure, values))),
    );
    const orderBy = query.order?.measure ?? first.info.id;
    const shown = cut(
      query.order ? kept : natural(kept, query.by, places, (key) => ownOf(first.info.id, key)),
      {
        value: ({ key }) => totalOr(orderBy, key),
        first: query.order?.first ?? null,
        limit: query.limit,
        rank: query.rank,
      },
    );
    if (query.limit !== null && shown.length > query.limit)
      notes.push({ code: 'level-with-last', params: { n: shown.length } });
    const naming = namingOf(lead.scope);
    const label = query.compare ? labelOf(query.compare.kind, other.get(first.info.id)?.scope) : null;
    const units = Object.fromEntries(
      measures.map(({ info, unit }) => [info.id, unit?.(own.get(info.id)?.scope ?? lead.scope) ?? info.unit]),
    );
    const table: Table = {
      title: titleOf(
        measures.map((m) => m.info),
        query,
      ),
      query: 'measures.query',
      slots: { query: JSON.stringify(query) },
      columns: uniqueBy(
        [...query.by.flatMap(columnsOf), ...measures.flatMap((m) => measureColumns(m.info, label))],
        (c) => c.key,
      ),
      rows: shown.map(({ key, values }) => ({
        ...Object.assign({}, ...query.by.map((d, i) => cellsOf(d, values[i] ?? '', naming))),
        ...Object.assign(
          {},
          ...measures.map(({ info }) => {
            const value = totalOr(info.id, key);
            const compared = comparedOr(info.id, values);
            return {
              [info.id]: rounded(value, info),
              ...(label && {
                [`${info.id}:compared`]: rounded(compared, info),
                [`${info.id}:change`]: rounded(changeOf(value, compared), { ...info, unit: 'percent' }),
              }),
            };
          }),
        ),
      })),
      total: kept.length,
      asOf: lead.scope.now,
    };
    const isCut = limits.length > 0 && query.by.length > 0;
    const totals = Object.fromEntries(
      measures.map(({ info }) => [info.id, isCut ? totalOfKept(info.id) : (own.get(info.id)?.total ?? null)]),
    );
    return {
      query: given,
      table,
      units,
      totals,
      compared: label
        ? Object.fromEntries(measures.map(({ info }) => [info.id, other.get(info.id)?.total ?? null]))
        : null,
      ...momentOf(lead, query),
      asOf: lead.scope.now,
      chart: chartOf(query, first),
      notes: uniqueBy(notes, (n) => JSON.stringify(n)),
    };

    function totalOr(id: string, key: string): number | null {
      return query.by.length ? ownOf(id, key) : (own.get(id)?.total ?? null);
    }
    function comparedOr(id: string, values: readonly string[]): number | null {
      return query.by.length ? comparedOf(id, values) : (other.get(id)?.total ?? null);
    }
    /** The whole of the groups that a threshold kept. */
    function totalOfKept(id: string): number | null {
      const c = own.get(id);
      if (!c) return null;
      if (c.measure.byLine && query.by.some((d) => d === 'process' || d === 'cell')) return null;
      const keys = new Set(kept.map((row) => row.key));
      const pieces = [...grouped(c.pieces, query.by)].flatMap(([key, g]) => (keys.has(key) ? g.pieces : []));
      const fold = typeof c.measure.fold === 'function' ? c.measure.fold(c.scope) : c.measure.fold;
      return pieces.length ? folded([...new Set(pieces)], fold) : c.measure.zero ? 0 : null;
    }
  }

  const namingOf = (scope: Scope): Naming => {
    const names = (some: readonly { value: string; name: string }[]): ((id: string) => string) => {
      const known = new Map(some.map(({ value, name }) => [value, name]));
      return (id) => known.get(id) ?? id;
    };
    return {
      business: names(businesses(read)),
      person: names(people(read)),
      template: means.logs.templateText,
      today: dateIn(scope.now, scope.zone),
      zone: scope.zone,
    };
  };

  /** What a group was counted from, at the finest there is. */
  async function rows({ query: given, group }: RowsOf): Promise<Table> {
    const places = placesKnown(read);
    const own = Object.entries(group).map(
      ([dimension, value]): Filter => ({ dimension: dimension as Dimension, values: [value], not: false }),
    );
    const where = resolveFilters([...given.where, ...own], { read, means, places });
    const measure = measureOf(given.measures[0] ?? '');
    checkDimensions(
      measure,
      where.map((f) => f.dimension),
    );
    const asked = { where, by: given.by, thresholds: given.thresholds };
    const scope = scopeOf(measure, asked, given.window, places);
    checkedTime(measure, scope, given);
    // a total by the line is counted from the steps it was counted at
    const finest = measure.info.dimensions.filter(
      (d) =>
        d !== 'word' &&
        d !== 'cell' &&
        !(measure.byLine && d === 'process') &&
        !(measure.byLine && d === 'person'),
    );
    const by = new Set<Dimension>([...finest, ...given.by]);
    const pieces = notesOf.isKnown(measure, scope)
      ? (await measure.pieces({ ...scope, by })).filter((piece) => fits(piece, where))
      : [];
    const shown = measure.info.dimensions.filter(
      (d) => d !== 'cell' && pieces.some((p) => p[d] !== undefined),
    );
    const naming = namingOf(scope);
    const list = (value: string | readonly string[] | undefined): readonly string[] =>
      value === undefined ? [] : typeof value === 'string' ? [value] : value;
    return {
      title: titleOf([measure.info], { ...given, by: [] }),
      query: 'measures.rows',
      slots: { query: JSON.stringify(given), group: JSON.stringify(group) },
      columns: uniqueBy([...shown.flatMap(columnsOf), ...measureColumns(measure.info, null)], (c) => c.key),
      rows: pieces.slice(0, MOST_ROWS).map((piece) => ({
        ...Object.assign(
          {},
          ...shown.map((d) => {
            const values = list(piece[d]).map((value) => cellsOf(d, value, naming));
            return values.length > 1
              ? { [d]: values.map((v) => v[d] ?? '').join('、') }
              : (values[0] ?? { [d]: null });
          }),
        ),
        [measure.info.id]: rounded(
          piece.d === undefined || piece.n === null ? piece.n : piece.d > 0 ? piece.n / piece.d : null,
          measure.info,
        ),
      })),
      total: pieces.length,
      asOf: scope.now,
    };
  }

  return {
    list: () => CATALOGUE.map((measure) => measure.info),
    vocabulary: () => VOCABULARY,
    query: answer,
    rows,
  };
}

/** A state is of an instant; what adds up is of a time. */
function momentOf({ measure, scope }: Counted, { by }: Query): { from: number; until: number } {
  const { span, now } = scope;
  const isState = ['semi-additive', 'none'].includes(measure.info.adds) || !measure.info.past;
  if (span.at !== null) return { from: span.at, until: span.at };
  if (!isState || measure.byDay || by.some((d) => TIMES.some((t) => t === d)))
    return { from: span.from, until: Math.max(span.from, span.until) };
  const at = Math.min(now, span.until);
  return { from: at, until: at };
}

function checkCompare({ info }: Measure, kind: 'window' | 'forecast' | 'plan'): void {
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

/** Another day is looked at up to the same time of day, where today is not over: half a day is not compared with a whole one. */
function aligned(window: Window, own: Scope, { info, byDay, laterToday }: Measure): Window {
  const isOpen =
    own.span.days.length === 1 &&
    own.span.days[0] === dateIn(own.now, own.zone) &&
    own.span.at === null &&
    own.span.due === null;
  const isDay =
    ['day', 'weekday'].includes(window.days.kind) ||
    (window.days.kind === 'dates' && window.days.from === window.days.to);
  if (!isOpen || !isDay || byDay || window.at !== null || window.until !== null) return window;
  const minute = minuteOfDay(own.now, own.zone);
  if (info.adds === 'additive') return { ...window, from: window.from ?? null, until: minute };
  return own.span.kind === 'now' && laterToday ? { ...window, at: minute } : window;
}
const shiftOf = (own: Span, other: Span | undefined): number => {
  const [a, b] = [own.days[0], other?.days[0]];
  return a && b ? Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000) : 0;
};
const labelOf = (kind: 'window' | 'forecast' | 'plan', other: Scope | undefined): Bilingual => {
  if (kind === 'forecast') return { ja: '予測', en: 'forecast' };
  if (kind === 'plan') return { ja: '予定', en: 'plan' };
  const days = other?.span.days ?? [];
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const text = from === to ? from : `${from}–${to}`;
  return { ja: text, en: text };
};

/** In order of time, of the sites and steps; else the most first. */
function natural<Row extends { readonly key: string; readonly values: readonly string[] }>(
  rows: readonly Row[],
  by: readonly Dimension[],
  places: readonly Place[],
  value: (key: string) => number | null,
): Row[] {
  const order = (list: readonly string[]): Map<string, number> =>
    new Map([...new Set(list)].map((name, i) => [name, i]));
  const known: Partial<Record<Dimension, Map<string, number>>> = {
    location: order(places.map((p) => p.location)),
    business: order(places.map((p) => p.business).toSorted()),
    process: order(places.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)).map((p) => p.process)),
    cell: order(places.map((p) => p.cellId)),
  };
  const isTime = (d: Dimension): boolean => TIMES.some((t) => t === d) || d === 'deadline' || d === 'skill';
  return rows.toSorted((a, b) => {
    for (const [i, d] of by.entries()) {
      const [x = '', y = ''] = [a.values[i], b.values[i]];
      if (x === y) continue;
      const places = known[d];
      if (places) return (places.get(x) ?? places.size) - (places.get(y) ?? places.size);
      if (d === 'day') return x < y ? -1 : 1;
      if (d === 'weekday') return ((Number(x) + 6) % 7) - ((Number(y) + 6) % 7);
      if (isTime(d)) return Number(x) - Number(y);
      const most = (value(b.key) ?? -1) - (value(a.key) ?? -1);
      if (most !== 0) return most;
    }
    return a.key < b.key ? -1 : 1;
  });
}
const uniqueBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();

/** The chart that fits. */
function chartOf({ by, measures }: Query, first: Measure): Answered['chart'] {
  const isTime = (d: Dimension | undefined): boolean => TIMES.some((t) => t === d);
  const isSlot = (d: Dimension | undefined): boolean => d === 'hour' || d === 'half-hour';
  if (by.length === 0) return 'number';
  if (by.length > 2 || first.info.unit === 'instant') return 'table';
  if (by.length === 1) return isTime(by[0]) && by[0] !== 'weekday' ? 'line' : 'bar';
  if (measures.length > 1) return 'table';
  if (by.some(isSlot) && by.some((d) => PLACE.some((p) => p === d))) return 'strip';
  return by.some(isTime) ? 'line' : 'matrix';
}
