import type { Migration } from '../migrate.ts';

/** Saved what-if scenarios; `changes_json`: see the contract. A removed one is kept for a day, to be brought back. */
export const whatIfScenarios: Migration = {
  id: 180,
  name: 'what-if-scenarios',
  sql: `
CREATE TABLE what_if_scenarios (scenario_id TEXT PRIMARY KEY, name TEXT NOT NULL, changes_json TEXT NOT NULL, created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, removed_at INTEGER) STRICT;
`,
};
