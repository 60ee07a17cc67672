import { isDeepStrictEqual } from 'node:util';
import type { Cell } from '../api/contract/common.ts';
import type { Provenance, Verification } from '../api/contract/placement.ts';
import { Cancelled } from '../errors.ts';
import { describePlan } from './describe-plan.ts';
import { planOfProposal, problemOf, type Saved } from './proposals.ts';
import { solvePlan, type Work } from './solve-plan.ts';
import type { Instance } from './types.ts';

/**
 * Solves a stored proposal again from its own snapshot and compares who goes where, the objective and every figure of the moves,
 * bit for bit. A difference counts only when both were solved to the end by the same versions. Rejects with Cancelled.
 */
export async function verifyPlan(saved: Saved, work: Work): Promise<Verification> {
  const { proposal, instance } = saved;
  const problem = problemOf(instance, proposal.scope);
  const { assign, late, provenance } = await solvePlan(problem, work);
  if (work.signal?.aborted) throw new Cancelled('verification cancelled');
  const { moves } = describePlan(instance, assign, { late, counted: problem.scope, pins: problem.pins });
  const stored = proposal.provenance ?? null;
  const people = peopleApart(instance, planOfProposal(saved), assign);
  const isSame: Readonly<Record<Verification['differences'][number], boolean>> = {
    plan: people.length === 0,
    objective: stored === null || Object.is(stored.objective, provenance.objective),
    details: isDeepStrictEqual(proposal.moves, JSON.parse(JSON.stringify(moves))),
  };
  const differences = (['plan', 'objective', 'details'] as const).filter((what) => !isSame[what]);
  const why = differences.length > 0 ? excuse(stored, provenance) : null;
  return {
    id: proposal.id,
    result: differences.length === 0 ? 'match' : why === null ? 'differs' : 'cannot-compare',
    why,
    differences,
    people,
    rulesVersion: proposal.rulesVersion,
    stored,
    solved: provenance,
  };
}

/** Why a difference proves nothing; null when it does. */
function excuse(stored: Provenance | null, solved: Provenance): Verification['why'] {
  if (stored?.cut || solved.cut) return 'cut';
  if (stored === null || stored.model !== solved.model || stored.highs !== solved.highs)
    return 'other-version';
  return null;
}

const peopleApart = (instance: Instance, was: Int32Array, is: Int32Array): Verification['people'] =>
  instance.operators.flatMap((person, i) => {
    const cellOf = (c: number | undefined): Cell | null =>
      c === undefined || c === person.cell ? null : (instance.cells[c]?.cell ?? null);
    return was[i] === is[i]
      ? []
      : [{ operatorId: person.id, name: person.name, stored: cellOf(was[i]), solved: cellOf(is[i]) }];
  });
