import { addDays } from '../../kernel/clock.ts';
import type { Reader } from '../../store/index.ts';
import { LEDGER_DAYS } from '../config.ts';
import type { Ledger } from '../contract/placement.ts';
import { operatorRows } from '../queries.ts';
import { ledgerRows } from './site-queries.ts';

/** Longer at the same place is no move. */
const isOvertime = (kind: string | null): boolean => /overtime|残業|時間外/i.test(kind ?? '');

export type Entry = { readonly approved: number; readonly adjusted: number; readonly last: string };
/** Moves per person over the 30 days that end with a local date. */
export function readLedger(read: Reader, until: string): { from: string; entries: Map<string, Entry> } {
  const from = addDays(until, 1 - LEDGER_DAYS);
  const entries = new Map<string, Entry>();
  for (const { operatorId, kind, moves, last } of ledgerRows(read, from, until)) {
    if (isOvertime(kind)) continue;
    const old = entries.get(operatorId) ?? { approved: 0, adjusted: 0, last };
    const count = kind === 'approved' ? 'approved' : 'adjusted';
    entries.set(operatorId, { ...old, [count]: old[count] + moves, last: last > old.last ? last : old.last });
  }
  return { from, entries };
}

/** The ledger as a table, most moved first. */
export function viewLedger(read: Reader, until: string, limit: number): Ledger {
  const { from, entries } = readLedger(read, until);
  const people = operatorRows(read).flatMap((row) => {
    const entry = entries.get(row.operator_id);
    return entry
      ? [{ operatorId: row.operator_id, name: row.operator_name, home: row.location_name, ...entry }]
      : [];
  });
  const moves = (person: Entry): number => person.approved + person.adjusted;
  return { from, until, limit, people: people.sort((a, b) => moves(b) - moves(a)) };
}
