import type { Instance } from '../types.ts';

/** Loans begin and end on blocks of so many minutes, as the board shows them. */
export const BLOCK = 30;

/** A person's time in a cell on the day; minutes from the day's start (`Instance.now`). */
export type DayStint = { readonly cell: number; readonly from: number; readonly until: number };
/** A person lent to another cell; afterwards they go back. Minutes from the day's start. */
export type Loan = {
  readonly operator: number;
  readonly cell: number;
  readonly from: number;
  readonly until: number;
};

/** Items that come in from outside at a step of a line (nearly always its first), for lot `lot`; minutes from the day's start. */
export type Arrival = {
  readonly minute: number;
  readonly step: number;
  readonly lot: number;
  readonly items: number;
};

/** One business at one site: its steps in order, and the work of the day that goes down them. */
export type DayLine = {
  /** indices into `Instance.cells`, in the order of the steps */
  readonly cells: readonly number[];
  /** lot → step → deadline, minutes from the day's start, ascending by lot */
  readonly lots: readonly (readonly number[])[];
  /** step → later step → share of what it finishes that goes there */
  readonly routing: readonly (readonly number[])[];
  /** step → lot → items that wait when the day begins */
  readonly opening: readonly (readonly number[])[];
  readonly arrivals: readonly Arrival[];
  /** spread of the day's arrivals around the forecast, standard deviation ÷ mean */
  readonly arrivalCv: number;
};

/** What a plan for a day rests on, to be told with it. */
export type Assumption = {
  readonly code:
    | 'leftovers'
    | 'no-leftovers'
    | 'not-carried'
    | 'forecast'
    | 'no-forecast'
    | 'roster'
    | 'usual-roster'
    | 'leave'
    | 'deadlines'
    | 'no-deadlines'
    | 'absences';
  readonly params: Readonly<Record<string, string | number>>;
};

export type Day = {
  /** `2026-11-24` */
  readonly date: string;
  /** when the last person leaves or the last deadline is, minutes from the day's start */
  readonly close: number;
  /** per operator, by time */
  readonly stints: readonly (readonly DayStint[])[];
  readonly lines: readonly DayLine[];
  /** per cell: how fast its people are against their planned speeds, and how sure that is */
  readonly pace: readonly { readonly mean: number; readonly cv: number }[];
  /** probability that somebody rostered does not come, or comes half an hour late, as in the past weeks */
  readonly absence: { readonly off: number; readonly late: number };
  readonly assumed: readonly Assumption[];
};

/**
 * A whole day to plan. As an `Instance` it is that of the day's start: its people where they begin, and per cell what is due by each
 * deadline of the day, whether it waits in the morning or is yet to come.
 */
export type DayInstance = Instance & { readonly day: Day };
