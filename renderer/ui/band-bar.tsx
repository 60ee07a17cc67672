import classes from './ui.module.css';

type Props = {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
  /** what came; null when nobody knows */
  readonly actual: number | null;
  /** the value at the right end; the left end is 0 */
  readonly max: number;
  readonly tone: 'plain' | 'ok' | 'watch' | 'danger';
  /** the same in words */
  readonly label: string;
};

/** A predicted range with its mean, and the value that came, on one scale from 0. */
export function BandBar({ low, mean, high, actual, max, tone, label }: Props) {
  const place = (value: number): string => `${max > 0 ? Math.min(100, (value / max) * 100) : 0}%`;
  return (
    <span className={classes['range']} data-tone={tone} role="img" aria-label={label}>
      <span
        className={classes['rangeBand']}
        style={{ insetInlineStart: place(low), width: `calc(${place(high - low)} + 2px)` }}
      />
      <span className={classes['rangeMean']} style={{ insetInlineStart: place(mean) }} />
      {actual !== null && (
        <span className={classes['rangeActual']} style={{ insetInlineStart: place(actual) }} />
      )}
    </span>
  );
}
