// From an error in a log to what helped last time: anomalies, incidents, remedies, the one clock, the report.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropLog, logOf } from '../helpers/browser/drop.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** eight hours up to a moment ago, so that everything in it has been looked at */
const BEGIN = Math.floor(Date.now() / MINUTE) * MINUTE - 8 * HOUR;
const REMEDY = '接続プールを再起動する';

/** A quiet service; three hours apart its database fails twice, and says so in other words. */
function twiceFailing(): string {
  const lines: { at: number; text: string }[] = [];
  const say = (at: number, text: string): void => void lines.push({ at, text });
  for (let at = BEGIN; at < BEGIN + 7.5 * HOUR; at += 4000) {
    const i = (at - BEGIN) / 4000;
    say(
      at,
      i % 3 === 0
        ? `INFO [web] jp.co.site.Http - GET /api/lots/${i} 200 in ${3 + (i % 90)} ms`
        : `INFO [web] jp.co.site.Entry - エントリを保存しました 伝票=${100_000 + i}`,
    );
  }
  for (let i = 0; i < 60; i++) {
    say(
      BEGIN + 3 * HOUR + i * 7000,
      `ERROR [db] jp.co.site.Db - connection pool timeout after ${3000 + i} ms, ${i % 9} waiting`,
    );
    say(
      BEGIN + 6 * HOUR + i * 7000,
      `ERROR [db] jp.co.site.Db - 接続プールの空き待ちがタイムアウトしました ${4000 + i} ms`,
    );
  }
  return logOf(lines);
}

/** 人の要因, People */
const peopleText = ({ verdict }: Desk['words']): string => {
  const { people } = verdict.sides;
  return verdict.sidesOf.replace('{list}', people.charAt(0).toUpperCase() + people.slice(1));
};

describe('an error that comes back in other words', () => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open({ demo: false, settings: { timeZone: 'UTC' } });
    desk = await stage.desk();
    await dropLog(desk, 'app.log', twiceFailing());
  });
  afterAll(() => stage?.close());
  const items = () =>
    desk.page.getByRole('navigation', { name: desk.words.incidents.list }).getByRole('link');
  const openItem = async (text: RegExp): Promise<void> => {
    const item = items().filter({ hasText: text }).first();
    await item.waitFor({ state: 'attached' });
    await expect
      .poll(async () => {
        await desk.page.locator('details:not([open]) > summary').evaluateAll((all) => {
          for (const summary of all) if (summary instanceof HTMLElement) summary.click();
        });
        return item.isVisible();
      })
      .toBe(true);
    await item.click();
    await desk.page.getByRole('heading', { level: 2 }).filter({ hasText: text }).waitFor();
  };

  test('both are incidents with their numbers, their lines one click away', async () => {
    await desk.go('incidents');
    await expect
      .poll(
        async () => {
          const look = desk.button(desk.words.incidents.status.look);
          if (await look.count()) await look.first().click();
          return desk.page.locator('nav a[href^="#/incidents/"]').count();
        },
        { interval: 2000 },
      )
      .toBeGreaterThanOrEqual(2);
    await openItem(/connection pool timeout/);
    const { incidents: w } = desk.words;
    await desk.page.getByText(w.anomaly.observed, { exact: true }).first().waitFor();
    const lines = desk.page.getByRole('link', { name: w.act.lines }).first();
    expect(await lines.getAttribute('href')).toMatch(/^#\/logs\/explore\?.*templates=/);
  });

  test('a remedy written for the first and marked as worked is recommended for the second', async () => {
    const { incidents: w } = desk.words;
    const { page } = desk;
    await desk.button(w.remedy.write).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(w.remedy.title).fill(REMEDY);
    await dialog.getByLabel(w.remedy.steps).fill('1. 接続数を確かめる\n2. プールを再起動する');
    await dialog.getByRole('button', { name: w.remedy.save }).click();
    const own = page.getByRole('listitem', { name: REMEDY });
    await own.getByText(w.remedy.thisOne).waitFor();
    await own.getByRole('button', { name: w.remedy.worked, exact: true }).click();
    await own.getByText(like(w.remedy.record, { worked: 1, tried: 1 })).waitFor();
    await openItem(/タイムアウトしました/);
    const offered = page.getByRole('listitem', { name: REMEDY });
    await offered.getByText(like(w.remedy.similarity)).waitFor();
    await offered.getByText(like(w.remedy.record, { worked: 1, tried: 1 })).waitFor();
    // one of one is not certainty
    await offered.getByText(like(w.remedy.interval)).waitFor();
  });

  test('"did not work" counts as well', async () => {
    const { incidents: w } = desk.words;
    const offered = desk.page.getByRole('listitem', { name: REMEDY });
    await offered.getByRole('button', { name: w.remedy.failed, exact: true }).click();
    await offered.getByText(like(w.remedy.record, { worked: 1, tried: 2 })).waitFor();
  });

  test('what is expected stays quiet, and is taken back with one click', async () => {
    const { incidents: w, common } = desk.words;
    const { page } = desk;
    await desk.button(w.anomaly.expect).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(w.expect.why).fill('月末の停止');
    await dialog.getByRole('button', { name: w.expect.save }).click();
    await page.getByRole('button', { name: common.undo }).waitFor();
    await desk.go('incidents/expected');
    await page.getByRole('row').filter({ hasText: '月末の停止' }).waitFor();
    // the undo bar may lie over it for its ten seconds
    await page.getByRole('button', { name: w.expect.remove }).first().click();
    await page.getByText(w.expect.none).waitFor();
  });

  test('resolved with the remedy that did it', async () => {
    const { incidents: w } = desk.words;
    const { page } = desk;
    await desk.go('incidents');
    await openItem(/タイムアウトしました/);
    const resolve = desk.button(w.act.resolve);
    const reopen = desk.button(w.act.reopen);
    await resolve.or(reopen).first().waitFor();
    if (!(await resolve.isVisible())) await reopen.click();
    await resolve.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: new RegExp(REMEDY) }).check();
    await dialog.getByRole('button', { name: w.resolve.save }).click();
    await page.getByRole('listitem', { name: REMEDY }).getByText(w.remedy.thisOne).waitFor();
  });

  test('nothing went wrong on the way', () => {
    expect(desk.problems).toEqual([]);
  });
});

describe('the demo site, where people are missing', () => {
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    stage = await Stage.open();
    desk = await stage.desk();
    await desk.page.locator('[data-cell]').first().waitFor();
  });
  afterAll(() => stage?.close());

  test('the timeline says what it is put down to, with evidence, over lanes of one clock', async () => {
    const { page, words } = desk;
    await desk.go('timeline');
    const card = page.getByRole('region', { name: `${words.verdict.title} 札幌 SS エントリ1` });
    await card.getByText(peopleText(words), { exact: true }).first().waitFor();
    await card.getByRole('list', { name: words.verdict.evidence }).getByRole('listitem').first().waitFor();
    const clock = page.getByRole('group', { name: words.timeline.clock });
    const lane = clock.getByRole('img', { name: /^札幌 SS エントリ1/ });
    await lane.waitFor();
    expect(await lane.locator('path').first().getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+L/);
    // everything but what is late is one click away
    const before = await clock.getByRole('img').count();
    await page.getByText(words.timeline.filter.lateOnly).click();
    await expect.poll(() => clock.getByRole('img').count()).toBeGreaterThan(before);
  });

  test('the crosshair reads every lane at its time, a drag comes closer, 0 goes back', async () => {
    const { page, words } = desk;
    const clock = page.getByRole('group', { name: words.timeline.clock });
    const head = clock
      .getByRole('link', { name: '札幌 SS エントリ1' })
      .locator('xpath=following-sibling::small');
    const now = await head.textContent();
    const lane = clock.getByRole('img', { name: /^札幌 SS エントリ1/ });
    await lane.scrollIntoViewIfNeeded();
    // the lanes move as the demo goes on
    const moveTo = async (share: number, steps = 1): Promise<void> => {
      const box = await lane.boundingBox();
      if (!box) throw new Error('the lane is not on screen');
      await page.mouse.move(box.x + box.width * share, box.y + 40, { steps });
    };
    await expect
      .poll(async () => {
        await moveTo(0.2);
        return head.textContent();
      })
      .not.toBe(now);
    await page.mouse.down();
    await moveTo(0.6, 4);
    await page.mouse.up();
    await desk.button(words.timeline.zoom.reset).and(page.locator(':enabled')).waitFor();
    await clock.focus();
    await page.keyboard.press('0');
    await desk.button(words.timeline.zoom.reset).and(page.locator(':disabled')).waitFor();
  });

  test('the verdict stands in the alert and in the cell', async () => {
    const { page, words } = desk;
    await desk.go('alerts');
    await desk.button(words.alerts.check).first().click();
    await page
      .getByRole('navigation', { name: words.alerts.list })
      .getByRole('link')
      .filter({ hasText: '札幌 SS エントリ1' })
      .first()
      .click();
    await page
      .getByRole('region', { name: like(words.verdict.title) })
      .getByText(peopleText(words), { exact: true })
      .first()
      .waitFor();
    await desk.go('situation');
    // the demo's day is today's: which place is shown first differs
    await page.locator('[data-cell^="札幌"][data-risk="danger"]').first().click();
    await page
      .getByRole('dialog')
      .getByRole('region', { name: like(words.verdict.title) })
      .getByText(peopleText(words), { exact: true })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
  });

  test('a report is made, read, exported and put on paper', async () => {
    const { page, words } = desk;
    const { reports: w } = words;
    await desk.go('reports');
    await desk.button(w.make).first().click();
    // until then the report before it stands there
    await page.getByText(w.made, { exact: true }).waitFor();
    const report = page.getByRole('article', { name: new RegExp(`^${w.kind.nightly}`) });
    await report.getByRole('table').first().waitFor();
    for (const [format, start] of [
      ['markdown', '# '],
      ['csv', '\uFEFF'],
      ['json', '{'],
    ] as const) {
      await desk.button(w.export).click();
      const item = page.getByRole('menuitem', { name: w.exportAs[format] });
      const [saved] = await Promise.all([page.waitForEvent('download'), item.click()]);
      const text = readFileSync(await saved.path(), 'utf8');
      expect(text.startsWith(start), format).toBe(true);
      expect(text.length).toBeGreaterThan(200);
    }
    // the dialog of the browser itself cannot be driven; what it would print can be looked at
    await page.evaluate(() => {
      window.print = () => {};
    });
    await desk.button(w.print).click();
    await page.emulateMedia({ media: 'print' });
    await page.getByText(w.page.stamps.approved, { exact: true }).waitFor();
    expect(await page.locator('main').isVisible()).toBe(false);
    const paper = await page.pdf({ preferCSSPageSize: true });
    // A4 from the first page to the last, in points
    const sizes = [...paper.toString('latin1').matchAll(/\/MediaBox \[0 0 (\d+)[\d.]* (\d+)[\d.]*\]/g)];
    expect(sizes.length).toBeGreaterThan(0);
    expect(new Set(sizes.map(([, width, height]) => `${width} × ${height}`))).toEqual(new Set(['594 × 841']));
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await report.waitFor();
    // printed with the keys it is the same paper, also where a page is narrower than the list beside it needs
    await desk.go('reports');
    await report.waitFor();
    const dark = 'dark';
    await page.evaluate((to) => document.documentElement.setAttribute('data-mantine-color-scheme', to), dark);
    // as a printer does: the page becomes narrow with the paper, not before
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 760, height: 1000 });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.getByText(w.page.stamps.approved, { exact: true }).waitFor();
    // white in either theme, and as wide as the page: nothing that is open on screen makes it smaller
    const scheme = () => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
    expect(await scheme()).toBe('light');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(760);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await scheme()).toBe(dark);
    await page.setViewportSize({ width: 1360, height: 860 });
    await report.waitFor();
  });

  test('nothing went wrong on the way', () => {
    expect(desk.problems).toEqual([]);
  });
});
