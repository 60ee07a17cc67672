// The best of all plans with up to two moves, found by trying each; whether a plan may be is judged by the independent walk.
import { eligible, planCost, scorePlan } from '../../../main/placement/arithmetic.ts';
import type { Instance } from '../../../main/placement/types.ts';
import { evaluate } from './evaluate.ts';

const stays = (instance: Instance): Int32Array => Int32Array.from(instance.operators, (p) => p.cell);

/** the model also keeps sources above their buffer and late cells' other deadlines met; for instances whose buffers are 0 */
const keepsSources = (instance: Instance, plan: Int32Array, late: ReadonlySet<number>): boolean => {
  const before = scorePlan(instance, stays(instance)).short;
  const after = scorePlan(instance, plan).short;
  return instance.cells.every(
    (_, c) => late.has(c) || after[c]!.every((items, k) => items <= before[c]![k]! + 1e-6),
  );
};

/** Cost of the best plan with at most two moves. For small instances with `maxMoves: 2` and no source buffer. */
export function bestOfTwoMoves(instance: Instance, late: ReadonlySet<number>): number {
  let best = planCost(instance, stays(instance), late);
  const consider = (plan: Int32Array): void => {
    const seen = evaluate(instance, plan);
    if (seen.ineligible + seen.broken + seen.violations.length === 0 && keepsSources(instance, plan, late))
      best = Math.min(best, planCost(instance, plan, late));
  };
  const moves = instance.operators.flatMap((person, i) =>
    instance.cells.flatMap((_, c) => (c !== person.cell && eligible(instance, person, c) ? [{ i, c }] : [])),
  );
  moves.forEach((a, k) => {
    const one = stays(instance);
    one[a.i] = a.c;
    consider(one);
    for (const b of moves.slice(k + 1)) {
      if (b.i === a.i) continue;
      const two = Int32Array.from(one);
      two[b.i] = b.c;
      consider(two);
    }
  });
  return best;
}
