import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import {
  type Band,
  bandSeries,
  GRID,
  lineSeries,
  type Point,
  pointAt,
  timeAxis,
  tooltip,
  upLines,
  valueAxis,
  type Words,
} from './parts.ts';

type Props = {
  readonly history: readonly Point[];
  readonly outlook: readonly Band[];
  readonly now: number;
  readonly deadline: number | null;
  /** the deadline is expected to be missed */
  readonly late: boolean;
  readonly label: string;
  readonly words: Words;
  readonly height?: number;
};

/** Backlog behind us as a line, ahead of us as a mean with its 10–90 % band, the deadline as a wall. */
export function BacklogOutlook(props: Props) {
  const { history, outlook, now, deadline, late, label, words, height = 240 } = props;
  const { t } = useTranslation('charts');
  const theme = useChartTheme();
  const option = useMemo(() => {
    const number = (value: number): string => formatNumber(value, words.lang);
    const write = (at: number): string => {
      const ahead = at >= now ? pointAt(outlook, at, 30 * 60_000) : undefined;
      const behind = ahead ? undefined : pointAt(history, at, 10 * 60_000);
      const lines = [formatTime(at, words.zone, words.lang)];
      if (behind) lines.push(t('backlogValue', { value: number(behind.value) }));
      if (ahead)
        lines.push(
          t('expectedValue', { value: number(ahead.mean) }),
          t('bandValue', { low: number(ahead.low), high: number(ahead.high) }),
        );
      return lines.join('\n');
    };
    const walls = [
      { at: now, label: t('now'), color: theme.dimmed },
      ...(deadline === null
        ? []
        : [
            {
              at: deadline,
              label: t('deadlineAt', { time: formatTime(deadline, words.zone, words.lang) }),
              color: late ? theme.danger : theme.text,
              solid: true,
            },
          ]),
    ];
    return {
      grid: GRID,
      tooltip: tooltip(theme, write),
      xAxis: timeAxis(theme, words),
      yAxis: valueAxis(theme, words, t('itemsAxis')),
      series: [
        ...bandSeries(outlook, 'outlook', theme.primary),
        lineSeries(
          'expected',
          outlook.map((p) => [p.at, p.mean] as const),
          theme.primary,
          true,
        ),
        {
          ...lineSeries(
            'history',
            history.map((p) => [p.at, p.value] as const),
            theme.text,
          ),
          markLine: upLines(walls, theme),
        },
      ],
    };
  }, [history, outlook, now, deadline, late, theme, words, t]);
  return <CanvasChart option={option} label={label} height={height} />;
}
