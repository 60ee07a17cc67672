import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useReducedMotion } from './chart-theme.ts';

use([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

type Props = {
  readonly option: EChartsCoreOption;
  /** the whole message of the chart in a sentence, for people who cannot see it */
  readonly label: string;
  /** px */
  readonly height: number;
  /** a mark was clicked: its place in its series, and its series */
  readonly onPick?: (index: number, series: number) => void;
};

/** One ECharts canvas that follows its box, its option and the motion setting. */
export function CanvasChart({ option, label, height, onPick }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const still = useReducedMotion();
  useEffect(() => {
    if (!host.current) return;
    const made = init(host.current, null, { renderer: 'canvas' });
    chart.current = made;
    const resize = new ResizeObserver(() => made.resize());
    resize.observe(host.current);
    return () => {
      resize.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    const made = chart.current;
    if (!made || !onPick) return;
    const pick = ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex?: number }): void =>
      onPick(dataIndex, seriesIndex ?? 0);
    made.on('click', pick);
    return () => {
      if (!made.isDisposed()) made.off('click', pick);
    };
  }, [onPick]);
  useEffect(() => {
    chart.current?.setOption({ ...option, animation: !still, animationDuration: 250 }, { notMerge: true });
  }, [option, still]);
  return <div ref={host} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
