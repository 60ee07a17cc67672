import { z } from 'zod';
import { Bilingual, FactUnit, Instant, Table } from './common.ts';

/** What a measure can be split or filtered by. */
export const DIMENSIONS = [
  'location',
  'business',
  'process',
  'person',
  'team',
  'skill',
  'service',
  'level',
  'half-hour',
  'hour',
  'weekday',
  'day',
  'template',
  'word',
] as const;
export const Dimension = z.enum(DIMENSIONS);
export type Dimension = z.infer<typeof Dimension>;

/** A measure of the catalogue (main/measures/catalogue), e.g. `backlog`. */
export const MeasureId = z.string().regex(/^[a-z][a-z0-9-]*$/);
export type MeasureId = z.infer<typeof MeasureId>;

/**
 * Rows whose value is one of `values`, or with `not` none of them. Values are master-data names as synced: location and process by
 * name, business and person by id, team as `cellId`, level as ERROR, hour and half-hour as minutes of the day, weekday as 0 (Sunday) to 6,
 * word as log lines hold it (filter only).
 */
export const Filter = z.object({
  dimension: Dimension,
  values: z.array(z.string().min(1).max(500)).min(1).max(500),
  not: z.boolean().default(false),
});
export type Filter = z.infer<typeof Filter>;

export const COMPARISONS = ['<', '<=', '=', '>=', '>'] as const;
/**
 * Keeps groups whose value of `measure` fits, e.g. backlog > 1000. Percent as a share (0.8). `change`: the value lies by this share above
 * what it is compared with (0.2: a fifth more).
 */
export const Threshold = z.object({
  measure: MeasureId,
  is: z.enum(COMPARISONS),
  value: z.number(),
  of: z.enum(['value', 'change']).default('value'),
});
export type Threshold = z.infer<typeof Threshold>;

const Day = z.iso.date();
const DayMinute = z.number().int().min(0).max(2880);
/** Days of a question or of a saved view, told relative to the day of the data where the person did: a view goes with time. */
export const Days = z.discriminatedUnion('kind', [
  /** the newest data; of a measure that adds up: the day until then */
  z.object({ kind: z.literal('now') }),
  /** 0 today, -1 yesterday, 1 tomorrow */
  z.object({ kind: z.literal('day'), offset: z.number().int().min(-3660).max(366) }),
  /** calendar weeks (Monday first) and months; 0 this one, -1 the last */
  z.object({ kind: z.literal('week'), offset: z.number().int().min(-520).max(52) }),
  z.object({ kind: z.literal('month'), offset: z.number().int().min(-120).max(12) }),
  /** so many days up to today, today included; ahead: from tomorrow on */
  z.object({ kind: z.literal('last-days'), days: z.number().int().min(1).max(3660) }),
  z.object({ kind: z.literal('next-days'), days: z.number().int().min(1).max(366) }),
  /** both included */
  z.object({ kind: z.literal('dates'), from: Day, to: Day }),
]);
export type Days = z.infer<typeof Days>;
/** Days and, of each of them, the minutes from `from` until before `until`. */
export const Window = z.object({
  days: Days,
  from: DayMinute.nullable().default(null),
  until: DayMinute.nullable().default(null),
  /** a state at this minute of the day, e.g. 残件 at 15:00; excludes from and until */
  at: DayMinute.nullable().default(null),
});
export type Window = z.infer<typeof Window>;
export const NOW: Window = { days: { kind: 'now' }, from: null, until: null, at: null };

/** Beside each value its counterpart: in another time, as was forecast, or as was planned. Two names are compared by filter and `by`. */
export const Compare = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('window'), window: Window }),
  z.object({ kind: z.literal('forecast') }),
  z.object({ kind: z.literal('plan') }),
]);
export type Compare = z.infer<typeof Compare>;

/** One question of numbers. What is shown is what is asked: every field that cannot be kept is an error, never dropped. */
export const Query = z.object({
  measures: z.array(MeasureId).min(1).max(6),
  where: z.array(Filter).max(20).default([]),
  by: z.array(Dimension).max(3).default([]),
  /** by the first measure unless `measure` says another */
  order: z
    .object({ measure: MeasureId.nullable().default(null), first: z.enum(['most', 'least']) })
    .nullable()
    .default(null),
  limit: z.number().int().min(1).max(1000).nullable().default(null),
  /** only the n-th of the order, 1 the first */
  rank: z.number().int().min(1).max(1000).nullable().default(null),
  thresholds: z.array(Threshold).max(6).default([]),
  window: Window.default(NOW),
  compare: Compare.nullable().default(null),
});
export type Query = z.infer<typeof Query>;

export const CHARTS = ['number', 'bar', 'line', 'strip', 'matrix', 'table'] as const;
/** How a measure adds up: over everything; over everything but time (its last value stands); as the ratio of two others. */
export const ADDITIVITY = ['additive', 'semi-additive', 'ratio', 'none'] as const;
/** What may be asked of a measure. */
export const MeasureInfo = z.object({
  id: MeasureId,
  name: Bilingual,
  unit: FactUnit,
  /** decimal places */
  digits: z.number().int().min(0).max(3),
  dimensions: z.array(Dimension),
  adds: z.enum(ADDITIVITY),
  /** whether it can be asked of the past, of the days to come */
  past: z.boolean(),
  future: z.boolean(),
  comparesWith: z.array(z.enum(['window', 'forecast', 'plan'])),
  /** which end is the bad one, for "worst" and colours */
  worse: z.enum(['high', 'low']).nullable(),
});
export type MeasureInfo = z.infer<typeof MeasureInfo>;

/** Column keys of the table: a dimension's own name, a measure's id, and `<id>:compared`, `<id>:change` beside a comparison. */
export const Answered = z.object({
  query: Query,
  /** one row per group, in order; `total` counts all groups before `limit` */
  table: Table,
  /** over all groups that fit, before `limit`; null where it cannot be told (semi-additive over time keeps the last) */
  totals: z.record(MeasureId, z.number().nullable()),
  /** the same of what it is compared with */
  compared: z.record(MeasureId, z.number().nullable()).nullable(),
  /** what the window came to, epoch ms; equal for a state */
  from: Instant,
  until: Instant,
  asOf: Instant,
  chart: z.enum(CHARTS),
  /** what limits the answer (no data before then, names without data), as code and parameters */
  notes: z.array(
    z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export type Answered = z.infer<typeof Answered>;
