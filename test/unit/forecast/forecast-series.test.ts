import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastSeries } from '../../../main/forecast/index.ts';

/** mulberry32 */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
/** A day of 8 values and a week of 56, with noise. */
const weekly = (n: number, seed: number, base = 100): number[] => {
  const draw = chance(seed);
  return Array.from(
    { length: n },
    (_, t) =>
      base +
      30 * Math.sin((2 * Math.PI * t) / 8) +
      10 * Math.cos((2 * Math.PI * t) / 56) +
      8 * (draw() + draw() - 1),
  );
};
const SEASONS = [8, 56];
const close = (a: readonly number[], b: readonly number[], unit: number): void => {
  expect(a).toHaveLength(b.length);
  for (const [i, v] of a.entries()) expect(Math.abs(v - (b[i] ?? 0)) / unit).toBeLessThan(1e-6);
};

describe('a forecast of a series', () => {
  it('has one value, and an interval around it, for every step asked for', () => {
    for (const horizon of [1, 7, 100]) {
      const f = forecastSeries(weekly(300, 1), { horizon, seasons: SEASONS });
      expect([f.forecast.length, f.lower.length, f.upper.length]).toEqual([horizon, horizon, horizon]);
      f.forecast.forEach((v, i) => {
        expect(f.lower[i]).toBeLessThanOrEqual(v);
        expect(f.upper[i]).toBeGreaterThanOrEqual(v);
      });
    }
  });
  it('follows the day and the week it has seen', () => {
    const all = weekly(448, 2);
    const f = forecastSeries(all.slice(0, 392), { horizon: 56, seasons: SEASONS });
    const miss = all.slice(392).reduce((sum, v, i) => sum + Math.abs(v - (f.forecast[i] ?? 0)), 0) / 56;
    // the noise alone has a mean of 2.7
    expect(miss).toBeLessThan(4);
    const held = all.slice(392).filter((v, i) => v >= (f.lower[i] ?? 0) && v <= (f.upper[i] ?? 0)).length;
    expect(held).toBeGreaterThan(56 * 0.85);
  });
  it('goes on with a straight line', () => {
    const f = forecastSeries(
      Array.from({ length: 50 }, (_, i) => 3 + 2 * i),
      { horizon: 5, seasons: [] },
    );
    close(f.forecast, [103, 105, 107, 109, 111], 1);
  });
  it('stays where a constant series is, and is sure of it', () => {
    const f = forecastSeries(
      Array.from({ length: 60 }, () => 7),
      { horizon: 4, seasons: [7] },
    );
    close(f.forecast, [7, 7, 7, 7], 1);
    close(f.lower, [7, 7, 7, 7], 1);
    close(f.upper, [7, 7, 7, 7], 1);
  });
  it('is the same in other units', () => {
    const y = weekly(300, 3);
    const f = forecastSeries(y, { horizon: 60, seasons: SEASONS });
    for (const unit of [1e-6, 3, 1e9]) {
      const g = forecastSeries(
        y.map((v) => v * unit),
        { horizon: 60, seasons: SEASONS },
      );
      close(
        g.forecast,
        f.forecast.map((v) => v * unit),
        100 * unit,
      );
      close(
        g.upper,
        f.upper.map((v) => v * unit),
        100 * unit,
      );
    }
  });
  it('moves with the level of a series that goes below zero', () => {
    const y = weekly(300, 4, -500);
    const f = forecastSeries(y, { horizon: 30, seasons: SEASONS });
    const g = forecastSeries(
      y.map((v) => v - 1000),
      { horizon: 30, seasons: SEASONS },
    );
    // one method is relative to the level, so not to the last digit
    for (const [i, v] of f.forecast.entries())
      expect(Math.abs((g.forecast[i] ?? 0) + 1000 - v)).toBeLessThan(4);
  });
  it('of counts is never negative', () => {
    const draw = chance(5);
    const y = Array.from({ length: 200 }, (_, t) => (t % 8 < 5 ? 0 : Math.floor(draw() * 3)));
    const f = forecastSeries(y, { horizon: 40, seasons: [8] });
    expect(Math.min(...f.forecast, ...f.lower)).toBeGreaterThanOrEqual(0);
  });
  it('is made of numbers whatever the series is', () => {
    const draw = chance(6);
    const odd: number[][] = [
      [1, 2, 3, 4],
      [0, 0, 0, 0, 0],
      [-1, 1, -1, 1, -1, 1],
      Array.from({ length: 30 }, (_, i) => 10 ** (i * 10)),
      Array.from({ length: 100 }, () => (draw() < 0.95 ? 0 : 1e308)),
      Array.from({ length: 64 }, (_, i) => 2 ** i),
      Array.from({ length: 17 }, () => -1e-300 * draw()),
      Array.from({ length: 113 }, () => Math.round(draw() * 4) - 2),
    ];
    for (const y of odd)
      for (const seasons of [[], [8], [8, 56], [1, 0, 5], [1000]]) {
        const f = forecastSeries(y, { horizon: 20, seasons });
        expect([...f.forecast, ...f.lower, ...f.upper].every(Number.isFinite)).toBe(true);
      }
  });
  it('is made of numbers of any series of any length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 4, maxLength: 80 }),
        fc.array(fc.nat(40), { maxLength: 2 }),
        fc.integer({ min: 1, max: 90 }),
        (y, seasons, horizon) => {
          const f = forecastSeries(y, { horizon, seasons });
          expect(f.forecast).toHaveLength(horizon);
          expect([...f.forecast, ...f.lower, ...f.upper].every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });
  it('gives the methods that were right in the past the larger share', () => {
    const { weights } = forecastSeries(
      Array.from({ length: 80 }, (_, i) => [5, 9, 1, 4][i % 4] ?? 0),
      { horizon: 4, seasons: [4] },
    );
    expect(weights.reduce((sum, w) => sum + w.weight, 0)).toBeCloseTo(1);
    expect(weights[0]?.weight).toBeGreaterThan(0.2);
    expect(weights.find((w) => w.method === 'naive-1')?.weight).toBeLessThan(1e-6);
  });
});
