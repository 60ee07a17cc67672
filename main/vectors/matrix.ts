import { crc32 } from 'node:zlib';
import { dot, Nearest } from './nearest.ts';

/** A vector found: its id and its inner product with the query (the cosine, for unit vectors). */
export type Found = { readonly id: number; readonly score: number };
/** Which ids may be found: a set of them, or a question asked of each. */
export type Allow = ReadonlySet<number> | ((id: number) => boolean);

const FIRST_ROWS = 64;

/**
 * Vectors of one length under numeric ids, in one block of memory that grows. Rows are dense: taking one out moves the last into its
 * place. 100,000 × 384 are read in about 25 ms.
 */
export class VectorMatrix {
  readonly dimensions: number;
  /** row after row; replaced when it grows */
  values: Float32Array;
  /** called with each row whose vector changed */
  private readonly touched: (row: number) => void;
  private readonly idOfRow: number[] = [];
  private readonly checks: number[] = [];
  private readonly rowOfId = new Map<number, number>();

  constructor(dimensions: number, touched: (row: number) => void = () => {}) {
    if (!Number.isInteger(dimensions) || dimensions < 1)
      throw new RangeError(`not a number of dimensions: ${dimensions}`);
    this.dimensions = dimensions;
    this.touched = touched;
    this.values = new Float32Array(FIRST_ROWS * dimensions);
  }
  get size(): number {
    return this.idOfRow.length;
  }
  has(id: number): boolean {
    return this.rowOfId.has(id);
  }
  ids(): IterableIterator<number> {
    return this.rowOfId.keys();
  }
  /** The id of a row below `size`. */
  idAt(row: number): number {
    return this.idOfRow[row] ?? -1;
  }
  /** A checksum of the vector under `id`; −1 where there is none. */
  checkOf(id: number): number {
    return this.checks[this.rowOfId.get(id) ?? -1] ?? -1;
  }
  /** The vector itself, valid until the next change. */
  get(id: number): Float32Array | null {
    const row = this.rowOfId.get(id);
    return row === undefined ? null : this.at(row);
  }
  /** false when the same vector was there. @throws RangeError on another length or a value that is not finite */
  set(id: number, vector: Float32Array): boolean {
    if (!Number.isSafeInteger(id)) throw new RangeError(`not an id: ${id}`);
    this.check(vector);
    const check = crc32(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    const known = this.rowOfId.get(id);
    if (known !== undefined && this.checks[known] === check) return false;
    const row = known ?? this.idOfRow.push(id) - 1;
    this.rowOfId.set(id, row);
    this.makeRoom(row + 1);
    this.checks[row] = check;
    this.at(row).set(vector);
    this.touched(row);
    return true;
  }
  delete(id: number): boolean {
    const row = this.rowOfId.get(id);
    if (row === undefined) return false;
    this.rowOfId.delete(id);
    const moved = this.idOfRow.pop() ?? -1;
    const check = this.checks.pop() ?? 0;
    if (moved === id) return true;
    this.at(row).set(this.at(this.idOfRow.length));
    this.idOfRow[row] = moved;
    this.checks[row] = check;
    this.rowOfId.set(moved, row);
    this.touched(row);
    return true;
  }
  /** The `k` rows of highest inner product with `query` by reading all that are allowed, best first: O(n · d). */
  search(query: Float32Array, k: number, allow?: Allow): Found[] {
    this.check(query);
    const best = new Nearest(k);
    const offer = (row: number): void => best.offer(this.idAt(row), this.score(row, query));
    if (typeof allow === 'object') {
      for (const id of allow) {
        const row = this.rowOfId.get(id);
        if (row !== undefined) offer(row);
      }
    } else for (let row = 0; row < this.size; row++) if (!allow || allow(this.idAt(row))) offer(row);
    return best.list();
  }
  score(row: number, query: Float32Array): number {
    return dot(this.values, row * this.dimensions, query);
  }
  /** @throws RangeError on another length or a value that is not finite */
  check(vector: Float32Array): void {
    if (vector.length !== this.dimensions)
      throw new RangeError(`a vector of ${vector.length} where ${this.dimensions} are wanted`);
    for (const x of vector)
      if (!Number.isFinite(x)) throw new RangeError('a vector with a value that is not finite');
  }
  private at(row: number): Float32Array {
    return this.values.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }
  private makeRoom(rows: number): void {
    if (rows * this.dimensions <= this.values.length) return;
    const larger = new Float32Array(Math.ceil(rows * 1.5) * this.dimensions);
    larger.set(this.values);
    this.values = larger;
  }
}
