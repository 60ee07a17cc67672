import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../kernel/errors.ts';

/** Pragmas for every connection: WAL, durable at each transaction's checkpoint, foreign keys enforced. */
export function openDatabase(file: string, { readonly }: { readonly: boolean }): Database.Database {
  try {
    if (!readonly && file !== ':memory:') keepPrivate(file);
    const db = new Database(file, { readonly, timeout: 10_000 });
    if (!readonly) {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
    }
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    // each of half a dozen threads has a connection: 16 MB for each, as the library has it, is a hundred
    db.pragma('cache_size = -4000');
    // mapped pages count as this process's memory: only the hot part, so that a whole scan does not show
    db.pragma('mmap_size = 33554432');
    return db;
  } catch (cause) {
    throw storeError(cause);
  }
}

/** Statements of a connection, prepared once each. */
export function preparing(db: Database.Database): (text: string) => Database.Statement<unknown[]> {
  const prepared = new Map<string, Database.Statement<unknown[]>>();
  return (text) => {
    let statement = prepared.get(text);
    if (!statement) {
      if (prepared.size > 500) prepared.clear();
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
}

/** The database and what SQLite writes beside it are for this user alone, whatever the folder is. */
function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
  } catch {
    // not ours to change, or not to be written: opening it tells
  }
}

/** SQLite's result codes as the errors a person can act on. */
export function storeError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  const detail = cause instanceof Error ? cause.message : String(cause);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new AppError('store.full', {}, { cause });
  if (typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB|IOERR_READ)/.test(code))
    return new AppError('store.corrupt', { detail }, { cause });
  if (code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN' || code === 'EACCES')
    return new AppError('data.locked', { dir: detail }, { cause });
  return new AppError('internal', {}, { cause });
}

/**
 * Takes a lock that only one process can hold and that goes with the process, however it ends. null: another has it.
 * @param file made when it is not there; nothing is ever written in it
 */
export function tryLock(file: string): { release(): void } | null {
  try {
    const db = new Database(file, { timeout: 0 });
    try {
      db.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      db.close();
      if ((cause as { code?: unknown }).code === 'SQLITE_BUSY') return null;
      throw cause;
    }
    return { release: () => db.close() };
  } catch (cause) {
    throw storeError(cause);
  }
}
