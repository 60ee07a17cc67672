import { cellIdOf } from '../../api/contract/common.ts';
import { dateIn, instantOf } from '../../clock.ts';
import type { Reader } from '../../store/index.ts';
import { finishedPerInterval } from '../finished.ts';
import { forecastsOn } from '../queries.ts';
import { type CellKey, type DaySnapshot, daySnapshots, deadlinesSeen } from '../site-queries.ts';
import type { PlacementCell } from '../types.ts';
import { FLOW } from './config.ts';
import { expectArrivals, type ForecastHour } from './expect-arrivals.ts';
import { type Flow, learnRouting, routingFromVisits } from './learn-routing.ts';
import { matchLots, narrowNotice, noticeOf, poolNotices } from './match-lots.ts';
import type { Line } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const idOf = (row: CellKey): string => cellIdOf(row.location_name, row.business_id, row.process_name);

/** What came in and went out between snapshots, oldest first. */
export function flowsOf(rows: readonly DaySnapshot[]): Flow[] {
  const before = new Map(rows.map((row, i) => [row.at, rows[i - 1]?.backlog ?? 0]));
  return finishedPerInterval(rows).map(({ at, items, backlog }) => ({
    at,
    items,
    arrived: Math.max(0, items + backlog - (before.get(at) ?? 0)),
  }));
}

/** Cells of one site and business, in the order of their steps; a process without a known place in the flow is alone. */
export const stepsOf = (cells: readonly PlacementCell[], order: ReadonlyMap<string, number>): number[][] =>
  [
    ...Map.groupBy(cells.keys(), (i) => {
      const { site, business, cell } = cells[i] ?? {};
      return order.has(cell?.process ?? '') ? `${site} ${business}` : `alone ${i}`;
    }).values(),
  ].map((members) => members.sort((a, b) => (cells[a]?.process ?? 0) - (cells[b]?.process ?? 0)));

/**
 * What the day's records tell of every line at `now` (epoch ms, that of the newest snapshot): which deadlines go together, what share of a
 * step's work goes where, until how long before a deadline work is booked onto it, and how much is still to come. `order`: place of
 * each process in the flow. Four reads for all lines together.
 */
export function learnLines(
  read: Reader,
  cells: readonly PlacementCell[],
  { now, zone, order }: { now: number; zone: string; order: ReadonlyMap<string, number> },
): Line[] {
  const today = dateIn(now, zone);
  const midnight = instantOf(today, 0, zone);
  const snapshots = Map.groupBy(daySnapshots(read, midnight, now), idOf);
  const seen = Map.groupBy(deadlinesSeen(read, midnight - FLOW.days * DAY, now), idOf);
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
  const drafts = stepsOf(cells, order).map((steps) => {
    const ids = steps.map((i) => cells[i]?.cell.cellId ?? '');
    const flows = ids.map((id) => flowsOf(snapshots.get(id) ?? []));
    const first = ids[0] ?? '';
    return { steps, ids, flows, first, notice: noticeOf(seen.get(first) ?? [], flows[0] ?? []) };
  });
  const pooled = poolNotices(drafts.map((draft) => draft.notice));
  return drafts.map(({ steps, ids, flows, first, notice }): Line => {
    const totals = ids.map((id) => (forecast.get(id) ?? []).reduce((sum, row) => sum + row.items, 0));
    const entering = totals[0] ?? 0;
    const visits = totals.map((total) => (total > 0 && entering > 0 ? total / entering : 1));
    const hours = (forecast.get(first) ?? []).map(
      (row): ForecastHour => ({ from: hourOf(row.hour), items: row.items }),
    );
    const opened = snapshots.get(first)?.[0];
    const opening = opened ? { at: opened.at, stock: opened.backlog + (opened.done ?? 0) } : null;
    return {
      cells: steps,
      lots: matchLots(
        ids.map((id) => seen.get(id) ?? []),
        { now, midnight },
      ).map((lot) => lot.map((deadline) => (deadline - now) / MINUTE)),
      routing: learnRouting(flows, routingFromVisits(visits)),
      ...expectArrivals(hours, flows[0] ?? [], { opening, now }),
      notice: narrowNotice(notice, pooled),
    };
  });
}
