import { useMemo } from 'react';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import { useWords } from '../words.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import {
  areaSeries,
  type Band,
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
  const t = useWords('charts');
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

type BeforeAfterProps = {
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
export function BeforeAfter({
  before,
  after,
  deadline,
  label,
  words,
  afterName,
  max,
  height = 220,
}: BeforeAfterProps) {
  const t = useWords('charts');
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
