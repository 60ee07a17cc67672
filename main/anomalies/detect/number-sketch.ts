import { z } from 'zod';

/**
 * Quantiles of numbers in little room: counts by bins whose width grows with the distance from an origin, so every quantile is right
 * to 1 % of that distance (DDSketch: Masson, Rim, Lee, VLDB 2019). With an origin amid the values a gauge of 72.3 to 72.5 has a range.
 */
const GAMMA = 1.02;
const LOG_GAMMA = Math.log(GAMMA);
const MAX_BINS = 512;
/** so near, in shares of the origin, everything is the origin */
const TINY = 1e-6;

const Bins = z.array(z.tuple([z.number(), z.number()]));
export const SavedSketch = z.object({
  w: z.number(),
  mean: z.number(),
  m2: z.number(),
  min: z.number(),
  max: z.number(),
  int: z.union([z.literal(0), z.literal(1)]),
  origin: z.number().default(0),
  zero: z.number(),
  pos: Bins,
  neg: Bins,
});
export type SavedSketch = z.infer<typeof SavedSketch>;

export class NumberSketch {
  weight = 0;
  mean = 0;
  private m2 = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  private integers = true;
  private zero = 0;
  private readonly origin: number;
  private readonly positive = new Map<number, number>();
  private readonly negative = new Map<number, number>();

  constructor(origin = 0) {
    this.origin = origin;
  }
  static from(json: SavedSketch): NumberSketch {
    const sketch = new NumberSketch(json.origin);
    Object.assign(sketch, { weight: json.w, mean: json.mean, m2: json.m2, min: json.min, max: json.max });
    sketch.integers = json.int === 1;
    sketch.zero = json.zero;
    for (const [bin, w] of json.pos) sketch.positive.set(bin, w);
    for (const [bin, w] of json.neg) sketch.negative.set(bin, w);
    return sketch;
  }
  save(): SavedSketch {
    const { weight: w, mean, m2, min, max, zero, origin } = this;
    const int = this.integers ? 1 : 0;
    return { w, mean, m2, min, max, int, origin, zero, pos: [...this.positive], neg: [...this.negative] };
  }

  add(value: number, weight: number): void {
    const delta = value - this.mean;
    this.weight += weight;
    this.mean += (delta * weight) / this.weight;
    this.m2 += weight * delta * (value - this.mean);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (!Number.isInteger(value)) this.integers = false;
    const far = value - this.origin;
    if (Math.abs(far) < TINY * Math.max(1e-3, Math.abs(this.origin))) this.zero += weight;
    else this.count(far > 0 ? this.positive : this.negative, binOf(Math.abs(far)), weight);
  }
  scaled(by: number): NumberSketch {
    const json = this.save();
    const bins = (from: SavedSketch['pos']) => from.map(([bin, w]): [number, number] => [bin, w * by]);
    return NumberSketch.from({
      ...json,
      w: json.w * by,
      m2: json.m2 * by,
      zero: json.zero * by,
      pos: bins(json.pos),
      neg: bins(json.neg),
    });
  }
  get sd(): number {
    return this.weight > 0 ? Math.sqrt(Math.max(0, this.m2 / this.weight)) : 0;
  }
  quantile(q: number): number {
    let left = q * this.weight;
    for (const [value, weight] of this.bins()) {
      left -= weight;
      if (left <= 0) return Math.min(this.max, Math.max(this.min, this.origin + value));
    }
    return this.max;
  }

  private count(bins: Map<number, number>, bin: number, weight: number): void {
    bins.set(bin, (bins.get(bin) ?? 0) + weight);
    if (bins.size <= MAX_BINS) return;
    // the two bins nearest the origin become one: far values stay exact to 1 %
    const [lowest = 0, next = 0] = [...bins.keys()].sort((a, b) => a - b);
    bins.set(next, (bins.get(next) ?? 0) + (bins.get(lowest) ?? 0));
    bins.delete(lowest);
  }
  /** Distances from the origin with their weights in rising order. */
  private *bins(): Generator<[value: number, weight: number]> {
    const sorted = (bins: Map<number, number>) => [...bins].sort((a, b) => a[0] - b[0]);
    for (const [bin, w] of sorted(this.negative).reverse()) yield [-this.middle(bin), w];
    if (this.zero > 0) yield [0, this.zero];
    for (const [bin, w] of sorted(this.positive)) yield [this.middle(bin), w];
  }
  private middle(bin: number): number {
    const value = (2 * GAMMA ** bin) / (GAMMA + 1);
    return this.integers && value < 45 ? Math.round(value) : value;
  }
}
const binOf = (value: number): number => Math.ceil(Math.log(value) / LOG_GAMMA);
