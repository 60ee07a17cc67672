import { at, obstacles } from '../arithmetic.ts';
import type { Reason, WhyNot } from '../contract/placement.ts';
import type { Saved } from '../proposals.ts';
import { type Away, notThere, wordObstacle } from '../why-not.ts';
import { boardCost, type LotKey, makeBoard } from './board.ts';
import { chancesOf } from './judge-loans.ts';
import { candidatesFor, type DayProblem, homeOf, isAway, releaseLimit } from './loans.ts';
import { dayProblemOf, loansOf } from './plan-day.ts';
import { targetsOf } from './solve-day.ts';
import type { DayInstance } from './types.ts';

/**
 * Why a person is not in a plan for a day: what forbids it, or what lending them on top of the plan would break or bring. `forcedCost`
 * stays null: the plan is not solved again with them.
 */
export async function explainWhyNotDay(
  { proposal }: Saved,
  day: DayInstance,
  operatorId: string,
  away: () => Away | null,
): Promise<WhyNot> {
  const operator = day.operators.findIndex((person) => person.id === operatorId);
  const person = day.operators[operator];
  const answer = (name: string, ...reasons: Reason[]): WhyNot => ({
    operatorId,
    name,
    reasons,
    forcedCost: null,
  });
  if (!person) return notThere(operatorId, away());
  const move = proposal.moves.find((m) => m.operatorId === operatorId);
  if (move) return { ...answer(person.name, ...move.reasons), forcedCost: 0 };
  const problem = dayProblemOf(day, proposal.scope);
  const targets = targetsOf(problem, await chancesOf(day, []));
  if (targets.size === 0) return answer(person.name, { code: 'not-needed', params: {} });
  if (problem.dropped.has(operator)) return answer(person.name, { code: 'dropped', params: {} });
  const ways = [...lateCells(day, targets)]
    .filter((cell) => cell !== person.cell)
    .map((cell) => ({ cell, found: obstacles(day, person, cell) }))
    .sort((a, b) => a.found.length - b.found.length || a.cell - b.cell);
  const [way] = ways;
  if (!way) {
    const { location, process } = at(day.cells, person.cell).cell;
    return answer(person.name, { code: 'already-there', params: { location, process } });
  }
  if (way.found.length > 0)
    return answer(person.name, ...way.found.map((found) => wordObstacle(day, found, way.cell)));
  return answer(person.name, await whyNotLent(problem, targets, { operator, proposal }));
}

const lateCells = (day: DayInstance, targets: ReadonlySet<LotKey>): Set<number> =>
  new Set(
    [...targets].map((key) => {
      const [l = 0, s = 0] = key.split(' ').map(Number);
      return at(at(day.lines, l).cells, s);
    }),
  );

/** With them on top of the plan: a rule is broken, something gets worse, or nothing gets better. */
async function whyNotLent(
  problem: DayProblem,
  targets: ReadonlySet<LotKey>,
  o: { operator: number; proposal: Saved['proposal'] },
): Promise<Reason> {
  const { day } = problem;
  const pins = loansOf(day, o.proposal);
  const { maxMoves } = day.rules;
  if (pins.length >= maxMoves) return { code: 'max-moves', params: { limit: maxMoves } };
  const home = homeOf(day, o.operator);
  const { location, process } = at(day.cells, home).cell;
  const where = { location, process };
  const board = await makeBoard({ ...problem, pins }, targets);
  if (boardCost(board, []) === 0) return { code: 'not-needed', params: {} };
  const lent = board.pinned.filter((loan) => homeOf(day, loan.operator) === home);
  const limit = releaseLimit(day, home);
  if (lent.length >= limit)
    return { code: 'source-release-limit', params: { ...where, limit, left: lent.length } };
  const others = new Set([...day.operators.keys()].filter((i) => i !== o.operator));
  const { candidates: own } = await candidatesFor(
    { ...problem, pins, dropped: others },
    lateCells(day, targets),
  );
  const kept = own.map((loan) =>
    board.limits.find(
      (one) => isAway(day, loan, one) && lent.filter((other) => isAway(day, other, one)).length >= one.most,
    ),
  );
  const [first] = kept;
  if (first && kept.every(Boolean))
    return {
      code: first.seniors ? 'source-senior' : 'source-min-staff',
      params: { ...where, people: first.there, needed: first.needed },
    };
  const isPossible = own.some((candidate) => boardCost(board, [candidate]) !== null);
  if (own.length > 0 && !isPossible) return { code: 'source-would-miss', params: {} };
  return { code: 'no-gain', params: {} };
}
