import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { IndexStatus } from '../api/contract/clusters.ts';
import type { Log } from '../log.ts';
import { hash32 } from './embed-hashed.ts';
import { type GraphClient, NoNativeIndex, startGraph } from './graph-client.ts';
import { removeAll } from './graph-file.ts';
import type { GraphSettings } from './graph-worker.ts';
import { VectorMatrix } from './matrix.ts';

/** A vector found: its id and its cosine similarity to the query (for unit vectors). */
export type Found = { readonly id: number; readonly score: number };
/** Which ids may be found: a set of them, or a question asked of each. */
export type Allow = ReadonlySet<number> | ((id: number) => boolean);

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
  /** Resolves once everything put in so far is in the graph (at once where none is used). */
  settled(): Promise<void>;
  /** Writes the graph down where it is worth it; or, when another index takes its place, leaves nothing behind. */
  close(o?: { readonly discard: boolean }): Promise<void>;
}

export type VectorIndexOptions = {
  /** where the index files may be kept; they can be taken away at any time */
  readonly dir: string;
  readonly name: string;
  readonly embedderId: string;
  readonly dimensions: number;
  readonly log: Log;
  /** up to so many vectors sketches are quicker than a graph, and none is built */
  readonly graphFrom?: number;
  /** up to so many rows are read rather than walking the graph: those a filter lets through, those not in the graph yet */
  readonly scanRows?: number;
  /** share of embeddings found in the cache, for the status */
  readonly cacheHitRate?: () => number | null;
  /** starts the graph's thread; a test plants another */
  readonly startWorker?: () => Worker;
};

/** where walking the graph takes as long as reading everybody's sketch, measured with SEARCH_BREADTH */
const GRAPH_FROM = 300_000;
/** so many rows are read whole in about half a millisecond */
const SCAN_ROWS = 3_000;
const LINKS = 16;
const BUILD_BREADTH = 200;
const SEARCH_BREADTH = 256;
const WIDER = 5;
/** the widest walk tried for a filter before sketches are read */
const MOST_CANDIDATES = 400;
const BATCH = 500;
const DEAD_SHARE = 0.3;
/** a graph on disk this much out of date is written again */
const SAVE_SHARE = 0.05;
/** ids asked for to learn how many a filter lets through: until so many have passed, and no more than that in all */
const PASSED = 8;
const SAMPLE = 400;

/** Opens an index: empty, to be filled with `upsert`. Vectors live in the store; this is a cache that can be rebuilt. */
export function openVectorIndex(o: VectorIndexOptions): VectorIndex {
  const graphFrom = o.graphFrom ?? GRAPH_FROM;
  const scanRows = o.scanRows ?? SCAN_ROWS;
  const log = o.log.area('vectors');
  const matrix = new VectorMatrix(o.dimensions);
  const settings: GraphSettings = {
    place: {
      dir: path.resolve(o.dir),
      name: `${o.name}-${o.dimensions}-${hash32(o.embedderId, 0).toString(16)}`.replaceAll(/[^\w-]/g, '_'),
    },
    embedder: o.embedderId,
    dimensions: o.dimensions,
    links: LINKS,
    breadth: BUILD_BREADTH,
  };
  let client: GraphClient | null = null;
  let state: IndexStatus['state'] = 'ready';
  let fileBytes: number | null = null;
  /** what the graph holds: label ↔ id */
  const labelOf = new Map<number, number>();
  let idOf: number[] = [];
  let checks: number[] = [];
  /** ids whose vector in the graph is missing or old; they are searched exactly */
  const waiting = new Set<number>();
  /** labels to be marked as deleted */
  let dead: number[] = [];
  let tombstones = 0;
  let changes = 0;
  let closed = false;
  let failed = false;
  let pumping: Promise<void> | null = null;

  const forgetLabel = (id: number): void => {
    const label = labelOf.get(id);
    if (label === undefined) return;
    labelOf.delete(id);
    idOf[label] = -1;
    dead.push(label);
    tombstones++;
    changes++;
  };
  const wantsGraph = (): boolean => matrix.size > graphFrom && !failed && !closed;
  const clear = (): void => {
    labelOf.clear();
    idOf = [];
    checks = [];
    dead = [];
    tombstones = 0;
    waiting.clear();
    for (const id of matrix.ids()) waiting.add(id);
  };
  const adopt = (ids: Float64Array, sums: Uint32Array): void => {
    clear();
    ids.forEach((id, label) => {
      idOf.push(id);
      checks.push(sums[label] ?? 0);
      if (id < 0) tombstones++;
      else labelOf.set(id, label);
    });
    for (const [id, label] of [...labelOf]) {
      if (matrix.has(id) && matrix.checkOf(id) === checks[label]) waiting.delete(id);
      else forgetLabel(id);
    }
    changes = dead.length;
  };

  const begin = async (): Promise<GraphClient> => {
    if (client) return client;
    const started = await startGraph(settings, o.startWorker);
    client = started.client;
    adopt(started.found.ids, started.found.checks);
    fileBytes = started.found.bytes || null;
    return client;
  };
  const startOver = async (graph: GraphClient): Promise<void> => {
    clear();
    fileBytes = null;
    changes = 0;
    await graph.ask({ type: 'fresh', capacity: Math.ceil(matrix.size * 1.2) + 1_000 }, 'done');
  };
  const addBatch = async (graph: GraphClient): Promise<void> => {
    const batch = waiting.values().take(BATCH).toArray();
    const labels = Int32Array.from(batch, (_, i) => idOf.length + i);
    const vectors = new Float32Array(batch.length * o.dimensions);
    const marked = Int32Array.from(dead);
    dead = [];
    const sums = batch.map((id, i) => {
      vectors.set(matrix.get(id) ?? [], i * o.dimensions);
      return matrix.checkOf(id);
    });
    // labels are taken before the answer: whatever happens, none is used twice
    batch.forEach((_, i) => {
      idOf.push(-1);
      checks.push(sums[i] ?? 0);
    });
    await graph.ask({ type: 'add', labels, vectors, dead: marked }, 'done');
    batch.forEach((id, i) => {
      const label = labels[i] ?? 0;
      changes++;
      // changed or removed meanwhile: this label is dead on arrival
      if (!matrix.has(id) || matrix.checkOf(id) !== sums[i]) {
        dead.push(label);
        tombstones++;
        return;
      }
      idOf[label] = id;
      labelOf.set(id, label);
      waiting.delete(id);
    });
  };
  const save = async (graph: GraphClient): Promise<void> => {
    if (labelOf.size === 0) return;
    const now = changes;
    try {
      const { bytes } = await graph.ask(
        { type: 'save', ids: Float64Array.from(idOf), checks: Uint32Array.from(checks) },
        'saved',
      );
      fileBytes = bytes;
      changes -= now;
    } catch (error) {
      // the graph in memory goes on; it is built again at the next start
      log.warn('index not written', { index: o.name, detail: String(error) });
    }
  };
  const pump = async (): Promise<void> => {
    try {
      const graph = await begin();
      while (wantsGraph() && (waiting.size || dead.length)) {
        if (idOf.length === 0 || tombstones > DEAD_SHARE * idOf.length) {
          state = idOf.length ? 'rebuilding' : state === 'rebuilding' ? state : 'building';
          await startOver(graph);
        }
        await addBatch(graph);
      }
      if (wantsGraph() && (fileBytes === null || changes > SAVE_SHARE * labelOf.size)) await save(graph);
      state = 'ready';
    } catch (error) {
      failed = true;
      state = 'unavailable';
      const gone = client;
      client = null;
      await gone?.close();
      log.warn(
        error instanceof NoNativeIndex ? 'no HNSW library: exact search only' : 'HNSW index given up',
        {
          index: o.name,
          detail: String(error),
        },
      );
    }
  };
  const schedule = (): void => {
    if (pumping || !wantsGraph() || !(waiting.size || dead.length)) return;
    if (state === 'ready' && labelOf.size === 0) state = 'building';
    pumping = pump().finally(() => {
      pumping = null;
      schedule();
    });
  };

  const exact = (query: Float32Array, k: number, allow?: Allow): Found[] => matrix.search(query, k, allow);
  /** By sketches where there are enough rows for that to be worth it. */
  const read = (
    query: Float32Array,
    k: number,
    isAllowed: ((id: number) => boolean) | null,
    share: number,
  ): Found[] =>
    matrix.size <= scanRows
      ? matrix.search(query, k, isAllowed ?? undefined)
      : matrix.searchNearly(query, k, isAllowed ?? undefined, share);
  const status = (): IndexStatus => ({
    name: o.name,
    embedder: o.embedderId,
    dimensions: o.dimensions,
    vectors: matrix.size,
    mode: client && state === 'ready' && wantsGraph() ? 'hnsw' : matrix.size > scanRows ? 'sketch' : 'exact',
    state,
    cacheHitRate: o.cacheHitRate?.() ?? null,
    fileBytes,
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
      for (const { id, vector } of items) {
        if (!matrix.set(id, vector)) continue;
        forgetLabel(id);
        waiting.add(id);
      }
      schedule();
    },
    remove(ids) {
      for (const id of ids) {
        if (!matrix.delete(id)) continue;
        forgetLabel(id);
        waiting.delete(id);
      }
      schedule();
    },
    async search(query, k, allow) {
      const graph = client;
      const ready = graph && wantsGraph() && labelOf.size > 0 && waiting.size <= scanRows;
      const isAllowed = !allow ? null : typeof allow === 'function' ? allow : (id: number) => allow.has(id);
      const share = isAllowed ? shareOf(matrix, isAllowed, allow) : 1;
      if (share * matrix.size <= scanRows) return exact(query, k, allow);
      if (!ready || k < 1) return read(query, k, isAllowed, share);
      // wrong lengths and values are refused here, before the native side sees them
      const near = matrix.search(query, k, isAllowed ? [...waiting].filter(isAllowed) : waiting);
      const lately = tombstones / Math.max(1, idOf.length);
      let candidates = Math.ceil((k / share / (1 - lately)) * 1.3) + 8;
      for (; candidates <= MOST_CANDIDATES; candidates *= 3) {
        const most = Math.min(candidates, labelOf.size);
        // far down its list a graph is less sure: the walk is wider than what is taken from it
        const breadth = Math.max(SEARCH_BREADTH, WIDER * candidates);
        if (breadth * graphFrom > SEARCH_BREADTH * matrix.size) break;
        const found = await graph.ask({ type: 'search', query, k: most, breadth }, 'found').catch(() => null);
        if (!found) break;
        const hits: Found[] = [];
        found.labels.forEach((label, i) => {
          const id = idOf[label] ?? -1;
          if (id < 0 || waiting.has(id) || (isAllowed && !isAllowed(id))) return;
          hits.push({ id, score: 1 - (found.distances[i] ?? 1) });
        });
        if (hits.length < k && most < labelOf.size) continue;
        return [...near, ...hits].sort((a, b) => b.score - a.score || a.id - b.id).slice(0, k);
      }
      return read(query, k, isAllowed, share);
    },
    searchExactly: exact,
    status,
    async rebuild() {
      failed = false;
      if (wantsGraph()) {
        state = 'rebuilding';
        await pumping;
        const graph = await begin().catch(() => null);
        state = 'rebuilding';
        if (graph) await startOver(graph);
        else clear();
        schedule();
        await pumping;
      } else state = 'ready';
      return status();
    },
    async settled() {
      while (pumping !== null) await pumping;
    },
    async close({ discard } = { discard: false }) {
      const graph = client;
      const whole = !discard && wantsGraph() && changes > 0;
      closed = true; // the pump stops after its batch
      await pumping;
      if (graph && whole) await save(graph);
      client = null;
      await graph?.close();
      if (discard) removeAll(settings.place);
    },
  };
}

/** How much of the index a filter lets through: exact for a set, by a sample for a question. */
function shareOf(matrix: VectorMatrix, isAllowed: (id: number) => boolean, allow: Allow | undefined): number {
  if (matrix.size === 0) return 0;
  if (typeof allow === 'object') return Math.min(1, allow.size / matrix.size);
  const most = Math.min(SAMPLE, matrix.size);
  let passed = 0;
  let asked = 0;
  // rows by chance: filters are often regular in the ids
  while (asked < most && passed < PASSED)
    if (isAllowed(matrix.idAt(Math.floor(((Math.imul(++asked, 0x9e3779b1) >>> 0) / 2 ** 32) * matrix.size))))
      passed++;
  // stopped at one that passes: that one says nothing
  return passed === PASSED ? (passed - 1) / (asked - 1) : passed / asked;
}
