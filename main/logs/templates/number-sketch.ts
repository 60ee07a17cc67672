/**
 * Quantiles of numbers in little room, mergeable: counts by bins whose width grows with the value, so every quantile is right to
 * 1 % of itself (DDSketch: Masson, Rim, Lee, VLDB 2019). Mean and deviation by pairwise merging of moments (Chan, Golub, LeVeque
 * 1979). Numbers come with weights, because values are sampled.
 */
const GAMMA = 1.02;
const LOG_GAMMA = Math.log(GAMMA);
const MAX_BINS = 512;
const TINY = 1e-9;

export type NumberSketchJson = {
  readonly w: number;
  readonly mean: number;
  readonly m2: number;
  readonly min: number;
  readonly max: number;
  readonly int: 0 | 1;
  readonly zero: number;
  readonly pos: readonly (readonly [number, number])[];
  readonly neg: readonly (readonly [number, number])[];
};

export class NumberSketch {
  weight = 0;
  mean = 0;
  private m2 = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  private integers = true;
  private zero = 0;
  private readonly positive = new Map<number, number>();
  private readonly negative = new Map<number, number>();

  static from(json: NumberSketchJson): NumberSketch {
    const sketch = new NumberSketch();
    Object.assign(sketch, { weight: json.w, mean: json.mean, m2: json.m2, min: json.min, max: json.max });
    sketch.integers = json.int === 1;
    sketch.zero = json.zero;
    for (const [bin, w] of json.pos) sketch.positive.set(bin, w);
    for (const [bin, w] of json.neg) sketch.negative.set(bin, w);
    return sketch;
  }
  toJSON(): NumberSketchJson {
    const { weight: w, mean, m2, min, max, zero } = this;
    const int = this.integers ? 1 : 0;
    return { w, mean, m2, min, max, int, zero, pos: [...this.positive], neg: [...this.negative] };
  }

  add(value: number, weight: number): void {
    const delta = value - this.mean;
    this.weight += weight;
    this.mean += (delta * weight) / this.weight;
    this.m2 += weight * delta * (value - this.mean);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (!Number.isInteger(value)) this.integers = false;
    if (Math.abs(value) < TINY) this.zero += weight;
    else this.count(value > 0 ? this.positive : this.negative, binOf(Math.abs(value)), weight);
  }
  merge(other: NumberSketch): void {
    if (other.weight === 0) return;
    const total = this.weight + other.weight;
    const delta = other.mean - this.mean;
    this.m2 += other.m2 + (delta * delta * this.weight * other.weight) / total;
    this.mean += (delta * other.weight) / total;
    this.weight = total;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.integers &&= other.integers;
    this.zero += other.zero;
    for (const [bin, w] of other.positive) this.count(this.positive, bin, w);
    for (const [bin, w] of other.negative) this.count(this.negative, bin, w);
  }
  scaled(by: number): NumberSketch {
    const json = this.toJSON();
    const bins = (from: NumberSketchJson['pos']) => from.map(([bin, w]) => [bin, w * by] as const);
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
      if (left <= 0) return Math.min(this.max, Math.max(this.min, value));
    }
    return this.max;
  }
  /** About `buckets` bars of one width over the bulk; the first and last take in what lies outside it. */
  histogram(buckets: number): { from: number; to: number; count: number }[] {
    const { min, max } = this;
    if (this.weight === 0) return [];
    if (min === max) return [{ from: min, to: max, count: this.weight }];
    const [low, high] = [this.quantile(0.01), this.quantile(0.99)];
    const wide = high > low && max - min > 4 * (high - low);
    const [from, to] = wide ? [low, high] : [min, max];
    const whole = this.integers && to - from < buckets;
    const width = whole ? 1 : (to - from) / buckets;
    const bars = Array.from({ length: whole ? Math.floor(to - from) + 1 : buckets }, (_, i) => ({
      from: from + i * width,
      to: from + (i + 1) * width,
      count: 0,
    }));
    const barOf = (value: number): number =>
      Math.min(bars.length - 1, Math.max(0, Math.floor((value - from) / width)));
    for (const [value, weight, lower, upper] of this.bins()) {
      // a bin that is wider than a bar, or lies across two, counts in each as far as it reaches into it
      const [low, high] = [Math.min(max, Math.max(min, lower)), Math.min(max, Math.max(min, upper))];
      const [first, last] = high > low ? [barOf(low), barOf(high)] : [barOf(value), barOf(value)];
      for (let at = first; at <= last; at++) {
        const bar = bars[at];
        if (!bar) continue;
        const left = at === first ? low : bar.from;
        const right = at === last ? high : bar.to;
        bar.count += first === last ? weight : (weight * Math.max(0, right - left)) / (high - low);
      }
    }
    const [first, last] = [bars[0], bars.at(-1)];
    if (first) first.from = Math.min(first.from, min);
    if (last) last.to = Math.max(last.to, max);
    return bars;
  }

  private count(bins: Map<number, number>, bin: number, weight: number): void {
    bins.set(bin, (bins.get(bin) ?? 0) + weight);
    if (bins.size <= MAX_BINS) return;
    // the two bins nearest zero become one: large values stay exact to 1 %
    const [lowest = 0, next = 0] = [...bins.keys()].sort((a, b) => a - b);
    bins.set(next, (bins.get(next) ?? 0) + (bins.get(lowest) ?? 0));
    bins.delete(lowest);
  }
  /** Values with their weights in rising order, and between what they lie; the same where they are known. */
  private *bins(): Generator<[value: number, weight: number, lower: number, upper: number]> {
    const sorted = (bins: Map<number, number>) => [...bins].sort((a, b) => a[0] - b[0]);
    const edges = (bin: number): [number, number] => {
      const value = this.middle(bin);
      return this.isKnown(value) ? [value, value] : [GAMMA ** (bin - 1), GAMMA ** bin];
    };
    for (const [bin, w] of sorted(this.negative).reverse()) {
      const [near, far] = edges(bin);
      yield [-this.middle(bin), w, -far, -near];
    }
    if (this.zero > 0) yield [0, this.zero, 0, 0];
    for (const [bin, w] of sorted(this.positive)) yield [this.middle(bin), w, ...edges(bin)];
  }
  private isKnown(value: number): boolean {
    return this.integers && value < 45;
  }
  private middle(bin: number): number {
    const value = (2 * GAMMA ** bin) / (GAMMA + 1);
    return this.isKnown(value) ? Math.round(value) : value;
  }
}
const binOf = (value: number): number => Math.ceil(Math.log(value) / LOG_GAMMA);
