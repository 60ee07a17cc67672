import type { Migration } from '../migrate.ts';

/** Rows of the company's log tables that were read lately: they are met again while late commits are looked for. */
export const logTableKeys: Migration = {
  id: 100,
  name: 'log-table-keys',
  sql: `
-- row_key: place in the order and key, as JSON. place: the order as a number; null where the row has none. Older ones than the next look go
CREATE TABLE log_table_keys (source_id TEXT NOT NULL, row_key TEXT NOT NULL, place REAL, PRIMARY KEY (source_id, row_key)) STRICT, WITHOUT ROWID;
CREATE INDEX log_table_keys_by_place ON log_table_keys (source_id, place);
`,
};
