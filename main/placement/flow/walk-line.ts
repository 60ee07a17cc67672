import type { Instance } from '../types.ts';
import { FLOW, PATHS } from './config.ts';
import { bookedOn } from './expect-due.ts';
import { holdOf } from './find-disturbance.ts';
import { type Course, layCourse, type Watch } from './lay-course.ts';
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

/**
 * A line lived through to its end on many paths (Monte Carlo with stratified draws): what is forecast arrives, every step works the
 * earliest deadline first with the people it has, and hands on what it finishes. Speeds, arrivals, the booking notice and the end of a
 * disturbance are uncertain. Everything is a fluid in steps of five minutes, cut at every deadline.
 */
export function walkLine(
  instance: Instance,
  line: Line,
  o: { assign?: Int32Array | undefined; watch?: Watch | undefined } = {},
): Walk {
  const course = layCourse(instance, line, o);
  const state = emptyState(course, o.watch);
  let paths = 0;
  for (; paths < PATHS.count; paths++) {
    if (paths === PATHS.few && isPlain(state, paths)) break;
    takePath(course, state, paths);
  }
  return { ...state.sums, paths, watched: state.watched };
}

type State = ReturnType<typeof emptyState>;
function emptyState({ steps: S, lots: L, blocks, grid, planned, line }: Course, watch: Watch | undefined) {
  const size = S * L;
  const T = grid.length - 1;
  const sums = {
    late: new Float64Array(size),
    short: new Float64Array(size),
    through: new Float32Array(size * PATHS.count).fill(Number.POSITIVE_INFINITY),
    able: new Float64Array(size),
    ableSquares: new Float64Array(size),
    planned: new Float64Array(size),
    left: new Float64Array(size),
  };
  for (let s = 0; s < S; s++)
    for (let k = 0; k < L - 1; k++) {
      const deadline = line.lots[k]?.[s] ?? 0;
      for (let t = 0; t < T && (grid[t + 1] ?? 0) <= deadline; t++)
        sums.planned[s * L + k] = (sums.planned[s * L + k] ?? 0) + (planned[s * T + t] ?? 0);
    }
  const watched: Watched | null = watch
    ? {
        grid,
        due: new Float32Array((T + 1) * PATHS.count),
        waiting: new Float32Array((T + 1) * PATHS.count),
        finished: new Float64Array(T + 1),
      }
    : null;
  return {
    sums,
    watch,
    watched,
    /** what waits and what is still to come in, by step × lot; what comes in by step of time × step × lot */
    wait: new Float64Array(size),
    toCome: new Float64Array(size),
    incoming: new Float64Array(T * size),
    /** all that waits, by step */
    waiting: new Float64Array(S),
    /** pace by step × block, and the minute until which a step is slowed down */
    factor: new Float64Array(S * blocks),
    resume: new Float64Array(S),
    /** items a step could do, and did, since now; the minute at which a lot was through */
    done: new Float64Array(S),
    finished: new Float64Array(S),
    emptied: new Float64Array(size),
  };
}

/** All lots are late on every path so far, or on none. */
const isPlain = ({ sums }: State, walked: number): boolean =>
  sums.late.every((late) => late === 0 || late === walked);

function takePath(course: Course, state: State, path: number): void {
  const stratum = SPREAD_OUT[path] ?? 0;
  begin(course, state);
  drawArrivals(course, state, stratum);
  drawPaces(course, state, { path, stratum });
  look(course, state, path, 0);
  for (let t = 0; t < course.grid.length - 1; t++) {
    if (course.arrives[t]) takeIn(course, state, t);
    work(course, state, t);
    checkDeadlines(course, state, t);
    if (state.watch) look(course, state, path, t + 1);
  }
  end(course, state, path);
}

function begin(course: Course, state: State): void {
  const { steps: S, lots: L, start } = course;
  state.wait.set(start);
  state.incoming.fill(0);
  state.toCome.fill(0);
  state.emptied.fill(0);
  state.done.fill(0);
  state.finished.fill(0);
  for (let s = 0; s < S; s++) {
    let sum = 0;
    for (let k = 0; k < L; k++) sum += start[s * L + k] ?? 0;
    state.waiting[s] = sum;
  }
}
function drawArrivals(course: Course, state: State, stratum: number): void {
  const { line, lots: L, imports } = course;
  const { wait, waiting, incoming, toCome } = state;
  const paths = PATHS.count;
  const [noticeLow, noticeHigh] = line.notice;
  const scale =
    gammaFactor(1 / line.arrivalScale.cv ** 2, STRATA[(stratum * 93 + 17) % paths] ?? 0) *
    line.arrivalScale.mean;
  const notice = noticeLow + (noticeHigh - noticeLow) * (((stratum * 57 + 5) % paths) / paths);
  const ends = -FLOW.stretchMinutes * Math.log(((stratum * 201 + 77) % paths) / paths + 0.5 / paths);
  for (const { arrival, t } of imports) {
    const s = arrival.step ?? 0;
    const place = s * L + bookedOn(line, arrival, notice);
    const items = arrival.items * (arrival.minute < ends ? scale : 1);
    if (t < 0) {
      wait[place] = (wait[place] ?? 0) + items;
      waiting[s] = (waiting[s] ?? 0) + items;
    } else {
      const at = t * wait.length + place;
      incoming[at] = (incoming[at] ?? 0) + items;
      toCome[place] = (toCome[place] ?? 0) + items;
    }
  }
}
function drawPaces(course: Course, state: State, { path, stratum }: { path: number; stratum: number }): void {
  const { steps: S, cells, blocks, plannedBlock } = course;
  const { factor, resume } = state;
  const paths = PATHS.count;
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
}

function takeIn(course: Course, state: State, t: number): void {
  const { lots: L } = course;
  const { wait, waiting, toCome, incoming } = state;
  for (let place = 0; place < wait.length; place++) {
    const items = incoming[t * wait.length + place] ?? 0;
    if (items <= 0) continue;
    const s = Math.floor(place / L);
    wait[place] = (wait[place] ?? 0) + items;
    waiting[s] = (waiting[s] ?? 0) + items;
    toCome[place] = (toCome[place] ?? 0) - items;
  }
}
function work(course: Course, state: State, t: number): void {
  const { steps: S, lots: L, grid, planned, blocks, blockOf, slowTo, routing } = course;
  const { wait, waiting, factor, resume, done, finished, emptied } = state;
  const T = grid.length - 1;
  const from = grid[t] ?? 0;
  const to = grid[t + 1] ?? 0;
  const block = blockOf[t] ?? 0;
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
}
function checkDeadlines(course: Course, state: State, t: number): void {
  const { lots: L, checks, checkFrom } = course;
  const { late, short: shortOf, able: ableBy, ableSquares } = state.sums;
  for (let i = checkFrom[t] ?? 0; i < (checkFrom[t + 1] ?? 0); i++) {
    const at = checks[i] ?? 0;
    const s = Math.floor(at / L);
    const k = at % L;
    const short = dueAt(course, state, s, k);
    const own = short - (k > 0 ? dueAt(course, state, s, k - 1) : 0);
    if (own > PATHS.tolerance) late[at] = (late[at] ?? 0) + 1;
    if (short > PATHS.tolerance) shortOf[at] = (shortOf[at] ?? 0) + short;
    const able = state.done[s] ?? 0;
    ableBy[at] = (ableBy[at] ?? 0) + able;
    ableSquares[at] = (ableSquares[at] ?? 0) + able * able;
  }
}
/** of the lots up to `last`: what has still to pass step s */
function dueAt(course: Course, state: State, s: number, last: number): number {
  const { steps: S, lots: L, visits } = course;
  let items = 0;
  for (let p = 0; p <= s; p++) {
    const share = visits[p * S + s] ?? 0;
    if (share > 0)
      for (let k = 0; k <= last; k++)
        items += ((state.wait[p * L + k] ?? 0) + (state.toCome[p * L + k] ?? 0)) * share;
  }
  return items;
}
function look(course: Course, state: State, path: number, t: number): void {
  const { watch, watched } = state;
  if (!watch || !watched) return;
  watched.waiting[t * PATHS.count + path] = state.waiting[watch.step] ?? 0;
  watched.due[t * PATHS.count + path] = dueAt(course, state, watch.step, watch.lot);
  watched.finished[t] = (watched.finished[t] ?? 0) + (state.finished[watch.step] ?? 0);
}
function end(course: Course, state: State, path: number): void {
  const { steps: S, lots: L, visits } = course;
  const { wait, toCome, emptied } = state;
  const { left, through } = state.sums;
  for (let s = 0; s < S; s++) {
    let latest = 0;
    for (let k = 0; k < L; k++) {
      const at = s * L + k;
      let rest = 0;
      for (let p = 0; p <= s; p++)
        rest += ((wait[p * L + k] ?? 0) + (toCome[p * L + k] ?? 0)) * (visits[p * S + s] ?? 0);
      left[at] = (left[at] ?? 0) + (wait[at] ?? 0);
      if (rest > PATHS.tolerance) latest = Number.POSITIVE_INFINITY;
      else latest = Math.max(latest, emptied[at] ?? 0);
      through[at * PATHS.count + path] = latest;
    }
  }
}
