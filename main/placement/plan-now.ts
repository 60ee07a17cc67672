import type { Proposal, ProposalScope, Provenance } from '../api/contract/placement.ts';
import { describePlan } from './describe-plan.ts';
import { problemOf } from './proposals.ts';
import { findRelaxations } from './solve/find-relaxations.ts';
import { solvePlan, type Work } from './solve/solve-plan.ts';
import { whatBlocks } from './solve/what-blocks.ts';
import type { Instance } from './types.ts';

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
