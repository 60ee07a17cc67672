import { BREAKS } from './config.ts';

/** Is somebody of this shift at work in this minute of the day, and not on a break? */
export const atWork = (shift: readonly [number, number], minute: number): boolean =>
  minute >= shift[0] && minute < shift[1] && !onBreak(minute);
export const onBreak = (minute: number): boolean =>
  BREAKS.some(([from, to]) => minute >= from && minute < to);
/** Working minutes of a stretch of the day. */
export const workingMinutes = (from: number, to: number): number =>
  Math.max(
    0,
    BREAKS.reduce(
      (sum, [start, end]) => sum - Math.max(0, Math.min(to, end) - Math.max(from, start)),
      to - from,
    ),
  );
