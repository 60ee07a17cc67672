import { z } from 'zod';
import { Cell, Freshness, Instant, PlanUnderWay, Table } from '../../api/contract/common.ts';
import { base } from '../../api/contract/procedure.ts';

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

/** Kinds that a day may have, several at once. `settlement`: 五十日; it and `month-end` come on the working day before a day off. */
export const DAY_KINDS = ['holiday', 'after-holiday', 'settlement', 'month-end', 'obon', 'year-end'] as const;
export const DayKind = z.enum(DAY_KINDS);
export type DayKind = z.infer<typeof DayKind>;

/** Items; 95 of 100 days lie between low and high. */
export const ItemRange = z.object({ mean: z.number(), low: z.number(), high: z.number() });
export type ItemRange = z.infer<typeof ItemRange>;
/** What came in during half an hour that is over, and what was or is expected of it. Null: not known. */
export const ForecastBlock = z.object({
  at: Instant,
  ours: ItemRange.nullable(),
  company: z.number().nullable(),
  actual: z.number().nullable(),
});
export type ForecastBlock = z.infer<typeof ForecastBlock>;
/** Past days forecast from those before them. Shares of what came in, on the same half hours for both; null: no day has both. */
export const ForecastRecord = z.object({
  days: z.number().int(),
  ours: z.number().nullable(),
  company: z.number().nullable(),
  /** share of half hours within our interval */
  coverage: z.number().nullable(),
});
export type ForecastRecord = z.infer<typeof ForecastRecord>;
export const DayForecast = z.object({
  cell: Cell.omit({ businessName: true }),
  date: z.string(),
  kinds: z.array(DayKind),
  /** name of the national holiday */
  holiday: z.string().nullable(),
  /** `none`: no history. `learning`: less than two weeks of it. `closed`: no work came on such a day before. */
  state: z.enum(['none', 'learning', 'ready', 'closed']),
  /** days with work that were learned from, and the weeks they span */
  days: z.number().int(),
  weeks: z.number(),
  blockMinutes: z.number(),
  /** ascending; those in which something came in or is expected */
  blocks: z.array(ForecastBlock),
  total: z.object({
    ours: ItemRange.nullable(),
    company: z.number().nullable(),
    actual: z.number().nullable(),
  }),
  record: ForecastRecord,
  /** whose forecast was nearer of late; null: there is none */
  best: z.enum(['ours', 'company']).nullable(),
});
export type DayForecast = z.infer<typeof DayForecast>;

export const situation = {
  list: base.input(SituationFilter.optional()).output(Situation),
  cell: base.input(z.object({ cellId: z.string().max(500) })).output(CellDetail),
  /** the rows behind a cell's numbers */
  rows: base
    .input(z.object({ cellId: z.string().max(500), what: z.enum(['snapshots', 'people', 'productivity']) }))
    .output(Table),
};

export const forecast = {
  /** what comes in to a cell on a date (default: today): ours, the company's, and what came */
  day: base
    .input(
      z.object({
        cellId: z.string().max(500),
        date: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}$/)
          .optional(),
      }),
    )
    .output(DayForecast),
};
