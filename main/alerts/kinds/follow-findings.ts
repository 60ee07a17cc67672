import type { Cell } from '../../api/contract/common.ts';
import type { Alert } from '../contract/alerts.ts';
import type { AlertRecord, Judgement, Look } from '../types.ts';

/** An alert closes after so many different looks in a row that found nothing any more. */
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
  readonly evidence?: Alert['evidence'];
  /** see the contract */
  readonly deadlines?: Alert['deadlines'];
  /** known, but no problem any more: only its figures are new */
  readonly isCalm?: boolean;
  /** news to whoever knows its alert already; absent: where it rises from watch to danger */
  readonly isGraver?: boolean;
};
type Options = {
  /** silent about a cell that has a delay alert, and closed when one opens: one problem, one alert */
  readonly behindDelay?: boolean;
  /** instant of what an alert's cell shows now; null: it cannot be told just now */
  readonly seenAt?: (alert: AlertRecord) => number | null;
  /** what was closed within the last hour is opened again at once */
  readonly reopens?: boolean;
};

/** Every cell an alert names. */
export const cellsOf = (alert: Pick<Alert, 'cell' | 'deadlines'>): Cell[] => [
  ...new Map(
    [...(alert.cell ? [alert.cell] : []), ...alert.deadlines.map(({ cell }) => cell)].map((cell) => [
      cell.cellId,
      cell,
    ]),
  ).values(),
];

/** An alert as it opens, to be told; all that is not given is empty. */
export const openAlert = (
  given: Pick<AlertRecord, 'id' | 'problem' | 'kind' | 'severity'> & Partial<AlertRecord>,
  now: number,
): AlertRecord => ({
  state: 'open',
  openedAt: now,
  updatedAt: now,
  closedAt: null,
  snoozedUntil: null,
  acknowledgedBy: null,
  proposalId: null,
  answer: null,
  details: null,
  cell: null,
  evidence: null,
  deadlines: [],
  verdict: null,
  error: null,
  calm: 0,
  seenAt: null,
  until: null,
  notice: 'opened',
  ...given,
});
/** An alert that is over, by itself or because its time has passed. */
export const closeAlert = (alert: AlertRecord, state: 'resolved' | 'expired', now: number): AlertRecord => ({
  ...alert,
  state,
  closedAt: now,
  updatedAt: now,
  snoozedUntil: null,
  notice: null,
});

/**
 * One live alert per finding: opens, gets worse (never better; whoever knew of the lesser problem is told again), closes when it is no
 * longer found, expires at its end. An alert whose cell shows nothing new stays as it is.
 */
export function followFindings(
  kind: Alert['kind'],
  findings: readonly Finding[],
  look: Look,
  { behindDelay = false, seenAt = () => look.report.at, reopens = false }: Options = {},
): Judgement {
  const { now } = look;
  const late = new Set(
    behindDelay
      ? look.live.filter((a) => a.kind === 'delay').flatMap((a) => cellsOf(a).map(({ cellId }) => cellId))
      : [],
  );
  const found = new Map(
    findings
      .filter((one) => !late.has(one.cell.cellId) && (one.until === null || one.until > look.report.at))
      .map((one) => [one.problem, one]),
  );
  const own = look.live.filter((alert) => alert.kind === kind);
  const changed = own.flatMap((alert): AlertRecord[] => {
    // an alert about an old copy was opened after its end by the clock: for it the copy's instant counts
    const { until } = alert;
    if (until !== null && (until <= look.report.at || (alert.openedAt < until && until <= now)))
      return [closeAlert(alert, 'expired', now)];
    if (late.has(alert.cell?.cellId ?? '')) return [closeAlert(alert, 'resolved', now)];
    const at = seenAt(alert);
    if (at === null || at === alert.seenAt) return [];
    const seen = { ...alert, seenAt: at, updatedAt: now };
    const finding = found.get(alert.problem);
    const next: AlertRecord = finding
      ? {
          ...seen,
          cell: finding.cell,
          details: finding.details,
          until: finding.until,
          evidence: finding.evidence ?? seen.evidence,
          deadlines: finding.deadlines ?? seen.deadlines,
        }
      : seen;
    if (!finding || finding.isCalm) {
      const calm = alert.calm + 1;
      return calm >= CALM_LOOKS ? [closeAlert({ ...next, calm }, 'resolved', now)] : [{ ...next, calm }];
    }
    const rises = finding.severity === 'danger' && alert.severity === 'watch';
    return [
      {
        ...next,
        calm: 0,
        ...((finding.isGraver ?? rises) && {
          severity: finding.severity,
          state: 'open',
          snoozedUntil: null,
          acknowledgedBy: null,
          notice: rises ? 'escalated' : 'added',
        }),
      },
    ];
  });
  const known = new Set(own.map((alert) => alert.problem));
  const opened = [...found.values()]
    .filter(({ problem, isCalm }) => !isCalm && !known.has(problem) && (reopens || !look.wasClosed(problem)))
    .map(({ isCalm, isGraver, ...finding }) => {
      const alert = openAlert({ ...finding, id: look.newId(), kind }, now);
      return { ...alert, seenAt: seenAt(alert) };
    });
  return { changed, opened };
}
