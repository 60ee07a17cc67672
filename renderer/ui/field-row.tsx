import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './field-row.module.css';

type Props = {
  readonly label: string;
  readonly help?: ReactNode;
  /** the control's id, so that the label belongs to it */
  readonly htmlFor?: string;
  readonly children: ReactNode;
};
/** A setting: what it is and what it does on the left, its control on the right. */
export function FieldRow({ label, help, htmlFor, children }: Props) {
  return (
    <div className={classes['row']}>
      <div>
        <Box htmlFor={htmlFor} component="label" fw={600} fz="md">
          {label}
        </Box>
        {help !== undefined && (
          <Box maw="36rem" fz="sm" c="dimmed">
            {help}
          </Box>
        )}
      </div>
      <div className={classes['control']}>{children}</div>
    </div>
  );
}

/** A group of settings under a heading. */
export function FieldGroup({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <Box component="h2" fz="var(--mantine-h2-font-size)" fw={650}>
        {title}
      </Box>
      {note !== undefined && <div className={classes['note']}>{note}</div>}
      <div className={classes['card']}>{children}</div>
    </section>
  );
}
