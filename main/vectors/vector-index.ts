import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { IndexStatus } from '../clusters/contract/clusters.ts';
import { toAppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { ByteBlocks } from './byte-blocks.ts';
import { hash32 } from './embed-hashed.ts';
import { type Graph, type GraphThread, startGraph } from './graph.ts';
import { removeAll } from './graph-file.ts';
import type { GraphSettings } from './graph-worker.ts';
import { type Allow, type Found, VectorMatrix } from './matrix.ts';

export interface VectorIndex {
  readonly name: string;
  readonly size: number;
  has(id: number): boolean;
  /** A copy of the vector under `id`. */
  get(id: number): Float32Array | null;
  ids(): IterableIterator<number>;
  /** Puts unit vectors under their ids; the same vector again costs nothing. @throws RangeError on a malformed one */
  upsert(items: Iterable<{ readonly id: number; readonly vector: Float32Array }>): void;
  remove(ids: Iterable<number>): void;
  /** The `k` nearest, best first. What was put in a moment ago is found, what was removed is not. */
  search(query: Float32Array, k: number, allow?: Allow): Promise<Found[]>;
  /** The same by reading all allowed vectors, at once and without a miss: O(n · d). */
  searchExactly(query: Float32Array, k: number, allow?: Allow): Found[];
  status(): IndexStatus;
  /** Throws the graph away and builds it anew; the exact search answers meanwhile. */
  rebuild(): Promise<IndexStatus>;
  /** Resolves once everything put in so far is in the blocks of bytes, and the graph (where one is used) is built. */
  settled(): Promise<void>;
  /** Ends the graph's thread; or, when another index takes its place, leaves nothing behind. */
  close(o?: { readonly discard: boolean }): Promise<void>;
}

export type VectorIndexOptions = {
  /** where the index files may be kept; they can be taken away at any time */
  readonly dir: string;
  readonly name: string;
  readonly embedderId: string;
  readonly dimensions: number;
  readonly log: Log;
  /** up to so many vectors all are read, as bytes, and no graph is built */
  readonly graphFrom?: number;
  /** up to so many are read as they are, as floats */
  readonly scanRows?: number;
  /** share of embeddings found in the cache, for the status */
  readonly cacheHitRate?: () => number | null;
  /** starts the graph's thread; a test plants another */
  readonly openThread?: () => Worker;
};

const GRAPH_FROM = 100_000;
const LINKS = 16;
const BUILD_BREADTH = 200;
/** this share of the graph changed: it is built anew */
const STALE_SHARE = 0.1;
/** the graph is asked for so many times what is wanted, where a filter may take some away; where it takes away more, all are read */
const SPARE = 4;
/** a set of fewer than this share is read rather than searched for in the graph */
const MOST = 0.5;

/** Opens an index: empty, to be filled with `upsert`. Vectors live in the store; this is a cache that can be rebuilt. */
export function openVectorIndex(o: VectorIndexOptions): VectorIndex {
  const graphFrom = o.graphFrom ?? GRAPH_FROM;
  const log = o.log.area('vectors');
  const matrix: VectorMatrix = new VectorMatrix(o.dimensions, (row) => bytes.touch(row));
  const bytes = new ByteBlocks(matrix, o.scanRows);
  const settings = graphSettings(o);
  let thread: GraphThread | null = null;
  let graph: Graph | null = null;
  let state: IndexStatus['state'] = 'ready';
  /** ids that the graph does not hold as they are now: read beside it */
  const changed = new Set<number>();
  let removed = 0;
  let closed = false;
  let working: Promise<void> | null = null;

  const wantsGraph = (): boolean => matrix.size > graphFrom && state !== 'unavailable' && !closed;
  const isStale = (): boolean => !graph || changed.size + removed > STALE_SHARE * graph.size;
  const use = (found: Graph | null): void => {
    graph = found;
    removed = 0;
    changed.clear();
    if (found) for (const id of matrix.ids()) if (!found.holds(id)) changed.add(id);
  };
  const buildGraph = async (): Promise<void> => {
    try {
      if (!thread) {
        thread = startGraph(matrix, settings, o.openThread);
        use(await thread.open());
        if (!isStale()) return;
      }
      state = state === 'rebuilding' || graph ? 'rebuilding' : 'building';
      graph = null;
      use(
        await thread.build({
          stopped: () => closed,
          exact: (query, k) => bytes.search(query, k),
          notWritten: (error) => log.warn('index not written', { index: o.name, detail: String(error) }),
        }),
      );
      state = 'ready';
    } catch (error) {
      if (closed) return;
      state = 'unavailable';
      graph = null;
      const gone = thread;
      thread = null;
      await gone?.close();
      const detail = String(toAppError(error).cause ?? error);
      log.warn('no HNSW index: all vectors are read', { index: o.name, detail });
    }
  };
  const work = async (): Promise<void> => {
    await bytes.settled().catch((error: unknown) => {
      // rows without a block are read as they are
      log.warn('blocks of bytes not made', { index: o.name, detail: String(error) });
    });
    while (wantsGraph() && isStale()) await buildGraph();
  };
  const schedule = (): void => {
    working ??= Promise.resolve()
      .then(work)
      .finally(() => {
        working = null;
      });
  };
  const settled = async (): Promise<void> => {
    schedule();
    while (working !== null) await working;
  };
  const throughGraph = async (
    asked: Graph,
    query: Float32Array,
    k: number,
    allow?: Allow,
  ): Promise<Found[] | null> => {
    const isAllowed = typeof allow === 'object' ? (id: number) => allow.has(id) : allow;
    const near = await asked.search(query, SPARE * k).catch(() => null);
    const held = near?.filter(({ id }) => !changed.has(id) && (!isAllowed || isAllowed(id)));
    if (!held || held.length < k || asked !== graph) return null;
    const beside = matrix.search(query, k, isAllowed ? new Set([...changed].filter(isAllowed)) : changed);
    return [...beside, ...held].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k);
  };
  const status = (): IndexStatus => ({
    name: o.name,
    embedder: o.embedderId,
    dimensions: o.dimensions,
    vectors: matrix.size,
    mode: graph && wantsGraph() ? 'hnsw' : bytes.ready ? 'bytes' : 'exact',
    state,
    recall: graph && wantsGraph() ? graph.recall : null,
    cacheHitRate: o.cacheHitRate?.() ?? null,
    fileBytes: graph?.fileBytes ?? null,
  });

  return {
    name: o.name,
    get size() {
      return matrix.size;
    },
    has: (id) => matrix.has(id),
    get: (id) => matrix.get(id)?.slice() ?? null,
    ids: () => matrix.ids(),
    upsert(items) {
      for (const { id, vector } of items) if (matrix.set(id, vector)) changed.add(id);
      schedule();
    },
    remove(ids) {
      for (const id of ids) {
        if (!matrix.delete(id)) continue;
        changed.delete(id);
        removed++;
      }
      schedule();
    },
    async search(query, k, allow) {
      matrix.check(query);
      const isMost = typeof allow !== 'object' || allow.size > MOST * matrix.size;
      const found = graph && wantsGraph() && isMost ? await throughGraph(graph, query, k, allow) : null;
      return found ?? bytes.search(query, k, allow);
    },
    searchExactly: (query, k, allow) => matrix.search(query, k, allow),
    status,
    async rebuild() {
      await working;
      if (matrix.size > graphFrom) {
        state = 'rebuilding';
        graph = null;
        thread ??= startGraph(matrix, settings, o.openThread);
        await settled();
      }
      return status();
    },
    settled,
    async close({ discard } = { discard: false }) {
      closed = true;
      await thread?.close();
      await working;
      await bytes.close();
      thread = null;
      graph = null;
      if (discard) removeAll(settings.place);
    },
  };
}

const graphSettings = (o: VectorIndexOptions): GraphSettings => ({
  place: {
    dir: path.resolve(o.dir),
    name: `${o.name}-${o.dimensions}-${hash32(o.embedderId, 0).toString(16)}`.replaceAll(/[^\w-]/g, '_'),
  },
  embedder: o.embedderId,
  dimensions: o.dimensions,
  links: LINKS,
  breadth: BUILD_BREADTH,
});
