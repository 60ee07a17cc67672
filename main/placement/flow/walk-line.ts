import { plannedBetween, stintsOf } from '../arithmetic.ts';
import type { Instance } from '../types.ts';
import { FLOW, PATHS } from './config.ts';
import { bookedOn, lotAt } from './expect-due.ts';
import { holdOf } from './find-disturbance.ts';
import { visitsOf } from './learn-routing.ts';
import { gammaFactor, normalAt, normalQuantile } from './random.ts';
import type { Line } from './types.ts';

const STRATA = Float64Array.from({ length: PATHS.count }, (_, i) => normalQuantile((i + 0.5) / PATHS.count));
/** The bits of a path's number backwards: any first 2^k paths are spread evenly over the strata. */
const SPREAD_OUT = Int32Array.from({ length: PATHS.count }, (_, path) => {
  let place = 0;
  for (let bit = 1; bit < PATHS.count; bit *= 2) place = place * 2 + (path & bit ? 1 : 0);
  return place;
});
/** odd numbers: with a power of two of paths each gives an order of its own of the strata */
const STRIDES = [1, 75, 151, 37, 209, 113, 61, 183, 19, 235];

/** What became of the lots of one line over all paths. Typed arrays by step × lot (`step * lots + lot`). */
export type Walk = {
  /** how many paths were walked: fewer where they all tell the same */
  readonly paths: number;
  /** paths on which more than the tolerance of the lot itself is late */
  readonly late: Float64Array;
  /** items late of this lot and of earlier ones, sum over the paths */
  readonly short: Float64Array;
  /** minute at which the lot is through this step, by path (`(step * lots + lot) * PATHS.count + path`); Infinity: not within the horizon */
  readonly through: Float32Array;
  /** items the step could do by the lot's deadline, sum and sum of squares over the paths */
  readonly able: Float64Array;
  readonly ableSquares: Float64Array;
  /** items planned by then at the planned speeds */
  readonly planned: Float64Array;
  /** items that still wait there when everybody has left: sum over the paths */
  readonly left: Float64Array;
  readonly watched: Watched | null;
};
/** One step looked at over time: minute × paths (`t * PATHS.count + path`). */
export type Watched = {
  /** minutes from now, ascending, beginning with 0 */
  readonly grid: readonly number[];
  /** items of the lots up to `lot` that have still to pass the step */
  readonly due: Float32Array;
  /** all items that wait at the step */
  readonly waiting: Float32Array;
  /** items finished there since now: sum over the paths, by minute */
  readonly finished: Float64Array;
};

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
 * A line lived through to its end on many paths (Monte Carlo with stratified draws): what is forecast arrives, every step works the
 * earliest deadline first with the people it has, and hands on what it finishes. Speeds, arrivals, the booking notice and the end of a
 * disturbance are uncertain. Everything is a fluid in steps of five minutes, cut at every deadline.
 */
export function walkLine(
  instance: Instance,
  line: Line,
  {
    assign,
    watch,
  }: {
    assign?: Int32Array | undefined;
    /** a step (index in the line), up to which lot, and until which minute */
    watch?: { readonly step: number; readonly lot: number; readonly until: number } | undefined;
  } = {},
): Walk {
  const S = line.cells.length;
  const K = line.lots.length;
  // one lot more: work without a deadline that is known
  const L = K + 1;
  const paths = PATHS.count;
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
  const imports = line.arrivals.filter((a) => a.minute < horizon);
  const stepAt = (minute: number): number =>
    Math.max(
      0,
      grid.findLastIndex((from) => from <= minute),
    );
  const importStep = imports.map((a) => (a.minute < 0 ? -1 : Math.min(T - 1, stepAt(a.minute))));
  const arrives = new Uint8Array(T);
  for (const t of importStep) if (t >= 0) arrives[t] = 1;
  /** which (step, lot) have their deadline at the end of a step of time, by time; of step t: from `checkFrom[t]` on */
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

  const size = S * L;
  const walk = {
    late: new Float64Array(size),
    short: new Float64Array(size),
    through: new Float32Array(size * paths).fill(Number.POSITIVE_INFINITY),
    able: new Float64Array(size),
    ableSquares: new Float64Array(size),
    planned: new Float64Array(size),
    left: new Float64Array(size),
  };
  for (let s = 0; s < S; s++)
    for (let k = 0; k < K; k++) {
      const deadline = line.lots[k]?.[s] ?? 0;
      for (let t = 0; t < T && (grid[t + 1] ?? 0) <= deadline; t++)
        walk.planned[s * L + k] = (walk.planned[s * L + k] ?? 0) + (planned[s * T + t] ?? 0);
    }
  const watched = watch
    ? {
        grid,
        due: new Float32Array((T + 1) * paths),
        waiting: new Float32Array((T + 1) * paths),
        finished: new Float64Array(T + 1),
      }
    : null;

  const wait = new Float64Array(size);
  const incoming = new Float64Array(T * size);
  const factor = new Float64Array(S * blocks);
  const resume = new Float64Array(S);
  const toCome = new Float64Array(size);
  const done = new Float64Array(S);
  const finished = new Float64Array(S);
  const emptied = new Float64Array(size);
  /** all that waits, by step */
  const waiting = new Float64Array(S);
  const [noticeLow, noticeHigh] = line.notice;
  /** of the lots up to k: what has still to pass step s */
  const dueAt = (s: number, last: number): number => {
    let items = 0;
    for (let p = 0; p <= s; p++) {
      const share = visits[p * S + s] ?? 0;
      if (share > 0)
        for (let k = 0; k <= last; k++) items += ((wait[p * L + k] ?? 0) + (toCome[p * L + k] ?? 0)) * share;
    }
    return items;
  };
  const look = (path: number, t: number): void => {
    if (!watch || !watched) return;
    watched.waiting[t * paths + path] = waiting[watch.step] ?? 0;
    watched.due[t * paths + path] = dueAt(watch.step, watch.lot);
    watched.finished[t] = (watched.finished[t] ?? 0) + (finished[watch.step] ?? 0);
  };

  /** All lots are late on every path so far, or on none. */
  const isPlain = (walked: number): boolean => walk.late.every((late) => late === 0 || late === walked);
  let walked = 0;
  for (; walked < paths; walked++) {
    if (walked === PATHS.few && isPlain(walked)) break;
    const path = walked;
    const stratum = SPREAD_OUT[path] ?? 0;
    wait.set(start);
    incoming.fill(0);
    toCome.fill(0);
    emptied.fill(0);
    done.fill(0);
    finished.fill(0);
    for (let s = 0; s < S; s++) {
      let sum = 0;
      for (let k = 0; k < L; k++) sum += start[s * L + k] ?? 0;
      waiting[s] = sum;
    }
    const scale =
      gammaFactor(1 / line.arrivalScale.cv ** 2, STRATA[(stratum * 93 + 17) % paths] ?? 0) *
      line.arrivalScale.mean;
    const notice = noticeLow + (noticeHigh - noticeLow) * (((stratum * 57 + 5) % paths) / paths);
    const ends = -FLOW.stretchMinutes * Math.log(((stratum * 201 + 77) % paths) / paths + 0.5 / paths);
    for (let i = 0; i < imports.length; i++) {
      const arrival = imports[i];
      if (!arrival) continue;
      const s = arrival.step ?? 0;
      const place = s * L + bookedOn(line, arrival, notice);
      const items = arrival.items * (arrival.minute < ends ? scale : 1);
      const t = importStep[i] ?? 0;
      if (t < 0) {
        wait[place] = (wait[place] ?? 0) + items;
        waiting[s] = (waiting[s] ?? 0) + items;
      } else {
        incoming[t * size + place] = (incoming[t * size + place] ?? 0) + items;
        toCome[place] = (toCome[place] ?? 0) + items;
      }
    }
    // the same draw says whether a step is slowed down at all, and then for how long; one for the whole line
    const u = ((stratum * 149 + 31) % paths) / paths + 0.5 / paths;
    for (let s = 0; s < S; s++) {
      const pace = cells[s]?.pace;
      if (!pace) continue;
      const z = STRATA[(stratum * (STRIDES[s % STRIDES.length] ?? 1) + 41 * s) % paths] ?? 0;
      const drift = pace.drift * Math.sqrt(PATHS.blockMinutes / 60);
      let level = pace.mean * gammaFactor(pace.shape, z);
      for (let b = 0; b < blocks; b++) {
        const mean = plannedBlock[s * blocks + b] ?? 0;
        const noise =
          mean > 0
            ? normalAt(path, s, 2 * b) *
              Math.sqrt(pace.wobble ** 2 + pace.dispersion / Math.max(1, mean * level))
            : 0;
        factor[s * blocks + b] = Math.max(0, level * (1 + noise));
        level *= 1 + drift * normalAt(path, s, 2 * b + 1) + (pace.trend * PATHS.blockMinutes) / 60;
      }
      resume[s] = u < pace.slowed ? holdOf(pace.minutes) * (pace.slowed / u - 1) : 0;
    }
    look(path, 0);
    for (let t = 0; t < T; t++) {
      const from = grid[t] ?? 0;
      const to = grid[t + 1] ?? 0;
      const block = blockOf[t] ?? 0;
      for (let place = 0; arrives[t] && place < size; place++) {
        const items = incoming[t * size + place] ?? 0;
        if (items <= 0) continue;
        const s = Math.floor(place / L);
        wait[place] = (wait[place] ?? 0) + items;
        waiting[s] = (waiting[s] ?? 0) + items;
        toCome[place] = (toCome[place] ?? 0) - items;
      }
      for (let s = 0; s < S; s++) {
        let capacity = (planned[s * T + t] ?? 0) * (factor[s * blocks + block] ?? 0);
        const stands = resume[s] ?? 0;
        if (stands > from) {
          const still = Math.min(1, (stands - from) / (to - from));
          capacity *= 1 - still + still * (slowTo[s] ?? 1);
        }
        done[s] = (done[s] ?? 0) + capacity;
        if (capacity <= 0 || (waiting[s] ?? 0) <= 0) continue;
        const whole = capacity;
        let left = 0;
        for (let k = 0; k < L; k++) {
          const there = wait[s * L + k] ?? 0;
          if (there <= 0) continue;
          const items = Math.min(there, capacity);
          left += there - items;
          if (items <= 0) continue;
          capacity -= items;
          wait[s * L + k] = there - items;
          finished[s] = (finished[s] ?? 0) + items;
          if (there === items) emptied[s * L + k] = from + (to - from) * (1 - capacity / whole);
          for (let q = s + 1; q < S; q++) {
            const passed = items * (routing[s * S + q] ?? 0);
            if (passed <= 0) continue;
            wait[q * L + k] = (wait[q * L + k] ?? 0) + passed;
            waiting[q] = (waiting[q] ?? 0) + passed;
          }
        }
        waiting[s] = left;
      }
      for (let i = checkFrom[t] ?? 0; i < (checkFrom[t + 1] ?? 0); i++) {
        const at = checks[i] ?? 0;
        const s = Math.floor(at / L);
        const k = at % L;
        const short = dueAt(s, k);
        const own = short - (k > 0 ? dueAt(s, k - 1) : 0);
        if (own > PATHS.tolerance) walk.late[at] = (walk.late[at] ?? 0) + 1;
        if (short > PATHS.tolerance) walk.short[at] = (walk.short[at] ?? 0) + short;
        const able = done[s] ?? 0;
        walk.able[at] = (walk.able[at] ?? 0) + able;
        walk.ableSquares[at] = (walk.ableSquares[at] ?? 0) + able * able;
      }
      if (watch) look(path, t + 1);
    }
    for (let s = 0; s < S; s++) {
      let latest = 0;
      for (let k = 0; k < L; k++) {
        const at = s * L + k;
        let rest = 0;
        for (let p = 0; p <= s; p++)
          rest += ((wait[p * L + k] ?? 0) + (toCome[p * L + k] ?? 0)) * (visits[p * S + s] ?? 0);
        walk.left[at] = (walk.left[at] ?? 0) + (wait[at] ?? 0);
        if (rest > PATHS.tolerance) latest = Number.POSITIVE_INFINITY;
        else latest = Math.max(latest, emptied[at] ?? 0);
        walk.through[at * paths + path] = latest;
      }
    }
  }
  return { ...walk, paths: walked, watched };
}
