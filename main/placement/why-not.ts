import { AppError } from '../kernel/errors.ts';
import {
  at,
  capacity,
  contribution,
  cumulativeDue,
  isSenior,
  lastDeadline,
  type Obstacle,
  obstacles,
  plannedDeadline,
  scorePlan,
} from './arithmetic.ts';
import { SHORT_EPSILON, SOLVE } from './config.ts';
import type { Reason, WhyNot } from './contract/placement.ts';
import { planOfProposal, problemOf, type Saved } from './proposals.ts';
import { ruleParams } from './rules/match-rules.ts';
import { buildModel, lateCells, planOf } from './solve/build-model.ts';
import type { Work } from './solve/solve-plan.ts';
import type { Instance } from './types.ts';

/** Who somebody outside the snapshot is, and why they are not in it. */
export type Away = { readonly name: string; readonly reason: Reason };
/** The answer about somebody outside the snapshot; `not-found` where nobody knows them. */
export function notThere(operatorId: string, away: Away | null): WhyNot {
  if (!away) throw new AppError('not-found', { what: operatorId });
  return { operatorId, name: away.name, reasons: [away.reason], forcedCost: null };
}

/**
 * Why a person is not in the plan: what forbids it, what it would do to their own cell, and, by solving again with them
 * forced into one of the late cells under the same rules, what that would cost.
 */
export async function explainWhyNot(
  saved: Saved,
  operatorId: string,
  away: () => Away | null,
  work: Work,
): Promise<WhyNot> {
  const { proposal, instance } = saved;
  const i = instance.operators.findIndex((person) => person.id === operatorId);
  const person = instance.operators[i];
  if (!person) return notThere(operatorId, away());
  const answer = (reasons: readonly Reason[], forcedCost: number | null): WhyNot => ({
    operatorId,
    name: person.name,
    reasons: [...reasons],
    forcedCost,
  });
  const move = proposal.moves.find((m) => m.operatorId === operatorId);
  if (move) return answer(move.reasons, 0);

  const problem = problemOf(instance, proposal.scope);
  const late = lateCells(problem);
  const reasons: Reason[] = [];
  if (late.size === 0) return answer([{ code: 'not-needed', params: {} }], null);
  if (problem.dropped.has(i)) reasons.push({ code: 'dropped', params: {} });
  if (late.has(person.cell)) {
    const { location, process } = at(instance.cells, person.cell).cell;
    reasons.push({ code: 'already-there', params: { location, process } });
  }
  // of the late cells, the one with the least in the way
  const ways = [...late]
    .filter((c) => c !== person.cell)
    .map((c) => ({ c, found: obstacles(instance, person, c) }))
    .sort((a, b) => a.found.length - b.found.length || a.c - b.c);
  const way = ways[0];
  if (way) reasons.push(...way.found.map((found) => wordObstacle(instance, found, way.c)));
  const assign = planOfProposal(saved);
  const { short } = scorePlan(instance, assign);
  const enough = [...late].every((c) => short[c]?.every((items) => items <= SHORT_EPSILON));
  if (way?.found.length === 0 && !problem.dropped.has(i))
    reasons.push(
      ...(enough ? [{ code: 'not-needed' as const, params: {} }] : sourceReasons(instance, i, assign)),
    );

  const model = buildModel({ ...problem, dropped: new Set() }, late, { chain: true, mustMove: i });
  if (!model.moves.some((m) => m.operator === i && late.has(m.cell)))
    return answer(reasons.length ? reasons : [{ code: enough ? 'not-needed' : 'no-gain', params: {} }], null);
  const solved = await work.solver.solve(model.program, {
    seconds: SOLVE.relaxationSeconds,
    gap: SOLVE.gap,
    signal: work.signal,
  });
  if (!solved.values) {
    if (solved.status === 'infeasible' && reasons.length === 0)
      reasons.push({ code: 'source-would-miss', params: {} });
    return answer(reasons, null);
  }
  const forced = planOf(problem, model, solved.values);
  const extra = scorePlan(instance, forced).shortHours - scorePlan(instance, assign).shortHours;
  const forcedCost = Math.max(0, extra);
  if (reasons.length === 0) {
    const target = forced[i] ?? person.cell;
    const items = contribution(instance, person, target, lastDeadline(at(instance.cells, target)) ?? 0);
    reasons.push({ code: 'dearer', params: { items: Math.round(items), hours: round1(forcedCost) } });
  }
  return answer(reasons, forcedCost);
}

const round1 = (value: number): number => Math.round(value * 10) / 10;

export function wordObstacle(instance: Instance, found: Obstacle, c: number): Reason {
  const { cell } = at(instance.cells, c);
  const where = { location: cell.location, process: cell.process, business: cell.businessName };
  switch (found.code) {
    case 'low-skill':
      return { code: found.code, params: { ...where, skill: found.skill, needed: found.needed } };
    case 'low-experience':
      return { code: found.code, params: { ...where, months: found.months, needed: found.needed } };
    case 'moved-too-often':
    case 'ledger-full':
      return { code: found.code, params: { moves: found.moves, limit: found.limit } };
    case 'against-rule':
      return { code: found.code, params: ruleParams(instance, found.rule) };
    case 'stands-still':
      return {
        code: 'would-wait',
        params: { ...where, since: Math.round(instance.now - found.minutes * 60_000) },
      };
    default:
      return { code: found.code, params: where };
  }
}

/** What taking this person away, on top of the plan, would break where they are. */
export function sourceReasons(instance: Instance, i: number, assign: Int32Array): Reason[] {
  const { rules, operators } = instance;
  const person = at(operators, i);
  const c = person.cell;
  const cell = at(instance.cells, c);
  const where = { location: cell.cell.location, process: cell.cell.process };
  const reasons: Reason[] = [];
  const home = operators.filter((p) => p.cell === c).length;
  const left = operators.filter((p, k) => p.cell === c && assign[k] !== c).length;
  const here = operators.filter((_, k) => assign[k] === c);
  const most = Math.floor(rules.maxReleaseShare * home);
  if (here.length - 1 < cell.minStaff)
    reasons.push({
      code: 'source-min-staff',
      params: { ...where, people: here.length, needed: cell.minStaff },
    });
  if (left + 1 > most)
    reasons.push({ code: 'source-release-limit', params: { ...where, limit: most, left } });
  if (isSenior(person, cell) && here.filter((p) => isSenior(p, cell)).length - 1 < cell.seniors)
    reasons.push({ code: 'source-senior', params: { ...where, needed: cell.seniors } });
  const sums = capacity(instance, assign)[c] ?? [];
  const dues = cumulativeDue(cell);
  const short = cell.lots.map((lot, k) => {
    const rest = (sums[k] ?? 0) - contribution(instance, person, c, plannedDeadline(lot.deadline));
    return (dues[k] ?? 0) * (1 + rules.sourceBuffer) - rest;
  });
  const worst = Math.max(0, ...short);
  if (worst > SHORT_EPSILON)
    reasons.push({ code: 'source-would-miss', params: { ...where, items: Math.round(worst) } });
  const moves = operators.filter((p, k) => p.cell !== assign[k]).length;
  if (moves >= rules.maxMoves) reasons.push({ code: 'max-moves', params: { limit: rules.maxMoves } });
  return reasons;
}
