import { HABIT, LOOKBACK_MINUTES, MISSING, SOURCE_DISPERSION, TWO_SIGMA } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordSilentSource } from '../word-anomaly.ts';
import { dispersion, median, silenceChance } from './count-tails.ts';
import { absence, type DetectionWindow, endOf } from './detection-window.ts';
import { longestGap } from './even-gaps.ts';
import { hourBefore, isRenamed } from './is-renamed.ts';

/**
 * Every few minutes: a followed source without any line although days like this had lines then. While few such days are known it
 * is low and still being learned: a first Sunday is silent too. A file that was read to its end is not awaited, nor is what a
 * person paused.
 */
export function detectSilentSources(look: DetectionWindow): Finding[] {
  if ((look.minute + 1) % MISSING.everyMinutes !== 0) return [];
  const tests = look.recent.sources.size * (1440 / MISSING.everyMinutes);
  const found: Finding[] = [];
  for (const [source, series] of look.recent.sources) {
    const silent = look.minute - series.last();
    if (silent < MISSING.leastMinutes || silent > LOOKBACK_MINUTES) continue;
    const name = look.followed(source, endOf(look));
    if (name === null || silent < MISSING.usualGaps * longestGap(series, look.minute)) continue;
    const from = series.last() + 1;
    const span = {
      from: look.habits.ofThisKind(from, look.minute),
      minute: look.minute,
      since: look.since,
    };
    if (look.habits.likeDays(span.from, look.since).length < HABIT.least) continue;
    const subject = { of: 'sources', key: source } as const;
    if (look.habits.isUsualPause(subject, span) === true) continue;
    const past = look.habits.linesOnLikeDays(subject, span);
    // today is as one of them was, busy or calm; of many, the calmest may have been silent for a fault
    const days = past.toSorted((a, b) => a - b).slice(Math.floor(past.length / 10));
    const chances = days.map((lines) => silenceChance(lines, SOURCE_DISPERSION));
    if ((chances.reduce((a, b) => a + b, 0) / days.length) * tests > TWO_SIGMA) continue;
    const service = onlyService(look, source);
    if (service !== null && isRenamed(look, service, hourBefore(series.last()))) continue;
    const expected = median(past);
    const learning = look.habits.sameKind(span.from, look.since).length < HABIT.least;
    const finding = absence(look, {
      severity: learning ? 'low' : 'medium',
      from,
      source,
      service,
      expected,
      sd: Math.sqrt(expected * Math.max(SOURCE_DISPERSION, dispersion(past))),
      baselineDays: past.length,
      learning,
    });
    found.push({ ...finding, words: wordSilentSource(finding, name) });
  }
  return found;
}
/** Who writes to it, where it is one alone. */
function onlyService(look: DetectionWindow, source: string): string | null {
  const writers = [...look.recent.services.entries()].filter(([, series]) => series.source === source);
  const [only] = writers;
  return only && writers.length === 1 && only[0] !== '' ? only[0] : null;
}
