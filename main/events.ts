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
  /** All events until `signal` aborts. Bounded: a reader that falls behind loses the oldest and is told nothing else. */
  async *stream(signal: AbortSignal | undefined, limit = 1000): AsyncGenerator<E> {
    const queue: E[] = [];
    let wake = (): void => {};
    const off = this.on((event) => {
      queue.push(event);
      if (queue.length > limit) queue.shift();
      wake();
    });
    const stop = (): void => wake();
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const next = queue.shift();
        if (next !== undefined) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      off();
      signal?.removeEventListener('abort', stop);
    }
  }
}
