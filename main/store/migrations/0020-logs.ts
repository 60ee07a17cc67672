import type { Migration } from '../migrate.ts';

/**
 * Logs: what was read, from where, and what is known about it. Lines themselves are in segment files, one file a day; a segment
 * counts only once its row is here, in the same transaction as the source's place, the roll-ups, templates and dead letters.
 */
export const logs: Migration = {
  id: 20,
  name: 'logs',
  sql: `
-- where each source's reading stands; place: how to go on after the last committed line (JSON). generation: rises when its lines are removed
CREATE TABLE log_sources (source_id TEXT PRIMARY KEY, kind TEXT NOT NULL, path TEXT, rules TEXT NOT NULL, used TEXT NOT NULL, place TEXT NOT NULL,
  generation INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, error TEXT, next_try_at INTEGER, tries INTEGER NOT NULL DEFAULT 0,
  lines INTEGER NOT NULL DEFAULT 0, templated INTEGER NOT NULL DEFAULT 0, unparsed INTEGER NOT NULL DEFAULT 0, expired INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0, first_at INTEGER, last_at INTEGER, added_at INTEGER NOT NULL, removed_at INTEGER) STRICT;
-- how far each file of a source has been read (JSON); a single file's name is ''
CREATE TABLE log_files (source_id TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (source_id, name)) STRICT, WITHOUT ROWID;
-- the number the next line gets, over all sources, never used again
CREATE TABLE log_ingest (one INTEGER PRIMARY KEY CHECK (one = 1), next_line INTEGER NOT NULL) STRICT;
INSERT INTO log_ingest (one, next_line) VALUES (1, 1);
CREATE TABLE log_names (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
-- one block of lines of one source and day; file is its day, place and bytes where it stands in it. A number never comes again: readers cache by it.
-- meta: the templates, levels and services in it, so that a search can pass it by
CREATE TABLE log_segments (segment_id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL, day TEXT NOT NULL, place INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_id INTEGER NOT NULL, last_id INTEGER NOT NULL, records INTEGER NOT NULL, lines INTEGER NOT NULL, raw_bytes INTEGER NOT NULL,
  min_at INTEGER NOT NULL, max_at INTEGER NOT NULL, checksum INTEGER NOT NULL, meta BLOB NOT NULL) STRICT;
CREATE INDEX segments_by_time ON log_segments (max_at, min_at);
CREATE INDEX segments_by_day ON log_segments (day, source_id);
CREATE INDEX segments_by_line ON log_segments (source_id, first_id);
CREATE INDEX segments_by_id ON log_segments (first_id, last_id);
-- lines per minute (epoch minutes) × source × service × level (0 none, 1 trace … 6 fatal) × template as it was mined
CREATE TABLE log_minutes (minute INTEGER NOT NULL, source_id TEXT NOT NULL, service INTEGER NOT NULL, level INTEGER NOT NULL, template INTEGER NOT NULL,
  lines INTEGER NOT NULL, PRIMARY KEY (minute, template, service, level, source_id)) STRICT, WITHOUT ROWID;
-- the same by hour, so that weeks are counted as fast as minutes
CREATE TABLE log_hours (hour INTEGER NOT NULL, source_id TEXT NOT NULL, service INTEGER NOT NULL, level INTEGER NOT NULL, template INTEGER NOT NULL,
  lines INTEGER NOT NULL, PRIMARY KEY (hour, template, service, level, source_id)) STRICT, WITHOUT ROWID;
-- templates for life. miner: what the miner needs to go on (JSON). absorbed_into: by the miner; merged_into: by a person; both are followed when
-- counting. splits: a person's (JSON). revision: rises with every change of any row, so that a reader takes only what is new
CREATE TABLE log_templates (template_id INTEGER PRIMARY KEY, parts TEXT NOT NULL, text TEXT NOT NULL, miner TEXT NOT NULL, absorbed_into INTEGER,
  merged_into INTEGER, name TEXT, locked INTEGER NOT NULL DEFAULT 0, mark TEXT NOT NULL DEFAULT 'none', splits TEXT, created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL) STRICT;
CREATE INDEX templates_by_revision ON log_templates (revision);
-- lines kept of each template as it was mined: the sum of log_hours, with what a list of templates shows
CREATE TABLE log_template_counts (template_id INTEGER NOT NULL, source_id TEXT NOT NULL, service INTEGER NOT NULL, level INTEGER NOT NULL, lines INTEGER NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (template_id, source_id, service, level)) STRICT, WITHOUT ROWID;
CREATE TABLE log_template_history (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, template_id INTEGER NOT NULL, what TEXT NOT NULL, others TEXT NOT NULL,
  actor TEXT, detail TEXT) STRICT;
CREATE INDEX template_history_by_template ON log_template_history (template_id, seq);
-- values seen in the holes of a template: how many records, exactly, and a mergeable sketch of the values (JSON)
CREATE TABLE log_hole_stats (template_id INTEGER NOT NULL, hole INTEGER NOT NULL, seen INTEGER NOT NULL, sketch TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (template_id, hole)) STRICT, WITHOUT ROWID;
CREATE TABLE log_dead_letters (dead_letter_id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, reason TEXT NOT NULL, raw BLOB NOT NULL, bytes INTEGER NOT NULL,
  line_id INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX log_dead_letters_by_source ON log_dead_letters (source_id, dead_letter_id);
CREATE TABLE log_bookmarks (line_id INTEGER PRIMARY KEY, note TEXT, at INTEGER NOT NULL) STRICT;
CREATE TABLE log_searches (search_id TEXT PRIMARY KEY, name TEXT NOT NULL, filter TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
`,
};
