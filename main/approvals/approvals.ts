import { dateIn } from '../kernel/clock.ts';
import { AppError, wordError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { createOutbox } from '../outbox/index.ts';
import type {
  AuditCheck,
  AuditHead,
  Decision,
  Move,
  REJECT_REASONS,
} from '../placement/contract/placement.ts';
import type { ApprovalRow, Base, CompanyDecision, SqlValue, Statement } from '../store/index.ts';
import type { AuditEvent, readAudit } from './audit.ts';
import { AuditTrail } from './audit-trail.ts';
import { companyRow } from './company-row.ts';
import { Decisions, type KeptProposal, takenBy } from './decisions.ts';
import {
  DECISION,
  deactivateMoves,
  insertDecision,
  insertMoves,
  type NewDecision,
  proposalById,
  setStatus,
} from './queries.ts';
import { heldAgainst, refuseTaken } from './taken.ts';

/**
 * Puts one row into the company's approval_history, exactly once however often it is called.
 * @param check is given the newest decisions there, and throws where the row must not follow them; no other laptop writes meanwhile
 */
export type ApprovalWriter = (
  row: ApprovalRow,
  check: (newest: readonly CompanyDecision[]) => void,
) => Promise<'written' | 'already-there'>;
type RejectReason = (typeof REJECT_REASONS)[number];
export interface Approvals {
  approve(o: { id: string; actor: string; note?: string | undefined }): Promise<Decision>;
  reject(o: {
    id: string;
    actor: string;
    reason: RejectReason;
    text?: string | undefined;
  }): Promise<Decision>;
  /** A compensating record; the decision it undoes stays. One that another laptop's stands against may be undone at any time. */
  undo(o: { decisionId: string; actor: string }): Promise<Decision>;
  /** A person holds to a decision that another laptop's stands against (`approval.taken`): it is written all the same. */
  keep(o: { decisionId: string; actor: string }): Promise<Decision>;
  /** rejects an unknown id with `not-found` */
  get(decisionId: string): Decision;
  list(limit: number): Decision[];
  of(proposalId: string): Decision[];
  /** tries everything not confirmed again now */
  retry(): Promise<{ waiting: number }>;
  /** Writes what is due. Never throws: what fails stays in the outbox with its reason. */
  drain(): Promise<void>;
  /** What waits is written, where it can be. */
  close(): Promise<void>;
  outbox(): { waiting: number; failed: number; confirmed: number };
  /** the record, newest first; `intact` also says that the file beside the database knows of no later entry */
  audit(limit: number): ReturnType<typeof readAudit> & { head: AuditHead | null };
  /** Compares the whole record with all that was kept of it elsewhere, and reads the whole database. Asks the company's. */
  verify(printed?: Pick<AuditHead, 'seq' | 'hash'>): Promise<AuditCheck>;
  /**
   * A person's judgement: what `deed` first writes and its entry in the record are one transaction, so that neither is there without
   * the other. `judgement` is asked just before, with what the deed makes; null: not worth an entry.
   */
  judge<T>(judgement: (made: unknown) => AuditEvent | null, deed: () => Promise<T>): Promise<T>;
  start(): () => void;
  readonly changed: Emitter<void>;
}

/** how long an approval waits for the company's table */
const ASK_WITHIN_MS = 3_000;

export function createApprovals(
  o: Pick<Base, 'store' | 'clock' | 'zone' | 'log'> & {
    undoMinutes: () => number;
    /** null while nothing may be written back */
    writer: () => ApprovalWriter | null;
    /** the newest rows in the company's table, as the account may read them */
    newest?: (signal?: AbortSignal) => Promise<readonly CompanyDecision[]>;
    isStale: (proposalId: string) => boolean;
    notify?: (n: {
      kind: 'write-back';
      severity: 'danger';
      subject: string;
      title: { ja: string; en: string };
      text: { ja: string; en: string };
    }) => Promise<unknown>;
  },
): Approvals {
  const { read } = o.store;
  const log = o.log.area('approvals');
  const changed = new Emitter<void>();
  const trail = new AuditTrail({ ...o, log });
  const commit: AuditTrail['commit'] = async (statements, event) => {
    const changes = await trail.commit(statements, event);
    changed.emit();
    return changes;
  };
  const check = (row: ApprovalRow) => (newest: readonly CompanyDecision[]) =>
    refuseTaken(row, newest, {
      isOwn: (id) => read.get(proposalById(id)) !== undefined,
      zone: o.zone(),
    });
  const outbox = createOutbox<ApprovalRow>({
    ...o,
    kind: DECISION,
    log,
    writer() {
      const write = o.writer();
      return write && ((row) => write(row, check(row)));
    },
    failed: tellTaken,
    changed: () => changed.emit(),
  });
  /** Before it is decided, where the company's table can be asked soon; the writer asks again. */
  const refuseTakenNow = async (row: ApprovalRow): Promise<void> => {
    if (!o.writer() || !o.newest) return;
    const newest = await o.newest(AbortSignal.timeout(ASK_WITHIN_MS)).catch((error: unknown) => {
      log.info('decisions of other computers cannot be read', error);
      return [];
    });
    check(row)(newest);
  };

  const decisions = new Decisions(o);
  const decide = async (
    { row: { proposal_id: id, status }, body }: KeptProposal,
    d: Pick<NewDecision, 'action' | 'actor'> & {
      readonly code?: string;
      readonly text?: string | undefined;
      readonly undoes?: string;
      readonly moves?: readonly Statement[];
    },
  ): Promise<Decision> => {
    const { action, actor } = d;
    const made: NewDecision = {
      decision_id: newId(),
      proposal_id: id,
      action,
      actor,
      reason_code: d.code ?? null,
      reason_text: d.text ?? null,
      decided_at: o.clock.now(),
      undoes: d.undoes ?? null,
    };
    const isApproval = action === 'approved' || action === 'modified';
    if (isApproval) await refuseTakenNow(companyRow(made, body, null));
    await commit(
      (head) => [
        setStatus(id, status, isApproval ? 'approved' : action),
        ...(d.moves ?? []),
        insertDecision(made),
        outbox.add(made.decision_id, companyRow(made, body, head), made.decided_at),
      ],
      {
        actor,
        action: `proposal.${action}`,
        subject: id,
        body: {
          decisionId: made.decision_id,
          reason: made.reason_code,
          text: made.reason_text,
          asOf: body.asOf,
          rulesVersion: body.rulesVersion,
          source: body.freshness.source,
          moves: body.moves.map((m) => [m.operatorId, m.from.cellId, m.to.cellId]),
        },
      },
    );
    void outbox.drain();
    return decisions.get(made.decision_id);
  };

  /** Decided while the company's table could not be asked: a person has to settle it. */
  async function tellTaken(error: AppError, { suggestion_id: subject }: ApprovalRow): Promise<void> {
    if (error.code !== 'approval.taken') return;
    const said = { ja: wordError(error, 'ja'), en: wordError(error, 'en') };
    await o.notify?.({
      kind: 'write-back',
      severity: 'danger',
      subject,
      title: { ja: said.ja.say, en: said.en.say },
      text: { ja: said.ja.next, en: said.en.next },
    });
  }

  return {
    changed,
    async approve({ id, actor, note }) {
      const found = decisions.openProposal(id);
      if (o.isStale(id)) throw new AppError('proposal.stale', { id });
      const moves = found.body.moves.map((move) => moveRow(id, move, o.zone()));
      return decide(found, {
        action: found.row.supersedes ? 'modified' : 'approved',
        actor,
        text: note,
        moves: moves.length > 0 ? [insertMoves(moves)] : [],
      });
    },
    async reject({ id, actor, reason, text }) {
      return decide(decisions.openProposal(id), { action: 'rejected', actor, code: reason, text });
    },
    async undo({ decisionId, actor }) {
      const row = decisions.row(decisionId);
      const found = decisions.proposal(row.proposal_id);
      if (row.undone_by || found.row.status !== 'approved')
        throw new AppError('proposal.decided', { id: row.proposal_id, status: found.row.status });
      if (decisions.view(row).undoUntil === null)
        throw new AppError('proposal.undo-expired', { minutes: o.undoMinutes() });
      return decide(found, {
        action: 'undone',
        actor,
        code: 'undo',
        text: decisionId,
        undoes: decisionId,
        moves: [
          deactivateMoves(row.proposal_id),
          ...(takenBy(row) ? [outbox.change(decisionId, withdrawn)] : []),
        ],
      });
    },
    async keep({ decisionId, actor }) {
      const row = decisions.row(decisionId);
      const other = takenBy(row);
      if (other === null || row.undone_by)
        throw new AppError('proposal.decided', { id: row.proposal_id, status: row.action });
      const held = (payload: ApprovalRow): ApprovalRow => ({
        ...payload,
        impact: heldAgainst(payload.impact, other),
      });
      await commit(() => [outbox.change(decisionId, held)], {
        actor,
        action: 'proposal.kept',
        subject: row.proposal_id,
        body: { decisionId, despite: other },
      });
      await outbox.drain();
      return decisions.get(decisionId);
    },
    get: (id) => decisions.get(id),
    list: (limit) => decisions.list(limit),
    of: (proposalId) => decisions.of(proposalId),
    async retry() {
      await outbox.retry();
      const { waiting, failed } = outbox.counts();
      return { waiting: waiting + failed };
    },
    drain: outbox.drain,
    close: outbox.drain,
    outbox: outbox.counts,
    audit: (limit) => trail.list(limit),
    verify: (printed) => trail.verify(async () => (o.writer() && o.newest ? o.newest() : []), printed),
    judge: (judgement, deed) =>
      o.store.accompany((batch, made) => {
        const event = judgement(made);
        return event ? commit(() => batch, event) : o.store.write(batch);
      }, deed),
    start: () => {
      trail.catchUp();
      return outbox.start();
    },
  };
}

const moveRow = (proposalId: string, move: Move, zone: string): SqlValue[] => [
  proposalId,
  move.operatorId,
  dateIn(move.startsAt, zone),
  ...[move.from, move.to].flatMap((c) => [c.location, c.businessId, c.process]),
  move.startsAt,
  move.endsAt,
];
/** An approval that was undone before it was written: the company's table has it as one that was never carried out. */
const withdrawn = (payload: ApprovalRow): ApprovalRow => ({ ...payload, execution_status: 'failed' });
