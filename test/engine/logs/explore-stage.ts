import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { createExplore } from '../../../main/logs/explore/explore.ts';
import type { LogRecord } from '../../../main/logs/pipeline-types.ts';
import { encodeSegment } from '../../../main/logs/segments/encode-segment.ts';
import { SegmentFiles } from '../../../main/logs/segments/segment-files.ts';
import { LEVEL_ORDER } from '../../../main/logs/segments/segment-format.ts';
import { segmentStatement, usedPlaces } from '../../../main/logs/segments/segment-rows.ts';
import { openStore, type Statement } from '../../../main/store/index.ts';
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

/** A real store and real segment files, filled line by line as ingest would; templates merge as the test says. */
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
  const files = SegmentFiles.open(dir, usedPlaces(store.read));
  onTestFinished(async () => {
    await explore.close();
    files.close();
    await store.close();
  });
  const names = new Map<string, number>();

  /** Lines of one source, in segments of `size` records; one transaction with their roll-ups. */
  const put = async (sourceId: string, lines: readonly StagedLine[], size = 1000): Promise<void> => {
    const days = Map.groupBy(lines.map(recordOf), (record) => dayOf(record.at));
    const statements: Statement[] = [];
    for (const [day, records] of days) {
      for (let from = 0; from < records.length; from += size) {
        const part = records.slice(from, from + size);
        statements.push(
          segmentStatement(
            files.append(encodeSegment({ sourceId, partition: day, encoding: 'utf-8', records: part })),
          ),
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
    }
    await store.write(statements);
  };
  return {
    dir,
    store,
    explore,
    openExplore,
    files,
    put,
    logged,
    merged,
    partsOf,
    file: (day: string) => path.join(dir, 'log-segments', `${day}.seg`),
  };
}
type Parts = (
  | { readonly kind: 'word' | 'mark'; readonly text: string; readonly gap: boolean }
  | { readonly kind: 'hole'; readonly type: 'number'; readonly gap: boolean }
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
