import type { ReactNode } from 'react';
import classes from './raw-text.module.css';

/** A line as it stands in its source, all of it. */
export function RawText({ children }: { readonly children: ReactNode }) {
  return <div className={classes['raw']}>{children}</div>;
}
