import { AppError } from '../../kernel/errors.ts';
import { at, eligible, switchMinutes } from '../arithmetic.ts';
import type { BoardBar, DayBoard } from '../contract/day-plan.ts';
import type { Proposal, ProposalScope } from '../contract/placement.ts';
import type { Planned } from '../plan-now.ts';
import { planOfProposal, problemOf, type Saved } from '../proposals.ts';
import type { Work } from '../solve/solve-plan.ts';
import type { Instance } from '../types.ts';
import { describeDay, instantAt } from './describe-day.ts';
import { chancesOf, dayOf, partOf, withLoans } from './judge-loans.ts';
import { type DayProblem, homeStints, type Pin } from './loans.ts';
import { solveDay } from './solve-day.ts';
import { BLOCK, type DayInstance, type Loan } from './types.ts';

const MINUTE = 60_000;

export const isDay = (instance: Instance): instance is DayInstance => 'day' in instance;

/** What a scope asks of a day. Rejects a pin to a time the person is not there (`input.invalid`). */
export function dayProblemOf(day: DayInstance, scope: ProposalScope): DayProblem {
  const { scope: cells, dropped } = problemOf(day, { ...scope, pin: [] });
  const pins = scope.pin.map((wanted): Pin => {
    const operator = day.operators.findIndex((person) => person.id === wanted.operatorId);
    const cell = day.cells.findIndex((c) => c.cell.cellId === wanted.cellId);
    if (operator < 0) throw new AppError('not-found', { what: wanted.operatorId });
    if (cell < 0) throw new AppError('not-found', { what: wanted.cellId });
    const home = homeStints(day, operator);
    const minute = (instant: number | undefined, otherwise: number): number =>
      instant === undefined ? otherwise : (instant - day.now) / MINUTE;
    const from = Math.max(minute(wanted.startsAt, -Infinity), home[0]?.from ?? 0);
    const until = Math.min(minute(wanted.endsAt, Infinity), home.at(-1)?.until ?? 0);
    if (until <= from)
      throw new AppError('input.invalid', { detail: `${wanted.operatorId}: ${wanted.cellId}` });
    return { operator, cell, from, until };
  });
  return { day, scope: cells, dropped, pins };
}

/** Plans a day within a scope: everything a proposal says of it. */
export async function planDay(day: DayInstance, scope: ProposalScope, work: Work): Promise<Planned> {
  const problem = dayProblemOf(day, scope);
  const solved = await solveDay(problem, work);
  return { ...describeDay(problem, solved), badge: solved.badge, provenance: solved.provenance };
}

/** The loans of a saved plan. */
export const loansOf = (day: DayInstance, proposal: Proposal): Loan[] =>
  proposal.moves.flatMap((move) => {
    const operator = day.operators.findIndex((person) => person.id === move.operatorId);
    const cell = day.cells.findIndex((c) => c.cell.cellId === move.to.cellId);
    const minute = (instant: number): number => (instant - day.now) / MINUTE;
    return operator < 0 || cell < 0
      ? []
      : [{ operator, cell, from: minute(move.startsAt), until: minute(move.endsAt) }];
  });

/** The instance that a saved plan makes of its own, and who is where in it, to be assessed. */
export const planOf = (saved: Saved): { readonly instance: Instance; readonly assign?: Int32Array } =>
  isDay(saved.instance)
    ? { instance: withLoans(saved.instance, loansOf(saved.instance, saved.proposal)) }
    : { instance: saved.instance, assign: planOfProposal(saved) };

/** A saved plan as people × time, with every deadline of the day before and after it. */
export async function boardOf(day: DayInstance, proposal: Proposal): Promise<DayBoard> {
  const loans = loansOf(day, proposal);
  const before = await chancesOf(day, []);
  const after = loans.length > 0 ? await chancesOf(day, loans, before) : before;
  const pinned = new Set(proposal.scope.pin.map((pin) => pin.operatorId));
  const id = (c: number): string => at(day.cells, c).cell.cellId;
  const order = day.operators
    .map((person, i) => ({ person, i }))
    .sort((a, b) => a.person.cell - b.person.cell || a.i - b.i);
  return {
    proposalId: proposal.id,
    facts: proposal.day ?? { date: day.day.date, lowest: null, assumed: [] },
    from: day.now,
    until: instantAt(day, day.day.close),
    blockMinutes: BLOCK,
    cells: day.cells.map(({ cell }) => cell),
    people: order.map(({ person, i }) => {
      const bar = (cell: number, from: number, until: number, kind: BoardBar['kind']): BoardBar => ({
        cellId: id(cell),
        from: instantAt(day, from),
        until: instantAt(day, until),
        kind,
        pinned: pinned.has(person.id),
      });
      const own = loans.filter((loan) => loan.operator === i);
      const bars = dayOf(day, i, own).map((stint) =>
        bar(
          stint.cell,
          stint.from,
          stint.until,
          own.some((loan) => loan.cell === stint.cell && loan.until === stint.until) ? 'loan' : 'own',
        ),
      );
      const ways = own.flatMap((loan) => {
        const way = switchMinutes(day, person, loan.cell);
        const stays = bars.some((b) => b.kind === 'own' && b.from >= instantAt(day, loan.until));
        return [
          bar(loan.cell, loan.from, loan.from + way, 'way'),
          ...(stays ? [bar(person.cell, loan.until, loan.until + way, 'way')] : []),
        ];
      });
      return {
        operatorId: person.id,
        name: person.name,
        home: at(day.sites, person.site),
        cellId: id(person.cell),
        bars: [...bars, ...ways].sort((a, b) => a.from - b.from),
        breaks: person.breaks.map(([from, until]) => ({
          from: instantAt(day, from),
          until: instantAt(day, until),
        })),
        able: day.cells.flatMap((_, c) => (c !== person.cell && eligible(day, person, c) ? [id(c)] : [])),
      };
    }),
    deadlines: before
      .map((lot, i) => ({
        cellId: id(lot.cell),
        deadline: instantAt(day, lot.deadline),
        due: partOf(before, i, ({ due }) => due),
        before: 1 - lot.pMiss,
        after: 1 - at(after, i).pMiss,
      }))
      .sort((a, b) => a.deadline - b.deadline),
  };
}
