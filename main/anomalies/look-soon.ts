import { Cancelled } from '../kernel/errors.ts';
import type { Base } from '../store/index.ts';
import type { ReadLogs } from './read-logs.ts';

const MINUTE = 60_000;
const LOOK_AFTER_MS = 2_000;

/**
 * New lines are looked at soon, not line by line; a log that fell silent is seen by the clock. While weeks of old lines are read, a
 * look takes long: the next one waits as long, so that other work has its share. Goes on until the returned function is called.
 */
export function lookSoon(
  o: Pick<Base, 'clock' | 'log'> & {
    readonly look: () => Promise<unknown>;
    readonly logs: Pick<ReadLogs, 'changed'>;
  },
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  let looked = Promise.resolve(0);
  const look = (): void => {
    if (isDue) return;
    isDue = true;
    void looked.then((tookMs) => {
      timer = setTimeout(
        () => {
          isDue = false;
          const began = performance.now();
          looked = o
            .look()
            .catch((error: unknown) => error instanceof Cancelled || o.log.error('look at the logs', error))
            .then(() => performance.now() - began);
        },
        Math.max(LOOK_AFTER_MS, tookMs),
      );
      timer.unref();
    });
  };
  const stops = [o.logs.changed.on(({ kind }) => kind === 'lines' && look()), o.clock.every(MINUTE, look)];
  return () => {
    for (const stop of stops) stop();
    clearTimeout(timer);
  };
}
