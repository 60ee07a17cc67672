import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import {
  areaSeries,
  bandSeries,
  GRID,
  labelledPoint,
  lineSeries,
  type Outlook,
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
  readonly outlook: readonly Outlook[];
  readonly now: number;
  readonly deadline: number | null;
  /** when what is due by the deadline is done; null: not within the shifts */
  readonly finish: number | null;
  /** the deadline is expected to be missed */
  readonly late: boolean;
  readonly label: string;
  readonly words: Words;
  readonly height?: number;
};

/**
 * Backlog behind us as a line; ahead of us what is left to do for the deadline, as a mean with its 10–90 % band, all that waits as a light
 * area, the deadline as a wall, and a mark where the work is done or what is left at the deadline.
 */
export function BacklogOutlook(props: Props) {
  const { history, outlook, now, deadline, finish, late, label, words, height = 240 } = props;
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
          t('waitingValue', { value: number(ahead.waiting) }),
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
    const atDeadline = deadline === null ? undefined : pointAt(outlook, deadline, 10 * 60_000);
    const mark =
      deadline !== null && atDeadline && (finish === null || finish > deadline)
        ? { at: deadline, value: atDeadline.mean, label: t('leftAt', { value: number(atDeadline.mean) }) }
        : finish !== null && outlook.length > 0
          ? { at: finish, value: 0, label: t('doneAt', { time: formatTime(finish, words.zone, words.lang) }) }
          : null;
    return {
      grid: GRID,
      tooltip: tooltip(theme, write),
      xAxis: timeAxis(theme, words),
      yAxis: valueAxis(theme, words, t('itemsAxis')),
      series: [
        areaSeries(
          'waiting',
          outlook.map((p) => [p.at, p.waiting] as const),
          theme.text,
        ),
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
        ...(mark
          ? [labelledPoint('mark', mark, { color: late ? theme.danger : theme.primary, font: theme.font })]
          : []),
      ],
    };
  }, [history, outlook, now, deadline, finish, late, theme, words, t]);
  return <CanvasChart option={option} label={label} height={height} />;
}
