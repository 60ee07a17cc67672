import { progressRows, type Reader, run, type Statement, sql } from '../store/index.ts';
import type { Proposal, ProposalStatus, RulesVersion } from './contract/placement.ts';

export type RulesRow = {
  readonly version: number;
  readonly rules: string;
  readonly changed_by: string;
  readonly changed_at: number;
  readonly why: string | null;
};
export const rulesRows = (read: Reader): RulesRow[] =>
  read.all<RulesRow>(
    sql`SELECT version, rules, changed_by, changed_at, why FROM rule_versions ORDER BY version DESC`,
  );
export const insertRules = (v: RulesVersion): Statement =>
  run(sql`INSERT INTO rule_versions (version, rules, changed_by, changed_at, why)
    VALUES (${v.version}, ${JSON.stringify(v.rules)}, ${v.changedBy}, ${v.changedAt}, ${v.why})`);

export type ProposalRow = {
  readonly proposal_id: string;
  readonly status: ProposalStatus;
  readonly body: string;
};
const PROPOSAL = sql`SELECT proposal_id, status, body FROM proposals`;
export const proposalRow = (read: Reader, id: string): ProposalRow | undefined =>
  read.get<ProposalRow>(sql`${PROPOSAL} WHERE proposal_id = ${id}`);
export const proposalRows = (read: Reader, limit: number): ProposalRow[] =>
  read.all<ProposalRow>(sql`${PROPOSAL} ORDER BY created_at DESC, proposal_id DESC LIMIT ${limit}`);
export const proposalSnapshot = (read: Reader, id: string): string | undefined =>
  read.get<{ snapshot: string }>(sql`SELECT snapshot FROM proposals WHERE proposal_id = ${id}`)?.snapshot;
export const insertProposal = (p: Proposal, snapshot: string): Statement =>
  run(sql`INSERT INTO proposals (proposal_id, created_at, as_of, status, supersedes, alert_id, body, snapshot)
    VALUES (${p.id}, ${p.createdAt}, ${p.asOf}, ${p.status}, ${p.supersedes}, ${p.alertId}, ${JSON.stringify(p)}, ${snapshot})`);
/** Changes a proposal's status; the whole transaction is refused when it is no longer in `from`. */
export const updateStatus = (id: string, from: ProposalStatus, to: ProposalStatus): Statement =>
  run(sql`UPDATE proposals SET status = ${to} WHERE proposal_id = ${id} AND status = ${from}`, {
    changes: 1,
    why: `${id}: ${from} → ${to}`,
  });

/**
 * Removes superseded proposals of alerts made before an instant: made by themselves, never decided, and no longer shown by an alert or an
 * answer. Whatever superseded them forgets so.
 */
export const forgetSuperseded = (before: number): Statement[] => {
  const old = sql`SELECT p.proposal_id FROM proposals p WHERE p.status = 'superseded' AND p.alert_id IS NOT NULL AND p.created_at < ${before}
    AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.proposal_id = p.proposal_id)
    AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.proposal_id = p.proposal_id)
    AND NOT EXISTS (SELECT 1 FROM chat_messages m WHERE json_extract(m.body, '$.proposalId') = p.proposal_id)`;
  return [
    run(sql`UPDATE proposals SET supersedes = NULL WHERE supersedes IN (${old})`),
    run(sql`DELETE FROM proposals WHERE proposal_id IN (${old})`),
  ];
};

/** The newest snapshot of one cell: when, and how many items wait. */
export const newestBacklog = (
  read: Reader,
  cell: { location: string; businessId: string; process: string },
  until: number,
): { at: number; backlog: number } | undefined =>
  read.get(sql`SELECT snapshot_time AS at, SUM(total_waiting) AS backlog FROM ${progressRows(
    sql`location_name = ${cell.location} AND business_id = ${cell.businessId} AND process_name = ${cell.process}
      AND snapshot_time = (SELECT MAX(snapshot_time) FROM progress_snapshots WHERE location_name = ${cell.location}
        AND business_id = ${cell.businessId} AND process_name = ${cell.process} AND snapshot_time <= ${until})`,
  )}
    GROUP BY snapshot_time`);

export type OperatorRow = {
  readonly operator_id: string;
  readonly operator_name: string;
  readonly location_name: string;
};
export const operatorRows = (read: Reader): OperatorRow[] =>
  read.all<OperatorRow>(
    sql`SELECT operator_id, operator_name, location_name FROM operators WHERE is_valid = 1 ORDER BY operator_id`,
  );

/** The first date after `date` with assignments, up to `until`, and the minute of day its first shift starts. */
export const nextWorkingDay = (
  read: Reader,
  date: string,
  until: string,
): { date: string; start: number } | undefined =>
  read.get(sql`SELECT a.assignment_date AS date, MIN(COALESCE(a.start_time, o.shift_start, 540)) AS start
    FROM daily_assignments a JOIN operators o ON o.operator_id = a.operator_id
    WHERE a.assignment_date > ${date} AND a.assignment_date <= ${until} AND o.is_valid = 1
    GROUP BY a.assignment_date ORDER BY a.assignment_date LIMIT 1`);

export type ForecastRow = {
  readonly hour: number;
  readonly location: string;
  readonly businessId: string;
  readonly process: string;
  readonly items: number;
};
/** Items expected per hour and cell of a date; of several forecasts the last one counts. */
export const forecastsOn = (read: Reader, date: string): ForecastRow[] =>
  read.all(sql`SELECT hour, location_name AS location, business_id AS businessId, process_name AS process, expected_items AS items,
      MAX(forecast_id) AS newest FROM workload_forecasts WHERE forecast_date = ${date} AND expected_items > 0
    GROUP BY hour, location_name, business_id, process_name
    ORDER BY hour, location_name, business_id, process_name`);
