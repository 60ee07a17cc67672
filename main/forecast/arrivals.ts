import { flowsOf } from '../placement/index.ts';
import type { ProgressRow } from './queries.ts';

/** The counter of the day may begin anew where nothing was seen for this long. */
const NIGHT_MS = 2 * 3_600_000;

/**
 * What came in between snapshots (ascending), at the middle between the two. What came overnight is there at the first snapshot after it,
 * with what was finished of it since the counter began anew.
 */
export function arrivalsOf(rows: readonly ProgressRow[]): { readonly at: number; readonly items: number }[] {
  const nights = rows.flatMap((row, i) => {
    const last = rows[i - 1];
    if (row.done === null || (last && row.at - last.at < NIGHT_MS)) return [];
    const finished = last?.done != null && row.done >= last.done ? row.done - last.done : row.done;
    return [{ at: row.at, items: Math.max(0, row.backlog - (last?.backlog ?? 0) + finished) }];
  });
  const known = new Set(nights.map((night) => night.at));
  const day = flowsOf(rows).flatMap(({ from, at, arrived }) =>
    known.has(at) ? [] : [{ at: (from + at) / 2, items: arrived }],
  );
  return [...nights, ...day].sort((a, b) => a.at - b.at);
}
