import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likeness, recommend } from '../../../main/anomalies/compare-incidents.ts';
import { lowerTail, median, normalTail, upperTail } from '../../../main/anomalies/detect/count-tails.ts';
import { figure, shortTemplate } from '../../../main/anomalies/word-anomaly.ts';
import { hitRate as interval } from '../../../main/placement/contract/hit-rate.ts';

test('tails of counts agree with published values and with each other', () => {
  // Poisson(2): P(K ≥ 5) = 0.05265
  expect(upperTail(5, 2, 2)).toBeCloseTo(0.05265, 4);
  expect(normalTail(1.96)).toBeCloseTo(0.025, 4);
  expect(normalTail(6) / 9.866e-10).toBeCloseTo(1, 2);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.05, max: 40, noNaN: true }),
      fc.double({ min: 1, max: 4, noNaN: true }),
      (k, mean, spread) => {
        expect(upperTail(k, mean, mean * spread) + lowerTail(k - 1, mean, mean * spread)).toBeCloseTo(1, 5);
      },
    ),
  );
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0]);
});

test('how often a remedy works is known the better the more often it was tried', () => {
  expect(interval(0, 0)).toMatchObject({ low: expect.closeTo(0.05, 4), high: expect.closeTo(0.95, 4) });
  expect(interval(1, 1).low).toBeCloseTo(Math.sqrt(0.05), 4);
  expect(interval(9, 10).low).toBeGreaterThan(interval(1, 1).low);
});

const looks = (templates: number[], services: string[] = ['db'], kinds = ['spike']) => ({
  templates,
  services,
  kinds,
});
test('incidents are alike by what their templates say, then by services and kinds', () => {
  const cosine = (a: readonly number[], b: readonly number[]): number => (a[0] === 1 && b[0] === 2 ? 0.8 : 0);
  expect(likeness(looks([1]), looks([1]), cosine)).toBeCloseTo(1);
  expect(likeness(looks([1]), looks([2]), cosine)).toBeCloseTo(0.86);
  expect(likeness(looks([1]), looks([3], ['web'], ['rate']), cosine)).toBe(0);
  expect(likeness(looks([]), looks([]), cosine)).toBeCloseTo(1);
});

test('what worked more surely in more similar incidents comes first; what did not work sinks', () => {
  const remedies = ['restart', 'wait', 'call'].map((id) => ({
    id,
    title: id,
    steps: '',
    createdAt: 0,
    updatedAt: 0,
  }));
  const use = (remedyId: string, incidentId: string, worked: boolean) => ({
    remedyId,
    incidentId,
    worked,
    at: 1,
    looks: looks([1]),
  });
  const uses = [
    use('restart', 'a', true),
    use('restart', 'b', true),
    use('wait', 'a', true),
    use('wait', 'b', false),
    use('call', 'now', true),
  ];
  const found = recommend({ incidentId: 'now', remedies, uses, alike: () => 0.9 });
  expect(found.map((r) => [r.id, r.worked, r.tried])).toEqual([
    ['restart', 2, 2],
    ['wait', 1, 2],
  ]);
  expect(found[0]?.score).toBeCloseTo(interval(2, 2).low * 0.9);
  expect(recommend({ incidentId: 'now', remedies, uses, alike: () => 0.3 })).toEqual([]);

  const since = [use('restart', 'c', false), use('restart', 'd', false), use('wait', 'c', true)];
  const now = recommend({ incidentId: 'now', remedies, uses: [...uses, ...since], alike: () => 0.9 });
  expect(now.map((r) => [r.id, r.worked, r.tried])).toEqual([
    ['wait', 2, 3],
    ['restart', 2, 4],
  ]);
});

test('templates and figures as people read them', () => {
  expect(shortTemplate('connection pool timeout after <*> ms, <*> waiting')).toBe(
    'connection pool timeout after … ms, … waiting',
  );
  expect(shortTemplate('保存に失敗しました: DB応答なし 伝票=<*> <*>')).toBe(
    '保存に失敗しました: DB応答なし 伝票=…',
  );
  expect([figure(1234), figure(3.456), figure(0.04), figure(0.5)]).toEqual(['1,234', '3.5', '0.04', '0.5']);
});
