import { useMemo } from 'react';
import type { DayForecast } from '../../main/analytics/contract/situation.ts';
import { formatNumber, formatTime } from '../../main/api/contract/format.ts';
import { useWords } from '../words.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import { bandSeries, GRID, lineSeries, timeAxis, tooltip, valueAxis, type Words } from './parts.ts';

type Props = {
  readonly day: Pick<DayForecast, 'blocks' | 'blockMinutes'>;
  readonly label: string;
  readonly words: Words;
  readonly height?: number;
};

/** Items coming in by the half hour: ours with its band, the company's dashed, what came as bars. */
export function ArrivalForecast({ day, label, words, height = 220 }: Props) {
  const t = useWords('charts');
  const theme = useChartTheme();
  const option = useMemo(() => {
    const half = (day.blockMinutes / 2) * 60_000;
    const number = (value: number): string => formatNumber(value, words.lang);
    const time = (at: number): string => formatTime(at, words.zone, words.lang);
    // a block is drawn at its middle
    const points = day.blocks.map((block) => ({ ...block, at: block.at + half, from: block.at }));
    const write = (at: number): string => {
      const block = points.find((point) => point.at === at);
      if (!block) return '';
      const { ours, company, actual } = block;
      return [
        `${time(block.from)}–${time(block.from + 2 * half)}`,
        ...(actual === null ? [] : [t('actualValue', { value: number(actual) })]),
        ...(ours === null
          ? []
          : [
              t('oursValue', {
                value: number(ours.mean),
                low: number(ours.low),
                high: number(ours.high),
              }),
            ]),
        ...(company === null ? [] : [t('companyValue', { value: number(company) })]),
      ].join('\n');
    };
    const band = points.flatMap(({ at, ours }) => (ours ? [{ at, ...ours }] : []));
    return {
      grid: GRID,
      tooltip: tooltip(theme, write),
      xAxis: timeAxis(theme, words),
      yAxis: valueAxis(theme, words, t('itemsAxis')),
      series: [
        {
          name: 'actual',
          type: 'bar' as const,
          barMaxWidth: 14,
          itemStyle: { color: theme.muted, opacity: 0.55, borderRadius: [2, 2, 0, 0] },
          data: points.map(({ at, actual }) => [at, actual]),
        },
        ...bandSeries(band, 'ours', theme.primary),
        lineSeries(
          'company',
          points.map(({ at, company }) => [at, company] as const),
          theme.watch,
          true,
        ),
        lineSeries(
          'expected',
          band.map((p) => [p.at, p.mean] as const),
          theme.primary,
        ),
      ],
    };
  }, [day, theme, words, t]);
  return <CanvasChart option={option} label={label} height={height} />;
}
