import type { Instance } from '../types.ts';

/** Loans begin and end on blocks of so many minutes, as the board shows them. */
export const BLOCK = 30;

/** A person lent to another cell; afterwards they go back. Minutes from the day's start. */
export type Loan = {
  readonly operator: number;
  readonly cell: number;
  readonly from: number;
  readonly until: number;
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

/** A whole day to plan: the instance of its start, before anything has come in. */
export type DayInstance = Instance & {
  readonly day: {
    /** `2026-11-24` */
    readonly date: string;
    /** when the last person leaves or the last deadline is, minutes from the day's start */
    readonly close: number;
    readonly assumed: readonly Assumption[];
  };
};
