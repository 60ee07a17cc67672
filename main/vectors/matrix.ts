import { crc32 } from 'node:zlib';
import { Nearest } from './nearest.ts';
import { searchNearly } from './search-nearly.ts';
import { type Kernel, makeKernel } from './simd-kernel.ts';
import { Sketches } from './sketches.ts';
import { MAX_PAGES, PAGE } from './wasm-words.ts';

/** rows a call of the inner loop takes; their numbers and results share the scratch page with the query */
const CHUNK = 4096;
const INDEX_AT = 16_384;
const OUT_AT = 32_768;
const ROWS_AT = PAGE;
export const MAX_DIMENSIONS = INDEX_AT / 4;
/**
 * Vectors of one length under numeric ids, in one block of memory that grows. Rows are dense: taking one out moves the last
 * into its place. Exact search reads 100,000 × 384 in about 20 ms.
 */
export class VectorMatrix {
  readonly dimensions: number;
  private readonly stride: number;
  private readonly kernel: Kernel;
  private values: Float32Array;
  private scores: Float32Array;
  private chosen: Int32Array;
  private idOfRow = new Float64Array(64);
  private checks = new Uint32Array(64);
  private readonly rowOfId = new Map<number, number>();
  private readonly sketches: Sketches;
  /** the greatest length a vector ever had here, at least 1 */
  private longest = 1;

  constructor(dimensions: number) {
    if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MAX_DIMENSIONS)
      throw new RangeError(`a vector has 1 to ${MAX_DIMENSIONS} dimensions, not ${dimensions}`);
    this.dimensions = dimensions;
    this.stride = Math.ceil(dimensions / 4) * 4;
    this.kernel = makeKernel(2);
    [this.values, this.scores, this.chosen] = this.views();
    this.sketches = new Sketches(dimensions);
  }
  get size(): number {
    return this.rowOfId.size;
  }
  has(id: number): boolean {
    return this.rowOfId.has(id);
  }
  ids(): IterableIterator<number> {
    return this.rowOfId.keys();
  }
  /** The id of a row below `size`, in no order that means anything. */
  idAt(row: number): number {
    return this.idOfRow[row] ?? -1;
  }
  /** A checksum of the vector under `id`. */
  checkOf(id: number): number {
    return this.checks[this.rowOfId.get(id) ?? -1] ?? 0;
  }
  /** The vector itself, valid until the next change. */
  get(id: number): Float32Array | null {
    const row = this.rowOfId.get(id);
    return row === undefined ? null : this.at(row).subarray(0, this.dimensions);
  }
  /** false when the same vector was there. @throws RangeError on another length or a value that is not finite */
  set(id: number, vector: Float32Array): boolean {
    if (!Number.isSafeInteger(id)) throw new RangeError(`not an id: ${id}`);
    this.check(vector);
    const check = crc32(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    const known = this.rowOfId.get(id);
    if (known !== undefined && this.checks[known] === check) return false;
    const row = known ?? this.size;
    if (known === undefined) {
      this.makeRoom(row + 1);
      this.rowOfId.set(id, row);
      this.idOfRow[row] = id;
    }
    this.checks[row] = check;
    this.at(row).set(vector);
    this.sketches.set(row, vector);
    this.longest = Math.max(this.longest, lengthOf(vector));
    return true;
  }
  delete(id: number): boolean {
    const row = this.rowOfId.get(id);
    if (row === undefined) return false;
    const last = this.size - 1;
    this.rowOfId.delete(id);
    if (row !== last) {
      const moved = this.idOfRow[last] ?? 0;
      this.at(row).set(this.at(last));
      this.sketches.move(last, row);
      this.checks[row] = this.checks[last] ?? 0;
      this.idOfRow[row] = moved;
      this.rowOfId.set(moved, row);
    }
    return true;
  }
  /**
   * The `k` rows of highest inner product with `query`, best first; among `only` where given: ids (unknown ones are passed by), or
   * a question asked of each.
   */
  search(
    query: Float32Array,
    k: number,
    only?: Iterable<number> | ((id: number) => boolean),
  ): { id: number; score: number }[] {
    this.check(query);
    const best = this.nearest(k);
    if (k === 0 || this.size === 0) return [];
    const read = this.reader(query, best);
    if (typeof only === 'function') {
      // a plain loop over rows: with 100,000 of them the question costs as much as the products
      for (let row = 0, n = this.size; row < n; row++)
        if (only(plain(this.idOfRow[row] ?? 0))) read.take(row);
    } else if (only) {
      for (const id of only) {
        const row = this.rowOfId.get(id);
        if (row !== undefined) read.take(row);
      }
    } else for (let row = 0, n = this.size; row < n; row++) read.take(row);
    read.flush();
    return best.list();
  }
  /**
   * The same by reading the sketches of all rows and only those rows whole that may be among the nearest: of the `k` nearest
   * about one in a thousand is missed, whatever the filter, which is asked only of what is near, and once. It is quickest where
   * `share` says about how many the filter lets through. 0.5 to 1.5 ms for 100,000 × 384.
   */
  searchNearly(
    query: Float32Array,
    k: number,
    only?: (id: number) => boolean,
    share = 1,
  ): { id: number; score: number }[] {
    this.check(query);
    const best = this.nearest(k);
    const n = this.size;
    if (k === 0 || n === 0) return [];
    const { sketches } = this;
    sketches.estimate(query, n);
    searchNearly({
      sketches,
      rows: n,
      k,
      reach: lengthOf(query) * this.longest || 1,
      share: Math.max(share, 1 / n),
      read: this.reader(query, best, only),
      best,
    });
    return best.list();
  }
  private nearest(k: number): Nearest {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`not a number of neighbours: ${k}`);
    return new Nearest(Math.min(k, this.size));
  }
  /**
   * Reads rows against `query` a chunk at a time into `best`, asking `only` of those near enough: to ask can be dearer than to read.
   * `take` tells how many it holds unread.
   */
  private reader(
    query: Float32Array,
    best: Nearest,
    only?: (id: number) => boolean,
  ): { take(row: number): number; flush(): void } {
    this.values.fill(0, 0, this.stride);
    this.values.set(query, 0);
    let held = 0;
    const flush = (): void => {
      const { chosen, scores, idOfRow } = this;
      this.kernel.gather(0, ROWS_AT, INDEX_AT, held, this.stride * 4, OUT_AT);
      let bar = best.bar;
      for (let i = 0; i < held; i++) {
        const score = scores[i] ?? 0;
        if (score < bar) continue;
        const id = plain(idOfRow[chosen[i] ?? 0] ?? 0);
        if (only && !only(id)) continue;
        best.offer(id, score);
        bar = best.bar;
      }
      held = 0;
    };
    return {
      flush,
      take: (row) => {
        this.chosen[held++] = row;
        if (held === CHUNK) flush();
        return held;
      },
    };
  }
  private at(row: number): Float32Array {
    const from = ROWS_AT / 4 + row * this.stride;
    return this.values.subarray(from, from + this.stride);
  }
  private check(vector: Float32Array): void {
    if (vector.length !== this.dimensions)
      throw new RangeError(`a vector of ${vector.length} where ${this.dimensions} are wanted`);
    for (const x of vector)
      if (!Number.isFinite(x)) throw new RangeError('a vector with a value that is not finite');
  }
  private views(): [Float32Array, Float32Array, Int32Array] {
    const { buffer } = this.kernel.memory;
    return [
      new Float32Array(buffer),
      new Float32Array(buffer, OUT_AT, CHUNK),
      new Int32Array(buffer, INDEX_AT, CHUNK),
    ];
  }
  private makeRoom(rows: number): void {
    if (rows > this.idOfRow.length) {
      const ids = new Float64Array(rows * 2);
      const checks = new Uint32Array(rows * 2);
      ids.set(this.idOfRow);
      checks.set(this.checks);
      this.idOfRow = ids;
      this.checks = checks;
    }
    const has = this.kernel.memory.buffer.byteLength / PAGE;
    const needs = 1 + Math.ceil((rows * this.stride * 4) / PAGE);
    if (needs <= has) return;
    if (needs > MAX_PAGES) throw new RangeError(`no room for ${rows} vectors`);
    this.kernel.memory.grow(Math.min(MAX_PAGES, Math.max(needs, Math.ceil(has * 1.5))) - has);
    [this.values, this.scores, this.chosen] = this.views();
  }
}

/** Where it fits, as the kind of number that is quick to ask about. */
const plain = (id: number): number => ((id | 0) === id ? id | 0 : id);

const lengthOf = (vector: Float32Array): number => {
  let square = 0;
  for (const x of vector) square += x * x;
  return Math.sqrt(square);
};
