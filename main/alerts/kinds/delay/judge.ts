import type { CellRiskView, DeadlineRisk } from '../../../analytics/types.ts';
import type { Alert, AlertSettings } from '../../../api/contract/alerts.ts';
import type { AlertRecord, Judgement, Look, RiskPoint } from '../../types.ts';
import { type Finding, followFindings } from '../follow-findings.ts';

const MINUTE = 60_000;
/** So far below the watch level it is calm: a risk that hovers at the level does not open and close. */
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

/** A step of a line that will probably miss the deadline of a lot. */
type Late = {
  readonly view: CellRiskView;
  readonly risk: DeadlineRisk;
  readonly earlier: readonly RiskPoint[];
  /** null: below the level, but not so far that what is known of it is over */
  readonly level: Severity | null;
};
const keyOf = ({ view, risk }: Late): string => problemOf(view.cell.cellId, risk.deadline);
const severityOf = (steps: readonly Late[]): Severity | null =>
  steps.some(({ level }) => level === 'danger')
    ? 'danger'
    : steps.some(({ level }) => level === 'watch')
      ? 'watch'
      : null;

const evidenceOf = ({ view, risk, earlier }: Late): NonNullable<Alert['evidence']> => ({
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
const deadlineOf = ({ view, risk }: Late): Alert['deadlines'][number] => ({
  cell: view.cell,
  deadline: risk.deadline,
  pMiss: risk.pMiss,
  due: risk.due,
  shortItems: risk.shortItems,
});
const findingOf = (
  problem: string,
  [root, ...later]: readonly [Late, ...Late[]],
  isCalm: boolean,
): Finding => ({
  problem,
  cell: root.view.cell,
  severity: severityOf([root, ...later]) ?? 'watch',
  details: null,
  until: Math.max(...[root, ...later].map(({ risk }) => risk.deadline)),
  evidence: evidenceOf(root),
  deadlines: [root, ...later].map(deadlineOf),
  isCalm,
});

/** What an alert names: the problem it opened with, and every step and deadline that is late with it now. */
export const namesOf = (alert: AlertRecord): ReadonlySet<string> =>
  new Set([alert.problem, ...alert.deadlines.map(({ cell, deadline }) => problemOf(cell.cellId, deadline))]);

/**
 * Steps of one lot, in the order of the line, as problems: a step is late on its own account when its people could not do what is due
 * even if all of it lay there; else it only waits for the late step before it, and belongs to that one's problem.
 */
function splitProblems(steps: readonly Late[]): [Late, ...Late[]][] {
  const problems: [Late, ...Late[]][] = [];
  for (const step of steps) {
    const last = problems.at(-1);
    if (last && step.risk.able >= step.risk.due) last.push(step);
    else problems.push([step]);
  }
  return problems;
}

/**
 * What the newest risks do to the delay alerts: one alert per problem of a lot on its way down a line, named by its first late step. The
 * alert goes down the line with the lot and expires with its last deadline. Pure: the same look gives the same alerts.
 */
export function judgeDelays(look: Look): Judgement {
  const { settings, report } = look;
  const own = look.live.filter((alert) => alert.kind === 'delay');
  const named = new Set(own.flatMap((alert) => [...namesOf(alert)]));
  const views = new Map(report.cells.map((view) => [view.cell.cellId, view]));
  const steps = report.cells
    .filter((view) => view.pMiss !== null)
    .toSorted((a, b) => a.step - b.step)
    .flatMap((view) =>
      view.deadlines.flatMap((risk): Late[] => {
        if (risk.deadline <= report.at) return [];
        const key = problemOf(view.cell.cellId, risk.deadline);
        if (!named.has(key) && !isWorthKeeping(risk.pMiss, settings)) return [];
        const earlier = look.earlier(view.cell.cellId, risk.deadline, view.dataAt);
        return [{ view, risk, earlier, level: heldLevel(risk.pMiss, view.dataAt, earlier, settings) }];
      }),
    );
  const isLate = (step: Late): boolean =>
    step.level !== null || (named.has(keyOf(step)) && isWorthKeeping(step.risk.pMiss, settings));

  /** problems by the alert that names one of their steps already; the others are new */
  const known = new Map<AlertRecord, Late[]>();
  const fresh: [Late, ...Late[]][] = [];
  for (const lot of Map.groupBy(
    steps.filter(isLate),
    ({ view, risk }) => `${view.line} ${risk.lot}`,
  ).values())
    for (const problem of splitProblems(lot)) {
      const alert = own.find((one) => problem.some((step) => namesOf(one).has(keyOf(step))));
      if (alert) known.set(alert, [...(known.get(alert) ?? []), ...problem]);
      else fresh.push(problem);
    }
  const updates = own.flatMap((alert): Finding[] => {
    const [root, ...later] = known.get(alert) ?? [];
    if (root) return [findingOf(alert.problem, [root, ...later], false)];
    const [calm, ...others] = steps.filter((step) => namesOf(alert).has(keyOf(step)));
    return calm ? [findingOf(alert.problem, [calm, ...others], true)] : [];
  });
  return followFindings('delay', [...updates, ...worstOf(fresh, own)], look, {
    reopens: true,
    seenAt: (alert) => {
      const view = alert.cell ? views.get(alert.cell.cellId) : undefined;
      return view && view.pMiss !== null ? view.dataAt : null;
    },
  });
}

/** Of the new problems of a cell the worst one, if it is worse than what is known of the cell already. */
function worstOf(fresh: readonly [Late, ...Late[]][], own: readonly AlertRecord[]): Finding[] {
  const rank = (severity: Severity | null): number => (severity ? RANK[severity] : 0);
  return [...Map.groupBy(fresh, ([root]) => root.view.cell.cellId)].flatMap(([cellId, problems]) => {
    const known = Math.max(
      0,
      ...own.filter((alert) => alert.cell?.cellId === cellId).map(({ severity }) => RANK[severity]),
    );
    const worst = problems.reduce((best, one) =>
      rank(severityOf(one)) > rank(severityOf(best)) ? one : best,
    );
    return rank(severityOf(worst)) > known ? [findingOf(keyOf(worst[0]), worst, false)] : [];
  });
}
