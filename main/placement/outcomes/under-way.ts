import type { PlanUnderWay } from '../../api/contract/common.ts';
import type { Reader } from '../../store/index.ts';
import { Proposal } from '../contract/placement.ts';
import { proposalRow } from '../queries.ts';
import { checksOf } from './measure-outcome.ts';
import { approvedRows } from './outcome-queries.ts';

const DAY = 24 * 60 * 60_000;
/** Approvals of a day that are looked through. */
const MOST = 200;
/** Less than this is no help. */
const HELPS = 0.005;

/**
 * Reads which approved plan acts on a cell at an instant (epoch ms): the newest one that brings people there or makes one of its deadlines
 * likelier, was not taken back, and is still to be looked at (`checksOf`). Null without one. A plan for a later day acts from its first move on.
 */
export function createPlansUnderWay(
  read: Reader,
): (now: number) => (cellIds: readonly string[]) => PlanUnderWay | null {
  const known = new Map<string, Proposal>();
  const proposalOf = (id: string): Proposal | null => {
    const row = known.has(id) ? undefined : proposalRow(read, id);
    if (row) known.set(id, Proposal.parse(JSON.parse(row.body)));
    return known.get(id) ?? null;
  };
  return (now) => {
    const plans = approvedRows(read, { since: now - DAY, limit: MOST }).flatMap((row) => {
      const proposal = row.undone_at === null && row.decided_at <= now ? proposalOf(row.proposal_id) : null;
      const next = proposal && checksOf(proposal, row.decided_at).find((check) => check.at > now);
      if (!proposal || !next) return [];
      if (proposal.scope.horizon === 'next-day' && proposal.moves.every((move) => move.startsAt > now))
        return [];
      const helped = proposal.effects.filter(({ before, after }) => after.pOnTime - before.pOnTime > HELPS);
      const cells = new Set(
        [...proposal.moves.map(({ to }) => to), ...helped.map(({ cell }) => cell)].map((c) => c.cellId),
      );
      return [{ cells, plan: { proposalId: proposal.id, decidedAt: row.decided_at, nextCheckAt: next.at } }];
    });
    return (cellIds) => plans.find(({ cells }) => cellIds.some((id) => cells.has(id)))?.plan ?? null;
  };
}
