import type { Notification } from '../../alerts/contract/alerts.ts';
import { AppError } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Base, Reader } from '../../store/index.ts';
import { OUTCOME } from '../config.ts';
import { hitRate } from '../contract/hit-rate.ts';
import {
  CellOutcome,
  type HitRate,
  type OutcomeCheck,
  type Outcomes as OutcomesView,
  Proposal,
  type ProposalOutcome,
} from '../contract/placement.ts';
import { snapshotOf } from '../proposals.ts';
import { proposalRow } from '../queries.ts';
import { checksOf, isKnown, measureCheck } from './measure-outcome.ts';
import {
  type ApprovedRow,
  approvedRows,
  insertOutcome,
  type OutcomeRow,
  outcomeRows,
  outcomeRowsSince,
} from './outcome-queries.ts';
import { outcomeNotices } from './word-outcome.ts';

const DAY = 24 * 60 * 60_000;
/** How often it looks whether something is due. */
const TICK_MS = 10_000;
/** Approvals looked through at a time; a site makes a few a day. */
const MOST = 2_000;

export interface Outcomes {
  /** Measures every check that is due and whose data are there, each once. A look already under way is shared. */
  check(): Promise<{ measured: number }>;
  /** newest decision first; the rates are over all decisions of the last 90 days whatever is asked for */
  list(o?: { proposalId?: string | undefined; limit?: number | undefined }): OutcomesView;
  /** Checks by the clock until the returned function is called. */
  start(): () => void;
  /** something was measured */
  readonly changed: Emitter<void>;
}

/**
 * Was it right? Approved proposals, prediction against what came. All state is in the store: what fell due while nothing ran is
 * measured later from the snapshots of then, and gives the same result.
 */
export function createOutcomes(
  o: Pick<Base, 'store' | 'clock' | 'zone' | 'log'> & {
    notify: (n: Omit<Notification, 'id' | 'at' | 'readAt'>) => Promise<void>;
  },
): Outcomes {
  const { read } = o.store;
  const log = o.log.area('outcomes');
  const changed = new Emitter<void>();
  /** approvals with nothing left to measure */
  const finished = new Set<string>();
  let running: Promise<{ measured: number }> | null = null;
  let stopped = false;

  const since = (): number => o.clock.now() - OUTCOME.keepDays * DAY;

  const proposalOf = (row: ApprovedRow): Proposal => {
    const stored = proposalRow(read, row.proposal_id);
    if (!stored) throw new AppError('not-found', { what: row.proposal_id });
    return Proposal.parse(JSON.parse(stored.body));
  };

  async function measure(row: ApprovedRow): Promise<number> {
    const proposal = proposalOf(row);
    const open = outcomeOf(read, row, proposal).checks.filter((check) => check.cells === null);
    if (open.length === 0) finished.add(row.decision_id);
    const isDue = (check: OutcomeCheck): boolean =>
      check.at <= o.clock.now() &&
      ((row.undone_at ?? Number.POSITIVE_INFINITY) <= check.at || isKnown(read, proposal, check));
    const due = open.filter(isDue);
    if (due.length === 0) return 0;
    const saved = { proposal, instance: snapshotOf(read, row.proposal_id) };
    const approved = { decidedAt: row.decided_at, undoneAt: row.undone_at };
    let measured = 0;
    for (const check of due) {
      const now = o.clock.now();
      const cells = measureCheck(read, saved, approved, check);
      const [stored] = await o.store.write([
        insertOutcome({ proposalId: row.proposal_id, check, cells }, now),
      ]);
      if (stopped) return measured;
      if (stored !== 1) continue;
      measured++;
      for (const notice of outcomeNotices(row.proposal_id, { at: check.at, cells }, { now, zone: o.zone() }))
        await o.notify(notice);
    }
    return measured;
  }

  async function checkOnce(): Promise<{ measured: number }> {
    let measured = 0;
    for (const row of approvedRows(read, { since: since(), limit: MOST }).reverse()) {
      if (finished.has(row.decision_id)) continue;
      try {
        measured += await measure(row);
      } catch (error) {
        // one proposal that cannot be read must not hide the others
        log.error(`outcome of ${row.proposal_id}`, error);
      }
      if (stopped) break;
    }
    if (measured > 0) {
      log.info('outcomes measured', { checks: measured });
      changed.emit();
    }
    return { measured };
  }
  const check = (): Promise<{ measured: number }> => {
    running ??= checkOnce().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    check,
    changed,
    list({ proposalId, limit = 100 } = {}) {
      const from = since();
      return {
        outcomes: approvedRows(read, { since: from, proposalId, limit }).map((row) =>
          outcomeOf(read, row, proposalOf(row)),
        ),
        since: from,
        ...ratesOf(outcomeRowsSince(read, from), againstOf(read)),
      };
    },
    start() {
      stopped = false;
      const stop = o.clock.every(TICK_MS, () => {
        check().catch((error: unknown) => log.error('loop', error));
      });
      return () => {
        stopped = true;
        stop();
      };
    },
  };
}

const cellsOf = (row: OutcomeRow): CellOutcome[] => CellOutcome.array().parse(JSON.parse(row.body));

/** The checks of an approval with what was measured so far. */
function outcomeOf(read: Reader, row: ApprovedRow, proposal: Proposal): ProposalOutcome {
  const known = new Map(
    outcomeRows(read, row.proposal_id).map((stored) => [
      `${stored.kind} ${stored.check_at}`,
      cellsOf(stored),
    ]),
  );
  return {
    proposalId: row.proposal_id,
    decisionId: row.decision_id,
    decidedAt: row.decided_at,
    undone: row.undone_at !== null,
    checks: checksOf(proposal, row.decided_at).map((check) => ({
      ...check,
      cells: known.get(`${check.kind} ${check.at}`) ?? null,
    })),
  };
}

/**
 * Backlogs count once per decision and cell, by the last of the 30 and 60 minutes that could be measured: the checks of one
 * decision are not independent. A deadline counts for the decision that last changed its cell.
 */
function ratesOf(
  rows: readonly OutcomeRow[],
  against: (proposalId: string, cellId: string) => readonly string[],
): Pick<OutcomesView, 'rates' | 'sites' | 'rules'> {
  const measured = rows.flatMap((row) =>
    cellsOf(row).flatMap((cell) => (cell.why === null ? [{ row, cell }] : [])),
  );
  const last = new Map(
    measured
      .filter(({ row }) => row.kind === 'after')
      .map(({ row, cell }) => [`${row.proposal_id} ${cell.cell.cellId}`, { row, cell }]),
  );
  const predictions = [...last.values()].map(({ row, cell }) => ({
    held: cell.verdict === 'as-predicted',
    location: cell.cell.location,
    rules: against(row.proposal_id, cell.cell.cellId),
  }));
  const met = (isCounted: (role: CellOutcome['role']) => boolean): boolean[] =>
    measured.flatMap(({ cell: { role, deadline } }) =>
      typeof deadline?.met === 'boolean' && isCounted(role) ? [deadline.met] : [],
    );
  const rate = (cases: readonly boolean[]): HitRate => hitRate(cases.filter(Boolean).length, cases.length);
  const rateOf = (some: readonly { held: boolean }[]): HitRate => rate(some.map(({ held }) => held));
  const byRule = predictions.flatMap((one) => one.rules.map((ruleId) => ({ ...one, ruleId })));
  return {
    rates: {
      predictions: rateOf(predictions),
      deadlines: rate(met((role) => role !== 'source')),
      sources: rate(met((role) => role === 'source')),
    },
    sites: [...Map.groupBy(predictions, (one) => one.location)].map(([location, some]) => ({
      location,
      rate: rateOf(some),
    })),
    rules: [...Map.groupBy(byRule, (one) => one.ruleId)].map(([ruleId, some]) => ({
      ruleId,
      rate: rateOf(some),
    })),
  };
}

/** The soft rules that a proposal's moves from or to a cell went against. */
function againstOf(read: Reader): (proposalId: string, cellId: string) => readonly string[] {
  const known = new Map<string, Proposal['moves']>();
  return (proposalId, cellId) => {
    let moves = known.get(proposalId);
    if (!moves) {
      const row = proposalRow(read, proposalId);
      moves = row ? Proposal.parse(JSON.parse(row.body)).moves : [];
      known.set(proposalId, moves);
    }
    const touching = moves.filter((move) => move.from.cellId === cellId || move.to.cellId === cellId);
    return [...new Set(touching.flatMap((move) => move.against ?? []))];
  };
}
