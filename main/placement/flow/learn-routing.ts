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

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/**
 * Least squares without negative shares: what arrives at a step is the sum of what the earlier ones finished, each times its share
 * (coordinate descent; Franc, Hlaváč, Navara, CAIP 2005), drawn towards `prior` where little was measured. `flows` by step.
 */
export function learnRouting(
  flows: readonly (readonly Flow[])[],
  prior: readonly (readonly number[])[],
): number[][] {
  if (flows.length < 2) return prior.map((row) => [...row]);
  const times = [...new Set(flows.flatMap((list) => list.map((flow) => flow.at)))].sort((a, b) => a - b);
  const index = new Map(times.map((t, i) => [t, i]));
  const column = (list: readonly Flow[], of: (flow: Flow) => number): Float64Array => {
    const row = new Float64Array(times.length);
    for (const flow of list) row[index.get(flow.at) ?? 0] = of(flow);
    return row;
  };
  const done = flows.map((list) => column(list, (flow) => flow.items));
  const gram = done.map((a, p) => done.map((b, q) => (q < p ? 0 : dot(a, b))));
  const product = (p: number, q: number): number => gram[Math.min(p, q)]?.[Math.max(p, q)] ?? 0;
  const routing = prior.map((row) => [...row]);
  for (let q = 1; q < flows.length; q++) {
    const arrived = column(flows[q] ?? [], (flow) => flow.arrived);
    const target = done.slice(0, q).map((row) => dot(row, arrived));
    for (let round = 0; round < 40; round++)
      for (let p = 0; p < q; p++) {
        let rest = target[p] ?? 0;
        for (let r = 0; r < q; r++) if (r !== p) rest -= product(p, r) * (routing[r]?.[q] ?? 0);
        const ridge = FLOW.routingPrior;
        const row = routing[p];
        const value = (rest + ridge * (prior[p]?.[q] ?? 0)) / (product(p, p) + ridge);
        if (row) row[q] = Math.min(1, Math.max(0, value));
      }
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
