// Anomalous sessions among 7,940 public ones: precision, recall and F1 beside published figures and the best there can be.
import { SequenceModel } from '../../main/anomalies/detect/learn-sequences.ts';
import {
  ceiling,
  drawnHalves,
  hasSessions,
  labelledSessions,
  type Score,
  score,
  splitsOf,
} from '../helpers/anomalies/session-sets.ts';

/** Published, unsupervised, on halves of either kind. */
const PUBLISHED = [
  ['Invariants Mining', 0.967, 0.561, 0.71],
  ['PCA', 0.966, 0.363, 0.528],
  ['Isolation Forest', 0.985, 0.427, 0.596],
] as const;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const line = (name: string, s: Score): string =>
  `sequences:   ${name}: P ${s.precision.toFixed(3)} R ${s.recall.toFixed(3)} F1 ${s.f1.toFixed(3)} (${s.found} found, ${s.wrong} wrongly)`;

export async function run(print: (line: string) => void): Promise<void> {
  if (!hasSessions) {
    print('sequences: the labelled sessions are not here');
    return;
  }
  for (const { name, train, test } of splitsOf(labelledSessions())) {
    const model = new SequenceModel();
    for (const session of train) model.learn(session.events);
    const start = performance.now();
    const judged = new Map(test.map((s) => [s, model.judge(s.events)]));
    const ms = performance.now() - start;
    const anomalous = test.filter((s) => s.anomalous).length;
    print(
      `sequences: ${name}: ${train.length} to learn from, no labels; ${test.length} to judge, ${anomalous} anomalous`,
    );
    print(
      line(
        'ours',
        score(test, (s) => (judged.get(s) ?? []).length > 0),
      ),
    );
    print(
      line(
        'ours without order',
        score(test, (s) => (judged.get(s) ?? []).some((d) => d.kind !== 'order')),
      ),
    );
    if (name === 'halves of either kind')
      for (const [method, p, r, f1] of PUBLISHED)
        print(`sequences:   ${method} (published): P ${p.toFixed(3)} R ${r.toFixed(3)} F1 ${f1.toFixed(3)}`);
    print(
      `sequences:   the best there can be from events and their order alone: F1 ${ceiling(test).toFixed(3)}`,
    );
    print(`sequences:   ${Math.round((test.length / ms) * 1000)} sessions judged a second`);
  }
  const drawn = drawnHalves(labelledSessions(), SEEDS).map(({ train, test }) => {
    const model = new SequenceModel();
    for (const session of train) model.learn(session.events);
    return { ours: score(test, (s) => model.judge(s.events).length > 0).f1, best: ceiling(test) };
  });
  const spanOf = (values: readonly number[]): string =>
    `${(values.reduce((a, b) => a + b, 0) / values.length).toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
  print(
    `sequences: halves drawn by chance, ${SEEDS.length} seeds: F1 ${spanOf(drawn.map((d) => d.ours))}, the best there can be ${spanOf(drawn.map((d) => d.best))}`,
  );
}
