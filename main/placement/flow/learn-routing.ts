import { FLOW } from './config.ts';

/** What came in and went out of one step between two snapshots: arrived = finished + growth of what waits. Epoch ms. */
export type Flow = {
  readonly from: number;
  readonly at: number;
  readonly items: number;
  readonly arrived: number;
};

/**
 * Shares by the forecast: of what enters the line, a step sees `visits`. Optional steps nest (a supervisor sees some of what is
 * corrected): whoever goes past a step goes on to the next one that sees more. Returns step → step → share.
 */
export function routingFromVisits(visits: readonly number[]): number[][] {
  return visits.map((own, p) => {
    let rest = 1;
    let most = 0;
    return visits.map((visit, q) => {
      if (q <= p || own <= 0) return 0;
      const share = Math.min(rest, Math.max(0, visit - most) / own);
      most = Math.max(most, visit);
      rest -= share;
      return share;
    });
  });
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/**
 * Least squares without negative shares: what arrives is the sum of what was `passed` on, each times its share (coordinate descent; Franc,
 * Hlaváč, Navara, CAIP 2005), drawn towards `prior` where little was measured. All are items in the same intervals.
 */
export function sharesOf(
  passed: readonly ArrayLike<number>[],
  arrived: ArrayLike<number>,
  prior: readonly number[] = [],
): number[] {
  const gram = passed.map((a) => passed.map((b) => dot(a, b)));
  const target = passed.map((row) => dot(row, arrived));
  const shares = passed.map((_, p) => prior[p] ?? 0);
  for (let round = 0; round < FLOW.routingRounds; round++)
    passed.forEach((_, p) => {
      const rest = shares.reduce((sum, share, r) => sum - (r === p ? 0 : share * (gram[p]?.[r] ?? 0)), 0);
      const weight = FLOW.routingPrior;
      const share = ((target[p] ?? 0) + rest + weight * (prior[p] ?? 0)) / ((gram[p]?.[p] ?? 0) + weight);
      shares[p] = Math.min(1, Math.max(0, share));
    });
  return shares;
}

/** Shares of a line, step → step → share: by what its steps finished and what arrived there. `flows` by step. */
export function learnRouting(
  flows: readonly (readonly Flow[])[],
  prior: readonly (readonly number[])[],
): number[][] {
  if (flows.length < 2) return prior.map((row) => [...row]);
  const times = [...new Set(flows.flatMap((list) => list.map((flow) => flow.at)))].sort((a, b) => a - b);
  const index = new Map(times.map((t, i) => [t, i]));
  const columns = flows.map((list) => {
    const done = new Float64Array(times.length);
    const arrived = new Float64Array(times.length);
    for (const flow of list) {
      const place = index.get(flow.at) ?? 0;
      done[place] = flow.items;
      arrived[place] = flow.arrived;
    }
    return { done, arrived };
  });
  const routing = prior.map((row) => [...row]);
  for (let q = 1; q < flows.length; q++) {
    const shares = sharesOf(
      columns.slice(0, q).map(({ done }) => done),
      columns[q]?.arrived ?? [],
      prior.slice(0, q).map((row) => row[q] ?? 0),
    );
    shares.forEach((share, p) => {
      const row = routing[p];
      if (row) row[q] = share;
    });
  }
  return routing.map((row) => {
    const clean = row.map((share) => (share < 0.01 ? 0 : share));
    const sum = clean.reduce((a, b) => a + b, 0);
    return sum > 1 ? clean.map((share) => share / sum) : clean;
  });
}

/** `[p][s]`: how often an item that waits at step p will still be finished at step s; 1 at its own. */
export function visitsOf(routing: readonly (readonly number[])[]): number[][] {
  return routing.map((_, p) => {
    const visits = routing.map((__, s): number => (s === p ? 1 : 0));
    for (let s = p + 1; s < routing.length; s++)
      for (let r = p; r < s; r++) visits[s] = (visits[s] ?? 0) + (visits[r] ?? 0) * (routing[r]?.[s] ?? 0);
    return visits;
  });
}
