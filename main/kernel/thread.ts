// Calls between threads: by name, one answer each, news before the answer, and a flag that asks to stop.
import { parentPort, type Transferable, Worker, type WorkerOptions } from 'node:worker_threads';
import { AppError, Cancelled, type ErrorParams, isErrorCode, toAppError } from './errors.ts';
import { noteRefused, onRefused } from './outbound.ts';

/** What one side answers: by name, what a call takes, what it gives, and what it tells meanwhile. */
export type Calls = { readonly [name: string]: { in: unknown; out: unknown; news?: unknown } };
type NoCalls = Record<never, never>;
export type Handlers<C extends Calls> = {
  readonly [K in keyof C]: (
    input: C[K]['in'],
    o: { readonly stopped: () => boolean; readonly tell: (news: C[K]['news']) => void },
  ) => C[K]['out'] | Promise<C[K]['out']>;
};
export type CallOptions<News> = {
  /** when aborted, the call is asked to stop; what it answers then is its own affair */
  readonly signal?: AbortSignal | undefined;
  readonly news?: ((news: News) => void) | undefined;
  readonly transfer?: readonly Transferable[];
};
/** Rejects as the handler threw: with AppError (the other side's stack as cause) or Cancelled. */
export type Call<C extends Calls> = <K extends keyof C & string>(
  name: K,
  input: C[K]['in'],
  o?: CallOptions<C[K]['news']>,
) => Promise<C[K]['out']>;

type Failed = { readonly code: string; readonly params: ErrorParams; readonly detail: string };
const CANCELLED = 'cancelled';
type Message =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly stop: SharedArrayBuffer | null;
    }
  | { readonly kind: 'news'; readonly id: number; readonly news: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failed: Failed }
  /** a connection that the guard of this thread refused */
  | { readonly kind: 'refused'; readonly address: string }
  | { readonly kind: 'close' };
type Port = { postMessage(message: Message, transfer?: readonly Transferable[]): void };
type Waiting = PromiseWithResolvers<unknown> & { readonly news: CallOptions<unknown>['news'] };

/** One end of the line. */
class End {
  readonly waiting = new Map<number, Waiting>();
  private readonly port: Port;
  private readonly own: Handlers<Calls>;
  private nextId = 1;

  constructor(port: Port, own: Handlers<Calls>) {
    this.port = port;
    this.own = own;
  }
  async call(name: string, input: unknown, o: CallOptions<unknown> = {}): Promise<unknown> {
    const { signal, news, transfer = [] } = o;
    const id = this.nextId++;
    const stop = signal ? new SharedArrayBuffer(4) : null;
    const ask = (): void => void (stop && Atomics.store(new Int32Array(stop), 0, 1));
    if (signal?.aborted) ask();
    this.port.postMessage({ kind: 'call', id, name, input, stop }, transfer);
    const waiting = { ...Promise.withResolvers<unknown>(), news };
    this.waiting.set(id, waiting);
    signal?.addEventListener('abort', ask, { once: true });
    return waiting.promise.finally(() => signal?.removeEventListener('abort', ask));
  }
  hear(message: Message): void {
    if (message.kind === 'close') return;
    if (message.kind === 'refused') {
      noteRefused(message.address);
      return;
    }
    if (message.kind === 'call') {
      void this.answer(message);
      return;
    }
    const asked = this.waiting.get(message.id);
    if (message.kind === 'news') {
      asked?.news?.(message.news);
      return;
    }
    this.waiting.delete(message.id);
    if (message.kind === 'done') asked?.resolve(message.output);
    else asked?.reject(errorOf(message.failed));
  }
  private async answer({ id, name, input, stop }: Message & { kind: 'call' }): Promise<void> {
    const flag = stop && new Int32Array(stop);
    try {
      const output = await this.own[name]?.(input, {
        stopped: () => flag !== null && Atomics.load(flag, 0) !== 0,
        tell: (news) => this.port.postMessage({ kind: 'news', id, news }),
      });
      this.port.postMessage({ kind: 'done', id, output });
    } catch (thrown) {
      this.port.postMessage({ kind: 'failed', id, failed: failedOf(thrown) });
    }
  }
  fail(reason: unknown): void {
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}
const detailOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown ?? '');
function failedOf(thrown: unknown): Failed {
  if (thrown instanceof Cancelled) return { code: CANCELLED, params: {}, detail: thrown.message };
  const { code, params, cause } = toAppError(thrown);
  return { code, params: { ...params }, detail: detailOf(cause) };
}
function errorOf({ code, params, detail }: Failed): Error {
  if (code === CANCELLED) return new Cancelled(detail);
  return new AppError(isErrorCode(code) ? code : 'internal', params, { cause: detail });
}

/** A file that is started by itself: beside the caller in the sources, under its own name in the bundle. */
export const entryFile = (from: string, source: string, bundled: string): URL =>
  new URL(from.endsWith('.ts') ? `./${source}.ts` : `./${bundled}.js`, from);

/** What Node is started with wherever code of ours runs beside the main thread: its connections are refused. */
export const guardedArgs = (): string[] => [
  '--import',
  entryFile(import.meta.url, 'guard-outbound', 'guard-outbound').href,
];

/** Starts a thread that cannot leave this machine. All threads are started here. */
export const startWorker = (file: URL, o: WorkerOptions = {}): Worker =>
  new Worker(file, { ...o, execArgv: guardedArgs() });

/** A worker as its owner sees it. It keeps the process alive only while a call is under way. */
export class Thread<Theirs extends Calls, Ours extends Calls = NoCalls> {
  private readonly worker: Worker;
  private readonly end: End;
  private over: unknown = null;
  private isClosing = false;

  /** @param own what the worker may call */
  constructor(worker: Worker, own?: Handlers<Ours>) {
    this.worker = worker;
    this.end = new End(worker, (own ?? {}) as unknown as Handlers<Calls>);
    worker.on('message', (message: Message) => {
      this.end.hear(message);
      if (this.end.waiting.size === 0 && !this.isClosing) worker.unref();
    });
    worker.on('error', (error) => this.die(new AppError('internal', {}, { cause: error })));
    worker.on('exit', (code) =>
      this.die(new AppError('internal', {}, { cause: new Error(`the thread ended with ${code}`) })),
    );
    worker.unref();
  }
  /** True once the worker has ended, however: calls are rejected. */
  get isOver(): boolean {
    return this.over !== null;
  }
  /** calls under way */
  get waiting(): number {
    return this.end.waiting.size;
  }
  readonly call: Call<Theirs> = (name, input, o) => {
    if (this.over !== null) return Promise.reject(this.over);
    this.worker.ref();
    return this.end.call(name, input, o as CallOptions<unknown>);
  };
  /** Ends the worker in the middle of what it does; calls under way reject with `reason`. */
  async stop(reason: unknown = new Cancelled('closed')): Promise<void> {
    this.die(reason);
    // else a process with nothing else to do would end before it
    this.worker.ref();
    await this.worker.terminate();
  }
  /** Lets the worker finish what it was asked, and end by itself. */
  async close(): Promise<void> {
    if (this.over !== null) return;
    this.isClosing = true;
    const gone = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    this.worker.ref();
    this.worker.postMessage({ kind: 'close' } satisfies Message);
    await gone;
  }
  private die(reason: unknown): void {
    this.over ??= reason;
    this.end.fail(this.over);
  }
}

/**
 * A worker's own side: answers its owner's calls from now on.
 * @param closing before it ends
 * @returns calls of the owner
 */
export function serveThread<Ours extends Calls, Theirs extends Calls = NoCalls>(
  own: Handlers<Ours>,
  closing: () => unknown = () => {},
): Call<Theirs> {
  const port = parentPort;
  if (!port) throw new Error('runs as a worker thread only');
  const end = new End(port, own as unknown as Handlers<Calls>);
  onRefused((address) => port.postMessage({ kind: 'refused', address } satisfies Message));
  port.on('message', (message: Message) => {
    if (message.kind !== 'close') return end.hear(message);
    void Promise.resolve(closing()).finally(() => port.close());
  });
  return ((name, input, o) => end.call(name, input, o as CallOptions<unknown>)) as Call<Theirs>;
}
