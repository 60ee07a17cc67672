import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSlow, type Worked } from '../../../main/timeline/find-slow.ts';

const MINUTE = 60_000;
/** Poisson by inversion from shares that are given, so that a case can be shrunk. */
const poisson = (mean: number, share: number): number => {
  let left = share;
  let p = Math.exp(-mean);
  let k = 0;
  while (left > p && k < 1000) {
    left -= p;
    k++;
    p *= mean / k;
  }
  return k;
};
/** A team planned to do `planned` items every two minutes, at this pace in each interval. */
const day = (pace: readonly number[], planned: number, share: (i: number) => number): Worked[] =>
  pace.map((p, i) => ({
    from: i * 2 * MINUTE,
    at: (i + 1) * 2 * MINUTE,
    items: poisson(p * planned, share(i)),
    planned,
    busy: true,
  }));
/** a fixed, well mixed sequence in [0, 1) */
const mixed = (seed: number) => (i: number) => {
  let x = Math.imul(seed * 7919 + i + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  return ((x ^ (x >>> 13)) >>> 0) / 4294967296;
};

describe('a slow time', () => {
  it('is found when the pace falls to a fifth, with its beginning and its end', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const pace = Array.from({ length: 150 }, (_, i) => (i >= 60 && i < 90 ? 0.2 : 1));
      const { slow } = findSlow(day(pace, 12, mixed(seed)), 1);
      expect(slow).toHaveLength(1);
      expect(Math.abs((slow[0]?.from ?? 0) / MINUTE - 120)).toBeLessThanOrEqual(12);
      expect(Math.abs((slow[0]?.until ?? 0) / MINUTE - 180)).toBeLessThanOrEqual(12);
      expect(slow[0]?.ratio).toBeLessThan(0.4);
    }
  });
  it('is open while the pace has not come back', () => {
    const pace = Array.from({ length: 80 }, (_, i) => (i >= 70 ? 0.05 : 1));
    expect(findSlow(day(pace, 12, mixed(3)), 1).slow).toMatchObject([{ until: null }]);
  });
  it('is not found in a day at the usual pace, whatever that is, nor at one a quarter below', () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++)
      for (const pace of [0.75, 1, 1.2])
        found += findSlow(
          day(
            Array.from({ length: 240 }, () => pace),
            10,
            mixed(seed * 3),
          ),
          1,
        ).slow.length;
    // 300 days of eight hours
    expect(found).toBeLessThanOrEqual(3);
  });
  it('is not seen where nothing waits, nobody works, or late comers leave in doubt who was there', () => {
    const pace = Array.from({ length: 100 }, (_, i) => (i >= 50 ? 0 : 1));
    const worked = day(pace, 12, mixed(1)).map((w, i) => ({ ...w, busy: i < 50 }));
    expect(findSlow(worked, 1).slow).toEqual([]);
    expect(
      findSlow(
        worked.map((w) => ({ ...w, planned: 0, busy: true })),
        1,
      ).slow,
    ).toEqual([]);
  });
  it('never begins before the day, ends before it begins, or overlaps another', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            items: fc.nat(40),
            planned: fc.double({ min: 0, max: 40, noNaN: true }),
            busy: fc.boolean(),
          }),
          {
            maxLength: 300,
          },
        ),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (rows, usual) => {
          const worked = rows.map((row, i) => ({ ...row, from: i * MINUTE, at: (i + 1) * MINUTE }));
          const { pace, slow } = findSlow(worked, usual);
          expect(Number.isFinite(pace)).toBe(true);
          slow.forEach((s, i) => {
            expect(s.from).toBeGreaterThanOrEqual(slow[i - 1]?.until ?? 0);
            expect(s.until ?? worked.length * MINUTE).toBeGreaterThanOrEqual(s.from);
            expect(Number.isFinite(s.ratio + s.strength)).toBe(true);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
