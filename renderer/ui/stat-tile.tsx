import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ui.module.css';

type Props = {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly hint?: ReactNode;
  readonly tone?: 'plain' | 'ok' | 'watch' | 'danger';
  /** opens the rows behind the number */
  readonly onOpen?: () => void;
};
export function StatTile({ label, value, unit, hint, tone = 'plain', onOpen }: Props) {
  const body = (
    <>
      <Text span className={classes['tileLabel']}>
        {label}
      </Text>
      <span className={classes['tileValue']}>
        {value}
        {unit !== undefined && <small>{unit}</small>}
      </span>
      {hint !== undefined && <span className={classes['tileHint']}>{hint}</span>}
    </>
  );
  return onOpen ? (
    <UnstyledButton className={classes['tile']} data-tone={tone} onClick={onOpen}>
      {body}
    </UnstyledButton>
  ) : (
    <div className={classes['tile']} data-tone={tone}>
      {body}
    </div>
  );
}
