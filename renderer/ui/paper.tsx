import { Portal } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './paper.module.css';

/** px of 178 mm, what A4 leaves between its margins */
export const PAPER_PX = 670;

type Props = {
  readonly over: string;
  readonly title: string;
  /** places for seals */
  readonly stamps?: readonly string[];
  readonly foot: string;
  /** puts it on paper; resolves once that is done. Without it the print dialog does; null: that is open already */
  readonly save?: (() => Promise<void>) | null | undefined;
  readonly onDone: () => void;
  readonly children: ReactNode;
};
/**
 * A4, black on white in either theme, with page numbers. Prints, or is saved, when it appears; what Ctrl+P prints is this too.
 */
export function Paper({ over, title, stamps = [], foot, save, onDone, children }: Props) {
  useEffect(() => {
    if (save) return void save().finally(onDone);
    window.addEventListener('afterprint', onDone);
    if (save === undefined) window.print();
    return () => window.removeEventListener('afterprint', onDone);
  }, [save, onDone]);
  return (
    // a node of its own: a hint that is open in the shared one would make the page wider, and what is on it smaller
    <Portal reuseTargetNode={false}>
      <div className={classes['paper']} aria-hidden>
        <div className={classes['top']}>
          <div>
            <p>{over}</p>
            <h1>{title}</h1>
          </div>
          <div className={classes['stamps']}>
            {stamps.map((stamp) => (
              <span key={stamp}>{stamp}</span>
            ))}
          </div>
        </div>
        {children}
        <p className={classes['foot']}>{foot}</p>
      </div>
    </Portal>
  );
}
