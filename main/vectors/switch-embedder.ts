import { AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { EmbedderStatus } from '../knowledge/contract/knowledge.ts';
import type { Base } from '../store/index.ts';
import type { VectorCache } from './embed-cached.ts';
import type { Embedder } from './types.ts';

const TASK = 'embedding';
const RETRY_MS = 30_000;
const RETRIES = 3;
const FORGET_AFTER_MS = 10_000;
const nameOf = ({ id, modelId, dimensions }: Embedder): EmbedderStatus['serving'] => ({
  id,
  modelId: modelId ?? null,
  dimensions,
});

/** An index made ready beside the one that serves: it takes over in one step, or is dropped. */
export type Prepared = { take(): void; drop(): Promise<void> };
export type PrepareWork = {
  readonly signal: AbortSignal;
  /** texts embedded so far, and how many there are */
  readonly progress: (done: number, total: number) => void;
};
/** A room that keeps vectors. `name` is the stage shown while its index is made. */
export interface VectorRoom {
  readonly name: string;
  prepare(embedder: Embedder, work: PrepareWork): Promise<Prepared>;
}
export interface EmbedderSwitch {
  status(): EmbedderStatus;
  /** Looks at what is wanted now and goes there in the background, unless it is there or on the way; vectors nobody wants go. */
  follow(): void;
  /** Tries again what failed or was stopped. Resolves when all indexes are of the wanted embedder. */
  rebuild(): Promise<void>;
  /** another embedder serves, or the way there began, failed or was stopped */
  readonly changed: Emitter<void>;
  readonly switched: Emitter<Embedder>;
  /** Waits for what is under way. */
  settled(): Promise<void>;
  /** Goes nowhere any more. */
  close(): void;
}

/**
 * Leads all rooms from one embedder to another: every room makes its new index in the background while the old one answers; when
 * all are ready they take over together. A failure or a cancel leaves everything as it was, and says why.
 */
export function createEmbedderSwitch(
  o: Pick<Base, 'tasks' | 'log'> & {
    /** serves until something else is ready */
    readonly first: Embedder;
    readonly wanted: () => Embedder;
    /** ids of the models that are here: vectors of others are of use to nobody */
    readonly kept?: () => Promise<readonly string[]>;
    readonly rooms: readonly VectorRoom[];
    readonly cache: VectorCache;
    readonly retryAfterMs?: number;
  },
): EmbedderSwitch {
  const log = o.log.area('vectors');
  const changed = new Emitter<void>();
  const switched = new Emitter<Embedder>();
  let serving = o.first;
  let state: EmbedderStatus['state'] = 'serving';
  let problem: EmbedderStatus['problem'] = null;
  /** what failed is not tried again without being asked: the reason is on the screen */
  let failedFor: string | null = null;
  let tries = 0;
  let closed = false;
  let going: { readonly to: string; readonly abort: AbortController; readonly done: Promise<void> } | null =
    null;

  const go = (embedder: Embedder): Promise<void> => {
    const abort = new AbortController();
    state = 'rebuilding';
    problem = null;
    const done = o.tasks
      .run(
        TASK,
        async ({ signal, progress }) => {
          for (const prepared of await prepareAll(o.rooms, embedder, signal, progress)) prepared.take();
          serving = embedder;
        },
        abort.signal,
      )
      .then(
        () => {
          state = 'serving';
          tries = 0;
          log.info('another embedder serves', { embedder: embedder.id });
        },
        (thrown: unknown) => {
          state = thrown instanceof Cancelled ? 'stopped' : 'failed';
          if (thrown instanceof Cancelled) throw thrown;
          const { code, params } = toAppError(thrown);
          problem = { code, params: { ...params } };
          log.warn('indexes of another embedder given up', { embedder: embedder.id, cause: thrown });
          throw thrown instanceof AppError ? thrown : new AppError(code, params, { cause: thrown });
        },
      )
      .finally(() => {
        going = null;
        changed.emit();
        if (serving === embedder) switched.emit(embedder);
      });
    going = { to: embedder.id, abort, done };
    changed.emit();
    return done;
  };
  const follow = async (again: boolean): Promise<void> => {
    if (closed) return;
    const wanted = o.wanted();
    if (going) {
      if (going.to === wanted.id) return going.done;
      going.abort.abort(new Cancelled('another embedder is wanted'));
      await going.done.catch(() => {});
      return follow(again);
    }
    if (wanted.id === serving.id) {
      // a model that comes back to its role later is tried anew
      failedFor = null;
      if (state !== 'serving') {
        state = 'serving';
        problem = null;
        changed.emit();
      }
      return;
    }
    if (!again && failedFor === wanted.id) return;
    failedFor = null;
    return go(wanted).catch((thrown: unknown) => {
      failedFor = wanted.id;
      retrySoon(thrown);
      throw thrown;
    });
  };
  /** The models process is started again by itself; so is what died with it, a few times. */
  const retrying = new Later(o.retryAfterMs ?? RETRY_MS, () => {
    if (state === 'failed') goThere(true);
  });
  const retrySoon = (thrown: unknown): void => {
    if (!(thrown instanceof AppError) || thrown.code !== 'models.process-died' || ++tries > RETRIES) return;
    retrying.soon();
  };
  const goThere = (again: boolean): void => {
    follow(again).catch((thrown: unknown) => {
      // kept in `problem` and told there
      if (!(thrown instanceof AppError || thrown instanceof Cancelled)) log.error('embedder', thrown);
    });
  };

  /** Those of a model that may come back to its role stay. */
  const forget = async (): Promise<void> => {
    const models = await o.kept?.();
    if (!models) return;
    // a server's model is nobody's to remove here
    const isOf = (id: string): boolean =>
      id.startsWith('server:') || models.some((model) => id.startsWith(`${model}:`));
    const gone = await o.cache.prune(
      (id) => [o.first.id, serving.id, o.wanted().id].includes(id) || isOf(id),
    );
    if (gone > 0) log.info('vectors of removed models forgotten', { vectors: gone });
  };
  // models change often while one is loaded or imported
  const forgetting = new Later(FORGET_AFTER_MS, () =>
    forget().catch((error: unknown) => log.warn('vectors of removed models', error)),
  );

  return {
    status() {
      const job = o.tasks.list().find((task) => task.kind === TASK && task.state === 'running');
      const { kept, hitRate } = o.cache.status();
      return {
        serving: nameOf(serving),
        wanted: nameOf(o.wanted()),
        state,
        problem,
        task: job ? { id: job.id, stage: job.stage, done: job.done, total: job.total } : null,
        cache: {
          vectors: kept.reduce((sum, { vectors }) => sum + vectors, 0),
          bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
          hitRate,
        },
      };
    },
    follow() {
      goThere(false);
      forgetting.soon();
    },
    rebuild() {
      tries = 0;
      return follow(true);
    },
    changed,
    switched,
    async settled() {
      while (going) await going.done.catch(() => {});
    },
    close() {
      closed = true;
      retrying.cancel();
      forgetting.cancel();
    },
  };
}

/** All rooms' indexes for an embedder; where one of them fails, none is left. */
async function prepareAll(
  rooms: readonly VectorRoom[],
  embedder: Embedder,
  signal: AbortSignal,
  progress: (done: number, total: number | null, stage?: string) => void,
): Promise<Prepared[]> {
  const ready: Prepared[] = [];
  try {
    for (const room of rooms)
      ready.push(
        await room.prepare(embedder, {
          signal,
          progress: (done, total) => progress(done, total, room.name),
        }),
      );
    if (signal.aborted) throw new Cancelled('aborted');
    return ready;
  } catch (error) {
    for (const prepared of ready) await prepared.drop();
    throw error;
  }
}

/** Does work once, so many ms after it was first asked for; the process does not stay for it. */
class Later {
  private timer: NodeJS.Timeout | null = null;
  private readonly afterMs: number;
  private readonly work: () => unknown;
  constructor(afterMs: number, work: () => unknown) {
    this.afterMs = afterMs;
    this.work = work;
  }
  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.work();
    }, this.afterMs).unref();
  }
  cancel(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
