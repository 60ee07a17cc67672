import { Cancelled } from '../errors.ts';
import { Nearest } from './nearest.ts';
import { nearestModel, productModel } from './onnx-model.ts';
import { makeKernel } from './simd-kernel.ts';
import { PAGE } from './wasm-words.ts';

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
/** floats a block of products may take */
const BLOCK = 8_000_000;
/** below this, a distance is rounding: the vectors are the same */
const SAME = 2e-6;

export const toDistance = (product: number): number => (1 - product < SAME ? 0 : 1 - product);
const throwIfStopped = (o: PairsOptions): void => {
  if (o.stopped?.()) throw new Cancelled('stopped between blocks');
};

/**
 * Prepares the products of a matrix of `n` L2-normalised rows of `d` values. With onnxruntime (where it is there and loads)
 * 10,000 × 10,000 × 384 takes about a second a core, with our own loop about five; results agree up to rounding and ties.
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
  if (native && n > 0) {
    const opened = await openNative(matrix.subarray(0, n * d), n, d, threads).catch(() => null);
    if (opened) return opened;
  }
  return openOwn(matrix, n, d);
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

const emptyLists = (n: number, k: number): NeighbourLists => ({
  k,
  ids: new Int32Array(n * k).fill(-1),
  distances: new Float32Array(n * k).fill(Number.POSITIVE_INFINITY),
});

async function openNative(matrix: Float32Array, n: number, d: number, threads: number): Promise<AllPairs> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const open = (bytes: Uint8Array) =>
    InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // an arena would keep the largest block for good
      enableCpuMemArena: false,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  const nearestSession = await open(nearestModel());
  const productSession = await open(productModel());
  const x = new Tensor('float32', matrix, [n, d]);
  const blockRows = Math.max(1, Math.min(512, Math.floor(BLOCK / n)));
  return {
    native: true,
    async nearest(k, o = {}) {
      const lists = emptyLists(n, k);
      const most = Math.min(n, k + 1);
      const wanted = new Tensor('int64', BigInt64Array.of(BigInt(most)), [1]);
      for (let from = 0; from < n && k > 0; from += blockRows) {
        throwIfStopped(o);
        const rows = Math.min(blockRows, n - from);
        const q = new Tensor('float32', matrix.subarray(from * d, (from + rows) * d), [rows, d]);
        const { v, i } = await nearestSession.run({ q, x, k: wanted });
        const scores = v?.data as Float32Array;
        const places = i?.data as BigInt64Array;
        for (let r = 0; r < rows; r++) {
          let to = (from + r) * k;
          for (let t = r * most; t < (r + 1) * most && to < (from + r + 1) * k; t++) {
            const id = Number(places[t]);
            if (id === from + r) continue;
            lists.ids[to] = id;
            lists.distances[to++] = toDistance(scores[t] ?? 0);
          }
        }
        v?.dispose();
        i?.dispose();
        o.progress?.(from + rows, n);
      }
      return lists;
    },
    async products(rows, visit, o = {}) {
      for (let from = 0; from < rows.length; from += blockRows) {
        throwIfStopped(o);
        const count = Math.min(blockRows, rows.length - from);
        const block = new Float32Array(count * d);
        for (let i = 0; i < count; i++) {
          const row = rows[from + i] ?? 0;
          block.set(matrix.subarray(row * d, (row + 1) * d), i * d);
        }
        const { s } = await productSession.run({ q: new Tensor('float32', block, [count, d]), x });
        visit(from, count, s?.data as Float32Array);
        s?.dispose();
        o.progress?.(from + count, rows.length);
      }
    },
    async close() {
      await nearestSession.release();
      await productSession.release();
    },
  };
}

/** rows that stay in the processor's second-level cache while many queries pass over them */
const TILE = 512;
const QUERIES = 256;
const INDEX_AT = 0;
const OUT_AT = 16_384;

/** Our own kernel, blocked so that each tile of rows is read from cache. */
function openOwn(matrix: Float32Array, n: number, d: number): AllPairs {
  const rowBytes = Math.ceil(d / 4) * 16;
  const kernel = makeKernel(1 + Math.ceil((n * rowBytes) / PAGE));
  const { buffer } = kernel.memory;
  const rows = new Float32Array(buffer, PAGE);
  for (let i = 0; i < n; i++) rows.set(matrix.subarray(i * d, (i + 1) * d), (i * rowBytes) / 4);
  const index = new Int32Array(buffer, INDEX_AT, TILE);
  const out = new Float32Array(buffer, OUT_AT, TILE);
  /** calls `use` with `out` filled with the products of row `query` and rows `tile` … `tile + count` */
  const sweep = (queries: Int32Array, use: (i: number, tile: number, count: number) => void): void => {
    for (let tile = 0; tile < n; tile += TILE) {
      const count = Math.min(TILE, n - tile);
      for (let i = 0; i < count; i++) index[i] = tile + i;
      queries.forEach((query, i) => {
        kernel.gather(PAGE + query * rowBytes, PAGE, INDEX_AT, count, rowBytes, OUT_AT);
        use(i, tile, count);
      });
    }
  };
  return {
    native: false,
    async nearest(k, o = {}) {
      const lists = emptyLists(n, k);
      for (let from = 0; from < n && k > 0; from += QUERIES) {
        throwIfStopped(o);
        const queries = Int32Array.from({ length: Math.min(QUERIES, n - from) }, (_, i) => from + i);
        const best = Array.from(queries, () => new Nearest(k));
        sweep(queries, (i, tile, count) => {
          const nearest = best[i];
          if (!nearest) return;
          let bar = nearest.bar;
          for (let j = 0; j < count; j++) {
            const score = out[j] ?? 0;
            if (score < bar || tile + j === from + i) continue;
            nearest.offer(tile + j, score);
            bar = nearest.bar;
          }
        });
        best.forEach((nearest, i) => {
          for (let t = 0; t < nearest.size; t++) {
            lists.ids[(from + i) * k + t] = nearest.ids[t] ?? -1;
            lists.distances[(from + i) * k + t] = toDistance(nearest.scores[t] ?? 0);
          }
        });
        o.progress?.(from + queries.length, n);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return lists;
    },
    async products(wanted, visit, o = {}) {
      const blockRows = Math.max(1, Math.min(QUERIES, Math.floor(BLOCK / Math.max(1, n))));
      for (let from = 0; from < wanted.length; from += blockRows) {
        throwIfStopped(o);
        const queries = wanted.subarray(from, from + blockRows);
        const products = new Float32Array(queries.length * n);
        sweep(queries, (i, tile, count) => products.set(out.subarray(0, count), i * n + tile));
        visit(from, queries.length, products);
        o.progress?.(from + queries.length, wanted.length);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async close() {},
  };
}
