// An engine's sync with a real store in a temporary folder, and small canonical rows to fill a company database with.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import {
  APPROVAL_COLUMNS,
  APPROVAL_TABLE,
  type ApprovalRow,
  COMPANY_TABLES,
  type CompanyBatch,
  columnNames,
  openStore,
  type Store,
} from '../../../main/store/index.ts';
import type { Connection, Mapping } from '../../../main/sync/contract/company.ts';
import { createSync, parseCompanyUrl, type SecretStore, type Sync } from '../../../main/sync/index.ts';

export const memorySecrets = (): SecretStore => {
  const kept = new Map<string, string>();
  return {
    kind: 'memory',
    keyStore: false,
    weakKeyStore: false,
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    delete: async (name) => void kept.delete(name),
    where: async (name) => (kept.has(name) ? 'memory' : 'none'),
  };
};

export type TestSite = {
  readonly sync: Sync;
  readonly store: Store;
  readonly tasks: Tasks;
  readonly dir: string;
  close(): Promise<void>;
};
/** `url` null: nothing is set up. `dir`: goes on where another left off. */
export async function openSite(
  url: string | null,
  o: {
    dir?: string;
    pageRows?: number;
    connection?: Partial<Connection>;
    mapping?: Mapping;
    everySeconds?: number;
  } = {},
): Promise<TestSite> {
  const dir = o.dir ?? mkdtempSync(path.join(os.tmpdir(), 'toride-sync-'));
  const store = await openStore(dir);
  const tasks = new Tasks(systemClock, silentLog);
  const sync = createSync({
    store,
    clock: systemClock,
    tasks,
    log: silentLog,
    dataDir: dir,
    secrets: memorySecrets(),
    settings: () => ({ syncEverySeconds: o.everySeconds ?? 60, staleMinutes: 10, timeZone: 'Asia/Tokyo' }),
    random: () => 0,
    ...(o.pageRows === undefined ? {} : { pageRows: o.pageRows }),
  });
  if (url !== null) {
    const { connection, password } = parseCompanyUrl(url);
    await sync.save({ ...connection, ...o.connection }, password, 'memory');
  }
  if (o.mapping) await sync.saveMapping(o.mapping);
  return {
    sync,
    store,
    tasks,
    dir,
    async close() {
      await tasks.close();
      await sync.close();
      await store.close();
      if (o.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Every name the same on both sides. */
export const sameNames = (): Mapping => ({
  version: 1,
  tables: Object.fromEntries(
    [
      ...COMPANY_TABLES.map((table) => [table, columnNames(table)] as const),
      [APPROVAL_TABLE, Object.keys(APPROVAL_COLUMNS)] as const,
    ].map(([table, columns]) => [table, { table, columns: Object.fromEntries(columns.map((c) => [c, c])) }]),
  ),
});

export const MORNING = Date.UTC(2026, 10, 21, 0, 0); // 2026-11-21 09:00 in Tokyo
export const MINUTE = 60_000;
const SITES = ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'];
const PROCESSES = ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'];

/** A small company: master data of 6 sites, 5 processes and 12 people, then `snapshots` progress rows, one cell a row, 30 a minute from `start`. */
export function* smallCompany(snapshots = 300, start = MORNING): Generator<CompanyBatch> {
  yield {
    table: 'locations',
    rows: SITES.map((location_name, i) => ({
      location_id: `L${i}`,
      location_name,
      region: i < 2 ? '北' : null,
    })),
  };
  yield { table: 'businesses', rows: [{ business_id: '523201', business_name: 'SS' }] };
  yield {
    table: 'processes',
    rows: PROCESSES.map((process_name, i) => ({
      process_id: `P${i}`,
      business_id: '523201',
      process_name,
      sequence: i,
    })),
  };
  yield {
    table: 'operators',
    rows: Array.from({ length: 12 }, (_, i) => ({
      operator_id: `E${i}`,
      operator_name: `従業員${i}`,
      location_name: SITES[i % 6] ?? '',
      is_valid: i !== 11,
      shift_start: 540,
      shift_end: i === 3 ? 1530 : 1080,
    })),
  };
  yield {
    table: 'operator_process_capabilities',
    rows: Array.from({ length: 12 }, (_, i) => ({
      capability_id: `C${i}`,
      operator_id: `E${i}`,
      process_name: PROCESSES[i % 5] ?? '',
      skill_level: (i % 5) + 1,
      experience_months: i,
      average_speed: 60 + i / 2,
    })),
  };
  yield {
    table: 'daily_assignments',
    rows: Array.from({ length: 12 }, (_, i) => ({
      assignment_id: `A${i}`,
      assignment_date: '2026-11-21',
      operator_id: `E${i}`,
      location_name: SITES[i % 6] ?? '',
      business_id: '523201',
      process_name: PROCESSES[i % 5] ?? '',
      start_time: 540,
      end_time: 1080,
    })),
  };
  for (let from = 0; from < snapshots; from += 10_000)
    yield {
      table: 'progress_snapshots',
      rows: snapshotRows(from, Math.min(snapshots, from + 10_000), start),
    };
}
export const snapshotRows = (
  from: number,
  to: number,
  start = MORNING,
): Extract<CompanyBatch, { table: 'progress_snapshots' }>['rows'] =>
  Array.from({ length: to - from }, (_, n) => {
    const i = from + n;
    return {
      snapshot_id: `S${String(i).padStart(8, '0')}`,
      snapshot_time: start + Math.floor(i / 30) * MINUTE,
      location_name: SITES[i % 6] ?? '',
      business_id: '523201',
      process_name: PROCESSES[Math.floor(i / 6) % 5] ?? '',
      expected_completion_time: i % 7 === 0 ? null : MORNING + 8 * 60 * MINUTE,
      total_waiting: i % 500,
      entry_count: i % 90,
      correction_waiting: null,
    };
  });

export const approvalRow = (id: string): ApprovalRow => ({
  approval_history_id: id,
  suggestion_id: `SGT20261121-${id.slice(0, 8)}`,
  changes: '[{"operator":"従業員1","to":"補正"}]',
  impact: '{"delay":{"before":0.7,"after":0.1}}',
  action_type: 'approved',
  action_user: '佐藤',
  feedback_reason: null,
  execution_status: 'pending',
  created_at: MORNING + 123,
});
