import type { Proposal } from '../placement/contract/placement.ts';
import { isOnly } from '../timeline/contract/timeline.ts';
import type { AlertAnswer } from './contract/alerts.ts';
import { cellsOf } from './kinds/follow-findings.ts';
import type { AlertRecord } from './types.ts';

const MINUTE = 60_000;
/** A plan that no longer fits is made anew when the data are so much newer: numbers waver, and each solve costs a tenth of a second. */
const REMAKE_MS = 4 * MINUTE;
/** Where no move helped, another one is looked for when the data are so much newer. */
const RETRY_MS = 10 * MINUTE;

/** Alerts that one solve answers: of one cell, or several cells of one line (site × business). Never empty. */
export type Group = {
  readonly key: string;
  readonly scope: { readonly location: string; readonly businessId: string; readonly process?: string };
  readonly alerts: readonly AlertRecord[];
};

/** Whether a delay alert needs a (new) answer as of `dataAt`; `find` gives its proposal. Epoch ms. */
export function needsAnswer(
  alert: AlertRecord,
  o: { readonly now: number; readonly dataAt: number; readonly find: (id: string) => Proposal | null },
): boolean {
  const { answer, evidence } = alert;
  if (alert.kind !== 'delay' || !alert.cell || (alert.state !== 'open' && alert.state !== 'acknowledged'))
    return false;
  if ((alert.verdict && isOnly(alert.verdict, 'system')) || (evidence?.deadline ?? 0) <= o.now) return false;
  if (answer === null || answer.kind === 'solving') return true;
  const isWorse = alert.notice === 'escalated' || alert.notice === 'added';
  const age = o.dataAt - answer.asOf;
  if (answer.kind === 'no-move') return answer.why === 'system' || isWorse || age >= RETRY_MS;
  const proposal = alert.proposalId === null ? null : o.find(alert.proposalId);
  switch (proposal?.status) {
    case 'open':
      return proposal.stale && age >= REMAKE_MS;
    case 'approved':
    case 'rejected':
    case 'undone':
      // somebody decided: they are asked again only when it got worse
      return isWorse;
    default:
      return age >= REMAKE_MS;
  }
}

/** The alerts in the order they are to be answered: those still to be told first, then the worst; several of one line together. */
export function groupAlerts(alerts: readonly AlertRecord[]): Group[] {
  const urgent = (alert: AlertRecord): number =>
    (alert.notice === null ? 0 : 4) + (alert.severity === 'danger' ? 2 : 0) + (alert.evidence?.pMiss ?? 0);
  const lines = Map.groupBy(
    alerts.filter((alert) => alert.cell).toSorted((a, b) => urgent(b) - urgent(a)),
    ({ cell }) => `${cell?.location}\u001f${cell?.businessId}`,
  );
  return [...lines].flatMap(([key, group]) => {
    const cell = group[0]?.cell;
    if (!cell) return [];
    const line = { location: cell.location, businessId: cell.businessId };
    const isOneCell = group.every((alert) => cellsOf(alert).every((one) => one.cellId === cell.cellId));
    return [{ key, scope: isOneCell ? { ...line, process: cell.process } : line, alerts: group }];
  });
}

/** What a proposal says about one alert. */
export function answerFrom(proposal: Proposal, alert: AlertRecord): AlertAnswer {
  const { asOf, moves, effects, badge, notPossible, standstills = [] } = proposal;
  const cellId = alert.cell?.cellId;
  const named = new Set(cellsOf(alert).map((cell) => cell.cellId));
  const coming = moves.filter((move) => named.has(move.to.cellId)).length;
  const own = effects.filter((effect) => effect.cell.cellId === cellId);
  const effect = own.find((one) => one.deadline === alert.evidence?.deadline) ?? own[0];
  // a chain may help from further up the line: then everybody who moves counts
  const people = coming || (effect && effect.after.pOnTime > effect.before.pOnTime ? moves.length : 0);
  if (people > 0)
    return {
      kind: 'moves',
      asOf,
      people,
      before: effect?.before.pOnTime ?? null,
      after: effect?.after.pOnTime ?? null,
    };
  const isLeft = notPossible.some(({ cell }) => cell.cellId === cellId);
  const why = standstills.some(({ cell }) => cell.cellId === cellId)
    ? 'standstill'
    : badge.kind === 'nothing-needed' || !isLeft
      ? 'not-needed'
      : 'no-move-helps';
  return { kind: 'no-move', asOf, why };
}
