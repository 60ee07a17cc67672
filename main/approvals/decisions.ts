import { AppError, type Failure } from '../kernel/errors.ts';
import { type Decision, isAssumed, Proposal, REJECT_REASONS } from '../placement/contract/placement.ts';
import type { Base, Sql } from '../store/index.ts';
import type { ApprovalWriter } from './approvals.ts';
import {
  type DecisionRow,
  decisionById,
  decisionsOf,
  type ProposalRow,
  proposalById,
  recentDecisions,
} from './queries.ts';

const MINUTE = 60_000;

export type KeptProposal = { readonly row: ProposalRow; readonly body: Proposal };

/** The proposal of another laptop that keeps a decision from being written; null: none does. */
export function takenBy(row: DecisionRow): string | null {
  const error = failureIn(row);
  return row.state === 'failed' && error?.code === 'approval.taken' ? String(error.params['proposal']) : null;
}
const failureIn = ({ last_error }: DecisionRow): Failure | null =>
  last_error ? (JSON.parse(last_error) as Failure) : null;

/** Decisions, and the proposals they are about, as they are now. */
export class Decisions {
  private readonly o: Pick<Base, 'store' | 'clock'> & {
    readonly undoMinutes: () => number;
    readonly writer: () => ApprovalWriter | null;
  };
  constructor(o: Decisions['o']) {
    this.o = o;
  }
  /** @throws not-found */
  row(id: string): DecisionRow {
    return this.found(id, decisionById(id));
  }
  get(id: string): Decision {
    return this.view(this.row(id));
  }
  list(limit: number): Decision[] {
    return this.o.store.read.all<DecisionRow>(recentDecisions(limit)).map((row) => this.view(row));
  }
  of(proposalId: string): Decision[] {
    return this.o.store.read.all<DecisionRow>(decisionsOf(proposalId)).map((row) => this.view(row));
  }
  view(row: DecisionRow): Decision {
    const { clock, undoMinutes, writer } = this.o;
    const windowEnds = row.decided_at + undoMinutes() * MINUTE;
    // nothing of it has reached the company
    const undoUntil = takenBy(row) ? Math.max(windowEnds, clock.now() + MINUTE) : windowEnds;
    const isApproval = row.action === 'approved' || row.action === 'modified';
    const waits = writer() ? row.state : null;
    return {
      id: row.decision_id,
      proposalId: row.proposal_id,
      action: row.action,
      actor: row.actor,
      reasonCode: REJECT_REASONS.find((r) => r === row.reason_code) ?? null,
      reasonText: row.reason_text,
      at: row.decided_at,
      undoes: row.undoes,
      undoUntil: isApproval && !row.undone_by && clock.now() < undoUntil ? undoUntil : null,
      writeBack: {
        state: row.state === 'confirmed' ? 'confirmed' : (waits ?? 'not-configured'),
        attempts: row.attempts ?? 0,
        confirmedAt: row.confirmed_at,
        error: failureIn(row),
      },
    };
  }
  /** @throws not-found */
  proposal(id: string): KeptProposal {
    const row = this.found<ProposalRow>(id, proposalById(id));
    return { row, body: Proposal.parse(JSON.parse(row.body)) };
  }
  /** @throws not-found, proposal.decided, proposal.assumed */
  openProposal(id: string): KeptProposal {
    const found = this.proposal(id);
    if (found.row.status !== 'open') throw new AppError('proposal.decided', { id, status: found.row.status });
    if (isAssumed(found.body)) throw new AppError('proposal.assumed', { id });
    return found;
  }
  private found<Row extends object>(id: string, query: Sql): Row {
    const row = this.o.store.read.get<Row>(query);
    if (!row) throw new AppError('not-found', { what: id });
    return row;
  }
}
