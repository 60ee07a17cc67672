import type { Cell, Table } from '../api/contract/common.ts';
import type { Lookup } from '../api/contract/system.ts';
import type { CellDetail, Situation, SituationFilter } from './contract/situation.ts';

/** From which P(miss) on a cell is at watch and at danger. */
export type RiskLevels = { readonly watchAt: number; readonly dangerAt: number };

/** One deadline that has not passed. */
export type DeadlineRisk = {
  /** epoch ms */
  readonly deadline: number;
  readonly pMiss: number;
  /** items due by it, earlier ones included, and how many of them will be missing */
  readonly due: number;
  readonly shortItems: number;
  /** items the team could do by it if all its work lay there */
  readonly able: number;
  /** the lot of its line that it belongs to: the same number at every step */
  readonly lot: number;
  /** items/hour needed from now */
  readonly required: number | null;
  readonly finishAt: number | null;
};
export type CellRiskView = {
  readonly cell: Cell;
  /** the line it is a step of (the same number for all of its cells), and its place in it */
  readonly line: number;
  readonly step: number;
  /** instant of the cell's newest snapshot */
  readonly dataAt: number;
  readonly backlog: number;
  readonly throughput: number | null;
  readonly people: number;
  /** P of the worst deadline, passed ones included; null when it cannot be told */
  readonly pMiss: number | null;
  /** deadlines to come, earliest first; empty when the risk cannot be told */
  readonly deadlines: readonly DeadlineRisk[];
};
/** What the alerts look at. */
export type RiskReport = {
  /** instant the risks hold for: the newest snapshot */
  readonly at: number;
  readonly zone: string;
  readonly cells: readonly CellRiskView[];
};

/** A person's time in a cell; epoch ms. `missing` null: they are there; else why they are not. `speed`: planned items/hour. */
export type TeamStint = {
  readonly operatorId: string;
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly breaks: readonly (readonly [from: number, until: number])[];
  readonly speed: number;
  readonly movedBy: string | null;
  readonly missing: 'absent' | 'cancelled' | 'left' | 'moved' | null;
  /** they are marked late and may come at any time until then; absent: they are there all the time */
  readonly lateUntil?: number;
};
/** A cell's day up to an instant. */
export type CellDay = {
  readonly cell: Cell;
  /** place of the process in the flow */
  readonly sequence: number | null;
  /** since the day began (8 hours at least), oldest first; `done` is the day's counter */
  readonly snapshots: readonly {
    readonly at: number;
    readonly backlog: number;
    readonly done: number | null;
  }[];
  /** items finished between two snapshots, where the counter tells */
  readonly finished: readonly {
    readonly from: number;
    readonly at: number;
    readonly items: number;
    /** false: people marked late may not have been there yet */
    readonly certain: boolean;
  }[];
  /** what waited in the newest snapshot, by deadline, earliest first */
  readonly lots: readonly { readonly deadline: number; readonly items: number }[];
  /** what the people of the process did ÷ what they were planned to do in the same hours, over the last weeks; 1 when not known */
  readonly usual: number;
  /**
   * items to be expected today, as forecast, or without a forecast as usual on this weekday: cumulative at the ends of the hours since
   * midnight. Null where neither is known, and (usual) for all but the first process of a line.
   */
  readonly expected: {
    readonly basis: 'forecast' | 'usual';
    readonly points: readonly { readonly at: number; readonly items: number }[];
  } | null;
  /** all of today's stints, later ones too */
  readonly team: readonly TeamStint[];
  /** the deadline likeliest to be missed, passed ones included, and P(missed); null without data */
  readonly deadline: number | null;
  readonly pMiss: number | null;
};
export type WorkDay = { readonly at: number; readonly cells: readonly CellDay[] };

/** Reads only. All numbers are of the newest snapshot at or before the clock, and say so in `asOf`. */
export interface Analytics {
  /** Works out the newest view in turns with other work; whoever asks for it afterwards need not wait. */
  prepare(): Promise<void>;
  /** Every cell, or those that match. Free when nothing changed since the last call; else tens of milliseconds. */
  situation(filter?: SituationFilter): Situation;
  /** One cell with its day, its outlook and its people; `not-found` for a cell without recent data. */
  cell(cellId: string): CellDetail;
  /** The source rows behind a cell's numbers, newest first. */
  rows(cellId: string, what: 'snapshots' | 'people' | 'productivity'): Table;
  /** Names for menus and for understanding questions. */
  lookup(): Lookup;
  operatorNames(): { id: string; name: string }[];
  /**
   * P(miss) of every deadline to come, as of the newest snapshot, or of the newest one before `before` (epoch ms; worked out
   * anew each time). Null without any such snapshot.
   */
  risks(o?: { before?: number }): RiskReport | null;
  /** The day of every cell as it stood at `at` (epoch ms), with who worked and who was missing. Null without snapshots. */
  day(at: number): WorkDay | null;
}
