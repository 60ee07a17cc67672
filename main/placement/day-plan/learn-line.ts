import { finishedPerInterval } from '../finished.ts';

const MINUTE = 60_000;
/** Deadlines this close to the usual time of day are the same one. */
const MATCH_MINUTES = 15;
/** Items that weigh as much as what was measured, towards the shares that the forecast tells. */
const ROUTING_PRIOR = 30;
/** A line that shows nothing else gives itself at least this much time for what it takes on, minutes. */
const USUAL_NOTICE = 120;

export type Row = { readonly at: number; readonly backlog: number; readonly done: number | null };
/** A deadline of a cell, and when work first waited for it; null: never. Epoch ms. */
export type Seen = { readonly deadline: number; readonly opened: number | null };
/** A day of a cell as the snapshots tell it. */
export type CellDay = { readonly rows: readonly Row[]; readonly seen: readonly Seen[] };
type Flow = { readonly at: number; readonly items: number; readonly arrived: number };

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};
const close = (a: number, b: number): boolean => Math.abs(a - b) <= MATCH_MINUTES;

/** What came in and went out between snapshots: arrived = finished + growth of what waits. */
export function flowsOf(rows: readonly Row[]): Flow[] {
  const before = new Map(rows.map((row, i) => [row.at, rows[i - 1]?.backlog ?? 0]));
  return finishedPerInterval(rows).map(({ at, items, backlog }) => ({
    at,
    items,
    arrived: Math.max(0, items + backlog - (before.get(at) ?? 0)),
  }));
}

/**
 * The times of day by which a line's work is due, per lot and step, from days seen: minutes of day. A later step's deadline belongs to
 * the latest one of the first step not after it; the usual distance gives those that it did not show.
 */
export function deadlinesOfDay(
  days: readonly { readonly midnight: number; readonly steps: readonly (readonly Seen[])[] }[],
): number[][] {
  const minutes = days.map(({ midnight, steps }) =>
    steps.map((seen) =>
      seen
        .map(({ deadline }) => (deadline - midnight) / MINUTE)
        .filter((minute) => minute > 0 && minute < 30 * 60),
    ),
  );
  const steps = Math.max(0, ...minutes.map((day) => day.length));
  const offsets = Array.from({ length: steps }, (_, s) =>
    median(
      minutes.flatMap((day) =>
        (day[s] ?? []).flatMap((deadline) => {
          const head = Math.max(...(day[0] ?? []).filter((minute) => minute <= deadline));
          return Number.isFinite(head) ? [deadline - head] : [];
        }),
      ),
    ),
  );
  const heads: number[] = [];
  const add = (minute: number): void => {
    if (minute > 0 && !heads.some((head) => close(head, minute))) heads.push(minute);
  };
  for (const day of minutes) for (const minute of day[0] ?? []) add(minute);
  for (const day of minutes)
    day.forEach((list, s) => {
      for (const minute of list) add(minute - (offsets[s] ?? 0));
    });
  return heads.sort((a, b) => a - b).map((head) => offsets.map((offset) => head + offset));
}

/**
 * Until how long before a deadline work is booked onto it: known to lie between the two, minutes. A lot that gets its first item while an
 * earlier one is open shows that work so late is not booked onto that one; what still came in before shows that it was.
 */
export function noticeOf({ rows, seen }: CellDay): [low: number, high: number] {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  const arrivals = flowsOf(rows)
    .filter((flow) => flow.arrived > 0)
    .map((flow) => flow.at);
  seen.forEach((lot, i) => {
    if (lot.opened === null) return;
    const before = seen[i - 1];
    if (before && before.opened !== null && before.deadline > lot.opened && lot.opened > before.opened)
      low = Math.max(low, (before.deadline - lot.opened) / MINUTE);
    const next = seen[i + 1]?.opened ?? Number.POSITIVE_INFINITY;
    const last = arrivals.filter((at) => at >= (lot.opened ?? 0) && at < next).at(-1) ?? lot.opened;
    if (last < lot.deadline) high = Math.min(high, (lot.deadline - last) / MINUTE);
  });
  return [low, Math.max(low, high)];
}

/** One notice for a line, in minutes, in the middle of what it showed itself; where that is nothing, of what other lines showed. */
export function noticeFor(own: readonly (readonly [number, number])[], all: typeof own): number {
  const middle = (shown: typeof own): number | null => {
    const lows = shown.map(([low]) => low).filter((low) => low > 0);
    if (lows.length === 0) return null;
    const low = median(lows);
    const highs = shown.map(([, high]) => high).filter((high) => high >= low && Number.isFinite(high));
    return highs.length > 0 ? (low + Math.min(...highs)) / 2 : low + 1;
  };
  return middle(own) ?? middle(all) ?? Math.min(USUAL_NOTICE, ...own.map(([, high]) => high));
}

/** Of what is forecast up to the hour in which a day's first snapshot lies, the share that was there already; null: nothing to tell it by. */
export function openingShare(rows: readonly Row[], expectedUntilThen: number): number | null {
  const first = rows[0];
  if (!first || expectedUntilThen <= 0) return null;
  return Math.min(1, (first.backlog + (first.done ?? 0)) / expectedUntilThen);
}

/**
 * Shares by the forecast: of what enters, a step sees `visits`. Optional steps nest (a supervisor sees some of what is corrected): whoever
 * goes past a step goes on to the next one that sees more.
 */
function routingFromVisits(visits: readonly number[]): number[][] {
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

/**
 * Which share of what a step finishes goes to each later step: least squares without negative shares over days of intervals (what arrives
 * at a step is the sum of what the earlier ones finished, each times its share; coordinate descent), drawn towards the forecast's shares
 * where little was measured. `totals`: what the forecast expects of each step in a day.
 */
export function learnRouting(
  days: readonly (readonly (readonly Row[])[])[],
  totals: readonly number[],
): number[][] {
  const first = totals[0] ?? 0;
  const prior = routingFromVisits(totals.map((total) => (total > 0 && first > 0 ? total / first : 1)));
  const n = totals.length;
  const gram = prior.map((row) => row.map(() => 0));
  const target = prior.map((row) => row.map(() => 0));
  for (const day of days) {
    const flows = day.map((rows) => new Map(flowsOf(rows).map((flow) => [flow.at, flow])));
    for (const at of new Set(flows.flatMap((map) => [...map.keys()]))) {
      const now = flows.map((map) => map.get(at));
      for (let p = 0; p < n; p++) {
        const items = now[p]?.items ?? 0;
        if (items === 0) continue;
        for (let q = 0; q < n; q++) {
          add(gram, p, q, items * (now[q]?.items ?? 0));
          add(target, p, q, items * (now[q]?.arrived ?? 0));
        }
      }
    }
  }
  const routing = prior.map((row) => [...row]);
  const cell = (matrix: readonly (readonly number[])[], p: number, q: number): number => matrix[p]?.[q] ?? 0;
  for (let q = 1; q < n; q++)
    for (let round = 0; round < 40; round++)
      for (let p = 0; p < q; p++) {
        let rest = cell(target, p, q) + ROUTING_PRIOR * cell(prior, p, q);
        for (let r = 0; r < q; r++) if (r !== p) rest -= cell(gram, p, r) * cell(routing, r, q);
        const row = routing[p];
        if (row) row[q] = Math.min(1, Math.max(0, rest / (cell(gram, p, p) + ROUTING_PRIOR)));
      }
  return routing.map((row) => {
    const clean = row.map((share) => (share < 0.01 ? 0 : share));
    const sum = clean.reduce((a, b) => a + b, 0);
    return sum > 1 ? clean.map((share) => share / sum) : clean;
  });
}
const add = (matrix: number[][], p: number, q: number, value: number): void => {
  const row = matrix[p];
  if (row) row[q] = (row[q] ?? 0) + value;
};

/** Times an item that enters step `p` will be finished at step `q`. */
export function visitsOf(routing: readonly (readonly number[])[]): number[][] {
  return routing.map((_, p) => {
    const visits: number[] = routing.map((__, q) => (q === p ? 1 : 0));
    for (let q = p + 1; q < routing.length; q++) {
      let sum = 0;
      for (let r = p; r < q; r++) sum += (visits[r] ?? 0) * (routing[r]?.[q] ?? 0);
      visits[q] = sum;
    }
    return visits;
  });
}
