import { z } from 'zod';
import { CurvePoint } from '../../analytics/contract/situation.ts';
import { Cell, ErrorData, Freshness, Instant } from '../../api/contract/common.ts';
import { ProposeLimits } from '../../questions/contract/questions.ts';
import { DayDate, DayFacts } from './day-plan.ts';
import { Changes } from './what-if.ts';

/** its bounds are what a refusal says, in any language */
const Cost = z.number().min(0, '0–100').max(100, '0–100');
const Name = z.string().min(1).max(100);
/**
 * A rule against moves: it speaks against every move that matches all it names. Hard forbids them, soft makes each dearer by `weight`
 * ordinary moves.
 */
export const Constraint = z
  .object({
    id: z.string().min(1).max(40),
    operatorId: Name.optional(),
    /** for reading; the id decides */
    operatorName: Name.optional(),
    fromLocation: Name.optional(),
    fromBusiness: Name.optional(),
    fromProcess: Name.optional(),
    /** of the place it begins at, only the moves that leave it */
    leaving: z.literal(true).optional(),
    toLocation: Name.optional(),
    toBusiness: Name.optional(),
    toProcess: Name.optional(),
    /** moves that begin at this local minute of the day or later; may pass 1440 */
    after: z.number().int().min(0).max(2880).optional(),
    /** people with fewer months of experience in the process they would go to */
    monthsBelow: z.number().int().min(1).max(600).optional(),
    hard: z.boolean(),
    weight: z.number().min(0).max(100),
  })
  .refine(
    ({ id: _, operatorName: __, leaving: ___, hard: ____, weight: _____, ...named }) =>
      Object.values(named).some((value) => value !== undefined),
    'names nothing',
  );
export type Constraint = z.infer<typeof Constraint>;

/** The managers' rules, as data. Minutes, shares 0–1, months, cost units as in main/placement/README.md. */
export const Rules = z.object({
  maxMoves: z.number().int().min(0).max(500),
  maxReleaseShare: z.number().min(0).max(1),
  maxMovesPerDay: z.number().int().min(0).max(20),
  /** by the ledger of the last 30 days, today included; rules from before it was kept take these defaults */
  maxMovesPer30Days: z.number().int().min(0).max(600).default(20),
  switchMinutes: z.object({
    sameSite: z.number().min(0).max(240),
    nearSite: z.number().min(0).max(240),
    farSite: z.number().min(0).max(240),
    business: z.number().min(0).max(240),
    process: z.number().min(0).max(240),
  }),
  rampMinutes: z.number().min(0).max(240),
  rampLoss: z.number().min(0).max(1),
  minSkill: z.array(z.object({ process: z.string(), level: z.number().int().min(1).max(5) })),
  /** at least so many people in each cell, before and after */
  minStaff: z.number().int().min(0).max(100),
  checkpoint: z.object({
    minutesBefore: z.number().min(0).max(240),
    minStaff: z.number().int().min(0).max(100),
  }),
  seniorsPerCell: z.number().int().min(0).max(20),
  /** sources keep (1 + buffer) × what is due where they had it */
  sourceBuffer: z.number().min(0).max(2),
  /** pairs of sites close enough for the near switch time */
  nearSites: z.array(z.tuple([z.string(), z.string()])),
  priorities: z.array(z.object({ businessId: z.string(), weight: z.number().min(0.1).max(10) })),
  breaks: z.array(
    z.object({ from: z.number().int().min(0).max(2880), to: z.number().int().min(0).max(2880) }),
  ),
  /** what speaks against single moves: people who stay, experience that a process needs, ways nobody is sent */
  constraints: z.array(Constraint).max(1000).default([]),
  /** in units of an ordinary move; less than nothing would make a plan move people for the sake of it */
  costs: z.object({
    near: Cost,
    far: Cost,
    business: Cost,
    process: Cost,
    repeat: Cost,
    /** each move of the last 30 days */
    ledger: Cost.default(0.02),
    skill: Cost,
  }),
  /** how sure a plan wants to be: extra share of each due amount it covers */
  safety: z.number().min(0).max(1),
});
export type Rules = z.infer<typeof Rules>;
export const RulesVersion = z.object({
  version: z.number().int(),
  rules: Rules,
  changedBy: z.string(),
  changedAt: Instant,
  why: z.string().nullable(),
});

/** What a draft would change: a rule against moves, or a business that comes first. */
export const RuleChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('constraint'), constraint: Constraint }),
  z.object({
    kind: z.literal('priority'),
    businessId: Name,
    businessName: Name,
    weight: z.number().min(0.1).max(10),
  }),
]);
export type RuleChange = z.infer<typeof RuleChange>;
/** What past plans would have been under a change: their own snapshots solved again with it. */
export const BackTest = z.object({
  at: Instant,
  /** proposals looked at, newest first, at most 30 */
  of: z.number().int(),
  changed: z.array(
    z.object({
      proposalId: z.string(),
      createdAt: Instant,
      /** names of people who would not have been moved so, and who would have been instead */
      gone: z.array(z.string()),
      come: z.array(z.string()),
      missedBefore: z.number().int(),
      missedAfter: z.number().int(),
    }),
  ),
  /** some could not be solved to the end: the count may be off by these */
  cut: z.number().int(),
});
export type BackTest = z.infer<typeof BackTest>;
/** A rule that somebody's words seem to ask for. It counts for nothing until a person confirms it. */
export const RuleDraft = z.object({
  id: z.string(),
  createdAt: Instant,
  source: z.object({
    kind: z.enum(['rejection', 'knowledge', 'typed']),
    /** of the proposal or the document */
    id: z.string().nullable(),
    title: z.string().nullable(),
  }),
  /** the sentence it was read from */
  text: z.string(),
  change: RuleChange,
  state: z.enum(['open', 'confirmed', 'discarded']),
  /** of exactly this change; null while it was not tried */
  backTest: BackTest.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** the version of the rules that it became part of */
  version: z.number().int().nullable(),
});
export type RuleDraft = z.infer<typeof RuleDraft>;
export const BackTestEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number().int(), of: z.number().int() }),
  z.object({ kind: z.literal('tested'), draft: RuleDraft }),
]);
export type BackTestEvent = z.infer<typeof BackTestEvent>;

/** Who was moved how often: approved moves and the company's own adjustments, over the last 30 days. */
export const Ledger = z.object({
  /** local dates, both included */
  from: z.string(),
  until: z.string(),
  /** the rule in force */
  limit: z.number().int(),
  /** most moved first */
  people: z.array(
    z.object({
      operatorId: z.string(),
      name: z.string(),
      home: z.string(),
      /** approved here */
      approved: z.number().int(),
      /** adjustments of the company */
      adjusted: z.number().int(),
      /** local date of the last one */
      last: z.string(),
    }),
  ),
});
export type Ledger = z.infer<typeof Ledger>;

/** Why this person, or why not: a code with its numbers; contract/words.ts puts it in a sentence. */
export const Reason = z.object({
  code: z.enum([
    'adds-capacity',
    'stands-still',
    'highest-contribution',
    'spare-at-source',
    'same-site',
    'near-site',
    'far-site',
    'knows-business',
    'same-process',
    'experienced',
    'senior',
    'pinned',
    'chain',
    'first-move-today',
    'despite-rule',
    // why not
    'not-needed',
    'locked',
    'low-skill',
    'untrained',
    'low-experience',
    'unknown-business',
    'shift-over',
    'would-wait',
    'moved-too-often',
    'ledger-full',
    'against-rule',
    'source-would-miss',
    'source-min-staff',
    'source-release-limit',
    'source-senior',
    'max-moves',
    'absent',
    'off-roster',
    'taken-off',
    'gone',
    'not-reported',
    'known-since',
    'no-gain',
    'dropped',
    'already-there',
    'dearer',
    'no-speed',
    'all-break',
    'nobody-there',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof Reason>;

/** One thing that keeps people where they are, and how many of them. */
export const Block = z.object({ code: Reason.shape.code, people: z.number().int() });
export type Block = z.infer<typeof Block>;

export const Move = z.object({
  operatorId: z.string(),
  name: z.string(),
  home: z.string(),
  from: Cell,
  to: Cell,
  startsAt: Instant,
  endsAt: Instant,
  switchMinutes: z.number(),
  skill: z.number().int(),
  /** items/hour at the target */
  speed: z.number(),
  /** items delivered to the target by `deadline`; where that has passed, within the hour that overdue work is planned for */
  items: z.number(),
  /** the deadline of the target that the move is for; absent in proposals kept from before it was told, or without lots there */
  deadline: Instant.optional(),
  cost: z.number(),
  /** moves of this person in the 30 days before; absent in proposals from before it was kept */
  moves30Days: z.number().int().optional(),
  /** ids of the soft rules it goes against */
  against: z.array(z.string()).optional(),
  pinned: z.boolean(),
  reasons: z.array(Reason),
});
export type Move = z.infer<typeof Move>;

export const EffectSide = z.object({
  people: z.number().int(),
  shortItems: z.number(),
  pOnTime: z.number(),
  finishAt: Instant.nullable(),
});
/** What the plan does to one deadline of one touched cell. */
export const Effect = z.object({
  cell: Cell,
  /** `downstream`: nobody comes or leaves, but what the plan changes at an earlier step shows here */
  role: z.enum(['target', 'source', 'both', 'downstream']),
  deadline: Instant,
  due: z.number(),
  before: EffectSide,
  after: EffectSide,
});
export type Effect = z.infer<typeof Effect>;

export const Badge = z.object({
  /** `optimal` only when the solver proved it at `gap`; `searched`: proved among the moves that were looked at, not among all there are */
  kind: z.enum([
    'optimal',
    'gap',
    'searched',
    'time-limit',
    'greedy',
    'cancelled',
    'nothing-needed',
    'no-move-helps',
  ]),
  /** relative gap to the proven bound; null when there is no bound */
  gap: z.number().nullable(),
  seconds: z.number(),
  incumbents: z.number().int(),
  mode: z.enum(['direct', 'chain', 'none']),
});
export type Badge = z.infer<typeof Badge>;

export const Relaxation = z.object({
  rule: z.enum(['skill', 'cooldown', 'experience', 'overtime', 'release', 'maxMoves']),
  people: z.number().int(),
  /** person-hours missing, before and after relaxing it */
  before: z.number(),
  after: z.number(),
  missedBefore: z.number().int(),
  missedAfter: z.number().int(),
});
export type Relaxation = z.infer<typeof Relaxation>;

/** What made a plan, kept with it so that it can be checked later. */
export const Provenance = z.object({
  /** of the planning model (main/placement/config.ts) */
  model: z.number().int(),
  /** version and build of HiGHS; null when nothing had to be solved */
  highs: z.string().nullable(),
  /** the model's objective for the plan, in units of one ordinary move */
  objective: z.number(),
  /** a time limit, a user or a failing solver ended it early: solving again may give another plan */
  cut: z.boolean(),
});
export type Provenance = z.infer<typeof Provenance>;

export const ProposalStatus = z.enum(['open', 'approved', 'rejected', 'superseded', 'undone']);
export const ProposalScope = z.object({
  location: z.string().optional(),
  businessId: z.string().optional(),
  process: z.string().optional(),
  /** several queues at once, where the three above do not tell them */
  cellIds: z.array(z.string()).min(1).max(500).optional(),
  /** people never to use, and people to move to the given cell whatever it costs */
  drop: z.array(z.string()).default([]),
  pin: z
    .array(
      z.object({
        operatorId: z.string(),
        cellId: z.string(),
        /** of a plan for a day: from when until when; absent: their whole shift */
        startsAt: Instant.optional(),
        endsAt: Instant.optional(),
      }),
    )
    .default([]),
  horizon: z.enum(['today', 'next-day']).default('today'),
  /** the day to plan with `next-day`; absent: the next one with a roster */
  date: DayDate.optional(),
  /** supposed, not the case: such a plan is for reading and cannot be decided on */
  assume: Changes.optional(),
  /** what the plan may and may not do beside the rules */
  limits: ProposeLimits.optional(),
});
export type ProposalScope = z.infer<typeof ProposalScope>;

/** Whether two plans were asked for within just the same. */
export function sameScope(a: unknown, b: unknown): boolean {
  const told = (scope: unknown): string => {
    const { drop, pin, horizon, limits, cellIds, ...where } = ProposalScope.parse(scope);
    const { keep, ...limited } = ProposeLimits.parse(limits ?? {});
    const kept = [...new Set([...drop, ...keep])].sort();
    const lists = Object.entries(limited).map(([k, v]) => [k, Array.isArray(v) ? [...v].sort() : v]);
    const parts = {
      ...where,
      ...Object.fromEntries(lists),
      horizon,
      kept,
      pin,
      cellIds: cellIds && [...cellIds].sort(),
    };
    return JSON.stringify(
      Object.entries(parts)
        .filter(([, v]) => v !== undefined)
        .sort(),
    );
  };
  return told(a) === told(b);
}

/** Whether a plan supposes what is not the case. */
export const isAssumed = ({ scope }: { readonly scope: Pick<ProposalScope, 'assume'> }): boolean =>
  (scope.assume?.length ?? 0) > 0;

export const Proposal = z.object({
  id: z.string().regex(/^SGT\d{8}-[0-9a-f]{8}$/),
  createdAt: Instant,
  asOf: Instant,
  status: ProposalStatus,
  /** the numbers moved on since: solve again before deciding */
  stale: z.boolean(),
  supersedes: z.string().nullable(),
  alertId: z.string().nullable(),
  scope: ProposalScope,
  rulesVersion: z.number().int(),
  moves: z.array(Move),
  effects: z.array(Effect),
  badge: Badge,
  /** absent in proposals from before it was recorded */
  provenance: Provenance.optional(),
  /** deadlines still missed with the plan */
  notPossible: z.array(
    z.object({ cell: Cell, deadline: Instant, shortItems: z.number(), shortHours: z.number() }),
  ),
  /** processes with work due that stood still when this was worked out; absent in proposals kept from before it was told */
  standstills: z.array(z.object({ cell: Cell, since: Instant })).optional(),
  /** why nobody is moved although deadlines are missed, the commonest first; absent where somebody is */
  blocks: z.array(Block).optional(),
  /** the smallest rules to relax when something stays missed, best first */
  relaxations: z.array(Relaxation),
  impact: z.object({
    missedBefore: z.number().int(),
    missedAfter: z.number().int(),
    shortHoursBefore: z.number(),
    shortHoursAfter: z.number(),
    /** items/hour in all touched targets */
    productivityBefore: z.number(),
    productivityAfter: z.number(),
    /** minutes that the expected finish of the targets moves; negative is earlier */
    delayMinutes: z.number(),
    /** mean skill level in the targets */
    qualityBefore: z.number(),
    qualityAfter: z.number(),
  }),
  freshness: Freshness,
  /** of a plan for a day; absent in plans for now, and in those kept from before it was told */
  day: DayFacts.optional(),
});
export type Proposal = z.infer<typeof Proposal>;

/** Side-by-side curves of every touched cell */
export const Simulation = z.object({
  proposalId: z.string(),
  asOf: Instant,
  cells: z.array(
    z.object({
      cell: Cell,
      deadline: Instant.nullable(),
      before: z.array(CurvePoint),
      after: z.array(CurvePoint),
      pBefore: z.number(),
      pAfter: z.number(),
    }),
  ),
});
export type Simulation = z.infer<typeof Simulation>;

/** A stored proposal solved again from its own snapshot, and compared bit for bit. */
export const Verification = z.object({
  id: z.string(),
  /** `cannot-compare`: it differs, and that proves nothing (`why`) */
  result: z.enum(['match', 'differs', 'cannot-compare']),
  /** cut short then or now, or made by another version of solver or model */
  why: z.enum(['cut', 'other-version']).nullable(),
  /** `plan`: who goes where; `objective`: its cost; `details`: items, times or reasons of the moves */
  differences: z.array(z.enum(['plan', 'objective', 'details'])),
  /** everybody whom the two plans send to different places; null stays */
  people: z.array(
    z.object({ operatorId: z.string(), name: z.string(), stored: Cell.nullable(), solved: Cell.nullable() }),
  ),
  rulesVersion: z.number().int(),
  /** null for proposals from before it was recorded */
  stored: Provenance.nullable(),
  solved: Provenance,
});
export type Verification = z.infer<typeof Verification>;

export const WhyNot = z.object({
  operatorId: z.string(),
  name: z.string(),
  reasons: z.array(Reason),
  /** extra person-hours missing when forced in; null when impossible */ forcedCost: z.number().nullable(),
});

export const REJECT_REASONS = [
  'person-unavailable',
  'not-now',
  'source-needs-them',
  'numbers-wrong',
  'other-plan',
  'other',
] as const;
export const Decision = z.object({
  id: z.string(),
  proposalId: z.string(),
  action: z.enum(['approved', 'rejected', 'modified', 'undone']),
  actor: z.string(),
  reasonCode: z.enum(REJECT_REASONS).nullable(),
  reasonText: z.string().nullable(),
  at: Instant,
  undoes: z.string().nullable(),
  /** null once the window has passed or when there is nothing to undo */
  undoUntil: Instant.nullable(),
  writeBack: z.object({
    state: z.enum(['waiting', 'writing', 'confirmed', 'failed', 'not-configured']),
    attempts: z.number().int(),
    confirmedAt: Instant.nullable(),
    error: z
      .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
      .nullable(),
  }),
});
export type Decision = z.infer<typeof Decision>;
export const ProposalView = z.object({ proposal: Proposal, decisions: z.array(Decision) });
export type ProposalView = z.infer<typeof ProposalView>;
/** What became of the prediction. `not-measurable`: see `CellOutcome.why`. */
export const OutcomeVerdict = z.enum(['as-predicted', 'better', 'worse', 'not-measurable']);
/** One touched cell at one instant after the approval: what the proposal's plan had predicted, and what came. Items. */
export const CellOutcome = z.object({
  cell: Cell,
  role: Effect.shape.role.exclude(['downstream']),
  /** backlog, mean and 10–90 % band (with what the batches work comes in are good for) */
  predicted: z.object({ low: z.number(), mean: z.number(), high: z.number() }),
  /** backlog, from the snapshots on both sides of the instant; null without them */
  actual: z.number().nullable(),
  verdict: OutcomeVerdict,
  /** why nothing can be said: no snapshots, taken back, or another decision changed the same cell meanwhile */
  why: z.enum(['no-snapshot', 'undone', 'other-decision']).nullable(),
  /** items that came in and that were finished since the proposal's snapshot; actual is null without counters */
  arrived: z.object({ predicted: z.number(), actual: z.number().nullable() }),
  finished: z.object({ predicted: z.number(), actual: z.number().nullable() }),
  /** only where the instant is a deadline of this cell */
  deadline: z
    .object({
      /** P(on time) as the proposal stated it, without and with the plan */
      pWithout: z.number(),
      pWith: z.number(),
      /** null when the snapshots do not tell */
      met: z.boolean().nullable(),
      /** still waiting at the deadline, of what was due by it */
      lateItems: z.number().nullable(),
    })
    .nullable(),
});
export type CellOutcome = z.infer<typeof CellOutcome>;
/** All that is looked at, at one instant. `cells` is null until there are data of that instant. */
export const OutcomeCheck = z.object({
  /** `after`: so many minutes after the moves began, every touched cell; `deadline`: the touched cells due then */
  kind: z.enum(['after', 'deadline']),
  at: Instant,
  minutes: z.number(),
  cells: z.array(CellOutcome).nullable(),
});
export type OutcomeCheck = z.infer<typeof OutcomeCheck>;
export const ProposalOutcome = z.object({
  proposalId: z.string(),
  decisionId: z.string(),
  decidedAt: Instant,
  undone: z.boolean(),
  /** by time; all the checks there will be */
  checks: z.array(OutcomeCheck),
});
export type ProposalOutcome = z.infer<typeof ProposalOutcome>;
/** k of n with the mean and the central 90 % of Beta(k + 1, n − k + 1): few cases never look certain. */
export const HitRate = z.object({
  hits: z.number().int(),
  of: z.number().int(),
  estimate: z.number(),
  low: z.number(),
  high: z.number(),
});
export type HitRate = z.infer<typeof HitRate>;
export const Outcomes = z.object({
  /** newest decision first */
  outcomes: z.array(ProposalOutcome),
  /** decisions since then count in `rates` */
  since: Instant,
  /** predictions by the site that people were sent to or taken from, and by the soft rule that a move went against */
  sites: z.array(z.object({ location: z.string(), rate: HitRate })),
  rules: z.array(z.object({ ruleId: z.string(), rate: HitRate })),
  rates: z.object({
    /** cells whose backlog ended within the predicted band, one count per decision and cell */
    predictions: HitRate,
    /** deadlines of the cells that people came to: met */
    deadlines: HitRate,
    /** deadlines of the cells that gave people: met */
    sources: HitRate,
  }),
});
export type Outcomes = z.infer<typeof Outcomes>;

export const AuditEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  body: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The newest entry of an audit record; `chain` is the hash of its first one and tells records apart. */
export const AuditHead = z.object({ chain: z.string(), seq: z.number().int().min(1), hash: z.string() });
export type AuditHead = z.infer<typeof AuditHead>;
export const AuditCheck = z.object({
  /** nothing speaks against the record */
  intact: z.boolean(),
  /** each entry follows from the one before */
  chain: z.boolean(),
  head: AuditHead.nullable(),
  /** what was kept of the record elsewhere. lost: the record lacks an entry that was kept there; none: nothing was */
  anchors: z.array(
    z.object({
      place: z.enum(['file', 'printed', 'company']),
      state: z.enum(['holds', 'lost', 'none', 'unknown']),
      /** the newest entry known there, or the one that is lost */
      seq: z.number().int().nullable(),
      error: ErrorData.nullable(),
    }),
  ),
  /** what is damaged in the database */
  damage: z.string().nullable(),
});
export type AuditCheck = z.infer<typeof AuditCheck>;

export const SolveProgress = z.object({
  phase: z.enum(['loading', 'greedy', 'direct', 'chain', 'relaxations', 'done']),
  seconds: z.number(),
  objective: z.number().nullable(),
  moves: z.number().int().nullable(),
});
export type SolveProgress = z.infer<typeof SolveProgress>;
export const ProposeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: SolveProgress }),
  z.object({ kind: z.literal('proposal'), proposal: Proposal }),
]);
export type RulesVersion = z.infer<typeof RulesVersion>;
export type EffectSide = z.infer<typeof EffectSide>;
export type ProposalStatus = z.infer<typeof ProposalStatus>;
export type WhyNot = z.infer<typeof WhyNot>;
export type ProposeEvent = z.infer<typeof ProposeEvent>;
