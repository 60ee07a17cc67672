import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterMap } from '../../../main/clusters/contract/clusters.ts';
import { type MapPoint, packMap, pointsOf } from '../../../main/clusters/contract/map-points.ts';
import { LEVELS } from '../../../main/logs/contract/logs.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const instant = fc.integer({ min: 1_100_000_000_000, max: 1_900_000_000_000 });
const point: fc.Arbitrary<MapPoint> = fc
  .record({
    id: fc.nat(),
    x: share,
    y: share,
    clusterId: fc.option(fc.integer({ min: 1 })),
    service: fc.option(fc.string()),
    level: fc.option(fc.constantFrom(...LEVELS)),
    lines: fc.nat(),
    severity: fc.option(fc.constantFrom('low', 'medium', 'high')),
    novelty: share,
    seen: fc.option(fc.tuple(instant, instant)),
  })
  .map(({ seen, ...rest }) => ({
    ...rest,
    firstAt: seen && Math.min(...seen),
    lastAt: seen && Math.max(...seen),
  }));

describe('the map on its way to a page', () => {
  it('is what it was, places to a pixel and times to a second', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), (points) => {
        const map = packMap({ at: 1, tookMs: 2, points });
        expect(ClusterMap.parse(JSON.parse(JSON.stringify(map)))).toEqual(map);
        const read = pointsOf(map);
        expect(read).toHaveLength(points.length);
        for (const [i, { x, y, novelty, firstAt, lastAt, ...rest }] of points.entries()) {
          const back = read[i];
          expect(back).toMatchObject(rest);
          expect(back?.x).toBeCloseTo(x, 4);
          expect(back?.y).toBeCloseTo(y, 4);
          expect(back?.novelty).toBeCloseTo(novelty, 2);
          for (const [was, is] of [
            [firstAt, back?.firstAt],
            [lastAt, back?.lastAt],
          ])
            expect(was === null ? is : Math.abs((is ?? 0) - (was ?? 0)) < 1000).toBe(
              was === null ? null : true,
            );
        }
      }),
    );
  });

  it('is about a megabyte for twenty thousand templates', () => {
    const points = Array.from(
      { length: 20_000 },
      (_, i): MapPoint => ({
        id: 100_000 + i,
        x: (i * 0.61803) % 1,
        y: (i * 0.41421) % 1,
        clusterId: i % 3 ? 10_000 + (i % 800) : null,
        service: `jp.co.site.service-${i % 60}`,
        level: 'error',
        lines: 1000 + i,
        severity: null,
        novelty: (i % 97) / 97,
        firstAt: 1_700_000_000_000 + i * 380_000,
        lastAt: 1_700_000_000_000 + i * 390_000,
      }),
    );
    expect(JSON.stringify(packMap({ at: 1, tookMs: 2, points })).length).toBeLessThan(1_200_000);
  });
});
