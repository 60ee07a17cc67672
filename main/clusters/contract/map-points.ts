/** The map between the engine and a page: columns of small whole numbers, so that tens of thousands of points stay a light answer. */
import { Severity } from '../../anomalies/contract/anomalies.ts';
import { LEVELS, type LogLevel } from '../../logs/contract/logs.ts';
import type { ClusteredIncident, ClusterMap } from './clusters.ts';

/** One template or incident on the map (UMAP). Coordinates are in 0…1, stable between runs. */
export type MapPoint = {
  /** a template's id, or an incident's number */
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly clusterId: number | null;
  readonly service: string | null;
  readonly level: LogLevel | null;
  readonly lines: number;
  readonly severity: ClusteredIncident['severity'] | null;
  /** 0 old and among its like … 1 new and far from everything; of incidents: 0 the first … 1 the last */
  readonly novelty: number;
  /** to the second */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
};
/** finer than a pixel of the map at its closest */
const PLACES = 65_535;
const SHARES = 1000;
const SECOND = 1000;
const NONE = -1;

export function packMap({
  at,
  tookMs,
  points,
}: Pick<ClusterMap, 'at' | 'tookMs'> & { readonly points: readonly MapPoint[] }): ClusterMap {
  const services = [...new Set(points.flatMap((p) => p.service ?? []))];
  const placeOf = new Map(services.map((service, i) => [service, i]));
  const since = points.reduce((least, p) => Math.min(least, p.firstAt ?? least), Number.POSITIVE_INFINITY);
  const from = Number.isFinite(since) ? since : 0;
  return {
    at,
    tookMs,
    from,
    services,
    ids: points.map((p) => p.id),
    x: points.map((p) => Math.round(p.x * PLACES)),
    y: points.map((p) => Math.round(p.y * PLACES)),
    clusters: points.map((p) => p.clusterId ?? NONE),
    serviceOf: points.map((p) => (p.service === null ? NONE : (placeOf.get(p.service) ?? NONE))),
    levels: points.map((p) => (p.level === null ? NONE : LEVELS.indexOf(p.level))),
    severities: points.map((p) => (p.severity === null ? NONE : Severity.options.indexOf(p.severity))),
    lines: points.map((p) => p.lines),
    novelty: points.map((p) => Math.round(p.novelty * SHARES)),
    // the whole of each is within what is told
    firstAt: points.map((p) => (p.firstAt === null ? NONE : Math.floor((p.firstAt - from) / SECOND))),
    lastAt: points.map((p) => (p.lastAt === null ? NONE : Math.ceil((p.lastAt - from) / SECOND))),
  };
}

export function pointsOf(map: ClusterMap): MapPoint[] {
  const instant = (seconds: number | undefined): number | null =>
    seconds === undefined || seconds === NONE ? null : map.from + seconds * SECOND;
  return map.ids.map((id, i) => ({
    id,
    x: (map.x[i] ?? 0) / PLACES,
    y: (map.y[i] ?? 0) / PLACES,
    clusterId: map.clusters[i] === NONE ? null : (map.clusters[i] ?? null),
    service: map.services[map.serviceOf[i] ?? NONE] ?? null,
    level: LEVELS[map.levels[i] ?? NONE] ?? null,
    severity: Severity.options[map.severities[i] ?? NONE] ?? null,
    lines: map.lines[i] ?? 0,
    novelty: (map.novelty[i] ?? 0) / SHARES,
    firstAt: instant(map.firstAt[i]),
    lastAt: instant(map.lastAt[i]),
  }));
}
