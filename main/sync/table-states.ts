import type { FailingTable } from '../api/contract/common.ts';
import type { Failure } from '../kernel/errors.ts';
import { COMPANY, COMPANY_TABLES, type Reader } from '../store/index.ts';
import { REQUIRED } from './company.ts';
import type { Mapping, SyncStatus } from './contract/company.ts';
import { countDead, countRows, failedStates, readState, readStates } from './queries.ts';

const failureIn = (json: string | null | undefined): Failure | null =>
  json ? (JSON.parse(json) as Failure) : null;

/** How each of the company's tables stands in the copy. */
export function tableStates(read: Reader): SyncStatus['tables'] {
  const states = new Map(readStates(read).map((s) => [s.table_name, s]));
  return COMPANY_TABLES.map((table) => {
    const s = states.get(table);
    const counted = s && s.source_rows !== null && s.local_rows !== null ? s : null;
    return {
      table,
      localRows: countRows(read, table),
      sourceRows: s?.source_rows ?? null,
      deadLetters: countDead(read, table),
      cursor: s?.cursor_value ?? null,
      lastOkAt: s?.last_ok_at ?? null,
      error: failureIn(s?.last_error),
      reconciled: counted ? counted.source_rows === (counted.local_rows ?? 0) + counted.rows_dead : null,
    };
  });
}

/** Tables that the last sync left behind, in the order of COMPANY_TABLES. */
export function failingTables(read: Reader, mapping: () => Mapping | null): Omit<FailingTable, 'stale'>[] {
  const failed = failedStates(read);
  if (failed.length === 0) return [];
  const saved = mapping();
  return COMPANY_TABLES.flatMap((table): Omit<FailingTable, 'stale'>[] => {
    const state = failed.find((s) => s.table_name === table);
    const error = failureIn(state?.last_error);
    if (!state || !error) return [];
    return [
      {
        table,
        source: saved?.tables[table]?.table ?? table,
        readAt: state.last_ok_at,
        error,
        numbers: [...COMPANY[table].numbers],
      },
    ];
  });
}

/** When one table was last read to its end, and why it was not since. */
export function tableState(
  read: Reader,
  table: string,
): { readonly lastOkAt: number | null; readonly error: Failure | null } {
  const state = readState(read, table);
  return { lastOkAt: state?.last_ok_at ?? null, error: failureIn(state?.last_error) };
}

/** The oldest of the required tables' last successes, epoch ms: what every number on the screen can be trusted from; null: not all came yet. */
export function lastOkAt(read: Reader): number | null {
  const times = REQUIRED.map((table) => tableState(read, table).lastOkAt);
  return times.reduce(
    (oldest, at) => (oldest === null || at === null ? null : Math.min(oldest, at)),
    times[0] ?? null,
  );
}
