import { createHash } from 'node:crypto';
import type { AuditEntry } from '../api/contract/placement.ts';
import type { AuditAction } from '../api/contract/words-audit.ts';
import type { Reader, Statement } from '../store/index.ts';
import { type AuditRow, appendAudit, lastAudit, recentAudit, wholeAudit } from './queries.ts';

export type AuditEvent = {
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** SHA-256 over the previous hash and the row: editing or dropping a row breaks every hash after it. */
const hashOf = (row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([row.seq, row.at, row.actor, row.action, row.subject, row.body, row.previous_hash]),
    )
    .digest('hex');

/** The statement that appends an event to the chain, for the transaction that does the deed. */
export function auditStatement(read: Reader, at: number, event: AuditEvent): Statement {
  const last = read.get<AuditRow>(lastAudit());
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor: event.actor,
    action: event.action,
    subject: event.subject,
    body: JSON.stringify(event.body),
    previous_hash: last?.hash ?? '',
  };
  return appendAudit({ ...row, hash: hashOf(row) });
}

/** Newest first, and whether the whole chain still holds. */
export function readAudit(read: Reader, limit: number): { entries: AuditEntry[]; intact: boolean } {
  let previous = '';
  let seq = 0;
  let intact = true;
  for (const row of read.iterate<AuditRow>(wholeAudit())) {
    const { hash, ...rest } = row;
    intact &&= row.seq === ++seq && row.previous_hash === previous && hashOf(rest) === hash;
    previous = hash;
  }
  const entries = read.all<AuditRow>(recentAudit(limit)).map((row) => ({
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    body: JSON.parse(row.body) as Record<string, unknown>,
    hash: row.hash,
  }));
  return { entries, intact };
}
