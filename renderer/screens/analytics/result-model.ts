import type { Table } from '../../../main/api/contract/common.ts';
import type { Dimension, Query, RowsOf, Window } from '../../../main/measures/contract/measures.ts';

/** The filter value of each dimension of a row. */
export const groupOf = (row: Table['rows'][number], by: readonly Dimension[]): RowsOf['group'] =>
  Object.fromEntries(
    by.flatMap((dimension) => {
      const value = row[`${dimension}:id`] ?? row[dimension];
      return value === null || value === undefined ? [] : [[dimension, String(value)]];
    }),
  );

/** Times that a window is naturally compared with, nearest first. */
export function earlier(window: Window): {
  readonly name: 'dayBefore' | 'weekBefore' | 'lastWeek' | 'lastMonth' | 'yearBefore';
  readonly window: Window;
}[] {
  const { days } = window;
  switch (days.kind) {
    case 'now':
    case 'day': {
      const offset = days.kind === 'now' ? 0 : days.offset;
      return [
        { name: 'dayBefore', window: { ...window, days: { kind: 'day', offset: offset - 1 } } },
        { name: 'weekBefore', window: { ...window, days: { kind: 'day', offset: offset - 7 } } },
      ];
    }
    case 'week':
      return [{ name: 'lastWeek', window: { ...window, days: { kind: 'week', offset: days.offset - 1 } } }];
    case 'weekday':
      return [{ name: 'weekBefore', window: { ...window, days: { ...days, week: days.week - 1 } } }];
    case 'month':
      return [
        { name: 'lastMonth', window: { ...window, days: { kind: 'month', offset: days.offset - 1 } } },
        { name: 'yearBefore', window: { ...window, days: { kind: 'month', offset: days.offset - 12 } } },
      ];
    default:
      return [];
  }
}
/** A comparison with an earlier time goes along when the time changes, where there is such a one; else it goes. */
export function withWindow(query: Query, window: Window): Query {
  if (query.compare?.kind !== 'window') return { ...query, window };
  const was = earlier(query.window).find(
    (one) =>
      JSON.stringify(one.window) === JSON.stringify(query.compare?.kind === 'window' && query.compare.window),
  );
  const now = earlier(window).find((one) => one.name === was?.name);
  return { ...query, window, compare: now ? { kind: 'window', window: now.window } : null };
}
