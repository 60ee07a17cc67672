/** The page's own failures go into the app's log, where an administrator finds them. */
import { engine } from './engine-client.ts';
import { EngineLost, isCancelled } from './errors.ts';

const SEEN_LIMIT = 50;
let sent = 0;

export function reportFailure(thrown: unknown): void {
  if (isCancelled(thrown) || thrown instanceof EngineLost || sent >= SEEN_LIMIT) return;
  sent += 1;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const stack = error.stack?.slice(0, 8000);
  engine.system
    .report({ message: error.message.slice(0, 2000), ...(stack ? { stack } : {}) })
    .catch(() => {});
}
export function reportFailures(): void {
  window.addEventListener('error', (event) => reportFailure(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => reportFailure(event.reason));
}
