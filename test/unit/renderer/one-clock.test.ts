import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  areaPath,
  lengthOf,
  linePath,
  moved,
  niceTicks,
  packRows,
  placeOf,
  ticksOf,
  zoomed,
} from '../../../renderer/charts/clock-scale.ts';

const HOUR = 3_600_000;
const at = (time: string): number => Date.parse(`2026-11-22T${time}:00+09:00`);
const day = { from: at('08:00'), to: at('20:00') };
const span = fc
  .tuple(fc.integer({ min: 0, max: 11 * HOUR }), fc.integer({ min: 300_000, max: HOUR }))
  .map(([from, length]) => ({ from: day.from + from, to: day.from + from + length }));

test('ticks stand on round times of the site, never closer than they can be read', () => {
  const ticks = ticksOf({ from: at('11:13'), to: at('15:13') }, 900, 'Asia/Tokyo');
  expect(ticks.map((tick) => tick.at)).toEqual(
    ['11:30', '12:00', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00'].map(at),
  );
  // a zone that is not whole hours from UTC
  const india = ticksOf({ from: at('11:00'), to: at('15:00') }, 300, 'Asia/Kolkata');
  expect(india.every((tick) => (tick.at + 5.5 * HOUR) % HOUR === 0)).toBe(true);
  expect(
    ticksOf({ from: at('20:00'), to: at('20:00') + 12 * HOUR }, 900, 'Asia/Tokyo').filter((tick) => tick.day),
  ).toEqual([{ at: Date.parse('2026-11-23T00:00:00+09:00'), day: true }]);
});

test('zooming and moving never leave what can be seen, and keep the instant under the pointer', () => {
  fc.assert(
    fc.property(
      span,
      fc.double({ min: 0.05, max: 8, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (from, factor, share) => {
        const pointed = from.from + share * lengthOf(from);
        const next = zoomed(from, factor, pointed, day);
        expect(next.from).toBeGreaterThanOrEqual(day.from);
        expect(next.to).toBeLessThanOrEqual(day.to);
        expect(placeOf(pointed, next, 100)).toBeGreaterThanOrEqual(-0.1);
        expect(placeOf(pointed, next, 100)).toBeLessThanOrEqual(100.1);
        const pushed = moved(next, (share - 0.5) * 40 * HOUR, day);
        expect(Math.abs(lengthOf(pushed) - lengthOf(next))).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('bars of one row never touch', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 300 })), {
        maxLength: 30,
      }),
      (bars) => {
        const placed = packRows(bars.map(([left, width]) => ({ left, right: left + width })));
        for (const a of placed)
          for (const b of placed)
            if (a !== b && a.row === b.row) expect(a.right <= b.left || b.right <= a.left).toBe(true);
      },
    ),
  );
});

test('a gap in the numbers stays a gap in the line', () => {
  const plot = { x: (value: number) => value, y: (value: number) => value };
  const dots = [
    { at: 0, value: 1 },
    { at: 1, value: 2 },
    { at: 2, value: null },
    { at: 3, value: 4 },
  ];
  expect(linePath(dots, plot)).toBe('M0.0 1.0L1.0 2.0M3.0 4.0');
  // one point alone has no area
  expect(areaPath(dots, plot, 9)).toBe('M0.0 1.0L1.0 2.0L1.0 9L0.0 9Z');
});

test('ticks of values are round and lie within', () => {
  expect(niceTicks(0, 1043, 4)).toEqual([0, 500, 1000]);
  expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(3, 3, 4)).toEqual([3]);
});
