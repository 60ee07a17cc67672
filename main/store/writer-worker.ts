// The one writer: runs whole transactions sent by store.ts, in order.
import { parentPort, workerData } from 'node:worker_threads';
import type { Statement as Prepared } from 'better-sqlite3';
import { AppError } from '../kernel/errors.ts';
import { openDatabase, storeError } from './connection.ts';
import { migrate } from './migrate.ts';
import type { Statement } from './sql.ts';

export type WriterJob =
  | { readonly id: number; readonly batch: readonly Statement[] }
  | { readonly id: number; readonly copyTo: string }
  | { readonly stop: number };
export type WriterReply =
  | { readonly type: 'ready'; readonly applied: readonly number[] }
  | { readonly type: 'done'; readonly id: number; readonly changes: readonly number[] }
  | { readonly type: 'copied'; readonly id: number; readonly pages: number; readonly of: number }
  | {
      readonly type: 'failed';
      readonly id: number | null;
      readonly code: string;
      readonly params: Record<string, string | number>;
      readonly detail: string;
    };

const port = parentPort;
if (!port) throw new Error('writer-worker runs as a worker thread');
/** a copy holds up what is written for as long as this takes, some milliseconds */
const PAGES_AT_ONCE = 1_000;
const { file, backupDir, now } = workerData as { file: string; backupDir: string; now: number };

const failed = (id: number | null, thrown: unknown): WriterReply => {
  const error = storeError(thrown);
  const cause = error.cause instanceof Error ? `${error.cause.message}` : '';
  return { type: 'failed', id, code: error.code, params: { ...error.params }, detail: cause };
};

try {
  const db = openDatabase(file, { readonly: false });
  const { applied } = migrate(db, { backupDir, now });
  const prepared = new Map<string, Prepared>();
  const prepare = (text: string): Prepared => {
    let statement = prepared.get(text);
    if (!statement) {
      if (prepared.size > 500) prepared.clear();
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const apply = (batch: readonly Statement[]): number[] =>
    batch.map(({ text, rows, expect }) => {
      const statement = prepare(text);
      let changes = 0;
      for (const row of rows) changes += statement.run(...row).changes;
      if (expect && changes !== expect.changes) throw new AppError('store.refused', { detail: expect.why });
      return changes;
    });
  const stopped = new Set<number>();
  /** By this connection, so that what it writes meanwhile is in the copy and does not make it begin again. */
  const copy = async ({ id, copyTo }: { id: number; copyTo: string }): Promise<void> => {
    try {
      await db.backup(copyTo, {
        progress({ totalPages, remainingPages }) {
          if (stopped.delete(id)) throw new AppError('store.refused', { detail: 'stopped' });
          port.postMessage({ type: 'copied', id, pages: totalPages - remainingPages, of: totalPages });
          return PAGES_AT_ONCE;
        },
      });
      port.postMessage({ type: 'done', id, changes: [] } satisfies WriterReply);
    } catch (thrown) {
      port.postMessage(failed(id, thrown));
    }
  };
  port.on('message', (message: WriterJob | 'close') => {
    if (message === 'close') {
      db.pragma('optimize');
      db.close();
      port.close();
      return;
    }
    if ('stop' in message) {
      stopped.add(message.stop);
      return;
    }
    if ('copyTo' in message) {
      void copy(message);
      return;
    }
    try {
      const changes = db.transaction(() => apply(message.batch)).immediate();
      port.postMessage({ type: 'done', id: message.id, changes } satisfies WriterReply);
    } catch (thrown) {
      port.postMessage(failed(message.id, thrown));
    }
  });
  port.postMessage({ type: 'ready', applied } satisfies WriterReply);
} catch (thrown) {
  port.postMessage(failed(null, thrown));
}
