import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { AppError, isErrorCode } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import { throwIfAborted } from '../kernel/task.ts';
import type { Timings } from '../kernel/timings.ts';
import { openDatabase, storeError } from './connection.ts';
import type { Sql, Statement } from './sql.ts';
import type { WriterJob, WriterReply } from './writer-worker.ts';

/** Reads only: its connection is opened read-only, so a query that writes fails in SQLite itself. */
export interface Reader {
  all<Row>(query: Sql): Row[];
  get<Row>(query: Sql): Row | undefined;
  iterate<Row>(query: Sql): IterableIterator<Row>;
}
export interface Store {
  readonly read: Reader;
  /**
   * Applies the statements as one durable transaction, in the order of the calls. Resolves with each statement's number of
   * changed rows; rejects with AppError and changes nothing otherwise. Reads after it see the change.
   */
  write(batch: readonly Statement[]): Promise<number[]>;
  /** fires after each transaction, with the tables' statements left out: a cue to refresh */
  readonly written: Emitter<void>;
  readonly file: string;
  /**
   * Copies the database as it is at one moment into a new file while it goes on being written.
   * @param copied pages so far, and of how many
   */
  copy(
    file: string,
    o: { readonly signal: AbortSignal; readonly copied: (pages: number, of: number) => void },
  ): Promise<void>;
  /** transactions that wait for the writer */
  waiting(): number;
  /** Reads the whole database in a thread of its own; what is damaged, or null. Seconds for each gigabyte. */
  check(): Promise<string | null>;
  close(): Promise<void>;
}

const workerFile = (name: 'writer' | 'check'): URL =>
  new URL(import.meta.url.endsWith('.ts') ? `./${name}-worker.ts` : `./store-${name}.js`, import.meta.url);

/** a statement that takes longer is noted, ms */
const SLOW_MS = 50;
export type StoreOptions = { readonly now?: number; readonly timings?: Timings };

/** Opens (creating and migrating) `dir/toride.db`. */
export async function openStore(
  dir: string,
  { now = Date.now(), timings }: StoreOptions = {},
): Promise<Store> {
  makePrivateFolder(dir); // people's names are in it
  const file = path.join(dir, 'toride.db');
  const worker = new Worker(workerFile('writer'), {
    workerData: { file, backupDir: path.join(dir, 'backups'), now },
  });
  const waiting = new Map<
    number,
    {
      resolve: (changes: number[]) => void;
      reject: (error: unknown) => void;
      copied?: (pages: number, of: number) => void;
    }
  >();
  let dead: AppError | null = null;
  const ready = Promise.withResolvers<void>();
  const die = (error: AppError): void => {
    dead ??= error;
    ready.reject(error);
    for (const job of waiting.values()) job.reject(error);
    waiting.clear();
  };
  const written = new Emitter<void>();
  worker.on('message', (reply: WriterReply) => {
    if (reply.type === 'ready') return ready.resolve();
    if (reply.type === 'copied') return waiting.get(reply.id)?.copied?.(reply.pages, reply.of);
    const error =
      reply.type === 'failed'
        ? new AppError(isErrorCode(reply.code) ? reply.code : 'internal', reply.params, {
            cause: reply.detail,
          })
        : null;
    if (reply.id === null) return die(error ?? new AppError('internal'));
    const job = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (error) job?.reject(error);
    else if (reply.type === 'done') {
      if (!job?.copied) written.emit();
      job?.resolve([...reply.changes]);
    }
  });
  worker.on('error', (cause) => die(storeError(cause)));
  worker.on('exit', () => die(new AppError('internal', {}, { cause: 'the store is closed' })));
  try {
    await ready.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  worker.unref();

  const noteSlow = (text: string, ms: number): void => {
    if (ms >= SLOW_MS) timings?.add('sql', text.replace(/\s+/g, ' ').trim(), ms);
  };
  const read = openReader(file, noteSlow);
  let next = 1;
  let isClosing = false;
  type Asked = { readonly batch: readonly Statement[] } | { readonly copyTo: string };
  const ask = (id: number, job: Asked, copied?: (pages: number, of: number) => void): Promise<number[]> => {
    if (dead) return Promise.reject(dead);
    const { promise, resolve, reject } = Promise.withResolvers<number[]>();
    waiting.set(id, { resolve, reject, ...(copied ? { copied } : {}) });
    worker.ref();
    worker.postMessage({ id, ...job } satisfies WriterJob);
    return promise.finally(() => {
      // closing waits for the worker, whatever is still written: the process must not end before
      if (waiting.size === 0 && !isClosing) worker.unref();
    });
  };
  return {
    file,
    written,
    read,
    check: () => checkDatabase(file),
    async copy(to, { signal, copied }) {
      throwIfAborted(signal);
      const id = next++;
      const stop = (): void => worker.postMessage({ stop: id } satisfies WriterJob);
      signal.addEventListener('abort', stop, { once: true });
      try {
        await ask(id, { copyTo: to }, copied);
      } catch (error) {
        throwIfAborted(signal);
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    waiting: () => waiting.size,
    async write(batch) {
      const began = performance.now();
      const changes = await ask(next++, { batch });
      noteSlow(batch[0]?.text ?? '', performance.now() - began);
      return changes;
    },
    async close() {
      isClosing = true;
      read.close();
      if (dead) return;
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.ref();
      worker.postMessage('close');
      await gone;
    },
  };
}

/** What is damaged in a database, that is open or not; null: nothing. */
export async function checkDatabase(file: string): Promise<string | null> {
  const worker = new Worker(workerFile('check'), { workerData: file });
  const said = Promise.withResolvers<string | null>();
  worker.once('message', said.resolve);
  worker.once('error', said.reject);
  return said.promise;
}

/** What SQLite refuses, as an error a person can act on. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw storeError(cause);
  }
}
function* toldRows<Row>(rows: IterableIterator<Row>): IterableIterator<Row> {
  try {
    yield* rows;
  } catch (cause) {
    throw storeError(cause);
  }
}

/** A reader of its own, for another thread, of a database that is open already. */
export function openReader(
  file: string,
  took: (text: string, ms: number) => void = () => {},
): Reader & { close(): void } {
  const db = openDatabase(file, { readonly: true });
  const prepared = new Map<string, Database.Statement<unknown[]>>();
  const prepare = (text: string): Database.Statement<unknown[]> => {
    let statement = prepared.get(text);
    if (!statement) {
      if (prepared.size > 500) prepared.clear();
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const timed = <T>({ text }: Sql, work: () => T): T => {
    const began = performance.now();
    const result = told(work);
    took(text, performance.now() - began);
    return result;
  };
  return {
    all: <Row>(query: Sql): Row[] => timed(query, () => prepare(query.text).all(...query.values) as Row[]),
    get: <Row>(query: Sql): Row | undefined =>
      timed(query, () => prepare(query.text).get(...query.values) as Row | undefined),
    // a statement of its own: a prepared one is busy while it is being iterated
    iterate: <Row>(query: Sql) =>
      toldRows(told(() => db.prepare(query.text).iterate(...query.values) as IterableIterator<Row>)),
    close: () => db.close(),
  };
}
