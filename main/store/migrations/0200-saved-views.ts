import type { Migration } from '../migrate.ts';

/** Queries saved under a name; `query_json`: see the contract. A removed one is kept for a day, to be brought back. */
export const savedViews: Migration = {
  id: 200,
  name: 'saved-views',
  sql: `
CREATE TABLE saved_views (view_id TEXT PRIMARY KEY, name TEXT NOT NULL, query_json TEXT NOT NULL, nightly INTEGER NOT NULL CHECK (nightly IN (0, 1)),
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, removed_at INTEGER) STRICT;
`,
};
