import { type Reader, run, type Statement, sql } from '../../store/index.ts';
import { Scenario } from '../contract/what-if.ts';

type Row = {
  readonly scenario_id: string;
  readonly name: string;
  readonly changes_json: string;
  readonly created_at: number;
  readonly updated_at: number;
};
const scenarioOf = (row: Row): Scenario =>
  Scenario.parse({
    id: row.scenario_id,
    name: row.name,
    changes: JSON.parse(row.changes_json),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
/** newest first */
export const scenarios = (read: Reader): Scenario[] =>
  read
    .all<Row>(
      sql`SELECT * FROM what_if_scenarios WHERE removed_at IS NULL ORDER BY created_at DESC, rowid DESC`,
    )
    .map(scenarioOf);
export const saveScenario = (s: Scenario): Statement =>
  run(sql`INSERT INTO what_if_scenarios (scenario_id, name, changes_json, created_at, updated_at)
    VALUES (${s.id}, ${s.name}, ${JSON.stringify(s.changes)}, ${s.createdAt}, ${s.updatedAt})
    ON CONFLICT (scenario_id) DO UPDATE SET name = excluded.name, changes_json = excluded.changes_json, updated_at = excluded.updated_at`);
