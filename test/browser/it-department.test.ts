// What an IT department asks before it lets an app in: what is it made of, what does it open.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser-desk.ts';
import { Stage } from '../helpers/browser-stage.ts';
import { like } from '../helpers/browser-words.ts';

const SHOTS = process.env['TORIDE_SHOTS'];
let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ demo: true });
});
afterAll(() => stage.close());
const shoot = async (desk: Desk, name: string): Promise<void> => {
  if (SHOTS) await desk.page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
};

test.each([
  ['ja', 'light'],
  ['en', 'dark'],
] as const)('in %s: a licence is found by a part of the name, and read in full', async (lang, theme) => {
  const desk = await stage.desk({ lang, theme });
  const { page, words } = desk;
  await desk.go('settings/licences');
  await shoot(desk, `licences-${lang}-${theme}`);
  await desk.field(words.settings.licences.search).fill('sqli');
  await page.getByText(like(words.settings.licences.count, { n: '2' })).waitFor();
  await page.getByRole('row', { name: /SQLite.*blessing.*better-sqlite3/ }).click();
  await page.getByText('May you share freely').waitFor();
  await shoot(desk, `licence-${lang}-${theme}`);
  await page.keyboard.press('Escape');
  await desk.field(words.settings.licences.search).fill('OFL');
  await page.getByRole('row', { name: /noto-sans-jp/ }).waitFor();
  expect(desk.problems).toEqual([]);
  await desk.go('settings/about');
  await page.getByRole('heading', { name: words.settings.modelsByHash }).waitFor();
  await shoot(desk, `about-${lang}-${theme}`);
});
