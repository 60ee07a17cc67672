import { z } from 'zod';
import { Bilingual, Instant, Table } from './common.ts';

/** A report's sections carry their figures as tables (code) and their sentences as words (composer, or a checked model). */
export const ReportSection = z.object({
  key: z.string(),
  title: Bilingual,
  words: z.array(Bilingual),
  tables: z.array(Table),
  /** series a page draws; unit as written on the axis */
  charts: z.array(
    z.object({
      key: z.string(),
      title: Bilingual,
      kind: z.enum(['bars', 'lines']),
      x: z.enum(['instant', 'text', 'number']),
      unit: Bilingual,
      series: z.array(
        z.object({
          name: Bilingual,
          points: z.array(z.tuple([z.union([z.number(), z.string()]), z.number()])),
        }),
      ),
    }),
  ),
});
export type ReportSection = z.infer<typeof ReportSection>;
export const Report = z.object({
  id: z.string(),
  kind: z.enum(['nightly', 'validation']),
  /** the day it is about, `YYYY-MM-DD`; for a validation the day it was made */
  date: z.string(),
  madeAt: Instant,
  /** why it was made */
  trigger: z.enum(['clock', 'catch-up', 'demand']),
  headline: Bilingual,
  /** the model that worded some of its sentences; absent or null: all composed */
  modelId: z.string().nullish(),
  sections: z.array(ReportSection),
});
export type Report = z.infer<typeof Report>;
export const ReportSummary = Report.omit({ sections: true });
export type ReportSummary = z.infer<typeof ReportSummary>;
