// The models process as the engine sees it: started when needed, watched over, started again with back-off.

import type { Clock } from '../../kernel/clock.ts';
import { AppError, Cancelled, isErrorCode } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import { noteRefused } from '../../kernel/outbound.ts';
import { backOffMs, delay } from '../../kernel/task.ts';
import { Timings } from '../../kernel/timings.ts';
import type { Base } from '../../store/index.ts';
import type { ModelProcess } from '../contract/models.ts';
import { FromModels, type Job, type ToModels } from '../process/protocol.ts';
import type { ModelsChild, SpawnModels } from '../runtime-door.ts';

const PAUSES = { firstMs: 250, longestMs: 30_000, jitter: 0 };
/** running this long counts as well again */
const HEALTHY_MS = 60_000;
/** somebody who asks during a pause waits for it up to this long, and hears that it is down otherwise */
const WAIT_PAUSE_MS = 2_000;
const STOP_WITHIN_MS = 3_000;
/** a cancelled job that has not ended by then hangs, and everything behind it */
const CANCEL_WITHIN_MS = 20_000;
/** what a native library says when it gives up */
const REASON = /GGML_ASSERT|GGML_ABORT|what\(\)|terminate called|fatal error|out of memory|Error:/i;
const REASON_CHARS = 300;

type Pending = {
  readonly modelId: string | null;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: (done: number, total: number) => void;
};
export type Death = {
  readonly modelId: string | null;
  readonly signal: string | null;
  readonly detail: string;
};
type Hooks = { readonly progress?: Pending['progress'] };
type Told = Extract<FromModels, { type: 'loading' | 'loaded' | 'unloaded' }>;

export class ModelsLink {
  readonly died = new Emitter<Death>();
  /** state, or process id */
  readonly changed = new Emitter<void>();
  /** what the process tells about its models */
  readonly told = new Emitter<Told>();
  private child: ModelsChild | null = null;
  private pid: number | null = null;
  /** it said that it takes jobs; before that it has not read one */
  private isUp = false;
  private startedAt = 0;
  private failures = 0;
  private pause = Promise.resolve();
  private isPausing = false;
  private pauseEndsAt = 0;
  private readonly closing = new AbortController();
  private readonly jobs = new Map<number, Pending>();
  /** cancelled jobs that have not ended yet */
  private readonly ending = new Map<number, NodeJS.Timeout>();
  private nextId = 1;
  private working: string | null = null;
  private deaths = 0;
  private lastDeath: ModelProcess['lastDeath'] = null;
  private readonly spawn: SpawnModels;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly timings: Timings;
  constructor(
    o: Pick<Base, 'clock' | 'log'> & {
      readonly spawn: SpawnModels;
      readonly timings?: Timings | undefined;
    },
  ) {
    this.timings = o.timings ?? new Timings();
    this.spawn = o.spawn;
    this.clock = o.clock;
    this.log = o.log;
  }

  process(): ModelProcess {
    const state = this.child ? 'running' : this.isPausing ? 'restarting' : 'stopped';
    return { state, pid: this.pid, deaths: this.deaths, lastDeath: this.lastDeath };
  }
  get isIdle(): boolean {
    return this.jobs.size === 0;
  }
  isBusy(modelId: string): boolean {
    return [...this.jobs.values()].some((job) => job.modelId === modelId);
  }

  /** Has the process do a job. Rejects with Cancelled as soon as it is cancelled, with AppError `models.*` otherwise. */
  async run(job: Job, signal: AbortSignal | undefined, hooks: Hooks = {}): Promise<unknown> {
    if (signal?.aborted) throw new Cancelled('cancelled before it began');
    const child = await this.ready();
    const id = this.nextId++;
    const done = new Promise((resolve, reject) => {
      const cancel = (): void => {
        if (this.jobs.delete(id)) this.cancel(child, id);
        reject(new Cancelled('cancelled by its caller'));
      };
      if (signal?.aborted) return cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      this.jobs.set(id, {
        modelId: job.kind === 'machine' ? null : job.kind === 'unload' ? job.modelId : job.spec.modelId,
        resolve(value) {
          signal?.removeEventListener('abort', cancel);
          resolve(value);
        },
        reject(error) {
          signal?.removeEventListener('abort', cancel);
          reject(error);
        },
        progress: hooks.progress ?? (() => {}),
      });
      this.post(child, { type: 'job', id, job });
    });
    return this.timings.timed('model', job.kind, () => done);
  }

  /** Ends the process; what is under way there is cancelled. It starts again when needed. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.child = null;
    this.forget(new Cancelled('the models process is stopped'));
    const gone = new Promise<void>((resolve) => child.onExit(() => resolve()));
    this.post(child, { type: 'stop' });
    const timer = setTimeout(() => child.kill(), STOP_WITHIN_MS);
    await gone;
    clearTimeout(timer);
  }
  async close(): Promise<void> {
    this.closing.abort(new Cancelled('closing'));
    await this.stop();
  }

  private async ready(): Promise<ModelsChild> {
    if (this.pauseEndsAt - performance.now() <= WAIT_PAUSE_MS) await this.pause;
    if (this.closing.signal.aborted) throw new Cancelled('closing');
    if (this.isPausing) throw new AppError('models.process-died');
    return this.child ?? this.start();
  }
  private start(): ModelsChild {
    const child = this.spawn();
    this.child = child;
    this.pid = child.pid;
    this.startedAt = performance.now();
    child.onMessage((raw) => child === this.child && this.hear(raw));
    child.onExit((code, signal, lastWords) => {
      if (child === this.child) this.lost({ code, signal, lastWords });
    });
    this.changed.emit();
    return child;
  }
  private post(child: ModelsChild, message: ToModels): void {
    child.post(message);
  }
  private cancel(child: ModelsChild, id: number): void {
    this.post(child, { type: 'cancel', id });
    const timer = setTimeout(() => {
      this.log.error('the models process does not stop what was cancelled');
      child.kill();
    }, CANCEL_WITHIN_MS);
    timer.unref();
    this.ending.set(id, timer);
  }

  private hear(raw: unknown): void {
    const parsed = FromModels.safeParse(raw);
    if (!parsed.success) {
      this.log.error('the models process said something unknown', parsed.error);
      return;
    }
    const message = parsed.data;
    if (message.type === 'ready') {
      this.isUp = true;
      this.pid = message.pid;
      this.changed.emit();
    } else if (message.type === 'refused') noteRefused(message.address, 'models');
    else if (message.type === 'working') this.working = message.modelId;
    else if (message.type === 'progress') this.jobs.get(message.id)?.progress(message.done, message.total);
    else if (message.type === 'done') this.take(message.id)?.resolve(message.value);
    else if (message.type === 'cancelled') this.take(message.id)?.reject(new Cancelled('cancelled'));
    else if (message.type === 'failed') {
      const { id, code, params, detail } = message;
      this.take(id)?.reject(new AppError(isErrorCode(code) ? code : 'internal', params, { cause: detail }));
    } else this.told.emit(message);
  }
  private take(id: number): Pending | undefined {
    clearTimeout(this.ending.get(id));
    this.ending.delete(id);
    const job = this.jobs.get(id);
    this.jobs.delete(id);
    return job;
  }

  /** It ended unasked. */
  private lost(end: { code: number | null; signal: string | null; lastWords: string }): void {
    const guilty = this.blamed();
    const detail =
      end.lastWords
        .split('\n')
        .find((line) => REASON.test(line))
        ?.trim()
        .slice(0, REASON_CHARS) ?? '';
    this.deaths++;
    this.lastDeath = { at: this.clock.now(), modelId: guilty, signal: end.signal };
    this.log.error('the models process died', { ...end, modelId: guilty });
    this.child = null;
    this.failures = performance.now() - this.startedAt > HEALTHY_MS ? 1 : this.failures + 1;
    this.beginPause();
    this.forget(new AppError('models.process-died', {}, { cause: detail || (end.signal ?? end.code) }));
    this.died.emit({ modelId: guilty, signal: end.signal, detail });
  }
  /** Whose file it died over. One that could not even start died over nobody's. */
  private blamed(): string | null {
    if (this.working !== null) return this.working;
    if (!this.isUp) return null;
    const [only, ...others] = new Set([...this.jobs.values()].map((job) => job.modelId));
    return others.length === 0 ? (only ?? null) : null;
  }
  private beginPause(): void {
    const ms = backOffMs(this.failures, PAUSES);
    this.pauseEndsAt = performance.now() + ms;
    this.isPausing = true;
    const restart = (): void => {
      this.isPausing = false;
      if (!this.closing.signal.aborted) this.start();
    };
    this.pause = delay(ms, this.closing.signal).then(restart, restart);
  }
  private forget(error: unknown): void {
    this.pid = null;
    this.isUp = false;
    this.working = null;
    for (const timer of this.ending.values()) clearTimeout(timer);
    this.ending.clear();
    const jobs = [...this.jobs.values()];
    this.jobs.clear();
    for (const job of jobs) job.reject(error);
    this.changed.emit();
  }
}
