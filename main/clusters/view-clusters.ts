// What was kept, as it is shown: with the figures of the templates as they stand now.
import type { Incident } from '../anomalies/contract/anomalies.ts';
import { LEVELS, type LogLevel } from '../logs/contract/logs.ts';
import type {
  Cluster,
  ClusterKind,
  ClusterMap,
  ClusterParams,
  ClusterRecord,
  ClusterRun,
} from './contract/clusters.ts';
import { packMap } from './contract/map-points.ts';
import type { ClusterRow, Place, RunRow } from './queries.ts';
import { rootOf, shownMembers } from './run-groups.ts';
import type { Item } from './types.ts';

/** What is kept of the last run beside its clusters. */
export type RunDetail = {
  readonly params: ClusterParams;
  readonly eps: number;
  readonly kDistance: readonly number[];
  readonly knee: number;
  readonly agreement: number | null;
  /** ids of the items looked at, whatever they are; the name is that of the first version */
  readonly templates: readonly number[];
  readonly embedder: string;
  readonly nextId: number;
};

const worstOf = (levels: readonly (LogLevel | null)[]): LogLevel | null =>
  LEVELS[levels.reduce((worst, level) => Math.max(worst, level === null ? -1 : LEVELS.indexOf(level)), -1)] ??
  null;
const least = (values: readonly (number | null)[]): number | null =>
  values.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
const most = (values: readonly (number | null)[]): number | null =>
  values.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);

const SEVERITIES: readonly Incident['severity'][] = ['low', 'medium', 'high'];
const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};
/** How often, how long, and what worked: of the incidents among these. */
function recordOf(items: readonly Item[]): ClusterRecord | null {
  const incidents = items.flatMap((item) => item.incident ?? []);
  if (incidents.length === 0) return null;
  const remedies = Map.groupBy(
    incidents.flatMap((i) => i.remedies),
    (use) => use.id,
  );
  return {
    severity: SEVERITIES[Math.max(...incidents.map((i) => SEVERITIES.indexOf(i.severity)))] ?? 'low',
    lastBegan: Math.max(...incidents.map((i) => i.from)),
    open: incidents.filter((i) => i.to === null).length,
    usualMs: median(incidents.flatMap(({ from, to }) => (to === null ? [] : [to - from]))),
    remedies: [...remedies]
      .map(([id, uses]) => ({
        id,
        title: uses[0]?.title ?? '',
        worked: uses.filter((use) => use.worked).length,
        tried: uses.length,
      }))
      .sort(
        (a, b) =>
          b.worked - a.worked || b.worked / b.tried - a.worked / a.tried || (a.title < b.title ? -1 : 1),
      ),
  };
}

/**
 * Members as they are now: one that was merged into another template since is that one.
 * @param resolve the id an item is known under now
 */
export function membersNow(
  rows: readonly ClusterRow[],
  items: ReadonlyMap<number, Item>,
  resolve: (id: number) => number,
): Map<number, number[]> {
  const taken = new Set<number>();
  const now = new Map<number, number[]>();
  for (const [id, members] of shownMembers(rows)) {
    const here = [...new Set(members.map((m) => (items.has(m) ? m : resolve(m))))]
      .filter((m) => items.has(m) && !taken.has(m))
      .sort((a, b) => a - b);
    for (const member of here) taken.add(member);
    if (here.length > 0) now.set(id, here);
  }
  return now;
}

/** What a cluster is called; a person's name wins. */
export const nameOf = ({ given, ja, en }: ClusterRow): Cluster['name'] => ({
  ja: given ?? ja,
  en: given ?? en,
});

export function viewRun(
  of: ClusterKind,
  run: RunRow<RunDetail>,
  rows: readonly ClusterRow[],
  items: ReadonlyMap<number, Item>,
  resolve: (id: number) => number,
): ClusterRun {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const clusters = [...membersNow(rows, items, resolve)].map(([id, members]): Cluster => {
    const row = byId.get(id);
    const facts = members.flatMap((m) => items.get(m) ?? []);
    return {
      id,
      name: row ? nameOf(row) : { ja: '', en: '' },
      renamed: (row?.given ?? null) !== null,
      pinned: row?.pinned ?? false,
      members,
      parts: rows
        .filter((part) => part.inRun && part.id !== id && rootOf(part.id, byId) === id)
        .map((part) => ({ id: part.id, name: nameOf(part), members: part.members.length })),
      history: [...(row?.history ?? [])],
      lines: facts.reduce((sum, t) => sum + t.lines, 0),
      services: [...new Set(facts.flatMap((t) => t.services))].sort(),
      worst: worstOf(facts.map((t) => t.level)),
      spread: row?.spread ?? 0,
      firstAt: least(facts.map((t) => t.firstAt)),
      lastAt: most(facts.map((t) => t.lastAt)),
      record: recordOf(facts),
    };
  });
  const inSome = new Set(clusters.flatMap((c) => c.members));
  const { detail } = run;
  return {
    of,
    at: run.at,
    params: detail.params,
    eps: detail.eps,
    kDistance: [...detail.kDistance],
    knee: detail.knee,
    clusters: clusters.sort((a, b) => b.lines - a.lines || a.id - b.id),
    outliers: detail.templates.filter((id) => items.has(id) && !inSome.has(id)),
    agreement: detail.agreement,
    items: detail.templates.length,
    incidents: [...items.values()]
      .flatMap(({ id, lines, incident }) =>
        incident
          ? [
              {
                number: id,
                id: incident.id,
                title: incident.title,
                severity: incident.severity,
                from: incident.from,
                to: incident.to,
                lines,
              },
            ]
          : [],
      )
      .sort((a, b) => b.from - a.from || a.number - b.number),
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
  items: ReadonlyMap<number, Item>,
): ClusterMap {
  if (!run) return packMap({ at: null, points: [], tookMs: null });
  const newest = most([...items.values()].map((t) => t.lastAt)) ?? 0;
  const begins = [...items.values()].flatMap((t) => (t.incident ? t.incident.from : []));
  const [first, last] = [least(begins) ?? 0, most(begins) ?? 0];
  const points = [...places].flatMap(([id, { x, y, distance }]) => {
    const t = items.get(id);
    if (!t) return [];
    return [
      {
        id,
        x,
        y,
        clusterId: clusterOf.get(id) ?? null,
        service: t.services[0] ?? null,
        level: t.level,
        lines: t.lines,
        severity: t.incident?.severity ?? null,
        novelty: t.incident
          ? (t.incident.from - first) / Math.max(1, last - first)
          : noveltyOf(distance, t.firstAt, newest),
        firstAt: t.firstAt,
        lastAt: t.lastAt,
      },
    ];
  });
  return packMap({ at: run.at, points, tookMs: run.tookMs });
}
