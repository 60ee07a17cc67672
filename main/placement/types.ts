import type { Cell } from '../api/contract/common.ts';
import type { Rules } from '../api/contract/placement.ts';

/**
 * What the solver plans with. Units: minutes from `Instance.now` (fractions allowed; past is negative), items, items/hour;
 * shortage in person-hours (人時). Cells, operators, sites, processes and businesses are addressed by index.
 */
export type PlacementLot = { readonly deadline: number; readonly items: number };
export type Interval = readonly [from: number, to: number];

/** People are there and work waits, but for so many minutes (nearly) nothing has got done; `share`: of what was planned. */
export type Standstill = { readonly minutes: number; readonly share: number };

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
  /** measured rate ÷ planned rate, shrunk towards 1: a slow system slows everybody who works here */
  readonly efficiency: number;
  /** work stands still here just now; `efficiency` is then that from before. Absent: it goes on */
  readonly standstill?: Standstill;
  /** measured work, oldest first, one entry per snapshot interval */
  readonly observed: readonly {
    readonly at: number;
    readonly items: number;
    readonly personMinutes: number;
    /** items those people were planned to do in it (their own speeds); 0 when nobody was there, or it is not known who was */
    readonly planned: number;
    /** what waited at its end */
    readonly backlog: number;
  }[];
  /** items expected to arrive per minute from now on (forecast) */
  readonly arrivalsPerMinute: number;
  readonly backlog: number;
  /**
   * work still at the earlier steps of the same site and business that will have to pass here, by its deadline there: not due
   * here yet, but whoever is lent out will be missed when it comes
   */
  readonly inbound?: readonly PlacementLot[];
};

/** A person at work or due today, assigned to one cell. */
export type PlacementOperator = {
  readonly id: string;
  readonly name: string;
  readonly site: number;
  /** index of the cell they are on now */
  readonly cell: number;
  /** per process, 0 untrained … 5 */
  readonly skill: readonly number[];
  /** per process, months */
  readonly experience: readonly number[];
  /** per process, planned items/hour; 0 when untrained */
  readonly speed: readonly number[];
  /** per business */
  readonly knows: readonly boolean[];
  readonly from: number;
  readonly until: number;
  readonly breaks: readonly Interval[];
  readonly movesToday: number;
  /** moves and adjustments of the last 30 days, today's included; absent in snapshots from before they were counted */
  readonly moves30Days?: number;
  readonly locked: boolean;
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
  readonly rules: Rules;
};

/** operator index → cell index; equal to the operator's own cell: stays */
export type Plan = { readonly assign: Int32Array };
