import { useCallback, useMemo, useState } from 'react';
import type { ClusterKind, ClusterMap, ClusterRun } from '../../../../main/clusters/contract/clusters.ts';
import { type MapPoint, pointsOf } from '../../../../main/clusters/contract/map-points.ts';
import type { MapDot } from '../../../charts/template-map.tsx';
import { linesHref } from '../../../logs/log-address.ts';
import { href, replaceRoute, useRoute } from '../../../router.ts';
import { boundsNow, useRangeInAddress } from '../../../stores/time-range.ts';
import { useFormat } from '../../../use-format.ts';
import { type ColourBy, colourOf, radiusOf, servicesOf } from './map-colours.ts';

export type Span = readonly [number, number];
const LABELS = 40;

/** What of the map is on screen: cut to the time range, coloured, with the chosen cluster or dots standing out. */
export function useClusterView(run: ClusterRun, map: ClusterMap) {
  const format = useFormat();
  const route = useRoute();
  const range = useRangeInAddress();
  const [colourBy, setColourBy] = useState<ColourBy>('cluster');
  const [picked, setPicked] = useState<readonly number[]>([]);
  const [cut, setCut] = useState<Span | null>(null);
  const clusterId = route.query['cluster'] === undefined ? null : Number(route.query['cluster']);
  const setCluster = (id: number | null): void => {
    setPicked([]);
    replaceRoute('logs', 'clusters', { ...route.query, cluster: id === null ? null : String(id) });
  };
  const pick = (ids: readonly number[]): void => {
    if (clusterId !== null) replaceRoute('logs', 'clusters', { ...route.query, cluster: null });
    setPicked(ids);
  };
  const all = useMemo(() => pointsOf(map), [map]);
  const byId = useMemo(() => new Map(all.map((point) => [point.id, point])), [all]);
  const whole = useMemo((): Span | null => {
    const firsts = all.flatMap((point) => point.firstAt ?? []);
    const lasts = all.flatMap((point) => point.lastAt ?? []);
    if (firsts.length === 0 || lasts.length === 0) return null;
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = boundsNow(range);
    const low = firsts.reduce((a, b) => Math.min(a, b));
    const high = lasts.reduce((a, b) => Math.max(a, b));
    const span = [Math.max(low, from), Math.min(high, to)] as const;
    return span[0] < span[1] ? span : [low, Math.max(high, low + 1)];
  }, [all, range]);
  const span = cut ?? whole;
  const points = useMemo(
    () => (span === null ? all : all.filter((point) => wasSeen(point, span))),
    [all, span],
  );
  const services = useMemo(() => servicesOf(all), [all]);
  const dots = useMemo(
    () =>
      points.map(
        (point): MapDot => ({
          id: point.id,
          x: point.x,
          y: point.y,
          radius: radiusOf(point.lines, points.length),
          colour: colourOf(point, colourBy, services),
          outlier: point.clusterId === null,
        }),
      ),
    [points, colourBy, services],
  );
  const names = useMemo(
    () => new Map(run.clusters.map((cluster) => [cluster.id, format.pick(cluster.name)])),
    [run, format],
  );
  const lit = useMemo(() => {
    if (picked.length > 0) return new Set(picked);
    const cluster = clusterId === null ? undefined : run.clusters.find(({ id }) => id === clusterId);
    return cluster ? new Set(cluster.members) : null;
  }, [picked, clusterId, run]);
  const labels = useMemo(() => labelsOf(points, names, lit), [points, names, lit]);
  const incidents = useMemo(() => new Map(run.incidents.map((one) => [one.number, one])), [run]);
  /** What an incident is called; what a template says is asked for (`useTemplateText`). */
  const titleOf = useCallback(
    (id: number): string | undefined => {
      const incident = incidents.get(id);
      return incident && format.pick(incident.title);
    },
    [incidents, format],
  );
  /** The lines of a template; an incident. */
  const hrefOf = (id: number): string => {
    const incident = incidents.get(id);
    return incident ? href('incidents', incident.id) : linesHref({ templates: [id] }, range);
  };
  return {
    of: run.of,
    incidents,
    titleOf,
    hrefOf,
    range,
    colourBy,
    setColourBy,
    services,
    clusterId,
    setCluster,
    picked,
    pick,
    whole,
    span,
    isCut: cut !== null,
    setCut,
    all,
    byId,
    points,
    dots,
    names,
    labels,
    lit,
  };
}
export type ClusterView = ReturnType<typeof useClusterView>;

const wasSeen = ({ firstAt, lastAt }: MapPoint, [from, to]: Span): boolean =>
  firstAt === null || lastAt === null || (lastAt >= from && firstAt <= to);

/** The address of the tab for what it shows. */
export const clustersQuery = (of: ClusterKind): { of?: string } =>
  of === 'incident' ? { of: 'incidents' } : {};

/**
 * A cluster's name stands at the dot nearest to the middle of its dots (the middle itself may be among another cluster's); those that
 * stand out and those with the most dots are written first.
 */
function labelsOf(
  points: readonly MapPoint[],
  names: ReadonlyMap<number, string>,
  lit: ReadonlySet<number> | null,
) {
  const groups = Map.groupBy(points, (point) => point.clusterId ?? -1);
  return [...groups]
    .flatMap(([id, members]) => {
      const text = names.get(id);
      if (text === undefined) return [];
      const middle = (of: (point: MapPoint) => number): number => {
        const sorted = members.map(of).sort((a, b) => a - b);
        return sorted[Math.floor(sorted.length / 2)] ?? 0;
      };
      const short = text.length > 22 ? `${text.slice(0, 21).trimEnd()}…` : text;
      const faint = lit !== null && !members.some((p) => lit.has(p.id));
      const x = middle((p) => p.x);
      const y = middle((p) => p.y);
      const far = (p: MapPoint): number => (p.x - x) ** 2 + (p.y - y) ** 2;
      const at = members.reduce((nearest, p) => (far(p) < far(nearest) ? p : nearest));
      return [{ text: short, x: at.x, y: at.y, size: members.length, faint }];
    })
    .sort((a, b) => Number(a.faint) - Number(b.faint) || b.size - a.size)
    .slice(0, LABELS);
}
