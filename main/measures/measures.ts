// The executor: a query becomes scopes, pieces, groups and a table. What cannot be kept of it is an error, what limits it a note.

import type { Bilingual, Table } from '../api/contract/common.ts';
import { addDays, dateIn, instantOf } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Base } from '../store/index.ts';
import { MEASURES } from './catalogue.ts';
import type { Answered, Dimension, Filter, Note, Query, RowsOf } from './contract/measures.ts';
import { type Asking, type Counted, counted, isCutShort, otherScope, scopeOf } from './count.ts';
import { changeOf, cut, fits, folded, grouped, keyOf, passes } from './group.ts';
import { checkCompare, checkDimensions, checkedTime, measureOf, notesOf } from './limits.ts';
import { foldOf, type Means, type Measure, names, type Piece, type Scope, TIMES } from './measure.ts';
import { chartOf, natural } from './order.ts';
import { businesses, people, resolveFilters } from './resolve-names.ts';
import { placesKnown } from './snapshots.ts';
import { cellsOf, columnsOf, measureColumns, type Naming, rounded, titleOf } from './table.ts';
import type { Measures } from './types.ts';
import type { Span } from './window.ts';

const MOST_ROWS = 1000;
const uniqueBy = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed();

/** Reads only; `means` are the doors of other rooms. */
export function createMeasures(o: Pick<Base, 'clock' | 'zone'> & { means: Means }): Measures {
  const asking = (): Asking => ({ ...o, places: placesKnown(o.means.read) });
  return {
    list: () => MEASURES,
    query: (query) => answer(asking(), query),
    rows: (of) => rowsBehind(asking(), of),
  };
}

/** Both sides of a question: what each measure came to, and what it is compared with. */
type Sides = {
  readonly query: Query;
  readonly measures: readonly Measure[];
  readonly first: Counted;
  readonly own: ReadonlyMap<string, Counted>;
  readonly other: ReadonlyMap<string, Counted>;
  readonly notes: readonly Note[];
};
async function countedSides(asking: Asking, query: Query): Promise<Sides> {
  const measures = query.measures.map(measureOf);
  const helping = [
    ...query.thresholds.map((t) => t.measure),
    ...(query.order?.measure ? [query.order.measure] : []),
  ].map(measureOf);
  const notes: Note[] = [];
  const own = new Map<string, Counted>();
  const other = new Map<string, Counted>();
  for (const measure of new Set([...measures, ...helping])) {
    checkDimensions(measure, [...query.by, ...query.where.map((f) => f.dimension)]);
    const scope = scopeOf(asking, measure, query, query.window);
    notes.push(...checkedTime(measure, scope, query));
    own.set(measure.info.id, await counted(measure, scope, query.by));
    if (!query.compare) continue;
    checkCompare(measure, query.compare.kind);
    const against = otherScope(asking, query, scope, measure);
    other.set(measure.info.id, await counted(against.measure, against.scope, query.by));
    notes.push(...notesOf.compared(query, scope, against.scope, measure));
    if (query.compare.kind === 'window' && isCutShort(scope, against.scope)) {
      const whole = await counted(measure, scopeOf(asking, measure, query, query.compare.window), []);
      if (whole.total !== null && other.get(measure.info.id)?.total !== null)
        notes.push(notesOf.whole(whole.total, measure));
    }
  }
  const first = own.get(query.measures[0] ?? '');
  if (!first) throw new AppError('input.invalid', { detail: 'measures' });
  return {
    query,
    measures,
    first,
    own,
    other,
    notes: [...notes, ...[...own.values()].flatMap((c) => notesOf.counted(c))],
  };
}

type Row = { readonly key: string; readonly values: readonly string[] };
/** A time that has not come yet: nothing was counted there, which is not none. */
function isToCome(c: Counted, by: readonly Dimension[], values: readonly string[]): boolean {
  if (c.measure.info.future) return false;
  const { span, now, zone } = c.scope;
  const partOf = (dimension: Dimension): string | undefined => values[by.indexOf(dimension)];
  const day = partOf('day') ?? (span.days.length === 1 ? span.days[0] : undefined);
  const minute = Number(partOf('half-hour') ?? partOf('hour') ?? 0);
  return day !== undefined && instantOf(day, minute, zone) > now;
}
/** A group's value, or without groups the whole. */
function valueIn({ query, own }: Sides, id: string, { key, values }: Row): number | null {
  const c = own.get(id);
  if (query.by.length === 0) return c?.total ?? null;
  return c?.groups.get(key)?.value ?? (c?.measure.zero && !isToCome(c, query.by, values) ? 0 : null);
}
/** The same of what it is compared with; a day stands beside the day that lies as far from its window's beginning. */
function comparedIn({ query, first, own, other }: Sides, id: string, { values }: Row): number | null {
  const c = other.get(id);
  if (query.by.length === 0) return c?.total ?? null;
  const days =
    query.compare?.kind === 'window' ? shiftOf((own.get(id) ?? first).scope.span, c?.scope.span) : 0;
  const key = keyOf(values.map((value, i) => (query.by[i] === 'day' ? addDays(value, days) : value)));
  return c?.groups.get(key)?.value ?? (c?.measure.zero ? 0 : null);
}
function rowsOf({ query, measures, own }: Sides): Row[] {
  const groups = new Map<string, readonly string[]>(query.by.length === 0 ? [['', []]] : []);
  for (const measure of measures)
    for (const [key, { values }] of own.get(measure.info.id)?.groups ?? []) groups.set(key, values);
  return [...groups].map(([key, values]) => ({ key, values }));
}
/** Thresholds on groups; those on skills have been kept where people were counted. */
const limitsOf = ({ thresholds }: Query) =>
  thresholds.filter((t) => !(t.measure === 'skills' && t.of === 'value'));

/** Beside last week or month, or one day, and without a time of its own: this one. */
function sameLength(query: Query): Query {
  const beside = query.compare?.kind === 'window' ? query.compare.window.days : null;
  const { days, ...hours } = query.window;
  if (days.kind !== 'now' || !beside || !('offset' in beside)) return query;
  // what looks back by itself is of one day beside a day
  if (beside.kind === 'day' && !query.measures.some((id) => measureOf(id).lookBack)) return query;
  const isState = query.measures.some((id) => ['semi-additive', 'none'].includes(measureOf(id).info.adds));
  return isState ? query : { ...query, window: { ...hours, days: { kind: beside.kind, offset: 0 } } };
}

async function answer(asking: Asking, asked: Query): Promise<Answered> {
  const given = sameLength(asked);
  const query = { ...given, where: resolveFilters(given.where, asking) };
  const sides = await countedSides(asking, query);
  const { measures, first, own, other } = sides;
  const { info } = first.measure;
  const kept = rowsOf(sides).filter((row) =>
    limitsOf(query).every((t) =>
      passes(t, valueIn(sides, t.measure, row), comparedIn(sides, t.measure, row)),
    ),
  );
  const ordered = query.order
    ? kept
    : natural(kept, query.by, asking.places, (key) => first.groups.get(key)?.value ?? null);
  const shown = cut(ordered, {
    value: (row) => valueIn(sides, query.order?.measure ?? info.id, row),
    first: query.order?.first ?? null,
    limit: query.limit,
    rank: query.rank,
  });
  const notes = [...sides.notes];
  if (query.limit !== null && shown.length > query.limit)
    notes.push({ code: 'level-with-last', params: { n: shown.length } });
  const units = measures.map(({ info, unitIn }) => [
    info.id,
    unitIn?.(own.get(info.id)?.scope ?? first.scope) ?? info.unit,
  ]);
  const isCut = limitsOf(query).length > 0 && query.by.length > 0;
  const totals = measures.map(({ info: { id } }) => [
    id,
    isCut ? totalOfKept(sides, id, kept) : (own.get(id)?.total ?? null),
  ]);
  return {
    query: given,
    table: tableOf(sides, shown, kept.length),
    units: Object.fromEntries(units),
    totals: Object.fromEntries(totals),
    compared: query.compare
      ? Object.fromEntries(measures.map((m) => [m.info.id, other.get(m.info.id)?.total ?? null]))
      : null,
    ...momentOf(first, query),
    asOf: first.scope.now,
    chart: chartOf(query, first.measure),
    notes: uniqueBy(notes, (n) => JSON.stringify(n)),
  };
}
/** The whole of the groups that a threshold kept. */
function totalOfKept({ query, own }: Sides, id: string, kept: readonly Row[]): number | null {
  const c = own.get(id);
  if (!c || (c.measure.byLine && query.by.some((d) => d === 'process' || d === 'cell'))) return null;
  const keys = new Set(kept.map((row) => row.key));
  const pieces = [...grouped(c.pieces, query.by)].flatMap(([key, g]) => (keys.has(key) ? g.pieces : []));
  return pieces.length ? folded([...new Set(pieces)], foldOf(c.measure, c.scope)) : c.measure.zero ? 0 : null;
}

function tableOf(sides: Sides, shown: readonly Row[], total: number): Table {
  const { query, measures, first, other } = sides;
  const naming = namingOf(first.scope);
  const label = query.compare ? labelOf(query.compare.kind, other.get(first.measure.info.id)?.scope) : null;
  const figures = (row: Row) =>
    measures.map(({ info }) => {
      const value = valueIn(sides, info.id, row);
      const compared = comparedIn(sides, info.id, row);
      return {
        [info.id]: rounded(value, info),
        ...(label && {
          [`${info.id}:compared`]: rounded(compared, info),
          [`${info.id}:change`]: rounded(changeOf(value, compared), { ...info, unit: 'percent' }),
        }),
      };
    });
  return {
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
    rows: shown.map((row) => ({
      ...Object.assign({}, ...query.by.map((d, i) => cellsOf(d, row.values[i] ?? '', naming))),
      ...Object.assign({}, ...figures(row)),
    })),
    total,
    asOf: first.scope.now,
  };
}

function namingOf(scope: Scope): Naming {
  const { read } = scope.means;
  const names = (some: readonly { value: string; name: string }[]): ((id: string) => string) => {
    const known = new Map(some.map(({ value, name }) => [value, name]));
    return (id) => known.get(id) ?? id;
  };
  return {
    business: names(businesses(read)),
    person: names(people(read)),
    template: scope.means.logs.templateText,
    today: dateIn(scope.now, scope.zone),
    zone: scope.zone,
  };
}

/** What a group was counted from, at the finest there is. */
async function rowsBehind(asking: Asking, { query: given, group }: RowsOf): Promise<Table> {
  const own = Object.entries(group).map(
    ([dimension, value]): Filter => ({ dimension: dimension as Dimension, values: [value], not: false }),
  );
  const where = resolveFilters([...given.where, ...own], asking);
  const measure = measureOf(given.measures[0] ?? '');
  checkDimensions(
    measure,
    where.map((f) => f.dimension),
  );
  const asked = { where, by: given.by, thresholds: given.thresholds };
  const scope = scopeOf(asking, measure, asked, given.window);
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
  const shown = measure.info.dimensions.filter((d) => d !== 'cell' && pieces.some((p) => p[d] !== undefined));
  const naming = namingOf(scope);
  // what a share is made of, each in a column of its own
  const sides = measure.sides ?? [measure];
  const figureOf = ({ side = 0, n, d }: Piece): Record<string, number | null> => {
    const { info } = sides[side] ?? measure;
    return { [info.id]: rounded(d === undefined || n === null ? n : d > 0 ? n / d : null, info) };
  };
  const list = (value: string | readonly string[] | undefined): readonly string[] =>
    value === undefined ? [] : typeof value === 'string' ? [value] : value;
  return {
    title: titleOf([measure.info], { ...given, by: [] }),
    query: 'measures.rows',
    slots: { query: JSON.stringify(given), group: JSON.stringify(group) },
    columns: uniqueBy(
      [...shown.flatMap(columnsOf), ...sides.flatMap(({ info }) => measureColumns(info, null))],
      (c) => c.key,
    ),
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
      ...figureOf(piece),
    })),
    total: pieces.length,
    asOf: scope.now,
  };
}

/** A state is of an instant; what adds up is of a time. */
function momentOf({ measure, scope }: Counted, { by }: Query): { from: number; until: number } {
  const { span, now } = scope;
  if (measure.openNow && span.kind === 'now' && !names(scope, 'state')) return { from: now, until: now };
  const isState = ['semi-additive', 'none'].includes(measure.info.adds) || !measure.info.past;
  if (span.at !== null) return { from: span.at, until: span.at };
  if (!isState || (measure.byDay && measure.info.past) || by.some((d) => TIMES.some((t) => t === d)))
    return { from: span.from, until: Math.max(span.from, span.until) };
  const at = Math.min(now, span.until);
  return { from: at, until: at };
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
