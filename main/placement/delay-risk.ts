import type { CurvePoint } from '../api/contract/situation.ts';
import {
  at,
  contribution,
  cumulativeDue,
  pausedMinutes,
  ratePerMinute,
  startIn,
  workMinutes,
} from './arithmetic.ts';
import { beforeStandstill, workedCv } from './standstill.ts';
import type { Instance, PlacementCell, PlacementOperator } from './types.ts';

/**
 * How sure we are of a team's rate. The rate relative to plan has a Gamma prior with mean 1; counts are over-dispersed
 * Poisson; the rate drifts like a random walk. Values as measured in the lab (20,000 simulated shifts, see README).
 */
export const RISK = {
  /** coefficient of variation of a team's true rate around the planned one */
  priorCv: 0.15,
  /** variance ÷ mean of the items done in an interval */
  dispersion: 1.5,
  /** drift of the rate, coefficient of variation per square root of an hour */
  driftCv: 0.1,
  /** measured work counts half after so many minutes */
  halfLifeMinutes: 45,
  efficiencyMin: 0.2,
  efficiencyMax: 2,
} as const;
/** 90 % quantile of the standard normal: the outlook's band is 10–90 %. */
const Z90 = 1.2815515655446004;
const LONGEST_MINUTES = 48 * 60;

/** Abramowitz & Stegun 7.1.26, |error| < 1.5e-7. */
const erf = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const y = 1 - poly * Math.exp(-x * x);
  return x >= 0 ? y : -y;
};
const normalCdf = (z: number): number => 0.5 * (1 + erf(z / Math.SQRT2));

/**
 * P(X < need) for X ~ Gamma with this mean and variance, by the Wilson–Hilferty cube root (Wilson & Hilferty 1931):
 * right-skewed and never negative, as what a team gets done is.
 */
export function gammaBelow(need: number, mean: number, variance: number): number {
  if (need <= 0) return 0;
  if (mean <= 0) return 1;
  if (variance <= 0) return need > mean ? 1 : 0;
  const shape = (mean * mean) / variance;
  const z = 3 * Math.sqrt(shape) * (Math.cbrt(need / mean) - 1 + 1 / (9 * shape));
  return Math.min(1, Math.max(0, normalCdf(z)));
}

type Measured = PlacementCell['observed'];
/**
 * Posterior of the rate relative to plan (Gamma–Poisson, conjugate): mean, and shape (1 ÷ cv²). Intervals in which the queue
 * ran dry, or nobody was there, say nothing about speed and are left out. `now` is the instant of weight 1, epoch ms.
 */
export function measureEfficiency(observed: Measured, now: number): { mean: number; shape: number } {
  const prior = 1 / RISK.priorCv ** 2;
  let items = 0;
  let planned = 0;
  observed.forEach((interval, i) => {
    const before = observed[i - 1]?.backlog ?? interval.backlog;
    if (interval.planned <= 0 || Math.min(before, interval.backlog) < interval.planned) return;
    const weight = 0.5 ** (Math.max(0, now - interval.at) / 60_000 / RISK.halfLifeMinutes);
    items += weight * interval.items;
    planned += weight * interval.planned;
  });
  const shape = prior + items / RISK.dispersion;
  return { mean: shape / (prior + planned / RISK.dispersion), shape };
}

export type LotRisk = {
  /** minutes from now; negative when passed */
  readonly deadline: number;
  /** P(not everything due by it is done by it); 1 once it has passed */
  readonly pMiss: number;
  /** items expected to be missing at it, earlier lots included */
  readonly shortItems: number;
  /** items due by it, earlier lots included */
  readonly due: number;
  /** items the team gets done by it, mean and standard deviation */
  readonly expected: number;
  readonly sd: number;
  /** minute at which all that is due by it is done on average; null when not within the shifts */
  readonly finish: number | null;
  /** items/hour needed from now, breaks left out; null when it has passed */
  readonly required: number | null;
};
export type CellRisk = {
  /** P of the worst lot. The lots share one rate, so this is P(any lot is missed) up to a small remainder. */
  readonly pMiss: number;
  readonly perLot: readonly LotRisk[];
  /** index of the lot most likely to be missed (the earliest of equals); null without lots */
  readonly worst: number | null;
  /** items per person-minute of the team; 0 when nobody is there */
  readonly rate: number;
  /** coefficient of variation of that rate */
  readonly rateCv: number;
  /** minute at which all that waits now is done on average; null when not within the shifts */
  readonly finish: number | null;
  /** person-minutes until the worst deadline (or the end of all shifts without one) */
  readonly effort: number;
  /** items/hour needed from now for the worst deadline, breaks left out; null without one or when it has passed */
  readonly required: number | null;
  readonly shortItems: number;
};

type Team = {
  /** items done by a minute, mean */
  readonly mean: (minute: number) => number;
  readonly sd: (minute: number) => number;
  readonly effort: (minute: number) => number;
  /** minutes up to then in which not everybody is on a break */
  readonly open: (minute: number) => number;
  /** first minute by which so many items are done on average; null when never */
  readonly doneAt: (items: number) => number | null;
  readonly rate: number;
  readonly rateCv: number;
  readonly end: number;
};

function teamOf(instance: Instance, index: number, assign: Int32Array | undefined): Team {
  const cell = at(instance.cells, index);
  const people: PlacementOperator[] = instance.operators.filter(
    (person, i) => (assign?.[i] ?? person.cell) === index,
  );
  const end = people.reduce((latest, person) => Math.max(latest, person.until), 0);
  const { standstill } = cell;
  const measured = beforeStandstill(cell.observed, standstill, instance.now);
  const cv = 1 / Math.sqrt(measureEfficiency(measured, instance.now).shape);
  const mean = (minute: number): number =>
    people.reduce((sum, person) => sum + contribution(instance, person, index, minute), 0);
  const variance = (minute: number, items: number): number =>
    RISK.dispersion * items +
    items *
      items *
      (cv * cv +
        (RISK.driftCv ** 2 * (Math.max(0, minute) / 60)) / 3 +
        (standstill ? workedCv(standstill, minute) ** 2 : 0));
  return {
    mean,
    sd: (minute) => Math.sqrt(variance(minute, mean(minute))),
    effort: (minute) =>
      people.reduce(
        (sum, person) =>
          sum + workMinutes(person.breaks, startIn(instance, person, index), Math.min(minute, person.until)),
        0,
      ),
    open: (minute) => minute - pausedMinutes(people, 0, minute),
    doneAt(items) {
      if (items <= 0) return 0;
      if (mean(end) < items) return null;
      let low = 0;
      let high = end;
      for (let step = 0; step < 40 && high - low > 1e-3; step++) {
        const middle = (low + high) / 2;
        if (mean(middle) >= items) high = middle;
        else low = middle;
      }
      return high;
    },
    rate: people.length
      ? people.reduce((sum, person) => sum + ratePerMinute(instance, person, index), 0) / people.length
      : 0,
    rateCv: cv,
    end,
  };
}

/**
 * Delay risk of one cell, under `assign` (operator → cell; absent: as they are now). Breaks, shift ends, switch and ramp times
 * count. Lots are worked in order of deadline; what the forecast says will still arrive is not due by today's lots and
 * does not count. O(operators + lots × team).
 */
export function cellRisk(
  instance: Instance,
  cellIndex: number,
  { assign }: { assign?: Int32Array } = {},
): CellRisk {
  const cell = at(instance.cells, cellIndex);
  const team = teamOf(instance, cellIndex, assign);
  const dues = cumulativeDue(cell);
  const perLot = cell.lots.map((lot, k): LotRisk => {
    const due = dues[k] ?? 0;
    const open = lot.deadline > 0;
    const expected = open ? team.mean(lot.deadline) : 0;
    const sd = open ? team.sd(lot.deadline) : 0;
    return {
      deadline: lot.deadline,
      pMiss: open ? gammaBelow(due, expected, sd * sd) : due > 0 ? 1 : 0,
      shortItems: Math.max(0, due - expected),
      due,
      expected,
      sd,
      finish: team.doneAt(due),
      // a deadline inside a break leaves no time at all: then by the clock
      required: open ? (due / (team.open(lot.deadline) || lot.deadline)) * 60 : null,
    };
  });
  const worst = perLot.reduce<number | null>(
    (best, lot, k) => (best === null || lot.pMiss > (perLot[best]?.pMiss ?? 0) + 1e-9 ? k : best),
    null,
  );
  const worstLot = worst === null ? null : (perLot[worst] ?? null);
  return {
    pMiss: worstLot?.pMiss ?? 0,
    perLot,
    worst,
    rate: team.rate,
    rateCv: team.rateCv,
    finish: team.doneAt(cell.backlog),
    effort: team.effort(worstLot ? worstLot.deadline : team.end),
    required: worstLot?.required ?? null,
    shortItems: worstLot?.shortItems ?? 0,
  };
}

/**
 * Backlog to come: mean and 10–90 % band in items, from now to the last deadline (or `minutes`), arrivals included. The net
 * flow is reflected at 0, as an empty queue is (Lindley 1952; Skorokhod's reflection), so a band is never below 0.
 */
export function outlook(
  instance: Instance,
  cellIndex: number,
  { assign, minutes, stepMinutes = 5 }: { assign?: Int32Array; minutes?: number; stepMinutes?: number } = {},
): CurvePoint[] {
  const cell = at(instance.cells, cellIndex);
  const team = teamOf(instance, cellIndex, assign);
  const last = cell.lots.reduce((latest, lot) => Math.max(latest, lot.deadline), 0);
  const length = Math.min(LONGEST_MINUTES, Math.max(stepMinutes, minutes ?? (last > 0 ? last : 120)));
  const paths = [-Z90, 0, Z90].map((z) => ({ z, lowest: 0 }));
  const points: CurvePoint[] = [];
  for (let k = 0; ; k++) {
    const minute = Math.min(length, k * stepMinutes);
    const arrived = cell.arrivalsPerMinute * minute;
    const net = cell.backlog + arrived - team.mean(minute);
    const sd = Math.sqrt(team.sd(minute) ** 2 + RISK.dispersion * arrived);
    const [low, mean, high] = paths.map((path) => {
      const flow = net + path.z * sd;
      path.lowest = Math.min(path.lowest, flow);
      return flow - path.lowest;
    }) as [number, number, number];
    points.push({ at: Math.round(instance.now + minute * 60_000), low, mean, high });
    if (minute >= length) return points;
  }
}
