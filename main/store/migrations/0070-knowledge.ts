import type { Migration } from '../migrate.ts';

/** Know-how out of watched folders; documents that can be brought back; whose vectors a document is found by. */
export const knowledge: Migration = {
  id: 70,
  name: 'knowledge',
  sql: `
CREATE TABLE knowledge_folders (folder_id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, tags TEXT NOT NULL, added_at INTEGER NOT NULL,
  scanned_at INTEGER, state TEXT NOT NULL, problem TEXT) STRICT;
-- every file a watched folder has, those that are no know-how too (problem says why); document_id is null when a person removed it
CREATE TABLE knowledge_files (folder_id TEXT NOT NULL REFERENCES knowledge_folders (folder_id) ON DELETE CASCADE, path TEXT NOT NULL,
  size INTEGER NOT NULL, modified_at INTEGER NOT NULL, hash TEXT NOT NULL, document_id TEXT, problem TEXT,
  missed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (folder_id, path)) STRICT, WITHOUT ROWID;
ALTER TABLE knowledge_documents ADD COLUMN path TEXT;
ALTER TABLE knowledge_documents ADD COLUMN folder_id TEXT;
ALTER TABLE knowledge_documents ADD COLUMN author TEXT;
ALTER TABLE knowledge_documents ADD COLUMN modified_at INTEGER;
ALTER TABLE knowledge_documents ADD COLUMN embedder TEXT;
ALTER TABLE knowledge_documents ADD COLUMN removed_at INTEGER;
CREATE INDEX documents_by_folder ON knowledge_documents (folder_id);
`,
};
