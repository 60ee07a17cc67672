import type { Migration } from '../migrate.ts';

/** Renames what templates keep as JSON: a hole is a parameter, gravity is severity. Quotes inside kept texts are escaped, so only keys match. */
export const templateParameters: Migration = {
  id: 240,
  name: 'template-parameters',
  sql: `
UPDATE log_templates SET parts = replace(parts, '{"kind":"hole"', '{"kind":"parameter"'),
  splits = replace(splits, '{"hole":', '{"parameter":'), miner = replace(miner, '{"v":1,"gravity":', '{"v":1,"severity":');
`,
};
