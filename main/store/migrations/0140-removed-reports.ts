import type { Migration } from '../migrate.ts';

/** When a person removed a report: a night that was removed is not one that was missed. */
export const removedReports: Migration = {
  id: 140,
  name: 'removed-reports',
  sql: `
ALTER TABLE reports ADD COLUMN removed_at INTEGER;
`,
};
