import { Box } from '@mantine/core';
import { useFormat } from '../use-format.ts';
import classes from './ui.module.css';

type Props = {
  /** P(on time) 0–1; null when there is nothing to work it out from */
  readonly value: number | null;
  readonly risk?: 'ok' | 'watch' | 'danger' | 'unknown';
  readonly large?: boolean;
  /** the bar alone, beside a number that is already there */
  readonly bare?: boolean;
};

/** The chance of being on time as a number and a bar. The number carries the meaning, the bar only the size. */
export function OnTimeBar({ value, risk = 'ok', large = false, bare = false }: Props) {
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
