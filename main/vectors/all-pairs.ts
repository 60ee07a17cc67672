import type { InferenceSession } from 'onnxruntime-node';
import { Cancelled } from '../kernel/errors.ts';
import { dot, Nearest } from './nearest.ts';
import { productModel } from './onnx-model.ts';

export type PairsOptions = {
  /** asked between blocks; true ends the work with Cancelled */
  readonly stopped?: (() => boolean) | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
};
/** The `k` nearest other rows of each row, nearest first: `ids[i * k + t]`, −1 where there are fewer; cosine distances beside. */
export type NeighbourLists = {
  readonly k: number;
  readonly ids: Int32Array;
  readonly distances: Float32Array;
};
/** Inner products of all rows of a matrix with each other, in blocks. */
export interface AllPairs {
  /** false: without onnxruntime */
  readonly native: boolean;
  nearest(k: number, o?: PairsOptions): Promise<NeighbourLists>;
  /** Hands over the products of the rows `rows` with all rows: `products[i * n + j]` of `rows[from + i]` and row j. */
  products(
    rows: Int32Array,
    visit: (from: number, count: number, products: Float32Array) => void,
    o?: PairsOptions,
  ): Promise<void>;
  close(): Promise<void>;
}

/** fewer rows are done before onnxruntime is loaded */
const NATIVE_ROWS = 1_000;
/** products a block may hold, and rows */
const BLOCK = 8_000_000;
const BLOCK_ROWS = 512;
/** below this, a distance is rounding: the vectors are the same */
const SAME = 2e-6;

export const toDistance = (product: number): number => (1 - product < SAME ? 0 : 1 - product);

/**
 * Prepares the products of a matrix of `n` L2-normalised rows of `d` values. With onnxruntime (where it is there and loads)
 * 10,000 × 10,000 × 384 takes about a second a core, with a plain loop some twenty; results agree up to rounding and ties.
 * To be used in a worker: each block holds its thread, and a thread inside onnxruntime must not be terminated.
 */
export async function openAllPairs(
  matrix: Float32Array,
  n: number,
  d: number,
  { native = n >= NATIVE_ROWS, threads = 1 }: { native?: boolean; threads?: number } = {},
): Promise<AllPairs> {
  if (!Number.isInteger(n) || !Number.isInteger(d) || n < 0 || d < 1 || matrix.length < n * d)
    throw new RangeError(`a matrix of ${matrix.length} values is not ${n} × ${d}`);
  const values = matrix.subarray(0, n * d);
  const opened = native && n > 0 ? await openNative(values, n, d, threads).catch(() => null) : null;
  const multiply = opened?.multiply ?? multiplyPlainly(values, n, d);
  const products: AllPairs['products'] = async (rows, visit, o = {}) => {
    const most = Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK / Math.max(1, n))));
    for (let from = 0; from < rows.length; from += most) {
      if (o.stopped?.()) throw new Cancelled('stopped between blocks');
      const wanted = rows.subarray(from, from + most);
      const block = new Float32Array(wanted.length * d);
      wanted.forEach((row, i) => {
        block.set(values.subarray(row * d, (row + 1) * d), i * d);
      });
      visit(from, wanted.length, await multiply(block, wanted.length));
      o.progress?.(from + wanted.length, rows.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    native: opened !== null,
    products,
    async nearest(k, o) {
      const ids = new Int32Array(n * k).fill(-1);
      const distances = new Float32Array(n * k).fill(Number.POSITIVE_INFINITY);
      const everyRow = Int32Array.from({ length: k > 0 ? n : 0 }, (_, i) => i);
      const keep = (from: number, count: number, scores: Float32Array): void => {
        for (let i = from; i < from + count; i++) {
          const best = new Nearest(k);
          const at = (i - from) * n;
          for (let j = 0; j < n; j++) {
            const score = scores[at + j] ?? 0;
            if (score >= best.bar && j !== i) best.offer(j, score);
          }
          best.list().forEach(({ id, score }, t) => {
            ids[i * k + t] = id;
            distances[i * k + t] = toDistance(score);
          });
        }
      };
      await products(everyRow, keep, o);
      return { k, ids, distances };
    },
    close: async () => opened?.session.release(),
  };
}

/** The k-NN graph of all rows: exact. @see openAllPairs */
export async function exactNeighbours(
  matrix: Float32Array,
  n: number,
  d: number,
  k: number,
  o: PairsOptions & { readonly native?: boolean; readonly threads?: number } = {},
): Promise<NeighbourLists> {
  const pairs = await openAllPairs(matrix, n, d, o);
  try {
    return await pairs.nearest(k, o);
  } finally {
    await pairs.close();
  }
}

/** `count` rows of d values → their products with all n rows. */
type Multiply = (rows: Float32Array, count: number) => Promise<Float32Array> | Float32Array;

async function openNative(
  values: Float32Array,
  n: number,
  d: number,
  threads: number,
): Promise<{ readonly session: InferenceSession; readonly multiply: Multiply }> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(productModel(), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // an arena would keep the largest block for good
    enableCpuMemArena: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const x = new Tensor('float32', values, [n, d]);
  return {
    session,
    async multiply(rows, count) {
      const { s } = await session.run({ q: new Tensor('float32', rows, [count, d]), x });
      return s?.data as Float32Array;
    },
  };
}

const multiplyPlainly =
  (values: Float32Array, n: number, d: number): Multiply =>
  (rows, count) => {
    const products = new Float32Array(count * n);
    for (let i = 0; i < count; i++) {
      const query = rows.subarray(i * d, (i + 1) * d);
      for (let j = 0; j < n; j++) products[i * n + j] = dot(values, j * d, query);
    }
    return products;
  };
