import type { Migration } from '../migrate.ts';

/**
 * Brings kept alerts to the form of today: fields they were saved without; the deadlines a delay names and when it expires; and the
 * verdict, which told its sides in one word before work could be one of them.
 */
export const alertLines: Migration = {
  id: 190,
  name: 'alert-lines',
  sql: `
UPDATE alerts SET body = json_insert(body, '$.verdict', NULL, '$.answer', NULL, '$.details', NULL, '$.until', json_extract(body, '$.evidence.deadline'));
UPDATE alerts SET body = json_insert(body, '$.evidence.due', NULL) WHERE json_type(body, '$.evidence') = 'object';
UPDATE alerts SET body = json_insert(body, '$.deadlines', CASE WHEN json_extract(body, '$.evidence.deadline') IS NULL THEN json('[]')
  ELSE json_array(json_object('cell', json_extract(body, '$.cell'), 'deadline', json_extract(body, '$.evidence.deadline'),
    'pMiss', json_extract(body, '$.evidence.pMiss'), 'due', coalesce(json_extract(body, '$.evidence.due'), json_extract(body, '$.evidence.backlog')),
    'shortItems', json_extract(body, '$.evidence.shortItems'))) END);
UPDATE alerts SET body = json_remove(json_set(body,
    '$.verdict.sides', json(CASE json_extract(body, '$.verdict.kind') WHEN 'people' THEN '["people"]' WHEN 'system' THEN '["system"]'
      WHEN 'both' THEN '["people","system"]' ELSE '[]' END),
    '$.verdict.volume', NULL,
    '$.verdict.evidence', json((SELECT json_group_array(json_remove(json_insert(value, '$.cell', NULL), '$.speaks'))
      FROM json_each(body, '$.verdict.evidence')))), '$.verdict.kind')
  WHERE json_type(body, '$.verdict.kind') = 'text';
`,
};
