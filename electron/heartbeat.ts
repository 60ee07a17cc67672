const EVERY_MS = 5_000;
const MISSED = 6;

/**
 * Asks a process every five seconds whether it is there; says so when it has not answered six times, and when it answers again.
 * Questions are counted and not seconds, so that a computer that slept is no process that hangs.
 */
export function startHeartbeat(o: { ask: () => void; silent: () => void; back: () => void }): {
  answered(): void;
  stop(): void;
} {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered === MISSED) o.silent();
    unanswered += 1;
    o.ask();
  }, EVERY_MS);
  return {
    answered() {
      if (unanswered > MISSED) o.back();
      unanswered = 0;
    },
    stop: () => clearInterval(timer),
  };
}
