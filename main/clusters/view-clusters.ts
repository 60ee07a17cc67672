// What was kept, as it is shown: with the figures of the templates as they stand now.
import type { Cluster, ClusterMap, ClusterParams, ClusterRun } from '../api/contract/clusters.ts';
import { LEVELS, type LogLevel, type LogTemplate } from '../api/contract/logs.ts';
import type { ClusterRow, Place, RunRow } from './queries.ts';
import { shownMembers } from './run-groups.ts';

/** What is kept of the last run beside its clusters. */
export type RunDetail = {
  readonly params: ClusterParams;
  readonly eps: number;
  readonly kDistance: readonly number[];
  readonly knee: number;
  readonly agreement: number | null;
  /** ids of the templates looked at */
  readonly templates: readonly number[];
  readonly embedder: string;
  readonly nextId: number;
};
type Templates = ReadonlyMap<number, LogTemplate>;

const worstOf = (levels: readonly (LogLevel | null)[]): LogLevel | null =>
  LEVELS[levels.reduce((worst, level) => Math.max(worst, level === null ? -1 : LEVELS.indexOf(level)), -1)] ??
  null;
const least = (values: readonly (number | null)[]): number | null =>
  values.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
const most = (values: readonly (number | null)[]): number | null =>
  values.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);

/**
 * Members as they are now: one that was merged into another template since is that one.
 * @param resolve the id a template's lines are counted under now
 */
export function membersNow(
  rows: readonly ClusterRow[],
  templates: Templates,
  resolve: (id: number) => number,
): Map<number, number[]> {
  const taken = new Set<number>();
  const now = new Map<number, number[]>();
  for (const [id, members] of shownMembers(rows)) {
    const here = [...new Set(members.map((m) => (templates.has(m) ? m : resolve(m))))]
      .filter((m) => templates.has(m) && !taken.has(m))
      .sort((a, b) => a - b);
    for (const member of here) taken.add(member);
    if (here.length > 0) now.set(id, here);
  }
  return now;
}

export function viewRun(
  run: RunRow<RunDetail>,
  rows: readonly ClusterRow[],
  templates: Templates,
  resolve: (id: number) => number,
): ClusterRun {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const clusters = [...membersNow(rows, templates, resolve)].map(([id, members]): Cluster => {
    const row = byId.get(id);
    const facts = members.flatMap((m) => templates.get(m) ?? []);
    return {
      id,
      name: { ja: row?.given ?? row?.ja ?? '', en: row?.given ?? row?.en ?? '' },
      renamed: (row?.given ?? null) !== null,
      pinned: row?.pinned ?? false,
      templates: members,
      lines: facts.reduce((sum, t) => sum + t.lines, 0),
      services: [...new Set(facts.flatMap((t) => t.services))].sort(),
      worst: worstOf(facts.map((t) => t.level)),
      spread: row?.spread ?? 0,
      firstAt: least(facts.map((t) => t.firstAt)),
      lastAt: most(facts.map((t) => t.lastAt)),
    };
  });
  const inSome = new Set(clusters.flatMap((c) => c.templates));
  const { detail } = run;
  return {
    at: run.at,
    params: detail.params,
    eps: detail.eps,
    kDistance: [...detail.kDistance],
    knee: detail.knee,
    clusters: clusters.sort((a, b) => b.lines - a.lines || a.id - b.id),
    outliers: detail.templates.filter((id) => templates.has(id) && !inSome.has(id)),
    agreement: detail.agreement,
    templates: detail.templates.length,
    tookMs: run.tookMs,
    embedder: detail.embedder,
  };
}

const DAY = 86_400_000;
/** a distance at which nothing near is meant any more */
const FAR = 0.8;
/** 0 old and among its like … 1 new and far from everything: the distance, halved with every day of age */
const noveltyOf = (distance: number, firstAt: number | null, newest: number): number =>
  Math.min(1, Math.max(0, distance) / FAR) * 0.5 ** (Math.max(0, newest - (firstAt ?? 0)) / DAY);

export function viewMap(
  run: RunRow<unknown> | null,
  places: ReadonlyMap<number, Place>,
  clusterOf: ReadonlyMap<number, number>,
  templates: Templates,
): ClusterMap {
  if (!run) return { at: null, points: [], tookMs: null };
  const newest = most([...templates.values()].map((t) => t.lastAt)) ?? 0;
  const points = [...places].flatMap(([id, { x, y, distance }]) => {
    const t = templates.get(id);
    if (!t) return [];
    return [
      {
        templateId: id,
        x,
        y,
        clusterId: clusterOf.get(id) ?? null,
        service: t.services[0] ?? null,
        level: t.level,
        lines: t.lines,
        novelty: noveltyOf(distance, t.firstAt, newest),
        firstAt: t.firstAt,
        lastAt: t.lastAt,
        text: t.text,
      },
    ];
  });
  return { at: run.at, points, tookMs: run.tookMs };
}
