const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Minutes of roll-ups the short-term detectors look back on. */
export const LOOKBACK_MINUTES = 180;
/** Whole minutes are looked at once newer lines are there, or this long after, when no more come. */
export const GRACE_MS = 5 * MINUTE;
/**
 * A test at a time is no news: thousands are made every day. P-values are multiplied by the tests of a day (Bonferroni), and what
 * remains is held against two and three standard deviations (one-sided).
 */
export const TWO_SIGMA = 0.0228;
export const THREE_SIGMA = 0.00135;

export const NEW_TEMPLATE = {
  /** when a template is new; what it does later is a spike */
  youngMs: HOUR,
  windowMinutes: 10,
  /** the first hour of a log is new as a whole */
  learnMinutes: 60,
  learnLines: 400,
  /** until then, and while new templates as severe still come in numbers, a single line is no news */
  singleAfterMinutes: 480,
  singleNewShare: 0.34,
  /** lines in the window from which it is low, medium, high */
  error: [1, 3, 8],
  warn: [4, 12, 60],
  info: [40, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  /** everyday lines count only when they are like nothing seen before */
  infoDistance: 0.4,
  /** cosine distance below which it is another wording of something known */
  variantDistance: 0.12,
} as const;
const NEVER = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
export const SPIKE = {
  /** a burst, and what drips: an error usually absent that comes again and again, in so many minutes (not lines) of the window */
  windows: [5, 30, 120],
  /** of the past it is held against, at least; less than all of LOOKBACK_MINUTES is learning */
  leastMinutes: 30,
  /** hours with lines the usual rate rests on; of the busiest, up to this share is left out; so many are enough without the last ones */
  hours: 48,
  busiest: 0.2,
  hoursKnown: 24,
  /** lines and times the expected, at least; `high` from so many lines on */
  error: { lines: [5, 3, 3], ratio: 3, high: [8, 8, 24] },
  warn: { lines: [10, 10, 12], ratio: 4, high: NEVER },
  info: { lines: [60, 120, 400], ratio: 6, high: NEVER },
  /** the same hour of so many days before had as many: it is that hour's habit */
  habitDays: 3,
  /** or, unless it is an error, any hour of so many of the last seven days */
  habitAnyHourDays: 4,
} as const;
export const RATE = {
  weeks: 8,
  leastWeeks: 4,
  days: 14,
  leastDays: 4,
  hours: 24,
  leastHours: 6,
  ratio: 2,
  lines: 20,
  /** a beat: this share of the hours of so many days differ by no more than that; it is lacking from so much less on */
  evenDays: 3,
  evenHours: 0.7,
  evenSpread: 0.05,
  evenShare: 0.2,
  /** so many times as many is still about as many, and so is what differs by no more than so many standard deviations */
  near: 1.5,
  alike: 3,
} as const;
export const MISSING = {
  everyMinutes: 5,
  /** a heartbeat: so many gaps, varying no more than this (coefficient of variation) */
  gaps: 12,
  variation: 0.35,
  /** this share of the gaps may be longer */
  pauses: 0.02,
  /** silence: in minutes, at least, and in usual gaps */
  leastMinutes: 10,
  usualGaps: 4,
  /** of those whose gaps days are needed to see */
  longGaps: 2.5,
  /** an hour that is never without it: so many lines in that hour of every like day */
  hourLines: 20,
} as const;
/** What the days before had at the same time of day. */
export const HABIT = {
  /** so many days back, of which those of the same kind (working day or not) count once `leastOfKind` are known */
  days: 14,
  leastOfKind: 2,
  /** a habit needs so many days, and this share of those known */
  least: 3,
  share: 0.7,
  /** a pause that came on so many like days, and this share of them, may come again */
  leastPauses: 2,
  pauseShare: 0.3,
  /** begins this close in time of day; a pause of at least `leastPause`, and how much earlier or later than seen is still usual */
  nearMinutes: 60,
  leastPause: 10,
  marginMinutes: 30,
  /** a job: so few lines a day, this share of them within `closeMinutes` on three or four days, `looseMinutes` on `surer` days or more */
  appointmentLines: 3,
  /** or on the same weekday alone, of so many weeks */
  weeks: 4,
  agree: 0.8,
  /** days asked about at once: from midnight and from noon, today's and the one before */
  anchors: 4,
  surer: 5,
  closeMinutes: 30,
  looseMinutes: 90,
  /** it is late so long after the latest time seen */
  lateMinutes: 10,
  /** and longer by the range of those times, or half of it from twice so many days on */
  spreadDays: 4,
  /** heartbeats of long intervals are learned from so many days */
  beatDays: 3,
  hoursKept: 400,
  kept: 500,
} as const;
/** Lines of a source vary so much more than chance from day to day. */
export const SOURCE_DISPERSION = 2;
export const COMPONENT = { hours: 7, share: 0.1, medium: 3, high: 5, lines: 100 } as const;
/** Clustered lines vary more than independent ones even on a quiet day. */
export const LEAST_DISPERSION = 1.3;

/** An anomaly is over when its condition was not met for so long, and the same one again within `cooldownMs` after that. */
export const QUIET_MS = {
  'new-template': 20 * MINUTE,
  spike: 20 * MINUTE,
  missing: 10 * MINUTE,
  rate: 90 * MINUTE,
  'new-component': 90 * MINUTE,
  value: 45 * MINUTE,
  sequence: 45 * MINUTE,
} as const;
export const COOLDOWN_MS = HOUR;
/** What came suddenly goes on while there is still so much of it; what came so many `times`, while it comes within so many of its gaps. */
export const GOING_ON = { windowMinutes: 10, ratio: 2, lines: 3, times: 3, gaps: 4 } as const;
export const INCIDENT = {
  /** anomalies so close in time, or in an incident still going on, may belong together */
  togetherMs: 10 * MINUTE,
  nearMs: 30 * MINUTE,
  /** it is over when nothing of it was seen for so long */
  quietMs: 30 * MINUTE,
  /** and opens again when it comes back within */
  againMs: 2 * HOUR,
  /** what begins so long after everything else in it is something new, also in the same service */
  chainMs: 2 * HOUR,
} as const;
/** Anomalies of the same requests: ids of their first lines, how many and which share of them they have in common. */
export const TRACES = { minutes: 5, lines: 200, least: 2, share: 0.2, differ: 0.2, kept: 500 } as const;
/** What was dismissed stays quiet until it is so many times as much. */
export const CLEARLY_WORSE = 2;
/** Incidents at least so alike are shown as similar, and their remedies count. */
export const ALIKE = 0.5;

/** Lines themselves are read only for values and sessions, in windows of so much, and only where there are not too many. */
export const SCAN = { windowMinutes: 15, mostLines: 40_000 } as const;
export const VALUE = {
  /** values seen before a range is known, and judged together: those of a window or, where they are fewer, of some windows */
  seen: 300,
  values: 4,
  mostPooledMs: 4 * HOUR,
  /** from so many on it can be said whether they only rise, as this share of steps does */
  counted: 20,
  counter: 0.9,
  /** of a place with a value now and then: values before its range is known, and windows within it before one out of it is news */
  seenSparse: 8,
  quietSparse: 4,
  /** share of a usual window's values beyond the 1st or 99th percentile */
  beyond: 0.01,
  ratio: 5,
  /** share of a window's values that lie farther out than the range is wide: news however few they are */
  farShare: 0.75,
  /** what is beyond a percentile by no more than this share of it, or of the range's width, is not beyond */
  blur: 0.02,
  blurOfWidth: 0.25,
  mostTemplates: 60,
  /** share of a place's values that are numbers */
  numeric: 0.95,
  /** until so much is known, only what lies far out is told */
  learnDays: 1,
  /** windows within the range before one out of it is news, and how many more of them than times it was left */
  quiet: 12,
  episodes: 0.05,
  /** what was news counts as one time when it comes again within */
  againMs: 12 * HOUR,
  /** then everything counts half, so that what is usual may change */
  most: 20_000,
  /** followed at once */
  places: 400,
} as const;
/** How far a number moves in so many hours: learned from so many changes and days, of which everything then counts half. */
export const DRIFT = {
  hours: 6,
  seen: 48,
  learnDays: 3,
  most: 5_000,
  /** of the change, this part at least comes from the latest hours, and from those before them */
  lately: 2,
  part: 0.15,
} as const;
export const SEQUENCE = {
  /** sessions before anything is judged */
  learn: 100,
  /** a count or a template that more sessions than this deviate in is no rule */
  deviating: 0.03,
  /** one template before another, in so many sessions of both, hardly ever otherwise */
  orderSessions: 1_000,
  orderDeviating: 0.001,
  /** of a window's sessions, out of order: more than buffers do */
  shuffledShare: 0.2,
  /** templates whose order is followed; each session costs their number squared */
  ordered: 40,
  /** then everything counts half, so that what is usual may change */
  most: 20_000,
  /** a session is over after; or later, up to so much, where this share goes on after that */
  idleMs: [10 * MINUTE, 160 * MINUTE],
  returning: 0.03,
  mostEvents: 400,
  mostOpen: 2_000,
  /** kinds of keys followed, and sessions after which a useless one is given up */
  mostKeys: 6,
  triedSessions: 300,
  /** of a key whose sessions have no course in common: first templates by which they may have one */
  mostStarts: 20,
  /** of a window, deviating; or of those of the last hours together */
  least: 3,
  togetherMs: 6 * HOUR,
  /** single odd ones do not keep trouble going where this part of its share is usual */
  singleShare: 0.1,
  /** so many in a row that are not, and what some of them did is over: by chance they would be less often than this */
  well: [4, 40],
  wellChance: 0.05,
  /** named in an anomaly */
  examples: 5,
} as const;
