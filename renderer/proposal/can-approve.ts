import { isAssumed, type Proposal } from '../../main/api/contract/placement.ts';
import { engineNow } from '../engine-hooks.ts';

/** Nobody can be moved any more: every move would have ended. */
export const isOver = ({ moves }: Pick<Proposal, 'moves'>): boolean =>
  moves.length > 0 && moves.every((move) => move.endsAt <= engineNow());

/** Undecided, with somebody to move, of the numbers as they are, and supposing nothing. */
export const canApprove = (proposal: Pick<Proposal, 'status' | 'stale' | 'moves' | 'scope'>): boolean =>
  proposal.status === 'open' &&
  !isAssumed(proposal) &&
  !proposal.stale &&
  proposal.moves.length > 0 &&
  !isOver(proposal);
