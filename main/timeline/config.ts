/** Every threshold of the verdict, once, with its reason. */
export const SLOW = {
  /** a fall worth finding: to this share of the usual. The test then reacts below about 0.7 of it ((1 − ρ) ÷ −ln ρ). */
  ratio: 0.5,
  /** CUSUM's limit: one false alarm a week over 20 processes at a snapshot every two minutes (measured for the delay risk) */
  limit: 7.4,
  /** variance ÷ mean of items per interval, as the delay risk has it */
  dispersion: 1.5,
  /** the usual pace counts as much as so many minutes of today's work: an hour of today moves it half-way */
  priorMinutes: 60,
  /** nobody's measured pace is trusted beyond these: planned speeds that are further off are wrong, not slow */
  paceMin: 0.5,
  paceMax: 1.6,
} as const;

export const REPLAY = {
  /** work to come is reckoned in steps of so many minutes */
  stepMinutes: 5,
  /** a slow time that is not over is taken to last as long again as it has lasted, but at least and at most so many minutes */
  slowAtLeast: 20,
  slowAtMost: 90,
  /** coefficient of variation of a reckoned amount beside its counting noise: cell and people differ by about as much from day to day */
  cv: 0.06,
  /** snapshots put together when it is learned what passes from one process to the next: shorter, the way between two desks shows */
  flowSteps: 10,
} as const;

export const JUDGE = {
  /** a deadline is in danger from here on; below it nothing is late and no verdict is due */
  lateFrom: 0.5,
  /** what takes away all but this share of what would be late is what it is late for */
  rest: 0.2,
  /** errors this long before a fall may belong to it: connection pools and queues fill for minutes before people feel it */
  leadMinutes: 20,
  /** errors may also show up late; after this long they are another matter */
  lagMinutes: 30,
  /** processes that slow down within so many minutes of each other slowed down together */
  togetherMinutes: 12,
  /** without errors and without company, a fall speaks for the system only when it is as deep as this and of so many people at once */
  deepRatio: 0.5,
  deepPeople: 2,
  /** less than this share of what the other side cost is not worth a name when either would have saved the deadline */
  trifle: 0.2,
  /** of a team, one in ten is off on any day: fewer missing than this share are not named where something else would do */
  smallGap: 0.2,
  /** more came in than was expected from this share of it on: hours differ by a twentieth, a day's sum by a fiftieth */
  volumeFrom: 1.1,
  /** the window of the verdict begins so long before the first thing it names */
  windowMinutes: 60,
} as const;

export const RISE = {
  /** what is usual is learned from so many hours before the time in question */
  baselineHours: 4,
  /** fewer lines than these are no rise, of a template known and of one never seen before */
  minLines: 5,
  minNewLines: 3,
  /** times the usual rate */
  minFactor: 3,
  /** log-likelihood ratio of the rise against the usual rate: one in a thousand by chance for a single template, and there are many */
  limit: 9,
  /** what was never seen before is news by itself: here chance is not the question but a single odd line */
  newLimit: 6,
  /** a template may be seen so long before and still be new */
  newMinutes: 30,
  /** a service that wrote at least so many lines a minute and then none for so many minutes is silent */
  silentRate: 2,
  silentMinutes: 6,
  /** so many are named */
  named: 3,
} as const;

export const LOOK = {
  /** logs are read back so far: the baseline, and as long again as most outages last */
  logHours: 6,
  viewHours: 4,
  viewBuckets: 120,
  viewServices: 8,
  /** throughput in the view is of so many minutes: shorter jumps about, longer hides when it fell */
  viewMinutes: 10,
} as const;
