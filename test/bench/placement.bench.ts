// The solver against the rule of thumb (G0) and the strong greedy (G2) on generated sites, and against published optima.
import { silentLog } from '../../main/kernel/log.ts';
import { planCost, scorePlan } from '../../main/placement/arithmetic.ts';
import { createSolver, type Solver } from '../../main/placement/index.ts';
import { buildModel, lateCells, type Problem, pointOf } from '../../main/placement/solve/build-model.ts';
import { greedyPlan } from '../../main/placement/solve/greedy.ts';
import { solvePlan } from '../../main/placement/solve/solve-plan.ts';
import type { Instance } from '../../main/placement/types.ts';
import { type Evaluation, evaluate, walk } from '../helpers/placement/evaluate.ts';
import { readGaps } from '../helpers/placement/gap.ts';
import { generate } from '../helpers/placement/generate.ts';
import { greedySeed } from '../helpers/placement/greedy-seed.ts';
import { bestOfTwoMoves } from '../helpers/placement/try-all.ts';

type Sum = { missed: number; broken: number; ineligible: number; rules: number; seconds: number[] };
const empty = (): Sum => ({ missed: 0, broken: 0, ineligible: 0, rules: 0, seconds: [] });
const add = (sum: Sum, e: Evaluation, seconds: number): void => {
  sum.missed += e.missedLots;
  sum.broken += e.broken;
  sum.ineligible += e.ineligible;
  sum.rules += e.violations.length;
  sum.seconds.push(seconds);
};
/** `seconds`: processor time of all threads, which other work on the machine does not lengthen much. */
const timed = async <T>(work: () => T | Promise<T>): Promise<{ value: T; seconds: number }> => {
  const began = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(began);
  return { value, seconds: (user + system) / 1e6 };
};
const whole = (instance: Instance): Problem => ({
  instance,
  scope: new Set(instance.cells.keys()),
  dropped: new Set(),
  pins: new Map(),
});
const PROVEN = 0.01;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const per = (a: number, b: number): string => (b === 0 ? (a === 0 ? '1.00' : '∞') : (a / b).toFixed(2));

/** `lab`: deadlines missed by the measured prototype on the same seeds; the solver must not miss more. `cpu`: seconds it may take. */
const SETS = [
  {
    name: 'S 100 people × 10 processes',
    operators: 100,
    cells: 10,
    seeds: 30,
    tight: false,
    lab: 24,
    cpu: 0.5,
  },
  { name: 'S overloaded', operators: 100, cells: 10, seeds: 30, tight: true, lab: 87, cpu: null },
  { name: 'M 500 × 20', operators: 500, cells: 20, seeds: 15, tight: false, lab: 0, cpu: 2 },
  { name: 'M overloaded', operators: 500, cells: 20, seeds: 5, tight: true, lab: null, cpu: null },
  { name: 'L 2,000 × 50', operators: 2000, cells: 50, seeds: 5, tight: false, lab: 0, cpu: 10 },
] as const;
type SiteSet = (typeof SETS)[number];
const AGREEING = 300;
const TRIED = 100;

/** Prints ratios, then the counts that must be 0 or whole. About six minutes on two cores. */
export async function run(print: (line: string) => void): Promise<void> {
  const solver = createSolver({ log: silentLog });
  try {
    for (const set of SETS) await compare(set, solver, print);
    await large(solver, print);
    await agree(solver, print);
    await optima(solver, print);
  } finally {
    await solver.close();
  }
}

/** The direct plan of 2,000 people × 50 processes to 1 %, without the time limit that a busy machine meets sooner. */
async function large(solver: Solver, print: (line: string) => void): Promise<void> {
  const seconds: number[] = [];
  let proved = 0;
  for (let k = 1; k <= 5; k++) {
    const problem = whole(generate({ operators: 2000, cells: 50, tight: false, seed: 100 + k }));
    const { value, seconds: took } = await timed(() => {
      const late = lateCells(problem);
      const model = buildModel(problem, late, { chain: false });
      const start = pointOf(model, greedyPlan(problem, late));
      return solver.solve(model.program, { seconds: 120, gap: PROVEN, start });
    });
    seconds.push(took);
    if (value.status === 'optimal') proved++;
  }
  print(
    `L direct plan to 1 %: processor time ${median(seconds).toFixed(1)} s at the median, ` +
      `${Math.max(...seconds).toFixed(1)} s at most (may take 10 s); proven ${proved}/5`,
  );
}

/** Solver against the independent walk on seeded instances, the smallest also against every plan with up to two moves. */
async function agree(solver: Solver, print: (line: string) => void): Promise<void> {
  let apart = 0;
  let broken = 0;
  let beaten = 0;
  for (let seed = 1; seed <= AGREEING; seed++) {
    const isSmall = seed <= TRIED;
    const instance = generate({
      operators: isSmall ? 14 : 20 + (seed % 41),
      cells: isSmall || seed % 2 ? 5 : 10,
      seed,
      lateShare: isSmall ? 0.4 : 0.25,
      tight: seed % 2 === 0,
      ...(isSmall ? { rules: { maxMoves: 2 } } : {}),
    });
    const problem = whole(instance);
    const { assign, badge } = await solvePlan(problem, { solver, log: silentLog });
    const walked = walk(instance, assign);
    const { short } = scorePlan(instance, assign);
    if (short.some((row, c) => row.some((items, k) => Math.abs(items - walked[c]![k]!) > 1e-4))) apart++;
    const seen = evaluate(instance, assign);
    if (seen.broken + seen.ineligible + seen.violations.length > 0) broken++;
    if (!isSmall) continue;
    const late = lateCells(problem);
    const best = bestOfTwoMoves(instance, late) * (1 + (badge.kind === 'gap' ? (badge.gap ?? 0) : 0));
    if (planCost(instance, assign, late) > best + 1e-6) beaten++;
  }
  print(
    `${AGREEING} seeded sites: items short other than in the minute-by-minute walk ${apart}, a rule or a source broken ${broken}; ` +
      `of ${TRIED} small ones beaten by trying every plan ${beaten}`,
  );
}

async function compare(set: SiteSet, solver: Solver, print: (line: string) => void): Promise<void> {
  const sums = { none: empty(), seed: empty(), greedy: empty(), milp: empty() };
  let proven = 0;
  let widest = 0;
  for (let k = 1; k <= set.seeds; k++) {
    const instance = generate({ ...set, seed: 100 + k });
    const problem = whole(instance);
    add(
      sums.none,
      evaluate(
        instance,
        instance.operators.map((person) => person.cell),
      ),
      0,
    );
    const seed = await timed(() => greedySeed(instance));
    add(sums.seed, evaluate(instance, seed.value), seed.seconds);
    const greedy = await timed(() => greedyPlan(problem, lateCells(problem)));
    add(sums.greedy, evaluate(instance, greedy.value), greedy.seconds);
    const milp = await timed(() => solvePlan(problem, { solver, log: silentLog }));
    add(sums.milp, evaluate(instance, milp.value.assign), milp.seconds);
    const { gap } = milp.value.badge;
    widest = Math.max(widest, gap ?? 1);
    if (gap !== null && gap <= PROVEN) proven++;
  }
  print(`placement, ${set.name}, ${set.seeds} sites: deadlines missed ÷ doing nothing (${sums.none.missed})`);
  for (const [name, sum] of [
    ['rule of thumb (G0)', sums.seed],
    ['strong greedy (G2)', sums.greedy],
    ['solver', sums.milp],
  ] as const)
    print(
      `  ${name.padEnd(20)} ${per(sum.missed, sums.none.missed)} (${sum.missed}); processes broken ${sum.broken}, ` +
        `ineligible moves ${sum.ineligible}, site rules broken ${sum.rules}`,
    );
  const { seconds } = sums.milp;
  print(
    `  solver: processor time ${median(seconds).toFixed(2)} s at the median, ${Math.max(...seconds).toFixed(2)} s at most` +
      `${set.cpu === null ? '' : ` (may take ${set.cpu} s)`}; proven to 1 % ${proven}/${set.seeds}, widest gap ${(widest * 100).toFixed(2)} %` +
      `${set.lab === null ? '' : `; the prototype missed ${set.lab}`}`,
  );
}

async function optima(solver: Solver, print: (line: string) => void): Promise<void> {
  const gaps = readGaps();
  let equal = 0;
  let proven = 0;
  for (const { program, optimum } of gaps) {
    const { status, objective } = await solver.solve(program, { seconds: 60, gap: 0 });
    if (status === 'optimal') proven++;
    if (Math.abs(objective - optimum) < 1e-6) equal++;
  }
  print(
    `published assignment problems: equal to the optimum ${equal}/${gaps.length}, proven ${proven}/${gaps.length}`,
  );
}
