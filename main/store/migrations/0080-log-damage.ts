import type { Migration } from '../migrate.ts';

/** Blocks of lines that do not read as they were written: said on the accounting until they are gone or read again. */
export const logDamage: Migration = {
  id: 80,
  name: 'log-damage',
  sql: `
CREATE TABLE log_damage (segment_id INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, found_at INTEGER NOT NULL) STRICT;
`,
};
