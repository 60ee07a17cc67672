// Whether the measures answer the plans of test/golden/questions with true figures, and how long a query takes.
import { AppError } from '../../main/kernel/errors.ts';
import { differs, queryOf } from '../helpers/questions/plan-query.ts';
import { questions } from '../helpers/questions/question.ts';
import { openStage } from '../helpers/questions/stage.ts';

/** TORIDE_VERBOSE=1 names what is not true. */
export async function run(print: (line: string) => void): Promise<void> {
  const times: { ms: number; id: string }[] = [];
  const wrong: string[] = [];
  let right = 0;
  for (const decided of [false, true]) {
    const stage = await openStage({ decided });
    try {
      for (const { id, kind, q, accept } of questions('open')) {
        if ((kind === 'decisions') !== decided) continue;
        for (const plan of accept.flatMap((outcome) => outcome.plans ?? []).filter((p) => p.measures))
          for (const measure of (plan.measures ?? []).flat()) {
            const began = performance.now();
            try {
              const answered = await stage.engine.services.measures.query(queryOf(plan, measure));
              times.push({ ms: performance.now() - began, id: `${id} ${measure}` });
              const why = differs(stage, plan, measure, answered);
              if (why === null) right++;
              else wrong.push(`${id} ${measure} ${q}\n      ${why}`);
            } catch (error) {
              wrong.push(
                `${id} ${measure} ${q}\n      ${error instanceof AppError ? error.message : (error as Error).stack}`,
              );
            }
          }
      }
    } finally {
      await stage.close();
    }
  }
  if (process.env['TORIDE_VERBOSE'] === '1') for (const line of wrong) print(line);
  const sorted = times.map((t) => t.ms).sort((a, b) => a - b);
  const [slowest, ...slow] = times.toSorted((a, b) => b.ms - a.ms);
  if (process.env['TORIDE_VERBOSE'] === '1')
    for (const { ms, id } of slow.slice(0, 20)) print(`${ms.toFixed(0)} ms ${id}`);
  print(`true ${right} of ${right + wrong.length}`);
  print(
    `a query: median ${sorted[sorted.length >> 1]?.toFixed(1)} ms, 95 % ${sorted[Math.floor(sorted.length * 0.95)]?.toFixed(1)} ms, most ${slowest?.ms.toFixed(1)} ms (${slowest?.id})`,
  );
}
