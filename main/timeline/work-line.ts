import type { CellDay, TeamStint } from '../analytics/types.ts';
import { sharesOf } from '../placement/index.ts';
import { REPLAY } from './config.ts';
import { type Excess, findExcess } from './find-excess.ts';
import { findSlow, type Pace, type SlowStretch, type Worked } from './find-slow.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Items that stints would do in [from, to) at their planned speeds. */
export function plannedItems(team: readonly TeamStint[], from: number, to: number): number {
  let items = 0;
  for (const stint of team) {
    const start = Math.max(from, stint.from);
    const end = Math.min(to, stint.until);
    if (end <= start) continue;
    let ms = end - start;
    for (const [a, b] of stint.breaks) ms -= Math.max(0, Math.min(end, b) - Math.max(start, a));
    items += (ms * stint.speed) / HOUR;
  }
  return items;
}

/** One process of a line on the line's common grid; index i is the interval (grid[i], grid[i + 1]). */
export type LineCell = {
  readonly day: CellDay;
  readonly pace: Pace;
  /** items */
  readonly done: readonly number[];
  readonly planned: readonly number[];
  readonly missing: readonly number[];
  /** at the grid's instants, so one more */
  readonly backlog: readonly number[];
  /** 1, or the share of the usual pace in a slow time */
  readonly speed: readonly number[];
  /** slow times that are put to people's account, not to the system's */
  readonly tired: readonly SlowStretch[];
  /** of what each earlier process passes on, the share that comes here */
  readonly inflow: readonly number[];
  /** items waiting here that belong to the deadline looked at or an earlier one */
  readonly due: number;
};
/** The processes of a site and business up to the one looked at, which is the last, in their order. */
export type WorkLine = {
  /** epoch ms, the last one is the newest snapshot's */
  readonly grid: readonly number[];
  readonly cells: readonly LineCell[];
  readonly deadline: number;
  /** null: nothing was to be expected, or it is not known what */
  readonly excess: Excess | null;
};
/** Of an item of one process of a line, how much comes to another. */
export function shareBetween(cells: readonly LineCell[], from: number, to: number): number {
  const reach: number[] = cells.map((_, c) => (c === from ? 1 : 0));
  cells.forEach((cell, c) => {
    if (c > from) reach[c] = cell.inflow.reduce((total, weight, u) => total + weight * (reach[u] ?? 0), 0);
  });
  return reach[to] ?? 0;
}

/** Today's part of a counter: from its last reset on. */
const sinceReset = (day: CellDay): CellDay['snapshots'] => {
  const rows = day.snapshots.filter((row) => row.done !== null);
  let start = 0;
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    // a dip of one row is a bad row; a counter that stays low began anew
    if (before && (row.done ?? 0) < (before.done ?? 0) && (rows[i + 1]?.done ?? 0) < (before.done ?? 0))
      start = i;
  });
  return rows.slice(start);
};

/** How each interval of a cell went, for the search for slow times. */
export function workedOf(day: CellDay): Worked[] {
  const here = day.team.filter((stint) => stint.missing === null);
  const backlogAt = new Map(day.snapshots.map((row) => [row.at, row.backlog]));
  return day.finished.map(({ from, at, items, certain }) => {
    const planned = plannedItems(here, from, at);
    const waiting = Math.min(backlogAt.get(from) ?? 0, backlogAt.get(at) ?? 0);
    return { from, at, items, planned, busy: planned > 0 && waiting >= planned && certain };
  });
}

/**
 * The line that leads to a cell, up to the newest snapshot. Null when its counter or its people say nothing. Earlier processes whose
 * counter says nothing are left out.
 */
export function workLine(cells: readonly CellDay[], target: CellDay, deadline: number): WorkLine | null {
  const start = sinceReset(target);
  const grid = start.map((row) => row.at);
  if (grid.length < 2 || target.team.length === 0) return null;
  const earlier = cells
    .filter(
      ({ cell, sequence, team, snapshots }) =>
        cell.location === target.cell.location &&
        cell.businessId === target.cell.businessId &&
        cell.cellId !== target.cell.cellId &&
        (sequence ?? 0) < (target.sequence ?? 0) &&
        team.length > 0 &&
        snapshots.some((row) => row.done !== null),
    )
    .sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  const line: LineCell[] = [];
  for (const day of [...earlier, target]) line.push(onGrid(day, grid, line, deadline));
  const excess = findExcess(line, grid, (to) => shareBetween(line, 0, to));
  return { grid, cells: line, deadline, excess };
}

function onGrid(
  day: CellDay,
  grid: readonly number[],
  before: readonly LineCell[],
  deadline: number,
): LineCell {
  const rows = sinceReset(day);
  const doneAt = stepwise(rows.map((row) => [row.at, row.done ?? 0]));
  const backlogAt = stepwise(rows.map((row) => [row.at, row.backlog]));
  const here = day.team.filter((stint) => stint.missing === null);
  const gone = day.team.filter((stint) => stint.missing !== null);
  const spans = grid.slice(1).map((at, i) => [grid[i] ?? at, at] as const);
  const pace = findSlow(workedOf(day), day.usual);
  const done = spans.map(([from, at]) => Math.max(0, doneAt(at) - doneAt(from)));
  const backlog = grid.map(backlogAt);
  const arrived = done.map((items, i) => Math.max(0, items + (backlog[i + 1] ?? 0) - (backlog[i] ?? 0)));
  return {
    day,
    pace,
    done,
    backlog,
    planned: spans.map(([from, at]) => plannedItems(here, from, at)),
    missing: spans.map(([from, at]) => plannedItems(gone, from, at)),
    speed: spans.map(([from, at]) => speedAt(pace, (from + at) / 2)),
    tired: [],
    inflow: sharesOf(
      before.map((cell) => inBins(cell.done, REPLAY.flowSteps)),
      inBins(arrived, REPLAY.flowSteps),
    ),
    due: day.lots.filter((lot) => lot.deadline <= deadline).reduce((sum, lot) => sum + lot.items, 0),
  };
}

/** Sums of `size` neighbours; the last one may be of fewer. */
const inBins = (values: readonly number[], size: number): number[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size).reduce((a, b) => a + b, 0),
  );

export const speedAt = ({ slow }: Pace, at: number): number =>
  slow.find((s) => at >= s.from && at < (s.until ?? Number.POSITIVE_INFINITY))?.ratio ?? 1;

/** The last value at or before an instant; the first one before all. */
function stepwise(points: readonly (readonly [at: number, value: number])[]): (at: number) => number {
  return (at) => {
    let low = 0;
    let high = points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((points[middle]?.[0] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return points[Math.max(0, low - 1)]?.[1] ?? 0;
  };
}
