// The heavy part of clusters in a thread of its own: neighbours of all rows, once per matrix; groups; the map. It is never
// terminated: onnxruntime inside would end the process. A shared flag stops it between blocks.
import { Cancelled } from '../kernel/errors.ts';
import { serveThread } from '../kernel/thread.ts';
import {
  type AllPairs,
  graphNeighbours,
  type NeighbourLists,
  openAllPairs,
  type PairsOptions,
} from '../vectors/index.ts';
import { adjustedRand } from './compare-partitions.ts';
import { dbscan, type Partition } from './dbscan.ts';
import { findKnee, kDistances, thin } from './find-knee.ts';
import { type Folded, foldTwins, unfoldNeighbours } from './fold-twins.ts';
import { hdbscan } from './hdbscan.ts';
import { umap } from './umap.ts';

/** Unit vectors, one row a template; copied to the thread once a key. */
export type RowMatrix = {
  readonly key: string;
  readonly values: Float32Array;
  readonly n: number;
  readonly d: number;
};
type Stage = { readonly stage: string; readonly done: number; readonly total: number };
type GroupRequest = {
  /** of rows the thread holds */
  readonly key: string;
  readonly method: 'dbscan' | 'hdbscan';
  readonly eps: number | null;
  /** null: two where few are different, three where many are */
  readonly minPoints: number | null;
};
type Grouped = {
  readonly labels: Int32Array;
  readonly eps: number;
  readonly minPoints: number;
  readonly knee: number;
  readonly curve: readonly number[];
  readonly agreement: number | null;
};
type DrawRequest = {
  readonly key: string;
  readonly seed: number;
  readonly before: Float32Array;
  readonly salts: Uint32Array;
};
type Drawn = {
  readonly places: Float32Array;
  /** cosine distance of each row to its third neighbour; 2 where it has fewer */
  readonly distances: Float32Array;
};
export type MapCalls = {
  holds: { in: string; out: boolean };
  rows: { in: RowMatrix; out: undefined };
  group: { in: GroupRequest; out: Grouped; news: Stage };
  draw: { in: DrawRequest; out: Drawn; news: Stage };
};

/** rows up to which neighbours are exact; beyond, through HNSW where it loads */
const EXACT_ROWS = 30_000;
/** with few different items two alike are a group, with many it takes three */
const MANY = 100;
const NEIGHBOURS = 32;
const THIRD = 3;
const CURVE_POINTS = 500;
/** places on the k-distance curve tried as eps */
const TRIED = 40;
/** what is farther apart is not alike, however few there are: the eps found by itself stays below */
const UNLIKE = 0.7;

type Held = RowMatrix & {
  readonly folded: Folded;
  /** of the folded rows */
  lists: NeighbourLists | null;
};
let held: Held | null = null;

async function listsOf(rows: Held, k: number, o: PairsOptions): Promise<NeighbourLists> {
  const { d } = rows;
  const { values, n } = rows.folded;
  const wanted = Math.max(1, Math.min(n - 1, Math.max(k, NEIGHBOURS)));
  if (rows.lists && rows.lists.k >= wanted) return rows.lists;
  const exact = async (): Promise<NeighbourLists> => {
    const pairs = await openAllPairs(values, n, d);
    return pairs.nearest(wanted, o).finally(() => pairs.close());
  };
  rows.lists =
    n <= EXACT_ROWS
      ? await exact()
      : await graphNeighbours(values, n, d, wanted, o).catch((error: unknown) => {
          if (error instanceof Cancelled) throw error;
          return exact();
        });
  return rows.lists;
}

/**
 * The eps on the k-distance curve whose groups agree best with HDBSCAN's. The knee alone is no guide here: curves of log
 * templates rise without a corner, and just past the right value DBSCAN runs together into one group.
 */
async function tuneEps(
  curve: Float64Array,
  knee: number,
  tried: (eps: number) => Promise<Partition>,
  second: Partition,
  o: PairsOptions,
): Promise<number> {
  if (curve.length === 0) return 0.001;
  const upTo = (x: number): number => Math.min(UNLIKE, Math.max(0.001, Math.ceil(x * 1000) / 1000));
  if (second.groups === 0) return upTo(knee);
  const candidates = new Set([...thin(curve, TRIED), knee].map(upTo));
  let best = upTo(knee);
  let most = Number.NEGATIVE_INFINITY;
  for (const eps of [...candidates].sort((a, b) => a - b)) {
    if (o.stopped?.()) throw new Cancelled('stopped between values of eps');
    const agreement = adjustedRand((await tried(eps)).labels, second.labels) ?? 0;
    if (agreement < most) continue;
    most = agreement;
    best = eps;
  }
  return best;
}

/**
 * Groups of what is different; what came again in the same words weighs more, but says nothing of how far apart like things lie:
 * counted one by one, incidents that repeat word for word would be groups by themselves, and eps 0.
 */
async function group(o: GroupRequest, rows: Held, said: (stage: string) => PairsOptions): Promise<Grouped> {
  const { d } = rows;
  const { values, n, of, weights } = rows.folded;
  const minPoints = o.minPoints ?? (n < MANY ? 2 : 3);
  const lists = await listsOf(rows, minPoints, said('neighbours'));
  const groups = said('groups');
  groups.progress?.(0, 1);
  const curve = kDistances(lists, n, Math.max(1, minPoints - 1));
  const knee = findKnee(curve).value;
  const second = withHeavyOnes(
    hdbscan(lists, n, { minPoints, minSize: Math.max(2, minPoints) }, { matrix: values, d }),
    weights,
    minPoints,
  );
  const scan = (eps: number, pairs: AllPairs | null): Promise<Partition> =>
    dbscan(lists, n, { eps, minPoints, weights }, pairs, groups);
  const eps = o.eps ?? (await tuneEps(curve, knee, (e) => scan(e, null), second, groups));
  const pairs = n <= EXACT_ROWS && lists.k < n - 1 ? await openAllPairs(values, n, d) : null;
  const first = await scan(eps, pairs).finally(() => pairs?.close());
  const chosen = (o.method === 'dbscan' ? first : second).labels;
  return {
    labels: of.map((row) => chosen[row] ?? -1),
    eps,
    minPoints,
    knee,
    curve: thin(curve, CURVE_POINTS),
    agreement: adjustedRand(first.labels, second.labels),
  };
}
/** What stands for enough of the same is a group, however alone it is. */
function withHeavyOnes({ labels, groups }: Partition, weights: Int32Array, minPoints: number): Partition {
  let next = groups;
  const all = labels.map((label, i) =>
    label < 0 && (weights[i] ?? 1) >= Math.max(2, minPoints) ? next++ : label,
  );
  return { labels: all, groups: next };
}

async function draw(o: DrawRequest, rows: Held, said: (stage: string) => PairsOptions): Promise<Drawn> {
  const { values, n, d, folded } = rows;
  const near = await listsOf(rows, NEIGHBOURS, said('neighbours'));
  const lists = unfoldNeighbours(near, folded, Math.max(1, Math.min(n - 1, NEIGHBOURS)));
  const { seed, before, salts } = o;
  const places = umap(lists, n, { matrix: values, d }, { ...said('map'), seed, before, salts });
  const distances = Float32Array.from({ length: n }, (_, i) =>
    Math.min(2, lists.k < THIRD ? 2 : (lists.distances[i * lists.k + THIRD - 1] ?? 2)),
  );
  return { places, distances };
}

const heldAs = (key: string): Held => {
  if (held?.key !== key) throw new Error('other rows are held');
  return held;
};
const saying =
  (o: { readonly stopped: () => boolean; readonly tell: (news: Stage) => void }) =>
  (stage: string): PairsOptions => ({
    stopped: o.stopped,
    progress: (done, total) => o.tell({ stage, done, total }),
  });
serveThread<MapCalls>(
  {
    holds: (key) => held?.key === key,
    rows: (rows) => {
      held = { ...rows, folded: foldTwins(rows.values, rows.n, rows.d), lists: null };
    },
    group: (o, told) => group(o, heldAs(o.key), saying(told)),
    draw: (o, told) => draw(o, heldAs(o.key), saying(told)),
  },
  () => {
    held = null;
  },
);
