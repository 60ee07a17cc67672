import { createHash } from 'node:crypto';
import type { AuditEntry, AuditHead } from '../placement/contract/placement.ts';
import type { Reader, Statement } from '../store/index.ts';
import { headOf } from './anchors.ts';
import type { AuditAction } from './contract/words.ts';
import { type AuditRow, appendAudit, recentAudit, wholeAudit } from './queries.ts';

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

/** The statement that appends an event to the chain, for the transaction that does the deed, and the head that the chain then has. */
export function auditStatement(
  read: Reader,
  at: number,
  event: AuditEvent,
): { append: Statement; head: AuditHead } {
  const last = headOf(read);
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor: event.actor,
    action: event.action,
    subject: event.subject,
    body: JSON.stringify(event.body),
    previous_hash: last?.hash ?? '',
  };
  const hash = hashOf(row);
  return { append: appendAudit({ ...row, hash }), head: { chain: last?.chain ?? hash, seq: row.seq, hash } };
}

/** Newest first, and whether each entry still follows from the one before. */
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
