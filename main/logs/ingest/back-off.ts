/** When a source that failed is tried again: after 1 s, then twice as long each time up to 5 min, never all at the same moment. */
const FIRST_MS = 1000;
const LONGEST_MS = 5 * 60_000;
const JITTER = 0.25;

export const backOffMs = (tries: number, chance: number = Math.random()): number => {
  const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, tries - 1)));
  return Math.round(ms * (1 - JITTER * chance));
};
