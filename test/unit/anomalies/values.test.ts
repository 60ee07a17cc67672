import { expect, test } from 'vitest';
import { detectValues, rangesOf } from '../../../main/anomalies/detect-values.ts';
import type { HoleStats, LogLine } from '../../../main/api/contract/logs.ts';
import { chance } from './stage.ts';

const stats: HoleStats = {
  hole: 0,
  type: 'duration',
  seen: 5000,
  sampled: null,
  distinct: 200,
  distinctAtLeast: 200,
  top: [],
  numbers: {
    min: 5,
    p01: 10,
    p50: 40,
    p95: 70,
    p99: 80,
    max: 120,
    mean: 42,
    sd: 15,
    unit: 'ms',
    bounds: null,
    histogram: [],
  },
};
const fact = { id: 3, text: 'query finished in <*> ms', level: 'info', mark: 'none', firstAt: 0 } as const;
const lines = (values: readonly number[]): LogLine[] =>
  values.map((value, i) => {
    const text = `query finished in ${value}ms`;
    return {
      id: i,
      at: i,
      atGuessed: false,
      sourceId: 'company',
      service: 'db-main',
      level: 'info',
      host: null,
      templateId: 3,
      text,
      lines: 1,
      holes: [[18, text.length]],
      attributes: '',
      note: null,
      bookmarked: false,
    };
  });
const found = (values: readonly number[], of: readonly HoleStats[] = [stats]) =>
  detectValues(lines(values), rangesOf(of), { at: 900_000, fact, tests: 4000 });

test('a window of queries far slower than 99 of 100 ever were', () => {
  const next = chance(4);
  const usual = Array.from({ length: 40 }, () => Math.round(20 + next() * 50));
  const slow = Array.from({ length: 20 }, () => Math.round(2000 + next() * 500));
  expect(found(usual)).toEqual([]);
  const [finding] = found([...usual, ...slow]);
  expect(finding).toMatchObject({ kind: 'value', severity: 'medium', templateId: 3, expected: 40 });
  expect(finding?.observed).toBeGreaterThan(2000);
  expect(finding?.words.ja).toContain('いつもの範囲(10ms〜80ms)を外れています。15分の値の33%が範囲外');
});
test('one slow query, or a counter that only rises, is no anomaly', () => {
  expect(found([...Array.from({ length: 30 }, () => 40), 5000])).toEqual([]);
  expect(found(Array.from({ length: 40 }, (_, i) => 1000 + i))).toEqual([]);
});
test('a hole with few values so far has no range', () => {
  expect(rangesOf([{ ...stats, seen: 100 }])).toEqual([]);
  expect(rangesOf([{ ...stats, type: 'id' }])).toEqual([]);
});
test('values at the rim of a narrow range are in it: percentiles are known to about a hundredth of themselves', () => {
  const narrow = { min: 95, p01: 94.6, p50: 96.5, p95: 97.3, p99: 97.3, max: 98, mean: 96.5, sd: 1.1 };
  const full = { ...stats, numbers: { ...narrow, unit: 'ms', bounds: null, histogram: [] } };
  const values = Array.from({ length: 60 }, (_, i) => 95 + ((3 * i) % 6));
  expect(found(values, [full])).toEqual([]);
});
