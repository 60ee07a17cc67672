import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Grouping,
  hasLoghub,
  japanese,
  LOGHUB_SYSTEMS,
  loghub,
  scoreGroups,
} from '../../helpers/logs/grouping.ts';
import { minedLines } from '../../helpers/logs/mined-lines.ts';
import { drawLines, HELD_OUT, SEEDS } from './held-out/all-styles.ts';

function clusters(file: string): (number | null)[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/\r+$/, ''));
  if (lines.at(-1) === '') lines.pop();
  return minedLines(lines);
}
const mean = (scores: readonly Grouping[], of: keyof Grouping): number =>
  scores.reduce((sum, score) => sum + score[of], 0) / scores.length;

test('the site’s Japanese lines are grouped as their truth says', () => {
  const { log, truth } = japanese();
  expect(scoreGroups(clusters(log), truth).ga).toBeGreaterThanOrEqual(0.98);
});

test('styles the miner was not made on, raw lines of 17 kinds of systems', () => {
  const scores = HELD_OUT.flatMap((style) =>
    SEEDS.map((seed) => {
      const lines = drawLines(style, seed);
      return scoreGroups(
        minedLines(lines.map(({ line }) => line)),
        lines.map(({ event }) => event),
      );
    }),
  );
  expect(mean(scores, 'ga')).toBeGreaterThanOrEqual(0.92);
});

describe.skipIf(!hasLoghub)('public systems, raw lines, one configuration', () => {
  test('mean grouping accuracy on both truths', () => {
    const scores = LOGHUB_SYSTEMS.map((system) => {
      const { log, original, corrected } = loghub(system);
      const found = clusters(log);
      return { original: scoreGroups(found, original), corrected: scoreGroups(found, corrected) };
    });
    const [original, corrected] = [scores.map((s) => s.original), scores.map((s) => s.corrected)];
    expect(mean(original, 'ga')).toBeGreaterThanOrEqual(0.96);
    expect(mean(corrected, 'ga')).toBeGreaterThanOrEqual(0.97);
  });
});
