/**
 * The values seen in one hole, in little room and mergeable. Most frequent ones by space-saving (Metwally, Agrawal, El Abbadi,
 * ICDT 2005); how many different ones by the k smallest hashes, kept with how often each was met (Bar-Yossef et al., RANDOM
 * 2002; Gibbons, VLDB 2001), so that values not sampled can be told from values that do not exist (Chao 1984).
 */
import { hashText } from '../scan-tokens.ts';
import { NumberSketch, type NumberSketchJson } from './number-sketch.ts';
import type { Quantity } from './read-quantity.ts';

/** Each value is kept while there are so few, in so many characters; then the most frequent ones. */
export const MAX_WHOLE = 256;
export const MAX_WHOLE_CHARS = 8192;
const MAX_TOP = 48;
const MAX_HASHES = 192;
const MAX_UNITS = 4;
const SHOWN = 20;
const BARS = 20;
/** A hole is numeric when this share of its values is. */
const NUMERIC = 0.95;
/** Among many values one is told with its count once it was met so often; in a sample each meeting stands for many lines, so it takes more. */
const OFTEN = 2;
const OFTEN_IN_SAMPLE = 4;
/** Standard deviations either side that hold 95 % */
const SURE = 1.96;

export type ValueSketchJson = {
  readonly n: number;
  readonly w: number;
  /** the squares of the weights; missing in sketches of earlier versions */
  readonly w2?: number;
  /** value, count, how much of it may belong to others, how often it was met (missing in sketches of earlier versions) */
  readonly top: readonly (readonly [string, number, number, number?])[];
  /** `top` holds every value met; missing in sketches of earlier versions, where it did while it was not full */
  readonly whole?: boolean;
  readonly hashes: readonly (readonly [number, number])[];
  readonly numbers?: NumberSketchJson;
  readonly units?: readonly (readonly [string, number])[];
};
type Frequent = { count: number; error: number; met: number };
type Bounds = { low: number; high: number };
/** What is shown of it; `share` of the values seen. */
export type ValueView = {
  /** the values it is from, where those are not all of them */
  readonly sampled: number | null;
  readonly distinct: number;
  /** of these many one can be sure; as many as `distinct`: counted */
  readonly distinctAtLeast: number;
  readonly top: { value: string; count: number; share: number; exact: boolean }[];
  readonly numbers: {
    min: number;
    p01: number;
    p50: number;
    p95: number;
    p99: number;
    max: number;
    mean: number;
    sd: number;
    unit: string | null;
    bounds: { p50: Bounds; p95: Bounds; p99: Bounds } | null;
    histogram: { from: number; to: number; count: number }[];
  } | null;
};

export const spread = (hash: number): number => {
  let x = hash;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

export class ValueSketch {
  /** values taken in, and the lines they stand for */
  private samples = 0;
  private weight = 0;
  private squares = 0;
  private readonly top = new Map<string, Frequent>();
  private whole = true;
  private chars = 0;
  /** values that were the least frequent when last looked for; counts only rise, so nothing can fall below `floor` */
  private victims: string[] = [];
  private floor = 0;
  private readonly hashes = new Map<number, number>();
  private largest = 0;
  private numbers: NumberSketch | null = null;
  private readonly units = new Map<string, number>();

  static from(json: ValueSketchJson): ValueSketch {
    const sketch = new ValueSketch();
    sketch.samples = json.n;
    sketch.weight = json.w;
    sketch.squares = json.w2 ?? (json.n > 0 ? json.w ** 2 / json.n : 0);
    for (const [value, count, error, met = Math.round(((count - error) / json.w) * json.n)] of json.top)
      sketch.keep(value, { count, error, met });
    sketch.whole = json.whole ?? json.top.length < MAX_TOP;
    for (const [hash, times] of json.hashes) sketch.hashes.set(hash, times);
    sketch.largest = Math.max(0, ...sketch.hashes.keys());
    if (json.numbers) sketch.numbers = NumberSketch.from(json.numbers);
    for (const [unit, w] of json.units ?? []) sketch.units.set(unit, w);
    return sketch;
  }
  toJSON(): ValueSketchJson {
    return {
      n: this.samples,
      w: this.weight,
      w2: this.squares,
      top: [...this.top].map(([value, { count, error, met }]) => [value, count, error, met]),
      whole: this.whole,
      hashes: [...this.hashes],
      ...(this.numbers ? { numbers: this.numbers.toJSON(), units: [...this.units] } : {}),
    };
  }
  get size(): number {
    return this.samples;
  }

  /** `weight`: the lines this value stands for. `keep` makes the text one's own before it is held. */
  add(value: string, quantity: Quantity | null, weight: number, keep: (text: string) => string): void {
    this.samples++;
    this.weight += weight;
    this.squares += weight * weight;
    const known = this.top.get(value);
    if (known) {
      known.count += weight;
      known.met++;
    } else this.enter(keep(value), weight, 1);
    this.meet(spread(hashText(value)), 1);
    this.measure(quantity, weight);
  }
  merge(other: ValueSketch): void {
    // what a full list does not hold may have had as many as its least
    const [mine, theirs] = [this.least(), other.least()];
    const all = new Map<string, Frequent>();
    for (const value of new Set([...this.top.keys(), ...other.top.keys()])) {
      const a = this.top.get(value) ?? { count: mine, error: mine, met: 0 };
      const b = other.top.get(value) ?? { count: theirs, error: theirs, met: 0 };
      all.set(value, { count: a.count + b.count, error: a.error + b.error, met: a.met + b.met });
    }
    this.whole &&= other.whole;
    this.fill([...all]);
    for (const [hash, times] of other.hashes) this.meet(hash, times);
    this.samples += other.samples;
    this.weight += other.weight;
    this.squares += other.squares;
    if (!other.numbers) return;
    this.numbers ??= new NumberSketch();
    this.numbers.merge(other.numbers);
    for (const [unit, w] of other.units) this.countUnit(unit, w);
  }

  /** `times` records of one value, known exactly. */
  addMany(value: string, times: number, quantity: Quantity | null = null): void {
    this.samples += times;
    this.weight += times;
    this.squares += times;
    const known = this.top.get(value);
    if (known) {
      known.count += times;
      known.met += times;
    } else this.enter(value, times, times);
    this.meet(spread(hashText(value)), times);
    this.measure(quantity, times);
  }
  /** The same shares, standing for `seen` records. */
  scaled(seen: number): ValueSketch {
    const by = this.weight > 0 ? seen / this.weight : 1;
    if (by === 1) return this;
    const json = this.toJSON();
    return ValueSketch.from({
      ...json,
      w: json.w * by,
      w2: this.squares * by ** 2,
      top: [...this.top].map(([value, { count, error, met }]) => [value, count * by, error * by, met]),
      ...(this.numbers ? { numbers: this.numbers.scaled(by).toJSON() } : {}),
      ...(json.units ? { units: json.units.map(([unit, w]) => [unit, w * by]) } : {}),
    });
  }

  /** `seen`: the records that had a value here, exactly; counts are of them. */
  view(seen: number): ValueView {
    const { weight } = this;
    const sampled = this.samples < seen ? this.samples : null;
    if (weight === 0) return { sampled, distinct: 0, distinctAtLeast: 0, top: [], numbers: null };
    const often = sampled === null ? OFTEN : OFTEN_IN_SAMPLE;
    const top = [...this.top]
      .map(([value, { count, error, met }]) => ({
        value,
        met,
        share: (count - error) / weight,
        exact: sampled === null && error === 0,
      }))
      .filter(({ share, met }) => share > 0 && (this.whole || met >= often))
      .sort((a, b) => b.share - a.share || (a.value < b.value ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ value, share, exact }) => ({ value, count: Math.round(share * seen), share, exact }));
    const { numbers } = this;
    const numeric = numbers !== null && numbers.weight >= NUMERIC * weight ? numbers : null;
    const scale = numeric ? seen / numeric.weight : 1;
    const [unit = ''] = [...this.units].sort((a, b) => b[1] - a[1])[0] ?? [];
    // an estimate below what was surely met would be none
    const atLeast = this.surelyMet();
    const distinct = Math.max(atLeast, this.distinct(seen));
    const within = (q: number): Bounds => this.bounds(numeric ?? new NumberSketch(), q);
    return {
      sampled,
      distinct,
      distinctAtLeast: atLeast,
      top,
      numbers: numeric && {
        min: numeric.min,
        p01: numeric.quantile(0.01),
        p50: numeric.quantile(0.5),
        p95: numeric.quantile(0.95),
        p99: numeric.quantile(0.99),
        max: numeric.max,
        mean: numeric.mean,
        sd: numeric.sd,
        unit: unit || null,
        bounds: sampled === null ? null : { p50: within(0.5), p95: within(0.95), p99: within(0.99) },
        histogram: wholeCounts(numeric.histogram(BARS), scale),
      },
    };
  }
  /** Where the quantile lies, 95 times of 100: between two others of the sample, by how many values stand behind it (Kish 1965). */
  private bounds(numbers: NumberSketch, q: number): Bounds {
    const values = this.squares > 0 ? this.weight ** 2 / this.squares : 0;
    const off = values > 0 ? SURE * Math.sqrt((q * (1 - q)) / values) : 1;
    return { low: numbers.quantile(Math.max(0, q - off)), high: numbers.quantile(Math.min(1, q + off)) };
  }
  private surelyMet(): number {
    const { hashes } = this;
    const met = this.met();
    if (this.whole || hashes.size < MAX_HASHES) return met;
    return Math.max(hashes.size, Math.floor(met * (1 - SURE / Math.sqrt(MAX_HASHES - 2))));
  }
  private distinct(seen: number): number {
    const { hashes, samples } = this;
    const met = this.met();
    if (samples >= seen) return Math.min(seen, Math.round(met));
    let [once, twice] = [0, 0];
    for (const times of hashes.values()) {
      if (times === 1) once++;
      if (times === 2) twice++;
    }
    const scale = met / hashes.size;
    const [f1, f2] = [once * scale, twice * scale];
    return Math.round(Math.min(seen, met + (f1 * Math.max(0, f1 - 1)) / (2 * (f2 + 1))));
  }

  /** Different values taken in. */
  private met(): number {
    const { hashes, top } = this;
    if (hashes.size < MAX_HASHES) return hashes.size;
    return this.whole ? top.size : (MAX_HASHES - 1) / (this.largest / 2 ** 32);
  }

  private least(): number {
    if (this.whole) return 0;
    let least = Number.POSITIVE_INFINITY;
    for (const { count } of this.top.values()) if (count < least) least = count;
    return least;
  }
  private enter(value: string, count: number, met: number): void {
    if (this.whole) {
      this.keep(value, { count, error: 0, met });
      if (this.top.size > MAX_WHOLE || this.chars > MAX_WHOLE_CHARS) this.fill([...this.top]);
      return;
    }
    const victim = this.nextVictim();
    this.top.delete(victim);
    this.top.set(value, { count: this.floor + count, error: this.floor, met });
  }
  private keep(value: string, entry: Frequent): void {
    this.top.set(value, entry);
    this.chars += value.length;
  }
  /** All of them, or the most frequent ones where they are too many. */
  private fill(all: [string, Frequent][]): void {
    const chars = all.reduce((sum, [value]) => sum + value.length, 0);
    this.whole &&= all.length <= MAX_WHOLE && chars <= MAX_WHOLE_CHARS;
    this.top.clear();
    this.victims = [];
    this.chars = 0;
    const kept = this.whole ? all : all.sort(byCount).slice(0, MAX_TOP);
    for (const [value, entry] of kept) this.keep(value, entry);
  }
  private measure(quantity: Quantity | null, weight: number): void {
    if (!quantity) return;
    this.numbers ??= new NumberSketch();
    this.numbers.add(quantity.value, weight);
    this.countUnit(quantity.unit ?? '', weight);
  }
  /** The oldest of the least frequent values. */
  private nextVictim(): string {
    for (let known = this.victims.pop(); known !== undefined; known = this.victims.pop())
      if (this.top.get(known)?.count === this.floor) return known;
    this.floor = this.least();
    for (const [value, { count }] of this.top) if (count === this.floor) this.victims.push(value);
    this.victims.reverse();
    return this.victims.pop() ?? '';
  }
  private meet(hash: number, times: number): void {
    if (hash > this.largest && this.hashes.size >= MAX_HASHES) return;
    const known = this.hashes.get(hash);
    if (known !== undefined) this.hashes.set(hash, known + times);
    else if (this.hashes.size < MAX_HASHES) {
      this.hashes.set(hash, times);
      if (hash > this.largest) this.largest = hash;
    } else if (hash < this.largest) {
      this.hashes.delete(this.largest);
      this.hashes.set(hash, times);
      this.largest = 0;
      for (const kept of this.hashes.keys()) if (kept > this.largest) this.largest = kept;
    }
  }
  private countUnit(unit: string, weight: number): void {
    if (this.units.has(unit) || this.units.size < MAX_UNITS)
      this.units.set(unit, (this.units.get(unit) ?? 0) + weight);
  }
}
/** Whole numbers that add up to what the bars add up to. */
function wholeCounts<T extends { readonly count: number }>(bars: readonly T[], scale: number): T[] {
  let sum = 0;
  return bars.map((bar) => {
    const before = Math.round(sum);
    sum += bar.count * scale;
    return { ...bar, count: Math.round(sum) - before };
  });
}
const byCount = (
  a: readonly [string, { readonly count: number }],
  b: readonly [string, { readonly count: number }],
): number => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1);
