type Props = {
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
export function Sparkline(props: Props) {
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
