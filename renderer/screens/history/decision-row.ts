import type { Decision, Proposal, ProposalView } from '../../../main/placement/contract/placement.ts';
import { headlineOf } from '../../proposal/headline.ts';
import type { Format } from '../../use-format.ts';
import type { Translate } from '../../words.ts';

export type DecisionRow = {
  readonly decision: Decision;
  /** null when the proposal is older than the list */
  readonly proposal: Proposal | null;
  readonly action: string;
  readonly actor: string;
  readonly what: string;
  readonly why: string;
  readonly effect: string;
  readonly writeBack: string;
};
type Words = {
  readonly t: Translate<'history'>;
  readonly p: Translate<'proposals'>;
  readonly format: Format;
};

const whyOf = (decision: Decision, { t, p }: Words): string =>
  decision.undoes !== null
    ? t('undoes')
    : [decision.reasonCode === null ? null : p(`reject.reasons.${decision.reasonCode}`), decision.reasonText]
        .filter(Boolean)
        .join(': ');

const effectOf = (proposal: Proposal, { t, format }: Words): string =>
  t('effect', {
    before: format.number(proposal.impact.missedBefore),
    after: format.number(proposal.impact.missedAfter),
    shortBefore: format.number(proposal.impact.shortHoursBefore, 1),
    shortAfter: format.number(proposal.impact.shortHoursAfter, 1),
  });

/** Decisions as they are read: each with its proposal in words. */
export function decisionRows(
  decisions: readonly Decision[],
  views: readonly ProposalView[],
  words: Words,
): DecisionRow[] {
  const proposals = new Map(views.map(({ proposal }) => [proposal.id, proposal]));
  return decisions.map((decision) => {
    const proposal = proposals.get(decision.proposalId) ?? null;
    return {
      decision,
      proposal,
      action: words.t(`action.${decision.action}`),
      actor: decision.actor || words.t('nobody'),
      what: proposal ? headlineOf(proposal, words.p, words.format) : '',
      why: whyOf(decision, words),
      effect: proposal && decision.action !== 'rejected' ? effectOf(proposal, words) : '',
      writeBack: words.p(`writeBack.${decision.writeBack.state}`),
    };
  });
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
export const matches = (row: DecisionRow, text: string): boolean =>
  [row.decision.proposalId, row.actor, row.what, row.why, row.action].some((part) =>
    folded(part).includes(folded(text.trim())),
  );
