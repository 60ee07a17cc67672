import type { CurvePoint } from '../../analytics/contract/situation.ts';
import { yieldToEventLoop } from '../../kernel/task.ts';
import { at, pausedMinutes, ratePerMinute, stintsAt, workMinutes } from '../arithmetic.ts';
import type { Instance } from '../types.ts';
import { PATHS } from './config.ts';
import { duePartsOf } from './expect-due.ts';
import type { Line } from './types.ts';
import { type Walk, walkLine } from './walk-line.ts';

export type LotRisk = {
  /** index of the lot in its line */
  readonly lot: number;
  /** minutes from now; negative when passed */
  readonly deadline: number;
  /** P(something due by it has not passed here by it, here or still at an earlier step); 1 once it has passed */
  readonly pMiss: number;
  /** items expected to be missing at it, earlier lots included */
  readonly shortItems: number;
  /** items that have to pass here by it, earlier lots included: waiting here, at earlier steps, still to arrive */
  readonly due: number;
  readonly here: number;
  readonly upstream: number;
  readonly expected: number;
  /** items the team can do by it, mean and standard deviation */
  readonly able: number;
  readonly sd: number;
  /** minute at which all that is due by it has passed here, median; null when not within the shifts */
  readonly finish: number | null;
  /** items/hour needed from now, breaks left out; null when it has passed */
  readonly required: number | null;
};
export type CellRisk = {
  /** P of the worst lot. The lots share pace and arrivals, so this is P(any lot is missed) up to a small remainder. */
  readonly pMiss: number;
  readonly perLot: readonly LotRisk[];
  /** index of the lot most likely to be missed (the earliest of equals); null without lots */
  readonly worst: number | null;
  /** items per person-minute of the team; 0 when nobody is there */
  readonly rate: number;
  /** coefficient of variation of that rate */
  readonly rateCv: number;
  /** minute at which all that waits or is expected today has passed here, median; null when not within the shifts */
  readonly finish: number | null;
  /** person-minutes until the worst deadline (or the end of all shifts without one) */
  readonly effort: number;
  readonly required: number | null;
  readonly shortItems: number;
};
/** Backlog to come: minutes from now, items. `due`: what has to pass here by the deadline; `waiting`: all that waits here. */
export type Band = { readonly low: number; readonly mean: number; readonly high: number };
export type OutlookPoint = {
  readonly minute: number;
  readonly due: Band;
  readonly waiting: Band;
  /** items finished here since now, mean */
  readonly finished: number;
};

/** the middle of sorted values; null when more than half of them are infinite */
const medianOf = (values: Float32Array): number | null => {
  const middle = values.sort()[values.length >> 1] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(middle) ? middle : null;
};

/** A share of the paths as a probability. A sample never proves what is certain (Krichevsky & Trofimov 1981). */
const chance = (share: number): number => (share * PATHS.count + 0.5) / (PATHS.count + 1);

function cellRisk(
  instance: Instance,
  line: Line,
  walk: Walk,
  o: { step: number; assign?: Int32Array | undefined },
): CellRisk {
  const { step: s } = o;
  const c = at(line.cells, s);
  const cell = at(instance.cells, c);
  const L = line.lots.length + 1;
  const { paths } = walk;
  const team = stintsAt(instance, c, o.assign).map((stint) => ({ ...stint, breaks: stint.person.breaks }));
  const end = team.reduce((latest, { until }) => Math.max(latest, until), 0);
  const parts = duePartsOf(line, instance.cells)[s] ?? [];
  const through = (k: number): Float32Array =>
    walk.through.slice((s * L + k) * PATHS.count, (s * L + k) * PATHS.count + paths);
  let here = 0;
  let upstream = 0;
  let expected = 0;
  const perLot: LotRisk[] = [];
  line.lots.forEach((lot, k) => {
    const deadline = lot[s] ?? 0;
    const open = deadline > 0;
    const part = parts[k];
    // a passed deadline: only what still waits for it here
    if (!open && (part?.here ?? 0) <= 0) return;
    here += part?.here ?? 0;
    upstream += part?.upstream ?? 0;
    expected += part?.expected ?? 0;
    const due = here + upstream + expected;
    if (due <= 1e-6) return;
    const index = s * L + k;
    const able = (walk.able[index] ?? 0) / paths;
    perLot.push({
      lot: k,
      deadline,
      pMiss: open && able > 0 ? chance((walk.late[index] ?? 0) / paths) : 1,
      shortItems: open ? (walk.short[index] ?? 0) / paths : here,
      due,
      here,
      upstream,
      expected,
      able,
      sd: Math.sqrt(Math.max(0, (walk.ableSquares[index] ?? 0) / paths - able * able)),
      finish: medianOf(through(k)),
      // a deadline inside a break leaves no time at all: then by the clock
      required: open ? (due / (deadline - pausedMinutes(team, 0, deadline) || deadline)) * 60 : null,
    });
  });
  const worst = perLot.reduce<number | null>(
    (best, lot, k) => (best === null || lot.pMiss > (perLot[best]?.pMiss ?? 0) + 1e-9 ? k : best),
    null,
  );
  const worstLot = worst === null ? null : at(perLot, worst);
  const until = worstLot ? worstLot.deadline : end;
  return {
    pMiss: worstLot?.pMiss ?? 0,
    perLot,
    worst,
    rate: team.length
      ? team.reduce((sum, { person }) => sum + ratePerMinute(instance, person, c), 0) / team.length
      : 0,
    rateCv: 1 / Math.sqrt(cell.pace.shape),
    finish: medianOf(through(L - 1)),
    effort: team.reduce(
      (sum, { breaks, from, until: leaves }) =>
        sum + workMinutes(breaks, Math.max(0, from), Math.min(until, leaves)),
      0,
    ),
    required: worstLot?.required ?? null,
    shortItems: worstLot?.shortItems ?? 0,
  };
}

/** As things stand, worked out once per instance. */
const stay = new WeakMap<Instance, readonly CellRisk[]>();
const noRisk = (instance: Instance): CellRisk[] => new Array<CellRisk>(instance.cells.length);

function assessLine(instance: Instance, line: Line, risks: CellRisk[], assign?: Int32Array): void {
  const walk = walkLine(instance, line, { assign });
  line.cells.forEach((c, step) => {
    risks[c] = cellRisk(instance, line, walk, { step, assign });
  });
}

/**
 * The lateness of every cell of an instance, by its index: what everything that names a chance, a finish or a shortage reads. Under
 * `assign` (operator → cell; absent: as they are now); only the lines it changes are lived through again. O(paths × cells × minutes / 5).
 */
export function assess(instance: Instance, { assign }: { assign?: Int32Array } = {}): readonly CellRisk[] {
  const base = stay.get(instance);
  if (!assign && base) return base;
  const moved = new Set(
    assign
      ? instance.operators.flatMap((person, i) => (assign[i] === person.cell ? [] : [person.cell, assign[i]]))
      : [],
  );
  const known = assign ? assess(instance) : null;
  const risks = noRisk(instance);
  for (const line of instance.lines) {
    if (known && !line.cells.some((c) => moved.has(c))) {
      for (const c of line.cells) risks[c] = at(known, c);
      continue;
    }
    assessLine(instance, line, risks, assign);
  }
  if (!assign) stay.set(instance, risks);
  return risks;
}

/** Works out what `assess` tells of things as they stand, line by line, and lets other work go on meanwhile. */
export async function assessInTurns(instance: Instance): Promise<void> {
  if (stay.has(instance)) return;
  const turn = yieldToEventLoop();
  const risks = noRisk(instance);
  for (const line of instance.lines) {
    assessLine(instance, line, risks);
    await turn();
  }
  stay.set(instance, risks);
}

/** Mean and 10–90 % band. */
function bandOf(values: Float32Array): Band {
  const sorted = values.sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const rank = (p: number): number => sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
  return { low: Math.min(mean, rank(0.1)), mean, high: Math.max(mean, rank(0.9)) };
}

/**
 * Backlog to come of one cell, from now to `minutes` (default: the deadline, else two hours), every five minutes and at each deadline of its
 * line. `deadline` (minutes from now) says what counts as due; the worst one when absent.
 */
export function outlook(
  instance: Instance,
  cellIndex: number,
  { assign, minutes, deadline }: { assign?: Int32Array; minutes?: number; deadline?: number } = {},
): OutlookPoint[] {
  const line = instance.lines.find((l) => l.cells.includes(cellIndex));
  if (!line) return [];
  const step = line.cells.indexOf(cellIndex);
  const { perLot, worst } = at(assess(instance), cellIndex);
  const wanted = deadline ?? (worst === null ? undefined : perLot[worst]?.deadline);
  const lot =
    wanted === undefined
      ? line.lots.length
      : line.lots.findLastIndex((deadlines) => (deadlines[step] ?? 0) <= wanted + 1e-6);
  const last = Math.max(0, ...perLot.map((risk) => risk.deadline));
  const until = Math.min(
    PATHS.longestMinutes,
    Math.max(PATHS.stepMinutes, minutes ?? (last > 0 ? last : 120)),
  );
  const { watched, paths } = walkLine(instance, line, { assign, watch: { step, lot, until } });
  if (!watched) return [];
  const band = (list: Float32Array, t: number): Band =>
    bandOf(list.slice(t * PATHS.count, t * PATHS.count + paths));
  return watched.grid.flatMap((minute, t) =>
    minute <= until + 1e-9
      ? [
          {
            minute,
            due: band(watched.due, t),
            waiting: band(watched.waiting, t),
            finished: (watched.finished[t] ?? 0) / paths,
          },
        ]
      : [],
  );
}

/** An outlook as the contract has it: instants, what is due as the curve, all that waits beside it. */
export const curveOf = (instance: Instance, points: readonly OutlookPoint[]): CurvePoint[] =>
  points.map(({ minute, due, waiting }) => ({
    at: Math.round(instance.now + minute * 60_000),
    ...due,
    waiting: waiting.mean,
  }));
