import { Cancelled } from '../../kernel/errors.ts';
import { yieldToEventLoop } from '../../kernel/task.ts';
import { at } from '../arithmetic.ts';
import { MODEL_VERSION, SOLVE } from '../config.ts';
import type { Badge, Provenance } from '../contract/placement.ts';
import type { Work } from '../solve/solve-plan.ts';
import type { SolveResult } from '../solve/solver.ts';
import { type Board, boardCost, type LotKey, lotKey, makeBoard } from './board.ts';
import { buildBoardModel } from './board-model.ts';
import { chancesOf, type LotChance } from './judge-loans.ts';
import { type Candidate, type DayProblem, pinnedLoans } from './loans.ts';
import type { DayInstance, Loan } from './types.ts';

/** A deadline missed with at least this probability is worth moving people for the day before. */
export const MATERIAL = 0.35;
/** A plan that lowers no such probability by at least this much is not proposed. */
const WORTHWHILE = 0.15;
/** Where a deadline elsewhere gets less safe than `safe`, its line keeps more room in the next round; less than `least` is never accepted. */
const HARM = { less: 0.05, safe: 0.8, least: 0.65, room: 0.05 } as const;
const ROUNDS = 3;
/** All rounds together take no longer, but for what building them takes. */
const SECONDS = 12;

type Chances = readonly LotChance[];
export type SolvedDay = {
  readonly loans: readonly Loan[];
  readonly badge: Badge;
  readonly before: Chances;
  readonly after: Chances;
  /** cells with a deadline worth moving people for */
  readonly late: ReadonlySet<number>;
  readonly provenance: Provenance;
};

/**
 * A plan for a day: greedy first, then the exact model; both are then lived through with the day's chances, and where it would make a
 * deadline elsewhere unsafe, that line keeps more room and the rest is solved again. Nothing is proposed where no deadline is in material danger. The badge says
 * `optimal` only when the solver proved it among all loans there are and no further round was needed. An aborted signal leaves the best plan so far.
 */
export async function solveDay(problem: DayProblem, work: Work): Promise<SolvedDay> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const { day } = problem;
  const pinned = pinnedLoans(problem);
  const before = await chancesOf(day, []);
  const start = pinned.length > 0 ? await chancesOf(day, pinned, before) : before;
  const targets = targetsOf(problem, before);
  const late = new Set(
    [...targets].map((key) => {
      const [l = 0, s = 0] = key.split(' ').map(Number);
      return at(at(day.lines, l).cells, s);
    }),
  );
  const badge = (kind: Badge['kind'], result: SolveResult | null, incumbents = 0): Badge => ({
    kind,
    gap: result?.gap ?? null,
    seconds: seconds(),
    incumbents,
    mode: kind === 'nothing-needed' || kind === 'greedy' ? 'none' : 'direct',
  });
  let cut = false;
  const provenance = (highs: string | null, objective = 0): Provenance => ({
    model: MODEL_VERSION,
    highs,
    objective,
    cut,
  });
  const asIs = { loans: pinned, before, after: start, late };
  if (targets.size === 0)
    return { ...asIs, badge: badge('nothing-needed', null), provenance: provenance(null) };

  const room = new Map<number, number>();
  let best: (Once & { readonly after: Chances; readonly missed: number }) | null = null;
  for (let round = 0; round < ROUNDS && (round === 0 || seconds() < SECONDS); round++) {
    const board = await makeBoard(problem, targets, room);
    const solved = await solveOnce(board, work, seconds);
    cut ||= solved.kind === 'time-limit' || solved.kind === 'cancelled' || solved.kind === 'greedy';
    if (solved.loans.length === 0) break;
    const after = await chancesOf(day, [...pinned, ...solved.loans], before);
    const missed = expectedMissed(after);
    const isSafe = harmedLines(day, start, after, HARM.least).size === 0;
    if (isSafe && isWorthwhile(start, after) && missed < (best?.missed ?? expectedMissed(start)))
      best = { ...(board.all && round === 0 ? solved : amongSearched(solved)), after, missed };
    const harmed = harmedLines(day, start, after, HARM.safe);
    if (harmed.size === 0 || work.signal?.aborted) break;
    for (const line of harmed) room.set(line, (room.get(line) ?? 0) + HARM.room);
  }
  if (best)
    return {
      loans: [...pinned, ...best.loans],
      badge: badge(best.kind, best.result, best.incumbents),
      before,
      after: best.after,
      late,
      provenance: provenance(best.result?.version ?? null, best.objective),
    };
  const kind = work.signal?.aborted ? 'cancelled' : 'no-move-helps';
  return { ...asIs, badge: badge(kind, null), provenance: provenance(null) };
}

/** What is proved of a plan that was not looked for among all there are, or that had to leave more room than the rules ask for. */
function amongSearched(solved: Once): Once {
  const { kind, result } = solved;
  if (kind === 'optimal' || kind === 'gap') return { ...solved, kind: 'searched' };
  return { ...solved, result: result && { ...result, gap: null } };
}

/** The deadlines in scope that are more likely to be missed than what may be left to the day itself. */
export function targetsOf({ day, scope }: DayProblem, lots: Chances): Set<LotKey> {
  const late = new Map(lots.map((lot) => [`${lot.cell} ${lot.deadline}`, lot.pMiss]));
  const targets = new Set<LotKey>();
  day.lines.forEach((line, l) => {
    line.cells.forEach((cell, s) => {
      if (!scope.has(cell)) return;
      line.lots.forEach((lot, k) => {
        if ((late.get(`${cell} ${at(lot, s)}`) ?? 0) >= MATERIAL) targets.add(lotKey(l, s, k));
      });
    });
  });
  return targets;
}
const lineOf = (day: DayInstance, cell: number): number =>
  day.lines.findIndex((line) => line.cells.includes(cell));
/** Lines with a deadline that the plan makes less safe than this. */
function harmedLines(day: DayInstance, before: Chances, after: Chances, safe: number): Set<number> {
  return new Set(
    before.flatMap((lot, i) => {
      const then = at(after, i).pMiss;
      return then - lot.pMiss > HARM.less && 1 - then < safe ? [lineOf(day, lot.cell)] : [];
    }),
  );
}
const expectedMissed = (lots: Chances): number => lots.reduce((sum, lot) => sum + lot.pMiss, 0);
const isWorthwhile = (before: Chances, after: Chances): boolean =>
  before.some((lot, i) => lot.pMiss - at(after, i).pMiss >= WORTHWHILE);

type Once = {
  readonly loans: readonly Candidate[];
  readonly objective: number;
  readonly kind: Badge['kind'];
  readonly result: SolveResult | null;
  readonly incumbents: number;
};
async function solveOnce(board: Board, work: Work, seconds: () => number): Promise<Once> {
  const { solver, log, signal, onProgress } = work;
  let best = await greedyLoans(board);
  let incumbents = 0;
  const told = (phase: 'greedy' | 'direct'): void =>
    onProgress?.({
      phase,
      seconds: seconds(),
      objective: boardCost(board, best),
      moves: best.length + board.pinned.length,
    });
  told('greedy');
  const done = (kind: Badge['kind'], result: SolveResult | null): Once => {
    const loans = withoutIdle(board, best);
    return { loans, objective: boardCost(board, loans) ?? 0, kind, result, incumbents };
  };
  if (board.candidates.length === 0) return done('no-move-helps', null);
  if (signal?.aborted) return done('cancelled', null);
  const model = await buildBoardModel(board);
  const take = (values: Float64Array): void => {
    const plan = board.candidates.filter((_, j) => (values[at(model.loans, j)] ?? 0) > 0.5);
    const cost = boardCost(board, plan);
    const now = boardCost(board, best);
    if (cost !== null && (now === null || cost < now - 1e-9)) best = plan;
  };
  let result: SolveResult;
  try {
    result = await solver.solve(model.program, {
      seconds: Math.max(1, SECONDS - seconds()),
      gap: SOLVE.gap,
      start: model.pointOf(best),
      signal,
      onIncumbent: ({ values }) => {
        incumbents++;
        take(values);
        told('direct');
      },
    });
  } catch (error) {
    if (!(error instanceof Cancelled)) log.warn('the plan of the day is greedy: the solver failed', error);
    return done(error instanceof Cancelled ? 'cancelled' : 'greedy', null);
  }
  if (result.values) take(result.values);
  const kind =
    result.status === 'optimal'
      ? (result.gap ?? 1) <= SOLVE.optimalGap
        ? 'optimal'
        : 'gap'
      : result.status === 'infeasible'
        ? 'greedy'
        : result.status;
  return done(kind, result);
}

/** The loan that lowers the cost the most, again and again. */
async function greedyLoans(board: Board): Promise<readonly Candidate[]> {
  const turn = yieldToEventLoop();
  let plan: readonly Candidate[] = [];
  let cost = boardCost(board, plan) ?? Infinity;
  for (;;) {
    const taken = new Set(plan.map((loan) => loan.operator));
    let found: { plan: readonly Candidate[]; cost: number } | null = null;
    for (const candidate of board.candidates) {
      await turn();
      if (taken.has(candidate.operator)) continue;
      const next = [...plan, candidate];
      const then = boardCost(board, next);
      if (then !== null && then < (found?.cost ?? cost) - 1e-9) found = { plan: next, cost: then };
    }
    if (!found) return plan;
    ({ plan, cost } = found);
  }
}
/** The plan without whom it is no worse. */
function withoutIdle(board: Board, loans: readonly Candidate[]): readonly Candidate[] {
  let plan = loans;
  for (const loan of loans) {
    const rest = plan.filter((other) => other !== loan);
    const cost = boardCost(board, rest);
    if (cost !== null && cost <= (boardCost(board, plan) ?? Infinity) + 1e-9) plan = rest;
  }
  return plan;
}
