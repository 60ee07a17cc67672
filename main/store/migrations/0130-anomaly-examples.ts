import type { Migration } from '../migrate.ts';

/** Which sessions an anomaly is about, a few of them (JSON of string[]): what makes their lines findable. */
export const anomalyExamples: Migration = {
  id: 130,
  name: 'anomaly-examples',
  sql: `
ALTER TABLE anomalies ADD COLUMN examples TEXT NOT NULL DEFAULT '[]';
`,
};
