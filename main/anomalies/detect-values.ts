import type { HoleStats, LogLine } from '../api/contract/logs.ts';
import { readQuantity } from '../logs/index.ts';
import { MINUTE, SCAN, VALUE } from './config.ts';
import { median, upperTail } from './count-tails.ts';
import { gravity } from './gravity.ts';
import { atMost, grade } from './look.ts';
import type { Finding, TemplateFact } from './types.ts';
import { wordValue } from './word-anomaly.ts';

/** Numeric figures of a hole that can be judged. */
export type Range = {
  readonly hole: number;
  readonly isDuration: boolean;
  readonly numbers: NonNullable<HoleStats['numbers']>;
};
export const rangesOf = (stats: readonly HoleStats[]): Range[] =>
  stats.flatMap((s) =>
    s.numbers && s.seen >= VALUE.seen && s.numbers.p99 > s.numbers.p01 && s.type !== 'id'
      ? [{ hole: s.hole, isDuration: s.type === 'duration', numbers: s.numbers }]
      : [],
  );

/**
 * Many of a window's values in one hole beyond the range that holds 98 % of all: above the 99th percentile, or below the first,
 * where one in a hundred is usual. Values that only ever rise are counters and have no range.
 */
export function detectValues(
  lines: readonly LogLine[],
  ranges: readonly Range[],
  o: { at: number; fact: TemplateFact; tests: number },
): Finding[] {
  const found: Finding[] = [];
  for (const { hole, isDuration, numbers } of ranges) {
    const values = lines.flatMap((line) => {
      const [start, end] = line.holes[hole] ?? [0, 0];
      const quantity = end > start ? readQuantity(line.text.slice(start, end), isDuration) : null;
      return quantity && quantity.unit === numbers.unit ? quantity.value : [];
    });
    if (values.length < VALUE.values || isCounter(values)) continue;
    const above = values.filter((v) => v > numbers.p99 + VALUE.blur * Math.abs(numbers.p99));
    const below = values.filter((v) => v < numbers.p01 - VALUE.blur * Math.abs(numbers.p01));
    const beyond = above.length >= below.length ? above : below;
    const expected = values.length * VALUE.beyond;
    if (beyond.length < Math.max(3, VALUE.ratio * expected)) continue;
    const variance = expected * 2;
    const severity = grade(upperTail(beyond.length, expected, variance), o.tests);
    if (severity === null) continue;
    const finding = {
      kind: 'value',
      severity: atMost(severity, gravity(o.fact) === 'info' ? 'medium' : 'high'),
      from: o.at - SCAN.windowMinutes * MINUTE,
      at: o.at,
      templateId: o.fact.id,
      service: lines[0]?.service ?? null,
      level: o.fact.level,
      source: lines[0]?.sourceId ?? null,
      observed: median(beyond),
      expected: numbers.p50,
      sd: numbers.sd,
      score: numbers.sd > 0 ? (median(beyond) - numbers.p50) / numbers.sd : null,
      windowMs: SCAN.windowMinutes * MINUTE,
      baselineDays: 0,
      learning: false,
    } as const;
    const share = beyond.length / values.length;
    found.push({ ...finding, words: wordValue(finding, { fact: o.fact, numbers, share }) });
  }
  // of several holes of a line the one furthest out tells
  return found.sort((a, b) => Math.abs(b.score ?? 0) - Math.abs(a.score ?? 0)).slice(0, 1);
}
function isCounter(values: readonly number[]): boolean {
  let rises = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) >= (values[i - 1] ?? 0)) rises++;
  return rises >= 0.95 * (values.length - 1);
}
