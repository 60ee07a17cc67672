/** How fast a team is just now. Rates are relative to what was planned. */
export type Pace = {
  /** undisturbed pace ÷ plan: a Gamma distribution with this mean and shape (1 ÷ cv²) */
  readonly mean: number;
  readonly shape: number;
  /** probability that something slows it down now, to which share of its pace, and for how many minutes so far */
  readonly slowed: number;
  readonly share: number;
  readonly minutes: number;
  /** coefficient of variation of its change in an hour (times the square root of the hours), and of a half hour around it */
  readonly drift: number;
  readonly wobble: number;
  /** variance ÷ mean of the items done in an interval */
  readonly dispersion: number;
  /** change in an hour that is common to all teams: they tire */
  readonly trend: number;
};

/** Work that is still to arrive from outside; minutes from the instance's instant */
export type Arrival = {
  /** before the instant: it is there already */
  readonly minute: number;
  readonly items: number;
  /** where it comes in; absent: at the first step */
  readonly step?: number;
};

/** The steps of one business at one site, and how work flows down them. */
export type Line = {
  /** indexes into `Instance.cells`, in the order of the steps */
  readonly cells: readonly number[];
  /** lot → step → deadline, minutes from the instance's instant; earliest first */
  readonly lots: readonly (readonly number[])[];
  /** lot → the first step's deadline that work is booked by, where it is not the lot's own: a what-if moved that */
  readonly bookedBy?: readonly number[];
  /** step → step → share of what it finishes that goes there */
  readonly routing: readonly (readonly number[])[];
  readonly arrivals: readonly Arrival[];
  /** arrivals ÷ forecast now */
  readonly arrivalScale: { readonly mean: number; readonly cv: number };
  /** work is booked onto a deadline until this long before it: known to lie between the two, minutes */
  readonly notice: readonly [low: number, high: number];
};
