import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Tasks } from '../kernel/task.ts';
import type { Store } from './store.ts';

/** What rooms are built with; each names what it needs of it: `Pick<Base, 'store' | 'clock'>`. */
export type Base = {
  readonly store: Store;
  readonly dataDir: string;
  /** now and ticks of the app; the demo's time while it runs */
  readonly clock: Clock;
  /** the site's zone: what a day is, and what times without an offset mean */
  readonly zone: () => string;
  readonly tasks: Tasks;
  readonly log: Log;
};
