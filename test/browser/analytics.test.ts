// Analytics: a ready view opened and changed, drilled to its rows, exported, saved for the night, and asked about; in both languages.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

describe.each<Lang>(['ja', 'en'])('analytics, in %s', (lang) => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk({ lang, theme: lang === 'ja' ? 'light' : 'dark' });
  });
  afterAll(() => stage?.close());

  const words = () => desk.words.analytics;
  const table = () => desk.page.getByRole('table', { name: words().table, exact: true });
  const bodyRows = () => table().locator('tbody tr:not([aria-hidden])');
  const heads = () => table().locator('thead th').allTextContents();
  const choose = async (field: string, option: string): Promise<void> => {
    await desk.page.getByRole('combobox', { name: field, exact: true }).click();
    await desk.page.getByRole('option', { name: option, exact: true }).click();
  };
  const query = (): unknown => {
    const [, search = ''] = new URL(desk.page.url()).hash.split('?');
    return JSON.parse(new URLSearchParams(search).get('q') ?? 'null');
  };
  const NAME = lang === 'ja' ? '札幌以外の残件' : 'Backlog but Sapporo';

  test('every ready view shows figures, and not one of them fails', async () => {
    await desk.go('analytics');
    const ids = Object.keys(words().ready) as (keyof ReturnType<typeof words>['ready'])[];
    expect(ids).toHaveLength(8);
    for (const id of ids) {
      await desk.page.getByText(words().start.title).waitFor();
      await desk.page.locator('main').getByRole('link', { name: words().ready[id].title }).first().click();
      await desk.page.getByRole('heading', { level: 1, name: words().ready[id].title }).waitFor();
      await desk.page.getByRole('region', { name: words().result, exact: true }).waitFor();
      await desk.settled();
      expect(await desk.page.locator('main').getByRole('alert').count(), id).toBe(0);
      await desk.go('analytics');
    }
    expect(desk.problems).toEqual([]);
  });

  test('the strip tells by colour and sign where people were short of plan', async () => {
    await desk.go('analytics/staffing');
    const strip = desk.page
      .locator('main table')
      .filter({ has: desk.page.getByText('エントリ1').first() })
      .first();
    await strip.waitFor();
    await desk.page.getByText(desk.words.charts.strip.short, { exact: true }).waitFor();
    const short = strip.locator('td[data-tone="short"]').first();
    expect(await short.textContent()).toMatch(/^-\d/);
    await short.getByRole('button').click();
    await desk.page.getByRole('dialog').locator('table tbody tr').first().waitFor();
    await desk.page.keyboard.press('Escape');
  });

  test('a view of one’s own is built: figures, split, filter and comparison, each asked anew', async () => {
    await desk.go('analytics');
    await desk.page.getByRole('link', { name: words().own }).first().click();
    await table().waitFor();
    await expect.poll(() => bodyRows().count()).toBeGreaterThan(2);
    const before = await bodyRows().count();
    await desk.button(words().filter.add).click();
    const panel = desk.page.getByRole('dialog', { name: words().filter.add });
    await panel.getByRole('combobox', { name: words().filter.dimension }).click();
    await desk.page.getByRole('option', { name: lang === 'ja' ? '拠点' : 'Site', exact: true }).click();
    await panel.getByRole('switch', { name: words().filter.not }).click();
    await panel.getByRole('combobox', { name: words().filter.values }).click();
    await desk.page.getByRole('option', { name: '札幌', exact: true }).click();
    // the list of values stays open for more of them, until one goes on
    await desk.page.keyboard.press('Tab');
    await panel.getByRole('button', { name: words().filter.apply, exact: true }).click();
    await expect.poll(() => bodyRows().count()).toBe(before - 1);
    expect(await table().getByText('札幌').count()).toBe(0);
    await choose(words().field.compare, words().compare.weekBefore);
    await expect.poll(heads).toHaveLength(4);
    expect(query()).toMatchObject({
      measures: ['backlog'],
      where: [{ dimension: 'location', values: ['札幌'], not: true }],
      compare: { kind: 'window', window: { days: { kind: 'day', offset: -7 } } },
    });
    // the address is the view: back takes the last change back
    await desk.page.goBack();
    await expect.poll(heads).toHaveLength(2);
    await desk.page.goForward();
    await expect.poll(heads).toHaveLength(4);
  });

  test('a row opens what it was counted from, by keyboard as well', async () => {
    await bodyRows().first().focus();
    await desk.page.keyboard.press('Enter');
    const drawer = desk.page.getByRole('dialog');
    await drawer.locator('table tbody tr').first().waitFor();
    await drawer.getByRole('button', { name: desk.words.common.saveCsv }).waitFor();
    await desk.page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  test('the table is exported as CSV that spreadsheets read: the same rows, with a byte-order mark', async () => {
    const [download] = await Promise.all([
      desk.page.waitForEvent('download'),
      desk.button(words().act.csv).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/_\d{8}\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(1 + (await bodyRows().count()));
    expect(text).not.toContain('札幌');
  });

  test('it is saved for the night, changed, saved over, deleted and brought back', async () => {
    await desk.button(words().act.save).click();
    const dialog = desk.page.getByRole('dialog', { name: words().save.title });
    await dialog.getByLabel(words().save.name).fill(NAME);
    await dialog.getByRole('switch', { name: words().save.nightly }).click();
    await dialog.getByRole('button', { name: desk.words.common.save, exact: true }).click();
    await desk.page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    const saved = desk.page
      .getByRole('region', { name: words().savedViews })
      .getByRole('link', { name: NAME });
    await saved.getByText(words().saved.nightlyMark).waitFor();
    await choose(words().field.compare, words().compare.none);
    await desk.page.getByText(words().changed).waitFor();
    await desk.button(words().act.saveOver).click();
    await desk.page.getByText(words().changed).waitFor({ state: 'detached' });
    await desk.page.reload();
    await desk.page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await expect.poll(heads).toHaveLength(2);
    await desk.page.getByRole('button', { name: like(words().saved.menu, { name: NAME }) }).click();
    await desk.page.getByRole('menuitem', { name: words().saved.remove, exact: true }).click();
    await saved.waitFor({ state: 'detached' });
    await desk.page.getByRole('button', { name: desk.words.common.undo, exact: true }).click();
    await saved.waitFor();
  });

  test('the report of the day holds its table', async () => {
    await desk.go('reports');
    await desk.button(desk.words.reports.make).first().click();
    await desk.page.waitForURL(/#\/reports\/nightly-/);
    const section = desk.page.locator('main table').filter({ has: desk.page.getByText('盛岡') });
    await desk.page.getByRole('table', { name: NAME, exact: true }).waitFor();
    expect(await section.count()).toBeGreaterThan(0);
  });

  test('asking about it opens a chat that answers the same query', async () => {
    await desk.go('analytics/alerts');
    await desk.button(words().act.ask).click();
    await desk.page.waitForURL(/#\/chat\/.+/);
    const question = desk.page.locator('[data-question]').last();
    expect(await question.textContent()).toContain(lang === 'ja' ? 'アラート' : 'Alerts');
    await desk.page.getByRole('article', { name: desk.words.chat.assistant }).last().waitFor();
    expect(desk.problems).toEqual([]);
  });
});
