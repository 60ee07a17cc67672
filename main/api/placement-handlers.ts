import { api, stream } from './base.ts';
import type { ProposalView } from './contract/placement.ts';
import { actorOf, judged } from './judged.ts';
import type { Services } from './services.ts';

const view = ({ placement, approvals }: Services, id: string): ProposalView => ({
  proposal: placement.get(id),
  decisions: approvals.of(id),
});

export const placement = {
  propose: api.placement.propose.handler(({ input, context, signal }) =>
    stream(context, context.services.placement.propose(input, signal)),
  ),
  get: api.placement.get.handler(({ input, context }) => view(context.services, input.id)),
  list: api.placement.list.handler(({ input, context: { services } }) =>
    services.placement
      .list(input.limit ?? 100)
      .map((proposal) => ({ proposal, decisions: services.approvals.of(proposal.id) })),
  ),
  simulate: api.placement.simulate.handler(({ input, context }) =>
    context.services.placement.simulate(input.id),
  ),
  whyNot: api.placement.whyNot.handler(({ input, context, signal }) =>
    context.services.placement.whyNot(input.id, input.operatorId, signal),
  ),
  verify: api.placement.verify.handler(({ input: { id }, context: { services }, signal }) =>
    services.placement.verify(id.startsWith('SGT') ? id : services.approvals.get(id).proposalId, signal),
  ),
  board: api.placement.board.handler(({ input, context }) => context.services.placement.board(input.id)),
  days: api.placement.days.handler(({ context }) => context.services.placement.days()),
  candidates: api.placement.candidates.handler(({ input, context }) =>
    context.services.placement.candidates(input.id, input.text),
  ),
  outcomes: api.placement.outcomes.handler(({ input, context }) => context.services.outcomes.list(input)),
  ledger: api.placement.ledger.handler(({ context }) => context.services.placement.ledger()),
  rules: api.placement.rules.handler(({ context }) => context.services.placement.rules()),
  rulesHistory: api.placement.rulesHistory.handler(({ context }) =>
    context.services.placement.rulesHistory(),
  ),
  setRules: api.placement.setRules.handler(async ({ input, context }) => {
    const saved = await judged(
      context,
      context.services.placement.setRules(input.rules, input.why, actorOf(context, undefined)),
      ({ version, why }) => ({ action: 'rules.changed', subject: String(version), body: { why } }),
    );
    context.services.events.emit({ kind: 'changed', topics: ['rules', 'situation', 'proposals'] });
    return saved;
  }),
};
export const approvals = {
  approve: api.approvals.approve.handler(({ input, context }) =>
    context.services.approvals.approve({
      id: input.id,
      actor: actorOf(context, input.actor),
      note: input.note,
    }),
  ),
  reject: api.approvals.reject.handler(({ input, context }) =>
    context.services.approvals.reject({
      id: input.id,
      actor: actorOf(context, input.actor),
      reason: input.reason,
      text: input.text,
    }),
  ),
  undo: api.approvals.undo.handler(({ input, context }) =>
    context.services.approvals.undo({ decisionId: input.decisionId, actor: actorOf(context, input.actor) }),
  ),
  list: api.approvals.list.handler(({ input, context }) =>
    context.services.approvals.list(input.limit ?? 100),
  ),
  retry: api.approvals.retry.handler(({ context }) => context.services.approvals.retry()),
  audit: api.approvals.audit.handler(({ input, context }) =>
    context.services.approvals.audit(input.limit ?? 200),
  ),
};
