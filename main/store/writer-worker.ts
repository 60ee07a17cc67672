// The one writer: runs whole transactions sent by store.ts, in order. Another thread of it checks a database.
import type Database from 'better-sqlite3';
import { AppError } from '../kernel/errors.ts';
import { serveThread } from '../kernel/thread.ts';
import { openDatabase, preparing, storeError } from './connection.ts';
import { migrate } from './migrate.ts';
import type { Statement } from './sql.ts';

export type WriterCalls = {
  /** Opens and migrates; to be asked before the two below. */
  open: { in: { readonly file: string; readonly backupDir: string; readonly now: number }; out: undefined };
  /** one transaction; the number of changed rows of each statement */
  write: { in: readonly Statement[]; out: number[] };
  copy: { in: string; out: undefined; news: { readonly pages: number; readonly of: number } };
  /** what is damaged in a database, that is open or not; null: nothing */
  check: { in: string; out: string | null };
};

/** a copy holds up what is written for as long as this takes, some milliseconds */
const PAGES_AT_ONCE = 1_000;

let opened: { readonly db: Database.Database; readonly prepare: ReturnType<typeof preparing> } | null = null;
const current = (): NonNullable<typeof opened> => {
  if (!opened) throw new Error('not opened');
  return opened;
};
const apply = (batch: readonly Statement[]): number[] =>
  batch.map(({ text, rows, expect }) => {
    const statement = current().prepare(text);
    let changes = 0;
    for (const row of rows) changes += statement.run(...row).changes;
    if (expect && changes !== expect.changes) throw new AppError('store.refused', { detail: expect.why });
    return changes;
  });
const asStoreError = (thrown: unknown): never => {
  throw storeError(thrown);
};

serveThread<WriterCalls>(
  {
    open({ file, backupDir, now }) {
      try {
        const db = openDatabase(file, { readonly: false });
        migrate(db, { backupDir, now });
        opened = { db, prepare: preparing(db) };
      } catch (thrown) {
        asStoreError(thrown);
      }
    },
    write(batch) {
      try {
        return current()
          .db.transaction(() => apply(batch))
          .immediate();
      } catch (thrown) {
        return asStoreError(thrown);
      }
    },
    /** By this connection, so that what it writes meanwhile is in the copy and does not make it begin again. */
    copy: (to, { stopped, tell }) =>
      current()
        .db.backup(to, {
          progress({ totalPages, remainingPages }) {
            if (stopped()) throw new AppError('store.refused', { detail: 'stopped' });
            tell({ pages: totalPages - remainingPages, of: totalPages });
            return PAGES_AT_ONCE;
          },
        })
        .then(() => undefined, asStoreError),
    check(file) {
      try {
        const db = openDatabase(file, { readonly: true });
        const first = db.pragma('quick_check(1)', { simple: true });
        db.close();
        return first === 'ok' ? null : String(first).replace(/^.*main \*\*\*\n/, '');
      } catch (thrown) {
        const error = storeError(thrown);
        if (error.code !== 'store.corrupt') throw error;
        return String(error.params['detail']);
      }
    },
  },
  () => {
    opened?.db.pragma('optimize');
    opened?.db.close();
  },
);
