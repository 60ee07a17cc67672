import { Worker } from 'node:worker_threads';
import { AppError, Cancelled } from '../kernel/errors.ts';
import type { MapAnswer, MapMessage, MapReply, MapRequest } from './map-worker.ts';

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './map-worker.ts' : './map-worker.js', import.meta.url);

export type MapWork = {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((stage: string, done: number, total: number) => void) | undefined;
};
/** Vectors of templates as the worker takes them; copied to it once a key. */
export type RowMatrix = {
  readonly key: string;
  readonly values: Float32Array;
  readonly n: number;
  readonly d: number;
};
type WithoutRows<R> = R extends MapRequest ? Omit<R, 'rows'> : never;

export interface MapClient {
  /** One after another. Rejects with Cancelled when `signal` is aborted. */
  ask(rows: RowMatrix, request: WithoutRows<MapRequest>, work?: MapWork): Promise<MapAnswer>;
  /** Waits for what runs, which is asked to stop. */
  close(): Promise<void>;
}

/** The thread is started at the first question and kept, with the neighbours it found. */
export function createMapClient(): MapClient {
  let worker: Worker | null = null;
  let running: {
    readonly id: number;
    readonly take: (reply: MapReply) => void;
    readonly fail: (e: Error) => void;
  } | null = null;
  let stopRunning: (() => void) | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let sentKey: string | null = null;
  let next = 1;
  let closed = false;

  const started = (): Worker => {
    if (worker) return worker;
    const fresh = new Worker(workerFile());
    const die = (detail: string): void => {
      if (worker !== fresh) return;
      worker = null;
      sentKey = null;
      running?.fail(new AppError('internal', {}, { cause: new Error(`map thread: ${detail}`) }));
    };
    fresh.on('message', (reply: MapReply) => {
      if (running?.id === reply.id) running.take(reply);
    });
    fresh.on('error', (error: unknown) => die(String(error)));
    fresh.on('exit', (code) => die(`ended with ${code}`));
    fresh.unref();
    worker = fresh;
    return fresh;
  };

  const askNow = async (
    rows: RowMatrix,
    request: WithoutRows<MapRequest>,
    work: MapWork,
  ): Promise<MapAnswer> => {
    if (closed || work.signal?.aborted) throw new Cancelled('cancelled before its turn');
    const thread = started();
    const stop = new SharedArrayBuffer(4);
    const ask = (): void => {
      Atomics.store(new Int32Array(stop), 0, 1);
    };
    work.signal?.addEventListener('abort', ask, { once: true });
    stopRunning = ask;
    const { promise, resolve, reject } = Promise.withResolvers<MapAnswer>();
    const id = next++;
    running = {
      id,
      fail: reject,
      take(reply) {
        if (reply.type === 'progress') work.progress?.(reply.stage, reply.done, reply.total);
        else resolve(reply.answer);
      },
    };
    thread.ref();
    const values = sentKey === rows.key ? null : rows.values;
    sentKey = rows.key;
    const whole = { ...request, rows: { ...rows, values } } as MapRequest;
    thread.postMessage({ type: 'do', id, request: whole, stop } satisfies MapMessage);
    try {
      const answer = await promise;
      if (answer.type === 'cancelled') throw new Cancelled('cancelled');
      if (answer.type === 'failed') throw new AppError('internal', {}, { cause: new Error(answer.detail) });
      return answer;
    } finally {
      work.signal?.removeEventListener('abort', ask);
      running = null;
      stopRunning = null;
      if (!closed) worker?.unref();
    }
  };

  return {
    ask(rows, request, work = {}) {
      const result = queue.then(async () => {
        const answer = await askNow(rows, request, work);
        if (answer.type !== 'send-rows') return answer;
        sentKey = null; // another thread than the one they were sent to
        return askNow(rows, request, work);
      });
      queue = result.catch(() => {});
      return result;
    },
    async close() {
      closed = true;
      stopRunning?.();
      await queue;
      const gone = worker;
      worker = null;
      if (!gone) return;
      const ended = new Promise<void>((resolve) => gone.once('exit', () => resolve()));
      gone.ref();
      gone.postMessage({ type: 'close' } satisfies MapMessage);
      await ended;
    },
  };
}
