import type { z } from 'zod';
import { type Reader, run, type Statement, sql } from '../store/index.ts';
import { Verdict } from '../timeline/contract/timeline.ts';
import { Report, type ReportSummary } from './contract/reports.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Row = { readonly report_id: string; readonly body: string };

export const saveReport = (report: Report): Statement =>
  run(sql`INSERT INTO reports (report_id, kind, date, made_at, body)
    VALUES (${report.id}, ${report.kind}, ${report.date}, ${report.madeAt}, ${JSON.stringify(report)})
    ON CONFLICT (report_id) DO UPDATE SET made_at = excluded.made_at, body = excluded.body, removed_at = NULL`);
/** Its text goes; that it was there stays, see `isNightDone`. */
export const removeReport = (id: string, at: number): Statement =>
  run(
    sql`UPDATE reports SET removed_at = ${at}, body = '{}' WHERE report_id = ${id} AND removed_at IS NULL`,
    {
      changes: 1,
      why: id,
    },
  );
export const deleteNightly = (): Statement => run(sql`DELETE FROM reports WHERE kind = 'nightly'`);
export function reportById(read: Reader, id: string): Report | null {
  const row = read.get<Row>(
    sql`SELECT report_id, body FROM reports WHERE report_id = ${id} AND removed_at IS NULL`,
  );
  return row ? Report.parse(JSON.parse(row.body)) : null;
}
/**
 * Whether a night needs no report any more: it has one, or a person removed it. What was asked for, or removed, before the night's
 * own time (`due`, epoch ms) was not of the whole day.
 */
export const isNightDone = (read: Reader, id: string, due: number): boolean =>
  read.get(
    sql`SELECT 1 AS found FROM reports WHERE report_id = ${id}
      AND CASE WHEN removed_at IS NOT NULL THEN removed_at >= ${due}
        ELSE made_at >= ${due} OR json_extract(body, '$.trigger') <> 'demand' END`,
  ) !== undefined;
/** Without their sections; newest day first. */
export const reportList = (read: Reader): ReportSummary[] =>
  read
    .all<{ summary: string }>(
      sql`SELECT json_remove(body, '$.sections') AS summary FROM reports WHERE removed_at IS NULL ORDER BY date DESC, made_at DESC LIMIT 1000`,
    )
    .map((row) => JSON.parse(row.summary) as ReportSummary);

export type DayLot = {
  readonly location: string;
  readonly businessId: string;
  readonly process: string;
  readonly deadline: number;
  /** most items that waited for it at one time */
  readonly items: number;
  /** most that waited for it at one time from the deadline on; items that came later than it count. null: no data of that hour */
  readonly left: number | null;
};
/** Every deadline of every cell in [from, to), and what was left of it. */
export const dayLots = (read: Reader, from: number, to: number): DayLot[] =>
  read.all(sql`WITH lots AS (
      SELECT location_name, business_id, process_name, expected_completion_time AS deadline,
        max(max(total_waiting, 0)) AS items,
        max(CASE WHEN snapshot_time >= expected_completion_time THEN max(total_waiting, 0) END) AS after
      FROM progress_snapshots
      WHERE expected_completion_time >= ${from} AND expected_completion_time < ${to}
        AND snapshot_time >= ${from - DAY} AND snapshot_time < ${to + DAY}
      GROUP BY 1, 2, 3, 4)
    SELECT location_name AS location, business_id AS businessId, process_name AS process, deadline, items,
      CASE WHEN EXISTS (SELECT 1 FROM progress_snapshots p
        WHERE p.location_name = l.location_name AND p.business_id = l.business_id AND p.process_name = l.process_name
          AND p.snapshot_time >= l.deadline AND p.snapshot_time < l.deadline + ${HOUR})
      THEN coalesce(after, 0) END AS left
    FROM lots l ORDER BY deadline, location_name, business_id, process_name`);

/** What a report says of a verdict. */
const ToldVerdict = Verdict.pick({ sides: true, volume: true });
export type ToldVerdict = z.infer<typeof ToldVerdict>;
/** A verdict from before it could name the volume of work told its sides otherwise: it counts as none. */
const told = (json: string | null | undefined): ToldVerdict | null =>
  json ? (ToldVerdict.safeParse(JSON.parse(json)).data ?? null) : null;
/** Alerts opened in [from, to), whatever became of them. */
export const dayAlerts = (
  read: Reader,
  from: number,
  to: number,
): { readonly severity: string; readonly verdict: ToldVerdict | null }[] =>
  read
    .all<{ severity: string; verdict: string | null }>(
      sql`SELECT severity, json_extract(body, '$.verdict') AS verdict FROM alerts
        WHERE kind = 'delay' AND opened_at >= ${from} AND opened_at < ${to} ORDER BY opened_at, alert_id`,
    )
    .map((row) => ({ severity: row.severity, verdict: told(row.verdict) }));
/** The verdict last given of a deadline; null: none was. */
export const verdictOf = (read: Reader, lot: DayLot): ToldVerdict | null =>
  told(
    read.get<{ verdict: string | null }>(sql`SELECT json_extract(body, '$.verdict') AS verdict FROM alerts
    WHERE kind = 'delay' AND EXISTS (SELECT 1 FROM json_each(body, '$.deadlines') AS named
      WHERE json_extract(named.value, '$.deadline') = ${lot.deadline} AND json_extract(named.value, '$.cell.location') = ${lot.location}
        AND json_extract(named.value, '$.cell.businessId') = ${lot.businessId}
        AND json_extract(named.value, '$.cell.process') = ${lot.process})
    ORDER BY updated_at DESC LIMIT 1`)?.verdict,
  );
/** Whether progress of [from, to) was recorded at all. */
export const hasProgress = (read: Reader, from: number, to: number): boolean =>
  read.get(
    sql`SELECT 1 AS found FROM progress_snapshots WHERE snapshot_time >= ${from} AND snapshot_time < ${to} LIMIT 1`,
  ) !== undefined;
export const businessNames = (read: Reader): Map<string, string> =>
  new Map(
    read
      .all<{ id: string; name: string }>(sql`SELECT business_id AS id, business_name AS name FROM businesses`)
      .map((b) => [b.id, b.name]),
  );
/** Whether anything at all is known of [from, to). */
export const hasData = (read: Reader, from: number, to: number): boolean =>
  hasProgress(read, from, to) ||
  read.get(
    sql`SELECT 1 AS found FROM log_hours WHERE hour >= ${Math.floor(from / 3_600_000)} AND hour < ${Math.ceil(to / 3_600_000)} LIMIT 1`,
  ) !== undefined;
