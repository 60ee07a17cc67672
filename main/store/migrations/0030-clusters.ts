import type { Migration } from '../migrate.ts';

/** Groups of templates and their map. Template ids, not copies: what is counted under them is asked of the logs when shown. */
export const clusters: Migration = {
  id: 30,
  name: 'clusters',
  sql: `
-- ids for life. members: template ids when last seen (JSON). in_run: found by the last run. merged_into: by a person; kept in later runs
CREATE TABLE clusters (cluster_id INTEGER PRIMARY KEY, name_ja TEXT NOT NULL, name_en TEXT NOT NULL, given_name TEXT, pinned INTEGER NOT NULL DEFAULT 0,
  merged_into INTEGER, members TEXT NOT NULL, in_run INTEGER NOT NULL, spread REAL NOT NULL, made_at INTEGER NOT NULL) STRICT;
-- the last run (what = 'groups') and the last drawing ('map'): detail is JSON
CREATE TABLE cluster_runs (what TEXT PRIMARY KEY, at INTEGER NOT NULL, took_ms REAL NOT NULL, detail TEXT NOT NULL) STRICT;
-- where a template stands on the map, 0 … 1, and its cosine distance to its third neighbour
CREATE TABLE cluster_places (template_id INTEGER PRIMARY KEY, x REAL NOT NULL, y REAL NOT NULL, distance REAL NOT NULL) STRICT;
`,
};
