import { z } from 'zod';
import { CurvePoint } from '../../analytics/contract/situation.ts';
import { Cell, Freshness, Instant } from '../../api/contract/common.ts';
import { base, id, none, ok } from '../../api/contract/procedure.ts';

const Name = z.string().min(1).max(100);
const CellId = z.string().min(1).max(500);
/** Local minute of the current day; may pass 1440 (25時). One that has passed means now. */
const DayMinute = z.number().int().min(0).max(2880);
/** Times what there is now: 1.2 is a fifth more. */
const Factor = z.number().min(0).max(10);

/** Which processes a change is about; what is left out means all. */
export const ChangeScope = z.object({
  location: Name.optional(),
  businessId: Name.optional(),
  process: Name.optional(),
});
export type ChangeScope = z.infer<typeof ChangeScope>;
/** Which of the people there: by id, so many, or a share of them (0–1). */
export const Who = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('named'),
    /** the name is for reading; the id decides */
    people: z
      .array(z.object({ operatorId: Name, name: z.string().max(100) }))
      .min(1)
      .max(500),
  }),
  z.object({ kind: z.literal('number'), count: z.number().int().min(1).max(999) }),
  z.object({ kind: z.literal('share'), share: z.number().min(0).max(1) }),
]);
export type Who = z.infer<typeof Who>;

/** One thing that is supposed to be otherwise. Times absent: from now, until the end of the shift. */
export const Change = z.discriminatedUnion('kind', [
  /** `where` they come from; not named: those who bring the most there and whom no rule keeps */
  z.object({
    kind: z.literal('move'),
    where: ChangeScope,
    who: Who,
    toCellId: CellId,
    from: DayMinute.optional(),
  }),
  z.object({
    kind: z.literal('absence'),
    where: ChangeScope,
    who: Who,
    from: DayMinute.optional(),
    until: DayMinute.optional(),
  }),
  /** people from outside, each like the typical person of the team */
  z.object({
    kind: z.literal('extra'),
    cellId: CellId,
    count: z.number().int().min(1).max(999),
    from: DayMinute.optional(),
    until: DayMinute.optional(),
  }),
  /**
   * What waits and what is still to come; with `of: coming` only the latter. `items`: so many more arrive now, at the first step concerned
   * (fewer: are taken from what is still to come).
   */
  z.object({
    kind: z.literal('volume'),
    where: ChangeScope,
    factor: Factor,
    of: z.literal('coming').optional(),
    items: z.number().int().min(-1_000_000).max(1_000_000).optional(),
  }),
  z.object({ kind: z.literal('speed'), where: ChangeScope, factor: Factor }),
  /** `deadline`: only this one; absent: every one there */
  z.object({
    kind: z.literal('deadline'),
    where: ChangeScope,
    deadline: DayMinute.optional(),
    shift: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('by'), minutes: z.number().int().min(-1440).max(1440) }),
      z.object({ kind: z.literal('to'), at: DayMinute }),
    ]),
  }),
  /** nobody's shift gets shorter by it */
  z.object({ kind: z.literal('overtime'), where: ChangeScope, who: Who, until: DayMinute }),
]);
export type Change = z.infer<typeof Change>;
export type ChangeKind = Change['kind'];
export const CHANGE_KINDS = [
  'move',
  'absence',
  'extra',
  'overtime',
  'volume',
  'speed',
  'deadline',
] as const satisfies readonly ChangeKind[];

export const Changes = z.array(Change).max(30);
export const SCENARIOS_AT_ONCE = 20;
/** A saved scenario */
export const Scenario = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(100),
  changes: Changes,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Scenario = z.infer<typeof Scenario>;

/** What became of one change: whom it took (extra people have no names), how many it asked for, how many processes it is about. */
export const Applied = z.object({
  people: z.array(z.object({ operatorId: z.string(), name: z.string() })),
  /** null where it is not about people */
  wanted: z.number().int().nullable(),
  /** processes whose people, work, speed or deadlines it changes itself */
  cells: z.number().int(),
});
export type Applied = z.infer<typeof Applied>;

/** One process under one scenario; probabilities and instants as on the situation screen. */
export const SideCell = z.object({
  people: z.number().int(),
  backlog: z.number(),
  deadlines: z.array(
    z.object({
      /** the deadline as it is without the scenario: the same deadline in every scenario */
      original: Instant,
      deadline: Instant,
      due: z.number(),
      pOnTime: z.number(),
      shortItems: z.number(),
      /** median instant at which what is due by it is through; null when not within the shifts */
      finishAt: Instant.nullable(),
    }),
  ),
  /** index into `deadlines` of the one most likely missed; null without any */
  worst: z.number().int().nullable(),
  /** median instant at which all of today's work is through; null when not within the shifts */
  allFinishAt: Instant.nullable(),
  /** what has still to pass for the deadline `chartedOf` of the process; empty beyond the processes that change most */
  outlook: z.array(CurvePoint),
});
export type SideCell = z.infer<typeof SideCell>;
export const Side = z.object({
  /** by change */
  applied: z.array(Applied),
  /** deadlines of all processes, told here or not, that are likelier missed than made */
  missed: z.number().int(),
  /** by cell of the comparison */
  cells: z.array(SideCell),
});
export type Side = z.infer<typeof Side>;
/** Scenarios beside the situation as it is. Stores nothing. */
export const Comparison = z.object({
  asOf: Instant,
  freshness: Freshness,
  /** where anything changes, the greatest change of a chance first; `chartedOf`: the deadline (as it is) that the curves are about */
  cells: z.array(Cell.extend({ chartedOf: Instant.nullable() })),
  /** processes that change too and are not told */
  left: z.number().int(),
  base: Side,
  scenarios: z.array(Side),
});
export type Comparison = z.infer<typeof Comparison>;

export const whatIf = {
  /** scenarios beside the situation as it is; `cellId` is told even where nothing changes */
  compare: base
    .input(
      z.object({
        scenarios: z.array(z.object({ changes: Changes })).max(SCENARIOS_AT_ONCE),
        cellId: z.string().max(500).optional(),
      }),
    )
    .output(Comparison),
  /** saved scenarios, newest first */
  list: base.input(none).output(z.array(Scenario)),
  save: base
    .input(Scenario.pick({ name: true, changes: true }).extend({ id: id.optional() }))
    .output(Scenario),
  /** can be brought back for a day */
  remove: base.input(z.object({ id })).output(ok),
  restore: base.input(z.object({ id })).output(Scenario),
};
