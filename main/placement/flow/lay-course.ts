import { plannedBetween, stintsOf } from '../arithmetic.ts';
import type { Instance } from '../types.ts';
import { PATHS } from './config.ts';
import { lotAt } from './expect-due.ts';
import { visitsOf } from './learn-routing.ts';
import type { Line } from './types.ts';

/** A step of the line looked at over time (its index in the line), up to which lot, and until which minute. */
export type Watch = { readonly step: number; readonly lot: number; readonly until: number };

/** Items everybody who is there is planned to do per step of the line and step of time, at planned speeds. */
function plannedOf(
  instance: Instance,
  line: Line,
  { assign, grid }: { assign: Int32Array | undefined; grid: readonly number[] },
): Float64Array {
  const T = grid.length - 1;
  const planned = new Float64Array(line.cells.length * T);
  const stepOf = new Map(line.cells.map((c, s) => [c, s]));
  instance.operators.forEach((person, i) => {
    for (const stint of stintsOf(instance, person, assign?.[i] ?? person.cell)) {
      const s = stepOf.get(stint.cell);
      if (s === undefined) continue;
      for (let t = 0; t < T; t++) {
        const from = grid[t] ?? 0;
        if (from >= stint.until) break;
        const items = plannedBetween(instance, person, stint, [from, grid[t + 1] ?? 0]);
        planned[s * T + t] = (planned[s * T + t] ?? 0) + items;
      }
    }
  });
  return planned;
}

/**
 * What is the same on every path of a line; typed arrays by step × lot (`step * lots + lot`), with one lot more than the line has: work
 * without a deadline that is known.
 */
export function layCourse(
  instance: Instance,
  line: Line,
  { assign, watch }: { assign?: Int32Array | undefined; watch?: Watch | undefined },
) {
  const S = line.cells.length;
  const K = line.lots.length;
  const L = K + 1;
  const cells = line.cells.map((c) => instance.cells[c]);
  const deadlines = line.lots.flat();
  const lastLeaves = instance.operators.reduce(
    (latest, person, i) =>
      stintsOf(instance, person, assign?.[i] ?? person.cell).reduce(
        (end, { cell, until }) => (line.cells.includes(cell) ? Math.max(end, until) : end),
        latest,
      ),
    0,
  );
  const horizon = Math.min(PATHS.longestMinutes, Math.max(0, lastLeaves, watch?.until ?? 0, ...deadlines));
  const grid = [
    ...new Set([
      0,
      ...Array.from({ length: Math.ceil(horizon / PATHS.stepMinutes) }, (_, i) =>
        Math.min(horizon, (i + 1) * PATHS.stepMinutes),
      ),
      ...deadlines.filter((d) => d > 0 && d <= horizon),
    ]),
  ].sort((a, b) => a - b);
  const T = grid.length - 1;
  const planned = plannedOf(instance, line, { assign, grid });

  const start = new Float64Array(S * L);
  cells.forEach((cell, s) => {
    if (!cell) return;
    let open = cell.backlog;
    for (const lot of cell.lots) {
      const k = K > 0 ? lotAt(line, s, lot.deadline) : 0;
      start[s * L + k] = (start[s * L + k] ?? 0) + lot.items;
      open -= lot.items;
    }
    if (open > 0) start[s * L + K] = (start[s * L + K] ?? 0) + open;
  });
  const routing = Float64Array.from(line.routing.flat());
  const visits = Float64Array.from(visitsOf(line.routing).flat());
  const stepAt = (minute: number): number =>
    Math.max(
      0,
      grid.findLastIndex((from) => from <= minute),
    );
  const imports = line.arrivals
    .filter((arrival) => arrival.minute < horizon)
    .map((arrival) => ({
      arrival,
      t: arrival.minute < 0 ? -1 : Math.min(T - 1, stepAt(arrival.minute)),
    }));
  const arrives = new Uint8Array(T);
  for (const { t } of imports) if (t >= 0) arrives[t] = 1;
  const due = Array.from({ length: K * S }, (_, i) => {
    const [s, k] = [i % S, Math.floor(i / S)];
    return { at: s * L + k, t: grid.indexOf(line.lots[k]?.[s] ?? 0) - 1 };
  })
    .filter(({ t }) => t >= 0)
    .sort((a, b) => a.t - b.t);
  const checks = Int32Array.from(due, ({ at }) => at);
  const checkFrom = Int32Array.from({ length: T + 1 }, (_, t) => due.filter((d) => d.t < t).length);
  const slowTo = Float64Array.from(cells, (cell) => cell?.pace.share ?? 1);
  const blocks = Math.ceil(horizon / PATHS.blockMinutes) + 1;
  const blockOf = Int32Array.from({ length: T }, (_, t) => Math.floor((grid[t] ?? 0) / PATHS.blockMinutes));
  const plannedBlock = new Float64Array(S * blocks);
  for (let s = 0; s < S; s++)
    for (let t = 0; t < T; t++) {
      const b = s * blocks + (blockOf[t] ?? 0);
      plannedBlock[b] = (plannedBlock[b] ?? 0) + (planned[s * T + t] ?? 0);
    }
  return {
    line,
    steps: S,
    lots: L,
    cells,
    /** minutes from now, ascending, beginning with 0 */
    grid,
    /** items planned at planned speeds, by step × step of time, and by step × block */
    planned,
    plannedBlock,
    blocks,
    /** the block of each step of time */
    blockOf,
    start,
    routing,
    visits,
    /** what comes in, with its step of time (-1: there already) */
    imports,
    arrives,
    checks,
    checkFrom,
    slowTo,
  };
}
export type Course = ReturnType<typeof layCourse>;
