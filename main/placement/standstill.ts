import type { PlacementCell, Standstill } from './types.ts';

/**
 * Work that stands still although people are there and items wait: a system that is down, whatever the reason. Averaged into the pace
 * it would hide for an hour, so it is a state of its own. Nobody knows when it ends: having stood for t minutes, it still stands after
 * s more with probability t / (t + s) (Gott 1993, "Implications of the Copernican principle", Nature 363).
 */
export const STANDSTILL = {
  /** an interval with less than this share of what was planned counts as still */
  share: 0.35,
  /** so many items should have been done meanwhile; fewer may be chance */
  planned: 30,
  /** a company that books in batches has still stretches every time: it must be so many times its longest earlier one */
  longer: 2,
} as const;

type Observed = PlacementCell['observed'];
type Stretch = { planned: number; items: number; from: number };

/** The standstill that the measured intervals end in; null while work goes on. `now`: epoch ms. */
export function standstillOf(observed: Observed, now: number): Standstill | null {
  let longest = 0;
  let current: Stretch | null = null;
  observed.forEach((interval, i) => {
    const before = observed[i - 1];
    const waiting = Math.min(before?.backlog ?? interval.backlog, interval.backlog);
    const still =
      interval.planned > 0 &&
      waiting >= interval.planned &&
      interval.items < STANDSTILL.share * interval.planned;
    if (!still) {
      // nobody there says neither: a break inside a standstill does not end it
      if (interval.planned <= 0) return;
      longest = Math.max(longest, current?.planned ?? 0);
      current = null;
      return;
    }
    current ??= { planned: 0, items: 0, from: before?.at ?? interval.at };
    current.planned += interval.planned;
    current.items += interval.items;
  });
  const stretch = current as Stretch | null;
  if (!stretch || stretch.planned < STANDSTILL.planned) return null;
  if (stretch.planned < STANDSTILL.longer * longest) return null;
  const minutes = (now - stretch.from) / 60_000;
  return minutes > 0 ? { minutes, share: stretch.items / stretch.planned } : null;
}

/** The intervals from before the standstill: what says how fast the team is when it can work. */
export const beforeStandstill = (
  observed: Observed,
  standstill: Standstill | undefined,
  now: number,
): Observed =>
  standstill ? observed.filter(({ at }) => at <= now - standstill.minutes * 60_000 + 1) : observed;

/** Of the minutes from now to `minute`, so many are worked on average: those while it stands at its share, the others in full. */
export const workedBy = ({ minutes, share }: Standstill, minute: number): number =>
  share * minute + (1 - share) * (minute - minutes * Math.log1p(minute / minutes));

/** Standard deviation of the worked minutes by `minute`, as a share of their mean: it may end at once, or not at all. */
export function workedCv(standstill: Standstill, minute: number): number {
  const mean = workedBy(standstill, minute);
  if (minute <= 0 || mean <= 0) return 0;
  const { minutes, share } = standstill;
  const open = minute - minutes * Math.log1p(minute / minutes);
  const square = minute * minute - 2 * minutes * ((minute + minutes) * Math.log1p(minute / minutes) - minute);
  return ((1 - share) * Math.sqrt(Math.max(0, square - open * open))) / mean;
}
