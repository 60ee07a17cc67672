// Lines that cannot be read, from the list to the rule that was wrong, and back among the others.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropPaths } from '../helpers/browser/drop-paths.ts';
import { Stage } from '../helpers/browser/stage.ts';

/** 2026/11/21 09:00:01 [ERROR] 接続エラー, as an old program writes it into a file that is UTF-8 otherwise */
const SHIFT_JIS = Buffer.concat([
  Buffer.from('2026/11/21 09:00:01 [ERROR] '),
  Buffer.from('90da91b183478389815b', 'hex'),
]);

let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  stage = await Stage.open({ demo: false });
  desk = await stage.desk();
});
afterAll(() => stage?.close());

const letters = () => desk.page.getByRole('table', { name: desk.words.logs.dead.title }).locator('tbody tr');

test('a line that could not be read is listed with its reason, read in full, its rule mended, and read again', async () => {
  const { logs, common } = desk.words;
  const { page } = desk;
  const folder = path.join(stage.dir, 'dropped');
  mkdirSync(folder);
  const file = path.join(folder, 'gateway.log');
  writeFileSync(
    file,
    Buffer.concat([
      Buffer.from('2026/11/21 09:00:00 [INFO] 開始しました\n'),
      SHIFT_JIS,
      Buffer.from('\n\0\x01binary\n2026/11/21 09:00:02 [INFO] 終了しました\n'),
    ]),
  );
  await desk.go('logs/sources');
  await dropPaths(page, [file]);
  const bySaying = (text: string) => letters().filter({ hasText: text });
  await bySaying(logs.dead.reasons.undecodable).waitFor();
  await bySaying(logs.dead.reasons.binary).waitFor();
  // four lines are not kept smaller than they were: no ratio is told
  await expect.poll(() => page.getByText(/分の 1/).count()).toBe(0);

  await bySaying(logs.dead.reasons.undecodable).click();
  const letter = page.getByRole('dialog', { name: logs.dead.one });
  await letter.getByText('2026/11/21 09:00:01 [ERROR]').waitFor();
  await letter.getByText(logs.dead.help.undecodable).waitFor();
  await letter.getByRole('button', { name: logs.dead.fix }).click();
  const rules = page.getByRole('dialog', { name: logs.rules.title.replace('{name}', 'gateway.log') });
  await rules.getByRole('combobox', { name: logs.rules.encoding }).click();
  await page.getByRole('option', { name: logs.rules.encodings.shift_jis }).click();
  await rules.getByRole('button', { name: common.save }).click();
  await rules.waitFor({ state: 'hidden' });

  await desk.button(logs.dead.replay).click();
  const told = logs.dead.replayed.replace('{replayed}', '2').replace('{fixed}', '1').replace('{left}', '1');
  await page.getByRole('status').filter({ hasText: told }).waitFor();
  await expect.poll(() => letters().count()).toBe(1);
  await desk.go('logs/explore?range=all');
  await page.getByText('接続エラー').first().waitFor();
});

test('nothing went wrong meanwhile', () => {
  expect(desk.problems).toEqual([]);
});
