import { setImmediate as pause } from 'node:timers/promises';
import { cellIdOf } from '../api/contract/common.ts';
import type { DayForecast } from '../api/contract/forecast.ts';
import { type Clock, dateIn, instantOf } from '../clock.ts';
import type { Store } from '../store/index.ts';
import { arrivalsOf } from './arrivals.ts';
import { dateAfter, datesBetween } from './calendar.ts';
import { compareDay } from './compare-day.ts';
import { type CellSlots, cellsWithProgress, companyForecast, progressCount, progressOf } from './queries.ts';
import { type ArrivalDay, BLOCK_MINUTES, BLOCKS } from './site-day.ts';

const MINUTE = 60_000;
/** Ordinary days weigh next to nothing long before; holidays and month ends are rare. */
const HISTORY_DAYS = 120;
/** A cell that has said nothing for so long is not forecast. */
const SILENT_DAYS = 14;

export interface Forecasts {
  /** One cell's day: ours beside the company's, what came in, how near both were on the days before. `date`: default today. */
  day(o: CellSlots & { readonly date?: string | undefined }): Promise<DayForecast>;
  /** Every cell with recent data on a date. */
  days(date: string): Promise<DayForecast[]>;
}

/** Forecasts of what will come in, from the snapshots in the copy. Past days are read once and kept until their rows change. */
export function createForecasts(o: { store: Store; clock: Clock; zone: () => string }): Forecasts {
  const { read } = o.store;
  const kept = new Map<string, { mark: string; days: readonly ArrivalDay[] }>();
  const midnight = (date: string): number => instantOf(date, 0, o.zone());
  const idOf = (cell: CellSlots): string => cellIdOf(cell.location, cell.businessId, cell.process);

  /** What came in on a date; null without snapshots. `newest`: instant of its last one. */
  const dayOf = (cell: CellSlots, date: string): (ArrivalDay & { newest: number }) | null => {
    const from = midnight(date);
    const rows = progressOf(read, cell, from, midnight(dateAfter(date, 1)));
    const last = rows.at(-1);
    if (!last) return null;
    const before = progressOf(read, cell, from - 24 * 60 * MINUTE, from).slice(-1);
    const blocks = new Array<number>(BLOCKS).fill(0);
    for (const { at, items } of arrivalsOf([...before, ...rows])) {
      const block = Math.min(BLOCKS - 1, Math.floor((at - from) / (BLOCK_MINUTES * MINUTE)));
      // the last snapshot before midnight only tells where the day began
      if (block >= 0) blocks[block] = (blocks[block] ?? 0) + items;
    }
    return { date, blocks, newest: last.at };
  };
  /** The days before today, read one by one so that nothing else waits for long. */
  const historyOf = async (cell: CellSlots, today: string): Promise<readonly ArrivalDay[]> => {
    const first = dateAfter(today, -HISTORY_DAYS);
    const count = progressCount(read, cell, midnight(first), midnight(today));
    const mark = [o.zone(), today, count].join('|');
    const known = kept.get(idOf(cell));
    if (known?.mark === mark) return known.days;
    const days: ArrivalDay[] = [];
    for (const date of datesBetween(first, today)) {
      const day = dayOf(cell, date);
      if (!day) continue;
      days.push(day);
      await pause();
    }
    kept.set(idOf(cell), { mark, days });
    return days;
  };
  const forecastOf = async (cell: CellSlots, wanted?: string): Promise<DayForecast> => {
    const today = dateIn(o.clock.now(), o.zone());
    const date = wanted ?? today;
    const history = await historyOf(cell, today);
    const now = date === today ? dayOf(cell, date) : null;
    const hours = Map.groupBy(companyForecast(read, cell, history[0]?.date ?? date, date), (row) => row.date);
    return compareDay({
      cell: { ...cell, cellId: idOf(cell) },
      date,
      from: midnight(date),
      history,
      actual: now ?? history.find((day) => day.date === date) ?? null,
      over: date < today ? midnight(dateAfter(date, 1)) : (now?.newest ?? null),
      company: (day) => hours.get(day) ?? null,
    });
  };

  return {
    day: ({ location, businessId, process, date }) => forecastOf({ location, businessId, process }, date),
    async days(date) {
      const now = o.clock.now();
      const all: DayForecast[] = [];
      for (const cell of cellsWithProgress(read, now - SILENT_DAYS * 24 * 60 * MINUTE, now + 1)) {
        all.push(await forecastOf(cell, date));
        await pause();
      }
      return all;
    },
  };
}
