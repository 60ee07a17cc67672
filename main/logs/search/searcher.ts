import { Worker } from 'node:worker_threads';
import { AppError, Cancelled, isErrorCode } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { SearchJob, SearchReply, SearchRequest } from './search-worker.ts';

type Answer = Exclude<SearchReply, { type: 'failed' | 'begun' }>;
type Running = {
  readonly id: number;
  readonly begun: () => void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};
export interface Searcher {
  /**
   * One request at a time, in order. Rejects with Cancelled when `signal` aborts, with `logs.slow-search` when the thread does not
   * come back (a regular expression that backtracks without end): the thread is replaced.
   */
  ask(request: SearchRequest, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './search-worker.ts' : './log-search.js', import.meta.url);
/** Beyond its budget, after which a silent thread is taken for stuck; one block takes far less. */
const GRACE_MS = 4000;
/** A thread that starts on a busy machine needs longer to come to its first request. */
const START_MS = 30_000;
/** A thread told to stop that goes on for so long is replaced; it looks between blocks. */
const STOP_MS = 500;

export function createSearcher(o: {
  readonly dataDir: string;
  readonly storeFile: string;
  readonly log: Log;
}): Searcher {
  const own = o.log.area('search');
  let worker: Worker | null = null;
  let running: Running | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let next = 1;
  let closed = false;

  const drop = (): void => {
    const gone = worker;
    worker = null;
    void gone?.terminate();
  };
  const started = (): Worker => {
    if (worker) return worker;
    const fresh = new Worker(workerFile(), { workerData: { dataDir: o.dataDir, storeFile: o.storeFile } });
    const die = (cause: unknown): void => {
      if (worker !== fresh) return;
      worker = null;
      running?.reject(new AppError('internal', {}, { cause }));
    };
    fresh.on('message', (reply: SearchReply) => {
      if (running?.id !== reply.id) return;
      if (reply.type === 'begun') return running.begun();
      if (reply.type !== 'failed') return running.resolve(reply);
      const code = isErrorCode(reply.code) ? reply.code : 'internal';
      running.reject(new AppError(code, reply.params, { cause: reply.detail }));
    });
    fresh.on('error', die);
    fresh.on('exit', (code) => die(`search thread ended with ${code}`));
    fresh.unref();
    worker = fresh;
    return fresh;
  };

  const askNow = async (request: SearchRequest, signal: AbortSignal | undefined): Promise<Answer> => {
    if (closed) throw new Cancelled('closed');
    if (signal?.aborted) throw new Cancelled('search cancelled');
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const stop = new SharedArrayBuffer(4);
    const id = next++;
    const giveUp = (): void => {
      if (running?.id !== id) return;
      own.warn('search thread replaced: no answer');
      drop();
      reject(new AppError('logs.slow-search'));
    };
    // where this thread was the busy one, the answer lies here already: it is heard first
    const watch = (ms: number): NodeJS.Timeout => setTimeout(() => setImmediate(giveUp), ms);
    let watchdog = watch(START_MS);
    const begun = (): void => {
      clearTimeout(watchdog);
      watchdog = watch((request.kind === 'around' ? 0 : request.budgetMs) + GRACE_MS);
    };
    running = { id, begun, resolve, reject };
    let stuck: NodeJS.Timeout | undefined;
    const abort = (): void => {
      Atomics.store(new Int32Array(stop), 0, 1);
      // a regular expression that never ends does not look at the flag
      stuck = setTimeout(() => {
        drop();
        reject(new Cancelled('search cancelled'));
      }, STOP_MS);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const thread = started();
    thread.ref();
    thread.postMessage({ id, request, stop } satisfies SearchJob);
    try {
      const answer = await promise;
      if (signal?.aborted) throw new Cancelled('search cancelled');
      return answer;
    } finally {
      clearTimeout(watchdog);
      clearTimeout(stuck);
      signal?.removeEventListener('abort', abort);
      running = null;
      worker?.unref();
    }
  };

  return {
    ask(request, signal) {
      const answer = queue.then(() => askNow(request, signal));
      queue = answer.catch(() => {});
      return answer;
    },
    async close() {
      closed = true;
      const gone = worker;
      worker = null;
      running?.reject(new Cancelled('closed'));
      gone?.ref();
      await gone?.terminate();
    },
  };
}
