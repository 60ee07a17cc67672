import { SLOW } from './config.ts';

/** What a team got done between two snapshots; epoch ms, items. */
export type Worked = {
  readonly from: number;
  readonly at: number;
  readonly items: number;
  /** what those present were planned to do in it */
  readonly planned: number;
  /** work waited all the time, so that its people decided how much was done */
  readonly busy: boolean;
};
/** A time in which everybody there together was clearly slower than usual. */
export type SlowStretch = {
  readonly from: number;
  /** when the pace came back; null: it has not */
  readonly until: number | null;
  /** items done ÷ items usual for those present */
  readonly ratio: number;
  readonly items: number;
  readonly usual: number;
  /** the log-likelihood ratio it was found with, over-dispersion taken off; ≥ SLOW.limit */
  readonly strength: number;
};
export type Pace = {
  /** items done ÷ items planned, slow times apart */
  readonly pace: number;
  readonly slow: readonly SlowStretch[];
};

/**
 * Slow times by a two-sided CUSUM of the Poisson log-likelihood ratio, usual pace against `SLOW.ratio` of it (Page 1954; for counts
 * Lucas 1985); the change is where the sum last left zero. The pace of today and what is usual are found together: what was found slow
 * does not count into the pace, twice over.
 */
export function findSlow(worked: readonly Worked[], usual: number): Pace {
  const busy = worked.filter((w) => w.busy && w.planned > 0);
  const bounded = (pace: number): number => Math.min(SLOW.paceMax, Math.max(SLOW.paceMin, pace));
  let pace = bounded(usual);
  let slow: SlowStretch[] = [];
  for (let round = 0; round < 3; round++) {
    slow = stretches(busy, pace);
    const calm = busy.filter((w) => !slow.some((s) => w.from >= s.from && w.at <= (s.until ?? Infinity)));
    const minutes = busy.reduce((sum, w) => sum + (w.at - w.from) / 60_000, 0);
    const planned = busy.reduce((sum, w) => sum + w.planned, 0);
    const prior = minutes > 0 ? (planned / minutes) * SLOW.priorMinutes : 1;
    const next = bounded(
      (prior * bounded(usual) + calm.reduce((sum, w) => sum + w.items, 0)) /
        (prior + calm.reduce((sum, w) => sum + w.planned, 0)),
    );
    if (Math.abs(next - pace) < 0.01) break;
    pace = next;
  }
  return { pace, slow };
}

function stretches(busy: readonly Worked[], pace: number): SlowStretch[] {
  const found: SlowStretch[] = [];
  const speaksSlow = (w: Worked): number =>
    (w.items * Math.log(SLOW.ratio) + pace * w.planned * (1 - SLOW.ratio)) / SLOW.dispersion;
  let isSlow = false;
  let sum = 0;
  /** index of the first interval of the sum */
  let since = 0;
  let began = 0;
  let strength = 0;
  const close = (end: number, until: number | null): void => {
    const inside = busy.slice(began, end);
    const items = inside.reduce((total, w) => total + w.items, 0);
    const expected = inside.reduce((total, w) => total + pace * w.planned, 0);
    const from = busy[began]?.from ?? 0;
    found.push({ from, until, items, usual: expected, ratio: expected > 0 ? items / expected : 1, strength });
  };
  busy.forEach((w, i) => {
    const score = isSlow ? -speaksSlow(w) : speaksSlow(w);
    if (isSlow) strength = Math.max(strength, strength - score);
    if (sum === 0) since = i;
    sum = Math.max(0, sum + score);
    if (sum < SLOW.limit) return;
    if (isSlow) close(since, busy[since]?.from ?? null);
    else {
      began = since;
      strength = sum;
    }
    isSlow = !isSlow;
    sum = 0;
  });
  if (isSlow) close(busy.length, null);
  return found;
}
