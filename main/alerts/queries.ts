import type { Cell } from '../api/contract/common.ts';
import { minuteOfDay } from '../kernel/clock.ts';
import { list, type Reader, run, type SqlValue, type Statement, sql } from '../store/index.ts';
import type { Alert } from './contract/alerts.ts';
import type { AlertRecord, RiskPoint, Shift } from './types.ts';

type Row = {
  alert_id: string;
  problem_key: string;
  kind: Alert['kind'];
  severity: Alert['severity'];
  state: Alert['state'];
  opened_at: number;
  updated_at: number;
  closed_at: number | null;
  snoozed_until: number | null;
  acknowledged_by: string | null;
  proposal_id: string | null;
  body: string;
};
type Body = Pick<
  AlertRecord,
  | 'cell'
  | 'evidence'
  | 'deadlines'
  | 'answer'
  | 'details'
  | 'verdict'
  | 'error'
  | 'calm'
  | 'seenAt'
  | 'until'
  | 'notice'
>;
const fromRow = (row: Row): AlertRecord => ({
  id: row.alert_id,
  problem: row.problem_key,
  kind: row.kind,
  severity: row.severity,
  state: row.state,
  openedAt: row.opened_at,
  updatedAt: row.updated_at,
  closedAt: row.closed_at,
  snoozedUntil: row.snoozed_until,
  acknowledgedBy: row.acknowledged_by,
  proposalId: row.proposal_id,
  // written by this version, or brought to its form by migrations
  ...(JSON.parse(row.body) as Body),
});

export const saveAlert = (alert: AlertRecord): Statement => {
  const { cell, evidence, deadlines, answer, details, verdict, error, calm, seenAt, until, notice } = alert;
  const kept: Body = {
    cell,
    evidence,
    deadlines,
    answer,
    details,
    verdict,
    error,
    calm,
    seenAt,
    until,
    notice,
  };
  const body = JSON.stringify(kept);
  return run(sql`INSERT INTO alerts (alert_id, problem_key, kind, severity, state, opened_at, updated_at, closed_at,
      snoozed_until, acknowledged_by, proposal_id, body)
    VALUES (${alert.id}, ${alert.problem}, ${alert.kind}, ${alert.severity}, ${alert.state}, ${alert.openedAt},
      ${alert.updatedAt}, ${alert.closedAt}, ${alert.snoozedUntil}, ${alert.acknowledgedBy}, ${alert.proposalId}, ${body})
    ON CONFLICT (alert_id) DO UPDATE SET severity = excluded.severity, state = excluded.state,
      updated_at = excluded.updated_at, closed_at = excluded.closed_at, snoozed_until = excluded.snoozed_until,
      acknowledged_by = excluded.acknowledged_by, proposal_id = excluded.proposal_id, body = excluded.body`);
};

export const alertById = (read: Reader, id: string): AlertRecord | null => {
  const row = read.get<Row>(sql`SELECT * FROM alerts WHERE alert_id = ${id}`);
  return row ? fromRow(row) : null;
};
const LIVE: readonly Alert['state'][] = ['open', 'acknowledged', 'snoozed'];
export const liveAlerts = (read: Reader): AlertRecord[] =>
  read
    .all<Row>(sql`SELECT * FROM alerts WHERE state IN ${list(LIVE)} ORDER BY opened_at, alert_id`)
    .map(fromRow);

/** Open first, then known, snoozed and closed ones; the worst, then the nearest deadline, then the newest of each first. */
export const alertList = (read: Reader, states: readonly Alert['state'][], limit: number): AlertRecord[] =>
  read
    .all<Row>(
      sql`SELECT * FROM alerts WHERE state IN ${list(states)}
        ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'acknowledged' THEN 1 WHEN 'snoozed' THEN 2 ELSE 3 END,
          CASE WHEN closed_at IS NULL AND severity = 'danger' THEN 0 ELSE 1 END,
          CASE WHEN closed_at IS NULL THEN coalesce(json_extract(body, '$.evidence.deadline'), 9e15) END,
          updated_at DESC, opened_at DESC, alert_id
        LIMIT ${limit}`,
    )
    .map(fromRow);

/** Alerts whose verdict names an incident, whatever became of them; the earliest first. */
export const alertsAfter = (read: Reader, incidentId: string): AlertRecord[] =>
  read
    .all<Row>(
      sql`SELECT * FROM alerts WHERE EXISTS
        (SELECT 1 FROM json_each(body, '$.verdict.incidents') WHERE value = ${incidentId})
        ORDER BY opened_at, alert_id`,
    )
    .map(fromRow);

/** Keeps one P(miss) per key and snapshot; a snapshot seen again changes nothing. */
export const keepRisks = (rows: readonly { key: string; at: number; pMiss: number }[]): Statement => ({
  text: 'INSERT INTO risk_history (cell_id, at, p_miss) VALUES (?, ?, ?) ON CONFLICT (cell_id, at) DO NOTHING',
  rows: rows.map(({ key, at, pMiss }): SqlValue[] => [key, at, pMiss]),
});
export const forgetRisks = (before: number): Statement =>
  run(sql`DELETE FROM risk_history WHERE at < ${before}`);

/** Kept P(miss) of a key before an instant, newest first. */
export const riskPoints = (read: Reader, key: string, before: number, limit: number): RiskPoint[] =>
  read.all(sql`SELECT at, p_miss AS pMiss FROM risk_history WHERE cell_id = ${key} AND at < ${before}
    ORDER BY at DESC LIMIT ${limit}`);

/** Instants of the snapshots between two instants, ascending. */
export const snapshotTimes = (read: Reader, from: number, to: number): number[] =>
  read
    .all<{ at: number }>(
      sql`SELECT DISTINCT snapshot_time AS at FROM progress_snapshots WHERE snapshot_time BETWEEN ${from} AND ${to} ORDER BY at`,
    )
    .map(({ at }) => at);

/** Every deadline of a cell between two instants, as the snapshots name them. */
export const deadlinesBetween = (
  read: Reader,
  from: number,
  to: number,
): (Pick<Cell, 'location' | 'businessId' | 'process'> & { readonly deadline: number })[] =>
  read.all(sql`SELECT DISTINCT location_name AS location, business_id AS businessId, process_name AS process,
      expected_completion_time AS deadline FROM progress_snapshots
    WHERE expected_completion_time BETWEEN ${from} AND ${to} AND snapshot_time BETWEEN ${from} AND ${to}`);

/** Alerts about cells that opened since an instant. */
export const alertsSince = (read: Reader, since: number): AlertRecord[] =>
  read
    .all<Row>(sql`SELECT * FROM alerts WHERE opened_at >= ${since} ORDER BY opened_at, alert_id`)
    .map(fromRow)
    .filter((alert) => alert.cell !== null);
/** Whether a proposal made for an alert was approved up to an instant. */
export const wasApproved = (read: Reader, alertId: string, until: number): boolean =>
  read.get(sql`SELECT 1 FROM proposals p JOIN decisions d ON d.proposal_id = p.proposal_id
    WHERE (p.alert_id = ${alertId} OR p.proposal_id = (SELECT proposal_id FROM alerts WHERE alert_id = ${alertId}))
      AND d.action IN ('approved', 'modified') AND d.decided_at <= ${until} LIMIT 1`) !== undefined;

/** Whether an alert about a problem was closed at or after an instant. */
export const wasClosedSince = (read: Reader, problem: string, since: number): boolean =>
  read.get(sql`SELECT 1 FROM alerts WHERE problem_key = ${problem} AND closed_at >= ${since} LIMIT 1`) !==
  undefined;

/** Who is down for work on a local date: the last place of the roster, and where approved moves of that day end. */
export const shiftsOn = (read: Reader, date: string, zone: string): Shift[] => [
  ...read.all<Shift>(sql`SELECT o.operator_name AS name, a.location_name AS location, a.business_id AS businessId,
      a.process_name AS process, o.shift_end AS shiftEnd, MAX(COALESCE(a.end_time, o.shift_end)) AS until,
      SUM(COALESCE(a.end_time, o.shift_end) - COALESCE(a.start_time, o.shift_start)) AS minutes
    FROM daily_assignments a JOIN operators o ON o.operator_id = a.operator_id
    WHERE a.assignment_date = ${date} AND o.is_valid = 1 AND COALESCE(a.end_time, o.shift_end) IS NOT NULL
      AND COALESCE(a.start_time, o.shift_start) IS NOT NULL
    GROUP BY o.operator_id ORDER BY o.operator_id`),
  ...read
    .all<Omit<Shift, 'until' | 'minutes'> & { endsAt: number }>(
      sql`SELECT o.operator_name AS name, m.to_location AS location, m.to_business AS businessId, m.to_process AS process,
        o.shift_end AS shiftEnd, m.ends_at AS endsAt
      FROM moves m JOIN operators o ON o.operator_id = m.operator_id
      WHERE m.move_date = ${date} AND m.active = 1 ORDER BY o.operator_id`,
    )
    .map(({ endsAt, ...row }) => ({ ...row, until: minuteOfDay(endsAt, zone), minutes: 0 })),
];
