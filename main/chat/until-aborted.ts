import { Cancelled } from '../kernel/errors.ts';
import { throwIfAborted } from '../kernel/task.ts';

/** Settles with `work`, or rejects with Cancelled the moment the signal aborts, whatever `work` is still doing. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(new Cancelled('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => {});
  }
}
