import { z } from 'zod';
import type { CellRiskView, DeadlineRisk } from '../../../analytics/types.ts';
import type { Alert, AlertSettings } from '../../contract/alerts.ts';
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
/** Steps of one lot that are late for one reason: the first on its own account, the others wait for it. */
type Problem = readonly [Late, ...Late[]];
/** What a delay keeps beside its evidence: the steps and deadlines that have been at danger. */
export const DelayDetails = z.object({ danger: z.array(z.string()) });
const dangersOf = ({ details, severity, ...alert }: AlertRecord): ReadonlySet<string> => {
  const kept = DelayDetails.safeParse(details);
  return kept.success ? new Set(kept.data.danger) : severity === 'danger' ? namesOf(alert) : new Set();
};
/**
 * The problems of one cell's lots as one finding, the gravest first. It is graver than its alert where a lot is at danger of which no step
 * was: that is news also to who knew of the others.
 */
function findingOf(
  problem: string,
  problems: readonly [Problem, ...Problem[]],
  alert?: AlertRecord,
): Finding {
  const head = gravestOf(problems);
  const steps: Problem = [...head, ...problems.filter((one) => one !== head).flat()];
  const known = alert ? dangersOf(alert) : new Set<string>();
  const danger = steps.filter(({ level }) => level === 'danger').map(keyOf);
  return {
    problem,
    cell: steps[0].view.cell,
    severity: severityOf(steps) ?? 'watch',
    details: { danger: [...known.union(new Set(danger))] },
    until: Math.max(...steps.map(({ risk }) => risk.deadline)),
    evidence: evidenceOf(steps[0]),
    deadlines: steps.map(deadlineOf),
    isCalm: false,
    isGraver: problems.some(
      (one) => severityOf(one) === 'danger' && !one.some((step) => known.has(keyOf(step))),
    ),
  };
}
const rankOf = (problem: Problem): number => {
  const severity = severityOf(problem);
  return severity ? RANK[severity] : 0;
};
const gravestOf = (problems: readonly [Problem, ...Problem[]]): Problem =>
  problems.reduce((best, one) => (rankOf(one) > rankOf(best) ? one : best));

/** What an alert names: the problem it opened with, and every step and deadline that is late with it now. */
export const namesOf = (alert: Pick<AlertRecord, 'problem' | 'deadlines'>): ReadonlySet<string> =>
  new Set([alert.problem, ...alert.deadlines.map(({ cell, deadline }) => problemOf(cell.cellId, deadline))]);

/**
 * Steps of one lot, in the order of the line, as problems: a step is late on its own account when its people could not do what is due
 * even if all of it lay there; else it only waits for the late step before it, and belongs to that one's problem.
 */
function splitProblems(steps: readonly Late[]): Problem[] {
  const problems: [Late, ...Late[]][] = [];
  for (const step of steps) {
    const last = problems.at(-1);
    if (last && step.risk.able >= step.risk.due) last.push(step);
    else problems.push([step]);
  }
  return problems;
}

/**
 * What the newest risks do to the delay alerts: one alert per cell, about its lots that are late there first, on their way down the line.
 * It names every deadline of them, takes in what becomes late later, goes down the line with its lots and expires with its last deadline.
 * Pure: the same look gives the same alerts.
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

  const problems = [
    ...Map.groupBy(steps.filter(isLate), ({ view, risk }) => `${view.line} ${risk.lot}`).values(),
  ].flatMap(splitProblems);
  const namedBy = Map.groupBy(problems, (problem) =>
    own.find((alert) => problem.some((step) => namesOf(alert).has(keyOf(step)))),
  );
  const fresh = Map.groupBy(namedBy.get(undefined) ?? [], ([root]) => root.view.cell.cellId);
  const updates = own.flatMap((alert): Finding[] => {
    const [first, ...others] = namedBy.get(alert) ?? [];
    if (first) {
      // a further lot of the cell is the same queue's trouble
      const further = fresh.get(alert.cell?.cellId ?? '') ?? [];
      fresh.delete(alert.cell?.cellId ?? '');
      return [findingOf(alert.problem, [first, ...others, ...further], alert)];
    }
    const calm = steps.filter((step) => namesOf(alert).has(keyOf(step)));
    const [root] = calm;
    if (!root) return [];
    return [
      {
        problem: alert.problem,
        cell: root.view.cell,
        severity: 'watch',
        details: alert.details,
        until: Math.max(...calm.map(({ risk }) => risk.deadline)),
        evidence: evidenceOf(root),
        deadlines: calm.map(deadlineOf),
        isCalm: true,
      },
    ];
  });
  const opened = [...fresh.values()].flatMap(([first, ...others]) =>
    first ? [findingOf(keyOf(gravestOf([first, ...others])[0]), [first, ...others])] : [],
  );
  return followFindings('delay', [...updates, ...opened], look, {
    reopens: true,
    seenAt: (alert) => {
      const view = alert.cell ? views.get(alert.cell.cellId) : undefined;
      return view && view.pMiss !== null ? view.dataAt : null;
    },
  });
}
