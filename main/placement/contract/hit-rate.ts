import type { HitRate } from './placement.ts';

/** 5 % on either side: the interval shown holds 90 %. */
const TAIL = 0.05;

/**
 * P(X ≤ x) for X ~ Beta(k + 1, n − k + 1). With whole numbers that is P(more than k of n + 1 draws below x), a binomial sum
 * (Abramowitz & Stegun 26.5.24), added up in logarithms so that hundreds of draws do not underflow. O(n).
 */
function betaBelow(x: number, hits: number, of: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const draws = of + 1;
  let logTerm = draws * Math.log1p(-x);
  let below = 0;
  for (let j = 0; j <= draws; j++) {
    if (j > hits) below += Math.exp(logTerm);
    logTerm += Math.log((draws - j) / (j + 1)) + Math.log(x) - Math.log1p(-x);
  }
  return Math.min(1, below);
}
function betaQuantile(p: number, hits: number, of: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, hits, of) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * How often something held, `hits` of `of`, with what is known about the true share: before any case every share is as likely
 * (Bayes–Laplace), after k of n it is Beta(k + 1, n − k + 1). 1 of 1 is 67 %, 22–97 %.
 */
export const hitRate = (hits: number, of: number): HitRate => ({
  hits,
  of,
  estimate: (hits + 1) / (of + 2),
  low: betaQuantile(TAIL, hits, of),
  high: betaQuantile(1 - TAIL, hits, of),
});
