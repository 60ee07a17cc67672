import { isDeepStrictEqual } from 'node:util';
import { Cancelled } from '../kernel/errors.ts';
import type { Move, Provenance, Verification } from './contract/placement.ts';
import { isDay, planDay } from './day-plan/plan-day.ts';
import { planNow } from './plan-now.ts';
import type { Saved } from './proposals.ts';
import type { Work } from './solve/solve-plan.ts';

/**
 * Solves a stored proposal again from its own snapshot and compares who goes where, the objective and every figure of the moves,
 * bit for bit. A difference counts only when both were solved to the end by the same versions. Rejects with Cancelled.
 */
export async function verifyPlan(saved: Saved, work: Work): Promise<Verification> {
  const { proposal, instance } = saved;
  const { moves, provenance } = isDay(instance)
    ? await planDay(instance, proposal.scope, work)
    : await planNow(instance, proposal.scope, work);
  if (work.signal?.aborted) throw new Cancelled('verification cancelled');
  const stored = proposal.provenance ?? null;
  const people = peopleApart(proposal.moves, moves);
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

/** Everybody whom the two plans send to different places, or at different times. */
function peopleApart(was: readonly Move[], is: readonly Move[]): Verification['people'] {
  const ids = new Set([...was, ...is].map((move) => move.operatorId));
  return [...ids].sort().flatMap((operatorId) => {
    const stored = was.find((move) => move.operatorId === operatorId);
    const solved = is.find((move) => move.operatorId === operatorId);
    const same =
      stored?.to.cellId === solved?.to.cellId &&
      stored?.startsAt === solved?.startsAt &&
      stored?.endsAt === solved?.endsAt;
    const name = (stored ?? solved)?.name ?? operatorId;
    return same ? [] : [{ operatorId, name, stored: stored?.to ?? null, solved: solved?.to ?? null }];
  });
}
