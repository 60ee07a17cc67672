import { all, progressRows, type Reader, run, type Statement, sql } from '../../store/index.ts';
import type { CellOutcome, OutcomeCheck } from '../contract/placement.ts';

type CellPlace = { readonly location: string; readonly businessId: string; readonly process: string };

export type ApprovedRow = {
  readonly proposal_id: string;
  readonly decision_id: string;
  readonly decided_at: number;
  readonly undone_at: number | null;
};
/** Approvals that moved somebody, also those taken back since; newest first. */
export const approvedRows = (
  read: Reader,
  { since, proposalId, limit }: { since: number; proposalId?: string | undefined; limit: number },
): ApprovedRow[] =>
  read.all(sql`SELECT d.proposal_id, d.decision_id, d.decided_at,
      (SELECT u.decided_at FROM decisions u WHERE u.undoes = d.decision_id) AS undone_at
    FROM decisions d
    WHERE ${all([
      sql`d.action IN ('approved', 'modified')`,
      sql`d.decided_at >= ${since}`,
      proposalId !== undefined && sql`d.proposal_id = ${proposalId}`,
      sql`EXISTS (SELECT 1 FROM moves m WHERE m.proposal_id = d.proposal_id)`,
    ])}
    ORDER BY d.decided_at DESC, d.rowid DESC LIMIT ${limit}`);

export type OutcomeRow = {
  readonly proposal_id: string;
  readonly kind: OutcomeCheck['kind'];
  readonly check_at: number;
  readonly body: string;
};
export const outcomeRows = (read: Reader, proposalId: string): OutcomeRow[] =>
  read.all(
    sql`SELECT proposal_id, kind, check_at, body FROM outcomes WHERE proposal_id = ${proposalId} ORDER BY check_at, kind`,
  );
/** What was measured of the approvals since an instant, oldest check first. */
export const outcomeRowsSince = (read: Reader, since: number): OutcomeRow[] =>
  read.all(sql`SELECT o.proposal_id, o.kind, o.check_at, o.body FROM outcomes o
    WHERE o.proposal_id IN (SELECT d.proposal_id FROM decisions d
      WHERE d.action IN ('approved', 'modified') AND d.decided_at >= ${since})
    ORDER BY o.check_at, o.proposal_id, o.kind`);
/** Changes no row when this check is already there: whoever measured first has measured. */
export const insertOutcome = (
  o: { proposalId: string; check: OutcomeCheck; cells: readonly CellOutcome[] },
  measuredAt: number,
): Statement =>
  run(sql`INSERT INTO outcomes (proposal_id, kind, check_at, measured_at, body)
    VALUES (${o.proposalId}, ${o.check.kind}, ${o.check.at}, ${measuredAt}, ${JSON.stringify(o.cells)})
    ON CONFLICT DO NOTHING`);

/** Whether there is a snapshot of this instant or later, of one cell or of any. */
export const hasSnapshotFrom = (read: Reader, at: number, cell?: CellPlace): boolean =>
  read.get(
    sql`SELECT 1 FROM progress_snapshots WHERE ${all([
      sql`snapshot_time >= ${at}`,
      cell &&
        sql`location_name = ${cell.location} AND business_id = ${cell.businessId} AND process_name = ${cell.process}`,
    ])} LIMIT 1`,
  ) !== undefined;

export type Waiting = {
  readonly at: number;
  readonly backlog: number;
  /** waiting with a deadline up to the one asked about */
  readonly due: number;
  /** the day's counter of finished items */
  readonly done: number | null;
};
/** One row per snapshot of a cell in [from, to], oldest first. Negative amounts count as 0. */
export const waitingRows = (
  read: Reader,
  cell: CellPlace,
  o: { from: number; to: number; dueBy: number },
): Waiting[] =>
  read.all(sql`SELECT snapshot_time AS at, sum(max(total_waiting, 0)) AS backlog, max(entry_count) AS done,
      sum(CASE WHEN expected_completion_time <= ${o.dueBy} THEN max(total_waiting, 0) ELSE 0 END) AS due
    FROM ${progressRows(
      sql`location_name = ${cell.location} AND business_id = ${cell.businessId} AND process_name = ${cell.process}
        AND snapshot_time BETWEEN ${o.from} AND ${o.to}`,
    )}
    GROUP BY snapshot_time ORDER BY snapshot_time`);

/** Whether another proposal that moves people from or to the cell was approved or taken back in (after, until]. */
export const isTouchedByOthers = (
  read: Reader,
  cell: CellPlace,
  o: { proposalId: string; after: number; until: number },
): boolean =>
  read.get(sql`SELECT 1 FROM decisions d JOIN moves m ON m.proposal_id = d.proposal_id
    WHERE d.decided_at > ${o.after} AND d.decided_at <= ${o.until} AND d.proposal_id <> ${o.proposalId}
      AND d.action IN ('approved', 'modified', 'undone')
      AND ((m.from_location = ${cell.location} AND m.from_business = ${cell.businessId} AND m.from_process = ${cell.process})
        OR (m.to_location = ${cell.location} AND m.to_business = ${cell.businessId} AND m.to_process = ${cell.process}))
    LIMIT 1`) !== undefined;
