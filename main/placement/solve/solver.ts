import { Worker } from 'node:worker_threads';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { Timings } from '../../kernel/timings.ts';
import { SOLVE } from '../config.ts';
import type { Milp } from './milp.ts';
import type { SolverReply, SolverRequest } from './solver-worker.ts';

export type SolveOptions = {
  readonly seconds: number;
  /** relative gap to stop at */
  readonly gap: number;
  readonly start?: Float64Array;
  /** drop integrality: a bound in a fraction of the time */
  readonly relaxed?: boolean;
  /** asks the solver to stop; it answers with its best so far (status `cancelled`) */
  readonly signal?: AbortSignal | undefined;
  readonly onIncumbent?: (incumbent: { objective: number; values: Float64Array; seconds: number }) => void;
};
export type SolveResult = {
  readonly status: 'optimal' | 'time-limit' | 'cancelled' | 'infeasible';
  readonly objective: number;
  /** proven lower bound; null when none was found */
  readonly bound: number | null;
  /** (objective − bound) ÷ |objective|; null without a bound */
  readonly gap: number | null;
  /** best feasible point; null when none was found */
  readonly values: Float64Array | null;
  readonly seconds: number;
  readonly incumbents: number;
  /** of HiGHS, such as `1.15.3 (b3f2d1c)` */
  readonly version: string;
};
export interface Solver {
  /**
   * Minimises a program in the solver's thread; programs queue. Rejects with `placement.solver` when the thread fails (the next
   * call gets a new one) and with Cancelled when `signal` was aborted before its turn came.
   */
  solve(program: Milp, options: SolveOptions): Promise<SolveResult>;
  close(): Promise<void>;
}

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './solver-worker.ts' : './solver-worker.js', import.meta.url);

/** seconds beyond its time limit after which a silent solver is taken for dead */
const GRACE_SECONDS = 20;

type Running = {
  readonly id: number;
  readonly take: (reply: SolverReply) => void;
  readonly fail: (error: AppError) => void;
};

/** The solver's thread is started at the first program, kept warm, and replaced after an error or above 700 MB. */
export function createSolver({
  log,
  timings = new Timings(),
  startWorker = () => new Worker(workerFile()),
}: {
  log: Log;
  timings?: Timings;
  /** starts the thread; a test plants a dying one */
  startWorker?: () => Worker;
}): Solver {
  const own = log.area('solver');
  let worker: Worker | null = null;
  let running: Running | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let next = 1;
  let closed = false;

  const drop = (reason: string): void => {
    const gone = worker;
    worker = null;
    if (gone) {
      own.warn('solver thread replaced', { reason });
      void gone.terminate();
    }
  };
  const started = (): Worker => {
    if (worker) return worker;
    const fresh = startWorker();
    const die = (detail: string): void => {
      if (worker !== fresh) return;
      drop(detail);
      running?.fail(new AppError('placement.solver', { detail }));
    };
    fresh.on('message', (reply: SolverReply) => {
      if (running?.id === reply.id) running.take(reply);
    });
    fresh.on('error', (error: unknown) => die(String(error)));
    fresh.on('exit', (code) => die(`thread ended with ${code}`));
    fresh.unref();
    worker = fresh;
    return fresh;
  };

  const runNow = (program: Milp, options: SolveOptions): Promise<SolveResult> => {
    if (closed) return Promise.reject(new AppError('placement.solver', { detail: 'closed' }));
    if (options.signal?.aborted) return Promise.reject(new Cancelled('solve cancelled'));
    const stop = new SharedArrayBuffer(4);
    const id = next++;
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    const ask = (): void => {
      Atomics.store(new Int32Array(stop), 0, 1);
    };
    options.signal?.addEventListener('abort', ask, { once: true });
    const { promise, resolve, reject } = Promise.withResolvers<SolveResult>();
    const thread = started();
    let incumbents = 0;
    running = {
      id,
      fail: reject,
      take(reply) {
        if (reply.type === 'incumbent') {
          incumbents++;
          options.onIncumbent?.({ objective: reply.objective, values: reply.values, seconds: seconds() });
          return;
        }
        if (reply.type === 'failed') {
          drop(reply.detail);
          reject(new AppError('placement.solver', { detail: reply.detail }));
          return;
        }
        if (reply.memory > SOLVE.maxMemory) drop(`${reply.memory} bytes of memory`);
        if (reply.status === 'other') {
          reject(new AppError('placement.solver', { detail: 'no usable result' }));
          return;
        }
        const usable = reply.status !== 'infeasible' && (options.relaxed || program.isFeasible(reply.values));
        resolve({
          status: reply.status === 'interrupted' ? 'cancelled' : reply.status,
          objective: reply.objective,
          bound: reply.bound,
          gap: reply.bound === null || !usable ? null : relativeGap(reply.objective, reply.bound),
          values: usable ? reply.values : null,
          seconds: seconds(),
          incumbents,
          version: reply.version,
        });
      },
    };
    const watchdog = setTimeout(
      () => {
        drop('silent beyond its time limit');
        reject(new AppError('placement.solver', { detail: 'no answer within the time limit' }));
      },
      (options.seconds + GRACE_SECONDS) * 1000,
    );
    thread.ref();
    thread.postMessage({
      id,
      data: program.toModelData(),
      start: options.start ?? null,
      seconds: options.seconds,
      gap: options.gap,
      relaxed: options.relaxed ?? false,
      stop,
    } satisfies SolverRequest);
    return promise.finally(() => {
      clearTimeout(watchdog);
      options.signal?.removeEventListener('abort', ask);
      running = null;
      worker?.unref();
    });
  };

  return {
    solve(program, options) {
      const result = queue.then(() => timings.timed('solver', 'HiGHS', () => runNow(program, options)));
      queue = result.catch(() => {});
      return result;
    },
    async close() {
      closed = true;
      const gone = worker;
      worker = null;
      running?.fail(new AppError('placement.solver', { detail: 'closed' }));
      gone?.ref(); // else a process with nothing else to do would end before it
      await gone?.terminate();
    },
  };
}

const relativeGap = (objective: number, bound: number): number =>
  Math.max(0, objective - bound) / Math.max(1e-9, Math.abs(objective));
