import type { ProposalView, RuleDraft, RulesVersion } from '../placement/contract/placement.ts';
import type { Handlers } from './base.ts';
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

export const placement: Handlers<'placement'> = {
  propose: (input, call) => call.placement.propose(input, call.signal),
  get: (input, call) => view(call, input.id),
  list: (input, call) =>
    call.placement
      .list(input.limit ?? 100)
      .map((proposal) => ({ proposal, decisions: call.approvals.of(proposal.id) })),
  simulate: (input, call) => call.placement.simulate(input.id),
  whyNot: (input, call) => call.placement.whyNot(input.id, input.operatorId, call.signal),
  verify: ({ id }, call) =>
    call.placement.verify(id.startsWith('SGT') ? id : call.approvals.get(id).proposalId, call.signal),
  board: (input, call) => call.placement.board(input.id),
  days: (_, call) => call.placement.days(),
  candidates: (input, call) => call.placement.candidates(input.id, input.text),
  outcomes: (input, call) => call.outcomes.list(input),
  ledger: (_, call) => call.placement.ledger(),
  rules: (_, call) => call.placement.rules(),
  rulesHistory: (_, call) => call.placement.rulesHistory(),
  drafts: (_, call) => call.placement.drafts.list(),
  people: (_, call) => [...call.placement.drafts.people()],
  draftFrom: (input, call) => draftRules(call, input.text, { kind: 'typed', id: null, title: null }),
  backTest: (input, call) => call.placement.drafts.backTest(input.id, input.change, call.signal),
  confirmDraft: async (input, call) => {
    const actor = call.access.decider(undefined);
    const draft = await judged(
      call,
      () => call.placement.drafts.confirm({ ...input, actor }),
      (confirmed: RuleDraft) => draftJudgement('draft.confirmed', confirmed),
    );
    call.events.emit({ kind: 'changed', topics: ['rules', 'situation', 'proposals'] });
    return draft;
  },
  discardDraft: async (input, call) => {
    const actor = call.access.decider(undefined);
    const draft = await judged(
      call,
      () => call.placement.drafts.discard({ ...input, actor }),
      (discarded: RuleDraft) => draftJudgement('draft.discarded', discarded),
    );
    call.events.emit({ kind: 'changed', topics: ['rules'] });
    return draft;
  },
  setRules: async (input, call) => {
    const actor = call.access.decider(undefined);
    const saved = await judged(
      call,
      () => call.placement.setRules(input.rules, input.why, actor),
      ({ version, why }: RulesVersion) => ({
        action: 'rules.changed',
        subject: String(version),
        body: { why },
      }),
    );
    call.events.emit({ kind: 'changed', topics: ['rules', 'situation', 'proposals'] });
    return saved;
  },
};
export const approvals: Handlers<'approvals'> = {
  approve: (input, call) =>
    call.approvals.approve({
      id: input.id,
      actor: call.access.decider(input.actor),
      note: input.note,
    }),
  reject: async (input, call) => {
    const decision = await call.approvals.reject({
      id: input.id,
      actor: call.access.decider(input.actor),
      reason: input.reason,
      text: input.text,
    });
    if (input.text) await draftRules(call, input.text, { kind: 'rejection', id: input.id, title: null });
    return decision;
  },
  undo: (input, call) =>
    call.approvals.undo({
      decisionId: input.decisionId,
      actor: call.access.decider(input.actor),
    }),
  keep: (input, call) =>
    call.approvals.keep({
      decisionId: input.decisionId,
      actor: call.access.decider(input.actor),
    }),
  list: (input, call) => call.approvals.list(input.limit ?? 100),
  retry: (_, call) => call.approvals.retry(),
  audit: (input, call) => call.approvals.audit(input.limit ?? 200),
  verify: (input, call) => call.approvals.verify(input),
};

export const whatIf: Handlers<'whatIf'> = {
  compare: (input, call) => call.whatIfs.compare(input, call.signal),
  list: (_, call) => call.whatIfs.list(),
  save: (input, call) => call.whatIfs.save(input),
  remove: (input, call) => call.whatIfs.remove(input.id),
  restore: (input, call) => call.whatIfs.restore(input.id),
};
