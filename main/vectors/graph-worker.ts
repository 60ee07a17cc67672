// Owns one HNSW graph (Malkov & Yashunin, IEEE TPAMI 2020) of hnswlib: builds, searches, saves. Nobody else touches the native
// object. Its inputs were checked by the sender: it takes numbers of the right length only.
import { parentPort } from 'node:worker_threads';
import type { HierarchicalNSW } from 'hnswlib-node';
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
export type GraphRequest =
  /** load what is on disk, if it is right */
  | { readonly type: 'open'; readonly settings: GraphSettings }
  /** begin a new, empty graph; the old one is dropped, its files too */
  | { readonly type: 'fresh'; readonly capacity: number }
  /** `labels[i]` gets row i of `vectors`; `dead` are marked as deleted */
  | {
      readonly type: 'add';
      readonly labels: Int32Array;
      readonly vectors: Float32Array;
      readonly dead: Int32Array;
    }
  | { readonly type: 'search'; readonly query: Float32Array; readonly k: number; readonly breadth: number }
  | { readonly type: 'save'; readonly ids: Float64Array; readonly checks: Uint32Array }
  | { readonly type: 'close' };
export type GraphAnswer =
  | {
      readonly type: 'opened';
      readonly ids: Float64Array;
      readonly checks: Uint32Array;
      readonly bytes: number;
    }
  /** the native library is not there or does not load */
  | { readonly type: 'unavailable'; readonly detail: string }
  | { readonly type: 'found'; readonly labels: Int32Array; readonly distances: Float32Array }
  | { readonly type: 'saved'; readonly bytes: number }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly detail: string };
export type GraphMessage = { readonly id: number; readonly request: GraphRequest };
export type GraphReply = { readonly id: number; readonly answer: GraphAnswer };

/** points added before waiting searches get their turn: about 10 ms */
const SLICE = 10;
/** the same points in the same order make the same graph */
const SEED = 100;

const port = parentPort;
if (!port) throw new Error('graph-worker runs as a worker thread');

let Native: typeof HierarchicalNSW | null = null;
let settings: GraphSettings | null = null;
let graph: HierarchicalNSW | null = null;

const opened = (): GraphSettings => {
  if (!settings) throw new Error('not opened');
  return settings;
};
const newGraph = (): HierarchicalNSW => {
  if (!Native) throw new Error('not loaded');
  // inner product of unit vectors is their cosine; the library's `cosine` would normalise each again
  return new Native('ip', opened().dimensions);
};

async function open(wanted: GraphSettings): Promise<GraphAnswer> {
  settings = wanted;
  try {
    const loaded = await import('hnswlib-node');
    Native = loaded.default?.HierarchicalNSW ?? loaded.HierarchicalNSW;
    if (typeof Native !== 'function') throw new Error('hnswlib-node exports no HierarchicalNSW');
  } catch (error) {
    return { type: 'unavailable', detail: String(error) };
  }
  const none: GraphAnswer = { type: 'opened', ids: new Float64Array(), checks: new Uint32Array(), bytes: 0 };
  const found = findGraph(wanted.place, wanted);
  if (!found) return none;
  const fresh = newGraph();
  try {
    byPlainPath(found.file, (file) => fresh.readIndexSync(file));
  } catch {
    return none;
  }
  graph = fresh;
  return { type: 'opened', ids: found.meta.ids, checks: found.meta.checks, bytes: found.bytes };
}

async function add(o: GraphRequest & { type: 'add' }): Promise<GraphAnswer> {
  const { dimensions } = opened();
  const into = graph;
  if (!into) throw new Error('no graph');
  for (const label of o.dead) into.markDelete(label);
  const needed = into.getCurrentCount() + o.labels.length;
  if (needed > into.getMaxElements()) into.resizeIndex(Math.ceil(needed * 1.5));
  for (let i = 0; i < o.labels.length; i++) {
    if (i % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    const vector = Array.from(o.vectors.subarray(i * dimensions, (i + 1) * dimensions));
    into.addPoint(vector, o.labels[i] ?? 0);
  }
  return { type: 'done' };
}

function answer(request: GraphRequest): GraphAnswer | Promise<GraphAnswer> {
  switch (request.type) {
    case 'open':
      return open(request.settings);
    case 'fresh':
      removeAll(opened().place);
      graph = newGraph();
      graph.initIndex({
        maxElements: request.capacity,
        m: opened().links,
        efConstruction: opened().breadth,
        randomSeed: SEED,
      });
      return { type: 'done' };
    case 'add':
      return add(request);
    case 'search': {
      if (!graph) throw new Error('no graph');
      graph.setEf(request.breadth);
      const k = Math.min(request.k, graph.getCurrentCount());
      const { neighbors, distances } = graph.searchKnn(Array.from(request.query), k);
      return { type: 'found', labels: Int32Array.from(neighbors), distances: Float32Array.from(distances) };
    }
    case 'save': {
      const whole = graph;
      if (!whole) throw new Error('no graph');
      const { embedder, dimensions, links, place } = opened();
      const meta: GraphMeta = { embedder, dimensions, links, ids: request.ids, checks: request.checks };
      const write = (file: string): void => byPlainPath(file, (plain) => whole.writeIndexSync(plain));
      return { type: 'saved', bytes: saveGraph(place, meta, write) };
    }
    case 'close':
      graph = null;
      return { type: 'done' };
  }
}

port.on('message', ({ id, request }: GraphMessage) => {
  const reply = (a: GraphAnswer): void => port.postMessage({ id, answer: a } satisfies GraphReply);
  void (async () => {
    try {
      reply(await answer(request));
    } catch (error) {
      reply({ type: 'failed', detail: error instanceof Error ? error.message : String(error) });
    }
    if (request.type === 'close') port.close();
  })();
});
