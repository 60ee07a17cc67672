import { useMemo } from 'react';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import { useWords } from '../words.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import { GRID, timeAxis, tooltip, valueAxis, type Words } from './parts.ts';

type Props = {
  readonly points: readonly { readonly at: number; readonly throughput: number | null }[];
  /** items/hour needed from now; drawn as a line to reach */
  readonly required: number | null;
  readonly label: string;
  readonly words: Words;
  readonly height?: number;
};
const SLOT_MS = 10 * 60_000;

/** Mean items/hour in slots of ten minutes, oldest first. */
export const inSlots = (points: Props['points']): { readonly at: number; readonly value: number }[] => {
  const slots = new Map<number, { sum: number; count: number }>();
  for (const { at, throughput } of points) {
    if (throughput === null) continue;
    const start = Math.floor(at / SLOT_MS) * SLOT_MS;
    const slot = slots.get(start) ?? { sum: 0, count: 0 };
    slots.set(start, { sum: slot.sum + throughput, count: slot.count + 1 });
  }
  return [...slots].map(([at, slot]) => ({ at, value: slot.sum / slot.count })).sort((a, b) => a.at - b.at);
};

/** How fast the work went, against how fast it has to go. */
export function ThroughputBars({ points, required, label, words, height = 180 }: Props) {
  const t = useWords('charts');
  const theme = useChartTheme();
  const option = useMemo(() => {
    const slots = inSlots(points);
    const number = (value: number): string => formatNumber(value, words.lang);
    const write = (at: number): string => {
      const slot = slots.find((s) => s.at === at);
      return [
        formatTime(at, words.zone, words.lang),
        ...(slot ? [t('throughputValue', { value: number(slot.value) })] : []),
        ...(required === null ? [] : [t('requiredValue', { value: number(required) })]),
      ].join('\n');
    };
    const line = {
      silent: true,
      symbol: 'none',
      animation: false,
      data: [
        {
          yAxis: required,
          lineStyle: { color: theme.danger, width: 1.5, type: 'dashed' },
          label: {
            formatter: t('requiredLine', { value: number(required ?? 0) }),
            position: 'insideEndTop',
            color: theme.danger,
            fontFamily: theme.font,
            fontSize: 11,
          },
        },
      ],
    };
    const top = Math.max(required ?? 0, ...slots.map((s) => s.value));
    return {
      grid: GRID,
      tooltip: tooltip(theme, write),
      xAxis: timeAxis(theme, words),
      yAxis: { ...valueAxis(theme, words, t('perHourAxis')), max: Math.ceil((top * 1.15) / 10) * 10 || 10 },
      series: [
        {
          name: 'throughput',
          type: 'bar' as const,
          barMaxWidth: 14,
          itemStyle: { color: theme.primary, borderRadius: [2, 2, 0, 0] },
          data: slots.map((s) => [s.at, s.value]),
          // next to nothing is needed: the line would only hide the axis
          ...(required === null || required < top * 0.04 ? {} : { markLine: line }),
        },
      ],
    };
  }, [points, required, theme, words, t]);
  return <CanvasChart option={option} label={label} height={height} />;
}
