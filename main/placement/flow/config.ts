/** A team's pace relative to plan. */
export const RISK = {
  /** variance ÷ mean of the items done in an interval, until measured */
  dispersion: 1.5,
  efficiencyMin: 0.2,
  efficiencyMax: 2,
} as const;

/**
 * What is thought possible of teams' paces before anything is measured, standard deviations relative to plan: how far teams differ, how
 * far a team drifts in an hour, how far a half hour lies off its level.
 */
export const SPREAD = {
  teams: [0.03, 0.06, 0.1, 0.16, 0.25],
  drift: [0, 0.02, 0.05, 0.1],
  block: [0.03, 0.06, 0.1],
  /** of the mean of all teams around the plan */
  common: 0.1,
  /**
   * of what all teams lose in an hour: people tire. Some hours of measurements tell little of it, so what is expected weighs most; without
   * it a team was thought some 2 % too fast an hour later (measured on simulated days)
   */
  trend: { mean: -0.012, sd: 0.01 },
  /** the dispersion that is assumed weighs as much as so many intervals */
  intervals: 20,
} as const;

export const PACE = {
  /** of the planned pace, what a disturbance may leave */
  shares: [0.02, 0.08, 0.16, 0.24, 0.32, 0.42, 0.55],
  /** minutes: a disturbance begins once in so many; half of those that begin last longer than this */
  between: 960,
  lasts: 30,
  /** spread of an interval's pace around the level, on top of counting noise */
  wobble: 0.08,
  /** forward and backward passes, so that the pace is read from undisturbed intervals only */
  rounds: 3,
  /** paces this close need no other pass */
  same: 0.01,
} as const;

/** From when on a slowed pace is called a standstill. */
export const STANDSTILL = {
  /** at least so probable … */
  probability: 0.9,
  /** … and no more than this share of the planned pace left */
  share: 0.37,
  /** so many items should have been done meanwhile; fewer may be chance */
  planned: 30,
  /** a company that books in batches has still stretches every time: it must be so many times its longest earlier one */
  longer: 2,
} as const;

export const FLOW = {
  /** arrivals ÷ forecast: spread of a usual stretch, of one out of the ordinary, of one import in it, of the hour to come */
  usualCv: 0.1,
  unusualCv: 1,
  importCv: 0.15,
  hourCv: 0.08,
  /** a new stretch begins with this probability at each import */
  changes: 1 / 24,
  /** minutes after which a stretch of unusual arrivals ends, on average */
  stretchMinutes: 480,
  /** deadlines of two steps this close to the usual distance belong to the same lot, minutes */
  matchMinutes: 15,
  /** work is booked onto a deadline until this long before it, as long as the data do not tell, minutes */
  turnaroundMinutes: 120,
  /** how many days back the last day is looked for that shows the usual deadlines */
  days: 3,
  /** minutes of the day's end that are read every time: longer than sync's overlap, in which rows may still change */
  againMinutes: 15,
  /** minutes of a day that are read at once: at a site of 120 cells some ten milliseconds */
  pieceMinutes: 30,
  /** so many minutes of measured work tell how fast a team is; what is older than the second is joined to pieces of the third */
  observedMinutes: 300,
  singleMinutes: 60,
  joinedMinutes: 10,
  /** so many minutes of snapshots are told as they are: those observed before the newest of a cell, which may be an hour old */
  recentMinutes: 360,
  /** items that weigh as much as what was measured, towards the shares that the forecast tells */
  routingPrior: 30,
  routingRounds: 40,
} as const;

export const PATHS = {
  /** a power of two */
  count: 256,
  /** so many are enough where every one of them tells the same of every lot */
  few: 64,
  /** minutes of one step of simulated time, and of one block of steady pace */
  stepMinutes: 5,
  blockMinutes: 30,
  /** fewer items than this late is on time */
  tolerance: 0.5,
  longestMinutes: 48 * 60,
} as const;
