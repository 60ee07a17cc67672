import { z } from 'zod';
import { Cell, Freshness, Instant, PlanUnderWay } from './common.ts';

export const RiskLevel = z.enum(['ok', 'watch', 'danger', 'unknown']);
export type RiskLevel = z.infer<typeof RiskLevel>;
/** items still waiting that are due by `deadline`; not cumulative */
export const Lot = z.object({ deadline: Instant, items: z.number() });
export type Lot = z.infer<typeof Lot>;

export const SituationRow = Cell.extend({
  sequence: z.number().nullable(),
  backlog: z.number(),
  correctionWaiting: z.number().nullable(),
  lots: z.array(Lot),
  /** the deadline most likely to be missed; null when nothing waits with a deadline */
  deadline: Instant.nullable(),
  /**
   * items that have to pass here by it, earlier ones included (waiting here, at earlier steps, still to arrive), and the median instant at
   * which they have; null without one, or when never
   */
  due: z.number().nullable(),
  /** where that work is */
  dueParts: z.object({ here: z.number(), upstream: z.number(), expected: z.number() }).nullable(),
  dueFinishAt: Instant.nullable(),
  /** items/hour over the last 30 minutes outside breaks; null while there are fewer than two snapshots */
  throughput: z.number().nullable(),
  /** items/hour needed from now to make the worst deadline; null without one */
  required: z.number().nullable(),
  /** on it now, and of those how many came by an approved move */
  people: z.number().int(),
  movedIn: z.number().int(),
  /** P(the worst deadline is met), work at earlier steps and to come included; null without data */
  pOnTime: z.number().min(0).max(1).nullable(),
  /** median instant at which all of today's work, later lots included, has passed here; null when not within the shifts */
  allFinishAt: Instant.nullable(),
  /** since when people are there and work waits, but (nearly) nothing gets done; null while work goes on */
  standstillSince: Instant.nullable(),
  /** items expected to be missing at the worst deadline */
  shortItems: z.number(),
  risk: RiskLevel,
  /** what was approved for it and is still being checked */
  plan: PlanUnderWay.nullable(),
  /** the last 60 minutes of backlog, oldest first */
  trend: z.array(z.object({ at: Instant, backlog: z.number() })),
  dataAt: Instant,
});
export type SituationRow = z.infer<typeof SituationRow>;

export const Situation = z.object({
  asOf: Instant,
  freshness: Freshness,
  rows: z.array(SituationRow),
  totals: z.object({
    cells: z.number().int(),
    late: z.number().int(),
    watch: z.number().int(),
    backlog: z.number(),
    people: z.number().int(),
  }),
});
export type Situation = z.infer<typeof Situation>;
export const SituationFilter = z.object({
  location: z.string().optional(),
  businessId: z.string().optional(),
  process: z.string().optional(),
});
export type SituationFilter = z.infer<typeof SituationFilter>;

export const Person = z.object({
  operatorId: z.string(),
  name: z.string(),
  home: z.string(),
  skill: z.number().int(),
  experienceMonths: z.number().int(),
  /** items/hour here */
  speed: z.number(),
  /** epoch ms */
  until: Instant,
  /** here by an approved move of today */
  movedBy: z.string().nullable(),
  attendance: z.enum(['present', 'absent', 'late', 'unknown']),
});
export type Person = z.infer<typeof Person>;

/**
 * Work to come, in items: what has still to pass here by the deadline the curve is for (waiting here, at earlier steps or still to
 * arrive), mean and 10–90 % band; and all that waits here, later work included (mean)
 */
export const CurvePoint = z.object({
  at: Instant,
  low: z.number(),
  mean: z.number(),
  high: z.number(),
  waiting: z.number(),
});
export type CurvePoint = z.infer<typeof CurvePoint>;
export const CellDetail = z.object({
  row: SituationRow,
  freshness: Freshness,
  history: z.array(
    z.object({
      at: Instant,
      backlog: z.number(),
      throughput: z.number().nullable(),
      people: z.number().nullable(),
    }),
  ),
  outlook: z.array(CurvePoint),
  people: z.array(Person),
  /** why the risk is what it is, in numbers */
  evidence: z.object({
    required: z.number().nullable(),
    /** person-minutes left until the worst deadline, breaks and shift ends taken off */
    effortMinutes: z.number(),
    /** items per person-minute as measured; null when nobody is there */
    rate: z.number().nullable(),
    rateCv: z.number().nullable(),
    /** items the team can do by the worst deadline, mean and standard deviation; null without one */
    able: z.number().nullable(),
    sd: z.number().nullable(),
  }),
});
export type CellDetail = z.infer<typeof CellDetail>;
