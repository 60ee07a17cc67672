import { REPLAY, SLOW } from './config.ts';
import { type LineCell, plannedItems, shareBetween, type WorkLine } from './work-line.ts';

const MINUTE = 60_000;

/** What is taken away when a day is lived through again on paper. */
export type Without = {
  readonly people?: boolean;
  readonly system?: boolean;
  /** more work than was to be expected */
  readonly volume?: boolean;
  /** a slow time that is not over lasts until the deadline */
  readonly lasting?: boolean;
};
/** How the deadline would have gone. Items are those of the line's last process. */
export type Replayed = {
  readonly pMiss: number;
  /** items of the deadline (and earlier ones) still missing at it; negative: to spare */
  readonly short: number;
};

/**
 * Lives through the day of a line again as a fluid, from its first snapshot to the deadline: every process does what it did where work
 * waited, at most what its people could; what it does more comes to the next ones. Without the missing people gone, without the slow
 * times, without work that nobody expected, or without several of them, with all else as it was. What the deadline is met without is what it is
 * late for.
 */
export function replayLine(line: WorkLine, without: Without): Replayed {
  const now = line.grid.at(-1) ?? 0;
  const past = line.grid.findIndex((at) => at > line.deadline);
  const steps = past === -1 ? line.grid.length - 1 : Math.max(0, past - 1);
  const over = without.volume ? line.excess?.over : undefined;
  // idle: what its people could have done since the work last ran out
  const states = line.cells.map((cell, c) => ({
    waiting: (cell.backlog[0] ?? 0) - (c === 0 ? (over?.[0] ?? 0) : 0),
    done: 0,
    idle: 0,
  }));
  const real = line.cells.map(() => 0);

  const advance = (
    arrivals: (c: number) => number,
    capacity: (c: number) => number,
    ahead: boolean,
  ): void => {
    // what an interval's work passes on comes in within it: processes in their order
    const gained: number[] = [];
    line.cells.forEach((cell, c) => {
      const state = states[c];
      if (!state) return;
      const passed = cell.inflow.reduce((sum, weight, u) => sum + weight * (gained[u] ?? 0), 0);
      state.waiting = Math.max(0, state.waiting + arrivals(c) + passed);
      const able = capacity(c);
      const items = Math.min(state.waiting, able);
      state.waiting -= items;
      state.done += items;
      state.idle = state.waiting > 0 ? 0 : state.idle + able - items;
      gained[c] = items - (ahead ? 0 : (cell.done[real[c] ?? 0] ?? 0));
    });
  };

  for (let i = 0; i < steps; i++) {
    real.fill(i);
    advance(
      (c) => arrivedIn(line.cells[c], i) - (c === 0 && over ? (over[i + 1] ?? 0) - (over[i] ?? 0) : 0),
      (c) => couldDo(line.cells[c], i, { ...without, at: line.grid[i] ?? 0 }),
      false,
    );
  }
  const target = line.cells.at(-1);
  const end = states.at(-1);
  if (!target || !end) return { pMiss: 0, short: 0 };
  const doneSoFar = sum(target.done.slice(0, line.grid.length - 1));
  const toLast = (c: number): number => shareBetween(line.cells, c, line.cells.length - 1);
  const required =
    doneSoFar +
    sum(line.cells.map((cell, c) => cell.due * toLast(c))) -
    (over ? (line.excess?.due ?? 0) * toLast(0) : 0);
  const toDo = Math.max(0, required - end.done);
  for (let from = now; from < line.deadline; from += REPLAY.stepMinutes * MINUTE) {
    const at = Math.min(line.deadline, from + REPLAY.stepMinutes * MINUTE);
    advance(
      () => 0,
      (c) => willDo(line.cells[c], { from, at, now }, without),
      true,
    );
  }
  const short = required - end.done - (required - end.done < 1 ? end.idle : 0);
  const sd = Math.sqrt(1 + SLOW.dispersion * toDo + (REPLAY.cv * toDo) ** 2);
  return { pMiss: toDo === 0 ? 0 : normal(short / sd), short };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const arrivedIn = (cell: LineCell | undefined, i: number): number =>
  cell ? (cell.done[i] ?? 0) + (cell.backlog[i + 1] ?? 0) - (cell.backlog[i] ?? 0) : 0;

/** The most a process could have done in a past interval. */
function couldDo(cell: LineCell | undefined, i: number, without: Without & { at: number }): number {
  if (!cell) return 0;
  const { pace } = cell.pace;
  const planned = (cell.planned[i] ?? 0) * pace;
  const missing = (cell.missing[i] ?? 0) * pace;
  const done = cell.done[i] ?? 0;
  const speed = cell.speed[i] ?? 1;
  const ranDry = Math.min(cell.backlog[i] ?? 0, cell.backlog[i + 1] ?? 0) < planned * speed;
  const asItWas = ranDry ? Math.max(done, planned * speed) : done;
  const tired = cell.tired.some(
    (s) => without.at >= s.from && without.at < (s.until ?? Number.POSITIVE_INFINITY),
  );
  const lifted = speed < 1 && (tired ? without.people : without.system) === true;
  const healthy = lifted ? Math.max(asItWas, planned) : asItWas;
  if (!without.people || missing === 0) return healthy;
  const each = planned > 0 ? healthy / planned : lifted ? 1 : speed;
  return healthy + missing * each;
}

function willDo(
  cell: LineCell | undefined,
  { from, at, now }: { from: number; at: number; now: number },
  without: Without,
): number {
  if (!cell) return 0;
  const team = cell.day.team.filter((stint) => stint.missing === null || without.people);
  const planned = plannedItems(team, from, at) * cell.pace.pace;
  const open = cell.pace.slow.find((s) => s.until === null);
  if (!open || (cell.tired.includes(open) ? without.people : without.system)) return planned;
  if (without.lasting) return planned * open.ratio;
  const lasts = Math.min(REPLAY.slowAtMost * MINUTE, Math.max(REPLAY.slowAtLeast * MINUTE, now - open.from));
  return from < now + lasts ? planned * open.ratio : planned;
}

/** Abramowitz & Stegun 26.2.17, |error| < 7.5e-8. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = Math.exp((-z * z) / 2) * 0.3989422804014327 * poly;
  return z >= 0 ? 1 - tail : tail;
}
