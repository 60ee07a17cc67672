// Settings → Backup: one click makes a backup, another finds out whether it can be restored.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { wordError } from '../../main/kernel/errors.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

test.each(['ja', 'en'] as const)('in %s: backed up, drilled, both are shown', async (lang) => {
  const desk = await stage.desk({ lang });
  const { page } = desk;
  const words = desk.words.settings.backup;
  await desk.go('settings/backup');
  const drills = page.getByRole('button', { name: words.drill, exact: true });
  const before = await drills.count();
  await page.getByRole('button', { name: words.now }).click();
  await expect.poll(() => drills.count()).toBe(before + 1);
  const made = path.basename(await desk.field(words.restoreFile).inputValue());
  await drills.first().click();
  // of this backup: the drill before is shown until it is done
  const drilled = page.getByRole('alert').filter({ hasText: made });
  await drilled.getByText(like(lang === 'ja' ? '元どおりに復元できます' : 'can be restored whole')).waitFor();
  expect(await drilled.getByText(/✗/).count()).toBe(0);
  // beside the data, which stays as it is; a second time is refused, since the folder is no longer empty
  const folder = `${stage.dir}-restored-${lang}`;
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await desk.field(words.restoreTo).fill(folder);
  await desk.button(words.restoreGo).click();
  await page.getByText(like(words.restored, { dir: folder })).waitFor();
  expect(readdirSync(folder)).toContain('toride.db');
  await desk.shot('restore');
  await desk.button(words.restoreGo).click();
  await page.getByText(wordError({ code: 'backup.not-empty', params: { dir: folder } }, lang).say).waitFor();
});
