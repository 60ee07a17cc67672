import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base, id, none } from '../../api/contract/procedure.ts';
import { DayBoard } from './day-plan.ts';
import {
  BackTestEvent,
  Ledger,
  Outcomes,
  ProposalScope,
  ProposalView,
  ProposeEvent,
  RuleChange,
  RuleDraft,
  Rules,
  RulesVersion,
  Simulation,
  Verification,
  WhyNot,
} from './placement.ts';

export const placement = {
  propose: base
    .input(ProposalScope.partial().extend({ alertId: id.optional(), supersedes: id.optional() }))
    .output(eventIterator(ProposeEvent)),
  get: base.input(z.object({ id })).output(ProposalView),
  list: base
    .input(z.object({ limit: z.number().int().min(1).max(500).default(100) }).partial())
    .output(z.array(ProposalView)),
  simulate: base.input(z.object({ id })).output(Simulation),
  whyNot: base.input(z.object({ id, operatorId: id })).output(WhyNot),
  /** solves the stored snapshot again and compares; `id` of a proposal or of a decision */
  verify: base.input(z.object({ id })).output(Verification),
  /** a plan for a day as people × time */
  board: base.input(z.object({ id })).output(DayBoard),
  /** the days that can be planned from here, and whose roster each would have: its own, a weekday's usual one, or none (null) */
  days: base.input(none).output(z.array(z.object({ date: z.string(), roster: z.string().nullable() }))),
  /** people who could be asked about or pinned in this proposal */
  candidates: base.input(z.object({ id, text: z.string().max(100).optional() })).output(
    z.array(
      z.object({
        operatorId: z.string(),
        name: z.string(),
        home: z.string(),
        cellId: z.string().nullable(),
      }),
    ),
  ),
  /** what became of approved proposals: prediction against what came */
  outcomes: base
    .input(
      z.object({ proposalId: id.optional(), limit: z.number().int().min(1).max(500).default(100) }).partial(),
    )
    .output(Outcomes),
  /** moves per person over the last 30 days */
  ledger: base.input(none).output(Ledger),
  rules: base.input(none).output(RulesVersion),
  rulesHistory: base.input(none).output(z.array(RulesVersion)),
  /** rules read from words, newest first; they count for nothing until confirmed */
  drafts: base.input(none).output(z.array(RuleDraft)),
  /** everybody whom a rule can name */
  people: base.input(none).output(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** reads a text; what it seems to ask for becomes drafts, possibly none */
  draftFrom: base.input(z.object({ text: z.string().trim().min(1).max(2000) })).output(z.array(RuleDraft)),
  /** takes a changed form over, solves the last proposals again under it and keeps the result with the draft */
  backTest: base.input(z.object({ id, change: RuleChange.optional() })).output(eventIterator(BackTestEvent)),
  /** a person's word: only a draft that was tried on past proposals becomes a rule */
  confirmDraft: base.input(z.object({ id, why: z.string().trim().min(1).max(1000) })).output(RuleDraft),
  discardDraft: base.input(z.object({ id })).output(RuleDraft),
  setRules: base.input(z.object({ rules: Rules, why: z.string().max(1000).nullable() })).output(RulesVersion),
};
