import { type Reader, sql } from '../../store/index.ts';

/** Instant of the first snapshot in [from, to]; null when there is none. */
export const firstSnapshotAt = (read: Reader, from: number, to: number): number | null =>
  read.get<{ at: number | null }>(
    sql`SELECT min(snapshot_time) AS at FROM progress_snapshots WHERE snapshot_time BETWEEN ${from} AND ${to}`,
  )?.at ?? null;

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
