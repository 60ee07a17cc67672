import type { Migration } from '../migrate.ts';

/** Reports as they were made: their figures stay what they were when somebody read them. */
export const reports: Migration = {
  id: 50,
  name: 'reports',
  sql: `
CREATE TABLE reports (report_id TEXT PRIMARY KEY, kind TEXT NOT NULL, date TEXT NOT NULL, made_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX reports_by_date ON reports (kind, date);
`,
};
