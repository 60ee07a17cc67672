import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { memoryLog, silentLog } from '../../../main/kernel/log.ts';
import { at, contribution, planCost, scorePlan } from '../../../main/placement/arithmetic.ts';
import { describePlan } from '../../../main/placement/describe-plan.ts';
import { plainLines } from '../../../main/placement/flow/plain-lines.ts';
import { createSolver } from '../../../main/placement/index.ts';
import {
  buildModel,
  lateCells,
  type Problem,
  pointOf,
  startingPlan,
} from '../../../main/placement/solve/build-model.ts';
import { findRelaxations } from '../../../main/placement/solve/find-relaxations.ts';
import { greedyPlan } from '../../../main/placement/solve/greedy.ts';
import { Milp } from '../../../main/placement/solve/milp.ts';
import { dropIdleMoves, solvePlan } from '../../../main/placement/solve/solve-plan.ts';
import type { Instance } from '../../../main/placement/types.ts';
import { evaluate, walk } from '../../helpers/placement/evaluate.ts';
import { readGaps } from '../../helpers/placement/gap.ts';
import { generate, NOW } from '../../helpers/placement/generate.ts';
import { bestOfTwoMoves } from '../../helpers/placement/try-all.ts';

const solver = createSolver({ log: silentLog });
afterAll(() => solver.close());
const work = { solver, log: silentLog };

const whole = (instance: Instance, change: Partial<Problem> = {}): Problem => ({
  instance,
  scope: new Set(instance.cells.keys()),
  dropped: new Set(),
  pins: new Map(),
  ...change,
});
const shapes = fc.record({
  operators: fc.integer({ min: 20, max: 60 }),
  cells: fc.constantFrom(5, 10),
  seed: fc.integer({ min: 1, max: 10_000 }),
  tight: fc.boolean(),
  rules: fc.record({
    safety: fc.constantFrom(0, 0.1),
    sourceBuffer: fc.constantFrom(0, 0.1),
    maxMoves: fc.integer({ min: 1, max: 12 }),
    constraints: fc.subarray([
      { id: 'a', toProcess: 'エントリ1', monthsBelow: 24, hard: true, weight: 0 },
      { id: 'b', fromLocation: '盛岡', toLocation: '札幌', hard: true, weight: 0 },
      { id: 'c', operatorId: 'E0003', hard: true, weight: 0 },
      { id: 'd', fromProcess: '補正', hard: false, weight: 3 },
    ]),
  }),
});
const stays = (instance: Instance): Int32Array => Int32Array.from(instance.operators, (p) => p.cell);

describe('a plan', () => {
  test('keeps every rule, breaks no cell, and is never worse than greedy or than doing nothing', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const instance = generate(shape);
        const problem = whole(instance);
        const late = lateCells(problem);
        const greedy = greedyPlan(problem, late);
        const { assign } = await solvePlan(problem, work);
        for (const plan of [greedy, assign])
          expect(evaluate(instance, plan)).toMatchObject({ ineligible: 0, broken: 0, violations: [] });
        const cost = planCost(instance, assign, late);
        expect(cost).toBeLessThanOrEqual(planCost(instance, greedy, late) + 1e-9);
        expect(cost).toBeLessThanOrEqual(planCost(instance, stays(instance), late) + 1e-9);
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  test('is scored as a minute-by-minute walk through the day scores it', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const instance = generate(shape);
        const assign = greedyPlan(whole(instance), lateCells(whole(instance)));
        const walked = walk(instance, assign);
        scorePlan(instance, assign).short.forEach((row, c) => {
          row.forEach((items, k) => {
            expect(items).toBeCloseTo(walked[c]![k]!, 4);
          });
        });
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  test('of greedy is a feasible point of the model, and costs there what it costs by itself', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const problem = whole(generate(shape));
        const late = lateCells(problem);
        const model = buildModel(problem, late, { chain: false });
        const stay = startingPlan(problem);
        const greedy = greedyPlan(problem, late);
        const points = [stay, greedy].map((plan) => pointOf(model, plan));
        for (const point of points) expect(model.program.isFeasible(point)).toBe(true);
        const [a, b] = points.map((point) => model.program.objective(point));
        const saved = planCost(problem.instance, stay, late) - planCost(problem.instance, greedy, late);
        expect(a! - b!).toBeCloseTo(saved, 4);
      }),
      { numRuns: 50, seed: 4 },
    );
  });

  test('is the best of all plans with up to two moves, tried one by one', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const instance = generate({
        operators: 14,
        cells: 5,
        seed,
        lateShare: 0.4,
        tight: seed % 2 === 0,
        rules: { maxMoves: 2 },
      });
      const problem = whole(instance);
      const late = lateCells(problem);
      const { assign, badge } = await solvePlan(problem, work);
      const best = bestOfTwoMoves(instance, late);
      // a plan not proven optimal is within its gap
      const allowed = badge.kind === 'gap' ? best * (1 + (badge.gap ?? 0)) : best;
      const cost = planCost(instance, assign, late);
      expect(cost).toBeGreaterThanOrEqual(best - 1e-6);
      expect(cost).toBeLessThanOrEqual(allowed + 1e-6);
    }
  });

  test('holds no move that can be taken away without the objective getting worse, whoever made it', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const problem = whole(generate(shape));
        const late = lateCells(problem);
        const solved = await solvePlan(problem, work);
        expectNothingIdle(problem, late, solved.assign);
        const stopped = new AbortController();
        stopped.abort();
        const quick = await solvePlan(problem, { ...work, signal: stopped.signal });
        expectNothingIdle(problem, late, quick.assign);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  test('loses the moves that buy nothing, and no others: what it costs never rises, what is missing stays', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 1000 }), (shape, turn) => {
        const problem = whole(generate({ ...shape, rules: { ...shape.rules, maxMoves: 12 } }));
        const { instance } = problem;
        const late = lateCells(problem);
        const model = buildModel(problem, late, { chain: true });
        const plan = greedyPlan(problem, late);
        // somebody more than is any good, if the rules let anybody go
        model.moves.some((_, k) => {
          const move = at(model.moves, (k + turn) % model.moves.length);
          const more = Int32Array.from(plan);
          if (more[move.operator] !== at(instance.operators, move.operator).cell) return false;
          more[move.operator] = move.cell;
          if (!model.program.isFeasible(pointOf(model, more))) return false;
          plan.set(more);
          return true;
        });
        const kept = dropIdleMoves(problem, late, plan);
        expect(evaluate(instance, kept)).toMatchObject({ ineligible: 0, broken: 0, violations: [] });
        expect(planCost(instance, kept, late)).toBeLessThanOrEqual(planCost(instance, plan, late) + 1e-9);
        kept.forEach((cell, i) => {
          expect([plan[i], at(instance.operators, i).cell]).toContain(cell);
        });
        expectNothingIdle(problem, late, kept);
      }),
      { numRuns: 50, seed: 6 },
    );
  });

  test('is the same every time', async () => {
    const instance = generate({ operators: 60, cells: 10, seed: 7 });
    const first = await solvePlan(whole(instance), work);
    const fresh = createSolver({ log: silentLog });
    const second = await solvePlan(whole(JSON.parse(JSON.stringify(instance)) as Instance), {
      ...work,
      solver: fresh,
    });
    await fresh.close();
    expect([...second.assign]).toEqual([...first.assign]);
    expect(second.badge.kind).toBe(first.badge.kind);
  });

  test('says so when nothing is late, and when nobody may move', async () => {
    const calm = generate({ operators: 40, cells: 5, seed: 3 });
    const idle = { ...calm, cells: calm.cells.map((cell) => ({ ...cell, lots: [] })) };
    expect((await solvePlan(whole(idle), work)).badge).toMatchObject({
      kind: 'nothing-needed',
      mode: 'none',
    });
    const constraints = calm.operators.map(({ id }) => ({ id, operatorId: id, hard: true, weight: 0 }));
    const frozen = { ...calm, rules: { ...calm.rules, constraints } };
    expect((await solvePlan(whole(frozen), work)).badge).toMatchObject({ kind: 'no-move-helps' });
  });

  test('helps only the cells asked for, with people from anywhere', async () => {
    const instance = generate({ operators: 100, cells: 10, seed: 103 });
    const late = [...lateCells(whole(instance))];
    expect(late.length).toBeGreaterThan(1);
    const only = at(late, 0);
    const { assign, late: helped } = await solvePlan(whole(instance, { scope: new Set([only]) }), work);
    expect([...helped]).toEqual([only]);
    const short = scorePlan(instance, assign).short;
    const before = scorePlan(instance, stays(instance)).short;
    for (const c of late.slice(1))
      short[c]!.forEach((items, k) => {
        expect(items).toBeLessThanOrEqual(before[c]![k]! + 1e-6);
      });
    expect(short[only]!.reduce((a, b) => a + b)).toBeLessThan(before[only]!.reduce((a, b) => a + b));
  });

  test('moves the pinned wherever they are sent, leaves out the dropped, and keeps the rules for everybody else', async () => {
    const instance = generate({ operators: 60, cells: 10, seed: 21 });
    const free = await solvePlan(whole(instance), work);
    const moved = [...free.assign.keys()].filter((i) => free.assign[i] !== at(instance.operators, i).cell);
    const gone = at(moved, 0);
    const pinned = instance.operators.findIndex((person, i) => !moved.includes(i) && person.cell !== 4);
    const problem = whole(instance, { dropped: new Set([gone]), pins: new Map([[pinned, 4]]) });
    const { assign } = await solvePlan(problem, work);
    expect(assign[pinned]).toBe(4);
    expect(assign[gone]).toBe(at(instance.operators, gone).cell);
    expect(evaluate(instance, assign, { pinned: new Set([pinned]) }).ineligible).toBe(0);
    expect(startingPlan(problem)[pinned]).toBe(4);
  });
});

/** Every move alone: without it a rule is broken, or the objective is worse. */
function expectNothingIdle(problem: Problem, late: ReadonlySet<number>, plan: Int32Array): void {
  const { instance } = problem;
  const model = buildModel(problem, late, { chain: true });
  const cost = planCost(instance, plan, late);
  expect(model.program.isFeasible(pointOf(model, plan))).toBe(true);
  instance.operators.forEach((person, i) => {
    if (plan[i] === person.cell) return;
    const without = Int32Array.from(plan);
    without[i] = person.cell;
    if (model.program.isFeasible(pointOf(model, without)))
      expect(planCost(instance, without, late)).toBeGreaterThan(cost + 1e-9);
  });
}

describe('the solver', () => {
  test('finds the published optimum of assignment problems', async () => {
    for (const gap of readGaps((file) => /gap1-|gap5-0|gap12-0/.test(file))) {
      const { status, objective } = await solver.solve(gap.program, { seconds: 30, gap: 0 });
      expect({ name: gap.name, status, objective: Math.round(objective) }).toEqual({
        name: gap.name,
        status: 'optimal',
        objective: gap.optimum,
      });
    }
  });

  test('agrees with trying every combination of small random programs', async () => {
    await fc.assert(
      fc.asyncProperty(smallPrograms, async (program) => {
        const best = bruteForce(program);
        const { status, objective, values } = await solver.solve(program, { seconds: 10, gap: 0 });
        if (best === null) expect(status).toBe('infeasible');
        else {
          expect(objective).toBeCloseTo(best, 6);
          expect(program.isFeasible(values!)).toBe(true);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  test('stops when asked, with its best so far, and goes on to the next program', async () => {
    const stop = new AbortController();
    const program = knapsacks(60, 12);
    const running = solver.solve(program, {
      seconds: 60,
      gap: 0,
      signal: stop.signal,
      onIncumbent: () => stop.abort(),
    });
    const { status, values } = await running;
    expect(status).toBe('cancelled');
    expect(program.isFeasible(values!)).toBe(true);
    await expect(solver.solve(program, { seconds: 60, gap: 0, signal: stop.signal })).rejects.toThrow(
      'cancelled',
    );
    expect((await solver.solve(knapsacks(5, 2), { seconds: 10, gap: 0 })).status).toBe('optimal');
  });

  test('calls nothing optimal that was cut short', async () => {
    const { status, gap } = await solver.solve(knapsacks(80, 20), { seconds: 0.3, gap: 0 });
    expect(status).toBe('time-limit');
    expect(gap === null || gap > 0).toBe(true);
  });

  test('survives the death of its thread: that proposal is greedy, the next one solved', async () => {
    let started = 0;
    const { log, lines } = memoryLog({ now: () => 0, every: () => () => {} });
    const mortal = createSolver({
      log,
      openThread: () =>
        started++ === 0
          ? new Worker("require('node:worker_threads').parentPort.on('message', () => process.exit(3))", {
              eval: true,
            })
          : new Worker(new URL('../../../main/placement/solve/solver-worker.ts', import.meta.url)),
    });
    const instance = generate({ operators: 60, cells: 10, seed: 21 });
    const problem = whole(instance);
    const fallback = await solvePlan(problem, { solver: mortal, log });
    expect(fallback.badge).toMatchObject({ kind: 'greedy', gap: null });
    expect([...fallback.assign]).toEqual([...greedyPlan(problem, lateCells(problem))]);
    expect(['optimal', 'gap']).toContain((await solvePlan(problem, { solver: mortal, log })).badge.kind);
    expect(started).toBe(2);
    expect(lines.some((line) => line.message === 'solver thread replaced')).toBe(true);
    await mortal.close();
  });

  test('reports a program that HiGHS refuses, and works on with a fresh thread', async () => {
    const broken = new Milp();
    broken.column({ lower: 0, upper: 1, integer: true, cost: Number.NaN });
    await expect(solver.solve(broken, { seconds: 1, gap: 0 })).rejects.toMatchObject({
      code: 'placement.solver',
    });
    expect((await solver.solve(knapsacks(5, 2), { seconds: 10, gap: 0 })).status).toBe('optimal');
  });
});

describe('relaxations', () => {
  test('name the rule that stands in the way and what it would win', async () => {
    // one late cell, one trained colleague who has already been moved twice today
    const instance = blockedBy({ movesToday: 2 });
    const problem = whole(instance);
    const solved = await solvePlan(problem, work);
    expect(solved.badge.kind).toBe('no-move-helps');
    const [first] = await findRelaxations(problem, solved, work);
    expect(first).toMatchObject({ rule: 'cooldown', people: 1, missedBefore: 1, missedAfter: 0, after: 0 });
    expect(first!.before).toBeGreaterThan(0);
  });
  test('are empty when no single rule would help', async () => {
    const problem = whole(blockedBy({ skill: [3, 0] }));
    expect(await findRelaxations(problem, await solvePlan(problem, work), work)).toEqual([]);
  });
});

test('a move says the deadline it is for: the one that lacks the most without it, not the one most likely missed', async () => {
  // nobody can be there in time for the first deadline, which is lost; the second can still be met
  const base = blockedBy({});
  const cells = base.cells.map((cell, c) =>
    c === 0
      ? {
          ...cell,
          lots: [
            { deadline: 4, items: 500 },
            { deadline: 180, items: 100 },
          ],
        }
      : cell,
  );
  const instance: Instance = { ...base, cells, lines: plainLines(cells) };
  const problem = whole(instance);
  const { assign, late } = await solvePlan(problem, work);
  const { moves } = describePlan(instance, assign, { late, counted: problem.scope, pins: problem.pins });
  expect(moves.length).toBeGreaterThan(0);
  for (const move of moves) {
    const person = instance.operators.find((o) => o.id === move.operatorId)!;
    expect(move.deadline).toBe(NOW + 180 * 60_000);
    expect(move.items).toBeCloseTo(contribution(instance, person, 0, 180), 9);
    expect(move.items).toBeGreaterThan(1);
    expect(move.reasons[0]).toMatchObject({ code: 'adds-capacity', params: { deadline: move.deadline } });
  }
});

test('a described plan adds up: people, items and deadlines before and after', async () => {
  const instance = generate({ operators: 60, cells: 10, seed: 21 });
  const problem = whole(instance);
  const { assign, late } = await solvePlan(problem, work);
  const { moves, effects, impact } = describePlan(instance, assign, {
    late,
    counted: problem.scope,
    pins: problem.pins,
  });
  expect(moves.length).toBe(evaluate(instance, assign).moves);
  expect(impact.missedAfter).toBe(evaluate(instance, assign).missedLots);
  expect(impact.missedAfter).toBeLessThanOrEqual(impact.missedBefore);
  for (const effect of effects) {
    const arriving = moves.filter((move) => move.to.cellId === effect.cell.cellId).length;
    const leaving = moves.filter((move) => move.from.cellId === effect.cell.cellId).length;
    expect(effect.after.people - effect.before.people).toBe(arriving - leaving);
    expect(effect.role).toBe(arriving ? (leaving ? 'both' : 'target') : 'source');
    if (effect.role === 'target')
      expect(effect.after.pOnTime).toBeGreaterThanOrEqual(effect.before.pOnTime - 1e-9);
  }
  for (const move of moves) {
    expect(move.reasons.map((reason) => reason.code)).toContain('adds-capacity');
    expect(move.startsAt).toBe(NOW);
    expect(move.endsAt).toBeGreaterThan(move.startsAt);
  }
});

const smallPrograms = fc
  .record({
    costs: fc.array(fc.integer({ min: -8, max: 12 }), { minLength: 2, maxLength: 8 }),
    rows: fc.array(
      fc.record({
        values: fc.array(fc.integer({ min: -4, max: 8 }), { minLength: 8, maxLength: 8 }),
        bound: fc.integer({ min: -3, max: 12 }),
        atLeast: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ costs, rows }) => {
    const program = new Milp();
    const columns = costs.map((cost) => program.column({ lower: 0, upper: 1, integer: true, cost }));
    for (const { values, bound, atLeast } of rows)
      program.row(
        atLeast ? bound : Number.NEGATIVE_INFINITY,
        atLeast ? Number.POSITIVE_INFINITY : bound,
        [...columns],
        values.slice(0, columns.length),
      );
    return program;
  });
function bruteForce(program: Milp): number | null {
  const n = program.cost.length;
  let best: number | null = null;
  for (let mask = 0; mask < 1 << n; mask++) {
    const values = Float64Array.from({ length: n }, (_, j) => (mask >> j) & 1);
    if (!program.isFeasible(values, 1e-9)) continue;
    const objective = program.objective(values);
    if (best === null || objective < best) best = objective;
  }
  return best;
}
/** a multi-dimensional knapsack: easy to fill, hard to prove */
function knapsacks(items: number, dimensions: number): Milp {
  const program = new Milp();
  const number = (a: number, b: number): number => 5 + ((a * 7919 + b * 104_729 + a * b * 31) % 61);
  const columns = Array.from({ length: items }, (_, j) =>
    program.column({ lower: 0, upper: 1, integer: true, cost: -number(j, 99) }),
  );
  for (let d = 0; d < dimensions; d++) {
    const values = columns.map((j) => number(j, d));
    program.row(Number.NEGATIVE_INFINITY, values.reduce((a, b) => a + b) / 2, [...columns], values);
  }
  return program;
}

/** Two cells of one site: the first late, the second with time to spare and one person changed as given. */
function blockedBy(change: Partial<Instance['operators'][number]>): Instance {
  const base = generate({
    operators: 20,
    cells: 5,
    seed: 1,
    rules: { checkpoint: { minutesBefore: 20, minStaff: 0 }, maxReleaseShare: 1 },
  });
  const person = (id: string, cell: number): Instance['operators'][number] => ({
    id,
    name: id,
    site: 0,
    cell,
    skill: [3, 3],
    experience: [30, 30],
    speed: [60, 60],
    knows: [true],
    from: 0,
    until: 300,
    breaks: [],
    movesToday: 0,
    movedBy: null,
  });
  const cell = (c: number, items: number): Instance['cells'][number] => ({
    ...at(base.cells, c),
    site: 0,
    business: 0,
    process: c,
    lots: [{ deadline: 120, items }],
    minSkill: 2,
    minStaff: 0,
    minStaffAtCheckpoint: 0,
    seniors: 0,
    priority: 1,
  });
  return {
    ...base,
    businesses: ['523201'],
    processes: ['エントリ1', 'エントリ2'],
    cells: [cell(0, 150), cell(1, 30)],
    operators: [person('a', 0), { ...person('b', 1), ...change }, person('c', 1)],
    rules: {
      ...base.rules,
      constraints: ['a', 'c'].map((id) => ({ id, operatorId: id, hard: true, weight: 0 })),
    },
  };
}
