import type { Reason, WhyNot } from '../../api/contract/placement.ts';
import { AppError } from '../../kernel/errors.ts';
import { at, obstacles } from '../arithmetic.ts';
import type { Saved } from '../proposals.ts';
import { wordObstacle } from '../why-not.ts';
import { boardCost, type LotKey, makeBoard } from './board.ts';
import { chancesOf } from './judge-loans.ts';
import { candidatesFor, type DayProblem } from './loans.ts';
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
  o: { operatorId: string; knownName: string | null },
): Promise<WhyNot> {
  const { operatorId } = o;
  const operator = day.operators.findIndex((person) => person.id === operatorId);
  const person = day.operators[operator];
  const answer = (name: string, ...reasons: Reason[]): WhyNot => ({
    operatorId,
    name,
    reasons,
    forcedCost: null,
  });
  if (!person) {
    if (o.knownName === null) throw new AppError('not-found', { what: operatorId });
    return answer(o.knownName, { code: 'absent', params: {} });
  }
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
  return answer(person.name, {
    code: await whyNotLent(problem, targets, { operator, proposal }),
    params: {},
  });
}

const lateCells = (day: DayInstance, targets: ReadonlySet<LotKey>): Set<number> =>
  new Set(
    [...targets].map((key) => {
      const [l = 0, s = 0] = key.split(' ').map(Number);
      return at(at(day.lines, l).cells, s);
    }),
  );

/** With them on top of the plan: nothing gets better, or something gets worse. */
async function whyNotLent(
  problem: DayProblem,
  targets: ReadonlySet<LotKey>,
  o: { operator: number; proposal: Saved['proposal'] },
): Promise<'not-needed' | 'source-would-miss' | 'max-moves'> {
  const { day } = problem;
  const pins = loansOf(day, o.proposal);
  if (pins.length >= day.rules.maxMoves) return 'max-moves';
  const board = await makeBoard({ ...problem, pins }, targets);
  const now = boardCost(board, []) ?? Infinity;
  const others = new Set([...day.operators.keys()].filter((i) => i !== o.operator));
  const own = await candidatesFor({ ...problem, pins, dropped: others }, lateCells(day, targets));
  const costs = own.flatMap((candidate) => boardCost(board, [candidate]) ?? []);
  return costs.length === 0 && now > 0 ? 'source-would-miss' : 'not-needed';
}
