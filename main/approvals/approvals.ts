import { dateIn } from '../kernel/clock.ts';
import { AppError, type Failure, failureOf, wordError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { createOutbox } from '../outbox/index.ts';
import {
  type AuditCheck,
  type AuditHead,
  type Decision,
  isAssumed,
  type Move,
  Proposal,
  REJECT_REASONS,
} from '../placement/contract/placement.ts';
import type { ApprovalRow, Base, CompanyDecision, SqlValue, Statement } from '../store/index.ts';
import { HeadFile, headOf, headsIn, holds } from './anchors.ts';
import { type AuditEvent, auditStatement, readAudit } from './audit.ts';
import {
  AUDIT_MOVED,
  DECISION,
  type DecisionRow,
  deactivateMoves,
  decisionById,
  decisionsOf,
  insertDecision,
  insertMoves,
  type ProposalRow,
  proposalById,
  recentDecisions,
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

const MINUTE = 60_000;
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
  const headFile = new HeadFile(o.store.file, read);
  const keepHead = (head: AuditHead | null): void => {
    try {
      if (head) headFile.keep(head);
    } catch (error) {
      log.warn('head of the audit record', error); // what was decided stays decided
    }
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

  const view = (row: DecisionRow): Decision => {
    const windowEnds = row.decided_at + o.undoMinutes() * MINUTE;
    // nothing of it has reached the company
    const undoUntil = takenBy(row) ? Math.max(windowEnds, o.clock.now() + MINUTE) : windowEnds;
    const undoable =
      (row.action === 'approved' || row.action === 'modified') && !row.undone_by && o.clock.now() < undoUntil;
    return {
      id: row.decision_id,
      proposalId: row.proposal_id,
      action: row.action,
      actor: row.actor,
      reasonCode: REJECT_REASONS.find((r) => r === row.reason_code) ?? null,
      reasonText: row.reason_text,
      at: row.decided_at,
      undoes: row.undoes,
      undoUntil: undoable ? undoUntil : null,
      writeBack: {
        state:
          row.state === 'confirmed'
            ? 'confirmed'
            : !o.writer()
              ? 'not-configured'
              : (row.state ?? 'not-configured'),
        attempts: row.attempts ?? 0,
        confirmedAt: row.confirmed_at,
        error: row.last_error
          ? (JSON.parse(row.last_error) as { code: string; params: Record<string, string | number> })
          : null,
      },
    };
  };
  const decision = (id: string): Decision => {
    const row = read.get<DecisionRow>(decisionById(id));
    if (!row) throw new AppError('not-found', { what: id });
    return view(row);
  };
  const proposal = (id: string): { row: ProposalRow; body: Proposal } => {
    const row = read.get<ProposalRow>(proposalById(id));
    if (!row) throw new AppError('not-found', { what: id });
    return { row, body: Proposal.parse(JSON.parse(row.body)) };
  };
  const openProposal = (id: string): { row: ProposalRow; body: Proposal } => {
    const found = proposal(id);
    if (found.row.status !== 'open') throw new AppError('proposal.decided', { id, status: found.row.status });
    if (isAssumed(found.body)) throw new AppError('proposal.assumed', { id });
    return found;
  };
  /** The deed and its audit entry in one transaction; the end of the chain is read again if another writer was first. */
  const commit = async (
    statements: (head: AuditHead) => readonly Statement[],
    event: AuditEvent,
  ): Promise<number[]> => {
    for (;;) {
      try {
        const { append, head } = auditStatement(read, o.clock.now(), event);
        const changes = await o.store.write([...statements(head), append]);
        keepHead(head);
        changed.emit();
        return changes.slice(0, -1);
      } catch (error) {
        if (
          !(
            error instanceof AppError &&
            error.code === 'store.refused' &&
            error.params['detail'] === AUDIT_MOVED
          )
        )
          throw error;
      }
    }
  };
  const moveRow = (id: string, move: Move): SqlValue[] => [
    id,
    move.operatorId,
    dateIn(move.startsAt, o.zone()),
    ...[move.from, move.to].flatMap((c) => [c.location, c.businessId, c.process]),
    move.startsAt,
    move.endsAt,
  ];
  const rowOf = (
    { row, body }: { row: ProposalRow; body: Proposal },
    d: {
      id: string;
      at: number;
      action: DecisionRow['action'];
      actor: string;
      code: string | null;
      text: string | null;
      reverse: boolean;
      audit: AuditHead | null;
    },
  ): ApprovalRow => ({
    approval_history_id: d.id,
    suggestion_id: row.proposal_id,
    changes: JSON.stringify(body.moves.map((m) => changeOf(m, d.reverse))),
    impact: JSON.stringify({ ...impactOf(body), audit: d.audit }),
    action_type: d.action === 'undone' ? 'rejected' : d.action,
    action_user: d.actor,
    feedback_reason: [d.code, d.text].filter(Boolean).join(': ') || null,
    execution_status: d.action === 'approved' || d.action === 'modified' ? 'pending' : 'completed',
    created_at: d.at,
  });
  const decide = async (
    found: { row: ProposalRow; body: Proposal },
    d: {
      action: DecisionRow['action'];
      status: string;
      actor: string;
      code: string | null;
      text: string | null;
      undoes: string | null;
      moves: readonly Statement[];
      reverse: boolean;
    },
  ): Promise<Decision> => {
    const id = found.row.proposal_id;
    const decisionId = newId();
    const at = o.clock.now();
    const payload = (audit: AuditHead): ApprovalRow => rowOf(found, { ...d, id: decisionId, at, audit });
    if (d.action === 'approved' || d.action === 'modified')
      await refuseTakenNow(rowOf(found, { ...d, id: decisionId, at, audit: null }));
    await commit(
      (head) => [
        setStatus(id, found.row.status, d.status),
        ...d.moves,
        insertDecision({
          decision_id: decisionId,
          proposal_id: id,
          action: d.action,
          actor: d.actor,
          reason_code: d.code,
          reason_text: d.text,
          decided_at: at,
          undoes: d.undoes,
        }),
        outbox.add(decisionId, payload(head), at),
      ],
      {
        actor: d.actor,
        action: `proposal.${d.action}`,
        subject: id,
        body: {
          decisionId,
          reason: d.code,
          text: d.text,
          asOf: found.body.asOf,
          rulesVersion: found.body.rulesVersion,
          source: found.body.freshness.source,
          moves: found.body.moves.map((m) => [m.operatorId, m.from.cellId, m.to.cellId]),
        },
      },
    );
    void outbox.drain();
    return decision(decisionId);
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
      const found = openProposal(id);
      if (o.isStale(id)) throw new AppError('proposal.stale', { id });
      return decide(found, {
        action: found.row.supersedes ? 'modified' : 'approved',
        status: 'approved',
        actor,
        code: null,
        text: note ?? null,
        undoes: null,
        moves: found.body.moves.length ? [insertMoves(found.body.moves.map((m) => moveRow(id, m)))] : [],
        reverse: false,
      });
    },
    async reject({ id, actor, reason, text }) {
      return decide(openProposal(id), {
        action: 'rejected',
        status: 'rejected',
        actor,
        code: reason,
        text: text ?? null,
        undoes: null,
        moves: [],
        reverse: false,
      });
    },
    async undo({ decisionId, actor }) {
      const row = read.get<DecisionRow>(decisionById(decisionId));
      if (!row) throw new AppError('not-found', { what: decisionId });
      const found = proposal(row.proposal_id);
      if (row.undone_by || found.row.status !== 'approved')
        throw new AppError('proposal.decided', { id: row.proposal_id, status: found.row.status });
      if (view(row).undoUntil === null)
        throw new AppError('proposal.undo-expired', { minutes: o.undoMinutes() });
      return decide(found, {
        action: 'undone',
        status: 'undone',
        actor,
        code: 'undo',
        text: decisionId,
        undoes: decisionId,
        moves: [
          deactivateMoves(row.proposal_id),
          ...(takenBy(row) ? [outbox.change(decisionId, withdrawn)] : []),
        ],
        reverse: true,
      });
    },
    async keep({ decisionId, actor }) {
      const row = read.get<DecisionRow>(decisionById(decisionId));
      if (!row) throw new AppError('not-found', { what: decisionId });
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
      return decision(decisionId);
    },
    get: decision,
    list: (limit) => read.all<DecisionRow>(recentDecisions(limit)).map(view),
    of: (proposalId) => read.all<DecisionRow>(decisionsOf(proposalId)).map(view),
    async retry() {
      await outbox.retry();
      const { waiting, failed } = outbox.counts();
      return { waiting: waiting + failed };
    },
    drain: outbox.drain,
    close: outbox.drain,
    outbox: outbox.counts,
    audit(limit) {
      const { entries, intact } = readAudit(read, limit);
      const kept = headFile.get();
      return { entries, intact: intact && (!kept || holds(read, kept)), head: headOf(read) };
    },
    verify,
    judge: (judgement, deed) =>
      o.store.accompany((batch, made) => {
        const event = judgement(made);
        return event ? commit(() => batch, event) : o.store.write(batch);
      }, deed),
    start: () => {
      keepHead(headOf(read));
      return outbox.start();
    },
  };

  async function verify(printed?: Pick<AuditHead, 'seq' | 'hash'>): Promise<AuditCheck> {
    const head = headOf(read);
    const anchors: AuditCheck['anchors'] = [];
    const compare = (
      place: AuditCheck['anchors'][number]['place'],
      heads: readonly (typeof printed)[],
    ): void => {
      const known = heads.filter((one) => one !== undefined).sort((a, b) => b.seq - a.seq);
      const lost = known.find((one) => !holds(read, one));
      const state = known.length === 0 ? 'none' : lost ? 'lost' : 'holds';
      anchors.push({ place, state, seq: (lost ?? known[0])?.seq ?? null, error: null });
    };
    compare('file', [headFile.get() ?? undefined]);
    if (printed) compare('printed', [printed]);
    try {
      const newest = o.writer() && o.newest ? await o.newest() : [];
      const impacts = newest.map((row) => row.impact);
      const chain = head?.chain ?? headFile.get()?.chain;
      compare('company', chain ? headsIn(impacts, chain) : []);
    } catch (thrown) {
      anchors.push({ place: 'company', state: 'unknown', seq: null, error: failureOf(thrown) });
    }
    const chain = readAudit(read, 1).intact;
    const damage = await o.store.check();
    const intact = chain && damage === null && anchors.every((one) => one.state !== 'lost');
    return { intact, chain, head, anchors, damage };
  }
}

/** The proposal of another laptop that keeps a decision from being written; null: none does. */
function takenBy(row: DecisionRow): string | null {
  const error = row.last_error ? (JSON.parse(row.last_error) as Failure) : null;
  return row.state === 'failed' && error?.code === 'approval.taken' ? String(error.params['proposal']) : null;
}
/** An approval that was undone before it was written: the company's table has it as one that was never carried out. */
const withdrawn = (payload: ApprovalRow): ApprovalRow => ({ ...payload, execution_status: 'failed' });

/** One element of `changes` in approval_history. A reversed one sends the person back. */
function changeOf(move: Move, reverse: boolean): Record<string, unknown> {
  const place = (c: Move['from']): Record<string, string> => ({
    location_name: c.location,
    business_id: c.businessId,
    process_name: c.process,
  });
  return {
    operator_id: move.operatorId,
    operator_name: move.name,
    from: place(reverse ? move.to : move.from),
    to: place(reverse ? move.from : move.to),
    start: new Date(move.startsAt).toISOString(),
    end: new Date(move.endsAt).toISOString(),
  };
}

/** `impact` in approval_history: productivity, delay, quality, and each touched process before → after. */
function impactOf({ impact, effects }: Proposal): Record<string, unknown> {
  return {
    productivity: { before: impact.productivityBefore, after: impact.productivityAfter, unit: 'items/hour' },
    delay: {
      minutes: impact.delayMinutes,
      missed_before: impact.missedBefore,
      missed_after: impact.missedAfter,
    },
    quality: { before: impact.qualityBefore, after: impact.qualityAfter, unit: 'mean skill level' },
    processes: effects.map((e) => ({
      location_name: e.cell.location,
      business_id: e.cell.businessId,
      process_name: e.cell.process,
      deadline: new Date(e.deadline).toISOString(),
      p_on_time: { before: e.before.pOnTime, after: e.after.pOnTime },
      people: { before: e.before.people, after: e.after.people },
    })),
  };
}
