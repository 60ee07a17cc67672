import { DAY_KINDS, type ItemRange } from '../analytics/contract/situation.ts';
import { daysFrom, weekdayOf } from '../kernel/clock.ts';
import { isHoliday } from '../kernel/holidays.ts';
import { datesBetween, dayKinds } from './calendar.ts';
import { solve } from './solve.ts';

export const BLOCK_MINUTES = 30;
export const BLOCKS = (24 * 60) / BLOCK_MINUTES;
/** What came in on one day, by block from local midnight. Days without any data are not among them. */
export type ArrivalDay = { readonly date: string; readonly blocks: readonly number[] };

export const SITE = {
  /** a day that lies so far back counts half */
  halfLifeDays: 21,
  /** an effect of a weekday, of a kind of day, that was seen so often counts half */
  weekdayPrior: 0.5,
  kindPrior: 1,
  /** days of the same weekday count this many times in the shape of the day */
  sameWeekday: 3,
  /** residuals beyond this many of their median are weighed down (Huber) */
  huber: 2.5,
  /** fewer days say nothing; below this many the forecast is still learning */
  least: 3,
  ready: 10,
  /** days of the past that the error and the interval are measured on */
  record: 14,
} as const;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** No work came on any such day before: the same weekday, or for holidays and the turn of the year any of these. */
function isClosed(history: readonly ArrivalDay[], date: string): boolean {
  const open = new Set(history.filter((day) => sum(day.blocks) > 0).map((day) => day.date));
  const [first] = history;
  if (!first) return false;
  const holiday = isHoliday(date);
  const alike = datesBetween(first.date, date).filter((past) =>
    holiday ? isHoliday(past) : !isHoliday(past) && weekdayOf(past) === weekdayOf(date),
  );
  return alike.length > 0 && alike.every((past) => !open.has(past));
}

type Effects = readonly number[];
/** hardly any: keeps the equations solvable */
const LEVEL_PRIOR = 1e-9;
const WEEKDAYS = 7;
/** Which effects a date has: its level, its weekday, its kinds. */
const effectsOf = (date: string): number[] => {
  const kinds = dayKinds(date);
  return [
    0,
    1 + weekdayOf(date),
    ...DAY_KINDS.flatMap((kind, k) => (kinds.includes(kind) ? [1 + WEEKDAYS + k] : [])),
  ];
};
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * Multiplicative effects on the day's total, as logarithms: level, weekdays and kinds of day, the latter two drawn towards none
 * (ridge regression, recent days weighing more). An ordinary day far from its fit weighs less (Huber 1964), so one flood does not become a weekday.
 */
function learnEffects(days: readonly ArrivalDay[], date: string): Effects {
  const size = 1 + WEEKDAYS + DAY_KINDS.length;
  const rows = days.map((day) => ({
    effects: effectsOf(day.date),
    log: Math.log(sum(day.blocks)),
    weight: 0.5 ** (daysFrom(day.date, date) / SITE.halfLifeDays),
    trust: 1,
    // a rare kind of day is far from the others by its nature
    isOrdinary: dayKinds(day.date).every((kind) => kind === 'settlement'),
  }));
  // an effect seen once counts half however long ago that was: its prior is as old as its days
  const ages = Array.from({ length: size }, (_, i) => {
    const seen = rows.filter((row) => row.effects.includes(i));
    return sum(seen.map((row) => row.weight)) / Math.max(1, seen.length) || 1;
  });
  let learned: Effects = [];
  for (let round = 0; round < 4; round++) {
    const a = Array.from({ length: size }, (_, i) => {
      const row = new Float64Array(size);
      row[i] = (ages[i] ?? 1) * (i === 0 ? LEVEL_PRIOR : i <= WEEKDAYS ? SITE.weekdayPrior : SITE.kindPrior);
      return row;
    });
    const b = new Float64Array(size);
    for (const { effects, log, weight, trust } of rows)
      for (const i of effects) {
        b[i] = (b[i] ?? 0) + weight * trust * log;
        const row = a[i];
        if (row) for (const j of effects) row[j] = (row[j] ?? 0) + weight * trust;
      }
    learned = [...solve(a, b)];
    const miss = rows.map((row) => Math.abs(row.log - sum(row.effects.map((i) => learned[i] ?? 0))));
    const far = SITE.huber * Math.max(0.02, median(miss));
    rows.forEach((row, i) => {
      if (row.isOrdinary) row.trust = Math.min(1, far / Math.max(1e-9, miss[i] ?? 0));
    });
  }
  return learned;
}

/** Shares of the blocks in a day, of the days before it; sums to 1. */
function learnShape(days: readonly ArrivalDay[], date: string): number[] {
  const shape = new Array<number>(BLOCKS).fill(0);
  for (const day of days) {
    const age = 0.5 ** (daysFrom(day.date, date) / SITE.halfLifeDays);
    const weight = age * (weekdayOf(day.date) === weekdayOf(date) ? SITE.sameWeekday : 1);
    const total = sum(day.blocks);
    day.blocks.forEach((items, b) => {
      shape[b] = (shape[b] ?? 0) + (weight * items) / total;
    });
  }
  const total = sum(shape);
  return shape.map((share) => share / total);
}

/** Items expected by block on a date, from the days before it alone; null: too few of them. All zero: closed. */
function expectDay(history: readonly ArrivalDay[], date: string): number[] | null {
  const before = history.filter((day) => day.date < date);
  if (isClosed(before, date)) return new Array<number>(BLOCKS).fill(0);
  const days = before.filter((day) => sum(day.blocks) > 0);
  if (days.length < SITE.least) return null;
  const effects = learnEffects(days, date);
  const total = Math.exp(sum(effectsOf(date).map((i) => effects[i] ?? 0)));
  return learnShape(days, date).map((share) => share * total);
}

/** A miss in units that hardly depend on the size: counts scatter with the root of their mean, days with their mean. */
const unitOf = (mean: number): number => Math.sqrt(mean + (0.1 * mean) ** 2);
type Bounds = readonly [low: number, high: number];
type Miss = { readonly mean: number; readonly actual: number };
/** Bounds of 95 % of the misses, in units; with few of them further out than any was seen. */
function boundsOf(misses: readonly Miss[], days: number): Bounds {
  const scaled = misses
    .filter(({ mean }) => mean > 0)
    .map(({ mean, actual }) => (actual - mean) / unitOf(mean))
    .sort((a, b) => a - b);
  // a t distribution's bounds against a normal one's, roughly
  const widen = 1 + 2 / Math.max(1, days);
  const at = (share: number): number =>
    scaled[Math.min(scaled.length - 1, Math.max(0, Math.round(share * (scaled.length - 1))))] ?? 0;
  return scaled.length === 0 ? [-3, 3] : [Math.min(0, at(0.025)) * widen, Math.max(0, at(0.975)) * widen];
}
const ranged = (mean: number, [low, high]: Bounds): ItemRange => ({
  mean,
  low: Math.max(0, mean + low * unitOf(mean)),
  high: mean + high * unitOf(mean),
});

export type PastDay = {
  readonly date: string;
  readonly expected: readonly number[];
  readonly actual: readonly number[];
};
/** How forecasts of the last open days went, each from the days before it. */
export type SiteRecord = {
  readonly past: readonly PastDay[];
  readonly blockBounds: Bounds;
  readonly totalBounds: Bounds;
  /** share of past blocks within an interval made of the other days; null with fewer than two days */
  readonly coverage: number | null;
};
export function recordOf(history: readonly ArrivalDay[], date: string): SiteRecord {
  const before = history.filter((day) => day.date < date);
  const open = before.filter((day) => sum(day.blocks) > 0);
  const past = open.slice(-SITE.record).flatMap((day): PastDay[] => {
    const expected = expectDay(before, day.date);
    return expected && sum(expected) > 0 ? [{ date: day.date, expected, actual: day.blocks }] : [];
  });
  const missesOf = (day: PastDay): Miss[] =>
    day.expected.flatMap((mean, b) => (mean > 0 ? [{ mean, actual: day.actual[b] ?? 0 }] : []));
  const misses = new Map(past.map((day) => [day, missesOf(day)]));
  const inside = past.flatMap((day) => {
    const others = past.filter((other) => other !== day);
    const limits = boundsOf(
      others.flatMap((other) => misses.get(other) ?? []),
      others.length,
    );
    return (misses.get(day) ?? []).map(({ mean, actual }) => {
      const { low, high } = ranged(mean, limits);
      return Number(actual >= low && actual <= high);
    });
  });
  const totals = past.map((day) => ({ mean: sum(day.expected), actual: sum(day.actual) }));
  return {
    past,
    blockBounds: boundsOf([...misses.values()].flat(), past.length),
    totalBounds: boundsOf(totals, totals.length),
    coverage: past.length < 2 ? null : sum(inside) / Math.max(1, inside.length),
  };
}

export type SiteForecast = {
  readonly state: 'none' | 'learning' | 'ready' | 'closed';
  readonly days: number;
  readonly weeks: number;
  /** by block from local midnight; empty with state `none` */
  readonly blocks: readonly ItemRange[];
  readonly total: ItemRange | null;
};
const NOTHING: ItemRange = { mean: 0, low: 0, high: 0 };

/** What will come in on a date, learned from the days before it (ascending), with the intervals of its record. */
export function forecastSite(history: readonly ArrivalDay[], date: string, record: SiteRecord): SiteForecast {
  const open = history.filter((day) => day.date < date && sum(day.blocks) > 0);
  const expected = expectDay(history, date);
  const [first] = open;
  const last = open.at(-1);
  const closed = expected !== null && sum(expected) === 0;
  return {
    state: expected === null ? 'none' : closed ? 'closed' : open.length < SITE.ready ? 'learning' : 'ready',
    days: open.length,
    weeks: first && last ? Math.round(((daysFrom(first.date, last.date) + 1) / 7) * 10) / 10 : 0,
    blocks: (expected ?? []).map((mean) => (mean > 0 ? ranged(mean, record.blockBounds) : NOTHING)),
    total: expected && (closed ? NOTHING : ranged(sum(expected), record.totalBounds)),
  };
}

/** Σ|actual − expected| ÷ Σ actual (weighted absolute percentage error) over paired blocks; null where nothing came. */
export function wape(
  pairs: readonly { readonly expected: number; readonly actual: number }[],
): number | null {
  const actual = sum(pairs.map((pair) => pair.actual));
  return actual > 0 ? sum(pairs.map((pair) => Math.abs(pair.actual - pair.expected))) / actual : null;
}
