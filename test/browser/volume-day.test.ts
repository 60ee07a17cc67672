// A day on which more work comes in than was forecast: every screen that says why names it, with its figures.
import { afterAll, beforeAll, describe, test } from 'vitest';
import { cellIdOf } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';

const CELL = '札幌 SS エントリ1';
const FIGURES = {
  ja: /予測より\d+%多くなっています（[\d,]+件の予測に対し[\d,]+件）/,
  en: /\d+% more than forecast \([\d,]+ items against [\d,]+ items forecast\)/,
} as const;

describe.each(['ja', 'en'] as const)('more work than forecast (%s)', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk({ lang, theme: 'dark' });
    await desk.go('settings/demo');
    const { settings } = desk.words;
    await desk.page.getByRole('combobox', { name: settings.scenario }).click();
    await desk.page.getByRole('option', { name: settings.scenarios.volume }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: settings.restart }).click();
    await desk.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await desk.settled();
  });
  afterAll(() => stage?.close());
  const namesVolume = async (): Promise<void> => {
    const { verdict } = desk.words;
    const card = desk.page.getByRole('region', { name: `${verdict.title} ${CELL}` });
    await card.getByText(FIGURES[lang]).waitFor();
    await card.getByText(verdict.mark.volume.for, { exact: true }).first().waitFor();
    await card.scrollIntoViewIfNeeded();
  };

  test('the timeline', async () => {
    await desk.go(
      `timeline?location=${encodeURIComponent('札幌')}&process=${encodeURIComponent('エントリ1')}`,
    );
    await namesVolume();
    await desk.shot('timeline');
  });
  test('the drawer of the queue', async () => {
    await desk.go('situation');
    await desk.page.locator(`[data-cell="${cellIdOf('札幌', '523201', 'エントリ1')}"]`).click();
    await namesVolume();
    await desk.shot('drawer');
    await desk.page.keyboard.press('Escape');
  });
  test('the alert', async () => {
    await desk.go('alerts');
    await desk.button(desk.words.alerts.check).first().click();
    await desk.page
      .getByRole('navigation', { name: desk.words.alerts.list })
      .getByRole('link')
      .filter({ hasText: CELL })
      .first()
      .click();
    await namesVolume();
    await desk.shot('alert');
  });
});
