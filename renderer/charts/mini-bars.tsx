import { Box, Flex } from '@mantine/core';
import classes from './small-charts.module.css';

type Props = {
  readonly bars: readonly { readonly value: number; readonly title: string }[];
  readonly label: string;
  readonly height?: number;
  /** words under the first and the last bar */
  readonly ends?: readonly [string, string];
};

/** Small upright bars with what each means on hover: a distribution, or counts over time. */
export function MiniBars({ bars, label, height = 56, ends }: Props) {
  const top = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <Box component="figure" m={0}>
      <div role="img" aria-label={label} className={classes['miniBars']} style={{ height }}>
        {bars.map((bar, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <span key={i} className={classes['miniSlot']} title={bar.title}>
            <Box
              component="span"
              flex={1}
              bdrs="1px 1px 0 0"
              bg="var(--mantine-primary-color-filled)"
              opacity={0.8}
              style={{ height: bar.value === 0 ? 0 : `max(2px, ${(bar.value / top) * 100}%)` }}
            />
          </span>
        ))}
      </div>
      {ends && (
        <Flex component="figcaption" justify="space-between" fz="xs" c="dimmed">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </Flex>
      )}
    </Box>
  );
}

type SparklineProps = {
  readonly values: readonly number[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  /** `auto`: from the smallest to the largest value; `share`: 0 to 1 */
  readonly scale?: 'auto' | 'share';
  /** a level to mark, e.g. the alert threshold */
  readonly mark?: number;
  readonly tone?: 'calm' | 'watch' | 'danger';
};
const COLOR = {
  calm: 'var(--mantine-color-dimmed)',
  watch: 'var(--watch-line)',
  danger: 'var(--danger-line)',
};

/** A small SVG line. With fewer than two values there is no trend, so nothing is drawn. */
export function Sparkline(props: SparklineProps) {
  const { values, label, width = 72, height = 22, scale = 'auto', mark, tone = 'calm' } = props;
  if (values.length < 2) return <svg role="img" aria-label={label} width={width} height={height} />;
  const low = scale === 'share' ? 0 : Math.min(...values);
  const high = scale === 'share' ? 1 : Math.max(...values);
  const span = high - low || 1;
  const x = (i: number): number => 2 + (i / (values.length - 1)) * (width - 4);
  const y = (value: number): number => height - 3 - ((value - low) / span) * (height - 6);
  const line = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const last = values[values.length - 1] ?? 0;
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {mark !== undefined && (
        <line
          x1={0}
          x2={width}
          y1={y(mark)}
          y2={y(mark)}
          stroke="var(--mantine-color-default-border)"
          strokeDasharray="3 3"
        />
      )}
      <polyline points={line} fill="none" stroke={COLOR[tone]} strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r={2} fill={COLOR[tone]} />
    </svg>
  );
}
