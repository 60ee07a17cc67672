import { Rotation } from './rotate.ts';
import { FACTORS, LANES, MOST_ENTRY, makeSketchKernel, type SketchKernel } from './sketch-kernel.ts';
import { MAX_PAGES, PAGE } from './wasm-words.ts';

/** the tables of a query lie before the rows */
const ROWS_AT = PAGE;
/** blocks whose first bits lie side by side, before their second ones */
const TOGETHER = 64;
/** tan of the angle between a vector turned by chance and its code of one bit, of two bits a coordinate */
const ANGLES = { first: 0.756, second: 0.37 };
/** mean size of a coordinate of unit variance */
const MEAN_SIZE = Math.sqrt(2 / Math.PI);

/**
 * Blocks of 16 rows from `row` on: where in `values` their estimates begin, and the greatest estimate of each. In the last block
 * those beyond the last row mean nothing.
 */
export type Part = {
  readonly row: number;
  readonly blocks: number;
  readonly estimates: number;
  readonly greatest: number;
};

/**
 * Two bits a coordinate of every row, after a rotation, and what it takes to estimate inner products from them: RaBitQ (Gao and
 * Long, SIGMOD 2024; with more bits, Gao et al., SIGMOD 2025). An estimate is unbiased, and its error holds for any data. The
 * first bits of all rows are read in a third of a millisecond for 100,000 of 384, the second ones only where the first leave
 * open whether a row is near enough; they halve the error.
 */
export class Sketches {
  private readonly rotation: Rotation;
  /** bytes of a code; of a block of first, of second bits; of 64 blocks with their estimates */
  private readonly width: number;
  private readonly first: number;
  private readonly second: number;
  private readonly part: number;
  private readonly kernel: SketchKernel;
  private bytes: Uint8Array;
  private floats: Float32Array;
  private asked = { step: 1, offset: 0, rounding: 0 };
  /** where the estimates are */
  parts: Part[] = [];

  constructor(dimensions: number) {
    this.rotation = new Rotation(dimensions);
    this.width = this.rotation.rotated.length / 8;
    this.first = this.width * LANES + FACTORS;
    this.second = this.width * LANES + 2 * FACTORS;
    this.part = TOGETHER * (this.first + this.second + 4 * LANES + 4);
    this.kernel = makeSketchKernel(2);
    [this.bytes, this.floats] = this.views();
  }
  set(row: number, vector: Float32Array): void {
    this.makeRoom(this.partOf(row) + this.part);
    const { bytes, floats, width } = this;
    const turned = this.rotation.turn(vector);
    let square = 0;
    for (const x of turned) square += x * x;
    const outer = Math.sqrt(square / turned.length);
    let along = 0;
    let alongBoth = 0;
    let at = this.firstOf(row);
    let second = this.secondOf(row);
    for (let byte = 0; byte < width; byte++, at += LANES, second += LANES) {
      let signs = 0;
      let halves = 0;
      for (let j = 0; j < 8; j++) {
        const x = turned[byte * 8 + j] ?? 0;
        const size = Math.abs(x);
        if (x > 0) signs |= 1 << j;
        // the coordinate is taken for ±1.5 or ±0.5: a sign, and half a sign
        if (x > 0 === size > outer) halves |= 1 << j;
        along += size;
        alongBoth += size * (size > outer ? 1.5 : 0.5);
      }
      bytes[at] = signs;
      bytes[second] = halves;
    }
    const [factor, ofHalves, share] = this.factorsOf(row);
    floats[factor] = along > 0 ? square / along : 0;
    floats[ofHalves] = along > 0 ? square / alongBoth / 2 : 0;
    floats[share] = along > 0 ? along / alongBoth : 1;
  }
  /** Copies the sketch of row `from` to row `to`. */
  move(from: number, to: number): void {
    const { bytes, floats } = this;
    const places = (row: number): readonly number[] => [this.firstOf(row), this.secondOf(row)];
    const codes = places(to);
    places(from).forEach((a, i) => {
      const b = codes[i] ?? 0;
      for (let at = 0; at < this.width * LANES; at += LANES) bytes[b + at] = bytes[a + at] ?? 0;
    });
    const factors = this.factorsOf(to);
    this.factorsOf(from).forEach((a, i) => {
      floats[factors[i] ?? 0] = floats[a] ?? 0;
    });
  }
  /** Estimates the inner products of the first `rows` rows with `query` by their first bits; the last block's rest is meaningless. */
  estimate(query: Float32Array, rows: number): void {
    const turned = this.rotation.turn(query);
    const { step, offset } = this.makeTables(turned);
    let square = 0;
    for (const x of turned) square += x * x;
    // every entry is wrong by its rounding, evenly within a step; relative to the lengths of both
    const rounding =
      (step * Math.sqrt((2 * this.width) / 12)) / MEAN_SIZE / Math.sqrt(turned.length * square || 1);
    this.asked = { step, offset, rounding };
    this.parts = [];
    for (let row = 0; row < rows; row += LANES * TOGETHER) {
      const greatest = (this.partOf(row) + this.part) / 4 - TOGETHER;
      const blocks = Math.min(TOGETHER, Math.ceil((rows - row) / LANES));
      this.parts.push({ row, blocks, greatest, estimates: greatest - TOGETHER * LANES });
    }
    this.run('first', 0);
  }
  /** Betters the estimates of all blocks whose greatest is `least` or more by the second bits; the others are done with (−∞). */
  refine(least: number): void {
    this.run('second', least);
  }
  /** Standard error of an estimate relative to the lengths of both vectors, where theirs is that `cosine`: near ones are known better. */
  errorAt(cosine: number, bits: 'first' | 'second'): number {
    const spread = ANGLES[bits] ** 2 / (8 * this.width - 1);
    return Math.sqrt(spread * Math.max(0, 1 - cosine ** 2) + this.asked.rounding ** 2);
  }
  /** Estimates, valid until the next change: plain numbers since a search looks at all of them; `parts` tells where which are. */
  get values(): Float32Array {
    return this.floats;
  }
  private run(bits: 'first' | 'second', least: number): void {
    const { width } = this;
    const { step, offset } = this.asked;
    const loop = bits === 'first' ? this.kernel.scan : this.kernel.refine;
    for (const { row, blocks, greatest, estimates } of this.parts) {
      const codes = bits === 'first' ? this.firstOf(row) : this.secondOf(row);
      loop(codes, 4 * estimates, 4 * greatest, blocks, width, 0, step, offset, least);
    }
  }
  /**
   * For each four coordinates the 16 sums that their signs can give, as small whole numbers of one unit. The sum over all tables
   * is then about `(signed sum + offset) / step`.
   */
  private makeTables(turned: Float32Array): { step: number; offset: number } {
    const groups = this.width * 2;
    let total = 0;
    let most = 0;
    for (let g = 0; g < groups; g++) most = Math.max(most, reach(turned, g));
    const step = (2 * most) / MOST_ENTRY || 1;
    for (let g = 0; g < groups; g++) {
      const low = -reach(turned, g);
      for (let bits = 0; bits < 16; bits++) {
        let sum = 0;
        for (let j = 0; j < 4; j++) sum += (bits & (1 << j) ? 1 : -1) * (turned[4 * g + j] ?? 0);
        const entry = Math.round((sum - low) / step);
        this.bytes[g * 16 + bits] = entry;
        total += entry;
      }
    }
    // signs by chance come to nothing, whatever the rounding
    return { step, offset: (total / 16) * step };
  }
  private partOf(row: number): number {
    return ROWS_AT + Math.floor(row / (LANES * TOGETHER)) * this.part;
  }
  private firstOf(row: number): number {
    return this.partOf(row) + (Math.floor(row / LANES) % TOGETHER) * this.first + (row % LANES);
  }
  private secondOf(row: number): number {
    const block = Math.floor(row / LANES) % TOGETHER;
    return this.partOf(row) + TOGETHER * this.first + block * this.second + (row % LANES);
  }
  /** Places of a row's factor of the first bits, of the second ones, and of the share of the first estimate in the second. */
  private factorsOf(row: number): readonly [number, number, number] {
    const lane = row % LANES;
    const first = (this.firstOf(row) - lane + this.width * LANES) / 4 + lane;
    const second = (this.secondOf(row) - lane + this.width * LANES) / 4 + lane;
    return [first, second, second + LANES];
  }
  private views(): [Uint8Array, Float32Array] {
    const { buffer } = this.kernel.memory;
    return [new Uint8Array(buffer), new Float32Array(buffer)];
  }
  private makeRoom(bytes: number): void {
    const has = this.kernel.memory.buffer.byteLength / PAGE;
    const needs = Math.ceil(bytes / PAGE);
    if (needs <= has) return;
    this.kernel.memory.grow(Math.min(MAX_PAGES, Math.max(needs, Math.ceil(has * 1.5))) - has);
    [this.bytes, this.floats] = this.views();
  }
}

/** The most that the signs of four coordinates can add up to. */
const reach = (turned: Float32Array, group: number): number => {
  let sum = 0;
  for (let j = 4 * group; j < 4 * group + 4; j++) sum += Math.abs(turned[j] ?? 0);
  return sum;
};
