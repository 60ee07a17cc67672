import { AppError, Cancelled } from '../../kernel/errors.ts';
import { Turns, throwIfAborted } from '../../kernel/task.ts';
import { entryFile, startWorker, Thread } from '../../kernel/thread.ts';
import type { Base } from '../../store/index.ts';
import type { MatchSpec } from './line-match.ts';
import type { SearchCalls } from './search-worker.ts';

export interface Searcher {
  /**
   * One request at a time, in order; those with a regular expression have a thread of their own. Rejects with Cancelled when `signal` aborts, with `logs.slow-search` when the thread does not
   * come back (a regular expression that backtracks without end): the thread is replaced.
   */
  ask<K extends keyof SearchCalls>(
    name: K,
    request: SearchCalls[K]['in'],
    signal?: AbortSignal,
  ): Promise<SearchCalls[K]['out']>;
  close(): Promise<void>;
}

/** Beyond its budget, after which a silent thread is taken for stuck; one block takes far less. */
const GRACE_MS = 4000;
/** A thread that starts on a busy machine needs longer to come to its first request. */
const START_MS = 30_000;
/** A thread told to stop that goes on for so long is replaced; it looks between blocks. */
const STOP_MS = 500;

/** A thread, and who waits for it. */
type Lane = { readonly turns: Turns; thread: Thread<SearchCalls> | null };

export function createSearcher(
  o: Pick<Base, 'dataDir' | 'log'> & {
    readonly storeFile: string;
  },
): Searcher {
  const own = o.log.area('search');
  const workerData = { dataDir: o.dataDir, storeFile: o.storeFile };
  let isClosed = false;
  const lane = (): Lane => ({ turns: new Turns(), thread: null });
  // a regular expression may never end: words are searched beside it
  const [plain, expressions] = [lane(), lane()];

  const askNow = async <K extends keyof SearchCalls>(
    lane: Lane,
    name: K,
    request: SearchCalls[K]['in'],
    signal?: AbortSignal,
  ): Promise<SearchCalls[K]['out']> => {
    if (isClosed) throw new Cancelled('closed');
    throwIfAborted(signal);
    if (!lane.thread || lane.thread.isOver)
      lane.thread = new Thread(
        startWorker(entryFile(import.meta.url, 'search-worker', 'log-search'), { workerData }),
      );
    const asked = lane.thread;
    let isDone = false;
    const giveUp = (): void => {
      if (isDone) return;
      own.warn('search thread replaced: no answer');
      void asked.stop(new AppError('logs.slow-search'));
    };
    // where this thread was the busy one, the answer lies here already: it is heard first
    const watch = (ms: number): NodeJS.Timeout => setTimeout(() => setImmediate(giveUp), ms);
    let watchdog = watch(START_MS);
    let stuck: NodeJS.Timeout | undefined;
    const abort = (): void => {
      // a regular expression that never ends does not look at the flag
      stuck = setTimeout(() => void asked.stop(new Cancelled('search cancelled')), STOP_MS);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const news = (): void => {
      clearTimeout(watchdog);
      watchdog = watch(((request as { budgetMs?: number }).budgetMs ?? 0) + GRACE_MS);
    };
    try {
      const answer = await asked.call(name, request, { signal, news });
      throwIfAborted(signal);
      return answer;
    } finally {
      isDone = true;
      clearTimeout(watchdog);
      clearTimeout(stuck);
      signal?.removeEventListener('abort', abort);
    }
  };

  return {
    ask: (name, request, signal) => {
      const lane = (request as { spec?: MatchSpec }).spec?.regex ? expressions : plain;
      return lane.turns.take(() => askNow(lane, name, request, signal));
    },
    async close() {
      isClosed = true;
      await Promise.all([plain.thread?.stop(), expressions.thread?.stop()]);
    },
  };
}
