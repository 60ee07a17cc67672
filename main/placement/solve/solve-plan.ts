import { Cancelled } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { planCost, scorePlan } from '../arithmetic.ts';
import { MODEL_VERSION, SHORT_EPSILON, SOLVE } from '../config.ts';
import type { Badge, Provenance, SolveProgress } from '../contract/placement.ts';
import {
  buildModel,
  lateCells,
  type Model,
  type Problem,
  planOf,
  pointOf,
  startingPlan,
} from './build-model.ts';
import { greedyPlan } from './greedy.ts';
import type { SolveResult, Solver } from './solver.ts';

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

export type Solved = {
  readonly assign: Int32Array;
  readonly late: ReadonlySet<number>;
  readonly badge: Badge;
  /** what made the plan, and the model's objective for it */
  readonly provenance: Provenance;
};
export type Work = {
  readonly solver: Solver;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: SolveProgress) => void;
};

const countMoves = (problem: Problem, assign: Int32Array): number =>
  problem.instance.operators.filter((person, i) => assign[i] !== person.cell).length;

/**
 * Greedy first (milliseconds), then the exact model with direct moves, then with chains from that plan; keeps the best, without the
 * moves that buy nothing.
 * A failing solver leaves the greedy plan, and an aborted signal the best plan so far; the badge says which it was.
 */
export async function solvePlan(
  problem: Problem,
  { solver, log, signal, onProgress }: Work,
): Promise<Solved> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const late = lateCells(problem);
  const { instance } = problem;
  const cost = (assign: Int32Array): number => planCost(instance, assign, late);
  let best = startingPlan(problem);
  let result: SolveResult | null = null;
  let incumbents = 0;
  let mode: Badge['mode'] = 'none';
  const badge = (kind: Badge['kind']): Badge => ({
    kind,
    gap: result?.gap ?? null,
    seconds: seconds(),
    incumbents,
    mode,
  });
  let highs: string | null = null;
  let cut = false;
  const solved = (kind: Badge['kind']): Solved => ({
    assign: best,
    late,
    badge: badge(kind),
    provenance: { model: MODEL_VERSION, highs, objective: cost(best), cut },
  });
  if (late.size === 0) return solved('nothing-needed');

  // without the wish for a number of moves once it turns out that nobody can keep it
  let asked = problem;
  const lacking = (assign: Int32Array): number =>
    Math.max(0, (asked.instance.leastMoves ?? 0) - countMoves(problem, assign));
  const take = (assign: Int32Array): void => {
    const [more, less] = [lacking(best), lacking(assign)];
    if (less < more || (less === more && cost(assign) < cost(best) - 1e-9)) best = assign;
  };
  take(greedyPlan(problem, late));
  onProgress?.({
    phase: 'greedy',
    seconds: seconds(),
    objective: cost(best),
    moves: countMoves(problem, best),
  });

  const run = async (chain: boolean): Promise<void> => {
    const phase = chain ? 'chain' : 'direct';
    const model = buildModel(asked, late, { chain });
    if (model.moves.length === 0) return;
    onProgress?.({ phase, seconds: seconds(), objective: cost(best), moves: countMoves(problem, best) });
    result = await solver.solve(model.program, {
      seconds: chain ? SOLVE.chainSeconds : SOLVE.directSeconds,
      gap: SOLVE.gap,
      start: pointOf(model, best),
      signal,
      onIncumbent: ({ objective, values }) => {
        incumbents++;
        onProgress?.({ phase, seconds: seconds(), objective, moves: movesIn(model, values) });
      },
    });
    mode = phase;
    highs = result.version;
    if (result.status === 'infeasible' && asked.instance.leastMoves !== undefined) {
      const { leastMoves: _, ...free } = asked.instance;
      asked = { ...asked, instance: free };
      return run(chain);
    }
    cut ||= result.status === 'time-limit' || result.status === 'cancelled';
    if (result.values) take(planOf(problem, model, result.values));
  };
  /** Nothing idle in it, whoever made it; the gap proven before can only have become smaller. */
  const finished = (kind: Badge['kind']): Solved => {
    best = dropIdleMoves(asked, late, best);
    const idle = kind === 'optimal' && countMoves(problem, best) === 0;
    cut ||= kind === 'cancelled' || kind === 'greedy';
    return solved(idle ? 'no-move-helps' : kind);
  };
  try {
    await run(false);
    if (!signal?.aborted && stillShort(problem, best, late)) await run(true);
  } catch (thrown) {
    if (thrown instanceof Cancelled) return finished('cancelled');
    log.error('solver failed, the greedy plan stands', thrown);
    result = null;
    return finished('greedy');
  }
  return finished(signal?.aborted ? 'cancelled' : kindOf(result));
}

/** `result` is widened here: TypeScript does not see the assignments made inside `run`. */
function kindOf(result: SolveResult | null): Badge['kind'] {
  if (result === null) return 'no-move-helps';
  if (result.status === 'cancelled') return 'cancelled';
  if (result.status !== 'optimal' || result.gap === null) return 'time-limit';
  return result.gap <= SOLVE.optimalGap ? 'optimal' : 'gap';
}
const movesIn = (model: Model, values: Float64Array): number =>
  model.moves.filter((move) => (values[move.column] ?? 0) > 0.5).length;

const stillShort = ({ instance }: Problem, assign: Int32Array, late: ReadonlySet<number>): boolean => {
  const { short } = scorePlan(instance, assign, { share: instance.rules.safety });
  return [...late].some((c) => short[c]?.some((items) => items > SHORT_EPSILON));
};
