import type { OutboxState } from '../outbox/types.ts';
import { run, type Sql, type SqlValue, type Statement, sql } from '../store/index.ts';

export type DecisionRow = {
  decision_id: string;
  proposal_id: string;
  action: 'approved' | 'rejected' | 'modified' | 'undone';
  actor: string;
  reason_code: string | null;
  reason_text: string | null;
  decided_at: number;
  undoes: string | null;
  undone_by: string | null;
  state: OutboxState | null;
  attempts: number | null;
  confirmed_at: number | null;
  last_error: string | null;
};
export type NewDecision = Omit<
  DecisionRow,
  'undone_by' | 'state' | 'attempts' | 'confirmed_at' | 'last_error'
>;
export type AuditRow = {
  seq: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  body: string;
  previous_hash: string;
  hash: string;
};
export type ProposalRow = { proposal_id: string; status: string; supersedes: string | null; body: string };

/** the kind of a decision's row in the outbox */
export const DECISION = 'decision';

const decisionsWhere = (condition: Sql, limit: number): Sql => sql`
  SELECT d.*, o.state, o.attempts, o.confirmed_at, o.last_error,
    (SELECT u.decision_id FROM decisions u WHERE u.undoes = d.decision_id) AS undone_by
  FROM decisions d LEFT JOIN outbox o ON o.kind = ${DECISION} AND o.subject = d.decision_id
  WHERE ${condition} ORDER BY d.rowid DESC LIMIT ${limit}`;
export const recentDecisions = (limit: number): Sql => decisionsWhere(sql`1`, limit);
export const decisionById = (id: string): Sql => decisionsWhere(sql`d.decision_id = ${id}`, 1);
export const decisionsOf = (proposalId: string): Sql =>
  decisionsWhere(sql`d.proposal_id = ${proposalId}`, 100);
export const proposalById = (id: string): Sql =>
  sql`SELECT proposal_id, status, supersedes, body FROM proposals WHERE proposal_id = ${id}`;

/** Refused when somebody else decided in the meantime. */
export const setStatus = (id: string, from: string, to: string): Statement =>
  run(sql`UPDATE proposals SET status = ${to} WHERE proposal_id = ${id} AND status = ${from}`, {
    changes: 1,
    why: `proposal ${id} is no longer ${from}`,
  });
export const insertDecision = (d: NewDecision): Statement =>
  run(sql`INSERT INTO decisions (decision_id, proposal_id, action, actor, reason_code, reason_text, decided_at, undoes)
    VALUES (${d.decision_id}, ${d.proposal_id}, ${d.action}, ${d.actor}, ${d.reason_code}, ${d.reason_text}, ${d.decided_at}, ${d.undoes})`);
export const insertMoves = (rows: readonly (readonly SqlValue[])[]): Statement => ({
  text: `INSERT INTO moves (proposal_id, operator_id, move_date, from_location, from_business, from_process, to_location, to_business, to_process,
    starts_at, ends_at, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  rows,
});
export const deactivateMoves = (proposalId: string): Statement =>
  run(sql`UPDATE moves SET active = 0 WHERE proposal_id = ${proposalId}`);

export const lastAudit = (): Sql => sql`SELECT * FROM audit ORDER BY seq DESC LIMIT 1`;
export const firstAudit = (): Sql => sql`SELECT hash FROM audit WHERE seq = 1`;
export const auditHash = (seq: number): Sql => sql`SELECT hash FROM audit WHERE seq = ${seq}`;
export const recentAudit = (limit: number): Sql => sql`SELECT * FROM audit ORDER BY seq DESC LIMIT ${limit}`;
export const wholeAudit = (): Sql => sql`SELECT * FROM audit ORDER BY seq`;
/** Refused when another writer appended first: the caller reads the end again. */
export const appendAudit = (row: AuditRow): Statement =>
  run(
    sql`INSERT INTO audit (seq, at, actor, action, subject, body, previous_hash, hash)
      SELECT ${row.seq}, ${row.at}, ${row.actor}, ${row.action}, ${row.subject}, ${row.body}, ${row.previous_hash}, ${row.hash}
      WHERE coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), '') = ${row.previous_hash}`,
    { changes: 1, why: AUDIT_MOVED },
  );
export const AUDIT_MOVED = 'the audit record moved on';
