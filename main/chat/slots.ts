import type { CatalogueSlots } from '../analytics/types.ts';
import type { ProposalScope } from '../api/contract/placement.ts';
import { dateIn } from '../kernel/clock.ts';
import { foldText } from '../vectors/index.ts';
import type { Evidence } from './evidence.ts';
import type { Question } from './question.ts';
import { resolveDates } from './understand-quantities.ts';

const LEAVE_OUT = new RegExp(
  [
    '除',
    '外し',
    '外して',
    '以外',
    '動かさな',
    '動かさず',
    '抜きで',
    'without',
    'except',
    'exclud',
    'leave out',
    "don't move",
    'do not move',
    'not moving',
  ]
    .map(foldText)
    .join('|'),
);

/** The catalogue's typed slots of a question; dates as they were said, in the site's zone. */
export function catalogueSlots(
  { result, understanding }: Question,
  asOf: number,
  zone: string,
): CatalogueSlots {
  const operator = understanding.mentions.find((mention) => mention.kind === 'operator');
  const day = understanding.dates[0];
  return {
    ...(result.location ? { location: result.location } : {}),
    ...(result.business ? { businessId: result.business } : {}),
    ...(result.process ? { process: result.process } : {}),
    ...(day ? resolveDates(day, dateIn(asOf, zone)) : {}),
    ...(operator ? { operatorId: operator.value } : {}),
  };
}

export type WantedProposal = {
  readonly input: Partial<ProposalScope> & { readonly alertId?: string };
  /** alerts the plan is about */
  readonly alertIds: readonly string[];
  /** the plan already made for that alert, where it asks for just the same */
  readonly solvedId: string | null;
};

/** What to solve for, or null when the question does not call for a plan. */
export function proposalScope(question: Question, evidence: Evidence): WantedProposal | null {
  const { result, understanding, text, alert } = question;
  if (understanding.unknown.some((name) => !result[name.kind])) return null;
  if (evidence.rows.length === 0) return null;
  const where: Partial<ProposalScope> = {
    ...(result.location ? { location: result.location } : {}),
    ...(result.business ? { businessId: result.business } : {}),
    ...(result.process ? { process: result.process } : {}),
  };
  const drop = LEAVE_OUT.test(foldText(text))
    ? understanding.mentions.filter((mention) => mention.kind === 'operator').map((mention) => mention.value)
    : [];
  const but = drop.length > 0 ? { drop } : {};
  const cells = new Set(evidence.rows.map((row) => row.cellId));
  const delays = evidence.alerts.filter(
    (open) => open.kind === 'delay' && open.cell !== null && cells.has(open.cell.cellId),
  );
  switch (result.intent) {
    case 'deadline_optimization': {
      const [only, ...others] = evidence.rows;
      const about = alert ?? (others.length === 0 ? (delays[0] ?? null) : null);
      const at =
        only && others.length === 0
          ? { location: only.location, businessId: only.businessId, process: only.process }
          : where;
      return {
        // a plan with wishes of this conversation is no answer to the alert
        input: { ...at, ...but, ...(about && drop.length === 0 ? { alertId: about.id } : {}) },
        alertIds: about ? [about.id] : [],
        solvedId: about?.proposalId ?? null,
      };
    }
    case 'improve_alerts': {
      const first = delays[0];
      if (!first?.cell) return null;
      const { location, businessId, process } = first.cell;
      return {
        input:
          delays.length === 1
            ? { location, businessId, process, ...but, ...(drop.length === 0 ? { alertId: first.id } : {}) }
            : { ...where, ...but },
        alertIds: delays.map((open) => open.id),
        solvedId: delays.length === 1 ? first.proposalId : null,
      };
    }
    case 'optimize_assignment':
      return { input: { ...where, ...but, horizon: 'next-day' }, alertIds: [], solvedId: null };
    default:
      return null;
  }
}
