// Settings → Backup: one click makes a backup, another finds out whether it can be restored.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '../helpers/browser-stage.ts';
import { like } from '../helpers/browser-words.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ demo: true });
});
afterAll(() => stage.close());

test.each(['ja', 'en'] as const)('in %s: backed up, drilled, both are shown', async (lang) => {
  const desk = await stage.desk({ lang });
  const { page } = desk;
  const words = desk.words.settings.backup;
  await desk.go('settings/backup');
  await page.getByRole('button', { name: words.now }).click();
  const drill = page.getByRole('button', { name: words.drill, exact: true }).first();
  await drill.click();
  await page.getByText(like(lang === 'ja' ? '元どおりに復元できます' : 'can be restored whole')).waitFor();
  expect(await page.getByText(/✗/).count()).toBe(0);
  await page.getByText(/toride --data NEW-FOLDER backup restore/).waitFor();
});
