import { Cancelled } from '../kernel/errors.ts';
import { type NeighbourLists, type PairsOptions, toDistance } from './all-pairs.ts';

const LINKS = 16;
const BUILD_BREADTH = 100;
const SEED = 100;
const SLICE = 200;

/**
 * The k-NN graph of all rows through a passing HNSW graph: nearly exact (recall about 0.99), and in less than quadratic time.
 * Rejects where hnswlib-node is not there. To be used in a worker.
 */
export async function graphNeighbours(
  matrix: Float32Array,
  n: number,
  d: number,
  k: number,
  o: PairsOptions = {},
): Promise<NeighbourLists> {
  const loaded = await import('hnswlib-node');
  const Native = loaded.default?.HierarchicalNSW ?? loaded.HierarchicalNSW;
  const graph = new Native('ip', d);
  graph.initIndex({ maxElements: Math.max(1, n), m: LINKS, efConstruction: BUILD_BREADTH, randomSeed: SEED });
  const row = (i: number): number[] => Array.from(matrix.subarray(i * d, (i + 1) * d));
  const pause = async (done: number): Promise<void> => {
    if (done % SLICE !== 0) return;
    if (o.stopped?.()) throw new Cancelled('stopped between slices');
    o.progress?.(done, 2 * n);
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (let i = 0; i < n; i++) {
    graph.addPoint(row(i), i);
    await pause(i);
  }
  graph.setEf(Math.max(96, 2 * (k + 1)));
  const ids = new Int32Array(n * k).fill(-1);
  const distances = new Float32Array(n * k).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    const found = graph.searchKnn(row(i), Math.min(n, k + 1));
    let to = i * k;
    found.neighbors.forEach((j, t) => {
      if (j === i || to === (i + 1) * k) return;
      ids[to] = j;
      distances[to++] = toDistance(1 - (found.distances[t] ?? 1));
    });
    await pause(n + i);
  }
  return { k, ids, distances };
}
