import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dotAt,
  gridOf,
  inside,
  placeLabels,
  project,
  unproject,
  type View,
  WHOLE,
  zoomView,
} from '../../../renderer/charts/map-view.ts';

const size = { width: 800, height: 500 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const view: fc.Arbitrary<View> = fc.record({
  zoom: fc.double({ min: 0.5, max: 40, noNaN: true }),
  x: fc.integer({ min: -4000, max: 4000 }),
  y: fc.integer({ min: -4000, max: 4000 }),
});

test('a place on the canvas and back is the same place', () => {
  fc.assert(
    fc.property(share, share, view, (x, y, v) => {
      const back = unproject(project({ x, y }, v, size), v, size);
      expect(back.x).toBeCloseTo(x, 6);
      expect(back.y).toBeCloseTo(y, 6);
    }),
  );
});

test('zooming keeps the point under the pointer where it is', () => {
  fc.assert(
    fc.property(share, share, view, fc.double({ min: 0.2, max: 5, noNaN: true }), (x, y, v, factor) => {
      const pointer = project({ x, y }, v, size);
      const after = project({ x, y }, zoomView(v, factor, pointer, size), size);
      expect(after.x).toBeCloseTo(pointer.x, 4);
      expect(after.y).toBeCloseTo(pointer.y, 4);
    }),
  );
});

test('the dot under the pointer is the nearest one, as if all had been measured', () => {
  const dot = fc.record({ x: share, y: share, radius: fc.integer({ min: 2, max: 12 }) });
  fc.assert(
    fc.property(fc.array(dot, { maxLength: 60 }), share, share, (dots, x, y) => {
      const pointer = project({ x, y }, WHOLE, size);
      const rim = (d: (typeof dots)[number]): number => {
        const p = project(d, WHOLE, size);
        return Math.hypot(p.x - pointer.x, p.y - pointer.y) - d.radius;
      };
      const nearest = Math.min(9, ...dots.map(rim));
      const found = dotAt(gridOf(dots), pointer, WHOLE, size, 9);
      expect(found === null ? 9 : rim(found)).toBe(nearest);
    }),
  );
});

test('a lasso holds what lies within it, whatever its shape', () => {
  const horseshoe = [
    { x: 0, y: 0 },
    { x: 3, y: 0 },
    { x: 3, y: 3 },
    { x: 2, y: 3 },
    { x: 2, y: 1 },
    { x: 1, y: 1 },
    { x: 1, y: 3 },
    { x: 0, y: 3 },
  ];
  expect(inside({ x: 0.5, y: 2 }, horseshoe)).toBe(true);
  expect(inside({ x: 2.5, y: 2 }, horseshoe)).toBe(true);
  expect(inside({ x: 1.5, y: 2 }, horseshoe)).toBe(false);
  expect(inside({ x: 4, y: 1 }, horseshoe)).toBe(false);
});

describe('names on the map', () => {
  const named = (x: number, y: number, width = 90) => ({ x, y, width });
  test('stand above what they name where there is room', () => {
    expect(placeLabels([named(200, 150)], [], size)).toMatchObject([{ x: 200, y: 131 }]);
  });
  test('are pushed into the frame beside its edge, and left out where what they name is outside', () => {
    expect(placeLabels([named(size.width - 10, 150)], [], size)).toMatchObject([{ x: size.width - 45 }]);
    expect(placeLabels([named(10, 5)], [], size)).toMatchObject([{ x: 45, y: 24 }]);
    expect(placeLabels([named(-5, 100), named(100, size.height + 5)], [], size)).toEqual([]);
  });
  test('never hide each other, and dots only where there is no better place', () => {
    const cloud = Array.from({ length: 12 }, (_, i) => ({ x: 170 + 5 * i, y: 131, radius: 4 }));
    expect(placeLabels([named(200, 150)], cloud, size)).toMatchObject([{ y: 169 }]);
    const spot = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 20 }), (spots) => {
        const written = placeLabels(
          spots.map(({ x, y }) => named(x, y)),
          [],
          size,
        );
        for (const [i, a] of written.entries())
          for (const b of written.slice(i + 1))
            expect(Math.abs(a.x - b.x) >= 90 || Math.abs(a.y - b.y) >= 18).toBe(true);
      }),
    );
  });
});
