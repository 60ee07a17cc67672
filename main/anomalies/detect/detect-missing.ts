import { DAY, HABIT, LEAST_DISPERSION, LOOKBACK_MINUTES, MINUTE, MISSING, TWO_SIGMA } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordMissing } from '../word-anomaly.ts';
import { dispersion, median, silenceChance } from './count-tails.ts';
import { absence, type DetectionWindow } from './detection-window.ts';
import { heartbeat, missedFor } from './even-gaps.ts';
import type { Subject } from './habits.ts';
import { hourBefore, isRenamed, isReworded } from './is-renamed.ts';
import { hourOf, type Series } from './series.ts';
import { severityOf } from './severity-of.ts';

/**
 * Every few minutes: a heartbeat (a template that comes at even intervals) that stopped, and a service without lines although its
 * share of everybody's would let expect many. Only while the source itself still speaks: a site that closed for the night is silent
 * as a whole. Once an hour: a service that never before was without lines at this hour.
 */
export function detectMissing(look: DetectionWindow): Finding[] {
  const found: Finding[] = [];
  if ((look.minute + 1) % MISSING.everyMinutes === 0) found.push(...stopped(look));
  if ((look.minute + 1) % 60 === 0) found.push(...neverWithout(look));
  return found;
}

function stopped(look: DetectionWindow): Finding[] {
  const end = look.minute + 1;
  const past = Math.max(end - LOOKBACK_MINUTES, Math.floor(look.since / MINUTE));
  const tests = (look.recent.templates.size + look.recent.services.size) * (1440 / MISSING.everyMinutes);
  const found: Finding[] = [];
  const speaks = (source: string): boolean => {
    const series = look.recent.sources.get(source);
    return series !== undefined && series.activeCount(end - 5, end) >= 3;
  };
  for (const [id, series] of look.recent.templates) {
    const since = series.last() + 1;
    if (end - since < 3 || end - since > LOOKBACK_MINUTES) continue;
    const fact = look.fact(id);
    // an error that stopped is good news
    if (fact.mark === 'noise' || severityOf(fact) !== 'info') continue;
    const beat = heartbeat(series, past);
    const read = look.recent.sources.get(series.source);
    if (beat === null || !read) continue;
    const silent = missedFor(read, { from: since, end, gap: Math.max(2, beat.gap) });
    if (silent < Math.max(3, MISSING.usualGaps * beat.gap, 2 * beat.longest)) continue;
    if (byLoad(look, series, past) > TWO_SIGMA && beat.gap < 2) continue;
    if (!belongsHere(look, series, { of: 'templates', key: id }, past)) continue;
    if (isReworded(look, { service: series.service, stopped: since, rate: 1 / beat.gap })) continue;
    const finding = about(look, series, past, {
      severity: fact.mark === 'known' ? 'low' : 'medium',
      templateId: id,
      level: fact.level,
      expected: silent / beat.gap,
    });
    found.push({ ...finding, words: wordMissing(finding, fact, beat.gap) });
  }
  found.push(...longStopped(look));
  for (const [service, series] of look.recent.services) {
    const silent = end - 1 - series.last();
    if (silent < MISSING.leastMinutes || silent > LOOKBACK_MINUTES || !speaks(series.source)) continue;
    const p = Math.min(byLoad(look, series, past), byHabit(look, series, service));
    if (p * tests > TWO_SIGMA) continue;
    if (!belongsHere(look, series, { of: 'services', key: service }, past)) continue;
    if (isRenamed(look, service, hourBefore(series.last()))) continue;
    const before = series.sum(past, series.last() + 1);
    const usual = before / Math.max(1, look.recent.total.activeCount(past, series.last() + 1));
    const finding = about(look, series, past, {
      severity: 'medium',
      templateId: null,
      level: null,
      expected: usual * silent,
    });
    found.push({ ...finding, service, words: wordMissing(finding, null, 1 / usual) });
  }
  return found;
}

/** Heartbeats of longer intervals: told by days of them, and missed after two of their longest. */
function longStopped(look: DetectionWindow): Finding[] {
  const end = look.minute + 1;
  return look.habits.beats(look.dayStart, look.since).flatMap((beat) => {
    const { template, service, gap, longest } = beat;
    const limit = Math.ceil(Math.max(2 * longest, MISSING.longGaps * gap));
    const subject = { of: 'templates', key: template } as const;
    const last =
      look.recent.templates.get(template)?.last() ??
      look.minutes.active(subject, end - DAY / MINUTE, end).at(-1);
    if (last === undefined || missedFor(look.recent.total, { from: last + 1, end, gap }) < limit) return [];
    const fact = look.fact(template);
    if (fact.mark === 'noise' || severityOf(fact) !== 'info') return [];
    const span = { from: last + 1, minute: look.minute, since: look.since };
    if (look.habits.isUsualPause(subject, span)) return [];
    const finding = absence(look, {
      severity: fact.mark === 'known' ? 'low' : 'medium',
      from: last + 1,
      templateId: template,
      service: service || null,
      level: fact.level,
      expected: (look.minute - last) / gap,
      baselineDays: HABIT.beatDays,
    });
    return [{ ...finding, words: wordMissing(finding, fact, gap) }];
  });
}

/** Its silence is not how days like this go; while none is known, it was there all through the hours before. */
function belongsHere(look: DetectionWindow, series: Series, subject: Subject, past: number): boolean {
  const from = look.habits.ofThisKind(series.last() + 1, look.minute);
  const usual = look.habits.isUsualPause(subject, { from, minute: look.minute, since: look.since });
  if (usual || (subject.of === 'services' && isFewOnLikeDays(look, { series, subject, from, past })))
    return false;
  if (usual !== null) return true;
  const [first = look.minute] = series.active(past, look.minute + 1);
  return look.minute - from < 60 && first - past <= 0.2 * (from - past);
}
/** At this time the quieter days like this, or this weekday, have so few lines that none at all is nothing to tell. */
function isFewOnLikeDays(
  look: DetectionWindow,
  o: { series: Series; subject: Subject; from: number; past: number },
): boolean {
  const { series, subject, from, past } = o;
  const span = { from, minute: look.minute, since: look.since };
  const counts = look.habits.linesOnLikeDays(subject, span).sort((a, b) => a - b);
  if (counts.length === 0) return false;
  const aWeekAgo = look.habits.linesAWeekAgo(subject, span) ?? Number.POSITIVE_INFINITY;
  const expected = Math.min(counts[counts.length >> 2] ?? 0, aWeekAgo);
  // lines that come in clumps (the steps of one round) leave longer gaps than as many single ones
  const clumps = Math.max(LEAST_DISPERSION, dispersion(series.bins(past, from, 5)));
  const tests = (1440 / MISSING.everyMinutes) * look.recent.services.size;
  return silenceChance(expected, clumps) * tests > TWO_SIGMA;
}

/** How likely the silence is, given how much its source said meanwhile and the series' share of that before. */
function byLoad(look: DetectionWindow, series: Series, past: number): number {
  const source = look.recent.sources.get(series.source);
  if (!source) return 1;
  const last = series.last();
  const before = series.sum(past, last + 1);
  const others = source.sum(past, last + 1) - before;
  const since = source.sum(last + 1, look.minute + 1);
  if (before < 30 || others <= 0) return 1;
  const expected = (before / others) * since;
  const spreadOf = Math.max(LEAST_DISPERSION, dispersion(series.bins(past, last + 1, 5)));
  // the busier the rest, the more would be expected; a rest that is busy for a reason of its own must not make silence of calm
  const capped = Math.min(expected, (before / Math.max(1, last + 1 - past)) * (look.minute - last));
  return silenceChance(capped, spreadOf);
}

/** How likely the silence is on a day of this kind, given the fewest lines that any of them had in these minutes. */
function byHabit(look: DetectionWindow, series: Series, service: string): number {
  const span = { from: series.last() + 1, minute: look.minute, since: look.since };
  if (look.habits.sameKind(look.minute, look.since).length < HABIT.least) return 1;
  const counts = look.habits.linesOnLikeDays({ of: 'services', key: service }, span);
  // a few days say little about how much they differ
  const clumps = Math.max(LEAST_DISPERSION, dispersion(counts)) * (1 + 4 / counts.length);
  return silenceChance(Math.min(...counts), clumps);
}

/** Services that were there at this hour on every like day, while the rest of their source speaks: a file read to its end does not. */
function neverWithout(look: DetectionWindow): Finding[] {
  const hour = hourOf(look.minute * MINUTE);
  const now = look.hours.hour(hour);
  if (now.total === 0) return [];
  const backs = look.habits.likeDays(look.minute, look.since);
  if (backs.length < HABIT.least) return [];
  const [newest = 0] = backs;
  const known = look.habits.sameKind(look.minute, look.since).length >= HABIT.least;
  const found: Finding[] = [];
  for (const [service, from] of look.hours.hour(hour - newest / 60).speakers) {
    if (now.services.has(service) || look.recent.services.has(service)) continue;
    if (now.sources.keys().every((source) => !from.has(source))) continue;
    const counts = look.habits.hourOnLikeDays({ of: 'services', key: service }, look.minute, look.since);
    if (Math.min(...counts) < MISSING.hourLines || isRenamed(look, service, hour - newest / 60)) continue;
    const finding = absence(look, {
      severity: known ? 'medium' : 'low',
      from: hour * 60,
      service,
      expected: median(counts),
      baselineDays: backs.length,
      learning: !known,
    });
    found.push({ ...finding, words: wordMissing(finding, null, 60 / median(counts)) });
  }
  return found;
}

function about(
  look: DetectionWindow,
  series: Series,
  past: number,
  o: Pick<Finding, 'severity' | 'templateId' | 'level' | 'expected'>,
): Omit<Finding, 'words'> {
  const from = series.last() + 1;
  const isStrange = look.habits.isStrange(look.minute, look.since);
  return absence(look, {
    from,
    service: series.service || null,
    source: series.source,
    baselineDays: ((look.minute - past) * MINUTE) / DAY,
    learning: isStrange || look.minute - past < LOOKBACK_MINUTES / 2,
    ...o,
    severity: isStrange ? 'low' : o.severity,
  });
}
