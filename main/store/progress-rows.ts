import { type Sql, sql } from './sql.ts';

/**
 * The progress rows that match, as a table to read from: rows that differ in nothing but their id are one. A company's system that
 * sends a snapshot twice must not double the backlog.
 */
export const progressRows = (where: Sql): Sql =>
  sql`(SELECT DISTINCT location_name, business_id, process_name, snapshot_time, expected_completion_time, total_waiting,
    entry_count, correction_waiting FROM progress_snapshots WHERE ${where})`;
