import {
  COMPANY,
  COMPANY_TABLES,
  type CompanyBatch,
  columnNames,
  name,
  type Reader,
  run,
  type Statement,
  saveSetting,
  sql,
  upsert,
} from '../store/index.ts';
import type { SimMove } from './types.ts';

const KEY = 'demo';
/** What follows from the company's rows; those that refer to others come first. */
const DERIVED = [
  'outbox',
  'outcomes',
  'moves',
  'decisions',
  'proposals',
  'alerts',
  'risk_history',
  'notifications',
  'sync_state',
  'dead_letters',
];

export const savedDemo = (read: Reader): string | undefined =>
  read.get<{ value: string }>(sql`SELECT value FROM settings WHERE key = ${KEY}`)?.value;
export const saveDemo = (value: string, at: number): Statement => saveSetting(KEY, value, at);
export const forgetDemo = (): Statement => run(sql`DELETE FROM settings WHERE key = ${KEY}`);

export const isEmpty = (read: Reader): boolean => !read.get(sql`SELECT 1 FROM progress_snapshots LIMIT 1`);

/** Empties the company copy and everything that was concluded from it; the audit record and the chats stay. */
export const clearCompany = (): Statement[] =>
  [...DERIVED, ...COMPANY_TABLES].map((table) => run(sql`DELETE FROM ${name(table)}`));

export const storeBatch = ({ table, rows }: CompanyBatch): Statement =>
  upsert(table, columnNames(table), COMPANY[table].key, rows);

/** Decisions still on their way to the company's database. */
export const unwritten = (read: Reader): number =>
  read.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM outbox WHERE kind = 'decision' AND state <> 'confirmed'`,
  )?.n ?? 0;

/**
 * Every move ever approved, from its decision on and, when it was undone, until then; so that a restarted demo lives through
 * its day again exactly as it was.
 */
export const decidedMoves = (read: Reader): SimMove[] =>
  read.all<SimMove>(sql`SELECT m.operator_id AS operatorId, m.to_location AS location, m.to_business AS businessId,
      m.to_process AS process, max(m.starts_at, coalesce(d.decided_at, m.starts_at)) AS startsAt,
      min(m.ends_at, coalesce(u.decided_at, m.ends_at)) AS endsAt
    FROM moves m
    LEFT JOIN decisions d ON d.proposal_id = m.proposal_id AND d.action IN ('approved', 'modified')
    LEFT JOIN decisions u ON u.undoes = d.decision_id
    WHERE m.active = 1 OR u.decision_id IS NOT NULL
    ORDER BY startsAt, m.rowid`);
