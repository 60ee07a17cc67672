import { z } from 'zod';
import { DAY, DRIFT, HOUR } from '../config.ts';
import { NumberSketch, SavedSketch } from './number-sketch.ts';

export const SavedDrift = z.object({
  since: z.number(),
  hours: z.array(z.tuple([z.number(), z.number(), z.number()])),
  changes: SavedSketch.nullable(),
});
export type SavedDrift = z.infer<typeof SavedDrift>;

/** A number that moves out of its range faster than it ever did. `change` in `DRIFT.hours`, usually between `low` and `high`. */
export type Drifting = {
  readonly now: number;
  readonly change: number;
  readonly low: number;
  readonly high: number;
};

/**
 * How fast a number usually moves: the mean of an hour against that of some hours before. A disk that fills and a reply that slows down
 * leave their range by so little at a time that no window is odd; how much they moved since the morning is.
 */
export class Drift {
  private readonly since: number;
  /** epoch hour, sum and count of its values; the newest last */
  private hours: (readonly [hour: number, sum: number, n: number])[];
  private changes: NumberSketch;

  constructor(since: number, saved?: SavedDrift) {
    this.since = saved?.since ?? since;
    this.hours = saved?.hours ?? [];
    this.changes = saved?.changes ? NumberSketch.from(saved.changes) : new NumberSketch();
  }
  save(): SavedDrift {
    return {
      since: this.since,
      hours: this.hours.map(([hour, sum, n]): [number, number, number] => [hour, sum, n]),
      changes: this.changes.weight > 0 ? this.changes.save() : null,
    };
  }

  /**
   * Takes in a window's values, in order of time; what is told of them is not learned. `range`: what the number usually is, null while
   * that is not known.
   */
  add(
    values: readonly number[],
    at: number,
    range: { readonly p01: number; readonly p99: number } | null,
  ): Drifting | null {
    const hour = Math.floor(at / HOUR);
    const [, sum, n] = this.hours.find(([h]) => h === hour) ?? [hour, 0, 0];
    const kept = this.hours.filter(([h]) => h !== hour && h >= hour - DRIFT.hours);
    this.hours = [...kept, [hour, values.reduce((a, b) => a + b, sum), n + values.length]];
    const [newest, before] = [this.mean(hour), this.mean(hour - DRIFT.hours)];
    if (newest === null || before === null) return null;
    const change = newest - before;
    const [low, middleChange, high] = [0.01, 0.5, 0.99].map((share) => this.changes.quantile(share)) as [
      number,
      number,
      number,
    ];
    // how it rises says nothing of how it falls: memory that is freed falls at once
    const leaves =
      range !== null &&
      (change > 0
        ? newest > range.p99 && change > high + 2 * (high - middleChange)
        : newest < range.p01 && change < low - 2 * (middleChange - low));
    // what moved all at once is for the range to judge
    const middle = this.mean(hour - DRIFT.lately) ?? before;
    const least = DRIFT.part * Math.abs(change);
    const isSteady =
      (newest - middle) * Math.sign(change) >= least && (middle - before) * Math.sign(change) >= least;
    const isKnown = this.changes.weight >= DRIFT.seen && at - this.since >= DRIFT.learnDays * DAY;
    if (leaves && isKnown && isSteady) return { now: newest, change, low, high };
    this.changes.add(change, 1);
    if (this.changes.weight >= DRIFT.most) this.changes = this.changes.scaled(0.5);
    return null;
  }
  private mean(hour: number): number | null {
    const known = this.hours.find(([h]) => h === hour);
    return known ? known[1] / known[2] : null;
  }
}
