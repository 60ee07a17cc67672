// The solver against the rule of thumb (G0) and the strong greedy (G2) on generated sites, and against published optima.
import { silentLog } from '../../main/log.ts';
import { lateCells, type Problem } from '../../main/placement/build-model.ts';
import { greedyPlan } from '../../main/placement/greedy.ts';
import { solvePlan } from '../../main/placement/solve-plan.ts';
import { createSolver, type Solver } from '../../main/placement/solver.ts';
import { type Evaluation, evaluate } from '../helpers/placement/evaluate.ts';
import { readGaps } from '../helpers/placement/gap.ts';
import { generate } from '../helpers/placement/generate.ts';
import { greedySeed } from '../helpers/placement/greedy-seed.ts';

type Sum = { missed: number; broken: number; ineligible: number; rules: number; seconds: number[] };
const empty = (): Sum => ({ missed: 0, broken: 0, ineligible: 0, rules: 0, seconds: [] });
const add = (sum: Sum, e: Evaluation, seconds: number): void => {
  sum.missed += e.missedLots;
  sum.broken += e.broken;
  sum.ineligible += e.ineligible;
  sum.rules += e.violations.length;
  sum.seconds.push(seconds);
};
const timed = async <T>(work: () => T | Promise<T>): Promise<{ value: T; seconds: number }> => {
  const began = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - began) / 1000 };
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const per = (a: number, b: number): string => (b === 0 ? (a === 0 ? '1.00' : '∞') : (a / b).toFixed(2));

const SETS = [
  { name: '100 people × 10 processes', operators: 100, cells: 10, seeds: 30, tight: false },
  { name: '100 × 10, overloaded', operators: 100, cells: 10, seeds: 10, tight: true },
  { name: '500 × 20', operators: 500, cells: 20, seeds: 15, tight: false },
] as const;

/** Prints ratios; `large` adds one site of 2,000 people. About two minutes on two cores. */
export async function run(print: (line: string) => void, { large = false } = {}): Promise<void> {
  const solver = createSolver({ log: silentLog });
  try {
    for (const set of large
      ? [...SETS, { name: '2,000 × 50', operators: 2000, cells: 50, seeds: 2, tight: false }]
      : SETS)
      await compare(set, solver, print);
    await optima(solver, print);
  } finally {
    await solver.close();
  }
}

async function compare(
  set: { name: string; operators: number; cells: number; seeds: number; tight: boolean },
  solver: Solver,
  print: (line: string) => void,
): Promise<void> {
  const sums = { none: empty(), seed: empty(), greedy: empty(), milp: empty() };
  let proven = 0;
  for (let k = 1; k <= set.seeds; k++) {
    const instance = generate({ ...set, seed: 100 + k });
    const problem: Problem = {
      instance,
      scope: new Set(instance.cells.keys()),
      dropped: new Set(),
      pins: new Map(),
    };
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
    if (milp.value.badge.kind === 'optimal' || milp.value.badge.kind === 'gap') proven++;
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
  print(
    `  time: solver ÷ G2 ${per(median(sums.milp.seconds), median(sums.greedy.seconds))} at the median ` +
      `(${median(sums.milp.seconds).toFixed(2)} s, longest ${Math.max(...sums.milp.seconds).toFixed(2)} s); ` +
      `proven to 0.5 % ${proven}/${set.seeds}`,
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
