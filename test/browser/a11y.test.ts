// With a screen reader, in the dark, by keyboard alone, at twice the size.
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, ROUTES, type Theme } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

/** What axe holds to be serious or critical on the page as it is now. */
async function faults(desk: Desk, where: string): Promise<string[]> {
  const { violations } = await desk.page.evaluate(() =>
    (Reflect.get(window, 'axe') as { run(o: object): Promise<AxeResults> }).run({
      resultTypes: ['violations'],
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${where} ${id}: ${node.html.slice(0, 160)}`),
    );
}

describe.each<Theme>(['light', 'dark'])('axe finds nothing serious, %s', (theme) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await stage.desk({ theme });
    await desk.context.addInitScript({ path: AXE });
    await desk.page.reload();
    await desk.settled();
  });

  test('on any screen', async () => {
    const found: string[] = [];
    for (const route of ROUTES) {
      await desk.go(route);
      found.push(...(await faults(desk, route)));
    }
    expect(found).toEqual([]);
  });

  test('in a cell, its source rows, an alert, a proposal with every panel, an answer, the palette and the notices', async () => {
    const { page, words } = desk;
    const found: string[] = [];
    const look = async (where: string): Promise<void> => void found.push(...(await faults(desk, where)));
    await desk.go('situation');
    await page.locator('[data-cell][data-risk="danger"]').first().click();
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /エントリ1/ })
      .first()
      .waitFor();
    await look('cell');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: like(words.situation.column.backlog) })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: words.common.saveCsv }).waitFor();
    await look('source rows');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await desk.go('proposals?location=札幌&business=523201&process=エントリ1');
    const card = page.getByRole('article', { name: /^SGT/ });
    await card.waitFor();
    await look('proposal');
    for (const panel of [
      words.proposals.act.simulate,
      words.proposals.act.modify,
      words.proposals.act.whyNot,
    ]) {
      await card.getByRole('button', { name: like(panel) }).click();
      await desk.settled();
      await look(panel);
    }
    await desk.go('chat');
    await page.getByRole('textbox', { name: words.chat.inputLabel }).fill('札幌の残件は？');
    await page.keyboard.press('Enter');
    await page.getByText(like(words.chat.stepsDone)).click();
    await look('answer');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(words.frame.palette.placeholder).waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    await page.getByPlaceholder(words.frame.palette.placeholder).waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: like(words.frame.notifications.open) })
      .first()
      .click();
    await page.getByRole('dialog').waitFor();
    await look('notices');
    expect(found).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await stage.desk();
    await desk.settled();
  });
  const focused = () =>
    desk.page.evaluate(() => {
      const at = document.activeElement;
      if (!at) return null;
      const style = getComputedStyle(at);
      const visible =
        (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
        style.boxShadow !== 'none';
      return {
        name: at.textContent?.trim() || at.getAttribute('aria-label') || '',
        href: at.getAttribute('href'),
        visible,
      };
    });

  test('Tab reaches every screen in the navigation with a visible focus, Enter opens it, the heading takes the focus', async () => {
    const { page, words } = desk;
    const names = Object.values(words.frame.screens);
    const reached: (string | null)[] = [];
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let i = 0; i < 24 && reached.length < names.length; i++) {
      await page.keyboard.press('Tab');
      const at = await focused();
      expect(at?.visible, at?.name).toBe(true);
      if (names.some((name) => at?.name.startsWith(name))) reached.push(at?.href ?? null);
    }
    expect(reached).toHaveLength(names.length);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/settings/);
    await expect.poll(async () => (await focused())?.name).toBe(words.settings.title);
  });

  test('Ctrl+K finds a screen by its name, Enter opens it', async () => {
    const { page, words } = desk;
    await page.keyboard.press('Control+k');
    const palette = page.getByPlaceholder(words.frame.palette.placeholder);
    await palette.fill(words.frame.screens.knowledge);
    await page
      .locator('.mantine-Spotlight-action')
      .filter({ hasText: words.frame.screens.knowledge })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/knowledge$/);
    await page.getByPlaceholder(words.frame.palette.placeholder).waitFor({ state: 'detached' });
  });

  test('a cell opens with Enter, its rows from its number; Esc closes what is on top, one at a time, and the focus goes back', async () => {
    const { page, words } = desk;
    await desk.go('situation');
    const tile = page.locator('[data-cell][tabindex="0"]');
    await tile.focus();
    await page.keyboard.press('ArrowRight');
    const cell = await page.evaluate(() => document.activeElement?.getAttribute('data-cell'));
    await page.keyboard.press('Enter');
    const dialogs = page.getByRole('dialog');
    const number = dialogs.getByRole('button', { name: like(words.situation.column.backlog) }).first();
    await number.focus();
    await page.keyboard.press('Enter');
    await dialogs.getByRole('button', { name: words.common.saveCsv }).waitFor();
    await page.keyboard.press('Escape');
    await number.waitFor();
    await expect.poll(() => dialogs.count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialogs.count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-cell')))
      .toBe(cell);
  });
});

test('at 200 % of 1280 pixels no page scrolls sideways', async () => {
  const desk = await stage.desk({ width: 640, height: 400 });
  const wide: string[] = [];
  for (const route of ROUTES) {
    await desk.go(route);
    const over = await desk.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) wide.push(`${route}: ${over} px`);
  }
  expect(wide).toEqual([]);
});
