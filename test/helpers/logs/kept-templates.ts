// Templates as an earlier version kept them, brought to today's form by the migration.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { TemplateRow } from '../../../main/logs/types.ts';
import { templateParameters } from '../../../main/store/migrations/0240-template-parameters.ts';

export type KeptTemplate = TemplateRow & { readonly splits: string | null };

export function migrated(rows: readonly KeptTemplate[]): KeptTemplate[] {
  const db = new Database(':memory:');
  db.exec(
    'CREATE TABLE log_templates (id INTEGER, parts TEXT, text TEXT, miner TEXT, absorbedInto INTEGER, splits TEXT)',
  );
  const insert = db.prepare(
    'INSERT INTO log_templates VALUES (@id, @parts, @text, @miner, @absorbedInto, @splits)',
  );
  for (const row of rows) insert.run(row);
  db.exec(templateParameters.sql);
  const now = db.prepare<[], KeptTemplate>('SELECT * FROM log_templates ORDER BY id').all();
  db.close();
  return now;
}
export const keptBefore = (): KeptTemplate[] => {
  const file = path.resolve(import.meta.dirname, '../../legacy/miner-rows-1.json');
  return migrated(
    (JSON.parse(readFileSync(file, 'utf8')) as TemplateRow[]).map((row) => ({ ...row, splits: null })),
  );
};
