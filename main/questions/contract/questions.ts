import { z } from 'zod';
import { Instant, Lang } from '../../api/contract/common.ts';
import { base } from '../../api/contract/procedure.ts';
import { Dimension, Filter, MeasureId, Query, Window } from '../../measures/contract/measures.ts';

export const PLAN_VERSION = 1;
const OperatorId = z.string().min(1).max(100);

/** What a proposal may and may not do; empty: no limits beside the rules. */
export const ProposeLimits = z.object({
  /** at most so many people moved */
  people: z.number().int().min(0).max(999).nullable().default(null),
  overtimeMinutes: z.number().int().min(0).max(1440).nullable().default(null),
  /** people who stay where they are, by id */
  keep: z.array(OperatorId).default([]),
  /** nobody of this skill level and above (ベテラン) is moved */
  keepSkillFrom: z.number().int().min(1).max(5).nullable().default(null),
  /** only from these sites (近隣から: from sites of the same region) */
  from: z.array(z.string()).default([]),
  nearby: z.boolean().default(false),
  /** nobody from these sites; only from, and nobody from, these processes */
  notFrom: z.array(z.string()).default([]),
  fromProcesses: z.array(z.string()).default([]),
  notFromProcesses: z.array(z.string()).default([]),
  /** `people` is not the most but just as many */
  exactly: z.boolean().default(false),
  /** only people of this skill level and above in the process they go to */
  leastSkill: z.number().int().min(1).max(5).nullable().default(null),
  /** people who are new to the work (新人) stay where they are */
  keepNovices: z.boolean().default(false),
  /** local minute of the day by which the work is to be done */
  until: z.number().int().min(0).max(2880).nullable().default(null),
});
export type ProposeLimits = z.infer<typeof ProposeLimits>;

/** What a person wants of the plan or card that the conversation is about. */
export const CardAsk = z.discriminatedUnion('kind', [
  /** why this person, or why this plan */
  z.object({ kind: z.literal('why'), people: z.array(OperatorId) }),
  z.object({ kind: z.literal('effect') }),
  /** what becomes of those who give people */
  z.object({ kind: z.literal('source') }),
  /** who moves, how many, and when they leave */
  z.object({ kind: z.literal('who') }),
  z.object({ kind: z.literal('count') }),
  z.object({ kind: z.literal('when') }),
  /** solve again within these limits (その人以外で, 3名以内で) */
  z.object({ kind: z.literal('change'), limits: ProposeLimits }),
  /** another plan: with nobody of this one */
  z.object({ kind: z.literal('other') }),
  z.object({ kind: z.literal('compare'), proposalIds: z.array(z.string()).max(2) }),
  /** focuses the button; decides nothing */
  z.object({ kind: z.literal('approve') }),
  z.object({ kind: z.literal('reject') }),
]);
export type CardAsk = z.infer<typeof CardAsk>;

const DayMinute = z.number().int().min(0).max(2880);
const Signed = z.number().min(-100_000).max(100_000);
/**
 * One thing supposed, as it was said: places by filters, since one name may mean several processes. The act makes changes of it
 * (what-if.ts). `where`: what changes, beside the `where` of the plan. Shares: 0.2 is a fifth more, -0.1 a tenth less.
 */
export const Supposed = z.discriminatedUnion('what', [
  /** so many (or a share of them) more or fewer there */
  z.object({ what: z.literal('people'), amount: Signed, share: z.boolean().default(false) }),
  /** these leave or do not come */
  z.object({ what: z.literal('absence'), people: z.array(OperatorId).min(1) }),
  /** from somewhere, or these people, to the `where` of the plan */
  z.object({
    what: z.literal('move'),
    count: z.number().int().min(1).max(999).nullable(),
    people: z.array(OperatorId),
    from: z.array(Filter),
    to: z.array(Filter),
  }),
  z.object({ what: z.literal('arrivals'), amount: Signed, share: z.boolean().default(false) }),
  z.object({ what: z.literal('speed'), share: Signed }),
  /** later by minutes, or to a time of day */
  z.object({ what: z.literal('deadline'), minutes: Signed.nullable(), to: DayMinute.nullable() }),
  /** everybody there stays longer by minutes, or until then */
  z.object({ what: z.literal('overtime'), minutes: Signed.nullable(), until: DayMinute.nullable() }),
  /** the system, or this service, stands still */
  z.object({
    what: z.literal('outage'),
    service: z.string().nullable(),
    minutes: z.number().int().min(1).max(2880).nullable(),
  }),
  /** nothing is done: the situation goes on as it is */
  z.object({ what: z.literal('nothing') }),
]);
export type Supposed = z.infer<typeof Supposed>;

/** One question as the program answers it. `where` of every act: master-data names only. */
export const Plan = z.discriminatedUnion('act', [
  z.object({ act: z.literal('measure'), query: Query }),
  /** why late, why so few, why so many errors: of the measure at those places */
  z.object({
    act: z.literal('why'),
    measure: MeasureId.nullable(),
    where: z.array(Filter),
    window: Window,
    /** the cause that the person supposes (人の問題？) */
    supposed: z.enum(['people', 'system', 'volume']).nullable().default(null),
  }),
  z.object({ act: z.literal('propose'), where: z.array(Filter), limits: ProposeLimits }),
  z.object({
    act: z.literal('what-if'),
    suppose: z.array(Supposed).min(1).max(10),
    /** what changes and what it is asked about: every process that changes when empty */
    where: z.array(Filter),
    window: Window,
  }),
  z.object({ act: z.literal('tomorrow'), window: Window, where: z.array(Filter), limits: ProposeLimits }),
  z.object({ act: z.literal('about-card'), ask: CardAsk }),
  z.object({
    act: z.literal('improve'),
    measure: MeasureId.nullable().default(null),
    where: z.array(Filter),
  }),
  z.object({
    act: z.literal('logs'),
    /** `alive`: the last line of a service and its age; `lines`: how many fit, and the newest of them */
    ask: z.enum(['lines', 'alive', 'incidents']),
    where: z.array(Filter),
    /** words that the lines hold, as written */
    words: z.array(z.string().min(1).max(200)),
    window: Window,
    limit: z.number().int().min(1).max(1000).nullable(),
  }),
  z.object({ act: z.literal('how-to'), topic: z.string().min(1).max(400), where: z.array(Filter) }),
  z.object({
    act: z.literal('decisions'),
    where: z.array(Filter),
    window: Window,
    action: z.enum(['approve', 'reject', 'undo']).nullable(),
    /** was it right: with what came of each */
    outcome: z.boolean(),
  }),
  /** what one can ask; or what a measure is (残件って何) */
  z.object({ act: z.literal('help'), about: MeasureId.nullable().default(null) }),
  z.object({ act: z.literal('small-talk'), kind: z.enum(['thanks', 'greeting', 'bye']) }),
  z.object({ act: z.literal('out-of-scope') }),
]);
export type Plan = z.infer<typeof Plan>;
export type Act = Plan['act'];

/** What became of a stretch of the question, [start, end) in UTF-16 units; the stretches cover it without overlap. */
export const Span = z.object({
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  state: z.enum(['used', 'neutral', 'not-understood']),
  /** path into the plan that it fills (`query.where.0`), or why it does not serve as code */
  field: z.string().nullable(),
  /** names or words that would have worked */
  nearest: z.array(z.string()).default([]),
});
export type Span = z.infer<typeof Span>;

/** A word with several meanings, asked back. Choosing one puts `text` in its place. */
export const AskBack = z.object({
  start: z.number().int(),
  end: z.number().int(),
  about: z.union([Dimension, z.literal('measure'), z.literal('act'), z.literal('card')]),
  choices: z
    .array(z.object({ label: z.string(), text: z.string() }))
    .min(1)
    .max(12),
});
export type AskBack = z.infer<typeof AskBack>;

/** A part of a plan that a person can exchange or take away; `path` leads into the plan (`query.where.0`). */
export const Chip = z.object({
  path: z.string(),
  about: z.string(),
  text: z.string(),
  /** values that may stand at `path` instead; null takes the part away */
  choices: z.array(z.object({ label: z.string(), value: z.json() })),
});
export type Chip = z.infer<typeof Chip>;

/** A question read: one plan per clause, and the account of its words. A plan with a word left over is shown, never run silently. */
export const Reading = z.object({
  version: z.literal(PLAN_VERSION),
  text: z.string(),
  lang: z.enum(['ja', 'en']),
  plans: z.array(Plan).max(4),
  account: z.array(Span),
  asks: z.array(AskBack),
  /** `plan`: all words used; `not-understood`: some were not, the plan is of the others; `ask`: nothing is run before the choice */
  outcome: z.enum(['plan', 'not-understood', 'ask']),
  /** who filled it: the grammar, or a local model */
  by: z.enum(['grammar', 'model', 'person']),
  /** what else it may mean, nearly as well: each a whole list of plans with its own account, likeliest first */
  rivals: z
    .array(z.object({ plans: z.array(Plan).max(4), account: z.array(Span) }))
    .max(3)
    .default([]),
  at: Instant,
});
export type Reading = z.infer<typeof Reading>;

export const questions = {
  /** the plan of a question and the account of its words; nothing is run */
  read: base.input(z.object({ text: z.string().trim().min(1).max(8000), lang: Lang })).output(Reading),
};
