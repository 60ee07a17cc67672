import { instantOf } from '../../clock.ts';
import { at } from '../arithmetic.ts';
import { visitsOf } from '../flow/learn-routing.ts';
import type { Instance } from '../types.ts';
import type { Expected, LearntLine, LearntSite } from './learn-site.ts';
import type { Arrival, DayLine } from './types.ts';

const MINUTE = 60_000;
/** Work of an hour is taken to come in imports this far apart. */
const IMPORT_MINUTES = 10;
/** Spread of a day's arrivals around its forecast, standard deviation ÷ mean, where nothing else is known. */
const ARRIVAL_CV = 0.08;

/** Items that wait in a cell for a deadline (epoch ms). */
export type Waiting = { readonly cellId: string; readonly deadline: number; readonly items: number };

/**
 * The work of a day, line by line: what waits, what the forecast brings and onto which deadline it is booked. `whole`: from the morning
 * on, with what is there at the first count; otherwise what comes in after `start` only. `beyond`: what comes too late for the day's
 * last deadline.
 */
export function buildLines(
  instance: Instance,
  o: {
    date: string;
    start: number;
    zone: string;
    learnt: LearntSite;
    expected: readonly Expected[];
    waiting: readonly Waiting[];
    whole: boolean;
  },
): { lines: DayLine[]; beyond: Waiting[]; expected: number } {
  const minuteOf = (minuteOfDate: number): number =>
    (instantOf(o.date, minuteOfDate, o.zone) - o.start) / MINUTE;
  const forecast = Map.groupBy(o.expected, (row) => row.cellId);
  const waiting = Map.groupBy(o.waiting, (row) => row.cellId);
  const beyond: Waiting[] = [];
  let expected = 0;
  const lines = o.learnt.lines.map((line): DayLine => {
    const ids = line.cells.map((c) => at(instance.cells, c).cell.cellId);
    const opening = line.cells.map(() => line.lots.map(() => 0));
    const arrivals: Arrival[] = [];
    outsideOf(
      line,
      ids.map((id) => forecast.get(id) ?? []),
    ).forEach((hours, step) => {
      for (const { minute, items } of importsOf(step === 0 ? line.opening : null, hours)) {
        const from = minuteOf(minute);
        if (!o.whole && from <= 0) continue;
        expected += items;
        const lot = line.lots.findIndex((deadlines) => at(deadlines, step) - minute >= line.notice - 1e-6);
        if (lot < 0)
          beyond.push({ cellId: at(ids, step), deadline: instantOf(o.date, minute, o.zone), items });
        else if (from <= 0) addTo(opening[step], lot, items);
        else arrivals.push({ minute: from, step, lot, items });
      }
    });
    const lots = line.lots.map((deadlines) => deadlines.map(minuteOf));
    ids.forEach((id, s) => {
      for (const { deadline, items } of waiting.get(id) ?? []) {
        const minute = (deadline - o.start) / MINUTE;
        const distances = lots.map((lot) => Math.abs(at(lot, s) - minute));
        // what is overdue comes first
        const lot = minute <= 0 && o.whole ? 0 : distances.indexOf(Math.min(...distances));
        if (lot >= 0) addTo(opening[s], lot, items);
      }
    });
    return { cells: line.cells, lots, routing: line.routing, opening, arrivals, arrivalCv: ARRIVAL_CV };
  });
  return { lines, beyond, expected };
}
const addTo = (row: number[] | undefined, k: number, items: number): void => {
  if (row) row[k] = (row[k] ?? 0) + items;
};

/**
 * Per step, the hours of its forecast that come from outside the line. Later steps are forecast with what reaches them down the line; only
 * where that is less than half of it, the rest comes in there.
 */
function outsideOf(line: LearntLine, forecast: readonly (readonly Expected[])[]): Expected[][] {
  const visits = visitsOf(line.routing);
  const come: number[] = [];
  return forecast.map((hours, s) => {
    const total = hours.reduce((sum, row) => sum + row.items, 0);
    const passed = come.reduce((sum, items, p) => sum + items * (visits[p]?.[s] ?? 0), 0);
    const own = passed < total / 2 ? total - passed : 0;
    come.push(own);
    return own > 0 ? hours.map((row) => ({ ...row, items: (row.items * own) / total })) : [];
  });
}

/** When the forecast's work comes in, minutes of day: what is there at the first count of the day all at once, then in imports. */
function importsOf(
  opening: LearntLine['opening'] | null,
  hours: readonly Expected[],
): { minute: number; items: number }[] {
  const { minute, share } = opening ?? { minute: -1, share: 0 };
  const early = hours.filter((row) => row.hour * 60 <= minute);
  const until = early.reduce((sum, row) => sum + row.items, 0);
  const spread = (from: number, to: number, items: number): { minute: number; items: number }[] => {
    const times = Math.max(1, Math.round((to - from) / IMPORT_MINUTES));
    return Array.from({ length: times }, (_, i) => ({
      minute: from + ((i + 1) * (to - from)) / times,
      items: items / times,
    }));
  };
  const hourEnd = Math.floor(minute / 60) * 60 + 60;
  return [
    ...(until * share > 0 ? [{ minute, items: until * share }] : []),
    ...(until * (1 - share) > 0 ? spread(minute, hourEnd, until * (1 - share)) : []),
    ...hours
      .filter((row) => row.hour * 60 > minute)
      .flatMap((row) => spread(row.hour * 60, row.hour * 60 + 60, row.items)),
  ].filter(({ items }) => items > 0);
}
