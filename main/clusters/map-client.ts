import { Cancelled } from '../kernel/errors.ts';
import { Turns } from '../kernel/task.ts';
import { entryFile, startWorker, Thread } from '../kernel/thread.ts';
import type { MapCalls, RowMatrix } from './map-worker.ts';

export type MapWork = {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((stage: string, done: number, total: number) => void) | undefined;
};
type MapWorkName = 'group' | 'draw';
export interface MapClient {
  /** One after another. Rejects with Cancelled when `signal` is aborted. */
  ask<K extends MapWorkName>(
    name: K,
    rows: RowMatrix,
    request: Omit<MapCalls[K]['in'], 'key'>,
    work?: MapWork,
  ): Promise<MapCalls[K]['out']>;
  /** Waits for what runs, which is asked to stop. */
  close(): Promise<void>;
}

/** The thread is started at the first question and kept, with the neighbours it found. */
export function createMapClient(): MapClient {
  const turns = new Turns();
  const closing = new AbortController();
  let thread: Thread<MapCalls> | null = null;
  return {
    ask: (name, rows, request, { signal, progress } = {}) =>
      turns.take(async () => {
        const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
        if (either.aborted) throw new Cancelled('cancelled before its turn');
        if (!thread || thread.isOver)
          thread = new Thread(startWorker(entryFile(import.meta.url, 'map-worker', 'map-worker')));
        const { key } = rows;
        if (!(await thread.call('holds', key))) await thread.call('rows', rows);
        return thread.call(name, { ...request, key } as MapCalls[typeof name]['in'], {
          signal: either,
          news: ({ stage, done, total }) => progress?.(stage, done, total),
        });
      }),
    async close() {
      closing.abort();
      await turns.idle();
      await thread?.close();
    },
  };
}
