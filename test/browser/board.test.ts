// Tomorrow as a board: planned, somebody lent by keys and by dragging, solved again around them, undone, exported, printed; in both languages.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

describe.each<Lang>(['ja', 'en'])('the board of the next day in %s', (lang) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await stage.desk({ lang, theme: lang === 'ja' ? 'light' : 'dark' });
  });
  const words = () => desk.words.board;
  const rows = () => desk.page.locator('tr[data-person]');
  const pinned = () => desk.page.locator('[data-kind="loan"]').filter({ has: desk.page.locator('svg') });
  /** the first person on the board who may be lent somewhere, selected by keys */
  const choose = async (): Promise<void> => {
    const editor = desk.button(words().edit.apply);
    await rows().first().focus();
    for (let i = 0; i < 8; i++) {
      await desk.page.keyboard.press('Enter');
      if (await editor.isVisible()) return;
      await desk.page.keyboard.press('ArrowDown');
    }
    throw new Error('nobody may be lent');
  };
  const solved = () => desk.button(words().undo).isEnabled();

  test('is planned for the next working day and says what it assumed', async () => {
    const { page } = desk;
    await desk.go('board');
    await desk.button(words().make).or(desk.button(words().remake)).first().click();
    await page.waitForURL(/#\/board\/SGT/);
    await rows().first().waitFor();
    expect(await rows().count()).toBeGreaterThan(10);
    await page.getByText(words().assumed).click();
    const told = await page.locator('details li').allTextContents();
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(told.join(' ')).toContain('140');
    await desk.shot('board');
  });

  test('somebody is lent by keys, stays pinned, and the rest is solved around them', async () => {
    const { page } = desk;
    await choose();
    await page.keyboard.press('2');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    const before = page.url();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).not.toBe(before);
    await expect.poll(() => pinned().count()).toBe(1);
    expect(await pinned().getAttribute('aria-label')).toContain(words().pinned);
    await desk.shot('board-pinned');
  });

  test('dragging the loan along the time lends them at another hour', async () => {
    const { page } = desk;
    const from = await pinned().getAttribute('aria-label');
    const box = await pinned().boundingBox();
    if (!box) throw new Error('no loan');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 90, box.y + box.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => pinned().getAttribute('aria-label')).not.toBe(from);
    await expect.poll(solved).toBe(true);
    await desk.button(words().undo).click();
    await expect.poll(() => pinned().getAttribute('aria-label')).toBe(from);
    await expect.poll(() => desk.button(words().redo).isEnabled()).toBe(true);
  });

  test('goes to a spreadsheet, to paper with everybody on it, and to the proposal where it is approved', async () => {
    const { page } = desk;
    const [download] = await Promise.all([page.waitForEvent('download'), desk.button(words().csv).click()]);
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv.split('\r\n').length).toBeGreaterThan(140);
    expect(csv).toContain(words().column.person);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const [, width, height] = /MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString('latin1')) ?? [];
    expect(Number(width)).toBeGreaterThan(Number(height));
    await desk.button(words().approve).click();
    await page.waitForURL(/#\/proposals\/SGT/);
    await page.getByRole('toolbar').waitFor();
    expect(desk.problems).toEqual([]);
  });
});
