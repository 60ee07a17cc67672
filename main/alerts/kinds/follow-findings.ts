import type { Alert } from '../../api/contract/alerts.ts';
import type { Cell } from '../../api/contract/common.ts';
import type { AlertRecord, Judgement, Look } from '../types.ts';

/** An alert closes after so many looks in a row that found nothing any more. */
const CALM_LOOKS = 2;

/** A problem as found just now. */
export type Finding = {
  /** names the problem: the same one keeps its alert */
  readonly problem: string;
  readonly cell: Cell;
  readonly severity: Alert['severity'];
  readonly details: unknown;
  /** when it no longer matters, epoch ms; null: as long as it is found */
  readonly until: number | null;
};

/**
 * One live alert per finding: opens, gets worse (never better), closes when it is no longer found, expires at its end. With
 * `behindDelay` it stays silent about a cell that has a delay alert, and closes when one opens: one problem, one alert.
 */
export function followFindings(
  kind: Alert['kind'],
  findings: readonly Finding[],
  look: Look,
  { behindDelay = false }: { readonly behindDelay?: boolean } = {},
): Judgement {
  const { now } = look;
  const late = new Set(
    behindDelay ? look.live.filter((a) => a.kind === 'delay').map((a) => a.cell?.cellId) : [],
  );
  const found = new Map(
    findings
      .filter((one) => !late.has(one.cell.cellId) && (one.until === null || one.until > now))
      .map((one) => [one.problem, one]),
  );
  const own = look.live.filter((alert) => alert.kind === kind);
  const changed = own.map((alert): AlertRecord => {
    const finding = found.get(alert.problem);
    const seen = { ...alert, seenAt: look.report.at, updatedAt: now };
    if (!finding) {
      const calm = alert.calm + 1;
      const isOver = calm >= CALM_LOOKS || late.has(alert.cell?.cellId);
      return isOver
        ? { ...seen, calm, state: 'resolved', closedAt: now, snoozedUntil: null, notice: null }
        : { ...seen, calm };
    }
    const next = { ...seen, calm: 0, details: finding.details };
    return finding.severity === 'danger' && alert.severity === 'watch'
      ? {
          ...next,
          severity: 'danger',
          state: 'open',
          snoozedUntil: null,
          acknowledgedBy: null,
          notice: 'escalated',
        }
      : next;
  });
  const known = new Set(own.map((alert) => alert.problem));
  const opened = [...found.values()]
    .filter(({ problem }) => !known.has(problem) && !look.wasClosed(problem))
    .map(
      (finding): AlertRecord => ({
        id: look.newId(),
        problem: finding.problem,
        kind,
        severity: finding.severity,
        state: 'open',
        openedAt: now,
        updatedAt: now,
        closedAt: null,
        snoozedUntil: null,
        acknowledgedBy: null,
        proposalId: null,
        answer: null,
        details: finding.details,
        cell: finding.cell,
        evidence: null,
        verdict: null,
        error: null,
        calm: 0,
        seenAt: look.report.at,
        notice: 'opened',
      }),
    );
  return { changed, opened };
}
