import { cellIdOf } from '../api/contract/common.ts';
import type { Rules } from '../api/contract/placement.ts';
import { dateIn, instantOf } from '../clock.ts';
import type { Reader } from '../store/index.ts';
import { stayPlan } from './arithmetic.ts';
import { NEXT_DAY } from './config.ts';
import { loadInstance } from './load-instance.ts';
import { expectedBacklog } from './proposals.ts';
import { deadlinesBetween, forecastsOn, nextWorkingDay } from './queries.ts';
import type { Instance, PlacementLot } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/**
 * The start of the next day with assignments, as an instance of its own: its people, what today's will probably leave behind,
 * and what the forecast brings. Work is due at today's times of day: at the first one two hours or more after it came, what is
 * overdue by then at the first. Null when no such day is known yet.
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
  const minuteOf = (minuteOfDate: number): number =>
    (instantOf(day.date, minuteOfDate, o.zone) - start) / MINUTE;
  const id = (row: { location: string; businessId: string; process: string }): string =>
    cellIdOf(row.location, row.businessId, row.process);
  const times = Map.groupBy(deadlinesBetween(read, instantOf(today, 0, o.zone), at), id);
  const arriving = Map.groupBy(forecastsOn(read, day.date), id);

  const cells = instance.cells.map((cell) => {
    const { cellId } = cell.cell;
    const deadlines = (times.get(cellId) ?? [])
      .map((row) => minuteOf((row.deadline - instantOf(today, 0, o.zone)) / MINUTE))
      .filter((deadline) => deadline > 0 && deadline <= close)
      .sort((a, b) => a - b);
    const due = new Map<number, number>();
    const add = (deadline: number, items: number): void => {
      if (items > 0) due.set(deadline, (due.get(deadline) ?? 0) + items);
    };
    const leftover = left.get(cellId) ?? cell.backlog;
    // tonight's people work the earliest deadlines first, so what is left is the last of today's lots
    for (const lot of lastItems(cell.lots, leftover))
      add(lot.deadline > 0 ? lot.deadline : (deadlines[0] ?? close), lot.items);
    for (const row of arriving.get(cellId) ?? []) {
      const ready = minuteOf((row.hour + NEXT_DAY.turnaroundHours) * 60);
      const deadline = deadlines.find((minute) => minute >= ready);
      // what comes too late for the day's last deadline belongs to the day after
      if (deadline !== undefined) add(deadline, row.items);
    }
    const lots = [...due]
      .map(([deadline, items]): PlacementLot => ({ deadline, items }))
      .sort((a, b) => a.deadline - b.deadline);
    // what stands still tonight is taken to go on by then
    const { standstill: _, ...running } = cell;
    return { ...running, lots, backlog: leftover };
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
