// Simulated tomorrows planned the evening before, then lived with and without the plan. TORIDE_BENCH_TOMORROWS=FROM-TO picks the seeds.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { silentLog } from '../../main/kernel/log.ts';
import { ProposalScope } from '../../main/placement/contract/placement.ts';
import { loadDay } from '../../main/placement/day-plan/load-day.ts';
import { planDay } from '../../main/placement/day-plan/plan-day.ts';
import { createSolver, type Solver } from '../../main/placement/index.ts';
import { makeTomorrow } from '../helpers/placement/tomorrow.ts';

type Sum = {
  days: number;
  moves: number;
  /** days on which nothing known beforehand makes a deadline late, and the moves proposed for them */
  calmDays: number;
  calmMoves: number;
  known: { before: number; after: number; fresh: number };
  lived: { before: number; after: number; fresh: number };
  seconds: number[];
  /** longest the event loop stood still while a plan was made, ms */
  stood: number[];
  proved: number;
};

/** Deadlines missed without and with the plan: on the day as far as it could be known, and on the day as it came. */
export async function run(print: (line: string) => void): Promise<void> {
  const [first = 1, last = first] = (process.env['TORIDE_BENCH_TOMORROWS'] ?? '1-100').split('-').map(Number);
  const solver = createSolver({ log: silentLog });
  try {
    for (const scenario of ['random', 'normal'] as const) {
      const sum: Sum = {
        days: 0,
        moves: 0,
        calmDays: 0,
        calmMoves: 0,
        known: { before: 0, after: 0, fresh: 0 },
        lived: { before: 0, after: 0, fresh: 0 },
        seconds: [],
        stood: [],
        proved: 0,
      };
      for (let seed = first; seed <= last; seed++) await liveDay(sum, { seed, scenario, solver });
      const fall = (side: Sum['known']): string =>
        side.before === 0
          ? `0 → ${side.after}`
          : `${side.before} → ${side.after} (−${(100 * (1 - side.after / side.before)).toFixed(0)} %)`;
      const sorted = sum.seconds.toSorted((a, b) => a - b);
      print(
        `${scenario} days, seeds ${first}–${last}: ${sum.days}, ${(sum.moves / sum.days).toFixed(2)} moves a day`,
      );
      print(`  missed, of what could be known: ${fall(sum.known)}, newly missed ${sum.known.fresh}`);
      print(`  missed, with what nobody knew:  ${fall(sum.lived)}, newly missed ${sum.lived.fresh}`);
      print(
        `  days that need none: ${sum.calmDays}, ${(sum.calmMoves / Math.max(1, sum.calmDays)).toFixed(2)} moves a day`,
      );
      print(
        `  planned in ${(sorted[sorted.length >> 1] ?? 0).toFixed(1)} s at the median, ${(sorted.at(-1) ?? 0).toFixed(1)} s at most; proved optimal on ${sum.proved}`,
      );
      const stood = sum.stood.toSorted((a, b) => a - b);
      print(
        `  the event loop stood still for ${(stood[stood.length >> 1] ?? 0).toFixed(0)} ms at the median, ${(stood.at(-1) ?? 0).toFixed(0)} ms at most`,
      );
    }
  } finally {
    await solver.close();
  }
}

async function liveDay(
  sum: Sum,
  o: { seed: number; scenario: 'random' | 'normal'; solver: Solver },
): Promise<void> {
  const tomorrow = makeTomorrow(o);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  // what stands still before the first turn is measured too
  await setTimeout(10);
  loop.reset();
  const began = performance.now();
  const day = await loadDay(tomorrow.read, tomorrow.at, tomorrow.options);
  if (!day) throw new Error('no data');
  const plan = await planDay(day, ProposalScope.parse({ horizon: 'next-day' }), {
    solver: o.solver,
    log: silentLog,
  });
  sum.days++;
  sum.moves += plan.moves.length;
  sum.seconds.push((performance.now() - began) / 1000);
  await setTimeout(10);
  loop.disable();
  sum.stood.push(loop.max / 1e6);
  if (plan.badge.kind === 'optimal') sum.proved++;
  for (const kind of ['known', 'lived'] as const) {
    const told = kind === 'known' ? kind : undefined;
    const before = new Set(tomorrow.lived([], told));
    const after = tomorrow.lived(plan.moves, told);
    sum[kind].before += before.size;
    sum[kind].after += after.length;
    sum[kind].fresh += after.filter((deadline) => !before.has(deadline)).length;
    if (kind === 'known' && before.size === 0) {
      sum.calmDays++;
      sum.calmMoves += plan.moves.length;
    }
  }
  tomorrow.close();
}
