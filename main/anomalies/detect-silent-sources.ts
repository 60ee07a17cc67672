import { DAY, LOOKBACK_MINUTES, MINUTE, MISSING, SILENT_SOURCE, TWO_SIGMA } from './config.ts';
import { dispersion, lowerTail, median } from './count-tails.ts';
import { endOf, type Look } from './look.ts';
import type { Series } from './series.ts';
import type { Finding } from './types.ts';
import { wordSilentSource } from './word-anomaly.ts';

/**
 * Every few minutes: a followed source without any line although it always had lines at this time of the day. Held against the
 * same minutes of the weeks before; while there are only days to go by, of the days before, and then it is low and still being
 * learned: a first Sunday is silent too. A file that was read to its end is not awaited, nor is what a person paused.
 */
export function detectSilentSources(look: Look): Finding[] {
  if ((look.minute + 1) % MISSING.everyMinutes !== 0) return [];
  const tests = look.recent.sources.size * (1440 / MISSING.everyMinutes);
  const found: Finding[] = [];
  for (const [source, series] of look.recent.sources) {
    const silent = look.minute - series.last();
    if (silent < MISSING.leastMinutes || silent > SILENT_SOURCE.longestMinutes) continue;
    const name = look.followed(source, endOf(look));
    if (name === null || silent < MISSING.usualGaps * longestGap(series, look.minute)) continue;
    const past = pastSilences(look, source, series.last() + 1);
    if (!past) continue;
    const expected = median(past.lines);
    const spread = Math.max(SILENT_SOURCE.dispersion, dispersion(past.lines));
    if (lowerTail(0, expected, expected * spread) * tests > TWO_SIGMA) continue;
    const finding = {
      kind: 'missing',
      severity: past.weekly ? 'medium' : 'low',
      from: (series.last() + 1) * MINUTE,
      at: endOf(look),
      templateId: null,
      service: null,
      level: null,
      source,
      observed: 0,
      expected,
      sd: Math.sqrt(expected * spread),
      score: null,
      windowMs: silent * MINUTE,
      baselineDays: past.lines.length * (past.weekly ? 7 : 1),
      learning: !past.weekly,
    } as const;
    found.push({ ...finding, words: wordSilentSource(finding, name) });
  }
  return found;
}

/** The longest time without a line in the look-back, minutes. */
function longestGap(series: Series, minute: number): number {
  const active = series.active(minute - LOOKBACK_MINUTES, minute + 1);
  return active.slice(1).reduce((longest, at, i) => Math.max(longest, at - (active[i] ?? at)), 1);
}

/** Lines in the same minutes of days that count; null: too few such days, or on one of them it was silent too. */
function pastSilences(
  look: Look,
  source: string,
  from: number,
): { readonly lines: readonly number[]; readonly weekly: boolean } | null {
  const at = (days: number): number => {
    const shift = (days * DAY) / MINUTE;
    if ((from - shift) * MINUTE < look.since) return -1;
    return look.linesOf(source, from - shift, look.minute + 1 - shift);
  };
  const weeks = SILENT_SOURCE.weeks.map((n) => at(7 * n));
  if (weeks.every((lines) => lines >= 0))
    return weeks.every((lines) => lines > 0) ? { lines: weeks, weekly: true } : null;
  const days = SILENT_SOURCE.days.map(at);
  return days.every((lines) => lines > 0) ? { lines: days, weekly: false } : null;
}
