import { setImmediate as pause } from 'node:timers/promises';
import type { DayForecast } from '../analytics/contract/situation.ts';
import { cellIdOf } from '../api/contract/common.ts';
import { addDays, dateIn, instantOf } from '../kernel/clock.ts';
import type { Base } from '../store/index.ts';
import { arrivalsOf } from './arrivals.ts';
import { datesBetween } from './calendar.ts';
import { bestForecast, compareDay, type HourlyItems } from './compare-day.ts';
import { type CellSlots, cellsWithProgress, companyForecast, progressCount, progressOf } from './queries.ts';
import { type ArrivalDay, BLOCK_MINUTES, BLOCKS, recordOf, type SiteRecord } from './site-day.ts';

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;
/** Ordinary days weigh next to nothing long before; holidays and month ends are rare. */
const HISTORY_DAYS = 120;
/** A cell that has said nothing for so long is not forecast. */
const SILENT_DAYS = 14;

/** Items expected of a cell in a block of 30 minutes of a date, from this minute of day on. */
export type ExpectedItems = { readonly cellId: string; readonly minute: number; readonly items: number };
export interface Forecasts {
  /** One cell's day: ours beside the company's, what came in, how near both were on the days before. `date`: default today. */
  day(o: CellSlots & { readonly date?: string | undefined }): Promise<DayForecast>;
  /**
   * What to plan with: every cell's items per block of a date, by the forecast that was nearer of late; of a past date what it would have
   * said that morning.
   */
  expected(date: string): Promise<ExpectedItems[]>;
}
type Learned = {
  readonly mark: string;
  readonly days: readonly ArrivalDay[];
  /** of the days before today */
  readonly record: SiteRecord;
};
type Hours = (date: string) => HourlyItems | null;

/** Forecasts of what will come in, from the snapshots in the copy. Past days are read once and kept until their rows change. */
export function createForecasts(o: Pick<Base, 'store' | 'clock' | 'zone'>): Forecasts {
  const { read } = o.store;
  const kept = new Map<string, Learned>();
  const midnight = (date: string): number => instantOf(date, 0, o.zone());
  const todayNow = (): string => dateIn(o.clock.now(), o.zone());
  const idOf = (cell: CellSlots): string => cellIdOf(cell.location, cell.businessId, cell.process);

  /** What came in on a date; null without snapshots. `newest`: instant of its last one. */
  const dayOf = (cell: CellSlots, date: string): (ArrivalDay & { newest: number }) | null => {
    const from = midnight(date);
    const rows = progressOf(read, cell, from, midnight(addDays(date, 1)));
    const last = rows.at(-1);
    if (!last) return null;
    const before = progressOf(read, cell, from - DAY_MS, from).slice(-1);
    const blocks = new Array<number>(BLOCKS).fill(0);
    for (const { at, items } of arrivalsOf([...before, ...rows])) {
      const block = Math.min(BLOCKS - 1, Math.floor((at - from) / (BLOCK_MINUTES * MINUTE)));
      // the last snapshot before midnight only tells where the day began
      if (block >= 0) blocks[block] = (blocks[block] ?? 0) + items;
    }
    return { date, blocks, newest: last.at };
  };
  /** The days before today, read one by one so that nothing else waits for long. */
  const learn = async (cell: CellSlots): Promise<Learned> => {
    const today = todayNow();
    const first = addDays(today, -HISTORY_DAYS);
    const count = progressCount(read, cell, midnight(first), midnight(today));
    const mark = [o.zone(), today, count].join('|');
    const known = kept.get(idOf(cell));
    if (known?.mark === mark) return known;
    const days: ArrivalDay[] = [];
    for (const date of datesBetween(first, today)) {
      const day = dayOf(cell, date);
      if (!day) continue;
      days.push(day);
      await pause();
    }
    const learned = { mark, days, record: recordOf(days, today) };
    kept.set(idOf(cell), learned);
    return learned;
  };
  const hoursOf = (cell: CellSlots, from: string, to: string): Hours => {
    const hours = Map.groupBy(companyForecast(read, cell, from, to), (row) => row.date);
    return (date) => hours.get(date) ?? null;
  };
  const compare = (cell: CellSlots, date: string, { days, record }: Learned, company: Hours): DayForecast => {
    const today = todayNow();
    const now = date === today ? dayOf(cell, date) : null;
    return compareDay({
      cell: { ...cell, cellId: idOf(cell) },
      date,
      from: midnight(date),
      history: days,
      past: date < today ? recordOf(days, date) : record,
      actual: now ?? days.find((day) => day.date === date) ?? null,
      over: date < today ? midnight(addDays(date, 1)) : (now?.newest ?? null),
      company,
    });
  };
  const forecastOf = async (cell: CellSlots, date = todayNow()): Promise<DayForecast> => {
    const learned = await learn(cell);
    const oldest = learned.days[0]?.date ?? date;
    return compare(cell, date, learned, hoursOf(cell, oldest < date ? oldest : date, date));
  };
  const activeCells = (): CellSlots[] =>
    cellsWithProgress(read, o.clock.now() - SILENT_DAYS * DAY_MS, o.clock.now() + 1);

  return {
    day: ({ location, businessId, process, date }) => forecastOf({ location, businessId, process }, date),
    async expected(date) {
      const found: ExpectedItems[] = [];
      for (const cell of activeCells()) {
        const { days, record } = await learn(cell);
        const dates = [date, ...record.past.map((day) => day.date)].sort();
        const blocks = bestForecast(
          compareDay({
            cell: { ...cell, cellId: idOf(cell) },
            date,
            // as times of day
            from: 0,
            history: days,
            // who was nearer of late, whatever the date: a plan counts on one of the two
            past: record,
            actual: null,
            over: null,
            company: hoursOf(cell, dates[0] ?? date, dates.at(-1) ?? date),
          }),
        );
        for (const { at, items } of blocks) found.push({ cellId: idOf(cell), minute: at / MINUTE, items });
        await pause();
      }
      return found;
    },
  };
}
