import { Cancelled } from '../../kernel/errors.ts';
import { referenceSpeed, type Score, scorePlan } from '../arithmetic.ts';
import { SOLVE } from '../config.ts';
import type { Relaxation } from '../contract/placement.ts';
import {
  buildModel,
  type Model,
  type Problem,
  planOf,
  pointOf,
  RELAXABLE,
  type Relaxable,
} from './build-model.ts';
import type { Solved, Work } from './solve-plan.ts';

/**
 * Which single rule, relaxed, would win how much: the LP relaxation of each group names the binding ones, a full solve from
 * the plan at hand measures those. Best first; empty when no rule stands in the way.
 */
export async function findRelaxations(
  problem: Problem,
  { assign, late }: Solved,
  { solver, log, signal }: Work,
): Promise<Relaxation[]> {
  const { instance } = problem;
  const counted = problem.scope.union(late);
  const before = scorePlan(instance, assign, { counted });
  try {
    const bound = async (relax?: Relaxable): Promise<{ model: Model; hours: number }> => {
      const model = buildModel(problem, late, { chain: true, ...(relax ? { relax } : {}) });
      const { status, values } = await solver.solve(model.program, {
        seconds: SOLVE.relaxationSeconds,
        gap: SOLVE.gap,
        relaxed: true,
        signal,
      });
      const solved = status === 'optimal' && values;
      return { model, hours: solved ? shortHours(problem, model, values) : Number.POSITIVE_INFINITY };
    };
    const plain = await bound();
    const binding: { relax: Relaxable; model: Model; wins: number }[] = [];
    for (const relax of RELAXABLE) {
      const { model, hours } = await bound(relax);
      const wins = plain.hours - hours;
      if (wins >= SOLVE.relaxationHours) binding.push({ relax, model, wins });
    }
    const found: Relaxation[] = [];
    for (const { relax, model } of binding.sort((a, b) => b.wins - a.wins).slice(0, SOLVE.relaxations)) {
      const start = pointOf(model, assign);
      // a relaxed rule must not trade one missed deadline for another
      const missed = model.shortages.flatMap((shortage) => shortage.missed?.column ?? []);
      const now = missed.reduce((sum, column) => sum + (start[column] ?? 0), 0);
      model.program.row(
        Number.NEGATIVE_INFINITY,
        now,
        missed,
        missed.map(() => 1),
      );
      const { values } = await solver.solve(model.program, {
        seconds: SOLVE.relaxationSeconds,
        gap: SOLVE.gap,
        start,
        signal,
      });
      if (!values) continue;
      const relaxed = scoreRelaxed(problem, model, values, counted);
      const saves = before.shortHours - relaxed.shortHours > 0.05;
      if (relaxed.missedLots > before.missedLots || (relaxed.missedLots === before.missedLots && !saves))
        continue;
      found.push({
        rule: relax,
        people: peopleRelaxed(model, values),
        before: before.shortHours,
        after: relaxed.shortHours,
        missedBefore: before.missedLots,
        missedAfter: relaxed.missedLots,
      });
    }
    return found.sort((a, b) => a.missedAfter - b.missedAfter || a.after - b.after);
  } catch (thrown) {
    if (!(thrown instanceof Cancelled)) log.error('relaxations not available', thrown);
    return [];
  }
}

/** person-hours missing in a model's solution, the safety share included */
const shortHours = (problem: Problem, model: Model, values: Float64Array): number =>
  model.shortages.reduce(
    (sum, { column, cell }) => sum + (values[column] ?? 0) / referenceSpeed(problem.instance, cell),
    0,
  );

/** A relaxed plan on what is due, with the overtime it asks for worked. */
function scoreRelaxed(
  problem: Problem,
  model: Model,
  values: Float64Array,
  counted: ReadonlySet<number>,
): Score {
  const { instance } = problem;
  const late = new Set(model.overtime.filter((o) => (values[o.column] ?? 0) > 0.5).map((o) => o.operator));
  const operators = instance.operators.map((person, i) =>
    late.has(i) ? { ...person, until: Math.max(0, person.until) + SOLVE.overtimeMinutes } : person,
  );
  return scorePlan({ ...instance, operators }, planOf(problem, model, values), { counted });
}

const peopleRelaxed = (model: Model, values: Float64Array): number =>
  [...model.moves, ...model.overtime].filter((m) => m.relaxes && (values[m.column] ?? 0) > 0.5).length +
  model.slacks.reduce((sum, { column }) => sum + Math.ceil((values[column] ?? 0) - 1e-6), 0);
