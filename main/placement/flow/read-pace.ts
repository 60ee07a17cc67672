import { PACE, PATHS, RISK, SPREAD, STANDSTILL } from './config.ts';
import { findDisturbance, holdOf } from './find-disturbance.ts';
import { isFull, type Measured, type Span, spansOf } from './spans.ts';
import type { Pace } from './types.ts';

export type { Measured } from './spans.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const squareMean = (values: readonly number[]): number => mean(values.map((v) => v * v));

/** How paces vary in this company, as far as its measurements tell. Variances of the pace relative to plan. */
type Spread = {
  /** of a team's pace around that of all teams, whose mean this is */
  readonly mean: number;
  readonly teams: number;
  /** of its change in an hour */
  readonly drift: number;
  /** of one half hour around its level, on top of counting noise */
  readonly block: number;
  /** what all teams gain in an hour; they tire: below 0 */
  readonly trend: number;
};
const UNKNOWN: Spread = {
  mean: 1,
  teams: squareMean(SPREAD.teams),
  drift: squareMean(SPREAD.drift),
  block: squareMean(SPREAD.block),
  trend: 0,
};
/** Nothing measured: the planned pace, undisturbed. */
export const PLANNED_PACE: Pace = {
  mean: 1,
  shape: 1 / UNKNOWN.teams,
  slowed: 0,
  share: 1,
  minutes: 0,
  drift: Math.sqrt(UNKNOWN.drift),
  wobble: Math.sqrt(UNKNOWN.block),
  dispersion: RISK.dispersion,
  trend: 0,
};

/** What was done and planned in one half hour, as far as it was undisturbed; `age`: minutes from its middle to now. */
type Block = { readonly age: number; readonly items: number; readonly planned: number };
type Work = { readonly blocks: readonly Block[]; readonly dispersion: number };

/** Undisturbed work by half hours, oldest first, and how much single intervals scatter around them. */
function workOf(spans: readonly Span[], clear: Float64Array, now: number): Work {
  const blocks = new Map<number, { age: number; items: number; planned: number }>();
  const place = (span: Span): number => Math.floor((now - span.at) / (PATHS.blockMinutes * 60_000));
  spans.forEach((span, i) => {
    if (!isFull(span)) return;
    const weight = clear[i] ?? 0;
    const block = blocks.get(place(span)) ?? { age: 0, items: 0, planned: 0 };
    blocks.set(place(span), block);
    block.items += weight * span.items;
    block.planned += weight * span.planned;
    block.age += (weight * span.planned * (now - span.at)) / 60_000;
  });
  let squares: number = SPREAD.intervals * RISK.dispersion;
  let count: number = SPREAD.intervals - blocks.size;
  spans.forEach((span, i) => {
    const block = blocks.get(place(span));
    if (!isFull(span) || !block || block.planned <= 0) return;
    const expected = Math.max(0.5, (span.planned * block.items) / block.planned);
    const weight = clear[i] ?? 0;
    squares += (weight * (span.items - expected) ** 2) / expected;
    count += weight;
  });
  return {
    dispersion: Math.max(0.5, squares / Math.max(1, count)),
    blocks: [...blocks.values()]
      .filter((block) => block.planned > 0.5)
      .map((block) => ({ ...block, age: block.age / block.planned }))
      .sort((a, b) => b.age - a.age),
  };
}

/** A team's level now: a Kalman filter of a random walk (Durbin & Koopman 2012, ch. 2), with the log likelihood of its blocks. */
function follow(
  { blocks, dispersion }: Work,
  spread: Spread,
): { mean: number; variance: number; fit: number } {
  let level = spread.mean;
  let variance = spread.teams;
  let fit = 0;
  let age = blocks[0]?.age ?? 0;
  for (const block of blocks) {
    variance += (spread.drift * (age - block.age)) / 60;
    level += (spread.trend * (age - block.age)) / 60;
    age = block.age;
    const about = Math.max(RISK.efficiencyMin, level);
    const noise = spread.block * about * about + (dispersion * about) / block.planned;
    const error = block.items / block.planned - level;
    const sum = variance + noise;
    fit -= 0.5 * (Math.log(sum) + (error * error) / sum);
    level += (variance / sum) * error;
    variance *= noise / sum;
  }
  return {
    mean: level + (spread.trend * age) / 60,
    variance: variance + (spread.drift * age) / 60,
    fit,
  };
}

/** What all teams together gain in an hour: least squares within each team, drawn towards what is expected of people who tire. */
function trendOf(teams: readonly Work[]): number {
  let square = 1 / SPREAD.trend.sd ** 2;
  let product = SPREAD.trend.mean * square;
  for (const { blocks, dispersion } of teams) {
    const weighted = blocks.map((block) => ({
      hours: -block.age / 60,
      pace: block.items / block.planned,
      weight: 1 / (UNKNOWN.block + UNKNOWN.drift + dispersion / block.planned),
    }));
    const total = weighted.reduce((sum, b) => sum + b.weight, 0) || 1;
    const hours = weighted.reduce((sum, b) => sum + b.weight * b.hours, 0) / total;
    const pace = weighted.reduce((sum, b) => sum + b.weight * b.pace, 0) / total;
    for (const b of weighted) {
      product += b.weight * (b.hours - hours) * (b.pace - pace);
      square += b.weight * (b.hours - hours) ** 2;
    }
  }
  return product / square;
}

/** Empirical Bayes: how teams differ and change, averaged over how well each possibility explains all teams together. */
function learnSpread(teams: readonly Work[]): Spread {
  const worked = teams.filter((team) => team.blocks.length > 0);
  if (worked.length === 0) return UNKNOWN;
  let common = 1 / SPREAD.common ** 2;
  let sum = common;
  for (const { blocks, dispersion } of worked) {
    const planned = blocks.reduce((total, block) => total + block.planned, 0);
    const level = blocks.reduce((total, block) => total + block.items, 0) / planned;
    const weight = 1 / (UNKNOWN.teams + UNKNOWN.block / blocks.length + dispersion / planned);
    common += weight;
    sum += weight * level;
  }
  const trend = trendOf(worked);
  const options = SPREAD.teams.flatMap((a) =>
    SPREAD.drift.flatMap((b) =>
      SPREAD.block.map(
        (c): Spread => ({ mean: sum / common, teams: a * a, drift: b * b, block: c * c, trend }),
      ),
    ),
  );
  const fits = options.map((option) => worked.reduce((total, team) => total + follow(team, option).fit, 0));
  const best = Math.max(...fits);
  const weights = fits.map((fit) => Math.exp(fit - best));
  const total = weights.reduce((a, b) => a + b, 0);
  const average = (of: (spread: Spread) => number): number =>
    options.reduce((result, option, i) => result + (of(option) * (weights[i] ?? 0)) / total, 0);
  return {
    mean: sum / common,
    teams: average((o) => o.teams),
    drift: average((o) => o.drift),
    block: average((o) => o.block),
    trend,
  };
}

/**
 * How fast each team works just now, and whether something slows it down that will pass. A team's pace is that of all teams as far as it
 * was not measured itself; how far teams differ, drift and scatter is learned from all of them. Intervals in which nobody was there, or
 * it is not known who was, have `planned` 0 and say nothing. `now`: epoch ms.
 */
export function readPaces(observed: readonly Measured[], now: number): Pace[] {
  const spans = observed.map(spansOf);
  let spread = UNKNOWN;
  /** with the pace each was looked for with */
  const sought = spans.map(() => 1);
  let found = spans.map((list) => findDisturbance(list, 1));
  let works: Work[] = [];
  const levels = (): { mean: number; variance: number }[] =>
    works.map((work) => {
      const { mean: level, variance } = follow(work, spread);
      return { mean: Math.min(RISK.efficiencyMax, Math.max(RISK.efficiencyMin, level)), variance };
    });
  for (let round = 1; round < PACE.rounds; round++) {
    works = spans.map((list, c) => workOf(list, found[c]?.clear ?? new Float64Array(), now));
    spread = learnSpread(works);
    found = levels().map((level, c) => {
      const known = found[c];
      if (known && Math.abs(level.mean - (sought[c] ?? 1)) < PACE.same) return known;
      sought[c] = level.mean;
      return findDisturbance(spans[c] ?? [], level.mean);
    });
  }
  return levels().map((level, c): Pace => {
    const { slowed = 0, share = 1, since = now } = spans[c]?.length ? (found[c] ?? {}) : {};
    return {
      mean: level.mean,
      shape: level.mean ** 2 / level.variance,
      slowed: slowed < 0.01 ? 0 : slowed,
      share,
      minutes: Math.max(0, (now - since) / 60_000),
      drift: Math.sqrt(spread.drift),
      wobble: Math.sqrt(spread.block),
      dispersion: works[c]?.dispersion ?? RISK.dispersion,
      trend: spread.trend,
    };
  });
}

/** A standstill: people are there and work waits, but (nearly) nothing gets done. Null while work goes on. */
export function standstillOf(observed: Measured, pace: Pace, now: number): { minutes: number } | null {
  if (pace.slowed < STANDSTILL.probability || pace.share > STANDSTILL.share) return null;
  const since = now - pace.minutes * 60_000 - 1;
  const planned = observed.reduce((sum, o) => (o.at > since + 2 ? sum + o.planned : sum), 0);
  return planned >= STANDSTILL.planned ? { minutes: pace.minutes } : null;
}

/**
 * Of the minutes from now to `minute`, so many count as worked at the undisturbed pace, on average over how long what slows the team down
 * goes on (`holdOf`).
 */
export function workedBy({ slowed, share, minutes }: Pace, minute: number): number {
  if (slowed <= 0 || minute <= 0) return minute;
  const hold = holdOf(minutes);
  return minute - slowed * (1 - share) * hold * Math.log1p(minute / hold);
}
