import { DAY, HOUR, MINUTE, MISSING, RATE } from '../config.ts';
import type { Finding, TemplateFact } from '../types.ts';
import { wordRate } from '../word-anomaly.ts';
import { anscombe, dispersion, fromAnscombe, median, normalTail, spread } from './count-tails.ts';
import { atMost, type DetectionWindow, endOf, grade } from './detection-window.ts';
import { isHabit } from './is-habit.ts';
import { riseBegan } from './rise-began.ts';
import { type HourCounts, hourOf, type Series } from './series.ts';
import { severityOf } from './severity-of.ts';

/** What an hour's count is held against: counts of like hours, and how alike they are. */
type Baseline = {
  readonly counts: readonly number[];
  readonly days: number;
  readonly basis: 'week' | 'day' | 'hours';
};

/**
 * Once an hour: templates and services with far more or fewer lines than the same hour of the week, robustly (median and MAD of
 * Anscombe-transformed counts, so that Poisson noise has a standard deviation of 1). While weeks are missing, the same hour of
 * other days serves; before that the last hours, and then only for what grows and is grave.
 */
export function detectRates(look: DetectionWindow): Finding[] {
  if ((look.minute + 1) % 60 !== 0) return [];
  const hour = hourOf(look.minute * MINUTE);
  const now = look.hours.hour(hour);
  const like = likeHours(look, hour);
  const lastDays = Array.from({ length: RATE.evenDays * 24 }, (_, i) => hour - 1 - i)
    .filter((past) => past > hourOf(look.since))
    .map((past) => look.hours.hour(past));
  const names = new Set<string>();
  const ids = new Set<number>(now.templates.keys());
  for (const past of like.hours) {
    for (const id of past.templates.keys()) ids.add(id);
    for (const service of past.services.keys()) names.add(service);
  }
  for (const service of now.services.keys()) names.add(service);
  const tests = (ids.size + names.size) * 24;
  const found: Finding[] = [];

  for (const id of ids) {
    const series = look.recent.templates.get(id);
    const lines = now.templates.get(id) ?? 0;
    // what fell silent is the business of `missing`
    if (lines === 0 || !series) continue;
    const fact = look.fact(id);
    if (fact.mark === 'noise') continue;
    const counts = like.hours.map((past) => past.templates.get(id) ?? 0);
    const isGone = look.minute - series.last() >= MISSING.leastMinutes;
    const lacking = isGone
      ? null
      : lacksBeats(
          lines,
          lastDays.map((past) => past.templates.get(id) ?? 0),
        );
    const judged =
      lacking ??
      judge(
        lines,
        { counts, days: like.days, basis: like.basis },
        { load: busyness(now, like.hours), clumps: clumpsOf(look, series), tests },
      );
    if (!judged || (judged.rises === false && severityOf(fact) !== 'info')) continue;
    const kind = severityOf(fact);
    if (
      like.basis === 'hours' &&
      !judged.isEven &&
      (!judged.rises || kind === 'info' || isEarlyHabit(look, id, lines))
    )
      continue;
    // warnings that come in bursts at one hour or another of most days
    if (judged.rises && kind === 'warn' && isHabit(look, id, { lines, anyHour: true })) continue;
    const about = {
      templateId: id,
      service: series.service || null,
      level: fact.level,
      source: series.source,
    };
    found.push(worded(look, about, { lines, like, judged, fact, series }));
  }
  if (like.basis !== 'hours')
    for (const service of names) {
      const lines = now.services.get(service) ?? 0;
      const series = look.recent.services.get(service);
      if (lines === 0 || !series) continue;
      const counts = like.hours.map((past) => past.services.get(service) ?? 0);
      const judged = judge(
        lines,
        { counts, days: like.days, basis: like.basis },
        { load: 1, clumps: clumpsOf(look, series), tests },
      );
      if (!judged) continue;
      const about = { templateId: null, service, level: null, source: series.source };
      const others = median(like.hours.map((past, i) => past.total - (counts[i] ?? 0)));
      // fewer than half of any such hour, while everybody else is as usual
      const isOwnFall =
        lines <= judged.expected / 5 || (lines < Math.min(...counts) / 2 && now.total - lines >= others / 2);
      found.push(worded(look, about, { lines, like, judged, fact: null, series, isOwnFall }));
    }
  return found;
}

/** Before weeks are known: two of the days before had nearly as many at this hour. */
function isEarlyHabit(look: DetectionWindow, id: number, lines: number): boolean {
  const hour = hourOf(look.minute * MINUTE);
  const days = [1, 2, 3, 4].filter(
    (back) => (look.hours.hour(hour - back * 24).templates.get(id) ?? 0) * RATE.near >= lines,
  );
  return days.length >= 2;
}

type Like = {
  readonly hours: readonly HourCounts[];
  readonly days: number;
  readonly basis: Baseline['basis'];
  /** the weekday was there before: Monday's nights may be none of the other days' */
  readonly knowsWeekday: boolean;
};
function likeHours(look: DetectionWindow, hour: number): Like {
  const first = hourOf(look.since);
  const days = (hour - first) / 24;
  const past = (step: number, most: number): HourCounts[] => {
    const found: HourCounts[] = [];
    for (let h = hour - step, n = 0; n < most && h > first; h -= step, n++) found.push(look.hours.hour(h));
    return found;
  };
  const weeks = past(168, RATE.weeks);
  const knowsWeekday = weeks.length > 0;
  if (weeks.length >= RATE.leastWeeks) return { hours: weeks, days, basis: 'week', knowsWeekday };
  // the same hour of days of the same kind
  const sameHours = look.habits
    .sameKind(look.minute, look.since)
    .slice(0, RATE.days)
    .map((back) => look.hours.hour(hour - back / 60));
  if (sameHours.length >= RATE.leastDays) return { hours: sameHours, days, basis: 'day', knowsWeekday };
  return { hours: past(1, RATE.hours).filter((h) => h.total > 0), days, basis: 'hours', knowsWeekday };
}
/** how much busier the hour is as a whole than those it is compared with, at least 1 */
function busyness(now: HourCounts, like: readonly HourCounts[]): number {
  const usual = median(like.map((h) => h.total));
  return usual > 0 ? Math.max(1, now.total / usual) : 1;
}

type Judged = {
  readonly rises: boolean;
  /** what comes as evenly as heartbeats do */
  readonly isEven: boolean;
  readonly expected: number;
  readonly sd: number;
  readonly z: number;
  readonly severity: 'low' | 'medium' | 'high';
};
/** How many lines come together, as the steps of one round do: of the hour before, which what is judged now does not bear on. */
const clumpsOf = (look: DetectionWindow, series: Series): number =>
  dispersion(series.bins(look.minute - 119, look.minute - 59, 5));
/**
 * Fewer lines than the hours of the days before had, most of which had the same number: one of several beats stopped. The others may be
 * this very trouble, which nobody gets used to for most of a day.
 */
function lacksBeats(lines: number, counts: readonly number[]): Judged | null {
  if (counts.length < RATE.hours) return null;
  const sorted = counts.toSorted((a, b) => a - b);
  const most = sorted.at(-1) ?? 0;
  const low = sorted[Math.floor(sorted.length * (1 - RATE.evenHours))] ?? 0;
  const isEven = low >= RATE.lines && most - low <= RATE.evenSpread * most;
  if (!isEven || lines >= (1 - RATE.evenShare) * low) return null;
  const expected = median(counts);
  const sd = Math.max(1, most - low);
  return { rises: false, isEven, expected, sd, z: (lines - expected) / sd, severity: 'medium' };
}
/** `load`: how much busier everything is; what grows only as much as everything else is no news. */
export function judge(
  lines: number,
  base: Baseline,
  { load, clumps, tests }: { readonly load: number; readonly clumps: number; readonly tests: number },
): Judged | null {
  const least =
    base.basis === 'week' ? RATE.leastWeeks : base.basis === 'day' ? RATE.leastDays : RATE.leastHours;
  if (base.counts.length < least) return null;
  const usual = base.counts.map((c) => anscombe(c * (lines > c ? load : 1)));
  const center = median(usual);
  const expected = fromAnscombe(center);
  if (Math.abs(lines - expected) < RATE.lines) return null;
  const rises = lines > expected;
  if (rises ? lines < RATE.ratio * expected : lines * RATE.ratio > expected) return null;
  // a few values say little about their spread: widened by what a t-distribution of so many would need, roughly
  const n = usual.length;
  const sd = Math.max(1, Math.sqrt(clumps), spread(usual, center)) * (1 + 4 / n);
  const z = (anscombe(lines) - center) / sd;
  const severity = grade(2 * normalTail(Math.abs(z)), tests);
  if (severity === null) return null;
  // on any of those days it was nearly as much: no news
  const apart = RATE.alike * Math.sqrt(2 * Math.max(1, clumps));
  const isNear = (c: number): boolean =>
    (rises ? c * RATE.near >= lines : c <= lines * RATE.near) ||
    (rises ? anscombe(lines) - anscombe(c) : anscombe(c) - anscombe(lines)) <= apart;
  if (base.counts.some(isNear)) return null;
  return { rises, isEven: false, expected, sd: sd * Math.max(1, Math.sqrt(expected)), z, severity };
}

function worded(
  look: DetectionWindow,
  about: Pick<Finding, 'templateId' | 'service' | 'level' | 'source'>,
  o: {
    lines: number;
    like: Like;
    judged: Judged;
    fact: TemplateFact | null;
    series: Series;
    /** of a service: it fell far, and not with everything else */
    isOwnFall?: boolean;
  },
): Finding {
  const { judged, like, fact } = o;
  const kind = fact ? severityOf(fact) : 'info';
  // fewer lines, or more of the everyday kind, are worth knowing and no more; a service far down is more than that
  const most = fact
    ? kind === 'error'
      ? 'high'
      : kind === 'warn' || judged.isEven
        ? 'medium'
        : 'low'
    : judged.rises || !o.isOwnFall || !like.knowsWeekday
      ? 'low'
      : 'medium';
  const finding = {
    ...about,
    kind: 'rate',
    severity: atMost(judged.severity, fact?.mark === 'known' ? 'low' : most),
    from: judged.rises
      ? riseBegan(o.series, { from: look.minute - 59, end: look.minute + 1, expected: judged.expected })
      : (look.minute - 59) * MINUTE,
    at: endOf(look),
    observed: o.lines,
    expected: judged.expected,
    sd: judged.sd,
    score: judged.z,
    windowMs: HOUR,
    baselineDays: Math.min(like.days, (RATE.weeks * 7 * DAY) / DAY),
    learning: like.basis !== 'week',
  } as const;
  return { ...finding, words: wordRate(finding, fact, like.basis) };
}
