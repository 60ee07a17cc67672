const TURN_MS = 15;

/** Long work in pieces: awaited between two of them, it lets the rest of the engine go on once the work has taken its turn. */
export function takeTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}
