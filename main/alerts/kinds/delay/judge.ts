import type { CellRiskView, DeadlineRisk } from '../../../analytics/types.ts';
import type { Alert, AlertSettings } from '../../../api/contract/alerts.ts';
import type { AlertRecord, Judgement, Look, RiskPoint } from '../../types.ts';

const MINUTE = 60_000;
/** An alert closes after so many different snapshots in a row … */
const CALM_SNAPSHOTS = 2;
/** … that far below the watch level: a risk that hovers at the level does not open and close. */
const CALM_MARGIN = 0.1;
/** Snapshots further apart than this do not follow each other. */
export const CONSECUTIVE_MINUTES = 30;

export const problemOf = (cellId: string, deadline: number): string => `${cellId}\u001f${deadline}`;
type Severity = Alert['severity'];
const RANK: Record<Severity, number> = { watch: 1, danger: 2 };

/** From here on a deadline's risk is kept, so that a rise can be told from a jump. */
export const isWorthKeeping = (pMiss: number, { watchAt }: AlertSettings): boolean =>
  pMiss >= watchAt - CALM_MARGIN;

/** The level that has held over the newest snapshot and those before it; null when none has. */
export function heldLevel(
  pMiss: number,
  dataAt: number,
  earlier: readonly RiskPoint[],
  { watchAt, dangerAt, snapshots }: AlertSettings,
): Severity | null {
  let after = dataAt;
  let lowest = pMiss;
  for (let k = 0; k < snapshots - 1; k++) {
    const point = earlier[k];
    if (!point || after - point.at > CONSECUTIVE_MINUTES * MINUTE) return null;
    lowest = Math.min(lowest, point.pMiss);
    after = point.at;
  }
  return lowest >= dangerAt ? 'danger' : lowest >= watchAt ? 'watch' : null;
}

const evidenceOf = (
  view: CellRiskView,
  risk: DeadlineRisk,
  earlier: readonly RiskPoint[],
): Alert['evidence'] => ({
  pMiss: risk.pMiss,
  backlog: view.backlog,
  due: risk.due,
  throughput: view.throughput,
  required: risk.required,
  people: view.people,
  deadline: risk.deadline,
  shortItems: risk.shortItems,
  finishAt: risk.finishAt,
  history: [...earlier.toReversed(), { at: view.dataAt, pMiss: risk.pMiss }],
});

/** What the newest risks do to the delay alerts. Pure: the same look gives the same alerts. */
export function judgeDelays(look: Look): Judgement {
  const o = { ...look, live: look.live.filter((alert) => alert.kind === 'delay') };
  const { settings, now } = o;
  const views = new Map(o.report.cells.map((view) => [view.cell.cellId, view]));
  const changed = o.live.flatMap((alert): AlertRecord[] => {
    const deadline = alert.evidence?.deadline;
    const view = alert.cell ? views.get(alert.cell.cellId) : undefined;
    if (typeof deadline !== 'number') return [];
    // an alert about an old copy was opened after its deadline by the clock: for it the copy's instant counts
    if (deadline <= o.report.at || (alert.openedAt < deadline && deadline <= now))
      return [
        { ...alert, state: 'expired', closedAt: now, updatedAt: now, snoozedUntil: null, notice: null },
      ];
    if (!view || view.pMiss === null || view.dataAt === alert.seenAt) return [];
    return [judgeAlert(alert, view, deadline)];
  });
  const opened = o.report.cells.flatMap((view) => openFor(view));
  return { changed, opened };

  function judgeAlert(alert: AlertRecord, view: CellRiskView, deadline: number): AlertRecord {
    const risk = view.deadlines.find((d) => d.deadline === deadline);
    const calm = !risk || risk.pMiss < settings.watchAt - CALM_MARGIN ? alert.calm + 1 : 0;
    const seen = { ...alert, calm, seenAt: view.dataAt, updatedAt: now };
    const earlier = o.earlier(view.cell.cellId, deadline, view.dataAt);
    const next = risk ? { ...seen, evidence: evidenceOf(view, risk, earlier) } : seen;
    if (calm >= CALM_SNAPSHOTS)
      return { ...next, state: 'resolved', closedAt: now, snoozedUntil: null, notice: null };
    const rises =
      risk !== undefined &&
      alert.severity === 'watch' &&
      heldLevel(risk.pMiss, view.dataAt, earlier, settings) === 'danger';
    // a worse problem is a new reason to look: whoever knew of the lesser one is told again
    return rises
      ? {
          ...next,
          severity: 'danger',
          state: 'open',
          snoozedUntil: null,
          acknowledgedBy: null,
          notice: 'escalated',
        }
      : next;
  }

  /** The worst deadline of a cell that is worse than what is known of the cell already. */
  function openFor(view: CellRiskView): AlertRecord[] {
    const own = o.live.filter((alert) => alert.cell?.cellId === view.cell.cellId);
    const known = own.reduce((most, alert) => Math.max(most, RANK[alert.severity]), 0);
    let best: { risk: DeadlineRisk; severity: Severity; earlier: readonly RiskPoint[] } | null = null;
    for (const risk of view.deadlines) {
      if (risk.deadline <= o.report.at || risk.pMiss < settings.watchAt) continue;
      if (own.some((alert) => alert.evidence?.deadline === risk.deadline)) continue;
      const earlier = o.earlier(view.cell.cellId, risk.deadline, view.dataAt);
      const severity = heldLevel(risk.pMiss, view.dataAt, earlier, settings);
      if (severity && RANK[severity] > (best ? RANK[best.severity] : known))
        best = { risk, severity, earlier };
    }
    if (!best) return [];
    return [
      {
        id: o.newId(),
        problem: problemOf(view.cell.cellId, best.risk.deadline),
        kind: 'delay',
        severity: best.severity,
        state: 'open',
        openedAt: now,
        updatedAt: now,
        closedAt: null,
        snoozedUntil: null,
        acknowledgedBy: null,
        proposalId: null,
        answer: null,
        details: null,
        cell: view.cell,
        evidence: evidenceOf(view, best.risk, best.earlier),
        error: null,
        verdict: null,
        calm: 0,
        seenAt: view.dataAt,
        notice: 'opened',
      },
    ];
  }
}
