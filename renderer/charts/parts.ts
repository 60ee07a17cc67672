import type { Lang } from '../../main/api/contract/common.ts';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import type { ChartTheme } from './chart-theme.ts';

/** How a chart writes its numbers: the page's language and the site's time zone. */
export type Words = { readonly lang: Lang; readonly zone: string };
export type Point = { readonly at: number; readonly value: number };
export type Band = {
  readonly at: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
};
/** What is left to do for a deadline, and all that waits beside it. */
export type Outlook = Band & { readonly waiting: number };

/** room on the right for half of the label of a deadline at the end */
export const GRID = { left: 8, right: 40, top: 28, bottom: 4, containLabel: true } as const;

export const timeAxis = (theme: ChartTheme, words: Words) => ({
  type: 'time' as const,
  axisLine: { lineStyle: { color: theme.grid } },
  axisTick: { show: false },
  splitLine: { show: false },
  splitNumber: 4,
  axisLabel: {
    color: theme.dimmed,
    fontFamily: theme.font,
    hideOverlap: true,
    formatter: (at: number) => formatTime(at, words.zone, words.lang),
  },
});
export const valueAxis = (theme: ChartTheme, words: Words, name: string) => ({
  type: 'value' as const,
  name,
  min: 0,
  nameTextStyle: { color: theme.dimmed, fontFamily: theme.font, align: 'left' as const },
  splitNumber: 3,
  splitLine: { lineStyle: { color: theme.grid, opacity: 0.7 } },
  axisLabel: {
    color: theme.dimmed,
    fontFamily: theme.font,
    formatter: (value: number) => formatNumber(value, words.lang),
  },
});
/** Plain text only: an HTML tooltip would assign markup, which the page's Trusted Types refuse. */
export const tooltip = (theme: ChartTheme, write: (at: number) => string) => ({
  trigger: 'axis' as const,
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: theme.surface,
  borderColor: theme.grid,
  textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
  axisPointer: { type: 'line' as const, lineStyle: { color: theme.muted, type: 'dashed' as const } },
  formatter: (items: unknown) => {
    const first = Array.isArray(items) ? items[0] : items;
    const at = pointTime(first);
    return at === null ? '' : write(at);
  },
});
const pointTime = (item: unknown): number | null => {
  if (typeof item !== 'object' || item === null || !('value' in item)) return null;
  const at = Array.isArray(item.value) ? item.value[0] : null;
  return typeof at === 'number' ? at : null;
};
/** The point at `at`, or the last one before it when no more than `slack` ms older. */
export const pointAt = <T extends { readonly at: number }>(
  points: readonly T[],
  at: number,
  slack = 0,
): T | undefined => {
  const found = points.findLast((point) => point.at <= at);
  return found && at - found.at <= slack ? found : undefined;
};
/** Two stacked, line-less series: an invisible floor and the band on it. */
export const bandSeries = (points: readonly Band[], stack: string, color: string, opacity = 0.18) => [
  {
    name: `${stack}-floor`,
    type: 'line' as const,
    stack,
    stackStrategy: 'all' as const,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    data: points.map((p) => [p.at, p.low]),
  },
  {
    name: `${stack}-band`,
    type: 'line' as const,
    stack,
    stackStrategy: 'all' as const,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    areaStyle: { color, opacity },
    data: points.map((p) => [p.at, Math.max(0, p.high - p.low)]),
  },
];
export const lineSeries = (
  name: string,
  data: readonly (readonly [number, number | null])[],
  color: string,
  dashed = false,
) => ({
  name,
  type: 'line' as const,
  symbol: 'none',
  smooth: false,
  itemStyle: { color },
  lineStyle: { color, width: 2, type: dashed ? ('dashed' as const) : ('solid' as const) },
  data,
});
/** A light area under a line that is not drawn. */
export const areaSeries = (name: string, data: readonly (readonly [number, number])[], color: string) => ({
  name,
  type: 'line' as const,
  symbol: 'none',
  silent: true,
  lineStyle: { opacity: 0 },
  areaStyle: { color, opacity: 0.08 },
  data,
});
/** One labelled point: where a curve meets what it is about. */
export const labelledPoint = (
  name: string,
  point: { readonly at: number; readonly value: number; readonly label: string },
  { color, font }: { readonly color: string; readonly font: string },
) => ({
  name,
  type: 'line' as const,
  symbol: 'circle',
  symbolSize: 9,
  showAllSymbol: true,
  silent: true,
  itemStyle: { color },
  data: [[point.at, point.value]],
  label: {
    show: true,
    formatter: point.label,
    position: [-8, -18] as [number, number],
    align: 'right' as const,
    color,
    fontFamily: font,
    fontSize: 11,
    fontWeight: 700,
  },
});
export type UpLine = {
  readonly at: number;
  readonly label: string;
  readonly color: string;
  readonly solid?: boolean;
};
/** Upright lines with a short label: now, the deadline. */
export const upLines = (lines: readonly UpLine[], theme: ChartTheme) => ({
  silent: true,
  symbol: 'none',
  animation: false,
  data: lines.map((line) => ({
    xAxis: line.at,
    lineStyle: { color: line.color, width: line.solid ? 2 : 1, type: line.solid ? 'solid' : 'dashed' },
    label: {
      formatter: line.label,
      position: 'end',
      color: line.color,
      fontFamily: theme.font,
      fontSize: 11,
      fontWeight: line.solid ? 700 : 400,
    },
  })),
});
