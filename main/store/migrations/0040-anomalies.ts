import type { Migration } from '../migrate.ts';

/** What was unusual in the logs, grouped into incidents; what people said about it and what helped. */
export const anomalies: Migration = {
  id: 40,
  name: 'anomalies',
  sql: `
-- one row while a condition lasts. topic: kind and what it is about; last_at: when it was last seen; source: whose lines it rests on
CREATE TABLE anomalies (anomaly_id TEXT PRIMARY KEY, topic TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, at INTEGER NOT NULL,
  last_at INTEGER NOT NULL, until INTEGER, template_id INTEGER, service TEXT, level TEXT, source TEXT, observed REAL NOT NULL, expected REAL, sd REAL,
  score REAL, window_ms INTEGER NOT NULL, baseline_days REAL NOT NULL, learning INTEGER NOT NULL, ja TEXT NOT NULL, en TEXT NOT NULL,
  incident_id TEXT, state TEXT NOT NULL) STRICT;
CREATE INDEX anomalies_by_time ON anomalies (last_at, at);
CREATE INDEX anomalies_by_topic ON anomalies (topic, at);
CREATE INDEX anomalies_by_incident ON anomalies (incident_id);
-- quiet: closed by itself, so that the same trouble coming back soon opens it again
CREATE TABLE incidents (incident_id TEXT PRIMARY KEY, state TEXT NOT NULL, quiet INTEGER NOT NULL DEFAULT 0, severity TEXT NOT NULL, ja TEXT NOT NULL,
  en TEXT NOT NULL, from_at INTEGER NOT NULL, last_at INTEGER NOT NULL, to_at INTEGER, note TEXT, remedy_id TEXT, acknowledged_by TEXT,
  knowledge_id TEXT) STRICT;
CREATE INDEX incidents_by_time ON incidents (from_at);
-- what people and the clock did to an incident
CREATE TABLE incident_events (seq INTEGER PRIMARY KEY, incident_id TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, ja TEXT NOT NULL,
  en TEXT NOT NULL) STRICT;
CREATE INDEX incident_events_by_incident ON incident_events (incident_id, seq);
CREATE TABLE remedies (remedy_id TEXT PRIMARY KEY, title TEXT NOT NULL, steps TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  removed_at INTEGER) STRICT;
-- looks: the incident's templates, services and kinds (JSON), so that what helped is known after the incident itself is gone
CREATE TABLE remedy_uses (remedy_id TEXT NOT NULL, incident_id TEXT NOT NULL, worked INTEGER NOT NULL, at INTEGER NOT NULL, looks TEXT NOT NULL,
  PRIMARY KEY (remedy_id, incident_id)) STRICT, WITHOUT ROWID;
CREATE TABLE expectations (expectation_id TEXT PRIMARY KEY, kind TEXT, template_id INTEGER, service TEXT, until INTEGER, why TEXT, actor TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT;
-- how far the detectors have looked, and what they learned about sessions (JSON)
CREATE TABLE anomaly_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`,
};
