import { obstacles, workMinutes } from './arithmetic.ts';
import type { Block, Proposal, ProposalScope, Provenance } from './contract/placement.ts';
import { describePlan } from './describe-plan.ts';
import { problemOf } from './proposals.ts';
import type { Problem } from './solve/build-model.ts';
import { findRelaxations } from './solve/find-relaxations.ts';
import { solvePlan, type Work } from './solve/solve-plan.ts';
import type { Instance, PlacementOperator } from './types.ts';
import { sourceReasons } from './why-not.ts';

/**
 * Why a plan without moves has none: what keeps the people who are not at a late process from going to one, the commonest first.
 * Everybody counts once, with the first thing in their way. What their own process needs is asked for one of those who could go,
 * and counts for them all.
 */
function whatBlocks(problem: Problem, late: ReadonlySet<number>, assign: Int32Array): Block[] {
  const { instance, dropped } = problem;
  if (instance.operators.length === 0) return [{ code: 'nobody-there', people: 0 }];
  const ownObstacle = (person: PlacementOperator): Block['code'] | null => {
    if (workMinutes(person.breaks, Math.max(0, person.from), person.until) === 0) return 'all-break';
    if (late.has(person.cell)) return 'already-there';
    const [fewest = []] = [...late]
      .map((c) => obstacles(instance, person, c))
      .sort((a, b) => a.length - b.length);
    const code = fewest[0]?.code ?? null;
    return code === 'stands-still' ? 'would-wait' : code;
  };
  const people = new Map<Block['code'], number>();
  const add = (code: Block['code'], n: number): void => void people.set(code, (people.get(code) ?? 0) + n);
  /** source cell → those who could go, and one of them */
  const free = new Map<number, { one: number; people: number }>();
  for (const [i, person] of instance.operators.entries()) {
    if (dropped.has(i)) continue;
    const code = ownObstacle(person);
    const known = free.get(person.cell);
    if (code !== null) add(code, 1);
    else free.set(person.cell, { one: known?.one ?? i, people: (known?.people ?? 0) + 1 });
  }
  for (const { one, people: n } of free.values())
    add(sourceReasons(instance, one, assign)[0]?.code ?? 'dearer', n);
  // those who are there already keep nobody away, unless they are all there are
  const others = [...people].filter(([code]) => code !== 'already-there');
  return (others.length > 0 ? others : [...people])
    .map(([code, n]): Block => ({ code, people: n }))
    .sort((a, b) => b.people - a.people);
}

/** What a solved plan says of itself, whatever it is for. */
export type Planned = Pick<
  Proposal,
  'moves' | 'effects' | 'notPossible' | 'impact' | 'standstills' | 'blocks' | 'badge' | 'day'
> & { readonly provenance: Provenance };

/** Plans from now on within a scope. `relax` finds the rules to relax where something stays missed. */
export async function planNow(
  instance: Instance,
  scope: ProposalScope,
  work: Work,
): Promise<Planned & { relax: () => Promise<Proposal['relaxations']> }> {
  const problem = problemOf(instance, scope);
  const solved = await solvePlan(problem, work);
  const described = describePlan(instance, solved.assign, {
    late: solved.late,
    counted: problem.scope,
    pins: problem.pins,
  });
  const isStuck = described.notPossible.length > 0 && described.moves.length === 0;
  return {
    ...described,
    ...(isStuck ? { blocks: whatBlocks(problem, solved.late, solved.assign) } : {}),
    badge: solved.badge,
    provenance: solved.provenance,
    relax: () => findRelaxations(problem, solved, work),
  };
}
