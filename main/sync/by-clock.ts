import type { Clock } from '../kernel/clock.ts';

/** Work that is done again and again, each time so long after the last; at once when it is wanted. */
export type ByClock = {
  /** At once and then again and again, until the returned function is called. */
  start(): () => void;
  /** At once, where it goes on by itself. */
  soon(): void;
  /** when it is next due, epoch ms; null: not started */
  nextAt(): number | null;
  stop(): void;
};

/** @param o.work never rejects; `waitMs` is asked after it; `planned`: `nextAt` is another */
export function createByClock(o: {
  readonly clock: Clock;
  readonly work: () => Promise<void>;
  readonly waitMs: () => number;
  readonly planned: () => void;
}): ByClock {
  let nextAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const schedule = (ms: number): void => {
    clearTimeout(timer);
    nextAt = o.clock.now() + ms;
    timer = setTimeout(() => void tick(), ms);
    timer.unref();
  };
  const tick = async (): Promise<void> => {
    await o.work();
    if (timer === undefined) return;
    schedule(o.waitMs());
    o.planned();
  };
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    nextAt = null;
  };
  return {
    start() {
      schedule(0);
      return stop;
    },
    soon() {
      if (timer !== undefined) schedule(0);
    },
    nextAt: () => nextAt,
    stop,
  };
}
