import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Box,
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
  type Dot = { x: number; y: number; radius: number };
  const write = (labels: ReturnType<typeof named>[], dots: Dot[] = [], kept: Box[] = []) =>
    placeLabels(labels, dots, size, kept);
  test('stand above what they name where there is room', () => {
    expect(write([named(200, 150)])).toMatchObject([{ x: 200, y: 131 }]);
  });
  test('are pushed into the frame beside its edge, and left out where what they name is outside', () => {
    expect(write([named(size.width - 10, 150)])).toMatchObject([{ x: size.width - 45 }]);
    expect(write([named(10, 5)])).toMatchObject([{ x: 45, y: 24 }]);
    expect(write([named(-5, 100), named(100, size.height + 5)])).toEqual([]);
  });
  test('go farther off where dots are in the way, and a line leads back', () => {
    const cloud = Array.from({ length: 12 }, (_, i) => ({ x: 170 + 5 * i, y: 131, radius: 4 }));
    expect(write([named(200, 150)], cloud)).toMatchObject([{ y: 169, lead: null }]);
    const wall = [...cloud, ...cloud.map((dot) => ({ ...dot, y: 169 }))];
    const [far] = write(
      [named(200, 150)],
      [...wall, { x: 240, y: 150, radius: 4 }, { x: 160, y: 150, radius: 4 }],
    );
    expect(far?.lead).not.toBeNull();
  });
  test('never hide each other, a dot, or what is kept free; a name without a place is left out', () => {
    const spot = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 500 }) });
    const dot = fc.record({ x: fc.nat(800), y: fc.nat(500), radius: fc.integer({ min: 2, max: 11 }) });
    const kept = { left: size.width - 46, right: size.width, top: 0, bottom: 112 };
    const apart = (a: Box, b: Box): boolean =>
      a.left >= b.right || a.right <= b.left || a.top >= b.bottom || a.bottom <= b.top;
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 20 }), fc.array(dot, { maxLength: 200 }), (spots, dots) => {
        const boxes = write(
          spots.map(({ x, y }) => named(x, y)),
          dots,
          [kept],
        ).map(({ x, y }) => ({ left: x - 45, right: x + 45, top: y - 9, bottom: y + 9 }));
        for (const [i, box] of boxes.entries()) {
          for (const other of [...boxes.slice(i + 1), kept]) expect(apart(box, other)).toBe(true);
          for (const { x, y, radius: r } of dots)
            expect(apart(box, { left: x - r, right: x + r, top: y - r, bottom: y + r })).toBe(true);
        }
      }),
    );
    const full = Array.from({ length: 60 * 40 }, (_, i) => ({
      x: (i % 60) * 14,
      y: Math.floor(i / 60) * 13,
      radius: 5,
    }));
    expect(write([named(400, 250)], full)).toEqual([]);
  });
});
