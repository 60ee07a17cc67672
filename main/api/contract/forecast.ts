import { z } from 'zod';
import { Cell, Instant } from './common.ts';

/** Kinds that a day may have, several at once. `settlement`: 五十日; it and `month-end` come on the working day before a day off. */
export const DAY_KINDS = ['holiday', 'after-holiday', 'settlement', 'month-end', 'obon', 'year-end'] as const;
export const DayKind = z.enum(DAY_KINDS);
export type DayKind = z.infer<typeof DayKind>;

/** Items; 95 of 100 days lie between low and high. */
export const ItemRange = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export type ItemRange = z.infer<typeof ItemRange>;
/** What came in during half an hour that is over, and what was or is expected of it. Null: not known. */
export const ForecastBlock = z.object({
  at: Instant,
  ours: ItemRange.nullable(),
  company: z.number().nullable(),
  actual: z.number().nullable(),
});
export type ForecastBlock = z.infer<typeof ForecastBlock>;
/** Past days forecast from those before them. Shares of what came in, on the same half hours for both; null: no day has both. */
export const ForecastRecord = z.object({
  days: z.number().int(),
  ours: z.number().nullable(),
  company: z.number().nullable(),
  /** share of half hours within our interval */
  coverage: z.number().nullable(),
});
export type ForecastRecord = z.infer<typeof ForecastRecord>;
export const DayForecast = z.object({
  cell: Cell.omit({ businessName: true }),
  date: z.string(),
  kinds: z.array(DayKind),
  /** name of the national holiday */
  holiday: z.string().nullable(),
  /** `none`: no history. `learning`: less than two weeks of it. `closed`: no work came on such a day before. */
  state: z.enum(['none', 'learning', 'ready', 'closed']),
  /** days with work that were learned from, and the weeks they span */
  days: z.number().int(),
  weeks: z.number(),
  blockMinutes: z.number(),
  /** ascending; those in which something came in or is expected */
  blocks: z.array(ForecastBlock),
  total: z.object({
    ours: ItemRange.nullable(),
    company: z.number().nullable(),
    actual: z.number().nullable(),
  }),
  record: ForecastRecord,
  /** whose forecast was nearer of late; null: there is none */
  best: z.enum(['ours', 'company']).nullable(),
});
export type DayForecast = z.infer<typeof DayForecast>;
