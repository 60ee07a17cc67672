import { z } from 'zod';
import { Bilingual, FactUnit, Instant, Table } from '../../api/contract/common.ts';
import { base, id, none, ok } from '../../api/contract/procedure.ts';
import words from './words.json' with { type: 'json' };

/** What a measure can be split or filtered by. */
export const DIMENSIONS = [
  'location',
  'business',
  'process',
  'cell',
  'person',
  'skill',
  'deadline',
  'state',
  'actor',
  'service',
  'level',
  'template',
  'word',
  'half-hour',
  'hour',
  'weekday',
  'day',
] as const;
export const Dimension = z.enum(DIMENSIONS);
export type Dimension = z.infer<typeof Dimension>;
export const DIMENSION_NAMES: Readonly<Record<Dimension, Bilingual>> = words.dimensions;

/** A measure of the catalogue (main/measures/catalogue), e.g. `backlog`. */
export const MeasureId = z.string().regex(/^[a-z][a-z0-9-]*$/);
export type MeasureId = z.infer<typeof MeasureId>;

/**
 * Rows whose value is one of `values`, or with `not` none of them. Values are as the master data have them: location and process by name,
 * business and person by id, cell by `cellId`, level as ERROR, template by id, hour, half-hour and deadline as minutes of the day (a
 * deadline may pass 1440), weekday as 0 (Sunday) to 6, day as a date; word is text that a log line holds. Of skills, several processes
 * are all asked for at once.
 */
export const Filter = z.object({
  dimension: Dimension,
  values: z.array(z.string().min(1).max(500)).min(1).max(500),
  not: z.boolean().default(false),
});
export type Filter = z.infer<typeof Filter>;

export const COMPARISONS = ['<', '<=', '=', '>=', '>'] as const;
/**
 * Keeps groups whose value of `measure` fits, e.g. backlog > 1000. Percent as a share (0.8). `of: change` is the change against what is
 * compared with, as a share of it (20 % above forecast: >= 0.2). Of skills it is the level of each process.
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
  /** 0 (Sunday) to 6 of a calendar week */
  z.object({
    kind: z.literal('weekday'),
    weekday: z.number().int().min(0).max(6),
    week: z.number().int().min(-520).max(52),
  }),
  /** both included */
  z.object({ kind: z.literal('dates'), from: Day, to: Day }),
  /** up to the newest data; excludes from, until and at */
  z.object({ kind: z.literal('last-minutes'), minutes: z.number().int().min(1).max(1440) }),
  /** from an instant until before another */
  z.object({ kind: z.literal('between'), from: Instant, to: Instant }),
  /** from the first data on */
  z.object({ kind: z.literal('all') }),
]);
export type Days = z.infer<typeof Days>;
/**
 * Days and, of each of them, the minutes from `from` until before `until`. Of work that waits and of deadlines, `until` or an `at` to come is
 * what is due then.
 */
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
  /** those level with the last one are kept too */
  limit: z.number().int().min(1).max(1000).nullable().default(null),
  /** the n-th alone, instead of a limit */
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

/** What limits an answer: code and parameters, worded by `words-measures.ts`. */
export const Note = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Note = z.infer<typeof Note>;

/**
 * Column keys of the table: a dimension's own name (location, business and process for a cell), a measure's id, and `<id>:compared`,
 * `<id>:change` beside a comparison. A row has the value to filter by under `<dimension>:id` where what is shown is another (business,
 * person, cell, template, hour, half-hour, deadline, weekday).
 */
export const Answered = z.object({
  query: Query,
  /** one row per group, in order; `total` counts all groups before `limit` */
  table: Table,
  /** of each measure here: a person's skill is a level, a site's a number of people */
  units: z.record(MeasureId, FactUnit),
  /** over all groups that fit, before `limit`; null where it cannot be told (semi-additive over time keeps the last) */
  totals: z.record(MeasureId, z.number().nullable()),
  /** the same of what it is compared with */
  compared: z.record(MeasureId, z.number().nullable()).nullable(),
  /** what the window came to, epoch ms; equal for a state */
  from: Instant,
  until: Instant,
  asOf: Instant,
  chart: z.enum(CHARTS),
  /** what limits the answer (no data before then, names without data) */
  notes: z.array(Note),
});
export type Answered = z.infer<typeof Answered>;

/** The rows behind a group of an answer: `group` holds a filter value for each dimension of `by`. */
export const RowsOf = z.object({
  query: Query,
  group: z.partialRecord(Dimension, z.string().max(500)).default({}),
});
export type RowsOf = z.infer<typeof RowsOf>;

/** A query under a name. Days are kept as the person told them ("the last 7 days"), so a view goes with time. */
export const SavedView = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(100),
  query: Query,
  /** shown in every nightly report, as of the report's day */
  nightly: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SavedView = z.infer<typeof SavedView>;

export const measures = {
  list: base.input(none).output(z.array(MeasureInfo)),
  query: base.input(Query).output(Answered),
  /** the rows behind a figure */
  rows: base.input(RowsOf).output(Table),
};

/** saved queries of the analytics screen */
export const views = {
  /** newest first */
  list: base.input(none).output(z.array(SavedView)),
  /** without an `id` a new one; with one it takes what is given: its name, its query, its place in the nightly report */
  save: base
    .input(SavedView.pick({ name: true, query: true, nightly: true }).extend({ id: id.optional() }))
    .output(SavedView),
  /** can be brought back for a day */
  remove: base.input(z.object({ id })).output(ok),
  restore: base.input(z.object({ id })).output(SavedView),
};
