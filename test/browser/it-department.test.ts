// What an IT department asks before it lets an app in: what is it made of, what does it open.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { REACH_WORDS } from '../../main/api/contract/reach-words.ts';
import { HEALTH_WORDS, STORE_WORDS } from '../../main/health/contract/words.ts';
import { makeUpdateKey, signUpdate } from '../../main/updates/index.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

test.each([
  ['ja', 'light'],
  ['en', 'dark'],
] as const)('in %s: a licence is found by a part of the name, and read in full', async (lang, theme) => {
  const desk = await stage.desk({ lang, theme });
  const { page, words } = desk;
  await desk.go('settings/licences');
  await desk.shot(`licences-${theme}`);
  await desk.field(words.settings.licences.search).fill('sqli');
  await page.getByText(like(words.settings.licences.count, { n: '2' })).waitFor();
  await page.getByRole('row', { name: /SQLite.*blessing.*better-sqlite3/ }).click();
  await page.getByText('May you share freely').waitFor();
  await desk.shot(`licence-${theme}`);
  await page.keyboard.press('Escape');
  await desk.field(words.settings.licences.search).fill('OFL');
  await page.getByRole('row', { name: /noto-sans-jp/ }).waitFor();
  expect(desk.problems).toEqual([]);
  await desk.go('settings/about');
  await page.getByRole('heading', { name: words.settings.modelsByHash }).waitFor();
  await desk.shot(`about-${theme}`);
});

test.each([
  ['ja', 'light'],
  ['en', 'dark'],
] as const)(
  'in %s: how the engine fares is seen, and what support gets is read before it is saved',
  async (lang, theme) => {
    const desk = await stage.desk({ lang, theme });
    const { page } = desk;
    await desk.go('settings/health');
    await page.getByRole('row', { name: STORE_WORDS.database[lang] }).first().waitFor();
    await desk.shot(`health-${theme}`);
    await desk.button(HEALTH_WORDS.preview[lang]).click();
    const shown = page.getByRole('dialog').locator('pre');
    await shown.waitFor();
    const text = (await shown.textContent()) ?? '';
    expect(text).not.toContain(stage.dir);
    await desk.shot(`diagnostics-${theme}`);
    const saved = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: desk.words.common.save }).click();
    expect(readFileSync(await (await saved).path(), 'utf8').trim()).toBe(text.trim());
    expect(desk.problems).toEqual([]);
  },
);

test.each([
  ['ja', 'light'],
  ['en', 'dark'],
] as const)(
  'in %s: all that is opened, with its reason, and nothing that left; on paper too',
  async (lang, theme) => {
    const desk = await stage.desk({ lang, theme });
    const { page } = desk;
    await desk.go('settings/airgap');
    await page.getByText(REACH_WORDS.page.none[lang]).first().waitFor();
    await page.getByRole('row', { name: REACH_WORDS.processes.engine[lang] }).waitFor();
    await page.getByText(stage.dir, { exact: true }).first().waitFor();
    await desk.shot(`airgap-${theme}`);
    await page.evaluate(() => {
      window.print = () => {};
    });
    await desk.button(desk.words.common.print).click();
    await page.emulateMedia({ media: 'print' });
    await page
      .getByRole('heading', { name: REACH_WORDS.page.title[lang], level: 1, includeHidden: true })
      .waitFor();
    await desk.shot('airgap-paper');
    expect(desk.problems).toEqual([]);
  },
);

test('an update is checked, refused in words, and taken after a backup', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-update-'));
  const { privateKey, updateKey } = makeUpdateKey();
  const own = await Stage.open({ demo: false, policy: { updateKey } });
  onTestFinished(async () => {
    await own.close();
    rmSync(dir, { recursive: true });
  });
  writeFileSync(path.join(dir, 'setup.bin'), 'installer');
  const make = (version: string) =>
    signUpdate({
      installer: path.join(dir, 'setup.bin'),
      version,
      platform: `${process.platform}-${process.arch}`,
      privateKey,
      to: path.join(dir, `${version}.update`),
    });
  await make('0.0.1');
  await make('9.0.0');
  const desk = await own.desk({ lang: 'ja', theme: 'dark' });
  const words = desk.words.settings.update;
  await desk.go('settings/about');
  const file = desk.field(words.file);
  await file.fill(path.join(dir, '0.0.1.update'));
  await desk.button(words.check).click();
  await desk.page.getByText('版 0.0.1 は、今の版').waitFor();
  await file.fill(path.join(dir, '9.0.0.update'));
  await desk.button(words.check).click();
  await desk.button(like(words.take, { version: '9.0.0' })).click();
  await desk.page.getByText(words.taken).waitFor();
  await desk.shot('update-dark');
  expect(readFileSync(path.join(own.dir, 'updates/9.0.0/setup.bin'), 'utf8')).toBe('installer');
});
