import type { Cell } from '../api/contract/common.ts';
import { addDays, dateIn } from '../kernel/clock.ts';
import { finishedPerInterval } from '../placement/index.ts';
import type { Reader } from '../store/index.ts';
import { expectArrivals } from './expect-arrivals.ts';
import { cellDay, operators, usualPace } from './queries.ts';
import type { Analytics, CellDay } from './types.ts';
import type { SiteView } from './view-site.ts';

const PACE_DAYS = 28;

/** A day of every cell, as far as it has come. @param o.span a cell's day up to an instant, epoch ms */
export function dayOfSite(
  read: Reader,
  view: SiteView,
  o: {
    readonly asOf: number;
    readonly zone: string;
    readonly span: (at: number) => { readonly from: number; readonly to: number };
  },
): NonNullable<ReturnType<Analytics['day']>> {
  const { asOf, zone, span } = o;
  const names = new Map(operators(read).map(({ id, name }) => [id, name]));
  const date = dateIn(asOf, zone);
  const isFirst = (row: (typeof view.rows)[number]): boolean =>
    view.rows.every(
      (other) =>
        other.location !== row.location ||
        other.businessId !== row.businessId ||
        (other.sequence ?? 0) >= (row.sequence ?? 0),
    );
  const pace = usualPace(read, { from: addDays(date, -PACE_DAYS), to: addDays(date, -1) });
  return {
    at: asOf,
    cells: view.rows.map((row, i): CellDay => {
      const today = span(row.dataAt);
      const snapshots = cellDay(read, row, today.from, today.to);
      return {
        cell: cellOf(row),
        sequence: row.sequence,
        snapshots,
        finished: finishedPerInterval(snapshots).map(({ from, at, items }) => ({
          from,
          at,
          items,
          certain: view.picture.certain(i, from, at),
        })),
        lots: row.lots,
        usual: pace.get(row.process) ?? 1,
        expected: expectArrivals(read, row, { date, zone: zone, first: isFirst(row) }),
        team: view.picture.team(i).map((s) => ({
          ...s,
          name: names.get(s.operatorId) ?? s.operatorId,
        })),
        deadline: row.deadline,
        pMiss: row.pOnTime === null ? null : 1 - row.pOnTime,
      };
    }),
  };
}

const cellOf = ({ cellId, location, businessId, businessName, process }: Cell): Cell => ({
  cellId,
  location,
  businessId,
  businessName,
  process,
});
