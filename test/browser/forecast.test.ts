// What will come in, in the drawer of a queue: ours with its band, the company's, and how near both were.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stage } from '../helpers/browser/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

describe.each(['ja', 'en'] as const)('in %s', (lang) => {
  test('the drawer shows today and tomorrow, with the errors of both forecasts and what it learned from', async () => {
    const desk = await stage.desk({ lang, theme: lang === 'ja' ? 'light' : 'dark', height: 1400 });
    const { page, words } = desk;
    await desk.go('situation');
    await page.locator('[data-cell][data-risk="danger"]').first().click();
    const drawer = page.getByRole('dialog');
    const section = drawer.locator('section', { hasText: words.situation.forecast.title });
    const learned = lang === 'ja' ? /過去15日/ : /Learned from 15 days/;
    await section.getByText(learned).waitFor();
    await section.scrollIntoViewIfNeeded();
    await section.getByText(lang === 'ja' ? /会社の予測が\d+%/ : /the company’s by \d+%/).waitFor();
    await section.getByText(lang === 'ja' ? /これまでの実績 [\d,]+件/ : /so far: [\d,]+/).waitFor();

    await section.getByText(words.situation.forecast.day1, { exact: true }).click();
    await expect.poll(() => section.getByText(lang === 'ja' ? /実績 [\d,]+件/ : /so far:/).count()).toBe(0);
    await section
      .getByText(lang === 'ja' ? /Torideの予測 [\d,]+件/ : /Our forecast: [\d,]+/)
      .first()
      .waitFor();
    expect(desk.problems).toEqual([]);
  });
});
