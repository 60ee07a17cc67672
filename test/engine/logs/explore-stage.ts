import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { createExplore } from '../../../main/logs/search/explore.ts';
import { writeBlock } from '../../../main/logs/store/block-files.ts';
import { BLOCK_COLUMNS, type BlockRow, blockStatement } from '../../../main/logs/store/block-rows.ts';
import { encodeBlock } from '../../../main/logs/store/encode-block.ts';
import { LEVEL_ORDER, type LogRecord } from '../../../main/logs/store/records.ts';
import { tailStatements } from '../../../main/logs/store/tail.ts';
import { openStore, type Statement, sql } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

export const NOW = Date.UTC(2026, 10, 21, 6, 0, 0);
export const ZONE = 'Asia/Tokyo';
export type StagedLine = Partial<LogRecord> & {
  readonly id: number;
  readonly at: number;
  readonly text: string;
};

export const recordOf = (line: StagedLine): LogRecord => ({
  atGuessed: false,
  level: 'info',
  service: 'web',
  host: null,
  template: 1,
  ending: 'lf',
  lines: 1,
  attributes: '',
  raw: null,
  ...line,
});
export const dayOf = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);

/** A real store and real files of blocks, filled line by line as ingest would; templates merge as the test says. */
export async function stageExplore() {
  const dir = tempDir();
  const store = await openStore(dir, { now: NOW });
  const { log, lines: logged } = memoryLog(new ManualClock(NOW));
  const merged = new Map<number, number>();
  const resolve = (id: number): number => (merged.has(id) ? resolve(merged.get(id) ?? id) : id);
  const templates = {
    get: (id: number) => ({ ...TEMPLATE, id: resolve(id), parts: partsOf.get(resolve(id)) ?? [] }),
    resolve,
    family: (id: number) => [...new Set([id, ...merged.keys()])].filter((other) => resolve(other) === id),
  };
  const partsOf = new Map<number, Parts>();
  const openExplore = () =>
    createExplore({
      store,
      dataDir: dir,
      clock: new ManualClock(NOW),
      zone: () => ZONE,
      templates,
      log,
      damaged: () => {},
    });
  const explore = openExplore();
  onTestFinished(async () => {
    await explore.close();
    await store.close();
  });
  const names = new Map<string, number>();

  /** Lines of one source, in blocks of `size` records, what is left in its tail; one transaction with their roll-ups. */
  const put = async (sourceId: string, lines: readonly StagedLine[], size = 1000): Promise<void> => {
    const records = lines.map(recordOf);
    const statements: Statement[] = [];
    for (let from = 0; from < records.length; from += size) {
      const part = records.slice(from, from + size);
      if (part.length < size) statements.push(...tailStatements(sourceId, 'utf-8', part));
      else
        statements.push(
          blockStatement(writeBlock(dir, encodeBlock({ sourceId, encoding: 'utf-8', records: part }))),
        );
    }
    for (const r of records) {
      if (r.service !== null && !names.has(r.service)) {
        names.set(r.service, names.size + 1);
        statements.push({
          text: 'INSERT INTO log_names (name_id, name) VALUES (?, ?)',
          rows: [[names.size, r.service]],
        });
      }
      const cell = [
        sourceId,
        names.get(r.service ?? '') ?? 0,
        LEVEL_ORDER.indexOf(r.level),
        r.template,
        r.lines,
      ];
      for (const [table, unit, ms] of [
        ['log_minutes', 'minute', 60_000],
        ['log_hours', 'hour', 3_600_000],
      ] as const)
        statements.push({
          text: `INSERT INTO ${table} (${unit}, source_id, service, level, template, lines) VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT DO UPDATE SET lines = lines + excluded.lines`,
          rows: [[Math.floor(r.at / ms), ...cell]],
        });
      statements.push({
        text: `INSERT INTO log_template_counts (source_id, service, level, template_id, lines, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET lines = lines + excluded.lines`,
        rows: [[...cell, r.at, r.at]],
      });
    }
    await store.write(statements);
  };
  const rows = (): BlockRow[] =>
    store.read.all<BlockRow>(sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks ORDER BY first_id`);
  return {
    dir,
    store,
    explore,
    openExplore,
    put,
    logged,
    merged,
    partsOf,
    rows,
    /** of the n-th block, oldest first */
    file: (n: number) => path.join(dir, rows().filter((row) => row.file !== null)[n]?.file ?? ''),
  };
}
type Parts = (
  | { readonly kind: 'word' | 'mark'; readonly text: string; readonly gap: boolean }
  | { readonly kind: 'parameter'; readonly type: 'number'; readonly gap: boolean }
)[];
const TEMPLATE = {
  text: '',
  name: null,
  locked: false,
  mark: 'none' as const,
  level: null,
  services: [] as string[],
  lines: 0,
  firstAt: null,
  lastAt: null,
  merged: [] as number[],
};
