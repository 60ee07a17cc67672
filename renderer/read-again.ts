/** Reading again what the engine says has changed, at the pace of its answers. */

const GATHER_MS = 100;
/** After an answer that took long, nothing is asked for so many times as long: while many lines come in, others have their share. */
const REST = 3;

export type ReadAgain<Key> = {
  add(keys: Iterable<Key>): void;
  stop(): void;
};
/**
 * What is on its way is neither begun anew, or it would never arrive while changes keep coming, nor taken for the newest: it is read
 * once more when it is there.
 */
export function createReadAgain<Key>(o: {
  /** resolves with the answer */
  readonly read: (key: Key) => Promise<unknown>;
  readonly isReading: (key: Key) => boolean;
}): ReadAgain<Key> {
  const changed = new Set<Key>();
  const restUntil = new Map<Key, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = async (key: Key): Promise<void> => {
    const began = performance.now();
    restUntil.set(key, Number.POSITIVE_INFINITY);
    await o.read(key).catch(() => {}); // the query shows its own error
    const now = performance.now();
    restUntil.set(key, now + REST * (now - began));
  };
  const flush = (): void => {
    timer = undefined;
    const now = performance.now();
    for (const key of changed) {
      if ((restUntil.get(key) ?? 0) > now || o.isReading(key)) continue;
      changed.delete(key);
      void begin(key);
    }
    if (changed.size) timer = setTimeout(flush, GATHER_MS);
  };
  return {
    add(keys) {
      for (const key of keys) changed.add(key);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
