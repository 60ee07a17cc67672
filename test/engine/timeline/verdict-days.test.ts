import { expect, it } from 'vitest';
import { liveDay, looks } from '../../helpers/timeline/verdict-days.ts';
import { isFalse, judgeDay, judgeSeed, sidesText } from '../../helpers/timeline/verdict-score.ts';

/** Other days than the thresholds were chosen on, and than the 200 of `npm run bench -- verdict`. */
const RANDOM = [8001, 8002, 8003, 8004, 8005, 8006, 8007, 8008, 8009, 8010];
const told = ({
  seed,
  minute,
  cellId,
  truth,
  said,
  confidence,
}: ReturnType<typeof judgeSeed>[number]): string =>
  `${seed} ${minute} ${cellId.split('\u001f').join(' ')}: ${sidesText(truth)}, said ${sidesText(said)} (${confidence})`;

it('on scripted days, whenever an alert would fire, hardly a verdict names the wrong side', () => {
  const judged = RANDOM.flatMap((seed) => judgeSeed(seed, 'random', { minutes: looks(16) }));
  const wrong = judged.filter((j) => isFalse(j, 'lenient'));
  expect(judged.length).toBeGreaterThan(15);
  expect([wrong.length / judged.length <= 0.05, wrong.map(told)]).toEqual([true, expect.anything()]);
  // silence would be no art
  expect(judged.filter((j) => j.said.length === 0).length).toBeLessThan(0.2 * judged.length);
});

it.each([
  ['shortage', ['people']],
  ['outage', ['system']],
  ['both', ['people', 'system']],
] as const)(
  'at 15:40 of the demo’s day of %s the 16:00 deadline of 札幌 エントリ1 gets %j',
  (scenario, sides) => {
    const day = liveDay(8011, scenario);
    const judged = judgeDay(day, { minutes: [940] }).filter(
      (j) => j.cellId === '札幌\u001f523201\u001fエントリ1',
    );
    day.close();
    expect(judged.map((j) => [j.truth, j.said])).toEqual([[sides, sides]]);
  },
);
