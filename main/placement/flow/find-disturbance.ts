// Whether something slows a team down just now: a hidden Markov model over its measured intervals.
import { PACE, RISK } from './config.ts';
import type { Span } from './spans.ts';

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
function logFit({ items, before, joined }: Span, mean: number): number {
  const sd = Math.sqrt(RISK.dispersion * mean + (PACE.wobble * mean) ** 2 + 0.5);
  const z = (items - mean) / sd;
  return joined || items < before ? -0.5 * z * z - Math.log(sd) - 0.5 * LOG_2PI : logAbove(z - 0.5 / sd);
}

/**
 * What has slowed a team down for `minutes` goes on for s more with probability hold / (hold + s). So does anything whose rate of ending
 * is drawn from an exponential distribution (Lomax 1954); the older it is, the closer to t / (t + s) (Gott 1993, Nature 363).
 */
export const holdOf = (minutes: number): number => PACE.lasts + Math.max(0, minutes);

const SHARES = [1, ...PACE.shares];
const STATES = SHARES.length;
/** What a team's intervals tell of disturbances. */
export type Disturbance = {
  /** of each span: how likely it was undisturbed, with what came after */
  readonly clear: Float64Array;
  /** just now: how likely something slows the team down, to which share of its pace, and since when (epoch ms) */
  readonly slowed: number;
  readonly share: number;
  readonly since: number;
};

/**
 * One undisturbed and several disturbed states, forward and backward over the intervals (Rabiner 1989), for a team whose undisturbed
 * pace ÷ plan is `mean`.
 */
export function findDisturbance(spans: readonly Span[], mean: number): Disturbance {
  const n = spans.length;
  const likelihood = new Float64Array(n * STATES);
  const forward = new Float64Array(n * STATES);
  const belief = new Float64Array(STATES).fill(0.03 / (STATES - 1));
  belief[0] = 0.97;
  const since = new Float64Array(STATES).fill(
    spans.find((span) => span.planned > 0)?.from ?? Number.POSITIVE_INFINITY,
  );
  const begins = new Float64Array(n);
  const ends = new Float64Array(n * STATES);
  for (let i = 0; i < n; i++) {
    const span = spans[i];
    if (!span) continue;
    const row = i * STATES;
    const dt = Math.max(0, span.at - span.from) / 60_000;
    // nobody is seen to be slowed down while nobody works: one that begins then is as if it began with the work
    const b = span.planned > 0 ? 1 - Math.exp(-dt / PACE.between) : 0;
    begins[i] = b;
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < STATES; k++) {
      const fit = span.planned > 0 ? logFit(span, span.planned * mean * (SHARES[k] ?? 1)) : 0;
      likelihood[row + k] = fit;
      if (fit > best) best = fit;
    }
    const normal = belief[0] ?? 0;
    const into = (normal * b) / (STATES - 1);
    let sum = 0;
    let over = 0;
    for (let k = 1; k < STATES; k++) {
      const hold = holdOf((span.from - (since[k] ?? span.from)) / 60_000);
      const e = dt / (hold + dt);
      ends[row + k] = e;
      over += (belief[k] ?? 0) * e;
    }
    for (let k = 0; k < STATES; k++) {
      const still = (belief[k] ?? 0) * (1 - (ends[row + k] ?? 0));
      // when the likeliest way into this state began
      if (k > 0 && into > still) since[k] = span.from;
      const fit = Math.exp((likelihood[row + k] ?? 0) - best);
      likelihood[row + k] = fit;
      const after = (k === 0 ? normal * (1 - b) + over : still + into) * fit;
      belief[k] = after;
      sum += after;
    }
    for (let k = 0; k < STATES; k++) {
      const share = Math.max(1e-9, (belief[k] ?? 0) / (sum || 1));
      belief[k] = share;
      forward[row + k] = share;
    }
  }
  const clear = new Float64Array(n);
  const back = new Float64Array(STATES).fill(1);
  for (let i = n - 1; i >= 0; i--) {
    const row = i * STATES;
    const b = begins[i] ?? 0;
    let joint = 0;
    let toSlow = 0;
    for (let k = 0; k < STATES; k++) {
      joint += (forward[row + k] ?? 0) * (back[k] ?? 1);
      if (k > 0) toSlow += (back[k] ?? 1) * (likelihood[row + k] ?? 0);
    }
    clear[i] = ((forward[row] ?? 0) * (back[0] ?? 1)) / (joint || 1);
    const normal = (back[0] ?? 1) * (likelihood[row] ?? 0);
    let top = 0;
    for (let k = 0; k < STATES; k++) {
      const next =
        k === 0
          ? (1 - b) * normal + (b * toSlow) / (STATES - 1)
          : (1 - (ends[row + k] ?? 0)) * (back[k] ?? 1) * (likelihood[row + k] ?? 0) +
            (ends[row + k] ?? 0) * normal;
      back[k] = next;
      top = Math.max(top, next);
    }
    for (let k = 0; k < STATES; k++) back[k] = (back[k] ?? 0) / (top || 1);
  }
  let likely = 1;
  let slowed = 0;
  let left = 0;
  for (let k = 1; k < STATES; k++) {
    slowed += belief[k] ?? 0;
    left += (belief[k] ?? 0) * (SHARES[k] ?? 0);
    if ((belief[k] ?? 0) > (belief[likely] ?? 0)) likely = k;
  }
  return { clear, slowed, share: slowed > 0 ? left / slowed : 1, since: since[likely] ?? 0 };
}
