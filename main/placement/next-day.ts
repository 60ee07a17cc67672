import { cellIdOf } from '../api/contract/common.ts';
import type { Rules } from '../api/contract/placement.ts';
import { dateIn, instantOf } from '../clock.ts';
import type { Reader } from '../store/index.ts';
import { stayPlan } from './arithmetic.ts';
import { NEXT_DAY } from './config.ts';
import { loadInstance } from './load-instance.ts';
import { expectedBacklog } from './proposals.ts';
import { forecastsOn, nextWorkingDay } from './queries.ts';
import type { Instance, PlacementLot } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/**
 * The start of the next day with assignments, as an instance of its own: its people, what today's will probably leave behind,
 * and what the forecast brings, due two hours after it came. Null when no such day is known yet.
 */
export function loadNextDay(read: Reader, at: number, o: { zone: string; rules: Rules }): Instance | null {
  const today = dateIn(at, o.zone);
  const last = dateIn(instantOf(today, NEXT_DAY.lookAheadDays * DAY + 1, o.zone), o.zone);
  const day = nextWorkingDay(read, today, last);
  const now = loadInstance(read, at, o);
  if (!day || !now) return null;
  const start = instantOf(day.date, day.start, o.zone);
  const instance = loadInstance(read, start, o);
  if (!instance) return null;

  const stay = stayPlan(now);
  const tonight = Math.max(0, ...now.operators.map((person) => person.until));
  const left = new Map(
    now.cells.map((cell, c) => [cell.cell.cellId, expectedBacklog(now, c, stay, tonight)]),
  );
  const close = Math.max(0, ...instance.operators.map((person) => person.until));
  const arriving = Map.groupBy(forecastsOn(read, day.date), (row) =>
    cellIdOf(row.location, row.businessId, row.process),
  );
  const cells = instance.cells.map((cell) => {
    const leftover = left.get(cell.cell.cellId) ?? cell.backlog;
    const expected = (arriving.get(cell.cell.cellId) ?? []).map((row): PlacementLot => {
      const due = (row.hour + NEXT_DAY.turnaroundHours) * 60;
      return { deadline: (instantOf(day.date, due, o.zone) - start) / MINUTE, items: row.items };
    });
    // tonight's people work the earliest deadlines first, so what is left is the last of today's lots
    const lots = [...lastItems(cell.lots, leftover), ...expected]
      .filter((lot) => lot.deadline <= close && lot.items > 0)
      .sort((a, b) => a.deadline - b.deadline);
    return { ...cell, lots, backlog: leftover };
  });
  return { ...instance, cells };
}

/** The last `items` of lots in order of deadline. */
function lastItems(lots: readonly PlacementLot[], items: number): PlacementLot[] {
  let open = items;
  return [...lots].reverse().flatMap((lot): PlacementLot[] => {
    const taken = Math.min(open, lot.items);
    open -= taken;
    return taken > 0 ? [{ ...lot, items: taken }] : [];
  });
}
