import type { CellDay } from '../analytics/types.ts';
import type { Volume } from './contract/timeline.ts';
import type { LineCell } from './work-line.ts';

/** What came in to a line's first process against what was to be expected; items. */
export type Excess = {
  /** up to the newest snapshot */
  readonly volume: Volume;
  /** more than expected at each instant of the line's grid, as far as it was never made up for; never falls */
  readonly over: readonly number[];
  /** of that, what was due by the deadline: work comes in by the order of its deadlines */
  readonly due: number;
};

/**
 * `share`: of an item of the first process, how much passes to a process (by place in the line). Null when nothing was to be expected or it
 * is not known.
 */
export function findExcess(
  cells: readonly LineCell[],
  grid: readonly number[],
  share: (cell: number) => number,
): Excess | null {
  const [first] = cells;
  const start = grid[0];
  const expected = first?.day.expected;
  if (!first || !expected || start === undefined) return null;
  // what waited before the day's work began was expected too; later on it is only what was left
  const before = expectedAt(expected, start);
  const came: number[] = [before > 0 ? 0 : (first.backlog[0] ?? 0)];
  grid.slice(1).forEach((_, i) => {
    came.push((came[i] ?? 0) + (first.done[i] ?? 0) + (first.backlog[i + 1] ?? 0) - (first.backlog[i] ?? 0));
  });
  const arrived = came.at(-1) ?? 0;
  const due = expectedAt(expected, grid.at(-1) ?? start) - before;
  if (due < 1) return null;
  const over = came.map((items, i) => Math.max(0, items - (expectedAt(expected, grid[i] ?? start) - before)));
  for (let i = over.length - 2; i >= 0; i--) over[i] = Math.min(over[i] ?? 0, over[i + 1] ?? 0);
  const later = cells.reduce((sum, cell, c) => {
    const passes = share(c);
    return passes > 0.01 ? sum + Math.max(0, (cell.backlog.at(-1) ?? 0) - cell.due) / passes : sum;
  }, 0);
  const lastDue = came.findIndex((items) => items >= arrived - later);
  return {
    volume: { arrived, expected: due, basis: expected.basis },
    over,
    due: Math.max(0, over[lastDue] ?? 0),
  };
}

/** Between full hours in proportion. */
function expectedAt({ points }: NonNullable<CellDay['expected']>, at: number): number {
  const next = points.findIndex((point) => point.at > at);
  if (next === 0) return 0;
  const from = points[(next < 0 ? points.length : next) - 1];
  const to = points[next];
  if (!from) return 0;
  return to ? from.items + ((to.items - from.items) * (at - from.at)) / (to.at - from.at) : from.items;
}
