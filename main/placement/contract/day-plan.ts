import { z } from 'zod';
import { Cell, Instant } from '../../api/contract/common.ts';

/** A calendar date of the site, `2026-11-24`. */
export const DayDate = z.iso.date();

/** What a plan for a day rests on: a code with its numbers, put into words by the reader. */
export const Assumption = z.object({
  code: z.enum([
    'leftovers',
    'no-leftovers',
    'not-carried',
    'forecast',
    'no-forecast',
    'roster',
    'usual-roster',
    'leave',
    'deadlines',
    'no-deadlines',
    'absences',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Assumption = z.infer<typeof Assumption>;

const LowestChance = z.object({ cell: Cell, deadline: Instant, pOnTime: z.number() });
/** What a plan for a whole day says of itself. */
export const DayFacts = z.object({
  date: DayDate,
  /** the deadline least likely to be met, without the plan and with it; null: nothing is due that day */
  lowest: z.object({ before: LowestChance, after: LowestChance }).nullable(),
  assumed: z.array(Assumption),
});
export type DayFacts = z.infer<typeof DayFacts>;

/** A time of a person in a cell. `kind`: their own assignment, a loan of this plan, or the way to or from it. */
export const BoardBar = z.object({
  cellId: z.string(),
  from: Instant,
  until: Instant,
  kind: z.enum(['own', 'loan', 'way']),
  pinned: z.boolean(),
});
export type BoardBar = z.infer<typeof BoardBar>;
export const BoardPerson = z.object({
  operatorId: z.string(),
  name: z.string(),
  home: z.string(),
  cellId: z.string(),
  bars: z.array(BoardBar),
  breaks: z.array(z.object({ from: Instant, until: Instant })),
  /** cells they may be lent to under the rules */
  able: z.array(z.string()),
});
export type BoardPerson = z.infer<typeof BoardPerson>;
/** A deadline of the day, without and with the plan. */
export const BoardDeadline = z.object({
  cellId: z.string(),
  deadline: Instant,
  /** items of this deadline */
  due: z.number(),
  before: z.number(),
  after: z.number(),
});
export type BoardDeadline = z.infer<typeof BoardDeadline>;
/** A plan for a day as people × time. */
export const DayBoard = z.object({
  proposalId: z.string(),
  facts: DayFacts,
  from: Instant,
  until: Instant,
  blockMinutes: z.number().int(),
  cells: z.array(Cell),
  /** by site and cell */
  people: z.array(BoardPerson),
  /** by time */
  deadlines: z.array(BoardDeadline),
});
export type DayBoard = z.infer<typeof DayBoard>;
