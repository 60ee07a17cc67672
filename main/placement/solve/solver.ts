import type { Worker } from 'node:worker_threads';
import { AppError, Cancelled, toAppError } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { Turns } from '../../kernel/task.ts';
import { entryFile, startWorker, Thread } from '../../kernel/thread.ts';
import { Timings } from '../../kernel/timings.ts';
import { SOLVE } from '../config.ts';
import type { Milp } from './milp.ts';
import type { SolverCalls } from './solver-worker.ts';

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

/** seconds beyond its time limit after which a silent solver is taken for dead */
const GRACE_SECONDS = 20;

/** The solver's thread is started at the first program, kept warm, and replaced after an error or above 700 MB. */
export function createSolver({
  log,
  timings = new Timings(),
  openThread = () => startWorker(entryFile(import.meta.url, 'solver-worker', 'solver-worker')),
}: {
  log: Log;
  timings?: Timings;
  /** starts the thread; a test plants a dying one */
  openThread?: () => Worker;
}): Solver {
  const own = log.area('solver');
  const turns = new Turns();
  let thread: Thread<SolverCalls> | null = null;

  const drop = (reason: string): void => {
    own.warn('solver thread replaced', { reason });
    void thread?.stop(new AppError('placement.solver', { detail: reason }));
    thread = null;
  };
  const runNow = async (program: Milp, options: SolveOptions): Promise<SolveResult> => {
    if (options.signal?.aborted) throw new Cancelled('solve cancelled');
    const { seconds: limit, relaxed = false, signal, onIncumbent } = options;
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    let incumbents = 0;
    const watchdog = setTimeout(
      () => drop('no answer within the time limit'),
      (limit + GRACE_SECONDS) * 1000,
    );
    thread ??= new Thread(openThread());
    const { status, objective, bound, values, memory, version } = await thread
      .call(
        'solve',
        {
          data: program.toModelData(),
          start: options.start ?? null,
          seconds: limit,
          gap: options.gap,
          relaxed,
        },
        {
          signal,
          news: (incumbent) => {
            incumbents++;
            onIncumbent?.({ ...incumbent, seconds: seconds() });
          },
        },
      )
      .catch((thrown: unknown) => {
        // after an error inside WebAssembly this instance is not to be trusted
        const detail = String(toAppError(thrown).params['detail'] ?? toAppError(thrown).cause);
        if (thread) drop(detail);
        throw new AppError('placement.solver', { detail });
      })
      .finally(() => clearTimeout(watchdog));
    if (memory > SOLVE.maxMemory) drop(`${memory} bytes of memory`);
    if (status === 'other') throw new AppError('placement.solver', { detail: 'no usable result' });
    const usable = status !== 'infeasible' && (relaxed || program.isFeasible(values));
    return {
      status: status === 'interrupted' ? 'cancelled' : status,
      objective,
      bound,
      gap: bound === null || !usable ? null : relativeGap(objective, bound),
      values: usable ? values : null,
      seconds: seconds(),
      incumbents,
      version,
    };
  };

  let isClosed = false;
  return {
    solve: (program, options) =>
      turns.take(() => {
        if (isClosed) throw new AppError('placement.solver', { detail: 'closed' });
        return timings.timed('solver', 'HiGHS', () => runNow(program, options));
      }),
    async close() {
      isClosed = true;
      const gone = thread;
      thread = null;
      await gone?.stop(new AppError('placement.solver', { detail: 'closed' }));
    },
  };
}

const relativeGap = (objective: number, bound: number): number =>
  Math.max(0, objective - bound) / Math.max(1e-9, Math.abs(objective));
