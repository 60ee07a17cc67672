// What was really late on a past day, read from its snapshots.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLateItems } from '../../../main/placement/index.ts';
import {
  clock as at,
  cellOf,
  type Fixture,
  master,
  openFixture,
  snapshots,
  ZONE,
} from '../analytics/site-fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await openFixture();
  await fixture.store.write(master());
});
afterEach(() => fixture.close());

const first = cellOf();
const second = cellOf('札幌', '523201', 'エントリ2');
const late = (process: string, deadline: number): number | null =>
  readLateItems(fixture.store.read, ZONE)({ location: '札幌', businessId: '523201', process }, deadline);
/** エントリ1 is due at 16:00 and 18:00, エントリ2 half an hour later each. */
const day = (o: { at: number; first: readonly [number, number]; second: readonly [number, number] }) =>
  fixture.store.write([
    snapshots(
      [
        {
          at: o.at,
          lots: [
            [at(16), o.first[0]],
            [at(18), o.first[1]],
          ],
          done: 400,
        },
      ],
      first,
    ),
    snapshots(
      [
        {
          at: o.at,
          lots: [
            [at(16, 30), o.second[0]],
            [at(18, 30), o.second[1]],
          ],
          done: 200,
        },
      ],
      second,
    ),
  ]);

test('is what waits with that deadline in the first snapshot at or after it, not what is due later', async () => {
  await day({ at: at(16), first: [30, 200], second: [10, 50] });
  expect(late('エントリ1', at(16))).toBe(30);
});

test('counts what is stuck at an earlier step, by the share of it that comes here', async () => {
  await day({ at: at(16, 30), first: [30, 200], second: [10, 50] });
  // エントリ2 has done half as many as エントリ1
  expect(late('エントリ2', at(16, 30))).toBe(10 + 30 / 2);
});

test('is nothing where all of the lot has passed, though later work waits', async () => {
  await day({ at: at(16, 30), first: [0, 200], second: [0, 50] });
  expect(late('エントリ2', at(16, 30))).toBe(0);
});

test('is not known without a snapshot within a quarter of an hour', async () => {
  await day({ at: at(16, 50), first: [30, 200], second: [10, 50] });
  expect(late('エントリ2', at(16, 30))).toBeNull();
});
