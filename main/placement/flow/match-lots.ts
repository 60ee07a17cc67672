import { FLOW } from './config.ts';
import type { Flow } from './learn-routing.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A deadline of a step and when work first waited for it (null: it never did); epoch ms. */
export type DeadlineSeen = { readonly deadline: number; readonly opened: number | null };

/** The middle one; of an even number the upper of the two. 0 of none. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
};

/**
 * Lots as rows of deadlines, one per step; epoch ms. A later step's deadline belongs to the first step's latest one not after it; that
 * distance is usual for the line, so a lot that has not come so far yet is known all the same. What is known of earlier days and not
 * yet of today is taken over by its time of day.
 */
export function matchLots(
  steps: readonly (readonly DeadlineSeen[])[],
  { now, midnight }: { now: number; midnight: number },
): number[][] {
  const heads = [...new Set((steps[0] ?? []).map((seen) => seen.deadline))].sort((a, b) => a - b);
  const offsets = steps.map((step) =>
    median(
      step.flatMap(({ deadline }) => {
        const head = heads.findLast((h) => h <= deadline);
        return head === undefined ? [] : [deadline - head];
      }),
    ),
  );
  const known = new Set(heads.filter((head) => head >= midnight - DAY));
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= FLOW.matchMinutes * MINUTE;
  const add = (head: number): void => {
    if (![...known].some((h) => close(h, head))) known.add(head);
  };
  const earlier = heads.filter((head) => head < midnight);
  const lastDay = Math.max(...earlier.map((head) => Math.floor((head - midnight) / DAY)));
  for (const head of earlier) if (Math.floor((head - midnight) / DAY) === lastDay) add(head - lastDay * DAY);
  // a later step may know a lot that the first no longer has
  steps.forEach((step, s) => {
    for (const { deadline } of step) if (deadline >= midnight) add(deadline - (offsets[s] ?? 0));
  });
  const longest = Math.max(0, ...offsets);
  return [...known]
    .filter((head) => head + longest > now - DAY / 2)
    .sort((a, b) => a - b)
    .map((head) =>
      steps.map((step, s) => {
        const usual = head + (offsets[s] ?? 0);
        return step.find(({ deadline }) => close(deadline, usual))?.deadline ?? usual;
      }),
    );
}

export type Notice = readonly [low: number, high: number];
/** Longer than any notice: nothing is known. */
const OPEN = 24 * 60;

/**
 * Until how long before a deadline work is booked onto it, minutes. A lot that gets its first item while an earlier deadline is still
 * open shows that work so late is not booked onto that one any more: the notice is longer than what was left. What still came in before
 * shows that it is at most that.
 */
export function noticeOf(seen: readonly DeadlineSeen[], flows: readonly Flow[]): Notice {
  let low = 0;
  let high = OPEN;
  const arrivals = flows.filter((flow) => flow.arrived > 0).map((flow) => flow.at);
  seen.forEach(({ deadline, opened }, i) => {
    const before = seen[i - 1];
    if (opened === null) return;
    if (before && before.opened !== null && before.deadline > opened && opened > before.opened)
      low = Math.max(low, (before.deadline - opened) / MINUTE);
    const next = seen[i + 1]?.opened ?? Number.POSITIVE_INFINITY;
    const last = arrivals.findLast((at) => at >= opened && at < next) ?? opened;
    if (last < deadline) high = Math.min(high, (deadline - last) / MINUTE);
  });
  return [low, Math.max(low, high)];
}

/** What all lines together show; until they do, a usual turnaround. */
export function poolNotices(all: readonly Notice[]): Notice {
  const high = Math.min(OPEN, ...all.map(([, h]) => h));
  const seen = Math.max(0, ...all.map(([l]) => l));
  const low = seen > 0 ? seen : Math.min(high, FLOW.turnaroundMinutes);
  return low <= high ? [low, high] : [median(all.map(([l]) => l)), OPEN];
}
/** A line's own knowledge first; where it leaves room, what the other lines show. */
export const narrowNotice = (own: Notice, pooled: Notice): Notice => {
  const low = Math.max(own[0], pooled[0]);
  const high = Math.min(own[1], pooled[1]);
  return low <= high ? [low, high] : own;
};
