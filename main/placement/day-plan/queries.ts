import { type Reader, sql } from '../../store/index.ts';
import type { CellKey } from '../site-queries.ts';
import type { Row, Seen } from './learn-line.ts';

/** Snapshots of all cells in [from, to] (epoch ms): what waits and what was finished, one row per cell and snapshot. */
export const snapshotsBetween = (read: Reader, from: number, to: number): (Row & CellKey)[] =>
  read.all(sql`SELECT location_name, business_id, process_name, snapshot_time AS at,
      sum(max(total_waiting, 0)) AS backlog, max(entry_count) AS done
    FROM progress_snapshots WHERE snapshot_time BETWEEN ${from} AND ${to}
    GROUP BY location_name, business_id, process_name, snapshot_time
    ORDER BY location_name, business_id, process_name, snapshot_time`);

/** Per cell and deadline shown in [from, to] (epoch ms): when work first waited for it; null: never. By deadline. */
export const deadlinesShown = (read: Reader, from: number, to: number): (Seen & CellKey)[] =>
  read.all(sql`SELECT location_name, business_id, process_name, expected_completion_time AS deadline,
      min(CASE WHEN total_waiting > 0 THEN snapshot_time END) AS opened
    FROM progress_snapshots WHERE snapshot_time BETWEEN ${from} AND ${to} AND expected_completion_time IS NOT NULL
    GROUP BY location_name, business_id, process_name, expected_completion_time
    ORDER BY expected_completion_time`);

export const hasSnapshots = (read: Reader, from: number, to: number): boolean =>
  read.get(sql`SELECT 1 FROM progress_snapshots WHERE snapshot_time BETWEEN ${from} AND ${to} LIMIT 1`) !==
  undefined;

/** The dates in [from, to] with assignments, newest first. */
export const rosterDates = (read: Reader, from: string, to: string): string[] =>
  read
    .all<{ date: string }>(
      sql`SELECT DISTINCT assignment_date AS date FROM daily_assignments
        WHERE assignment_date BETWEEN ${from} AND ${to} ORDER BY assignment_date DESC`,
    )
    .map((row) => row.date);

/** How often each attendance was noted from `from` up to but not including `before`. */
export const attendanceCounts = (
  read: Reader,
  from: string,
  before: string,
): { status: string; times: number }[] =>
  read.all(sql`SELECT attendance_status AS status, count(*) AS times FROM attendance_records
    WHERE attendance_date >= ${from} AND attendance_date < ${before} GROUP BY attendance_status`);
