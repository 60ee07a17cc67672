import type { Migration } from '../migrate.ts';

/** Reads the company's own log table as any other: its place is a text, its format `plain` unless a user chose another. */
export const companyAsTable: Migration = {
  id: 250,
  name: 'company-as-table',
  sql: `
UPDATE log_sources SET rules = json_set(rules, '$.format', coalesce(rules ->> 'format', 'plain')),
  place = CASE WHEN place ->> 'row' IS NULL THEN '{}'
    ELSE json_object('table', json_object('text', CAST(place ->> 'row' AS TEXT), 'format', NULL)) END
  WHERE kind = 'company';
`,
};
