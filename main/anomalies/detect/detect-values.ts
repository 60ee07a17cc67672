import type { LogLine } from '../../logs/contract/logs.ts';
import { DRIFT, HOUR, VALUE } from '../config.ts';
import type { Finding, TemplateFact } from '../types.ts';
import { wordDrift, wordValue } from '../word-anomaly.ts';
import { median, upperTail } from './count-tails.ts';
import { atMost, grade } from './detection-window.ts';
import type { Drifting } from './learn-drift.ts';
import type { Range } from './learn-values.ts';
import { severityOf } from './severity-of.ts';

/**
 * Many of a window's values in one place beyond the range that held 98 % of those before: above the 99th percentile, or below the
 * first, where one in a hundred is usual. Until a whole day is known, only what lies farther out than the range is wide: what comes
 * at other hours has not been seen yet. A value of a place that seldom has one is news when it lies that far out. `isBeyond`: out of
 * the range, whether that is worth a finding or not.
 */
export function detectValues(
  values: readonly number[],
  range: Range,
  o: { from: number; at: number; fact: TemplateFact; line: LogLine | undefined; tests: number },
): { readonly isBeyond: boolean; readonly finding: Finding | null } {
  const within = { isBeyond: false, finding: null };
  if (range.isSparse ? values.length === 0 : values.length < VALUE.values) return within;
  const learning = range.days < VALUE.learnDays;
  const expected = values.length * VALUE.beyond;
  const enough = range.isSparse ? values.length : Math.max(3, VALUE.ratio * expected);
  if (outOf(range, values, 0).length < enough) return within;
  const beyond = outOf(range, values, learning || range.isSparse ? range.p99 - range.p01 : 0);
  const unsaid = { isBeyond: true, finding: null };
  if (beyond.length < enough) return unsaid;
  // of a few values chance says little; most of them farther out than the range is wide say enough
  const far = outOf(range, values, range.p99 - range.p01).length >= VALUE.farShare * values.length;
  const severity =
    grade(upperTail(beyond.length, expected, expected * 2), o.tests) ?? (far && !learning ? 'medium' : null);
  if (severity === null) return unsaid;
  const finding = {
    kind: 'value',
    severity: atMost(severity, severityOf(o.fact) === 'info' || learning ? 'medium' : 'high'),
    from: o.from,
    at: o.at,
    templateId: o.fact.id,
    service: o.line?.service ?? null,
    level: o.fact.level,
    source: o.line?.sourceId ?? null,
    observed: median(beyond),
    expected: range.p50,
    sd: range.sd,
    score: range.sd > 0 ? (median(beyond) - range.p50) / range.sd : null,
    windowMs: o.at - o.from,
    baselineDays: range.days,
    learning,
  } as const;
  const share = beyond.length / values.length;
  const words = wordValue(finding, { fact: o.fact, numbers: range, share });
  return { isBeyond: true, finding: { ...finding, words } };
}
/** What says that a number moves out of its range faster than it usually does, and when it will be at its end. */
export function driftFinding(
  drifting: Drifting,
  range: Range,
  o: { from: number; at: number; fact: TemplateFact; line: LogLine | undefined; isPercent: boolean },
): Finding {
  const { now, change } = drifting;
  const finding = {
    kind: 'value',
    severity: 'medium',
    from: o.from,
    at: o.at,
    templateId: o.fact.id,
    service: o.line?.service ?? null,
    level: o.fact.level,
    source: o.line?.sourceId ?? null,
    observed: now,
    expected: range.p50,
    sd: range.sd,
    score: range.sd > 0 ? (now - range.p50) / range.sd : null,
    windowMs: DRIFT.hours * HOUR,
    baselineDays: range.days,
    learning: false,
  } as const;
  // a share ends at 100 %, what is left of something at nothing
  const end = change > 0 ? (o.isPercent || range.unit === '%' ? 100 : null) : range.p01 >= 0 ? 0 : null;
  const reached =
    end === null || (end - now) * change <= 0
      ? null
      : { end, inMs: ((end - now) / change) * DRIFT.hours * HOUR };
  return { ...finding, words: wordDrift(finding, { fact: o.fact, drifting, unit: range.unit, reached }) };
}
/** The values above the range, or those below it, whichever are more; by more than `far`. */
function outOf({ p01, p99, isSparse }: Range, values: readonly number[], far: number): number[] {
  // what hardly varies, as a temperature that is kept, is far out before it is so by a share of itself; of few values the width says little
  const narrow = isSparse ? Number.POSITIVE_INFINITY : VALUE.blurOfWidth * (p99 - p01);
  const margin = (end: number): number => Math.min(VALUE.blur * Math.abs(end), narrow) + far;
  const above = values.filter((v) => v > p99 + margin(p99));
  const below = values.filter((v) => v < p01 - margin(p01));
  return above.length >= below.length ? above : below;
}
