/** A typed, synchronous emitter: listeners get deltas, never the whole state. */
export class Emitter<E> {
  private listeners = new Set<(event: E) => void>();
  on(listener: (event: E) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  emit(event: E): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  /**
   * All events from this call on, until `signal` aborts. Bounded: a reader that falls behind loses the oldest. `missed`
   * is yielded first and in the place of lost events: the reader's sign to look for itself at what it has not been told.
   */
  stream(signal: AbortSignal | undefined, o: { missed?: E; limit?: number } = {}): AsyncGenerator<E> {
    const { missed, limit = 1000 } = o;
    const queue: E[] = missed === undefined ? [] : [missed];
    const reader = { queue, wake: (): void => {} };
    // from now on, not from the first reading on: what happens in between is told too
    const off = this.on((event) => {
      reader.queue.push(event);
      if (reader.queue.length > limit) {
        reader.queue.shift();
        if (missed !== undefined) reader.queue[0] = missed;
      }
      reader.wake();
    });
    signal?.addEventListener('abort', off, { once: true });
    return readAll(reader, signal, off);
  }
}

async function* readAll<E>(
  reader: { readonly queue: E[]; wake: () => void },
  signal: AbortSignal | undefined,
  off: () => void,
): AsyncGenerator<E> {
  const stop = (): void => reader.wake();
  signal?.addEventListener('abort', stop);
  try {
    while (!signal?.aborted) {
      const next = reader.queue.shift();
      if (next !== undefined) yield next;
      else
        await new Promise<void>((resolve) => {
          reader.wake = resolve;
        });
    }
  } finally {
    off();
    signal?.removeEventListener('abort', off);
    signal?.removeEventListener('abort', stop);
  }
}
