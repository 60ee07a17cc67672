import type { Migration } from '../migrate.ts';

/** Rules read from people's words, until a person confirms or discards them. `change_json`, `back_test`: see the contract. */
export const ruleDrafts: Migration = {
  id: 170,
  name: 'rule-drafts',
  sql: `
CREATE TABLE rule_drafts (draft_id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, source_kind TEXT NOT NULL, source_id TEXT, source_title TEXT,
  source_text TEXT NOT NULL, change_json TEXT NOT NULL, state TEXT NOT NULL, back_test TEXT, decided_by TEXT, decided_at INTEGER, version INTEGER) STRICT;
CREATE INDEX rule_drafts_by_state ON rule_drafts (state, created_at);
`,
};
