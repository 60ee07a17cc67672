import { DAY, HABIT, HOUR, LEAST_DISPERSION, LOOKBACK_MINUTES, MINUTE, SPIKE, TWO_SIGMA } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordDrip, wordSpike } from '../word-anomaly.ts';
import { dispersion, upperTail } from './count-tails.ts';
import { atMost, type DetectionWindow, endOf, grade } from './detection-window.ts';
import { isHabit } from './is-habit.ts';
import { riseBegan } from './rise-began.ts';
import { hourOf } from './series.ts';
import { severityOf } from './severity-of.ts';

/**
 * Templates with far more lines in the last minutes than the hours before let expect: at least `ratio` times, and too many for
 * chance after all tests of a day (two sigma medium, three high). What grows only with everything else is no spike, nor is what
 * every day brings at this hour. Two windows: a short one for bursts, a longer one for an error that drips.
 */
export function detectSpikes(look: DetectionWindow): Finding[] {
  const found = new Map<number, Finding>();
  SPIKE.windows.forEach((width, scale) => {
    for (const finding of spikesOf(look, width, scale))
      if (finding.templateId !== null && !found.has(finding.templateId))
        found.set(finding.templateId, finding);
  });
  return [...found.values()];
}

function spikesOf(look: DetectionWindow, width: number, scale: number): Finding[] {
  const end = look.minute + 1;
  const from = end - width;
  const past = Math.max(from - LOOKBACK_MINUTES + width, Math.floor(look.since / MINUTE));
  const minutes = look.recent.total.activeCount(past, from);
  if (minutes < SPIKE.leastMinutes) return [];
  const tests = (Math.max(40, look.recent.templates.size) * 1440) / SPIKE.windows[0];
  const all = look.recent.total.sum(from, end);
  const allBefore = look.recent.total.sum(past, from);
  const found: Finding[] = [];
  for (const [id, series] of look.recent.templates) {
    if (series.last() !== look.minute) continue;
    const drips = scale > 0;
    const count = (a: number, b: number): number => (drips ? series.activeCount(a, b) : series.sum(a, b));
    // many lines a minute are a burst, for the short window to tell
    if (drips && series.sum(from, end) > 2 * series.activeCount(from, end)) continue;
    const lines = count(from, end);
    if (lines < (SPIKE.error.lines[scale] ?? 0)) continue;
    const fact = look.fact(id);
    const kind = severityOf(fact);
    const limits = SPIKE[kind];
    if (fact.mark === 'noise' || lines < (limits.lines[scale] ?? 0)) continue;
    const before = count(past, from);
    // busier as a whole: the others' lines now against then
    const others = (all - series.sum(from, end)) / width / (allBefore - series.sum(past, from) || 1);
    const load = Math.min(8, Math.max(1, others * minutes));
    if (lines < limits.ratio * (before / minutes) * width * load) continue;
    const usual = usualRate(look, id, { before, minutes, from });
    const expected = Math.max(usual.rate * load, rateOnLikeDays(look, id)) * width;
    if (lines < limits.ratio * expected) continue;
    // how bursty it is (minutes are not: several lines at once are one), and how little is known of its rate
    const spreadOf = drips
      ? 1
      : Math.max(LEAST_DISPERSION, dispersion(series.bins(past, from, SPIKE.windows[0])));
    const variance = expected * spreadOf + expected ** 2 / (usual.lines + 0.5);
    const severity = grade(upperTail(lines, expected, variance), tests);
    if (
      severity === null ||
      isHabit(look, id, { lines: lines / Math.max(1, width / 60), anyHour: kind !== 'error' })
    )
      continue;
    const most =
      fact.mark === 'known' || kind === 'info'
        ? 'low'
        : lines < (limits.high[scale] ?? 0)
          ? 'medium'
          : 'high';
    const finding = {
      kind: 'spike',
      severity: atMost(severity, most),
      from: riseBegan(series, { from, end, expected }),
      at: endOf(look),
      templateId: id,
      service: series.service || null,
      level: fact.level,
      source: series.source,
      observed: lines,
      expected,
      sd: Math.sqrt(variance),
      score: (lines - expected) / Math.sqrt(variance),
      windowMs: width * MINUTE,
      baselineDays: (from * MINUTE - look.since) / DAY,
      learning: minutes < LOOKBACK_MINUTES / 2,
    } as const;
    found.push({ ...finding, words: drips ? wordDrip(finding, fact) : wordSpike(finding, fact) });
  }
  return found;
}

/**
 * Lines a minute to expect, and the lines this rests on: those of the look-back, or of the last days' hours, whichever are more.
 * Of the hours the busiest are left out, so that trouble of yesterday does not hide that of today; hours without any lines at all
 * do not count.
 */
function usualRate(
  look: DetectionWindow,
  id: number,
  o: { before: number; minutes: number; from: number },
): { rate: number; lines: number } {
  const last = hourOf(o.from * MINUTE) - 1;
  const counts: number[] = [];
  for (let h = last - 1; counts.length < SPIKE.hours && h > last - 14 * 24; h--) {
    if ((h + 1) * HOUR <= look.since) break;
    const hour = look.hours.hour(h);
    if (hour.total > 0) counts.push(hour.templates.get(id) ?? 0);
  }
  const kept = withoutOutliers(counts);
  const lines = kept.reduce((a, b) => a + b, 0);
  const recent = { rate: (o.before + 0.5) / o.minutes, lines: o.before };
  const long = { rate: (lines + 0.5) / (kept.length * 60), lines };
  // a day of hours says more than the last few do, which may have the beginning of what is judged
  const isKnown = kept.length >= SPIKE.hoursKnown;
  return kept.length < 3 || (!isKnown && o.before / o.minutes > long.rate) ? recent : long;
}

/**
 * Lines a minute in this hour and the one before of days like this, the busiest left out: errors of the busy hours are no news,
 * and trouble at the same time of one day is no habit.
 */
export function rateOnLikeDays(
  look: Pick<DetectionWindow, 'habits' | 'minute' | 'since'>,
  id: number,
): number {
  const subject = { of: 'templates', key: id } as const;
  const here = look.habits.hourOnLikeDays(subject, look.minute, look.since);
  const before = look.habits.hourOnLikeDays(subject, look.minute - 60, look.since);
  if (here.length < HABIT.least || before.length < here.length) return 0;
  const kept = withoutOutliers(here.map((lines, i) => lines + (before[i] ?? 0)));
  return kept.reduce((x, y) => x + y, 0) / kept.length / 120;
}

/** Without the busiest counts, as far as they are more than chance lets expect by the others: trouble of yesterday. */
function withoutOutliers(counts: readonly number[]): number[] {
  const sorted = counts.toSorted((x, y) => x - y);
  const least = sorted.length - Math.ceil(sorted.length * SPIKE.busiest);
  let sum = sorted.reduce((x, y) => x + y, 0);
  while (sorted.length > least) {
    const most = sorted.at(-1) ?? 0;
    const mean = (sum - most + 0.5) / sorted.length;
    if (upperTail(most, mean, mean * LEAST_DISPERSION) * sorted.length > TWO_SIGMA) break;
    sum -= most;
    sorted.pop();
  }
  return sorted;
}
