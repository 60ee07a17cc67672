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
        <label htmlFor={htmlFor} className={classes['label']}>
          {label}
        </label>
        {help !== undefined && <div className={classes['help']}>{help}</div>}
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
      <h2 className={classes['title']}>{title}</h2>
      {note !== undefined && <div className={classes['note']}>{note}</div>}
      <div className={classes['card']}>{children}</div>
    </section>
  );
}
