import type { PlacementCell } from '../types.ts';
import { PACE, RISK, STANDSTILL } from './config.ts';
import type { Pace } from './types.ts';

export type Measured = PlacementCell['observed'];
/** Nothing measured: the planned pace, undisturbed. */
export const PLANNED_PACE: Pace = {
  mean: 1,
  shape: 1 / RISK.priorCv ** 2,
  slowed: 0,
  share: 1,
  minutes: PACE.youngest,
};

const LOG_2PI = Math.log(2 * Math.PI);
/** log of the upper tail of the standard normal: Abramowitz & Stegun 7.1.26, far out the Mills ratio bound of Komatsu (1955) */
function logAbove(z: number): number {
  if (z > 5) return -0.5 * z * z - 0.5 * LOG_2PI + Math.log(2 / (z + Math.sqrt(z * z + 4)));
  const t = 1 / (1 + 0.3275911 * (Math.abs(z) / Math.SQRT2));
  const erf =
    1 -
    t *
      (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
      Math.exp((-z * z) / 2);
  return Math.log(Math.max(1e-12, z >= 0 ? 0.5 * (1 - erf) : 0.5 * (1 + erf)));
}

/**
 * How well what was finished fits a pace. While more was waiting than that, it is what the team can do; where the queue ran dry,
 * they could have done at least so much.
 */
function logFit(items: number, before: number, mean: number): number {
  const sd = Math.sqrt(RISK.dispersion * mean + (PACE.wobble * mean) ** 2 + 0.5);
  const z = (items - mean) / sd;
  return items < before ? -0.5 * z * z - Math.log(sd) - 0.5 * LOG_2PI : logAbove(z - 0.5 / sd);
}

type Span = Measured[number] & { readonly from: number; readonly before: number };
const isStill = (span: Span): boolean =>
  span.planned > 0 &&
  Math.min(span.before, span.backlog) >= span.planned &&
  span.items < STANDSTILL.share * span.planned;

/**
 * The measured intervals; where a company books in batches (still stretches that one booking catches up with), one span per
 * batch. A last stretch without a booking is left out until it is clearly longer than the batches were.
 */
export function spansOf(observed: Measured): Span[] {
  const spans = observed.map(
    (interval, i): Span => ({
      ...interval,
      from: observed[i - 1]?.at ?? interval.at - 120_000,
      before: observed[i - 1]?.backlog ?? interval.backlog,
    }),
  );
  const merged: Span[] = [];
  let open: Span[] = [];
  let longest = 0;
  const join = (list: readonly Span[]): Span | undefined => {
    const first = list[0];
    const last = list.at(-1);
    if (!first || !last) return;
    const sum = (of: (span: Span) => number): number => list.reduce((total, span) => total + of(span), 0);
    return {
      ...last,
      from: first.from,
      before: first.before,
      items: sum((s) => s.items),
      planned: sum((s) => s.planned),
      personMinutes: sum((s) => s.personMinutes),
    };
  };
  for (const span of spans) {
    if (isStill(span)) {
      open.push(span);
      continue;
    }
    const planned = open.reduce((total, s) => total + s.planned, 0);
    // a booking that makes up for the stretch before it
    const catchesUp = open.length > 0 && span.items - span.planned > 0.5 * planned;
    if (catchesUp) {
      longest = Math.max(longest, planned);
      const whole = join([...open, span]);
      if (whole) merged.push(whole);
    } else merged.push(...open, span);
    open = [];
  }
  const planned = open.reduce((total, s) => total + s.planned, 0);
  return planned >= STANDSTILL.longer * longest ? [...merged, ...open] : merged;
}

/**
 * How fast a team works just now, and whether something slows it down that will pass: a hidden Markov model with one undisturbed
 * and several disturbed states over the measured intervals (forward–backward, Rabiner 1989), the undisturbed pace a Gamma posterior of
 * what was measured in it. Intervals in which nobody was there, or it is not known who was, have `planned` 0 and say nothing.
 * `now`: epoch ms.
 */
export function readPace(observed: Measured, now: number): Pace {
  const prior = 1 / RISK.priorCv ** 2;
  const shares = [1, ...PACE.shares];
  const n = shares.length;
  const known = spansOf(observed).map((span) => ({
    ...span,
    weight: 0.5 ** (Math.max(0, now - span.at) / 60_000 / RISK.halfLifeMinutes),
  }));
  if (known.length === 0) return PLANNED_PACE;
  let mean = 1;
  let shape = prior;
  let filter: number[] = [];
  let start = now;
  for (let round = 0; round < PACE.rounds; round++) {
    // forward: probabilities; alongside, for each disturbed state, when the likeliest way into it began
    const forward: number[][] = [];
    const allFits: number[][] = [];
    let belief = shares.map((_, k) => (k === 0 ? 0.97 : 0.03 / (n - 1)));
    let begun = shares.map(() => known.find((span) => span.planned > 0)?.from ?? now);
    for (const span of known) {
      const dt = Math.max(0, span.at - span.from) / 60_000;
      const begins = 1 - Math.exp(-dt / PACE.between);
      const ends = 1 - Math.exp(-dt / PACE.lasts);
      const normal = belief[0] ?? 0;
      const after = belief.map((b, k) =>
        k === 0 ? normal * (1 - begins) + (1 - normal) * ends : b * (1 - ends) + (normal * begins) / (n - 1),
      );
      begun = begun.map((at, k) =>
        k > 0 && (normal * begins) / (n - 1) > (belief[k] ?? 0) * (1 - ends) ? span.from : at,
      );
      const fits = shares.map((share) =>
        span.planned > 0 ? logFit(span.items, span.before, span.planned * mean * share) : 0,
      );
      const best = Math.max(...fits);
      const likelihood = fits.map((fit) => Math.exp(fit - best));
      allFits.push(likelihood);
      belief = after.map((b, k) => b * (likelihood[k] ?? 0));
      const sum = belief.reduce((a, b) => a + b, 0) || 1;
      belief = belief.map((b) => Math.max(1e-9, b / sum));
      forward.push(belief);
    }
    filter = belief;
    const likely = belief.reduce((best, b, k) => (k > 0 && b > (belief[best] ?? 0) ? k : best), 1);
    start = begun[likely] ?? now;
    // backward: how likely each interval was undisturbed, with what came after
    let back = shares.map(() => 1);
    let items = 0;
    let planned = 0;
    for (let i = known.length - 1; i >= 0; i--) {
      const span = known[i];
      const here = forward[i];
      const likelihood = allFits[i];
      if (!span || !here || !likelihood) continue;
      const joint = here.map((f, k) => f * (back[k] ?? 1));
      const clear = (joint[0] ?? 0) / (joint.reduce((a, b) => a + b, 0) || 1);
      // well filled before it: hardly ever cut off by the queue's end
      if (span.planned > 0 && span.before >= 1.3 * span.planned) {
        items += clear * span.weight * span.items;
        planned += clear * span.weight * span.planned;
      }
      const dt = Math.max(0, span.at - span.from) / 60_000;
      const begins = 1 - Math.exp(-dt / PACE.between);
      const ends = 1 - Math.exp(-dt / PACE.lasts);
      const seen = back.map((b, k) => b * (likelihood[k] ?? 0));
      const toSlow = seen.slice(1).reduce((a, b) => a + b, 0) / (n - 1);
      const next = seen.map((b, k) =>
        k === 0 ? (1 - begins) * b + begins * toSlow : (1 - ends) * b + ends * (seen[0] ?? 0),
      );
      const top = Math.max(...next) || 1;
      back = next.map((b) => b / top);
    }
    shape = prior + items / RISK.dispersion;
    mean = shape / (prior + planned / RISK.dispersion);
  }
  const normal = filter[0] ?? 1;
  const slowed = Math.max(0, 1 - normal);
  const share =
    slowed > 0 ? filter.slice(1).reduce((sum, b, k) => sum + b * (PACE.shares[k] ?? 0), 0) / slowed : 1;
  return {
    mean: Math.min(RISK.efficiencyMax, Math.max(RISK.efficiencyMin, mean)),
    shape,
    slowed: slowed < 0.01 ? 0 : slowed,
    share,
    minutes: Math.max(0, (now - start) / 60_000),
  };
}

/** A standstill: people are there and work waits, but (nearly) nothing gets done. Null while work goes on. */
export function standstillOf(observed: Measured, pace: Pace, now: number): { minutes: number } | null {
  if (pace.slowed < STANDSTILL.probability || pace.share > STANDSTILL.share) return null;
  const since = now - pace.minutes * 60_000 - 1;
  const planned = observed.reduce((sum, o) => (o.at > since + 2 ? sum + o.planned : sum), 0);
  return planned >= STANDSTILL.planned ? { minutes: pace.minutes } : null;
}

/**
 * Of the minutes from now to `minute`, so many count as worked at the undisturbed pace, on average. Having been slowed for t minutes, it
 * still is after s more with probability t / (t + s) (Gott 1993, Nature 363).
 */
export function workedBy({ slowed, share, minutes }: Pace, minute: number): number {
  if (slowed <= 0 || minute <= 0) return minute;
  const age = Math.max(PACE.youngest, minutes);
  return minute - slowed * (1 - share) * age * Math.log1p(minute / age);
}
