// People or system? Verdicts on 200 scripted days, at the moments an alert would fire. Tuned on other seeds (5001–6999).
import { type Judged, judgeSeed, scoreOf, sidesText } from '../helpers/timeline/verdict-score.ts';

const DAYS = Number(process.env['TORIDE_BENCH_DAYS'] ?? 200);
const SCRIPTED = Math.min(10, DAYS);
const FEWER = Math.min(20, DAYS);
const POORER = [
  ['a snapshot every ten minutes', { every: 10 }],
  ['speeds believed wrong by a fifth', { behaviour: { believedSpeeds: 0.2 } }],
  ['no logs', { unlogged: true }],
] as const;
const SCENES = ['shortage', 'outage', 'long-outage', 'volume', 'both'] as const;
const percent = (n: number, of: number): string => (of === 0 ? '—' : `${((100 * n) / of).toFixed(1)} %`);

function report(title: string, judged: readonly Judged[], print: (line: string) => void): void {
  const { moments, strict, lenient, unknown, table } = scoreOf(judged);
  print(
    `${title}: false ${strict} ÷ ${moments} = ${percent(strict, moments)} strict, ${lenient} = ${percent(lenient, moments)} lenient; unknown ${percent(unknown, moments)}`,
  );
  print(
    `  ${[...table]
      .sort()
      .map(([key, n]) => `${key} ${n}`)
      .join(', ')}`,
  );
}

export async function run(print: (line: string) => void): Promise<void> {
  const began = performance.now();
  const random = Array.from({ length: DAYS }, (_, i) => judgeSeed(i + 1)).flat();
  report(`${DAYS} random days, first danger of each deadline`, random, print);
  const late = random.filter((j) => j.truth !== 'in-time');
  report('  of them really late', late, print);
  for (const kind of [...new Set(late.map((j) => sidesText(j.truth)))].sort())
    report(
      `  truth ${kind}`,
      late.filter((j) => sidesText(j.truth) === kind),
      print,
    );
  for (const sure of [0.5, 0.8])
    report(
      `  with confidence ≥ ${sure}`,
      random.filter((j) => j.confidence >= sure),
      print,
    );
  for (const [title, how] of POORER)
    report(
      `${FEWER} of these days, ${title}`,
      Array.from({ length: FEWER }, (_, i) => judgeSeed(i + 1, 'random', how)).flat(),
      print,
    );
  for (const scenario of SCENES)
    report(
      `${SCRIPTED} days of the demo's ${scenario}, every eight minutes of danger`,
      Array.from({ length: SCRIPTED }, (_, i) => judgeSeed(i + 1, scenario, { all: true })).flat(),
      print,
    );
  print(
    `${((performance.now() - began) / (DAYS + SCENES.length * SCRIPTED + POORER.length * FEWER) / 1000).toFixed(1)} s a day`,
  );
}
