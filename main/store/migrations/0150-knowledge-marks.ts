import type { Migration } from '../migrate.ts';

/** Where stretches of a document stand in its file: pages, rows of sheets, slides, headings (JSON of [from, kind, name, number][]). */
export const knowledgeMarks: Migration = {
  id: 150,
  name: 'knowledge-marks',
  sql: `
ALTER TABLE knowledge_documents ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
`,
};
