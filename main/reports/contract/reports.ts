import { z } from 'zod';
import { Bilingual, Instant, Lang, Table } from '../../api/contract/common.ts';
import { base, file, id, none, ok } from '../../api/contract/procedure.ts';

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
  sections: z.array(ReportSection),
});
export type Report = z.infer<typeof Report>;
export const ReportSummary = Report.omit({ sections: true });
export type ReportSummary = z.infer<typeof ReportSummary>;

/* What the next shift has to know, in both languages: sections of plain lines. */

export const HANDOVER_SECTIONS = ['alerts', 'decisions', 'missed', 'moves', 'incidents', 'notes'] as const;
export const Handover = z.object({
  madeAt: Instant,
  /** local date and time, as the sheet is headed */
  title: Bilingual,
  /** how old the data are */
  source: Bilingual,
  sections: z.array(
    z.object({
      key: z.enum(HANDOVER_SECTIONS),
      title: Bilingual,
      none: Bilingual,
      lines: z.array(Bilingual),
    }),
  ),
});
export type Handover = z.infer<typeof Handover>;

/** The sheet as text, to be pasted into a mail; `note`: what the one who hands over adds. */
export function handoverText(handover: Handover, lang: Lang, note = ''): string {
  const sections = handover.sections.map(({ title, none, lines }) =>
    [
      `■ ${title[lang]}`,
      ...(lines.length ? lines.map((line) => `・${line[lang]}`) : [`  ${none[lang]}`]),
    ].join('\n'),
  );
  const added = note.trim() ? [`■ ${lang === 'ja' ? '申し送り' : 'Remarks'}\n${note.trim()}`] : [];
  return [`${handover.title[lang]}\n${handover.source[lang]}`, ...sections, ...added].join('\n\n');
}

export const reports = {
  /** the sheet for the next shift, as of now */
  handover: base.input(none).output(Handover),
  list: base.input(none).output(z.array(ReportSummary)),
  get: base.input(z.object({ id })).output(Report),
  /** the nightly report of a day (today when absent), now */
  make: base
    .input(
      z
        .object({
          date: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}$/)
            .optional(),
        })
        .optional(),
    )
    .output(Report),
  validate: base.input(none).output(Report),
  export: base.input(z.object({ id, format: z.enum(['markdown', 'csv', 'json']), lang: Lang })).output(file),
  remove: base.input(z.object({ id })).output(ok),
};
