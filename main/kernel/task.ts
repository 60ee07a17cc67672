import type { Clock } from './clock.ts';
import { Cancelled, type ErrorCode, type ErrorParams, toAppError } from './errors.ts';
import { Emitter } from './events.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';

export type TaskState = 'running' | 'done' | 'failed' | 'cancelled';
/** A long job as the jobs page shows it. `total` null: not known yet. */
export type Task = {
  readonly id: string;
  readonly kind: string;
  /** the file or model it is about, by its name; null where its kind says all */
  readonly about: string | null;
  readonly state: TaskState;
  readonly done: number;
  readonly total: number | null;
  /** what it is doing now, a code the renderer words, e.g. a table name */
  readonly stage: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } | null;
};
export interface TaskContext {
  readonly signal: AbortSignal;
  progress(done: number, total: number | null, stage?: string): void;
  /** tells what it is about, where several of a kind are told apart by it */
  about(name: string): void;
}

const KEEP_ENDED = 100;

/** Everything over a second runs here: visible, cancellable, its result kept for the jobs page. */
export class Tasks {
  readonly changed = new Emitter<Task>();
  private readonly tasks = new Map<string, Task>();
  private readonly aborts = new Map<string, AbortController>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly clock: Clock;
  private readonly log: Log;
  constructor(clock: Clock, log: Log) {
    this.clock = clock;
    this.log = log.area('task');
  }
  list(): Task[] {
    return [...this.tasks.values()].sort((a, b) => b.startedAt - a.startedAt);
  }
  isRunning(kind: string): boolean {
    return this.list().some((t) => t.kind === kind && t.state === 'running');
  }
  /** Asks a task to stop; false when it is not running. */
  cancel(id: string): boolean {
    const abort = this.aborts.get(id);
    abort?.abort(new Cancelled('cancelled by a person'));
    return abort !== undefined;
  }
  /** Runs `work`. Rejects with AppError, or with Cancelled when it was stopped. */
  run<T>(kind: string, work: (context: TaskContext) => Promise<T>, outer?: AbortSignal): Promise<T> {
    const id = newId();
    const abort = new AbortController();
    const relay = (): void => abort.abort(new Cancelled('cancelled by its caller'));
    if (outer?.aborted) relay();
    outer?.addEventListener('abort', relay, { once: true });
    this.aborts.set(id, abort);
    this.set({
      id,
      kind,
      about: null,
      state: 'running',
      done: 0,
      total: null,
      stage: null,
      startedAt: this.clock.now(),
      endedAt: null,
      error: null,
    });
    const update = (change: Partial<Task>): void => {
      const task = this.tasks.get(id);
      if (task) this.set({ ...task, ...change });
    };
    const promise = (async () => {
      try {
        const result = await work({
          signal: abort.signal,
          progress: (done, total, stage) =>
            update({ done, total, ...(stage === undefined ? {} : { stage }) }),
          about: (about) => update({ about }),
        });
        update({ state: 'done', endedAt: this.clock.now() });
        return result;
      } catch (thrown) {
        if (abort.signal.aborted || thrown instanceof Cancelled) {
          update({ state: 'cancelled', endedAt: this.clock.now() });
          throw thrown instanceof Cancelled ? thrown : new Cancelled('cancelled', { cause: thrown });
        }
        const error = toAppError(thrown);
        if (error.code === 'internal') this.log.error(`${kind} failed`, thrown);
        update({
          state: 'failed',
          endedAt: this.clock.now(),
          error: { code: error.code, params: error.params },
        });
        throw error;
      } finally {
        outer?.removeEventListener('abort', relay);
        this.aborts.delete(id);
        this.forgetOld();
      }
    })();
    this.running.add(promise);
    promise.catch(() => {}).finally(() => this.running.delete(promise));
    return promise;
  }
  /** Stops everything and waits for it. */
  async close(): Promise<void> {
    for (const abort of this.aborts.values()) abort.abort(new Cancelled('closing'));
    await Promise.allSettled(this.running);
  }
  private set(task: Task): void {
    this.tasks.set(task.id, task);
    this.changed.emit(task);
  }
  private forgetOld(): void {
    const ended = this.list().filter((t) => t.state !== 'running');
    for (const task of ended.slice(KEEP_ENDED)) this.tasks.delete(task.id);
  }
}

/** Rejects with Cancelled when the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason instanceof Cancelled ? signal.reason : new Cancelled('aborted');
}

/** Settles with `work`, or rejects with Cancelled the moment the signal aborts, whatever `work` is still doing. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(new Cancelled('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => {});
  }
}

/** Waits; a cancelled wait rejects with Cancelled. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Cancelled('aborted'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Waits between tries: `firstMs` after the first, then twice as long each time; `jitter` is the share of each that is chance. */
export type BackOff = { readonly firstMs: number; readonly longestMs: number; readonly jitter: number };
/** Milliseconds to wait after so many failed tries. @param chance 0…1 */
export const backOffMs = (tries: number, o: BackOff, chance: number = Math.random()): number => {
  const ms = Math.min(o.longestMs, o.firstMs * 2 ** Math.min(20, Math.max(0, tries - 1)));
  return Math.round(ms * (1 - o.jitter * chance));
};

/** One piece of work after the other, in the order they came; one that fails holds up none of the next. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  readonly take = <T>(work: () => Promise<T>): Promise<T> => {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  };
  /** all that came so far is done */
  readonly idle = async (): Promise<void> => void (await this.last);
}

const TURN_MS = 15;
/** Long work in pieces: awaited between two of them, it lets the rest of the engine go on once the work has taken its turn. */
export function yieldToEventLoop(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}
