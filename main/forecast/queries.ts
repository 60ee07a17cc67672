// What the forecast reads of the company copy. Every query is bound by an index.
import { type Reader, type Sql, sql } from '../store/index.ts';

export type CellSlots = { readonly location: string; readonly businessId: string; readonly process: string };
const ofCell = (cell: CellSlots): Sql =>
  sql`location_name = ${cell.location} AND business_id = ${cell.businessId} AND process_name = ${cell.process}`;

export type ProgressRow = { readonly at: number; readonly backlog: number; readonly done: number | null };
/** One row per snapshot of a cell in [from, to), oldest first. */
export const progressOf = (read: Reader, cell: CellSlots, from: number, to: number): ProgressRow[] =>
  read.all(sql`SELECT snapshot_time AS at, sum(max(total_waiting, 0)) AS backlog, max(entry_count) AS done
    FROM progress_snapshots WHERE ${ofCell(cell)} AND snapshot_time >= ${from} AND snapshot_time < ${to}
    GROUP BY snapshot_time ORDER BY snapshot_time`);
/** Changes when rows of a cell in [from, to) come or go; from the index alone. */
export const progressCount = (read: Reader, cell: CellSlots, from: number, to: number): number =>
  read.get<{ n: number }>(sql`SELECT count(*) AS n FROM progress_snapshots
    WHERE ${ofCell(cell)} AND snapshot_time >= ${from} AND snapshot_time < ${to}`)?.n ?? 0;

/** The cells with a snapshot in [from, to). */
export const cellsWithProgress = (read: Reader, from: number, to: number): CellSlots[] =>
  read.all(sql`SELECT DISTINCT location_name AS location, business_id AS businessId, process_name AS process
    FROM progress_snapshots WHERE snapshot_time >= ${from} AND snapshot_time < ${to}
    ORDER BY location_name, business_id, process_name`);

/** Items the company expects of a cell per hour of the dates in [from, to]; of several forecasts the last one counts. */
export const companyForecast = (
  read: Reader,
  cell: CellSlots,
  from: string,
  to: string,
): { date: string; hour: number; items: number }[] =>
  read.all(sql`SELECT forecast_date AS date, hour, max(expected_items, 0) AS items, max(forecast_id) AS newest
    FROM workload_forecasts WHERE forecast_date BETWEEN ${from} AND ${to} AND ${ofCell(cell)}
    GROUP BY forecast_date, hour ORDER BY forecast_date, hour`);
