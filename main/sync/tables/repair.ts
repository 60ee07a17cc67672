import { dateIn } from '../../kernel/clock.ts';
import type { SqlValue } from '../../store/index.ts';
import { SYNC } from '../config.ts';
import {
  countLocal,
  deadEnds,
  deadIn,
  deadKeys,
  keysIn,
  localEnds,
  localKeys,
  type Stretch,
} from '../queries.ts';
import { cursorInstant } from './parse-row.ts';
import { parseValue } from './parse-value.ts';
import type { TablePlan } from './plan.ts';
import { cursorText, quote, selectFrom, startOfDay } from './source-sql.ts';
import { deleteUnseen, type ReadContext, storePages, type TableReport } from './store-pages.ts';

const DAY = 24 * 3_600_000;
/** the last day that four digits of year can spell in every zone */
const LAST = Date.UTC(9999, 11, 30);

/**
 * Finds where a keyset table's copy and its source differ in number and reads those stretches again: rows that were committed later
 * than the overlap arrives, rows deleted at the source go. Halves the time line while the counts differ, so a difference in one place
 * costs O(log n) counts and one small read.
 */
export async function repair(context: ReadContext, report: TableReport): Promise<void> {
  const { plan } = context;
  if (!plan.cursor) return;
  if (plan.cursor.kind === 'text') return repairWhole(context, report);
  await repairUnplaced(context, report);
  const ends = await bothEnds(context);
  if (!ends) return;
  const like = ends.like;
  const open: Stretch[] = [alignStretch(plan, { from: ends.lo, to: ends.hi + 1 })];
  for (let s = open.pop(); s; s = open.pop()) {
    const source = await countSource(context, s, like);
    const here = localCount(context, s);
    if (source === here) continue;
    const middle = alignDown(plan, Math.floor((s.from + s.to) / 2));
    const isSmall = Math.max(source, here) <= SYNC.repairRows || middle <= s.from || middle >= s.to;
    if (source === 0 || isSmall) await readStretch(context, report, s, like);
    else open.push({ from: s.from, to: middle }, { from: middle, to: s.to });
  }
}

/** Every row once more, for a cursor that is text and so cannot be cut into stretches of time. */
async function repairWhole(context: ReadContext, report: TableReport): Promise<void> {
  const { plan, store } = context;
  const seen = { good: new Set<string>(), dead: new Set<string>() };
  await storePages(context, selectFrom(plan), [], report, { seen });
  await deleteUnseen(context, report, localKeys(store.read, plan), deadKeys(store.read, plan.name), seen);
}

/** Rows that stand at no time we accept: NULL, zero dates, years before 1900, numbers that are no epoch. */
async function repairUnplaced(context: ReadContext, report: TableReport): Promise<void> {
  const { plan, store } = context;
  const column = quote(plan.cursor?.column ?? '');
  const isNumber = plan.cursor?.kind === 'number';
  const outside = isNumber
    ? `${column} < 100000000 OR ${column} >= 100000000000000`
    : `${column} < '1900-01-01'`;
  const seen = { good: new Set<string>(), dead: new Set<string>() };
  const text = `${selectFrom(plan)} WHERE ${column} IS NULL OR ${outside}`;
  await storePages(context, text, [], report, { seen });
  await deleteUnseen(context, report, [], deadIn(store.read, plan.name, null), seen);
}

async function readStretch(
  context: ReadContext,
  report: TableReport,
  s: Stretch,
  like: number,
): Promise<void> {
  const { plan, store } = context;
  const column = quote(plan.cursor?.column ?? '');
  const seen = { good: new Set<string>(), dead: new Set<string>() };
  const text = `${selectFrom(plan)} WHERE ${column} >= ? AND ${column} < ?`;
  await storePages(context, text, bounds(plan, s, like), report, { seen });
  const keys = keysIn(store.read, plan, plan.cursor?.local ?? '', localBounds(plan, s));
  await deleteUnseen(context, report, keys, deadIn(store.read, plan.name, s), seen);
}

const bounds = (plan: TablePlan, s: Stretch, like: number): (string | number)[] => [
  cursorText(plan, s.from, like),
  cursorText(plan, s.to, like),
];
const localBounds = (plan: TablePlan, s: Stretch): { from: SqlValue; to: SqlValue } => {
  const zone = plan.cursor?.zone ?? 'UTC';
  const isDate = plan.columns[plan.cursor?.index ?? 0]?.kind === 'date';
  return isDate ? { from: dateIn(s.from, zone), to: dateIn(s.to, zone) } : s;
};

async function countSource({ session, plan }: ReadContext, s: Stretch, like: number): Promise<number> {
  const column = quote(plan.cursor?.column ?? '');
  const [row] = await session.rows<{ n: number | string }>(
    `SELECT COUNT(*) AS n FROM ${quote(plan.table)} WHERE ${column} >= ? AND ${column} < ?`,
    bounds(plan, s, like),
    plan.table,
  );
  return Number(row?.n ?? 0);
}
const localCount = ({ store, plan }: ReadContext, s: Stretch): number =>
  countLocal(store.read, plan, plan.cursor?.local ?? '', localBounds(plan, s)) +
  deadIn(store.read, plan.name, s).length;

const alignDown = (plan: TablePlan, at: number): number =>
  plan.cursor?.unit === 'day' ? startOfDay(at, plan.cursor.zone) : Math.floor(at / 1000) * 1000;
const alignStretch = (plan: TablePlan, s: Stretch): Stretch => {
  const step = plan.cursor?.unit === 'day' ? DAY : 1000;
  return { from: alignDown(plan, s.from), to: alignDown(plan, Math.min(s.to + step, LAST)) };
};

/** The first and last instant of either side. */
async function bothEnds({ session, store, plan }: ReadContext): Promise<{
  lo: number;
  hi: number;
  like: number;
} | null> {
  const cursor = plan.cursor;
  const column = cursor && plan.columns[cursor.index];
  if (!cursor || !column) return null;
  const c = quote(cursor.column);
  const [theirs] = await session.rows<{ lo: string | number | null; hi: string | number | null }>(
    `SELECT MIN(${c}) AS lo, MAX(${c}) AS hi FROM ${quote(plan.table)}${cursor.kind === 'number' ? '' : ` WHERE ${c} >= '1900-01-01'`}`,
    [],
    plan.table,
  );
  const parsed = [theirs?.lo, theirs?.hi].flatMap((value) => {
    if (value === null || value === undefined) return [];
    const at = parseValue('instant', cursor.kind === 'number' ? Number(value) : value, { zone: column.zone });
    return 'value' in at ? [Number(at.value)] : [];
  });
  const own = localEnds(store.read, plan, cursor.local);
  const dead = deadEnds(store.read, plan.name);
  const ours = [own.lo, own.hi].flatMap((value) => {
    const values = plan.columns.map((_, i) => (i === cursor.index ? value : null));
    return cursorInstant(plan, values) ?? [];
  });
  const all = [...parsed, ...ours, ...[dead.lo, dead.hi].filter((at) => at !== null)];
  if (all.length === 0) return null;
  return { lo: Math.min(...all), hi: Math.max(...all), like: Number(theirs?.hi ?? 0) };
}
