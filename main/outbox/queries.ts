import { type Reader, run, type Statement, sql } from '../store/index.ts';
import type { OutboxCounts, OutboxState } from './types.ts';

export type OutboxRow = {
  readonly id: string;
  readonly subject: string;
  readonly payload: string;
  readonly attempts: number;
};

/** A subject whose row was confirmed may be written again. */
export const insertRow = (
  kind: string,
  row: Omit<OutboxRow, 'attempts'> & { readonly at: number },
): Statement =>
  run(
    sql`INSERT INTO outbox (outbox_id, kind, subject, payload, state, created_at, next_at)
      VALUES (${row.id}, ${kind}, ${row.subject}, ${row.payload}, 'waiting', ${row.at}, ${row.at})
      ON CONFLICT (kind, subject) DO UPDATE SET outbox_id = excluded.outbox_id, payload = excluded.payload, state = 'waiting', attempts = 0,
        created_at = excluded.created_at, next_at = excluded.next_at, confirmed_at = NULL, last_error = NULL WHERE state = 'confirmed'`,
    { changes: 1, why: `${row.subject} is on its way already` },
  );
export const dueRows = (read: Reader, kind: string, at: number): OutboxRow[] =>
  read.all<OutboxRow>(
    sql`SELECT outbox_id AS id, subject, payload, attempts FROM outbox WHERE kind = ${kind} AND state = 'waiting' AND next_at <= ${at}
      ORDER BY created_at, rowid LIMIT 100`,
  );
export const confirmRow = (id: string, at: number): Statement =>
  run(
    sql`UPDATE outbox SET state = 'confirmed', confirmed_at = ${at}, last_error = NULL, attempts = attempts + 1 WHERE outbox_id = ${id}`,
  );
export const postponeRow = (id: string, state: OutboxState, nextAt: number, error: string): Statement =>
  run(
    sql`UPDATE outbox SET state = ${state}, next_at = ${nextAt}, last_error = ${error}, attempts = attempts + 1 WHERE outbox_id = ${id}`,
  );
export const retryRows = (kind: string, at: number): Statement =>
  run(
    sql`UPDATE outbox SET state = 'waiting', next_at = ${at} WHERE kind = ${kind} AND state <> 'confirmed'`,
  );
export const rowOf = (
  read: Reader,
  kind: string,
  subject: string,
): { readonly payload: string; readonly state: OutboxState; readonly error: string | null } | undefined =>
  read.get(
    sql`SELECT payload, state, last_error AS error FROM outbox WHERE kind = ${kind} AND subject = ${subject}`,
  );
/** Refused when it was written in the meantime. */
export const changeRow = (kind: string, subject: string, payload: string, at: number): Statement =>
  run(
    sql`UPDATE outbox SET payload = ${payload}, state = 'waiting', next_at = ${at}, last_error = NULL
      WHERE kind = ${kind} AND subject = ${subject} AND state = 'failed'`,
    { changes: 1, why: `${subject} is written or on its way` },
  );
export const dropRow = (kind: string, subject: string): Statement =>
  run(sql`DELETE FROM outbox WHERE kind = ${kind} AND subject = ${subject}`);
export const counted = (read: Reader, kind: string): OutboxCounts => {
  const rows = read.all<{ state: OutboxState; n: number }>(
    sql`SELECT state, count(*) AS n FROM outbox WHERE kind = ${kind} GROUP BY state`,
  );
  return { waiting: 0, failed: 0, confirmed: 0, ...Object.fromEntries(rows.map((r) => [r.state, r.n])) };
};
