import type { Migration } from '../migrate.ts';

/** Renames keys in the JSON of templates: hole → parameter, gravity → severity. Kept texts escape their quotes, so no text matches. */
export const templateParameters: Migration = {
  id: 240,
  name: 'template-parameters',
  sql: `
UPDATE log_templates SET parts = replace(parts, '{"kind":"hole"', '{"kind":"parameter"'),
  splits = replace(splits, '{"hole":', '{"parameter":'),
  miner = replace(miner, '{"v":1,"gravity":', '{"v":1,"severity":');
`,
};
