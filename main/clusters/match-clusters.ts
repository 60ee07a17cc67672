/** A cluster as it is kept between runs. */
export type KeptCluster = {
  readonly id: number;
  readonly members: readonly number[];
  readonly pinned: boolean;
};
/** What a run found: `id` null for a cluster that was not there before. `overlap` with what it was, 0…1. */
export type MatchedCluster = {
  readonly id: number | null;
  readonly members: readonly number[];
  readonly overlap: number;
};

/** Groups that share less with a former cluster are another one. */
const LEAST_OVERLAP = 0.3;

/** Share of common members (Jaccard), looking only at templates that both runs knew. */
function overlapOf(
  now: ReadonlySet<number>,
  then: ReadonlySet<number>,
  known: ReadonlySet<number>,
  living: ReadonlySet<number>,
): number {
  let common = 0;
  let either = 0;
  for (const id of then) if (living.has(id)) either++;
  for (const id of now) {
    if (then.has(id)) common++;
    else if (known.has(id)) either++;
  }
  return either === 0 ? 0 : common / either;
}

/**
 * Leads clusters from run to run: each former cluster goes to the group it overlaps most, greedily from the best pair on, so a
 * cluster keeps its id while most of its members stay. Pinned ones come first and keep all their living members, whatever was
 * found; the group that overlaps them most joins them.
 * @param known templates the former run knew @param living templates of this run
 */
export function matchClusters(
  groups: readonly (readonly number[])[],
  kept: readonly KeptCluster[],
  known: ReadonlySet<number>,
  living: ReadonlySet<number>,
): MatchedCluster[] {
  const found = groups.map((members) => new Set(members));
  const former = kept.map((cluster) => ({ ...cluster, set: new Set(cluster.members) }));
  const pairs: { group: number; cluster: number; overlap: number }[] = [];
  const groupsOf = new Map<number, number>();
  found.forEach((set, group) => {
    for (const id of set) groupsOf.set(id, group);
  });
  former.forEach(({ set }, cluster) => {
    const near = new Set<number>();
    for (const id of set) {
      const group = groupsOf.get(id);
      if (group !== undefined) near.add(group);
    }
    for (const group of near)
      pairs.push({ group, cluster, overlap: overlapOf(found[group] ?? new Set(), set, known, living) });
  });
  const isPinned = (cluster: number): number => (former[cluster]?.pinned ? 1 : 0);
  const idOf = (cluster: number): number => former[cluster]?.id ?? 0;
  pairs.sort(
    (a, b) =>
      isPinned(b.cluster) - isPinned(a.cluster) ||
      b.overlap - a.overlap ||
      idOf(a.cluster) - idOf(b.cluster) ||
      a.group - b.group,
  );
  const clusterOf = new Map<number, { cluster: number; overlap: number }>();
  const groupOf = new Map<number, number>();
  for (const { group, cluster, overlap } of pairs) {
    if (clusterOf.has(group) || groupOf.has(cluster) || overlap < LEAST_OVERLAP) continue;
    clusterOf.set(group, { cluster, overlap });
    groupOf.set(cluster, group);
  }
  const held = new Map<number, number>();
  former.forEach(({ pinned, members }, cluster) => {
    if (pinned) for (const id of members) if (living.has(id) && !held.has(id)) held.set(id, cluster);
  });
  const matched: MatchedCluster[] = [];
  former.forEach(({ id, pinned, set }, cluster) => {
    const group = groupOf.get(cluster);
    const own = pinned ? [...set].filter((t) => held.get(t) === cluster) : [];
    const joined =
      group === undefined
        ? []
        : [...(found[group] ?? [])].filter((t) => (held.get(t) ?? cluster) === cluster);
    const members = [...new Set([...own, ...joined])].sort((a, b) => a - b);
    if (members.length === 0) return;
    matched.push({ id, members, overlap: overlapOf(new Set(members), set, known, living) });
  });
  found.forEach((set, group) => {
    if (clusterOf.has(group)) return;
    const members = [...set].filter((t) => !held.has(t)).sort((a, b) => a - b);
    // what pins left of a group is a group only while it is one
    if (members.length > 1) matched.push({ id: null, members, overlap: 0 });
  });
  return matched;
}
