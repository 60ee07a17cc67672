// The SQL of situation and detail. Each query is bound by an index and a limit.
import { list, progressRows, type Reader, type Sql, sql } from '../store/index.ts';

/** Changes whenever something may have changed that the situation is made of. */
export function changeMark(read: Reader, now: number, since: string): string {
  const row = read.get<Record<string, string | number | null>>(sql`SELECT
    (SELECT max(snapshot_time) FROM progress_snapshots WHERE snapshot_time <= ${now}) AS newest,
    (SELECT max(rowid) FROM progress_snapshots) AS snapshots,
    (SELECT max(rowid) FROM daily_assignments) AS assignments,
    (SELECT max(rowid) FROM attendance_records) AS attendance,
    (SELECT max(rowid) FROM assignment_adjustments) AS adjustments,
    (SELECT max(rowid) FROM workload_forecasts) AS forecasts,
    (SELECT max(rowid) FROM operators) AS operators,
    (SELECT max(rowid) FROM operator_process_capabilities) AS capabilities,
    (SELECT max(rowid) FROM businesses) AS businesses,
    (SELECT total(rows_read) || ',' || coalesce(max(last_ok_at), 0) FROM sync_state) AS synced,
    (SELECT count(*) || ',' || total(active) || ',' || total(ends_at) FROM moves WHERE move_date >= ${since}) AS moves,
    (SELECT max(version) FROM rule_versions) AS rules`);
  return Object.values(row ?? {}).join('|');
}

export type DayRow = {
  readonly at: number;
  readonly backlog: number;
  readonly done: number | null;
  readonly correction: number | null;
};
type CellSlots = { readonly location: string; readonly businessId: string; readonly process: string };
const ofCell = (cell: CellSlots): Sql =>
  sql`location_name = ${cell.location} AND business_id = ${cell.businessId} AND process_name = ${cell.process}`;
/** One row per snapshot of a cell in [from, to], oldest first. */
export const cellDay = (read: Reader, cell: CellSlots, from: number, to: number): DayRow[] =>
  read.all(sql`SELECT snapshot_time AS at, sum(max(total_waiting, 0)) AS backlog, max(entry_count) AS done,
      sum(correction_waiting) AS correction
    FROM ${progressRows(sql`${ofCell(cell)} AND snapshot_time BETWEEN ${from} AND ${to}`)}
    GROUP BY snapshot_time ORDER BY snapshot_time`);

/** A page of a table and the number of all its rows. */
export type Page = { readonly rows: Record<string, string | number | null>[]; readonly total: number };
type Query = {
  readonly columns: Sql;
  readonly from: Sql;
  readonly where: Sql;
  readonly group?: Sql;
  readonly order: Sql;
  readonly limit: number;
};
function page(read: Reader, q: Query): Page {
  const body = sql`SELECT ${q.columns} FROM ${q.from} WHERE ${q.where}${q.group ? sql` GROUP BY ${q.group}` : sql``}`;
  const rows = read.all<Page['rows'][number]>(sql`${body} ORDER BY ${q.order} LIMIT ${q.limit}`);
  if (rows.length < q.limit) return { rows, total: rows.length };
  return { rows, total: read.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${body})`)?.n ?? rows.length };
}

export const snapshotRows = (read: Reader, cell: CellSlots, span: Span, limit: number): Page =>
  page(read, {
    columns: sql`snapshot_time AS at, expected_completion_time AS deadline, total_waiting AS items,
      entry_count AS done, correction_waiting AS correction`,
    from: sql`progress_snapshots`,
    where: sql`${ofCell(cell)} AND snapshot_time BETWEEN ${span.from} AND ${span.to}`,
    order: sql`snapshot_time DESC, expected_completion_time`,
    limit,
  });
export type Span = { readonly from: number; readonly to: number };
export type Dates = { readonly from: string; readonly to: string };

/** Items forecast for a cell on a date, by hour of the day (25時 is 25). */
export const forecastByHour = (
  read: Reader,
  cell: CellSlots,
  date: string,
): { readonly hour: number; readonly items: number }[] =>
  read.all(sql`SELECT hour, sum(expected_items) AS items FROM workload_forecasts
    WHERE forecast_date = ${date} AND ${ofCell(cell)} GROUP BY hour ORDER BY hour`);

/** Per process: items done ÷ items planned in the same hours, over some days. */
export const usualPace = (read: Reader, dates: Dates): Map<string, number> =>
  new Map(
    read
      .all<{ process: string; pace: number | null }>(
        sql`SELECT p.process_name AS process, sum(p.items_done) / sum(p.hours_worked * c.average_speed) AS pace
          FROM productivity_records p
          JOIN operator_process_capabilities c ON c.operator_id = p.operator_id AND c.process_name = p.process_name
          WHERE p.record_date BETWEEN ${dates.from} AND ${dates.to} AND p.hours_worked > 0 AND c.average_speed > 0
          GROUP BY p.process_name`,
      )
      .flatMap((row): [string, number][] =>
        row.pace !== null && row.pace > 0 ? [[row.process, row.pace]] : [],
      ),
  );

/** The day's records of given people, newest first. */
export const productivityOf = (
  read: Reader,
  operators: readonly string[],
  process: string,
  dates: Dates,
  limit: number,
): Page =>
  page(read, {
    columns: sql`p.record_date AS date, o.operator_name AS operator, p.items_done AS items, p.hours_worked AS hours,
      CASE WHEN p.hours_worked > 0 THEN p.items_done / p.hours_worked END AS rate, p.productivity_score AS score`,
    from: sql`productivity_records p JOIN operators o USING (operator_id)`,
    where: sql`p.record_date BETWEEN ${dates.from} AND ${dates.to} AND p.process_name = ${process}
      AND p.operator_id IN ${list(operators)}`,
    order: sql`p.record_date DESC, operator, p.record_id`,
    limit,
  });

export const locations = (read: Reader): string[] =>
  read
    .all<{ name: string }>(
      sql`SELECT location_name AS name FROM locations ORDER BY location_id, location_name`,
    )
    .map((row) => row.name);
export const businesses = (read: Reader): { id: string; name: string }[] =>
  read.all(sql`SELECT business_id AS id, business_name AS name FROM businesses ORDER BY business_id`);
export const processes = (read: Reader): string[] =>
  read
    .all<{ name: string }>(
      sql`SELECT process_name AS name FROM processes GROUP BY process_name ORDER BY min(sequence), process_name`,
    )
    .map((row) => row.name);
export const operators = (read: Reader): { id: string; name: string }[] =>
  read.all(
    sql`SELECT operator_id AS id, operator_name AS name FROM operators WHERE is_valid = 1 ORDER BY operator_id`,
  );
