import { MINUTE, THREE_SIGMA, TWO_SIGMA } from '../config.ts';
import type { Finding, Severity, TemplateFact } from '../types.ts';
import type { Habits } from './habits.ts';
import type { HourHistory, RecentMinutes } from './series.ts';
import type { SubjectMinutes } from './subject-minutes.ts';

/** What the detectors see of one minute that just ended, its lines included. Nothing in it depends on when the look is made. */
export type DetectionWindow = {
  /** epoch minutes */
  readonly minute: number;
  readonly recent: RecentMinutes;
  readonly hours: HourHistory;
  readonly fact: (template: number) => TemplateFact;
  /** when the first line was, epoch ms */
  readonly since: number;
  /** cosine distance to the nearest older templates; null: nothing to compare with */
  readonly novelty: (template: number) => number | null;
  /** the name of a source whose lines up to `until` (epoch ms) would be here; null: none are awaited from it */
  readonly followed: (source: string, until: number) => string | null;
  readonly habits: Habits;
  readonly minutes: SubjectMinutes;
  /** the epoch minute at which the local day of this minute began */
  readonly dayStart: number;
};
/** the end of the minute looked at */
export const endOf = (look: DetectionWindow): number => (look.minute + 1) * MINUTE;

/** What says that something has had no line since the minute `from`. */
export const absence = (
  look: DetectionWindow,
  {
    from,
    ...o
  }: { readonly from: number } & Partial<Finding> & Pick<Finding, 'severity' | 'expected' | 'baselineDays'>,
): Omit<Finding, 'words'> => ({
  kind: 'missing',
  from: from * MINUTE,
  at: endOf(look),
  templateId: null,
  service: null,
  level: null,
  source: null,
  observed: 0,
  sd: null,
  score: null,
  windowMs: (look.minute + 1 - from) * MINUTE,
  learning: false,
  ...o,
});

/** What a p-value says after `tests` a day: three sigma high, two medium, else nothing. */
export function grade(p: number, tests: number): Severity | null {
  const corrected = p * tests;
  return corrected <= THREE_SIGMA ? 'high' : corrected <= TWO_SIGMA ? 'medium' : null;
}
const ORDER = { low: 0, medium: 1, high: 2 } as const;
export const worse = (a: Severity, b: Severity): Severity => (ORDER[a] >= ORDER[b] ? a : b);
export const isWorse = (a: Severity, than: Severity): boolean => ORDER[a] > ORDER[than];
export const atMost = (a: Severity, limit: Severity): Severity => (ORDER[a] > ORDER[limit] ? limit : a);
