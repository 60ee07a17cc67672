// Owns one HNSW graph (Malkov & Yashunin, IEEE TPAMI 2020) of hnswlib: builds, searches, saves. Nobody else touches the native
// object. Its inputs were checked by the sender: it takes numbers of the right length only.
import type { HierarchicalNSW } from 'hnswlib-node';
import { serveThread } from '../kernel/thread.ts';
import { findGraph, type GraphMeta, type GraphPlace, removeAll, saveGraph } from './graph-file.ts';
import { byPlainPath } from './plain-path.ts';

export type GraphSettings = {
  readonly place: GraphPlace;
  readonly embedder: string;
  readonly dimensions: number;
  /** M: links a point */
  readonly links: number;
  /** candidates looked at while building */
  readonly breadth: number;
};
/** What a graph on disk says of itself. */
export type OpenedGraph = Pick<GraphMeta, 'ids' | 'checks' | 'recall'> & { readonly bytes: number };
export type GraphCalls = {
  /** loads what is on disk, if it is right */
  open: { in: GraphSettings; out: OpenedGraph | null };
  /** begins a new, empty graph; the old one and its files are dropped */
  begin: { in: { readonly settings: GraphSettings; readonly capacity: number }; out: undefined };
  /** row i of the vectors gets the next label */
  add: { in: Float32Array; out: undefined };
  search: {
    in: { readonly query: Float32Array; readonly k: number; readonly breadth: number };
    out: { readonly labels: Int32Array; readonly distances: Float32Array };
  };
  /** @returns bytes on disk */
  save: { in: Pick<GraphMeta, 'ids' | 'checks' | 'recall'>; out: number };
};

/** the same points in the same order make the same graph */
const SEED = 100;

const loaded = await import('hnswlib-node').catch(() => null);
let settings: GraphSettings | null = null;
let graph: HierarchicalNSW | null = null;
let count = 0;

const opened = (): GraphSettings => {
  if (!settings) throw new Error('not opened');
  return settings;
};
const current = (): HierarchicalNSW => {
  if (!graph) throw new Error('no graph');
  return graph;
};
const newGraph = (): HierarchicalNSW => {
  const Native = loaded?.default?.HierarchicalNSW ?? loaded?.HierarchicalNSW;
  if (!Native) throw new Error('hnswlib-node does not load here');
  // inner product of unit vectors is their cosine; the library's `cosine` would normalise each again
  return new Native('ip', opened().dimensions);
};

serveThread<GraphCalls>({
  open(wanted) {
    settings = wanted;
    const fresh = newGraph();
    const found = findGraph(wanted.place, wanted);
    if (!found) return null;
    try {
      byPlainPath(found.file, (file) => fresh.readIndexSync(file));
    } catch {
      return null;
    }
    graph = fresh;
    const { ids, checks, recall } = found.meta;
    return { ids, checks, recall, bytes: found.bytes };
  },
  begin({ settings: wanted, capacity }) {
    settings = wanted;
    removeAll(wanted.place);
    graph = newGraph();
    count = 0;
    graph.initIndex({
      maxElements: capacity,
      m: wanted.links,
      efConstruction: wanted.breadth,
      randomSeed: SEED,
    });
  },
  add(vectors) {
    const { dimensions } = opened();
    for (let at = 0; at < vectors.length; at += dimensions)
      current().addPoint(Array.from(vectors.subarray(at, at + dimensions)), count++);
  },
  search({ query, k, breadth }) {
    current().setEf(breadth);
    const { neighbors, distances } = current().searchKnn(Array.from(query), k);
    return { labels: Int32Array.from(neighbors), distances: Float32Array.from(distances) };
  },
  save(meta) {
    const { embedder, dimensions, links, place } = opened();
    return saveGraph(place, { embedder, dimensions, links, ...meta }, (file) =>
      byPlainPath(file, (plain) => current().writeIndexSync(plain)),
    );
  },
});
