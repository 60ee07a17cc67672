/** log Γ(x), x > 0 (Lanczos, g = 7; Press et al., Numerical Recipes). */
export function logGamma(x: number): number {
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = c[0] ?? 0;
  for (let i = 1; i < c.length; i++) sum += (c[i] ?? 0) / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** log P(K = k) of a negative binomial with this mean and variance (> mean); a Poisson where they are equal. */
function logMass(k: number, mean: number, variance: number): number {
  if (variance <= mean * 1.0001) return k * Math.log(mean) - mean - logGamma(k + 1);
  const size = (mean * mean) / (variance - mean);
  const p = mean / variance;
  return logGamma(k + size) - logGamma(size) - logGamma(k + 1) + size * Math.log(p) + k * Math.log1p(-p);
}

/**
 * P(K ≥ k) for counts with this mean and variance: negative binomial, so that two lines where 0.1 are usual, or a burst where
 * bursts are usual, do not scream. Summed from k upwards, so that the smallest tails keep their digits.
 */
export function upperTail(k: number, mean: number, variance: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  if (k <= mean) return 1 - lowerTail(k - 1, mean, variance);
  let sum = 0;
  let term = Math.exp(logMass(k, mean, variance));
  for (let j = k; j < k + 100_000; j++) {
    sum += term;
    const next = Math.exp(logMass(j + 1, mean, variance));
    if (next < sum * 1e-9) break;
    term = next;
  }
  return Math.min(1, sum);
}
/**
 * P(K = 0) of lines that come in clumps, each `dispersion` large and independent of the others: the steps of one round, the lines of
 * one trace.
 */
export const silenceChance = (mean: number, dispersion: number): number => Math.exp(-mean / dispersion);
/** P(K ≤ k) */
export function lowerTail(k: number, mean: number, variance: number): number {
  if (k < 0) return 0;
  if (mean <= 0) return 1;
  let sum = 0;
  for (let j = Math.floor(k); j >= 0; j--) {
    const term = Math.exp(logMass(j, mean, variance));
    sum += term;
    if (term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}

/** P(Z ≥ z) of a standard normal (Abramowitz & Stegun 7.1.26 for small z, the asymptotic series beyond). */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  if (z > 5) {
    const q = 1 / (z * z);
    return (Math.exp(-0.5 * z * z) / (z * Math.sqrt(2 * Math.PI))) * (1 - q + 3 * q * q - 15 * q * q * q);
  }
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * poly * Math.exp(-x * x);
}

/** 2√(k + 3/8): about normal with standard deviation 1 for Poisson counts (Anscombe, Biometrika 1948). */
export const anscombe = (k: number): number => 2 * Math.sqrt(k + 0.375);
export const fromAnscombe = (x: number): number => Math.max(0, (x / 2) ** 2 - 0.375);

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
/** Median absolute deviation, scaled to the standard deviation of a normal. */
export const spread = (values: readonly number[], middle = median(values)): number =>
  1.4826 * median(values.map((v) => Math.abs(v - middle)));

/** Variance over mean of counts, at least 1: how much more they cluster than independent ones would. */
export function dispersion(counts: readonly number[]): number {
  const n = counts.length;
  if (n < 2) return 1;
  const mean = counts.reduce((a, b) => a + b, 0) / n;
  if (mean === 0) return 1;
  const variance = counts.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (n - 1);
  return Math.max(1, variance / mean);
}
