import type { Migration } from '../migrate.ts';

/** What stands in holes is told from the stored lines when somebody asks. */
export const dropHoleStats: Migration = {
  id: 220,
  name: 'drop-hole-stats',
  sql: 'DROP TABLE log_hole_stats;',
};
