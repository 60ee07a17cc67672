import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instantOf } from '../../../main/kernel/clock.ts';
import {
  COMPANY,
  type CompanyRow,
  type CompanyTableName,
  columnNames,
  openStore,
  type Statement,
  type Store,
  upsert,
} from '../../../main/store/index.ts';

export const ZONE = 'Asia/Tokyo';
export const DATE = '2026-11-20';
/** epoch ms of a local time on the fixture's day: `clock(14, 30)`; hours may pass 24 */
export const clock = (hour: number, minute = 0, date = DATE): number =>
  instantOf(date, hour * 60 + minute, ZONE);

export type Fixture = { store: Store; close(): Promise<void> };
export async function openFixture(): Promise<Fixture> {
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-'));
  const store = await openStore(dir, { now: 0 });
  return {
    store,
    async close() {
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Rows of a company table, given only what matters. */
export function rowsOf<T extends CompanyTableName>(
  table: T,
  rows: readonly Partial<CompanyRow<T>>[],
): Statement {
  const columns = columnNames(table);
  const key = COMPANY[table].key;
  return upsert(
    table,
    columns,
    key,
    rows.map((row) => {
      const whole: Record<string, unknown> = Object.fromEntries(columns.map((c) => [c, null]));
      return { ...whole, [key]: nextId(), ...row };
    }),
  );
}
let counter = 0;
const nextId = (): string => `id-${String(++counter).padStart(8, '0')}`;

export const cellOf = (location = '札幌', business = '523201', process = 'エントリ1') => ({
  location_name: location,
  business_id: business,
  process_name: process,
});
export type Key = ReturnType<typeof cellOf>;

/** Master data: two sites, one business, two processes. */
export const master = (): Statement[] => [
  rowsOf('locations', [
    { location_id: 'L1', location_name: '札幌' },
    { location_id: 'L2', location_name: '盛岡' },
  ]),
  rowsOf('businesses', [
    { business_id: '523201', business_name: 'SS' },
    { business_id: '600100', business_name: 'MK' },
  ]),
  rowsOf('processes', [
    { process_id: 'P1', business_id: '523201', process_name: 'エントリ1', sequence: 1 },
    { process_id: 'P2', business_id: '523201', process_name: 'エントリ2', sequence: 2 },
  ]),
];

/** Neither process hands on to the other: what waits at エントリ1 will not come to the people who are lent from エントリ2. */
export const noOrder = (): Statement =>
  rowsOf('processes', [
    { process_id: 'P1', business_id: '523201', process_name: 'エントリ1', sequence: null },
    { process_id: 'P2', business_id: '523201', process_name: 'エントリ2', sequence: null },
  ]);

/** People with one capability each, assigned to one cell from 9:00 to 18:00 unless told otherwise. */
export function people(
  ids: readonly string[],
  o: {
    cell?: Key;
    date?: string;
    speed?: number | null;
    skill?: number;
    from?: number | null;
    to?: number | null;
    home?: string;
    shift?: readonly [number | null, number | null];
  } = {},
): Statement[] {
  const cell = o.cell ?? cellOf();
  return [
    rowsOf(
      'operators',
      ids.map((id) => ({
        operator_id: id,
        operator_name: `${id}さん`,
        location_name: o.home ?? cell.location_name,
        is_valid: true,
        shift_start: o.shift?.[0] ?? null,
        shift_end: o.shift?.[1] ?? null,
      })),
    ),
    rowsOf(
      'operator_process_capabilities',
      ids.map((id) => ({
        capability_id: `${id}/${cell.process_name}`,
        operator_id: id,
        process_name: cell.process_name,
        skill_level: o.skill ?? 3,
        experience_months: 30,
        average_speed: o.speed === undefined ? 60 : o.speed,
      })),
    ),
    rowsOf(
      'daily_assignments',
      ids.map((id) => ({
        assignment_id: `${id}/${o.date ?? DATE}/${o.from ?? 0}`,
        assignment_date: o.date ?? DATE,
        operator_id: id,
        ...cell,
        start_time: o.from === undefined ? 540 : o.from,
        end_time: o.to === undefined ? 1080 : o.to,
      })),
    ),
  ];
}

/** Snapshots of one cell, one per entry; every lot is one row carrying the same counter. */
export const snapshots = (
  entries: readonly {
    at: number;
    lots: readonly (readonly [deadline: number | null, items: number])[];
    done?: number | null;
    correction?: number | null;
  }[],
  cell: Key = cellOf(),
): Statement =>
  rowsOf(
    'progress_snapshots',
    entries.flatMap((entry) =>
      entry.lots.map(([deadline, items]) => ({
        snapshot_id: `${Object.values(cell).join('/')}/${entry.at}/${deadline}`,
        snapshot_time: entry.at,
        ...cell,
        expected_completion_time: deadline,
        total_waiting: items,
        entry_count: entry.done ?? null,
        correction_waiting: entry.correction ?? null,
      })),
    ),
  );

export const LATE = cellOf();
export const SPARE = cellOf('札幌', '523201', 'エントリ2');
export const names = (prefix: string, n: number): string[] =>
  Array.from({ length: n }, (_, i) => `${prefix}${i + 1}`);

/**
 * 6 people (L…) on エントリ1 with `items` due at 17:00 (they manage 990), 12 (S…) on エントリ2 with time to spare, 10 of whom know
 * エントリ1, the last of them at `lastSkill`. `done`: what both had finished by 14:00.
 */
export const shortStaffed = (o: {
  items?: number;
  lastSkill?: number;
  done?: { late: number; spare: number };
}): Statement[] => [
  ...master(),
  noOrder(),
  ...people(names('L', 6)),
  ...people(names('S', 12), { cell: SPARE }),
  rowsOf(
    'operator_process_capabilities',
    names('S', 10).map((id, i) => ({
      capability_id: `${id}/エントリ1`,
      operator_id: id,
      process_name: 'エントリ1',
      skill_level: i === 9 ? (o.lastSkill ?? 3) : 3,
      experience_months: 30,
      average_speed: 60 - i,
    })),
  ),
  snapshots([{ at: clock(14), lots: [[clock(17), o.items ?? 1240]], done: o.done?.late ?? null }], LATE),
  snapshots([{ at: clock(14), lots: [[clock(17, 30), 400]], done: o.done?.spare ?? null }], SPARE),
];
