import { type AppError, toAppError, wordError } from '../kernel/errors.ts';
import type { Query } from '../measures/contract/measures.ts';
import { KEPT } from './config.ts';
import type { ReportSection } from './contract/reports.ts';
import type { Answer } from './figures.ts';
import { say, sectionOf } from './report-parts.ts';

/** The saved views that people want in the report: their queries as of a date; given in by the engine. */
export type NightlyViews = (date: string) => readonly { readonly name: string; readonly query: Query }[];

/** A table for each saved view, as it was on the day; what cannot be told of that day is said. null: none is wanted. */
export async function viewSection(
  views: NightlyViews,
  answer: Answer,
  day: { readonly date: string; readonly to: number },
): Promise<ReportSection | null> {
  const wanted = views(day.date);
  if (wanted.length === 0) return null;
  const section = sectionOf('views', []);
  for (const { name, query } of wanted) {
    const answered = await answer(query).catch(toAppError);
    if (answered instanceof Error) section.words.push(refusal(name, answered));
    else if (answered.table.rows.length === 0) section.words.push(say('no-fit', { name }));
    else
      section.tables.push({
        ...answered.table,
        title: { ja: name, en: name },
        rows: answered.table.rows.slice(0, KEPT),
        // the day's last instant: a file of the table is named after the day it is of
        asOf: day.to - 1,
      });
  }
  return section;
}
const refusal = (name: string, error: AppError): ReportSection['words'][number] => {
  const [ja, en] = [wordError(error, 'ja'), wordError(error, 'en')];
  return say('refused', { name, 'why.ja': `${ja.say}${ja.next}`, 'why.en': `${en.say} ${en.next}` });
};
