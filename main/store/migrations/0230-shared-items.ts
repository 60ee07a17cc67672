import type { Migration } from '../migrate.ts';

/**
 * Whatever waits to be written to the company's database waits in one outbox, by kind. `shared_items`: of each item that laptops share, the
 * version that the company's table and this laptop agree on, and the other laptop's version where a person has to choose.
 */
export const sharedItems: Migration = {
  id: 230,
  name: 'shared-items',
  sql: `
CREATE TABLE outbox_by_kind (outbox_id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, confirmed_at INTEGER, last_error TEXT,
  UNIQUE (kind, subject)) STRICT;
INSERT INTO outbox_by_kind SELECT outbox_id, 'decision', decision_id, payload, state, attempts, created_at, next_at, confirmed_at, last_error FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_by_kind RENAME TO outbox;
CREATE INDEX outbox_by_state ON outbox (state, next_at);
CREATE TABLE shared_items (kind TEXT NOT NULL, item_id TEXT NOT NULL, version_id TEXT NOT NULL, hash TEXT NOT NULL, author TEXT NOT NULL,
  written_at INTEGER NOT NULL, theirs TEXT, PRIMARY KEY (kind, item_id)) STRICT, WITHOUT ROWID;
`,
};
