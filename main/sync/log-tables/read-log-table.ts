import { z } from 'zod';
import { dateIn, dateTimeIn } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { TablePage, TableRow } from '../../logs/contract/tables.ts';
import { SYNC } from '../config.ts';
import type { Bound, Cell, Session } from '../session.ts';
import { quote } from '../tables/source-sql.ts';
import {
  behind,
  bind,
  type Condition,
  type Kept,
  keep,
  type LogPlan,
  orderNumber,
} from './log-table-plan.ts';
import { logRowReader } from './read-log-row.ts';

const KeptCell = z.union([z.string(), z.number(), z.null(), z.object({ hex: z.string() })]);
const RowPlace = z.object({ order: KeptCell, key: z.array(KeptCell) });
type RowPlace = z.infer<typeof RowPlace>;
/** How far a log table was read. Whoever keeps it keeps it as text, in one transaction with the rows. */
const Place = z.object({
  /** server and database */
  at: z.string(),
  /** when the server made the table */
  created: z.string().nullable(),
  /** no look is under way; it is among rows without a place in the order; among the others */
  phase: z.enum(['rest', 'unordered', 'ordered']),
  /** the last row of the phase that was taken; null: none yet */
  done: RowPlace.nullable(),
  /** where the look begins; null: at the first row */
  from: KeptCell,
  /** the server's clock when it began */
  begun: z.number(),
  newest: RowPlace.nullable(),
  /** where an order of numbers stood at earlier looks, the oldest first */
  marks: z.array(z.object({ at: z.number(), order: KeptCell })),
  /** nothing was read before this look */
  isFirst: z.boolean(),
  /** the table was emptied and begins anew: what was read of it before says nothing of its rows now */
  isAnew: z.boolean(),
  /** rows from this number in the order on may be met again */
  keepFrom: z.number().nullable(),
});
type Place = z.infer<typeof Place>;

/** `isCut`: it was left before its end, the session is spent. */
export type LogPage = Omit<TablePage, 'everyMs'> & { readonly isCut: boolean };
export type LogQuery = {
  readonly session: Session;
  readonly plan: LogPlan;
  /** server and database, for people */
  readonly at: string;
  /** '' before the first look */
  readonly place: string;
  readonly limit: number;
  readonly encoding: string;
  /** of these (`TableRow.key`) those that were read before */
  readonly seen: (keys: readonly string[]) => ReadonlySet<string>;
};
/** A page is at most so many characters, by and large. */
const PAGE_CHARS = 8_000_000;
const CHUNK_ROWS = 200;
const MARK_MS = 60_000;
/** Numbers given out but not yet committed may be so far behind. */
const OVERLAP_NUMBERS = 10_000;

/**
 * Reads on in the order of (time or number, key). A look begins some minutes before where the last one ended, for rows committed late;
 * of those only what was not read before is fetched. A look is one page or several, and goes on after a kill where it stood.
 * @throws `logs.table-other-place`, and what the session throws
 */
export async function readLogPage(q: LogQuery): Promise<LogPage> {
  const saved = q.place === '' ? blank(q) : await checked(q, Place.parse(JSON.parse(q.place)));
  const place = saved.phase === 'rest' ? await begin(q, saved) : saved;
  const { rows, last, isCut, isShort } = place.isFirst
    ? await firstRows(q, place)
    : await freshRows(q, place);
  const newest = last === null || last.order === null ? place.newest : later(q.plan, place.newest, last);
  const isAnew = place.isAnew && rows.length === 0;
  const now: Place = { ...place, done: last ?? place.done, newest, isAnew };
  const answer = { rows, forgets: place.isAnew, keepFrom: place.keepFrom, isCut };
  if (isCut || !isShort) return { ...answer, place: JSON.stringify(now), isEnd: false };
  if (place.phase === 'unordered')
    return { ...answer, place: JSON.stringify({ ...now, phase: 'ordered', done: null }), isEnd: false };
  const from = windowStart(q.plan, now);
  const next: Place = {
    ...now,
    phase: 'rest',
    done: null,
    from: from ?? place.from,
    isFirst: from === null,
    keepFrom: from === null ? null : orderNumber(q.plan, from),
  };
  return { ...answer, place: JSON.stringify(next), isEnd: true, keepFrom: next.keepFrom };
}

const blank = ({ at, plan }: LogQuery): Place => ({
  at,
  created: plan.created,
  phase: 'rest',
  done: null,
  from: null,
  begun: 0,
  newest: null,
  marks: [],
  isFirst: true,
  isAnew: false,
  keepFrom: null,
});

/** On another server, or under another name, only where the row that was read last is there too. */
async function checked(q: LogQuery, place: Place): Promise<Place> {
  if (place.at === q.at) return place;
  const { newest } = place;
  if (newest) {
    const parts = [q.plan.order, ...q.plan.key];
    const values = [newest.order, ...newest.key];
    const [there] = await q.session.rows(
      `SELECT 1 FROM ${quote(q.plan.table)} WHERE ${parts.map((p) => `${p.sql} = ${p.bound}`).join(' AND ')} LIMIT 1`,
      parts.map((p, i) => bind(p, values[i] ?? null)),
      q.plan.table,
    );
    if (!there)
      throw new AppError('logs.table-other-place', { table: q.plan.table, was: place.at, now: q.at });
  }
  return { ...place, at: q.at };
}

async function begin({ session, plan }: LogQuery, place: Place): Promise<Place> {
  const [clock] = await session.rows<{ s: number }>('SELECT UNIX_TIMESTAMP() AS s');
  const begun = Number(clock?.s ?? 0) * 1000;
  const phase = plan.order.nullable ? 'unordered' : 'ordered';
  let now: Place = { ...place, created: plan.created, begun, phase, done: null };
  if (plan.order.kind !== 'number' && !place.isFirst) return now;
  const [top] = await session.rows<{ top: string | number | null }>(
    `SELECT MAX(${plan.order.sql}) AS top FROM ${quote(plan.table)}`,
    [],
    plan.table,
  );
  const max = top?.top ?? null;
  if (max === null) return now;
  if (place.newest && isLess(max, place.newest.order) && countsAnew(plan, place, max))
    now = { ...now, from: null, newest: null, marks: [], isFirst: true, isAnew: true };
  const stood = now.newest?.order ?? max;
  const isDue = begun - (now.marks.at(-1)?.at ?? 0) >= MARK_MS;
  const marks = isDue ? [...now.marks, { at: begun, order: stood }] : now.marks;
  const past = marks.findLastIndex((m) => m.at <= begun - SYNC.overlapMs);
  now = { ...now, marks: marks.slice(Math.max(0, past)) };
  if (!now.isFirst) return now;
  const start = windowStart(plan, { ...now, newest: { order: max, key: [] } });
  return { ...now, keepFrom: start === null ? null : orderNumber(plan, start) };
}

/** Its newest rows are gone: they were deleted, or it was emptied and counts from the beginning again. */
const countsAnew = (plan: LogPlan, { created, from, newest }: Place, max: Kept): boolean =>
  created !== plan.created ||
  (from !== null && isLess(max, from)) ||
  (plan.nextNumber !== null && newest !== null && !isLess(newest.order, plan.nextNumber));

/** Where the next look begins, as the column spells it; null while nothing was read. */
function windowStart(plan: LogPlan, { newest, begun, marks }: Place): string | number | null {
  if (newest === null) return null;
  const { kind, zone } = plan.order;
  if (kind === 'number') {
    const near = minus(newest.order, OVERLAP_NUMBERS);
    const [mark] = marks;
    return mark && isLess(mark.order, near) ? textOf(mark.order) : near;
  }
  // a row dated ahead of the server's clock hides nothing
  const at = Math.min(orderNumber(plan, newest.order) ?? begun, begun);
  if (kind === 'date') return dateIn(at - SYNC.overlapDateMs, zone);
  const from = at - SYNC.overlapMs;
  if (kind === 'moment') return dateTimeIn(from, zone);
  return Number(newest.order) >= 1e11 ? from : Math.floor(from / 1000);
}

type Read = {
  readonly rows: readonly TableRow[];
  /** the last row that is done with; null: there was none */
  readonly last: RowPlace | null;
  /** the page was full of text before it was full of rows */
  readonly isCut: boolean;
  readonly isShort: boolean;
};
/** Before anything was read: every row is new. */
async function firstRows(q: LogQuery, place: Place): Promise<Read> {
  const { rows, last, isCut } = await wholeRows(q, onwards(q.plan, place));
  return { rows, last, isCut, isShort: rows.length < q.limit };
}
/** Keys first, which are little; then the rows among them that were not read before. */
async function freshRows(q: LogQuery, place: Place): Promise<Read> {
  const { session, plan } = q;
  const parts = [...plan.key, plan.order];
  const where = onwards(plan, place);
  const found: RowPlace[] = [];
  for await (const page of session.pages(
    `SELECT ${parts.map((p) => p.sql).join(', ')} FROM ${quote(plan.table)} WHERE ${where.text} ${orderBy(plan)} LIMIT ${q.limit}`,
    where.values,
    q.limit,
    plan.table,
  ))
    for (const cells of page) found.push(placeOf(plan, cells));
  const keys = found.map((row) => JSON.stringify([row.order, ...row.key]));
  const seen = q.seen(keys);
  const fresh = new Set(keys.filter((key) => !seen.has(key)));
  const isShort = found.length < q.limit;
  const end = found.at(-1) ?? null;
  const isFresh = (_: unknown, i: number): boolean => fresh.has(keys[i] ?? '');
  const [first, last] = [found.find(isFresh), found.findLast(isFresh)];
  if (!first || !last) return { rows: [], last: end, isCut: false, isShort };
  const read = await wholeRows(q, between(plan, first, last));
  // a row that came in among them meanwhile took the place of the last one: the next page begins there
  const isFull = read.rows.length === q.limit;
  return {
    rows: read.rows.filter((row) => fresh.has(row.key)),
    last: read.isCut || isFull ? read.last : end,
    isCut: read.isCut,
    isShort: isShort && !isFull,
  };
}
async function wholeRows(q: LogQuery, where: Condition): Promise<Omit<Read, 'isShort'>> {
  const { session, plan } = q;
  const parse = logRowReader(plan, q.encoding);
  const rows: TableRow[] = [];
  let last: RowPlace | null = null;
  let chars = 0;
  for await (const page of session.pages(
    `${plan.select} WHERE ${where.text} ${orderBy(plan)} LIMIT ${q.limit}`,
    where.values,
    CHUNK_ROWS,
    plan.table,
  )) {
    for (const cells of page) {
      const row = parse(cells);
      rows.push(row);
      chars += row.message.length + row.attributes.length + (row.refused?.raw.length ?? 0);
    }
    const end = page.at(-1);
    if (end) last = placeOf(plan, end);
    if (chars > PAGE_CHARS && rows.length < q.limit) return { rows, last, isCut: true };
  }
  return { rows, last, isCut: false };
}
const placeOf = (plan: LogPlan, cells: readonly Cell[]): RowPlace => ({
  key: cells.slice(0, plan.key.length).map(keep),
  order: keep(cells[plan.key.length] ?? null),
});

const orderBy = (plan: LogPlan, sign: '' | ' DESC' = ''): string =>
  `ORDER BY ${[plan.order, ...plan.key].map((p) => `${p.sql}${sign}`).join(', ')}`;
const joined = (conditions: readonly Condition[]): Condition => ({
  text: conditions.map((c) => c.text).join(' AND ') || 'TRUE',
  values: conditions.flatMap((c) => c.values),
});
/** The rows that are still to be looked at. */
function onwards(plan: LogPlan, { phase, done, from }: Place): Condition {
  const { order, key } = plan;
  if (phase === 'unordered')
    return joined([
      { text: `${order.sql} IS NULL`, values: [] },
      ...(done ? [behind(key, done.key, { sign: '>', orSame: false })] : []),
    ]);
  const start = done?.order ?? from;
  return joined([
    ...(start === null
      ? order.nullable
        ? [{ text: `${order.sql} IS NOT NULL`, values: [] }]
        : []
      : [atLeast(plan, start)]),
    ...(done ? [behind([order, ...key], [done.order, ...done.key], { sign: '>', orSame: false })] : []),
    ...sinceOf(plan),
  ]);
}
function between(plan: LogPlan, first: RowPlace, last: RowPlace): Condition {
  const { order, key } = plan;
  if (first.order === null)
    return joined([
      { text: `${order.sql} IS NULL`, values: [] },
      behind(key, first.key, { sign: '>', orSame: true }),
      behind(key, last.key, { sign: '<', orSame: true }),
    ]);
  return joined([
    atLeast(plan, first.order),
    { text: `${order.sql} <= ${order.bound}`, values: [bind(order, last.order)] },
    behind([order, ...key], [first.order, ...first.key], { sign: '>', orSame: true }),
    behind([order, ...key], [last.order, ...last.key], { sign: '<', orSame: true }),
    ...sinceOf(plan),
  ]);
}
/** By itself, so that the server finds the place by its index. */
const atLeast = ({ order }: LogPlan, start: Kept): Condition => ({
  text: `${order.sql} >= ${order.bound}`,
  values: [bind(order, start)],
});
function sinceOf({ since, zone }: LogPlan): Condition[] {
  if (!since) return [];
  const own = quote(since.column);
  const value: Bound = since.isDate ? dateIn(since.at, zone) : dateTimeIn(since.at, zone);
  return [{ text: `(${own} >= ? OR ${own} IS NULL)`, values: [value] }];
}

/** The newest rows, the newest first. */
export async function newestLogRows(
  q: Pick<LogQuery, 'session' | 'plan' | 'encoding'> & { readonly limit: number },
): Promise<TableRow[]> {
  const { session, plan } = q;
  const parse = logRowReader(plan, q.encoding);
  const rows: TableRow[] = [];
  const text = `${plan.select} ${orderBy(plan, ' DESC')} LIMIT ${q.limit}`;
  for await (const page of session.pages(text, [], q.limit, plan.table)) rows.push(...page.map(parse));
  return rows;
}
/** Rows by their keys, those that are still there. */
export async function logRowsByKey(
  q: Pick<LogQuery, 'session' | 'plan' | 'encoding'> & { readonly keys: readonly (readonly Kept[])[] },
): Promise<TableRow[]> {
  const { session, plan, keys } = q;
  const parse = logRowReader(plan, q.encoding);
  const rows: TableRow[] = [];
  for (let i = 0; i < keys.length; i += CHUNK_ROWS) {
    const some = keys.slice(i, i + CHUNK_ROWS);
    const one = `(${plan.key.map((p) => `${p.sql} = ${p.bound}`).join(' AND ')})`;
    const values = some.flatMap((key) => plan.key.map((p, at) => bind(p, key[at] ?? null)));
    const text = `${plan.select} WHERE ${some.map(() => one).join(' OR ')}`;
    for await (const page of session.pages(text, values, CHUNK_ROWS, plan.table))
      rows.push(...page.map(parse));
  }
  return rows;
}

const WHOLE = /^-?\d+$/;
const textOf = (kept: Kept): string | number => (typeof kept === 'object' ? '' : kept);
/** Numbers of any size; those with a fraction as near as a number comes. */
const whole = (kept: Kept): bigint | number =>
  WHOLE.test(String(textOf(kept))) ? BigInt(textOf(kept)) : Number(textOf(kept));
const isLess = (a: Kept, b: Kept): boolean => whole(a) < whole(b);
const minus = (kept: Kept, by: number): string | number => {
  const value = whole(kept);
  return typeof value === 'bigint' ? String(value - BigInt(by)) : value - by;
};
function later(plan: LogPlan, before: RowPlace | null, last: RowPlace): RowPlace {
  const was = before && orderNumber(plan, before.order);
  const is = orderNumber(plan, last.order);
  return before === null || was === null || is === null || is >= was ? last : before;
}
