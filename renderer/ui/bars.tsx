import { Box } from '@mantine/core';
import { useFormat } from '../use-format.ts';
import classes from './ui.module.css';

type OnTimeProps = {
  /** P(on time) 0–1; null when there is nothing to work it out from */
  readonly value: number | null;
  readonly risk?: 'ok' | 'watch' | 'danger' | 'unknown';
  readonly large?: boolean;
  /** the bar alone, beside a number that is already there */
  readonly bare?: boolean;
};

/** The chance of being on time as a number and a bar. The number carries the meaning, the bar only the size. */
export function OnTimeBar({ value, risk = 'ok', large = false, bare = false }: OnTimeProps) {
  const format = useFormat();
  return (
    <span className={classes['onTime']} data-risk={risk} data-large={large || undefined}>
      <span className={classes['onTimeTrack']} aria-hidden>
        <Box
          component="span"
          display="block"
          h="100%"
          bdrs={3}
          bg="var(--tone)"
          style={{ width: `${Math.max(value === null ? 0 : 2, (value ?? 0) * 100)}%` }}
        />
      </span>
      {!bare && (
        <span className={classes['onTimeValue']}>{value === null ? '–' : format.percent(value)}</span>
      )}
    </span>
  );
}

type BandProps = {
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
export function BandBar({ low, mean, high, actual, max, tone, label }: BandProps) {
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
