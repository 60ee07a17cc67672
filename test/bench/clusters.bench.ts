// DBSCAN, HDBSCAN and the map of 10,000 × 384, as ratios to a plain loop over all pairs (measured on a part, extrapolated).
import { adjustedRand } from '../../main/clusters/compare-partitions.ts';
import { hdbscan } from '../../main/clusters/hdbscan.ts';
import { dbscan } from '../../main/clusters/index.ts';
import { umap } from '../../main/clusters/umap.ts';
import { exactNeighbours, graphNeighbours, openAllPairs } from '../../main/vectors/index.ts';
import { madeVectors } from '../unit/vectors/made-vectors.ts';

const N = 10_000;
const D = 384;
const K = 32;
const EPS = 0.3;
const MIN_POINTS = 4;
const SAMPLE = 100;

/** CPU seconds: other work on the machine does not count */
const timed = async <T>(work: () => Promise<T> | T): Promise<[T, number]> => {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
};

export async function run(print: (line: string) => void): Promise<void> {
  const { matrix, rows, labels } = madeVectors({ n: N, dimensions: D, groups: 300, spread: 0.7, alone: 0.1 });
  let within = 0;
  const [, part] = await timed(() => {
    for (const a of rows.slice(0, SAMPLE))
      for (const b of rows) {
        let product = 0;
        for (let c = 0; c < D; c++) product += (a[c] ?? 0) * (b[c] ?? 0);
        if (1 - product <= EPS) within++;
      }
  });
  const plain = (part * N) / SAMPLE;
  print(
    `clusters: a plain loop over all pairs of ${N} × ${D}: ${plain.toFixed(0)} CPU s, extrapolated from ${SAMPLE} rows (${within} pairs within eps)`,
  );
  for (const native of [true, false]) {
    const [lists, forLists] = await timed(() => exactNeighbours(matrix, N, D, K, { native }));
    const pairs = await openAllPairs(matrix, N, D, { native });
    const [found, forGroups] = await timed(() =>
      dbscan(lists, N, { eps: EPS, minPoints: MIN_POINTS }, pairs),
    );
    await pairs.close();
    const all = forLists + forGroups;
    print(
      `clusters: exact DBSCAN ${pairs.native ? 'through onnxruntime' : 'with our own loop'}: ${(plain / all).toFixed(1)} × the plain loop (${all.toFixed(1)} CPU s on this machine, neighbours ${forLists.toFixed(1)} s); ${found.groups} groups, adjusted Rand ${adjustedRand(found.labels, labels)?.toFixed(3)} to the truth`,
    );
    if (!native) continue;
    const [grown, forTree] = await timed(() =>
      hdbscan(lists, N, { minPoints: MIN_POINTS, minSize: MIN_POINTS }, { matrix, d: D }),
    );
    print(
      `clusters: HDBSCAN on the same neighbours: ${(forTree / forLists).toFixed(2)} of their time; ${grown.groups} groups, adjusted Rand ${adjustedRand(grown.labels, labels)?.toFixed(3)} to the truth`,
    );
    const unknown = new Float32Array(2 * N).fill(Number.NaN);
    const salts = Uint32Array.from({ length: N }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
    const [places, forMap] = await timed(() =>
      umap(lists, N, { matrix, d: D }, { seed: 1, before: unknown, salts }),
    );
    const [, again] = await timed(() => umap(lists, N, { matrix, d: D }, { seed: 1, before: places, salts }));
    print(
      `clusters: UMAP of ${N} points with its neighbours: ${(plain / (forLists + forMap)).toFixed(1)} × the plain loop (${(forLists + forMap).toFixed(1)} CPU s on this machine), ${(again / forMap).toFixed(2)} of it when it was drawn before`,
    );
    const [near, forNear] = await timed(() => graphNeighbours(matrix, N, D, K));
    const rough = await dbscan(near, N, { eps: EPS, minPoints: MIN_POINTS }, null);
    print(
      `clusters: neighbours through HNSW: ${(forNear / forLists).toFixed(1)} × the time of the exact ones at this size; DBSCAN on them agrees to ${adjustedRand(found.labels, rough.labels)?.toFixed(4)}`,
    );
  }
}
