import { cellIdOf } from '../../api/contract/common.ts';
import { dateIn, instantOf } from '../../kernel/clock.ts';
import type { Reader } from '../../store/index.ts';
import { forecastsOn } from '../queries.ts';
import type { PlacementCell } from '../types.ts';
import { expectArrivals, type ForecastHour, type Opening } from './expect-arrivals.ts';
import { type Flow, learnRouting, routingFromVisits } from './learn-routing.ts';
import { type DeadlineSeen, matchLots, narrowNotice, noticeOf, poolNotices } from './match-lots.ts';
import type { CellDay } from './read-day.ts';
import type { Line } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Cells of one site and business, in the order of their steps; a process without a known place in the flow is alone. */
export const stepsOf = (cells: readonly PlacementCell[], order: ReadonlyMap<string, number>): number[][] =>
  [
    ...Map.groupBy(cells.keys(), (i) => {
      const { site, business, cell } = cells[i] ?? {};
      return order.has(cell?.process ?? '') ? `${site} ${business}` : `alone ${i}`;
    }).values(),
  ].map((members) => members.sort((a, b) => (cells[a]?.process ?? 0) - (cells[b]?.process ?? 0)));

/** What the records hold of one line: per step (in order) what came and went today and the deadlines seen, the forecast by hour. */
export type LineRecord = {
  /** indexes into the cells, in the order of the steps */
  readonly cells: readonly number[];
  readonly flows: readonly (readonly Flow[])[];
  readonly seen: readonly (readonly DeadlineSeen[])[];
  /** items forecast for today per step; 0 where nothing is */
  readonly totals: readonly number[];
  /** the first step's forecast */
  readonly hours: readonly ForecastHour[];
  readonly opening: Opening | null;
};

/**
 * What the records hold of every line at `now` (epoch ms, that of the newest snapshot). `order`: place of each process in the flow;
 * `days`: what was read of the day, by cell id.
 */
export function readLines(
  read: Reader,
  cells: readonly PlacementCell[],
  {
    now,
    zone,
    order,
    days,
  }: {
    now: number;
    zone: string;
    order: ReadonlyMap<string, number>;
    days: ReadonlyMap<string, CellDay>;
  },
): LineRecord[] {
  const today = dateIn(now, zone);
  const midnight = instantOf(today, 0, zone);
  // a site may count on past midnight (25時): the hours of yesterday's forecast that fall on today
  const yesterday = dateIn(midnight - DAY / 2, zone);
  const forecast = Map.groupBy(
    [
      ...forecastsOn(read, yesterday).filter((row) => row.hour >= 24),
      ...forecastsOn(read, today).map((row) => ({ ...row, hour: row.hour + 24 })),
    ],
    (row) => cellIdOf(row.location, row.businessId, row.process),
  );
  const hourOf = (hour: number): number => instantOf(yesterday, hour * 60, zone);
  return stepsOf(cells, order).map((steps): LineRecord => {
    const ids = steps.map((i) => cells[i]?.cell.cellId ?? '');
    const first = ids[0] ?? '';
    return {
      cells: steps,
      flows: ids.map((id) => days.get(id)?.flows ?? []),
      seen: ids.map((id) => days.get(id)?.seen ?? []),
      totals: ids.map((id) => (forecast.get(id) ?? []).reduce((sum, row) => sum + row.items, 0)),
      hours: (forecast.get(first) ?? []).map(
        (row): ForecastHour => ({ from: hourOf(row.hour), items: row.items }),
      ),
      opening: days.get(first)?.opening ?? null,
    };
  });
}

/**
 * What the records tell of every line at `now`: which deadlines go together, what share of a step's work goes where, until how long
 * before a deadline work is booked onto it, and how much is still to come.
 */
export function learnLines(
  records: readonly LineRecord[],
  { now, zone }: { now: number; zone: string },
): Line[] {
  const midnight = instantOf(dateIn(now, zone), 0, zone);
  const notices = records.map(({ seen, flows }) => noticeOf(seen[0] ?? [], flows[0] ?? []));
  const pooled = poolNotices(notices);
  return records.map(({ cells, flows, seen, totals, hours, opening }, i): Line => {
    const entering = totals[0] ?? 0;
    const visits = totals.map((total) => (total > 0 && entering > 0 ? total / entering : 1));
    return {
      cells,
      lots: matchLots(seen, { now, midnight }).map((lot) => lot.map((deadline) => (deadline - now) / MINUTE)),
      routing: learnRouting(flows, routingFromVisits(visits)),
      ...expectArrivals(hours, flows[0] ?? [], { opening, now }),
      notice: narrowNotice(notices[i] ?? pooled, pooled),
    };
  });
}
