import { planCost } from '../arithmetic.ts';
import { buildModel, type Problem, pointOf } from './build-model.ts';

/**
 * The plan without the moves that it is no worse without. The solver may stop a little short of its bound, and the quick plan has none:
 * either may hold somebody whose move buys less than it costs. Tried: each move alone, and each together with one that fills its place
 * (neither of a chain can go by itself). Every step is a feasible plan that costs no more, so a proven bound stays true.
 */
export function dropIdleMoves(problem: Problem, late: ReadonlySet<number>, plan: Int32Array): Int32Array {
  const { operators } = problem.instance;
  const cost = (assign: Int32Array): number => planCost(problem.instance, assign, late);
  const home = (operator: number): number => operators[operator]?.cell ?? -1;
  let best = plan;
  let bestCost = cost(plan);
  let moved = [...operators.keys()].filter((i) => plan[i] !== home(i) && !problem.pins.has(i));
  if (moved.length === 0) return plan;
  const model = buildModel(problem, late, { chain: true });
  for (;;) {
    const groups = moved.flatMap((i) => [
      [i],
      ...moved.filter((fill) => best[fill] === home(i) && fill !== i).map((fill) => [i, fill]),
    ]);
    let found: { readonly assign: Int32Array; readonly cost: number } | null = null;
    for (const group of groups) {
      const assign = Int32Array.from(best);
      for (const i of group) assign[i] = home(i);
      const rest = cost(assign);
      if (found ? rest >= found.cost : rest > bestCost + 1e-9) continue;
      if (model.program.isFeasible(pointOf(model, assign))) found = { assign, cost: rest };
    }
    if (!found) return best;
    best = found.assign;
    bestCost = found.cost;
    moved = moved.filter((i) => best[i] !== home(i));
  }
}
