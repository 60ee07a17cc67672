import type { AuditHead, Move, Proposal } from '../placement/contract/placement.ts';
import type { ApprovalRow } from '../store/index.ts';
import type { NewDecision } from './queries.ts';

/** A decision as the company's approval_history has it; an undone one carries the moves back. */
export const companyRow = (
  decision: NewDecision,
  proposal: Proposal,
  audit: AuditHead | null,
): ApprovalRow => ({
  approval_history_id: decision.decision_id,
  suggestion_id: decision.proposal_id,
  changes: JSON.stringify(proposal.moves.map((move) => changeOf(move, decision.action === 'undone'))),
  impact: JSON.stringify({ ...impactOf(proposal), audit }),
  action_type: decision.action === 'undone' ? 'rejected' : decision.action,
  action_user: decision.actor,
  feedback_reason: [decision.reason_code, decision.reason_text].filter(Boolean).join(': ') || null,
  execution_status:
    decision.action === 'approved' || decision.action === 'modified' ? 'pending' : 'completed',
  created_at: decision.decided_at,
});

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
