import type { Migration } from '../migrate.ts';

/** Local models: what is there, who plays which role, how each did in the self-benchmark. */
export const models: Migration = {
  id: 60,
  name: 'models',
  sql: `
-- path: of a copy inside the models folder, of a link where it lies. files (JSON): what belongs to it with bytes and mtime, so that a changed file is
-- seen. facts (JSON): what its memory is computed from. problem (JSON): why it could not be loaded
CREATE TABLE models (model_id TEXT PRIMARY KEY, name TEXT NOT NULL, format TEXT NOT NULL, architecture TEXT NOT NULL, quantisation TEXT,
  parameters INTEGER, trained_context INTEGER, dimensions INTEGER, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, storage TEXT NOT NULL, path TEXT NOT NULL,
  files TEXT NOT NULL, facts TEXT NOT NULL, added_at INTEGER NOT NULL, deaths INTEGER NOT NULL DEFAULT 0, quarantined_at INTEGER, problem TEXT) STRICT;
CREATE TABLE model_roles (role TEXT PRIMARY KEY, model_id TEXT, previous_id TEXT) STRICT;
-- body (JSON): the figures with the model's name, which outlive the model
CREATE TABLE model_benchmarks (benchmark_id TEXT PRIMARY KEY, at INTEGER NOT NULL, model_id TEXT NOT NULL, role TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX model_benchmarks_by_time ON model_benchmarks (at);
`,
};
