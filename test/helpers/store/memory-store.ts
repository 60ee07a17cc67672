import { openDatabase } from '../../../main/store/connection.ts';
import type { Reader, Sql, Statement } from '../../../main/store/index.ts';
import { migrate } from '../../../main/store/migrate.ts';

/** The store's schema in memory, for runs of hundreds of days: the same SQL, no file and no worker. */
export function memoryStore(): { read: Reader; apply(batch: readonly Statement[]): void; close(): void } {
  const db = openDatabase(':memory:', { readonly: false });
  migrate(db, { backupDir: '', now: 0 });
  const prepared = new Map<string, ReturnType<typeof db.prepare<unknown[]>>>();
  const prepare = (text: string): ReturnType<typeof db.prepare<unknown[]>> => {
    const known = prepared.get(text) ?? db.prepare<unknown[]>(text);
    prepared.set(text, known);
    return known;
  };
  return {
    read: {
      all: <Row>(query: Sql) => prepare(query.text).all(...query.values) as Row[],
      get: <Row>(query: Sql) => prepare(query.text).get(...query.values) as Row | undefined,
      iterate: <Row>(query: Sql) => db.prepare(query.text).iterate(...query.values) as IterableIterator<Row>,
    },
    apply: (batch) =>
      db.transaction(() => {
        for (const { text, rows } of batch) for (const row of rows) prepare(text).run(...row);
      })(),
    close: () => db.close(),
  };
}
