import { dateIn, dateTimeIn, instantOf } from '../../kernel/clock.ts';
import { sourceColumns } from './parse-row.ts';
import type { TablePlan } from './plan.ts';

/** Backquoted as MySQL wants it. */
export const quote = (identifier: string): string => `\`${identifier.replaceAll('`', '``')}\``;
export const selectFrom = (plan: TablePlan): string =>
  `SELECT ${sourceColumns(plan).map(quote).join(', ')} FROM ${quote(plan.table)}`;

/** An instant as the source's cursor column spells it. `like`: a value of that column, to tell seconds from milliseconds. */
export function cursorText(plan: TablePlan, at: number, like = 0): string | number {
  const { kind = 'text', zone = 'UTC' } = plan.cursor ?? {};
  switch (kind) {
    case 'timestamp':
      return dateTimeIn(at, 'UTC');
    case 'date':
      return dateIn(at, zone);
    case 'number':
      return like >= 1e11 ? at : Math.floor(at / 1000);
    case 'datetime':
    case 'text':
      return plan.cursor?.unit === 'day' ? dateIn(at, zone) : dateTimeIn(at, zone);
  }
}
export const startOfDay = (at: number, zone: string): number => instantOf(dateIn(at, zone), 0, zone);
