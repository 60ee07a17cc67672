import type { Migration } from '../migrate.ts';

/** Incidents are grouped and drawn as templates are: clusters, runs and places of either kind. */
export const incidentClusters: Migration = {
  id: 90,
  name: 'incident-clusters',
  sql: `
-- kind: 'template' or 'incident'. members are template ids, or numbers of incidents
ALTER TABLE clusters ADD COLUMN kind TEXT NOT NULL DEFAULT 'template';
CREATE TABLE cluster_runs_new (kind TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL, took_ms REAL NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (kind, what)) STRICT;
INSERT INTO cluster_runs_new SELECT 'template', what, at, took_ms, detail FROM cluster_runs;
DROP TABLE cluster_runs;
ALTER TABLE cluster_runs_new RENAME TO cluster_runs;
CREATE TABLE cluster_places_new (kind TEXT NOT NULL, item_id INTEGER NOT NULL, x REAL NOT NULL, y REAL NOT NULL, distance REAL NOT NULL,
  PRIMARY KEY (kind, item_id)) STRICT, WITHOUT ROWID;
INSERT INTO cluster_places_new SELECT 'template', template_id, x, y, distance FROM cluster_places;
DROP TABLE cluster_places;
ALTER TABLE cluster_places_new RENAME TO cluster_places;
-- the number of an incident that was grouped; never given to another one
CREATE TABLE clustered_incidents (number INTEGER PRIMARY KEY, incident_id TEXT NOT NULL UNIQUE) STRICT;
`,
};
