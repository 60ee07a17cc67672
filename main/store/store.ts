import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import { Emitter } from '../kernel/events.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import { throwIfAborted } from '../kernel/task.ts';
import { entryFile, startWorker, Thread } from '../kernel/thread.ts';
import type { Timings } from '../kernel/timings.ts';
import { openDatabase, preparing, storeError } from './connection.ts';
import type { Sql, Statement } from './sql.ts';
import type { WriterCalls } from './writer-worker.ts';

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
   * @param made what is there after it, for what `accompany` has kept beside it
   */
  write(batch: readonly Statement[], made?: unknown): Promise<number[]>;
  /**
   * Does `deed`; the first thing it writes, and nothing after that, is written by `write` instead, which may so add to its
   * transaction. A deed that writes nothing is accompanied by nothing.
   */
  accompany<T>(write: Store['write'], deed: () => Promise<T>): Promise<T>;
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

const startWriter = (): Thread<WriterCalls> =>
  new Thread(startWorker(entryFile(import.meta.url, 'writer-worker', 'store-writer')));

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
  const writer = startWriter();
  try {
    await writer.call('open', { file, backupDir: path.join(dir, 'backups'), now });
  } catch (error) {
    await writer.stop();
    throw error;
  }
  const noteSlow = (text: string, ms: number): void => {
    if (ms >= SLOW_MS) timings?.add('sql', text.replace(/\s+/g, ' ').trim(), ms);
  };
  const written = new Emitter<void>();
  const deeds = new AsyncLocalStorage<{ write: Store['write'] | null }>();
  const read = openReader(file, noteSlow);
  return {
    file,
    written,
    read,
    check: () => checkDatabase(file),
    async copy(to, { signal, copied }) {
      throwIfAborted(signal);
      try {
        await writer.call('copy', to, { signal, news: ({ pages, of }) => copied(pages, of) });
      } catch (error) {
        throwIfAborted(signal);
        throw error;
      }
    },
    waiting: () => writer.waiting,
    async write(batch, made) {
      const deed = deeds.getStore();
      const accompanied = deed?.write;
      if (accompanied) {
        deed.write = null;
        return accompanied(batch, made);
      }
      const began = performance.now();
      const changes = await writer.call('write', batch);
      noteSlow(batch[0]?.text ?? '', performance.now() - began);
      written.emit();
      return changes;
    },
    accompany(write, work) {
      const deed: { write: Store['write'] | null } = { write };
      return deeds.run(deed, async () => {
        try {
          return await work();
        } finally {
          // what goes on after the deed is nobody's judgement
          deed.write = null;
        }
      });
    },
    async close() {
      read.close();
      await writer.close();
    },
  };
}

/** What is damaged in a database, that is open or not; null: nothing. */
export async function checkDatabase(file: string): Promise<string | null> {
  const thread = startWriter();
  return thread.call('check', file).finally(() => thread.close());
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
  const prepare = preparing(db);
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
