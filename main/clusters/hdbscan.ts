/**
 * HDBSCAN (Campello, Moulavi, Sander, PAKDD 2013; McInnes & Healy, ICDMW 2017): single linkage over mutual reachability,
 * condensed to groups of at least `minSize`, the most lasting of them chosen (excess of mass). The spanning tree is taken from
 * the k-NN graph; what the graph leaves apart is joined by the distance of its parts' centres, so the whole is one hierarchy.
 */
import type { NeighbourLists } from '../vectors/index.ts';
import { numbered, type Partition, Sets } from './dbscan.ts';

/** parts joined by their centres at most; any beyond are taken to be as far as can be */
const MOST_PARTS = 3_000;
/** distances closer than this are equal: many are, by definition, and rounding must not tell them apart */
const GRAIN = 1e-6;
/** the largest cosine distance */
const FARTHEST = 2;

type Edges = { readonly from: Int32Array; readonly to: Int32Array; readonly weight: Float64Array };

/** Edges of the k-NN graph by mutual reachability, shortest first; of equals, those of earlier rows first. */
function reachabilityEdges({ k, ids, distances }: NeighbourLists, n: number, minPoints: number): Edges {
  const core = Float64Array.from({ length: n }, (_, i) => {
    const d = distances[i * k + Math.min(k, minPoints - 1) - 1] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(d) ? d : FARTHEST;
  });
  const edges: { i: number; j: number; w: number }[] = [];
  for (let i = 0; i < n; i++)
    for (let t = 0; t < k; t++) {
      const j = ids[i * k + t] ?? -1;
      if (j < 0) continue;
      const w = Math.max(distances[i * k + t] ?? 0, core[i] ?? 0, core[j] ?? 0);
      edges.push({ i, j, w: Math.round(w / GRAIN) * GRAIN });
    }
  edges.sort((a, b) => a.w - b.w || a.i - b.i || a.j - b.j);
  return {
    from: Int32Array.from(edges, (e) => e.i),
    to: Int32Array.from(edges, (e) => e.j),
    weight: Float64Array.from(edges, (e) => e.w),
  };
}

/** A binary tree of merges: nodes below n are rows. */
type Tree = {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly height: Float64Array;
  readonly size: Int32Array;
  readonly root: number;
};

function link(lists: NeighbourLists, n: number, minPoints: number, matrix: Float32Array, d: number): Tree {
  const total = Math.max(1, 2 * n - 1);
  const left = new Int32Array(total).fill(-1);
  const right = new Int32Array(total).fill(-1);
  const height = new Float64Array(total);
  const size = new Int32Array(total).fill(1);
  const sets = new Sets(n);
  /** the node that stands for a set, by its root row */
  const nodeOf = Int32Array.from({ length: n }, (_, i) => i);
  let next = n;
  const join = (i: number, j: number, w: number): void => {
    const a = nodeOf[sets.find(i)] ?? 0;
    const b = nodeOf[sets.find(j)] ?? 0;
    if (!sets.join(i, j)) return;
    left[next] = a;
    right[next] = b;
    height[next] = w;
    size[next] = (size[a] ?? 0) + (size[b] ?? 0);
    nodeOf[sets.find(i)] = next++;
  };
  const edges = reachabilityEdges(lists, n, minPoints);
  edges.weight.forEach((w, e) => {
    join(edges.from[e] ?? 0, edges.to[e] ?? 0, w);
  });
  const lowest = height[next - 1] ?? 0; // no part is joined to another below what the graph joined
  for (const { i, j, w } of partEdges(sets, n, matrix, d)) join(i, j, Math.max(w, lowest));
  for (let i = 1; i < n; i++) join(0, i, FARTHEST);
  return { left, right, height, size, root: next - 1 };
}

/** What a node falls into at its height: merges at the same height are one, whatever order they were made in. */
function partsOf(tree: Tree, node: number, n: number): number[] {
  const height = tree.height[node] ?? 0;
  const parts: number[] = [];
  const stack = [tree.right[node] ?? 0, tree.left[node] ?? 0];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at < n || (tree.height[at] ?? 0) < height) parts.push(at);
    else stack.push(tree.right[at] ?? 0, tree.left[at] ?? 0);
  }
  return parts;
}

/** Distances between the centres of the graph's parts, shortest first. */
function partEdges(
  sets: Sets,
  n: number,
  matrix: Float32Array,
  d: number,
): { i: number; j: number; w: number }[] {
  const centres = new Map<number, Float64Array>();
  for (let i = 0; i < n; i++) {
    const part = sets.find(i);
    const centre = centres.get(part) ?? new Float64Array(d);
    centres.set(part, centre);
    for (let c = 0; c < d; c++) centre[c] = (centre[c] ?? 0) + (matrix[i * d + c] ?? 0);
  }
  if (centres.size < 2 || centres.size > MOST_PARTS) return [];
  const parts = [...centres].map(([i, centre]) => {
    const length = Math.hypot(...centre) || 1;
    return { i, centre: centre.map((x) => x / length) };
  });
  const edges: { i: number; j: number; w: number }[] = [];
  parts.forEach((a, x) => {
    for (const b of parts.slice(x + 1)) {
      let product = 0;
      for (let c = 0; c < d; c++) product += (a.centre[c] ?? 0) * (b.centre[c] ?? 0);
      edges.push({ i: a.i, j: b.i, w: 1 - product });
    }
  });
  return edges.sort((a, b) => a.w - b.w || a.i - b.i || a.j - b.j);
}

/** Groups of rows at several densities; `minPoints` also smooths (k of the core distance), `minSize` is the smallest group. */
export function hdbscan(
  lists: NeighbourLists,
  n: number,
  { minPoints, minSize }: { minPoints: number; minSize: number },
  { matrix, d }: { matrix: Float32Array; d: number },
): Partition {
  if (n === 0) return { labels: new Int32Array(), groups: 0 };
  const tree = link(lists, n, minPoints, matrix, d);
  const parents: number[] = [-1];
  const births: number[] = [0];
  const mass: number[] = [0];
  const children: number[][] = [[]];
  /** the innermost condensed group of each row */
  const home = new Int32Array(n).fill(0);
  const settle = (node: number, group: number): void => {
    const stack = [node];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at < n) home[at] = group;
      else stack.push(tree.left[at] ?? 0, tree.right[at] ?? 0);
    }
  };
  const found = (parent: number, birth: number): number => {
    const group = parents.push(parent) - 1;
    births.push(birth);
    mass.push(0);
    children.push([]);
    children[parent]?.push(group);
    return group;
  };
  const leave = (group: number, density: number, rows: number): void => {
    mass[group] = (mass[group] ?? 0) + (density - (births[group] ?? 0)) * rows;
  };
  const isLarge = (part: number): boolean => (tree.size[part] ?? 0) >= minSize;
  const stack: [node: number, group: number][] = [[tree.root, 0]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, group] = top;
    if (node < n) {
      home[node] = group;
      continue;
    }
    const height = tree.height[node] ?? 0;
    const density = 1 / Math.max(height, GRAIN);
    const parts = partsOf(tree, node, n);
    const large = parts.filter(isLarge);
    if (large.length > 1) {
      leave(group, density, tree.size[node] ?? 0);
      for (const part of large) stack.push([part, found(group, density)]);
    } else {
      for (const part of large) stack.push([part, group]);
      const small = parts.reduce((sum, part) => sum + (isLarge(part) ? 0 : (tree.size[part] ?? 0)), 0);
      leave(group, density, small);
    }
    for (const part of parts) if (!isLarge(part)) settle(part, group);
  }
  // a group stays whole where it weighs more than what it falls into; the root is never a group
  const chosen = parents.map(() => false);
  const weight = [...mass];
  for (let group = parents.length - 1; group > 0; group--) {
    const inside = (children[group] ?? []).reduce((sum, child) => sum + (weight[child] ?? 0), 0);
    if ((children[group] ?? []).length > 0 && inside > (mass[group] ?? 0)) weight[group] = inside;
    else chosen[group] = true;
  }
  const labels = home.map((group) => {
    let outermost = -1;
    for (let at: number = group; at > 0; at = parents[at] ?? -1) if (chosen[at]) outermost = at;
    return outermost;
  });
  return numbered(labels);
}
