import { z } from 'zod';

/** What a Date holds, less a year, so that days and hours can be reckoned from any instant. */
const FURTHEST = 8.64e15 - 366 * 86_400_000;
/** epoch milliseconds, UTC */
export const Instant = z.number().int().min(-FURTHEST).max(FURTHEST);
/** A file or folder of this machine as a person gave it; Explorer’s "Copy as path" puts it in quotes. */
export const GivenPath = z
  .string()
  .max(4096)
  .transform((text) => /^\s*"(.+)"\s*$/.exec(text)?.[1] ?? text);
export const Lang = z.enum(['ja', 'en']);
export type Lang = z.infer<typeof Lang>;
export const Bilingual = z.object({ ja: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof Bilingual>;

/** All a client needs to word an error (main/kernel/errors.ts holds the words). */
export const ErrorData = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** The numbers people read, by what they are about; each company table names those that come from it. */
export const NumberKind = z.enum([
  'names',
  'people',
  'backlog',
  'deadlines',
  'throughput',
  'on-time',
  'skills',
  'productivity',
  'forecast',
  'know-how',
  'logs',
]);
export type NumberKind = z.infer<typeof NumberKind>;
/** A company table that the last sync could not bring up to date. */
export const FailingTable = z.object({
  /** canonical name, and the company's own */
  table: z.string(),
  source: z.string(),
  /** when it was last up to date; null: never */
  readAt: Instant.nullable(),
  /** for longer than the stale limit of the settings */
  stale: z.boolean(),
  error: ErrorData,
  /** what is as old as `readAt` because of it */
  numbers: z.array(NumberKind),
});
export type FailingTable = z.infer<typeof FailingTable>;

/** Where the numbers come from and how old they are; shown beside every number. */
export const Freshness = z.object({
  source: z.enum(['none', 'demo', 'mysql']),
  /** newest progress snapshot in the copy */
  dataAt: Instant.nullable(),
  /** last successful sync */
  syncedAt: Instant.nullable(),
  /** the company database answered at the last try */
  online: z.boolean(),
  /** older than the stale limit of the settings (default 10 minutes) */
  stale: z.boolean(),
  /** tables left behind while the others are up to date; none in the demo */
  failing: z.array(FailingTable).default([]),
});
export type Freshness = z.infer<typeof Freshness>;

/** A queue of work: site × business × process. `cellId` is the three joined by U+001F. */
/** An approved plan that acts on a queue, and when what came of it is looked at next. */
export const PlanUnderWay = z.object({ proposalId: z.string(), decidedAt: Instant, nextCheckAt: Instant });
export type PlanUnderWay = z.infer<typeof PlanUnderWay>;
export const Cell = z.object({
  cellId: z.string(),
  location: z.string(),
  businessId: z.string(),
  businessName: z.string(),
  process: z.string(),
});
export type Cell = z.infer<typeof Cell>;
export const CELL_SEPARATOR = '\u001f';
export const cellIdOf = (location: string, businessId: string, process: string): string =>
  [location, businessId, process].join(CELL_SEPARATOR);

/** A table as a person can read it: the rows behind a number. */
export const Table = z.object({
  title: Bilingual,
  /** the catalogue query that made it, and its slots */
  query: z.string(),
  slots: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  columns: z.array(
    z.object({
      key: z.string(),
      label: Bilingual,
      kind: z.enum(['text', 'number', 'percent', 'instant', 'date']),
    }),
  ),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  /** rows in all; `rows` may hold only the first of them */
  total: z.number().int(),
  asOf: Instant,
});
export type Table = z.infer<typeof Table>;

export const FactUnit = z.enum([
  'items',
  'items/hour',
  'people',
  'percent',
  'minutes',
  'hours',
  'person-hours',
  'ms',
  'instant',
  'date',
  'ratio',
  'count',
  'score',
  'text',
]);
/** A number (or name) a sentence may use, with where it came from. Only these may appear in an answer. */
export const Fact = z.object({
  id: z.string().regex(/^f\d+$/),
  /** raw value: number for measures, epoch ms for instants, text for names */
  value: z.union([z.number(), z.string()]),
  unit: FactUnit,
  /** what it is, e.g. 札幌 エントリ1 の残件 */
  label: Bilingual,
  /** as it is written in a sentence of each language, e.g. 1,240件 / 1,240 items */
  text: Bilingual,
  /** index of the table in the message's `tables` that holds its rows; null for a name */
  table: z.number().int().nullable(),
});
export type Fact = z.infer<typeof Fact>;

export type ErrorData = z.infer<typeof ErrorData>;
export type Instant = z.infer<typeof Instant>;
export type FactUnit = z.infer<typeof FactUnit>;
