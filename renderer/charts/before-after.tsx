import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import {
  type Band,
  bandSeries,
  GRID,
  labelledPoint,
  lineSeries,
  pointAt,
  timeAxis,
  tooltip,
  upLines,
  valueAxis,
  type Words,
} from './parts.ts';

type Props = {
  readonly before: readonly Band[];
  readonly after: readonly Band[];
  readonly deadline: number | null;
  readonly label: string;
  readonly words: Words;
  /** what `after` is, in the tooltip */
  readonly afterName: string;
  /** top of the axis, where several charts are to be compared */
  readonly max?: number;
  readonly height?: number;
};

/**
 * What is left to do for the deadline, twice: as it goes now (grey, dashed) and with the plan (colour), each with its band and with what
 * is left of it at the deadline.
 */
export function BeforeAfter({ before, after, deadline, label, words, afterName, max, height = 220 }: Props) {
  const { t } = useTranslation('charts');
  const theme = useChartTheme();
  const option = useMemo(() => {
    const side = (key: 'beforeValue' | 'afterValue', points: readonly Band[], at: number): string[] => {
      const point = pointAt(points, at, 30 * 60_000);
      if (!point) return [];
      const number = (value: number): string => formatNumber(value, words.lang);
      return [
        t(key, {
          name: afterName,
          mean: number(point.mean),
          low: number(point.low),
          high: number(point.high),
        }),
      ];
    };
    const write = (at: number): string =>
      [
        formatTime(at, words.zone, words.lang),
        ...side('beforeValue', before, at),
        ...side('afterValue', after, at),
      ].join('\n');
    const walls =
      deadline === null
        ? []
        : [
            {
              at: deadline,
              label: t('deadlineAt', { time: formatTime(deadline, words.zone, words.lang) }),
              color: theme.text,
              solid: true,
            },
          ];
    const leftAt = (points: readonly Band[], name: string, color: string) => {
      const point = deadline === null ? undefined : pointAt(points, deadline, 10 * 60_000);
      if (deadline === null || !point) return [];
      const label = t('leftAt', { value: formatNumber(point.mean, words.lang) });
      return [labelledPoint(name, { at: deadline, value: point.mean, label }, { color, font: theme.font })];
    };
    return {
      grid: GRID,
      tooltip: tooltip(theme, write),
      xAxis: timeAxis(theme, words),
      yAxis: { ...valueAxis(theme, words, t('itemsAxis')), ...(max !== undefined && { max }) },
      series: [
        ...bandSeries(before, 'before', theme.muted, 0.16),
        ...bandSeries(after, 'after', theme.primary, 0.2),
        lineSeries(
          'before',
          before.map((p) => [p.at, p.mean] as const),
          theme.muted,
          true,
        ),
        {
          ...lineSeries(
            'after',
            after.map((p) => [p.at, p.mean] as const),
            theme.primary,
          ),
          markLine: upLines(walls, theme),
        },
        ...leftAt(before, 'left before', theme.muted),
        ...leftAt(after, 'left after', theme.primary),
      ],
    };
  }, [before, after, deadline, theme, words, afterName, max, t]);
  return <CanvasChart option={option} label={label} height={height} />;
}
