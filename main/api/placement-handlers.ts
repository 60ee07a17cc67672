import type { ProposalView, RuleDraft, RulesVersion } from '../placement/contract/placement.ts';
import { api, stream } from './base.ts';
import { draftRules } from './draft-rules.ts';
import { type Judgement, judged } from './judged.ts';
import type { Services } from './services.ts';

const view = ({ placement, approvals }: Services, id: string): ProposalView => ({
  proposal: placement.get(id),
  decisions: approvals.of(id),
});

const draftJudgement = (action: Judgement['action'], draft: RuleDraft): Judgement => ({
  action,
  subject: draft.text,
  body: { draftId: draft.id, source: draft.source, change: draft.change, version: draft.version },
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
  drafts: api.placement.drafts.handler(({ context }) => context.services.placement.drafts.list()),
  people: api.placement.people.handler(({ context }) => [...context.services.placement.drafts.people()]),
  draftFrom: api.placement.draftFrom.handler(({ input, context }) =>
    draftRules(context, input.text, { kind: 'typed', id: null, title: null }),
  ),
  backTest: api.placement.backTest.handler(({ input, context, signal }) =>
    stream(context, context.services.placement.drafts.backTest(input.id, input.change, signal)),
  ),
  confirmDraft: api.placement.confirmDraft.handler(async ({ input, context }) => {
    const actor = context.services.access.decider(undefined);
    const draft = await judged(
      context,
      () => context.services.placement.drafts.confirm({ ...input, actor }),
      (confirmed: RuleDraft) => draftJudgement('draft.confirmed', confirmed),
    );
    context.services.events.emit({ kind: 'changed', topics: ['rules', 'situation', 'proposals'] });
    return draft;
  }),
  discardDraft: api.placement.discardDraft.handler(async ({ input, context }) => {
    const actor = context.services.access.decider(undefined);
    const draft = await judged(
      context,
      () => context.services.placement.drafts.discard({ ...input, actor }),
      (discarded: RuleDraft) => draftJudgement('draft.discarded', discarded),
    );
    context.services.events.emit({ kind: 'changed', topics: ['rules'] });
    return draft;
  }),
  setRules: api.placement.setRules.handler(async ({ input, context }) => {
    const actor = context.services.access.decider(undefined);
    const saved = await judged(
      context,
      () => context.services.placement.setRules(input.rules, input.why, actor),
      ({ version, why }: RulesVersion) => ({
        action: 'rules.changed',
        subject: String(version),
        body: { why },
      }),
    );
    context.services.events.emit({ kind: 'changed', topics: ['rules', 'situation', 'proposals'] });
    return saved;
  }),
};
export const approvals = {
  approve: api.approvals.approve.handler(({ input, context }) =>
    context.services.approvals.approve({
      id: input.id,
      actor: context.services.access.decider(input.actor),
      note: input.note,
    }),
  ),
  reject: api.approvals.reject.handler(async ({ input, context }) => {
    const decision = await context.services.approvals.reject({
      id: input.id,
      actor: context.services.access.decider(input.actor),
      reason: input.reason,
      text: input.text,
    });
    if (input.text) await draftRules(context, input.text, { kind: 'rejection', id: input.id, title: null });
    return decision;
  }),
  undo: api.approvals.undo.handler(({ input, context }) =>
    context.services.approvals.undo({
      decisionId: input.decisionId,
      actor: context.services.access.decider(input.actor),
    }),
  ),
  keep: api.approvals.keep.handler(({ input, context }) =>
    context.services.approvals.keep({
      decisionId: input.decisionId,
      actor: context.services.access.decider(input.actor),
    }),
  ),
  list: api.approvals.list.handler(({ input, context }) =>
    context.services.approvals.list(input.limit ?? 100),
  ),
  retry: api.approvals.retry.handler(({ context }) => context.services.approvals.retry()),
  audit: api.approvals.audit.handler(({ input, context }) =>
    context.services.approvals.audit(input.limit ?? 200),
  ),
  verify: api.approvals.verify.handler(({ input, context }) => context.services.approvals.verify(input)),
};

export const whatIf = {
  compare: api.whatIf.compare.handler(({ input, context, signal }) =>
    context.services.whatIfs.compare(input, signal),
  ),
  list: api.whatIf.list.handler(({ context }) => context.services.whatIfs.list()),
  save: api.whatIf.save.handler(({ input, context }) => context.services.whatIfs.save(input)),
  remove: api.whatIf.remove.handler(async ({ input, context }) => {
    await context.services.whatIfs.remove(input.id);
    return { ok: true as const };
  }),
  restore: api.whatIf.restore.handler(({ input, context }) => context.services.whatIfs.restore(input.id)),
};
