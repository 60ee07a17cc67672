import type { Cell } from '../api/contract/common.ts';
import type { Rules } from './contract/placement.ts';
import type { Line, Pace } from './flow/types.ts';

/**
 * What the solver plans with. Units: minutes from `Instance.now` (fractions allowed; past is negative), items, items/hour;
 * shortage in person-hours (人時). Cells, operators, sites, processes and businesses are addressed by index.
 */
export type PlacementLot = {
  readonly deadline: number;
  /** waiting here */
  readonly items: number;
  /** still to come here by then: what waits at earlier steps and what is expected to arrive */
  readonly coming?: number;
};
export type Interval = readonly [from: number, to: number];

/** A queue: site × business × process. `lots` by ascending deadline, not cumulative. */
export type PlacementCell = {
  readonly cell: Cell;
  readonly site: number;
  readonly business: number;
  readonly process: number;
  readonly lots: readonly PlacementLot[];
  readonly minSkill: number;
  readonly minStaff: number;
  readonly minStaffAtCheckpoint: number;
  readonly seniors: number;
  /** weight of one missing person-hour here */
  readonly priority: number;
  /** how fast the team is, and whether something slows everybody here down just now */
  readonly pace: Pace;
  /** people are there and work waits, but for so many minutes (nearly) nothing has got done; absent: work goes on */
  readonly standstill?: { readonly minutes: number };
  /** measured work, oldest first, one entry per snapshot interval */
  readonly observed: readonly {
    readonly at: number;
    readonly items: number;
    readonly personMinutes: number;
    /** items those people were planned to do in it (their own speeds); 0 when nobody was there, or it is not known who was */
    readonly planned: number;
    /** what waited at its end */
    readonly backlog: number;
    /** several intervals, the queue well filled in all of them */
    readonly joined?: true;
  }[];
  /** all that waits, with and without a deadline */
  readonly backlog: number;
};

/** A person's time at work in one cell; until `rampUntil` they are still learning the ways of its process. */
export type PlacementStint = {
  readonly cell: number;
  /** of somebody on the way, when they will be there */
  readonly from: number;
  readonly until: number;
  readonly rampUntil?: number;
};

/** A person at work or due today, in the stint that a plan of now can change: where they are when moves can begin, else where they start next. */
export type PlacementOperator = PlacementStint & {
  readonly id: string;
  readonly name: string;
  readonly site: number;
  /** per process, 0 untrained … 5 */
  readonly skill: readonly number[];
  /** per process, months */
  readonly experience: readonly number[];
  /** per process, planned items/hour; 0 when untrained */
  readonly speed: readonly number[];
  /** per business */
  readonly knows: readonly boolean[];
  /** the rest of their day, before and after: what is decided already; absent in snapshots from before it was known */
  readonly otherStints?: readonly PlacementStint[];
  readonly breaks: readonly Interval[];
  readonly movesToday: number;
  /** moves and adjustments of the last 30 days, today's included; absent in snapshots from before they were counted */
  readonly moves30Days?: number;
  /** proposal that put them here today, if any */
  readonly movedBy: string | null;
};

export type Instance = {
  /** epoch ms */
  readonly now: number;
  /** local minute of the day at `now`; absent in snapshots from before rules asked for it */
  readonly minuteOfDay?: number;
  readonly sites: readonly string[];
  /** 0 same, 1 near, 2 far */
  readonly distance: readonly (readonly (0 | 1 | 2)[])[];
  readonly processes: readonly string[];
  readonly businesses: readonly string[];
  readonly cells: readonly PlacementCell[];
  readonly operators: readonly PlacementOperator[];
  /** how work flows: every cell is in one of them */
  readonly lines: readonly Line[];
  /** minute from which on moves can begin: the data are older than the plan */
  readonly movesFrom: number;
  readonly rules: Rules;
  /** of a plan that is to move so many people; absent: as few as it takes */
  readonly leastMoves?: number;
};

/** operator index → cell index; equal to the operator's own cell: stays */
export type Plan = { readonly assign: Int32Array };
