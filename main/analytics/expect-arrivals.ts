import { addDays, instantOf } from '../kernel/clock.ts';
import type { Reader } from '../store/index.ts';
import { cellDay, forecastByHour } from './queries.ts';
import type { CellDay } from './types.ts';

type CellSlots = Parameters<typeof cellDay>[1];
const HOURS = 30;
/** What is usual on a weekday is learned from so many weeks. */
const WEEKS = 4;

/**
 * What was to come in to a process on a date, cumulative by hour: its forecast, or else (`first`: of a line) the mean of what came in on
 * the same weekday of the last weeks. Null where neither is known.
 */
export function expectArrivals(
  read: Reader,
  cell: CellSlots,
  { date, zone, first }: { date: string; zone: string; first: boolean },
): CellDay['expected'] {
  const forecast = forecastByHour(read, cell, date);
  const byHour = new Map(forecast.map((row) => [row.hour, row.items]));
  const basis = forecast.length > 0 ? 'forecast' : 'usual';
  const cumulative =
    basis === 'forecast'
      ? Array.from({ length: HOURS + 1 }, (_, hour) => sumBefore(byHour, hour))
      : first
        ? usualByHour(read, cell, { date, zone })
        : null;
  if (!cumulative) return null;
  return {
    basis,
    points: cumulative.map((items, hour) => ({ at: instantOf(date, hour * 60, zone), items })),
  };
}
const sumBefore = (byHour: ReadonlyMap<number, number>, hour: number): number =>
  [...byHour].reduce((sum, [h, items]) => (h < hour ? sum + items : sum), 0);

/** Mean over the weeks that have data of what had come in by each full hour: done plus waiting, less what was done before the first row. */
function usualByHour(
  read: Reader,
  cell: CellSlots,
  { date, zone }: { date: string; zone: string },
): number[] | null {
  const days = Array.from({ length: WEEKS }, (_, i) => addDays(date, -7 * (i + 1))).flatMap((day) => {
    const rows = cellDay(read, cell, instantOf(day, 0, zone), instantOf(day, HOURS * 60, zone)).filter(
      (row) => row.done !== null,
    );
    const begun = rows[0]?.done ?? 0;
    if (rows.length < 2) return [];
    return [
      Array.from({ length: HOURS + 1 }, (_, hour) => {
        const last = rows.findLast((row) => row.at <= instantOf(day, hour * 60, zone));
        return last ? Math.max(0, (last.done ?? 0) - begun) + last.backlog : 0;
      }),
    ];
  });
  if (days.length === 0) return null;
  // a day's count never falls, though its last rows may be missing
  let most = 0;
  return Array.from({ length: HOURS + 1 }, (_, hour) => {
    most = Math.max(most, days.reduce((sum, day) => sum + (day[hour] ?? 0), 0) / days.length);
    return most;
  });
}
