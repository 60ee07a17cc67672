// One run, from groups of rows to clusters with ids, names and what a person decided about them. Pure, and in turns with the engine.

import { yieldToEventLoop } from '../kernel/task.ts';
import type { ClusterKind } from './contract/clusters.ts';
import { matchClusters } from './match-clusters.ts';
import { nameClusters, shareOfWords } from './name-clusters.ts';
import type { ClusterRow } from './queries.ts';

/** The cluster a person merged this one into, or itself. */
export function rootOf(id: number, rows: ReadonlyMap<number, ClusterRow>): number {
  const seen = new Set<number>();
  let at = id;
  for (;;) {
    const into = rows.get(at)?.mergedInto ?? null;
    if (into === null || seen.has(at)) return at;
    seen.add(at);
    at = into;
  }
}

/** Living members of each shown cluster: those merged into another are in the other. */
export function shownMembers(rows: readonly ClusterRow[]): Map<number, number[]> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = new Map<number, number[]>();
  for (const row of rows) {
    if (!row.inRun) continue;
    const root = rootOf(row.id, byId);
    shown.set(root, [...(shown.get(root) ?? []), ...row.members]);
  }
  return shown;
}

/** below this overlap with what it was, a cluster gets a name of what it is now */
const SAME_NAME = 0.5;

export async function clustersOfRun(o: {
  readonly kind: ClusterKind;
  /** ids of the items in each group */
  readonly groups: readonly (readonly number[])[];
  readonly former: readonly ClusterRow[];
  /** items the former run looked at */
  readonly known: ReadonlySet<number>;
  readonly servicesOf: (id: number) => readonly string[];
  /** the words of an item that may stand in a name, in order */
  readonly wordsOf: (id: number) => readonly string[];
  /** items of this run */
  readonly ids: readonly number[];
  /** a vector of unit length an item */
  readonly vectorOf: (id: number) => Float32Array | null;
  readonly nextId: number;
  readonly at: number;
}): Promise<{ rows: ClusterRow[]; nextId: number }> {
  const turn = yieldToEventLoop();
  const living = new Set(o.ids);
  const former = new Map(o.former.map((row) => [row.id, row]));
  const matched = matchClusters(o.groups, o.former, o.known, living);
  let nextId = o.nextId;
  const found = matched.map((cluster) => ({ ...cluster, id: cluster.id ?? nextId++ }));
  const rows = new Map<number, ClusterRow>();
  for (const { id, members } of found) {
    await turn();
    const before = former.get(id);
    rows.set(id, {
      id,
      kind: o.kind,
      ja: before?.ja ?? '',
      en: before?.en ?? '',
      given: before?.given ?? null,
      pinned: before?.pinned ?? false,
      mergedInto: before?.mergedInto ?? null,
      members,
      inRun: true,
      spread: spreadOf(members, o.vectorOf),
      madeAt: before?.madeAt ?? o.at,
      history: before?.history ?? [],
    });
  }
  // what a person named, pinned or merged is remembered, should its members come back
  const intoIds = new Set(o.former.map((row) => row.mergedInto));
  for (const row of o.former)
    if (
      !rows.has(row.id) &&
      (row.given !== null || row.pinned || row.mergedInto !== null || intoIds.has(row.id))
    )
      rows.set(row.id, { ...row, inRun: false });

  const wordsOf = new Map<number, readonly string[]>();
  for (const id of o.ids) {
    wordsOf.set(id, o.wordsOf(id));
    await turn();
  }
  const overlap = new Map(found.map((cluster) => [cluster.id, cluster.overlap]));
  const names = await nameClusters(
    [...shownMembers([...rows.values()])].map(([id, members]) => {
      const row = rows.get(id);
      const services = members.flatMap(o.servicesOf);
      return {
        id,
        members: members.map((m) => wordsOf.get(m) ?? []),
        services: [...new Set(services)].sort(),
        keep: row?.ja && (overlap.get(id) ?? 0) >= SAME_NAME ? { ja: row.ja, en: row.en } : null,
      };
    }),
    await shareOfWords([...wordsOf.values()], turn),
    turn,
  );
  for (const [id, name] of names) {
    const row = rows.get(id);
    if (row) rows.set(id, { ...row, ...name });
  }
  return { rows: [...rows.values()].sort((a, b) => a.id - b.id), nextId };
}

/** Mean cosine distance of the members to their centre. */
export function spreadOf(members: readonly number[], vectorOf: (id: number) => Float32Array | null): number {
  const vectors = members.flatMap((id) => vectorOf(id) ?? []);
  const centre = meanOf(vectors.map((vector) => ({ vector, weight: 1 })));
  if (!centre) return 0;
  return vectors.reduce((sum, v) => sum + Math.max(0, 1 - cosine(v, centre)), 0) / vectors.length;
}

/** Weighted mean, not normalised; null of nothing. */
export function meanOf(
  items: readonly { readonly vector: Float32Array; readonly weight: number }[],
): Float32Array | null {
  const first = items[0];
  if (!first) return null;
  const sum = new Float32Array(first.vector.length);
  for (const { vector, weight } of items)
    for (let c = 0; c < sum.length; c++) sum[c] = (sum[c] ?? 0) + weight * (vector[c] ?? 0);
  return sum;
}

/** Cosine of the angle between two vectors; 0 where one of them is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [product, aa, bb] = [0, 0, 0];
  for (let c = 0; c < a.length; c++) {
    const [x, y] = [a[c] ?? 0, b[c] ?? 0];
    product += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : product / Math.sqrt(aa * bb);
}
