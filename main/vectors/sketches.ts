import { Rotation } from './rotate.ts';
import {
  FACTORS,
  LANES,
  MOST_ENTRY,
  makeSketchKernel,
  SIDE_BY_SIDE,
  type SketchKernel,
} from './sketch-kernel.ts';
import { MAX_PAGES, PAGE } from './wasm-words.ts';

/** blocks that lie side by side with their rows' longer codes and estimates */
const TOGETHER = 64;
const ROWS_TOGETHER = TOGETHER * LANES;
/** what belongs to a query lies before the rows: its tables, its coordinates in bytes, places of rows and their estimates */
const QUERY_AT = PAGE / 4;
const LIST_AT = PAGE / 2;
const WEIGHED_AT = LIST_AT + 4 * ROWS_TOGETHER;
const ROWS_AT = PAGE;
/** tan of the angle between a vector turned by chance and its code of one bit, of four bits a coordinate */
const ANGLES = { first: 0.756, second: 0.109 };
/** mean size of a coordinate of unit variance */
const MEAN_SIZE = Math.sqrt(2 / Math.PI);
/** the best even steps of four bits for a coordinate of unit variance (Max, 1960) */
const STEP = 0.3352;
const MIDDLE = 7.5;
const MOST_BYTE = 127;

/**
 * Blocks of 16 rows from `row` on: where in `values` their estimates begin, and the greatest estimate of each. In the last block
 * those beyond the last row mean nothing.
 */
export type Part = {
  readonly row: number;
  readonly rows: number;
  readonly blocks: number;
  readonly estimates: number;
  readonly greatest: number;
};

/**
 * A code of one bit and one of four bits a coordinate of every row, after a rotation, and what it takes to estimate inner products
 * from them: RaBitQ (Gao and Long, SIGMOD 2024; with more bits, Gao et al., SIGMOD 2025). An estimate is unbiased, and its error
 * holds for any data. The first codes of all rows are read in a third of a millisecond for 100,000 of 384, the second ones only of
 * rows that the first leave open, at 20 to 30 ns each; their error is a seventh.
 */
export class Sketches {
  private readonly rotation: Rotation;
  /** bytes of a first code; of a block of them; of a second code; of all of one part */
  private readonly width: number;
  private readonly first: number;
  private readonly second: number;
  private readonly part: number;
  private readonly kernel: SketchKernel;
  private bytes: Uint8Array;
  private floats: Float32Array;
  private whole: Int32Array;
  /** what `weigh` needs to know of the query, and the errors its own rounding makes, relative to the lengths of both */
  private asked = { step: 1, middle: 0, rounding: { first: 0, second: 0 } };
  /** where the estimates are */
  parts: Part[] = [];

  constructor(dimensions: number) {
    this.rotation = new Rotation(dimensions);
    this.width = this.rotation.rotated.length / 8;
    this.first = this.width * LANES + FACTORS;
    this.second = this.width * 4;
    this.part = TOGETHER * this.first + ROWS_TOGETHER * (this.second + 4 + 4) + TOGETHER * 4;
    this.kernel = makeSketchKernel(2);
    [this.bytes, this.floats, this.whole] = this.views();
  }
  set(row: number, vector: Float32Array): void {
    this.makeRoom(this.partOf(row) + this.part);
    const { bytes, floats, width } = this;
    const turned = this.rotation.turn(vector);
    let square = 0;
    for (const x of turned) square += x * x;
    let along = 0;
    for (let byte = 0, at = this.firstOf(row); byte < width; byte++, at += LANES) {
      let signs = 0;
      for (let j = 0; j < 8; j++) {
        const x = turned[byte * 8 + j] ?? 0;
        if (x > 0) signs |= 1 << j;
        along += Math.abs(x);
      }
      bytes[at] = signs;
    }
    const scale = 1 / (STEP * Math.sqrt(square / turned.length) || 1);
    let alongSecond = 0;
    const code = (i: number): number => {
      const x = turned[i] ?? 0;
      const level = Math.max(0, Math.min(15, Math.floor(x * scale) + 8));
      alongSecond += x * (level - MIDDLE);
      return level;
    };
    for (let from = 0, at = this.secondOf(row); from < turned.length; from += SIDE_BY_SIDE)
      for (let j = from; j < from + SIDE_BY_SIDE / 2; j++)
        bytes[at++] = code(j) | (code(j + SIDE_BY_SIDE / 2) << 4);
    const [first, second] = this.factorsOf(row);
    floats[first] = along > 0 ? square / along : 0;
    floats[second] = alongSecond > 0 ? square / alongSecond : 0;
  }
  /** Copies the sketch of row `from` to row `to`. */
  move(from: number, to: number): void {
    const { bytes, floats, width, second } = this;
    const source = this.firstOf(from);
    const target = this.firstOf(to);
    for (let at = 0; at < width * LANES; at += LANES) bytes[target + at] = bytes[source + at] ?? 0;
    bytes.copyWithin(this.secondOf(to), this.secondOf(from), this.secondOf(from) + second);
    const factors = this.factorsOf(to);
    this.factorsOf(from).forEach((at, i) => {
      floats[factors[i] ?? 0] = floats[at] ?? 0;
    });
  }
  /** Estimates the inner products of the first `rows` rows with `query` by their first codes. */
  estimate(query: Float32Array, rows: number): void {
    const turned = this.rotation.turn(query);
    let square = 0;
    for (const x of turned) square += x * x;
    const length = Math.sqrt(square) || 1;
    const tables = this.makeTables(turned);
    const { step, middle } = this.makeBytes(turned);
    // every entry is wrong by its rounding, evenly within a step, and so is every coordinate
    const rounding = {
      first: (tables.step * Math.sqrt((2 * this.width) / 12)) / MEAN_SIZE / Math.sqrt(turned.length) / length,
      second: step / Math.sqrt(12) / length,
    };
    this.asked = { step, middle, rounding };
    this.parts = [];
    for (let row = 0; row < rows; row += ROWS_TOGETHER) {
      const greatest = (this.partOf(row) + this.part) / 4 - TOGETHER;
      const estimates = greatest - ROWS_TOGETHER;
      const within = Math.min(ROWS_TOGETHER, rows - row);
      const blocks = Math.ceil(within / LANES);
      this.parts.push({ row, rows: within, blocks, greatest, estimates });
      const codes = this.firstOf(row);
      this.kernel.scan(codes, 4 * estimates, 4 * greatest, blocks, this.width, 0, tables.step, tables.offset);
    }
  }
  /**
   * Estimates those rows of a part again by their second codes whose first estimate is `low` or more and less than `high`: how many.
   * `placeAt` and `estimateAt` tell of each.
   */
  weigh(part: Part, low: number, high: number): number {
    const { step, middle } = this.asked;
    let stop = this.kernel.pick(4 * part.estimates, 4 * part.greatest, part.blocks, LIST_AT, low, high);
    while (stop > LIST_AT && (this.whole[stop / 4 - 1] ?? 0) >= part.rows) stop -= 4;
    const codes = this.secondOf(part.row);
    const factors = 4 * part.estimates - 4 * ROWS_TOGETHER;
    this.kernel.weigh(codes, factors, LIST_AT, stop, this.second, QUERY_AT, step, middle, WEIGHED_AT);
    return (stop - LIST_AT) / 4;
  }
  /** Standard error of an estimate relative to the lengths of both vectors, where theirs is that `cosine`: near ones are known better. */
  errorAt(cosine: number, code: 'first' | 'second'): number {
    const spread = ANGLES[code] ** 2 / (8 * this.width - 1);
    return Math.sqrt(spread * Math.max(0, 1 - cosine ** 2) + this.asked.rounding[code] ** 2);
  }
  /** Estimates, valid until the next change: plain numbers since a search looks at all of them; `parts` tells where which are. */
  get values(): Float32Array {
    return this.floats;
  }
  /** The places in their part of the rows last weighed. */
  get places(): Int32Array {
    return this.whole.subarray(LIST_AT / 4, LIST_AT / 4 + ROWS_TOGETHER);
  }
  get weighed(): Float32Array {
    return this.floats.subarray(WEIGHED_AT / 4, WEIGHED_AT / 4 + ROWS_TOGETHER);
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
  /** The query's coordinates as small whole numbers of `step`, and what a code that says nothing would give with them. */
  private makeBytes(turned: Float32Array): { step: number; middle: number } {
    let most = 0;
    for (const x of turned) most = Math.max(most, Math.abs(x));
    const step = most / MOST_BYTE || 1;
    let sum = 0;
    turned.forEach((x, i) => {
      const whole = Math.round(x / step);
      this.bytes[QUERY_AT + i] = whole;
      sum += whole;
    });
    return { step, middle: MIDDLE * sum };
  }
  private partOf(row: number): number {
    return ROWS_AT + Math.floor(row / ROWS_TOGETHER) * this.part;
  }
  private firstOf(row: number): number {
    return this.partOf(row) + (Math.floor(row / LANES) % TOGETHER) * this.first + (row % LANES);
  }
  private secondOf(row: number): number {
    return this.partOf(row) + TOGETHER * this.first + (row % ROWS_TOGETHER) * this.second;
  }
  /** Places of the factors of a row's two codes. */
  private factorsOf(row: number): readonly [number, number] {
    const lane = row % LANES;
    const first = (this.firstOf(row) - lane + this.width * LANES) / 4 + lane;
    const second = (this.partOf(row) + TOGETHER * this.first + ROWS_TOGETHER * this.second) / 4;
    return [first, second + (row % ROWS_TOGETHER)];
  }
  private views(): [Uint8Array, Float32Array, Int32Array] {
    const { buffer } = this.kernel.memory;
    return [new Uint8Array(buffer), new Float32Array(buffer), new Int32Array(buffer)];
  }
  private makeRoom(bytes: number): void {
    const has = this.kernel.memory.buffer.byteLength / PAGE;
    const needs = Math.ceil(bytes / PAGE);
    if (needs <= has) return;
    this.kernel.memory.grow(Math.min(MAX_PAGES, Math.max(needs, Math.ceil(has * 1.5))) - has);
    [this.bytes, this.floats, this.whole] = this.views();
  }
}

/** The most that the signs of four coordinates can add up to. */
const reach = (turned: Float32Array, group: number): number => {
  let sum = 0;
  for (let j = 4 * group; j < 4 * group + 4; j++) sum += Math.abs(turned[j] ?? 0);
  return sum;
};
