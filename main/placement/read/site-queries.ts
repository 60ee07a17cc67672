// What the planner reads of the company copy, as rows. Every query is served by an index; none reads a whole table.
import { all, list, progressRows, type Reader, sql } from '../../store/index.ts';

export type CellKey = {
  readonly location_name: string;
  readonly business_id: string;
  readonly process_name: string;
};

/** Instant of the newest snapshot at or before `at`; null when there is none. */
export const newestSnapshotAt = (read: Reader, at: number): number | null =>
  read.get<{ at: number | null }>(
    sql`SELECT max(snapshot_time) AS at FROM progress_snapshots WHERE snapshot_time <= ${at}`,
  )?.at ?? null;

/** One snapshot of a cell; negative amounts count as 0. */
export type SnapshotRow = {
  readonly at: number;
  readonly backlog: number;
  readonly done: number | null;
  readonly correction: number | null;
};
/** What waits in every cell's snapshots at these instants, by deadline (epoch ms), earliest first. Work without a deadline is not among it. */
export const lotsAt = (
  read: Reader,
  instants: readonly number[],
): (CellKey & { at: number; deadline: number; items: number })[] =>
  read.all(sql`SELECT location_name, business_id, process_name, snapshot_time AS at, expected_completion_time AS deadline,
      sum(total_waiting) AS items
    FROM ${progressRows(sql`snapshot_time IN ${list(instants)} AND total_waiting > 0`)}
    WHERE expected_completion_time IS NOT NULL
    GROUP BY location_name, business_id, process_name, snapshot_time, expected_completion_time
    ORDER BY expected_completion_time`);

export const businessNames = (read: Reader): Map<string, string> =>
  new Map(
    read
      .all<{ id: string; name: string }>(
        sql`SELECT business_id AS id, business_name AS name FROM businesses ORDER BY business_id`,
      )
      .map((row) => [row.id, row.name]),
  );
export const locationNames = (read: Reader): string[] =>
  read
    .all<{ name: string }>(
      sql`SELECT location_name AS name FROM locations ORDER BY location_id, location_name`,
    )
    .map((row) => row.name);
/** process name → its place in the flow; the smallest where businesses differ */
export const processSequence = (read: Reader): Map<string, number> =>
  new Map(
    read
      .all<{ name: string; seq: number | null }>(
        sql`SELECT process_name AS name, min(sequence) AS seq FROM processes GROUP BY process_name`,
      )
      .flatMap((row): [string, number][] => (row.seq === null ? [] : [[row.name, row.seq]])),
  );

export type OperatorRow = {
  readonly operator_id: string;
  readonly operator_name: string;
  readonly location_name: string;
  readonly shift_start: number | null;
  readonly shift_end: number | null;
};
export const validOperators = (read: Reader): OperatorRow[] =>
  read.all(sql`SELECT operator_id, operator_name, location_name, shift_start, shift_end
    FROM operators WHERE is_valid = 1 ORDER BY operator_id`);

export type CapabilityRow = {
  readonly operator_id: string;
  readonly process_name: string;
  readonly skill_level: number;
  readonly experience_months: number | null;
  readonly average_speed: number | null;
};
export const capabilities = (read: Reader): CapabilityRow[] =>
  read.all(sql`SELECT operator_id, process_name, skill_level, experience_months, average_speed
    FROM operator_process_capabilities ORDER BY capability_id`);

export type AssignmentRow = CellKey & {
  readonly assignment_id: string;
  readonly assignment_date: string;
  readonly operator_id: string;
  readonly start_time: number | null;
  readonly end_time: number | null;
};
export const assignmentsOn = (read: Reader, dates: readonly string[]): AssignmentRow[] =>
  read.all(sql`SELECT assignment_id, assignment_date, operator_id, location_name, business_id, process_name, start_time, end_time
    FROM daily_assignments WHERE assignment_date IN ${list(dates)}
    ORDER BY assignment_date, operator_id, start_time, assignment_id`);

/** Until which minute of the day each person is usually assigned: the median over the dates before `before`. */
export function usualEnds(read: Reader, since: string, before: string): Map<string, number> {
  const rows = read.all<{ id: string; end: number }>(
    sql`SELECT operator_id AS id, max(end_time) AS end FROM daily_assignments
      WHERE assignment_date >= ${since} AND assignment_date < ${before} AND end_time IS NOT NULL
      GROUP BY operator_id, assignment_date ORDER BY operator_id, end`,
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.id)].flatMap(([id, days]): [string, number][] => {
      const middle = days[days.length >> 1];
      return middle ? [[id, middle.end]] : [];
    }),
  );
}

export const adjustmentsOn = (
  read: Reader,
  date: string,
): { original_assignment_id: string; adjustment_type: string | null }[] =>
  read.all(sql`SELECT original_assignment_id, adjustment_type FROM assignment_adjustments
    WHERE adjustment_date = ${date} ORDER BY adjustment_id`);

export const attendanceOn = (
  read: Reader,
  date: string,
): { operator_id: string; attendance_status: string }[] =>
  read.all(sql`SELECT operator_id, attendance_status FROM attendance_records
    WHERE attendance_date = ${date} ORDER BY attendance_id`);

/** Who worked for which business from a date on, and before another. */
export const businessesKnown = (
  read: Reader,
  since: string,
  before: string,
): { operator_id: string; business_id: string }[] =>
  read.all(
    sql`SELECT DISTINCT operator_id, business_id FROM daily_assignments
      WHERE assignment_date >= ${since} AND assignment_date < ${before}`,
  );
/** Rises with every assignment that is added. */
export const assignmentsMark = (read: Reader): number =>
  read.get<{ mark: number | null }>(sql`SELECT max(rowid) AS mark FROM daily_assignments`)?.mark ?? 0;

export type MoveRow = {
  readonly proposal_id: string;
  readonly operator_id: string;
  readonly move_date: string;
  readonly from_location: string;
  readonly from_business: string;
  readonly from_process: string;
  readonly to_location: string;
  readonly to_business: string;
  readonly to_process: string;
  readonly starts_at: number;
  readonly ends_at: number;
};
export const movesOn = (read: Reader, dates: readonly string[]): MoveRow[] =>
  read.all(sql`SELECT proposal_id, operator_id, move_date, from_location, from_business, from_process, to_location, to_business, to_process, starts_at, ends_at
    FROM moves WHERE ${all([sql`move_date IN ${list(dates)}`, sql`active = 1`])}
    ORDER BY starts_at, proposal_id, operator_id`);

export type DaySnapshot = CellKey & SnapshotRow;
/** Every cell's snapshots in [from, to], by cell, oldest first. */
export const daySnapshots = (read: Reader, from: number, to: number): DaySnapshot[] =>
  read.all(sql`SELECT location_name, business_id, process_name, snapshot_time AS at,
      sum(max(total_waiting, 0)) AS backlog, max(entry_count) AS done, sum(correction_waiting) AS correction
    FROM ${progressRows(sql`snapshot_time BETWEEN ${from} AND ${to}`)}
    GROUP BY location_name, business_id, process_name, snapshot_time
    ORDER BY location_name, business_id, process_name, snapshot_time`);

/** The deadlines that each cell's snapshots in [from, to] name, earliest first, and when work first waited for each. */
export const deadlinesSeen = (
  read: Reader,
  from: number,
  to: number,
): (CellKey & { deadline: number; opened: number | null })[] =>
  read.all(sql`SELECT location_name, business_id, process_name, expected_completion_time AS deadline,
      min(CASE WHEN total_waiting > 0 THEN snapshot_time END) AS opened
    FROM progress_snapshots WHERE snapshot_time BETWEEN ${from} AND ${to} AND expected_completion_time IS NOT NULL
    GROUP BY location_name, business_id, process_name, expected_completion_time
    ORDER BY expected_completion_time`);

/** What waited along the line of a cell (site × business), lot by lot, in its first snapshot in [from, to]; `done`: the day's counter. */
export const waitingAfter = (
  read: Reader,
  cell: { readonly location: string; readonly businessId: string; readonly process: string },
  o: { from: number; to: number },
): { process: string; deadline: number | null; waiting: number; done: number | null }[] =>
  read.all(sql`SELECT process_name AS process, expected_completion_time AS deadline, max(total_waiting, 0) AS waiting,
      entry_count AS done
    FROM ${progressRows(sql`location_name = ${cell.location} AND business_id = ${cell.businessId}
      AND snapshot_time = (SELECT min(snapshot_time) FROM progress_snapshots WHERE location_name = ${cell.location}
        AND business_id = ${cell.businessId} AND process_name = ${cell.process} AND snapshot_time BETWEEN ${o.from} AND ${o.to})`)}`);

export type LedgerRow = {
  readonly operatorId: string;
  readonly kind: string | null;
  readonly moves: number;
  readonly last: string;
};
/** Moves between two dates, both included, per person and kind: `approved`, or the company's word for its adjustment. */
export const ledgerRows = (read: Reader, from: string, until: string): LedgerRow[] =>
  read.all(sql`SELECT operator_id AS operatorId, 'approved' AS kind, count(*) AS moves, max(move_date) AS last FROM moves
      WHERE active = 1 AND move_date BETWEEN ${from} AND ${until} GROUP BY operator_id
    UNION ALL
    SELECT a.operator_id, j.adjustment_type, count(DISTINCT a.assignment_id), max(j.adjustment_date)
      FROM assignment_adjustments j JOIN daily_assignments a ON a.assignment_id = j.original_assignment_id
      WHERE j.adjustment_date BETWEEN ${from} AND ${until} GROUP BY a.operator_id, j.adjustment_type`);

/**
 * What has been written to the snapshots since `mark` was the latest: the oldest instant among it, and the mark of now. With the plus sign
 * the few new rows are read, not the index of all instants.
 */
export const snapshotsSince = (read: Reader, mark: number): { mark: number; oldest: number | null } => ({
  mark: read.get<{ mark: number | null }>(sql`SELECT max(rowid) AS mark FROM progress_snapshots`)?.mark ?? 0,
  oldest:
    mark === 0
      ? null
      : (read.get<{ oldest: number | null }>(
          sql`SELECT min(+snapshot_time) AS oldest FROM progress_snapshots WHERE rowid > ${mark}`,
        )?.oldest ?? null),
});
