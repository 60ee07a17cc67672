import type { Migration } from '../migrate.ts';

/** What persons did to a cluster, so that a merge can be told and taken apart later (JSON of ClusterChange[]). */
export const clusterHistory: Migration = {
  id: 120,
  name: 'cluster-history',
  sql: `
ALTER TABLE clusters ADD COLUMN history TEXT NOT NULL DEFAULT '[]';
`,
};
