import { dateIn, instantOf } from '../../kernel/clock.ts';
import { all, type Reader, type Sql, sql } from '../../store/index.ts';
import type { CountBy, FoundCounts, LineFilter, LogCounts } from '../contract/logs.ts';
import { LEVEL_ORDER } from '../store/records.ts';
import type { MinuteCount } from '../types.ts';
import type { LineFinder } from './find-lines.ts';
import { leftOutBlock } from './keep-damage.ts';
import { type TemplateLookup, templatesOf } from './match-of.ts';
import { among } from './queries.ts';

const MINUTE = 60_000;
const PER_HOUR = 60;
/** Lengths of a bucket people read easily, minutes. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200];

/** Minutes [from, to) of the filter, what is not given as far as there are lines; and whether that is all there are. */
function rangeOf(read: Reader, filter: LineFilter): { from: number; to: number; isAll: boolean } {
  const edges = read.get<{ first: number | null; last: number | null }>(
    sql`SELECT (SELECT minute FROM log_minutes ORDER BY minute LIMIT 1) AS first, (SELECT minute FROM log_minutes ORDER BY minute DESC LIMIT 1) AS last`,
  );
  const first = edges?.first ?? 0;
  const end = (edges?.last ?? -1) + 1;
  const from = filter.from === undefined ? first : Math.floor(filter.from / MINUTE);
  const to = filter.to === undefined ? end : Math.ceil(filter.to / MINUTE);
  return { from, to: Math.max(from, to), isAll: from <= first && to >= end };
}

/** Buckets that cover [from, to) minutes, at most `buckets`, their edges on the site's clock. */
function bucketsOf(
  from: number,
  to: number,
  buckets: number,
  zone: string,
): { start: number; step: number; count: number } {
  const midnight = Math.floor(instantOf(dateIn(from * MINUTE, zone), 0, zone) / MINUTE);
  const begin = (step: number): number => midnight + Math.floor((from - midnight) / step) * step;
  const fits = (step: number): boolean => begin(step) + step * buckets >= to;
  if (buckets === 1) return { start: from, step: Math.max(1, to - from), count: 1 };
  let step = STEPS.find(fits);
  for (let days = 60; step === undefined; days *= 2) if (fits(days * 1440)) step = days * 1440;
  const start = begin(step);
  return { start, step, count: Math.max(1, Math.ceil((to - start) / step)) };
}

/** The buckets counts of a filter are given in, whether they come from roll-ups or from the lines themselves. */
export function layoutOf(
  read: Reader,
  zone: string,
  { filter, buckets }: { filter: LineFilter; buckets: number },
): { from: number; to: number; isAll: boolean; start: number; step: number; count: number } {
  const range = rangeOf(read, filter);
  return { ...range, ...bucketsOf(range.from, range.to, buckets, zone) };
}

/** The conditions of a filter on a roll-up row, and whether they ask for its template. */
function conditionsOf(
  read: Reader,
  templates: TemplateLookup,
  filter: LineFilter,
): { where: Sql; ofTemplates: boolean } {
  const { templates: only, notTemplates: not } = templatesOf(read, templates, filter);
  const levels = filter.levels?.map((level) => LEVEL_ORDER.indexOf(level === '' ? null : level));
  const where = all([
    filter.sources !== undefined && sql`source_id IN ${among(filter.sources)}`,
    filter.services !== undefined &&
      sql`service IN (SELECT name_id FROM log_names WHERE name IN ${among(filter.services)}${
        filter.services.includes('') ? sql` UNION ALL SELECT 0` : sql``
      })`,
    levels !== undefined && sql`level IN ${among(levels)}`,
    only !== undefined && sql`template IN ${among(only)}`,
    not !== undefined && sql`template NOT IN ${among(not)}`,
  ]);
  return { where, ofTemplates: only !== undefined || not !== undefined };
}
const COLUMN: Readonly<Record<CountBy, Sql>> = {
  level: sql`level`,
  service: sql`service`,
  template: sql`template`,
  source: sql`source_id`,
};

/** The sum of all hours as it is kept, a row a template rather than one for every hour of it. */
const OF_ALL_TIME = sql`(SELECT template_id AS template, source_id, service, level, lines FROM log_template_counts)`;

/** Counts from the roll-ups: whole minutes, hours in between where the buckets allow, those over all templates where none is asked for. Cost follows the roll-ups' rows, not the lines. */
export function countLines(
  read: Reader,
  templates: TemplateLookup,
  zone: string,
  o: { filter: LineFilter; by: CountBy; buckets?: number | undefined; top?: number | undefined },
): LogCounts {
  const { filter, by, buckets = 1, top = 50 } = o;
  const { from, to, isAll, start, step, count } = layoutOf(read, zone, { filter, buckets });
  const { where, ofTemplates } = conditionsOf(read, templates, filter);
  const byKey = new Map<string | number, number[]>();
  const add = (table: Sql, unit: Sql, low: number, high: number, perUnit: number): void => {
    // bucket by bucket: each is a range of the primary key, and grouping a little at a time is twice as quick
    for (let at = low; at < high; ) {
      const bucket = count === 1 ? 0 : Math.floor((at * perUnit - start) / step);
      const end = count === 1 ? high : Math.min(high, Math.ceil((start + (bucket + 1) * step) / perUnit));
      addBucket(bucket, table, sql`${unit} >= ${at} AND ${unit} < ${end}`);
      at = end;
    }
  };
  const addBucket = (bucket: number, table: Sql, within: Sql): void => {
    const rows = read.all<{ key: string | number; lines: number }>(
      sql`SELECT ${COLUMN[by]} AS key, sum(lines) AS lines FROM ${table} WHERE ${within} AND ${where} GROUP BY 1`,
    );
    for (const row of rows) {
      const key = by === 'template' ? templates.resolve(Number(row.key)) : row.key;
      let series = byKey.get(key);
      if (!series) {
        series = new Array<number>(count).fill(0);
        byKey.set(key, series);
      }
      series[bucket] = (series[bucket] ?? 0) + row.lines;
    }
  };
  const hourly = count === 1 || (step % PER_HOUR === 0 && start % PER_HOUR === 0);
  const firstHour = Math.ceil(from / PER_HOUR);
  const lastHour = Math.floor(to / PER_HOUR);
  if (count === 1 && isAll) addBucket(0, OF_ALL_TIME, sql`1`);
  else if (hourly && firstHour < lastHour) {
    add(sql`log_minutes`, sql`minute`, from, firstHour * PER_HOUR, 1);
    const hours = by === 'template' || ofTemplates ? sql`log_hours` : sql`log_hour_totals`;
    add(hours, sql`hour`, firstHour, lastHour, PER_HOUR);
    add(sql`log_minutes`, sql`minute`, lastHour * PER_HOUR, to, 1);
  } else {
    add(sql`log_minutes`, sql`minute`, from, to, 1);
  }
  const names = by === 'service' ? serviceNames(read) : null;
  const word = (key: string | number): string =>
    by === 'level' ? (LEVEL_ORDER[Number(key)] ?? '') : names ? (names.get(Number(key)) ?? '') : String(key);
  return countsOf(
    [...byKey].map(([key, counts]) => [word(key), counts]),
    {
      start,
      step,
      top,
      exact: !filter.text?.trim() && !filter.regex && !filter.fields?.length && !filter.bookmarked,
    },
  );
}
function countsOf(
  byWord: readonly (readonly [string, readonly number[]])[],
  o: { start: number; step: number; top: number; exact: boolean },
): LogCounts {
  const series = byWord
    .map(([key, counts]) => ({ key, total: counts.reduce((a, b) => a + b, 0), counts: [...counts] }))
    .sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
  return {
    from: o.start * MINUTE,
    bucketMs: o.step * MINUTE,
    series: series.slice(0, o.top),
    total: series.reduce((sum, s) => sum + s.total, 0),
    exact: o.exact,
  };
}

/**
 * Counts of the lines themselves, whatever the filter asks: as far as the blocks looked at by now go, newest first, and exact when all
 * are and none of them is damaged. Cost follows the lines; a page asked for meanwhile waits for one short look.
 */
export async function* countFound(
  read: Reader,
  templates: TemplateLookup,
  finder: LineFinder,
  o: { filter: LineFilter; buckets: number; top: number; zone: string; signal?: AbortSignal | undefined },
): AsyncGenerator<FoundCounts> {
  const { start, step, count } = layoutOf(read, o.zone, o);
  const buckets = { startMs: start * MINUTE, stepMs: step * MINUTE, count };
  for await (const { levels, templates: mined, searched, leftOut } of finder.tally(o.filter, {
    buckets,
    signal: o.signal,
  })) {
    const exact = searched.segments === searched.of && leftOut.length === 0;
    const byTemplate = new Map<string, number>();
    for (const [id, lines] of mined) {
      const key = String(templates.resolve(id));
      byTemplate.set(key, (byTemplate.get(key) ?? 0) + lines);
    }
    const level = [...levels].map(([no, counts]) => [LEVEL_ORDER[no] ?? '', [...counts]] as const);
    const template = [...byTemplate].map(([key, lines]) => [key, [lines]] as const);
    yield {
      byLevel: countsOf(level, { start, step, top: level.length, exact }),
      byTemplate: countsOf(template, { start, step: step * count, top: o.top, exact }),
      searched,
      leftOut: leftOut.map((row) => leftOutBlock(row, o.zone)),
    };
  }
}

/** Service numbers of the roll-ups; 0 is none. */
export const serviceNames = (read: Reader): Map<number, string> =>
  new Map(
    read
      .all<{ id: number; name: string }>(sql`SELECT name_id AS id, name FROM log_names`)
      .map(({ id, name }) => [id, name]),
  );

/** The roll-ups of [from, to) in order of time, under the templates they belong to now; cells that fall together are added. */
export function* minuteCounts(
  read: Reader,
  templates: TemplateLookup,
  { from, to, unit = 'minute' }: { from: number; to: number; unit?: 'minute' | 'hour' },
): Generator<MinuteCount> {
  const names = serviceNames(read);
  const length = unit === 'hour' ? PER_HOUR * MINUTE : MINUTE;
  const [low, high] = [Math.floor(from / length), Math.ceil(to / length)];
  const [table, column] = unit === 'hour' ? [sql`log_hours`, sql`hour`] : [sql`log_minutes`, sql`minute`];
  type Row = {
    at: number;
    sourceId: string;
    service: number;
    level: number;
    template: number;
    lines: number;
  };
  let bucket = Number.NaN;
  let cells = new Map<string, MinuteCount & { lines: number }>();
  const rows = read.iterate<Row>(
    sql`SELECT ${column} AS at, source_id AS sourceId, service, level, template, lines FROM ${table}
      WHERE ${column} >= ${low} AND ${column} < ${high} ORDER BY ${column}, template, service, level, source_id`,
  );
  for (const row of rows) {
    if (row.at !== bucket) {
      yield* cells.values();
      cells = new Map();
      bucket = row.at;
    }
    const template = templates.resolve(row.template);
    const key = `${template} ${row.service} ${row.level} ${row.sourceId}`;
    const cell = cells.get(key);
    if (cell) cell.lines += row.lines;
    else
      cells.set(key, {
        at: row.at * length,
        sourceId: row.sourceId,
        service: names.get(row.service) ?? '',
        level: LEVEL_ORDER[row.level] ?? null,
        template,
        lines: row.lines,
      });
  }
  yield* cells.values();
}
