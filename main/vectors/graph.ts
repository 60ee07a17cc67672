import type { Worker } from 'node:worker_threads';
import { entryFile, startWorker, Thread } from '../kernel/thread.ts';
import type { GraphCalls, GraphSettings, OpenedGraph } from './graph-worker.ts';
import type { Found, VectorMatrix } from './matrix.ts';

/** rows sent at a time while a graph is built: about a quarter of a second of its thread */
const BATCH = 500;
const SEARCH_BREADTH = 256;
/** far down its list a graph is less sure: the walk is wider than what is taken from it */
const WIDER = 5;
const NEIGHBOURS = 10;
/** rows asked for when its recall is measured */
const MEASURED = 100;

/**
 * An HNSW graph over a snapshot of a matrix, in a thread of its own, kept as a file. What has changed since is told by checksums:
 * such ids are never found here.
 */
export interface Graph {
  readonly recall: number;
  readonly fileBytes: number | null;
  /** how many ids it holds */
  readonly size: number;
  /** Whether it holds this id with the vector it has now. */
  holds(id: number): boolean;
  /** Of the `candidates` nearest those that still are as they were, best first. */
  search(query: Float32Array, candidates: number): Promise<Found[]>;
}

export interface GraphThread {
  /** The graph on disk, if there is one that can be trusted. Rejects where there is no native library. */
  open(): Promise<Graph | null>;
  /** Builds one of all rows and writes it down; null when `stopped`. `exact` is what its recall is measured against. */
  build(o: {
    readonly stopped: () => boolean;
    readonly exact: (query: Float32Array, k: number) => Promise<readonly Found[]>;
    readonly notWritten: (error: unknown) => void;
  }): Promise<Graph | null>;
  close(): Promise<void>;
}

/** Starts the thread that owns a graph over `matrix`. */
export function startGraph(
  matrix: VectorMatrix,
  settings: GraphSettings,
  openThread: () => Worker = () => startWorker(entryFile(import.meta.url, 'graph-worker', 'graph-worker')),
): GraphThread {
  const thread = new Thread<GraphCalls>(openThread());
  const graphOf = ({ ids, checks, recall }: OpenedGraph, fileBytes: number | null): Graph => {
    const checkOf = new Map(Array.from(ids, (id, label) => [id, checks[label]]));
    const holds = (id: number): boolean => matrix.has(id) && matrix.checkOf(id) === checkOf.get(id);
    return {
      recall,
      fileBytes,
      size: ids.length,
      holds,
      async search(query, candidates) {
        const k = Math.min(candidates, ids.length);
        const { labels, distances } = await thread.call('search', {
          ...{ query, k },
          breadth: Math.max(SEARCH_BREADTH, WIDER * k),
        });
        return Array.from(labels, (label, i) => ({
          id: ids[label] ?? -1,
          score: 1 - (distances[i] ?? 1),
        })).filter(({ id }) => holds(id));
      },
    };
  };
  const measure = async (
    graph: Graph,
    exact: (query: Float32Array, k: number) => Promise<readonly Found[]>,
    stopped: () => boolean,
  ): Promise<number> => {
    const ids = [...matrix.ids()];
    let right = 0;
    let wanted = 0;
    for (let i = 0; i < MEASURED && !stopped(); i++) {
      const query = matrix.get(ids[Math.floor((i * ids.length) / MEASURED)] ?? -1)?.slice();
      if (!query) continue;
      const truth = await exact(query, NEIGHBOURS);
      const found = (await graph.search(query, NEIGHBOURS)).slice(0, NEIGHBOURS);
      // many may be equally near: what is found has to be as near as the right ones
      const least = (truth.at(-1)?.score ?? 0) - 1e-6;
      right += found.filter(({ score }) => score >= least).length;
      wanted += truth.length;
    }
    return wanted > 0 ? Math.min(1, right / wanted) : 1;
  };

  return {
    async open() {
      const opened = await thread.call('open', settings);
      return opened && graphOf(opened, opened.bytes);
    },
    async build({ stopped, exact, notWritten }) {
      const wanted = [...matrix.ids()];
      const ids: number[] = [];
      const checks: number[] = [];
      await thread.call('begin', { settings, capacity: wanted.length });
      for (let from = 0; from < wanted.length; from += BATCH) {
        if (stopped()) return null;
        const here = wanted.slice(from, from + BATCH).filter((id) => matrix.has(id));
        const vectors = new Float32Array(here.length * matrix.dimensions);
        here.forEach((id, i) => {
          vectors.set(matrix.get(id) ?? [], i * matrix.dimensions);
          ids.push(id);
          checks.push(matrix.checkOf(id));
        });
        await thread.call('add', vectors);
      }
      const made = { ids: Float64Array.from(ids), checks: Uint32Array.from(checks), recall: 0, bytes: 0 };
      const recall = await measure(graphOf(made, null), exact, stopped);
      const bytes = await thread.call('save', { ...made, recall }).catch((error: unknown) => {
        // the graph in memory goes on; it is built again at the next start
        notWritten(error);
        return null;
      });
      return graphOf({ ...made, recall }, bytes);
    },
    close: () => thread.close(),
  };
}
