/** What colour a template or an incident has on the map, and what that colour means. */
import type { ClusterKind } from '../../../../main/clusters/contract/clusters.ts';
import type { MapPoint } from '../../../../main/clusters/contract/map-points.ts';

export type ColourBy = 'cluster' | 'service' | 'level' | 'severity' | 'novelty';
export const COLOURS_BY: Readonly<Record<ClusterKind, readonly ColourBy[]>> = {
  template: ['cluster', 'service', 'level', 'novelty'],
  incident: ['cluster', 'service', 'severity', 'novelty'],
};
const GOLDEN_ANGLE = 137.508;
const GREY = 'hsl(230 6% 55%)';
const LEVEL: Record<string, string> = {
  fatal: 'hsl(350 62% 42%)',
  error: 'hsl(3 66% 56%)',
  warn: 'hsl(36 74% 50%)',
  info: 'hsl(232 44% 58%)',
  debug: 'hsl(190 30% 52%)',
  trace: 'hsl(150 22% 55%)',
};
export const SEVERITIES = ['high', 'medium', 'low'] as const;
const SEVERITY = { high: 'hsl(3 66% 52%)', medium: 'hsl(36 74% 50%)', low: 'hsl(232 44% 58%)' } as const;
export const LEVELS_SHOWN = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Neighbouring numbers far apart on the wheel; the same number is always the same colour, in light and in dark. */
export const hueOf = (n: number): string =>
  `hsl(${((n * GOLDEN_ANGLE) % 360).toFixed(0)} ${46 + (n % 3) * 8}% ${50 + (n % 2) * 6}%)`;
export const levelColour = (level: string | null): string => (level === null ? GREY : (LEVEL[level] ?? GREY));
export const severityColour = (severity: MapPoint['severity']): string =>
  severity === null ? GREY : SEVERITY[severity];
/** grey for what is old, through purple to red for what is new, in nine steps: each step is drawn at one go */
export const noveltyColour = (novelty: number): string => {
  const step = Math.round(Math.min(1, Math.max(0, novelty)) * 8) / 8;
  return `hsl(${((230 + step * 134) % 360).toFixed(0)} ${(10 + step * 60).toFixed(0)}% ${(60 - step * 6).toFixed(0)}%)`;
};

/** `services`: in the order of the legend */
export function colourOf(point: MapPoint, by: ColourBy, services: readonly string[]): string {
  if (by === 'level') return levelColour(point.level);
  if (by === 'severity') return severityColour(point.severity);
  if (by === 'novelty') return noveltyColour(point.novelty);
  if (by === 'service') {
    const place = services.indexOf(point.service ?? '');
    return place < 0 ? GREY : hueOf(place);
  }
  return point.clusterId === null ? GREY : hueOf(point.clusterId);
}
const FEW = 150;
/** px; ten times the lines, a little larger; where there are few dots, all of them larger */
export const radiusOf = (lines: number, dots: number): number =>
  Math.min(11, 2.6 + 1.5 * Math.log10(Math.max(1, lines))) * (dots < FEW ? 1.5 : 1);

/** Services with the most points first. */
export function servicesOf(points: readonly MapPoint[]): string[] {
  const counts = new Map<string, number>();
  for (const { service } of points) counts.set(service ?? '', (counts.get(service ?? '') ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([service]) => service);
}
