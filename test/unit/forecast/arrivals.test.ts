import { expect, it } from 'vitest';
import { arrivalsOf } from '../../../main/forecast/arrivals.ts';

const at = (hour: number, minute = 0, day = 20): number => Date.UTC(2026, 10, day, hour, minute);
const row = (when: number, backlog: number, done: number | null) => ({ at: when, backlog, done });

it('what came in is what was finished and what waits more than before, half-way between two snapshots', () => {
  expect(arrivalsOf([row(at(9), 50, 0), row(at(9, 10), 60, 20), row(at(9, 20), 40, 40)])).toEqual([
    { at: at(9), items: 50 },
    { at: at(9, 5), items: 30 },
    { at: at(9, 15), items: 0 },
  ]);
});
it('what came overnight is there at the first snapshot, less what waited in the evening', () => {
  expect(arrivalsOf([row(at(21, 0, 19), 30, 900), row(at(8), 130, 0), row(at(8, 10), 125, 5)])).toEqual([
    { at: at(21, 0, 19), items: 930 },
    { at: at(8), items: 100 },
    { at: at(8, 5), items: 0 },
  ]);
});
it('a counter that runs on over night is no new work', () => {
  expect(arrivalsOf([row(at(21, 0, 19), 0, 900), row(at(8), 80, 910)])[1]).toEqual({ at: at(8), items: 90 });
});
it('nothing is known without a counter', () => {
  expect(arrivalsOf([row(at(8), 10, null), row(at(9), 20, null)])).toEqual([]);
});
