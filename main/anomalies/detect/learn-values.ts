import { z } from 'zod';
import { readQuantity } from '../../logs/index.ts';
import { DAY, VALUE } from '../config.ts';
import { Drift, type Drifting, SavedDrift } from './learn-drift.ts';
import { NumberSketch, SavedSketch } from './number-sketch.ts';

/** What a numeric parameter usually holds, from what came before a window. `days`: how long it has been followed. */
export type Range = {
  readonly p01: number;
  readonly p50: number;
  readonly p99: number;
  readonly sd: number;
  readonly unit: string | null;
  readonly days: number;
  /** values so seldom that each is judged by itself, by the few before it */
  readonly isSparse: boolean;
};

export const SavedValues = z.array(
  z.object({
    key: z.string(),
    since: z.number(),
    unit: z.string().nullable(),
    quiet: z.number(),
    episodes: z.number(),
    odd: z.number(),
    told: z.boolean(),
    toldAt: z.number().default(0),
    wasBeyond: z.boolean(),
    waiting: z.array(z.number()).default([]),
    waitingFrom: z.number().default(0),
    last: z.number().nullable().default(null),
    rises: z.number().default(0),
    falls: z.number().default(0),
    drift: SavedDrift.optional(),
    sketch: SavedSketch,
  }),
);
export type SavedValues = z.infer<typeof SavedValues>;

type Known = {
  readonly since: number;
  readonly unit: string | null;
  /** windows within the range, and how often it was left */
  quiet: number;
  episodes: number;
  /** windows in a row, up to now, that were not learned from */
  odd: number;
  /** the first of them was news */
  told: boolean;
  /** when the newest of what was news was, epoch ms */
  toldAt: number;
  wasBeyond: boolean;
  /** values of windows with too few to be judged, and when the first of those windows began */
  waiting: readonly number[];
  waitingFrom: number;
  /** the newest value, and how often one was above, or below, that before it */
  last: number | null;
  rises: number;
  falls: number;
  readonly drift: Drift;
  sketch: NumberSketch;
};

export type Numbers = { readonly unit: string | null; readonly values: readonly number[] };

/** The numbers among a window's values and the unit most of them have; null where a place holds something else, too. */
export function numbersOf(texts: readonly string[], isDuration: boolean): Numbers | null {
  const quantities = texts.flatMap((text) => readQuantity(text, isDuration) ?? []);
  if (quantities.length < VALUE.numeric * texts.length) return null;
  const units = Map.groupBy(quantities, (q) => q.unit);
  const [most] = [...units].sort((a, b) => b[1].length - a[1].length);
  return most ? { unit: most[0], values: most[1].map((q) => q.value) } : null;
}

/**
 * The usual values of numeric places, learned window by window in order of time, so that a window is held against what came before
 * it, also where weeks are read at once. What is out of range is not learned from: an outage is not usual because it goes on. Only a
 * person can say that it is how things are now. A place that leaves its range again and again (a counter, a number that only grows) has none.
 */
export class UsualValues {
  private readonly places = new Map<string, Known>();

  constructor(saved: SavedValues = []) {
    for (const { key, sketch, drift, ...known } of saved)
      this.places.set(key, {
        ...known,
        drift: new Drift(known.since, drift),
        sketch: NumberSketch.from(sketch),
      });
  }
  save(): SavedValues {
    return [...this.places].map(([key, { sketch, drift, ...known }]) => ({
      key,
      ...known,
      waiting: [...known.waiting],
      drift: drift.save(),
      sketch: sketch.save(),
    }));
  }

  /** What a window that begins at `from` (epoch ms) is held against; null while too little is known. */
  range(key: string, unit: string | null, from: number): Range | null {
    const known = this.places.get(key);
    if (!known || known.unit !== unit || isCounter(known)) return null;
    const isSparse = comesSeldom(known, from);
    if (known.sketch.weight < (isSparse ? VALUE.seenSparse : VALUE.seen)) return null;
    const { sketch } = known;
    const [p01, p50, p99] = [sketch.quantile(0.01), sketch.quantile(0.5), sketch.quantile(0.99)];
    return p99 > p01
      ? { p01, p50, p99, sd: sketch.sd, unit, days: (from - known.since) / DAY, isSparse }
      : null;
  }
  /** A window's values with those of windows before it that had too few; null: still too few. */
  pool(
    key: string,
    { unit, values }: Numbers,
    { from, at }: { readonly from: number; readonly at: number },
  ): { readonly numbers: Numbers; readonly from: number } | null {
    const known = this.places.get(key) ?? this.begin(key, { unit, values }, from);
    if (known.unit !== unit) return { numbers: { unit, values }, from };
    const all = [...known.waiting, ...values];
    const began = known.waiting.length > 0 ? known.waitingFrom : from;
    if (all.length < VALUE.values && !comesSeldom(known, from) && at - began < VALUE.mostPooledMs) {
      known.waiting = all;
      known.waitingFrom = began;
      return null;
    }
    known.waiting = [];
    return { numbers: { unit, values: all }, from: began };
  }
  /** Whether a window's values move out of their range faster than they usually move; null also while this is not news here. */
  drift(key: string, { unit, values }: Numbers, { from }: { readonly from: number }): Drifting | null {
    const known = this.places.get(key) ?? this.begin(key, { unit, values }, from);
    if (known.unit !== unit) return null;
    const drifting = known.drift.add(values, from, this.range(key, unit, from));
    return this.isNews(key, from) ? drifting : null;
  }
  private begin(key: string, { unit, values }: Numbers, since: number): Known {
    const known: Known = {
      since,
      unit,
      quiet: 0,
      episodes: 0,
      wasBeyond: false,
      odd: 0,
      told: false,
      toldAt: 0,
      waiting: [],
      waitingFrom: 0,
      last: null,
      rises: 0,
      falls: 0,
      drift: new Drift(since),
      sketch: new NumberSketch(values.toSorted((a, b) => a - b)[values.length >> 1]),
    };
    this.places.set(key, known);
    return known;
  }
  /** Whether being far out of range is news: it is rare here, or what goes on now began as news. */
  isNews(key: string, at: number): boolean {
    const known = this.places.get(key);
    if (!known) return false;
    const { quiet, episodes, odd, told } = known;
    if (odd > 0) return told;
    const least = comesSeldom(known, at) ? VALUE.quietSparse : VALUE.quiet;
    return quiet >= least && episodes <= VALUE.episodes * quiet;
  }
  /**
   * A window that began at `from`, after it was judged. `isBeyond`: out of its range; `isOdd`: so far that it is not learned from,
   * unless a person `accepted` it.
   */
  learn(
    key: string,
    { unit, values }: Numbers,
    o: {
      readonly from: number;
      readonly judged: { readonly isBeyond: boolean; readonly isOdd: boolean } | null;
      readonly accepted: boolean;
    },
  ): void {
    const known = this.places.get(key) ?? this.begin(key, { unit, values }, o.from);
    if (known.unit !== unit) return;
    // the newest last, so that what was not met for longest is let go first
    this.places.delete(key);
    this.places.set(key, known);
    const [oldest] = this.places.keys();
    if (this.places.size > VALUE.places && oldest !== undefined) this.places.delete(oldest);
    const { isBeyond = false, isOdd = false } = o.judged ?? {};
    if (o.judged && !isBeyond) known.quiet++;
    if (isOdd) known.told = this.isNews(key, o.from);
    if (known.told && isOdd) known.toldAt = o.from;
    // trouble comes again before it is over: that is one time
    if (isBeyond && !known.wasBeyond && o.from - known.toldAt >= VALUE.againMs) known.episodes++;
    known.wasBeyond = isBeyond;
    known.odd = isOdd ? known.odd + 1 : 0;
    for (const value of values) {
      if (known.last !== null && value > known.last) known.rises++;
      if (known.last !== null && value < known.last) known.falls++;
      known.last = value;
    }
    if (known.odd > 0 && !o.accepted) return;
    for (const value of values) known.sketch.add(value, 1);
    if (known.sketch.weight >= VALUE.most) known.sketch = known.sketch.scaled(0.5);
  }
}

/** Numbers that only rise are given out, or count something: they are no quantities that have a range. */
const isCounter = ({ rises, falls }: Known): boolean =>
  rises + falls >= VALUE.counted && rises >= VALUE.counter * (rises + falls);
/** So seldom that what is pooled would be old before it is judged. */
const comesSeldom = ({ sketch, since }: Known, at: number): boolean =>
  sketch.weight * VALUE.mostPooledMs < VALUE.values * (at - since);
