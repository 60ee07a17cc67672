// Everything that is counted of logs, counted again from the stored lines alone.
import type { Logs } from '../../../main/logs/index.ts';
import { recordsOf } from '../../../main/logs/store/block-cache.ts';
import { BLOCK_COLUMNS, type BlockRow } from '../../../main/logs/store/block-rows.ts';
import { LEVEL_ORDER, type LogRecord } from '../../../main/logs/store/records.ts';
import { type Store, sql } from '../../../main/store/index.ts';

export type StoredLine = LogRecord & { readonly sourceId: string };
type Sums = Record<string, number>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The records of all blocks and tails; each row must say of them what they are. */
export function storedLines(store: Store, dataDir: string): StoredLine[] {
  const rows = store.read.all<BlockRow>(sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks`);
  return rows.flatMap((row) => {
    const records = recordsOf({ dataDir, read: store.read }, row).flatMap((part) => part.records);
    const lines = records.reduce((sum, r) => sum + r.lines, 0);
    const [ids, ats] = [records.map((r) => r.id), records.map((r) => r.at)];
    const found = [
      records.length,
      lines,
      Math.min(...ids),
      Math.max(...ids),
      Math.min(...ats),
      Math.max(...ats),
    ];
    const said = [row.records, row.lines, row.firstId, row.lastId, row.minAt, row.maxAt];
    if (found.join() !== said.join())
      throw new Error(`row of ${row.file ?? 'a tail'}: ${said.join()}, not ${found.join()}`);
    return records.map((record) => ({ ...record, sourceId: row.sourceId }));
  });
}

const sumsOf = <T extends { readonly lines: number }>(
  items: readonly T[],
  keyOf: (item: T) => readonly unknown[],
): Sums => {
  const sums: Sums = {};
  for (const item of items) {
    const key = keyOf(item).join('|');
    sums[key] = (sums[key] ?? 0) + item.lines;
  }
  return sums;
};

/** Every roll-up as it is kept, and as the lines have it. They must be the same. */
export function rollUps(
  store: Store,
  lines: readonly StoredLine[],
): { readonly kept: Record<string, Sums>; readonly counted: Record<string, Sums> } {
  const names = new Map(
    store.read
      .all<{ id: number; name: string }>(sql`SELECT name_id AS id, name FROM log_names`)
      .map((row) => [row.name, row.id]),
  );
  const kept = (table: string, columns: readonly string[]): Sums => {
    type Row = Record<string, unknown> & { lines: number };
    const rows = store.read.all<Row>({ text: `SELECT * FROM ${table}`, values: [] });
    return sumsOf(rows, (row) => columns.map((column) => row[column]));
  };
  const cell = ({ service, level, sourceId }: StoredLine) => [
    service === null ? 0 : names.get(service),
    LEVEL_ORDER.indexOf(level),
    sourceId,
  ];
  const at = (ms: number) => (line: StoredLine) => Math.floor(line.at / ms);
  const own = ['service', 'level', 'source_id'];
  return {
    kept: {
      minutes: kept('log_minutes', ['minute', 'template', ...own]),
      hours: kept('log_hours', ['hour', 'template', ...own]),
      hourTotals: kept('log_hour_totals', ['hour', ...own]),
      templates: kept('log_template_counts', ['template_id', ...own]),
    },
    counted: {
      minutes: sumsOf(lines, (line) => [at(MINUTE)(line), line.template, ...cell(line)]),
      hours: sumsOf(lines, (line) => [at(HOUR)(line), line.template, ...cell(line)]),
      hourTotals: sumsOf(lines, (line) => [at(HOUR)(line), ...cell(line)]),
      templates: sumsOf(lines, (line) => [line.template, ...cell(line)]),
    },
  };
}

/** Lines by the template a person sees them under: as it is listed, as the pages have it, as the lines have it. */
export async function byTemplate(
  logs: Pick<Logs, 'scan' | 'counts' | 'templates'>,
  lines: readonly StoredLine[],
): Promise<{
  readonly listed: Sums;
  readonly charted: Sums;
  readonly scanned: Sums;
  readonly counted: Sums;
}> {
  const { templates } = logs.templates.list({ noise: true, limit: 10_000 });
  const standing = new Set(templates.filter((t) => t.mark !== 'noise').map((t) => t.id));
  const shown = lines.filter((line) => standing.has(logs.templates.resolve(line.template)));
  const scanned: { templateId: number; lines: number }[] = [];
  for await (const page of logs.scan({})) scanned.push(...page);
  const { series } = logs.counts({ filter: {}, by: 'template', top: 10_000 });
  return {
    listed: sumsOf(
      templates.filter((t) => t.lines > 0 && standing.has(t.id)),
      (t) => [t.id],
    ),
    charted: Object.fromEntries(series.map(({ key, total }) => [key, total])),
    scanned: sumsOf(scanned, (line) => [line.templateId]),
    counted: sumsOf(shown, (line) => [logs.templates.resolve(line.template)]),
  };
}
