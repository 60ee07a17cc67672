import type { Migration } from '../migrate.ts';

/**
 * Lines are kept in blocks, each a file of its own (`file`, under the data folder), and, until there are enough of them for a block, as
 * rows of log_tail. For every 512 lines of a tail there is a row among the blocks, without a file. Blocks of before are rows too, in the
 * files of days that they share; they are written anew as blocks and tails, one after another, while the app runs.
 */
export const logBlocks: Migration = {
  id: 210,
  name: 'log-blocks',
  sql: `
-- meta: the templates, levels and services in it (JSON), so that a search can pass it by; '' where nothing is known
CREATE TABLE log_blocks (block_id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL, file TEXT, place INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_id INTEGER NOT NULL, last_id INTEGER NOT NULL, records INTEGER NOT NULL, lines INTEGER NOT NULL, raw_bytes INTEGER NOT NULL,
  min_at INTEGER NOT NULL, max_at INTEGER NOT NULL, checksum INTEGER NOT NULL, meta TEXT NOT NULL) STRICT;
INSERT INTO log_blocks SELECT segment_id, source_id, 'log-segments/' || day || '.seg', place, bytes, first_id, last_id, records, lines, raw_bytes,
  min_at, max_at, checksum, '' FROM log_segments ORDER BY segment_id;
-- the row that the next lines of a tail are added to
CREATE UNIQUE INDEX open_tails ON log_blocks (source_id) WHERE file IS NULL AND records < 512;
CREATE INDEX tails_by_source ON log_blocks (source_id) WHERE file IS NULL;
CREATE INDEX blocks_by_time ON log_blocks (max_at, min_at);
CREATE INDEX blocks_by_line ON log_blocks (source_id, first_id);
CREATE INDEX blocks_by_id ON log_blocks (first_id, last_id);
DROP TABLE log_segments;
-- texts that UTF-8 cannot hold are blobs of UTF-16; level, ending: places in lists of the code
CREATE TABLE log_tail (source_id TEXT NOT NULL, line_id INTEGER NOT NULL, at INTEGER NOT NULL, guessed INTEGER NOT NULL, level INTEGER NOT NULL,
  service ANY, host ANY, template INTEGER NOT NULL, text ANY NOT NULL, ending INTEGER NOT NULL, lines INTEGER NOT NULL, attributes ANY NOT NULL,
  raw BLOB, encoding TEXT NOT NULL, PRIMARY KEY (source_id, line_id)) STRICT, WITHOUT ROWID;
ALTER TABLE log_damage RENAME COLUMN segment_id TO block_id;
`,
};
