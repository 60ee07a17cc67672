import { ErrorData } from '../api/contract/common.ts';
import { type Reader, run, type Statement, sql } from '../store/index.ts';
import { ModelBenchmark, type ModelRole } from './contract/models.ts';
import { type KeptModel, ModelRecord } from './registry/record.ts';

type ModelRow = {
  model_id: string;
  name: string;
  format: string;
  architecture: string;
  quantisation: string | null;
  parameters: number | null;
  trained_context: number | null;
  dimensions: number | null;
  bytes: number;
  sha256: string;
  storage: string;
  path: string;
  files: string;
  facts: string;
  added_at: number;
  deaths: number;
  quarantined_at: number | null;
  problem: string | null;
};
const fromRow = (row: ModelRow): KeptModel => ({
  ...ModelRecord.parse({
    id: row.model_id,
    name: row.name,
    format: row.format,
    architecture: row.architecture,
    quantisation: row.quantisation,
    parameters: row.parameters,
    trainedContext: row.trained_context,
    dimensions: row.dimensions,
    bytes: row.bytes,
    sha256: row.sha256,
    storage: row.storage,
    root: row.path,
    files: JSON.parse(row.files),
    facts: JSON.parse(row.facts),
    addedAt: row.added_at,
  }),
  deaths: row.deaths,
  quarantinedAt: row.quarantined_at,
  problem: row.problem === null ? null : ErrorData.parse(JSON.parse(row.problem)),
});

export const listModels = (read: Reader): KeptModel[] =>
  read.all<ModelRow>(sql`SELECT * FROM models ORDER BY added_at, model_id`).map(fromRow);
export const getModel = (read: Reader, id: string): KeptModel | null => {
  const row = read.get<ModelRow>(sql`SELECT * FROM models WHERE model_id = ${id}`);
  return row ? fromRow(row) : null;
};
/** Another process that started meanwhile may have found the same copy on the disk and listed it. */
export const insertModel = (m: ModelRecord): Statement =>
  run(sql`INSERT INTO models (model_id, name, format, architecture, quantisation, parameters, trained_context, dimensions, bytes, sha256,
      storage, path, files, facts, added_at)
    VALUES (${m.id}, ${m.name}, ${m.format}, ${m.architecture}, ${m.quantisation}, ${m.parameters}, ${m.trainedContext}, ${m.dimensions},
      ${m.bytes}, ${m.sha256}, ${m.storage}, ${m.root}, ${JSON.stringify(m.files)}, ${JSON.stringify(m.facts)}, ${m.addedAt})
    ON CONFLICT (model_id) DO NOTHING`);
/** The model leaves the list and every role; its benchmarks stay. */
export const deleteModel = (id: string): Statement[] => [
  run(sql`DELETE FROM models WHERE model_id = ${id}`),
  run(sql`UPDATE model_roles SET model_id = NULL WHERE model_id = ${id}`),
  run(sql`UPDATE model_roles SET previous_id = NULL WHERE previous_id = ${id}`),
];
export const setProblem = (id: string, problem: ErrorData | null): Statement =>
  run(
    sql`UPDATE models SET problem = ${problem === null ? null : JSON.stringify(problem)} WHERE model_id = ${id}`,
  );
/** One more death; the one that reaches `limit` puts it into quarantine. */
export const addDeath = (id: string, at: number, limit: number): Statement =>
  run(sql`UPDATE models SET deaths = deaths + 1,
      quarantined_at = CASE WHEN deaths + 1 >= ${limit} THEN coalesce(quarantined_at, ${at}) ELSE quarantined_at END
    WHERE model_id = ${id}`);
/** Looked at again: what it is now takes the place of what it was, and nothing is held against it any more. */
export const replaceModel = (model: ModelRecord): Statement[] => [
  run(sql`DELETE FROM models WHERE model_id = ${model.id}`),
  insertModel(model),
];

export type Part = { readonly modelId: string | null; readonly previousId: string | null };
const NOBODY: Part = { modelId: null, previousId: null };
export function readRoles(read: Reader): Record<ModelRole, Part> {
  const rows = read.all<{ role: string; model_id: string | null; previous_id: string | null }>(
    sql`SELECT role, model_id, previous_id FROM model_roles`,
  );
  const part = (role: ModelRole): Part => {
    const row = rows.find((r) => r.role === role);
    return row ? { modelId: row.model_id, previousId: row.previous_id } : NOBODY;
  };
  return { intent: part('intent'), wording: part('wording'), embedding: part('embedding') };
}
export const setRole = (role: ModelRole, part: Part): Statement =>
  run(sql`INSERT INTO model_roles (role, model_id, previous_id) VALUES (${role}, ${part.modelId}, ${part.previousId})
    ON CONFLICT (role) DO UPDATE SET model_id = excluded.model_id, previous_id = excluded.previous_id`);

/** Runs of before that scored written sentences cannot be compared with those that score choices. */
export const listBenchmarks = (read: Reader, limit = 500): ModelBenchmark[] =>
  read
    .all<{ body: string }>(
      sql`SELECT body FROM model_benchmarks WHERE role = 'embedding' OR json_extract(body, '$.choiceMs') IS NOT NULL
        ORDER BY at DESC, benchmark_id DESC LIMIT ${limit}`,
    )
    .map(({ body }) => ModelBenchmark.parse(JSON.parse(body)));
export const insertBenchmark = (b: ModelBenchmark): Statement =>
  run(sql`INSERT INTO model_benchmarks (benchmark_id, at, model_id, role, body)
    VALUES (${b.id}, ${b.at}, ${b.modelId}, ${b.role}, ${JSON.stringify(b)})`);
