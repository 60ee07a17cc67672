// What stands in the company's ClickHouse. Only SQL that servers from 18.16 on know.
import { AppError } from '../../kernel/errors.ts';
import { type ClickHouse, type ClickHouseServer, quoted } from './server.ts';

const LINES = `day Date, source String, block UInt64, at Float64, id UInt64, guessed UInt8, level UInt8,
  service Nullable(String), host Nullable(String), template UInt64, text String, folded String, ending UInt8, lines UInt32,
  attributes String, raw String, encoding String, exact String`;
const MINUTES = `month UInt32, source String, minute UInt32, service String, level UInt8, template UInt64, lines UInt64`;
const TEMPLATES = `id UInt64, text String, name String, written UInt64`;

/** The statements that make the tables on one server; those that are there stay as they are. */
export function tableStatements({ database, cluster }: Pick<ClickHouse, 'database' | 'cluster'>): string[] {
  const own = (name: string): string => `${database}.${name}`;
  const [lines, minutes] = cluster
    ? ['toride_lines_local', 'toride_minutes_local']
    : ['toride_lines', 'toride_minutes'];
  const spread = (name: string, local: string, by: string): string =>
    `CREATE TABLE IF NOT EXISTS ${own(name)} AS ${own(local)} ENGINE = Distributed(${cluster}, ${database}, ${local}, ${by})`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${database}`,
    `CREATE TABLE IF NOT EXISTS ${own(lines)} (${LINES}) ENGINE = MergeTree PARTITION BY day ORDER BY (source, at, id)`,
    `CREATE TABLE IF NOT EXISTS ${own(minutes)} (${MINUTES}) ENGINE = SummingMergeTree(lines)
      PARTITION BY month ORDER BY (source, minute, service, level, template)`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${own('toride_minutes_of_lines')} TO ${own(minutes)} AS
      SELECT toYYYYMM(day) AS month, source, toUInt32(floor(at / 60000)) AS minute, ifNull(service, '') AS service, level, template,
        sum(lines) AS lines FROM ${own(lines)} GROUP BY month, source, minute, service, level, template`,
    `CREATE TABLE IF NOT EXISTS ${own('toride_templates')} (${TEMPLATES}) ENGINE = ReplacingMergeTree(written) ORDER BY id`,
    `CREATE TABLE IF NOT EXISTS ${own('toride_owner')} (folder String) ENGINE = TinyLog`,
    ...(cluster ? [spread('toride_lines', lines, 'block'), spread('toride_minutes', minutes, 'minute')] : []),
  ];
}

/** Makes the tables on every server. @throws `logs.clickhouse-taken` where another data folder's lines stand in them */
export async function makeTables(
  servers: readonly ClickHouseServer[],
  place: ClickHouse,
  folder: string,
): Promise<void> {
  for (const server of servers) for (const statement of tableStatements(place)) await server.run(statement);
  const [server] = servers;
  const owner = `${place.database}.toride_owner`;
  const [known] = (await server?.rows<{ folder: string }>(`SELECT folder FROM ${owner}`)) ?? [];
  if (!known) await server?.run(`INSERT INTO ${owner} VALUES (${quoted(folder)})`);
  else if (known.folder !== folder) throw new AppError('logs.clickhouse-taken', { database: place.database });
}
