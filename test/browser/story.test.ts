// The site manager's whole loop, on a real MySQL, in both languages: what is late → alert → question → proof → approval → the row.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import { COMPANY_TABLES } from '../../main/store/index.ts';
import { Company } from '../helpers/browser/company.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';

const QUESTION: Record<Lang, string> = {
  ja: '札幌のエントリ1工程が遅延しています',
  en: 'エントリ1 at 札幌 is running late',
};
const ME: Record<Lang, string> = { ja: '佐藤 花子', en: 'Hanako Sato' };

let server: MariaDb;
beforeAll(async () => {
  server = await MariaDb.start();
});
afterAll(() => server.close());

describe.each<Lang>(['ja', 'en'])('the whole loop in %s', (lang) => {
  let company: Company;
  let stage: Stage;
  let desk: Desk;
  beforeAll(async () => {
    company = await Company.open(server, { time: '14:28' });
    stage = await Stage.open({ demo: 'first', now: company.at('14:31') });
    desk = await stage.desk({ lang });
  });
  afterAll(() => stage?.close());

  const field = (label: string) => desk.field(label);
  const opened = (route: RegExp) => desk.page.waitForURL(route);

  test('the first start shows a living demo, one click away from our own MySQL', async () => {
    const { words } = desk;
    await desk.settled();
    await desk.page.getByText(words.frame.banner.demo).waitFor();
    await expect.poll(() => desk.page.locator('[data-cell]').count()).toBeGreaterThan(10);
    await desk.page.getByRole('link', { name: words.frame.banner.connectOwn }).click();
    await opened(/#\/settings\/company$/);
  });

  test('the test of the connection walks every step of the way', async () => {
    const { page, words } = desk;
    const { company: w } = words;
    await field(w.host).fill('127.0.0.1');
    await field(w.port).fill(String(server.place.port));
    await field(w.database).fill(company.database);
    await field(w.user).fill(company.account.user);
    await page.locator('input[type="password"]').fill(company.account.password);
    await field(w.ca).fill(server.place.ca);
    await desk.button(w.test).click();
    await page.getByText(w.testOk).waitFor();
    const steps = page.locator('li[data-ok]');
    // no table for sharing is named here
    const { sharing: _, ...asked } = w.steps;
    expect(await steps.locator('strong').allTextContents()).toEqual(Object.values(asked));
    expect(await steps.evaluateAll((all) => all.map((li) => li.getAttribute('data-ok')))).toEqual(
      Object.values(asked).map(() => 'true'),
    );
  });

  test('saving it brings the company in, row for row, and the demo is gone', async () => {
    const { page, words } = desk;
    await desk.button(words.company.save).click();
    await opened(/#\/settings\/mapping$/);
    await desk.go('settings/sync');
    const counts = page.locator('table').first().locator('tbody tr');
    await expect
      .poll(() => counts.filter({ hasText: words.company.reconciled }).count())
      .toBe(COMPANY_TABLES.length);
    const [{ n }] = (await company.sql<{ n: number }>('SELECT count(*) AS n FROM progress_snapshots')) as [
      { n: number },
    ];
    const written = n.toLocaleString('en');
    const cells = await counts.filter({ hasText: 'progress_snapshots' }).locator('td').allTextContents();
    expect(cells.slice(1, 4)).toEqual([written, written, '0']);
    await expect.poll(() => page.getByText(words.frame.banner.demo).count()).toBe(0);
    await desk.go('tasks');
    await page.getByText(words.tasks.kinds.sync).first().waitFor();
  });

  test('what is late is impossible to miss', async () => {
    const { page, words } = desk;
    await desk.go('situation');
    const headline = page.getByRole('status').filter({ hasText: '札幌 SS エントリ1' }).first();
    await headline.waitFor();
    await expect.poll(async () => (await headline.boundingBox())?.y).toBeLessThan(300);
    const worst = page.locator('[data-cell][data-risk="danger"]').first();
    await expect
      .poll(() => worst.textContent())
      .toMatch(
        like(words.situation.tileLabel, { cell: '札幌 SS エントリ1', risk: words.situation.risk.danger }),
      );
    // the first card says it again, with the two ways on
    const card = page.getByRole('region', { name: words.situation.urgentTitle }).locator('article').first();
    await expect.poll(() => card.textContent()).toContain('札幌 エントリ1');
    await expect
      .poll(() => card.getByRole('button').allTextContents())
      .toEqual(expect.arrayContaining([words.situation.propose, words.situation.ask]));
  });

  test('two snapshots above the level raise one alert, and its reason can be read', async () => {
    const { page, words } = desk;
    await desk.go('alerts');
    await desk.button(words.alerts.check).first().click();
    await company.until('14:30');
    await desk.go('settings/sync');
    await desk.button(words.company.syncNow).click();
    await page.getByText(like(words.company.syncDone)).waitFor();
    await desk.go('alerts');
    await desk.button(words.alerts.check).first().click();
    const alert = page
      .getByRole('navigation', { name: words.alerts.list })
      .getByRole('link')
      .filter({ hasText: '札幌 SS エントリ1' });
    await alert.waitFor();
    expect(await alert.count()).toBe(1);
    await page
      .getByRole('link', { name: like(words.frame.screens.alerts) })
      .getByRole('status')
      .waitFor();
    await alert.click();
    const why = page.getByText(like(words.alerts.values));
    await why.waitFor();
    // the check first works out what to do about it
    await expect.poll(() => why.textContent()).toMatch(/14:28.*14:30/);
  });

  test('asked about it, five steps with their times end in a proved proposal', async () => {
    const { page, words } = desk;
    await desk.go('settings/general');
    await field(words.settings.name).fill(ME[lang]);
    await field(words.settings.name).press('Enter');
    await desk.go('alerts');
    await page.getByRole('link').filter({ hasText: '札幌 SS エントリ1' }).first().click();
    await desk.button(words.alerts.ask).click();
    const input = page.getByRole('textbox', { name: words.chat.inputLabel });
    await input.fill(QUESTION[lang]);
    await input.press('Enter');
    const answer = page.getByRole('article', { name: words.chat.assistant }).last();
    const done = answer.getByText(like(words.chat.stepsDone));
    await done.waitFor();
    await done.click();
    const steps = answer.locator('li[data-state]');
    await steps.last().waitFor();
    const said = await steps.allTextContents();
    for (const [i, name] of Object.values(words.chat.step).entries()) expect(said[i]).toContain(name);
    expect(said.filter((text) => /\d(秒|秒未満| s)$/.test(text))).toHaveLength(5);
    await page.getByRole('article', { name: /^SGT\d{8}-[0-9a-f]{8}$/ }).waitFor();
  });

  test('the alert shows the proposal that was made for it', async () => {
    const { page, words } = desk;
    const here = new URL(page.url()).hash.slice(2);
    await desk.go('alerts');
    await page.getByRole('link').filter({ hasText: '札幌 SS エントリ1' }).first().click();
    await desk.button(words.alerts.viewProposal).waitFor();
    await page.getByRole('article', { name: /^SGT/ }).waitFor();
    await desk.go(here);
    await page.getByRole('article', { name: /^SGT/ }).waitFor();
  });

  test('simulated, approved by keyboard, and the row is in approval_history', async () => {
    const { page, words } = desk;
    const card = page.getByRole('article', { name: /^SGT\d{8}-[0-9a-f]{8}$/ });
    const id = (await card.getAttribute('aria-label')) ?? '';
    await page.getByRole('textbox', { name: words.chat.inputLabel }).evaluate((input) => input.blur());
    await page.keyboard.press('s');
    await card.getByRole('heading', { name: words.proposals.simulate.title }).waitFor();
    await card.locator('figure canvas').first().waitFor();
    const moved = await card.getByRole('listitem').count();
    expect(moved).toBeGreaterThan(0);
    await page.keyboard.press('a');
    await card.getByRole('button', { name: words.proposals.writeBack.confirmed, exact: true }).waitFor();
    await card.getByText(like(words.proposals.decided.approved, { actor: ME[lang] })).waitFor();

    const rows = await company.sql<Record<string, string>>(
      'SELECT * FROM approval_history ORDER BY created_at',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ suggestion_id: id, action_type: 'approved', action_user: ME[lang] });
    const changes = JSON.parse(rows[0]?.['changes'] ?? '[]') as Record<string, Record<string, string>>[];
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes)
      expect(await card.getByText(String(change['operator_name'])).count()).toBeGreaterThan(0);
    expect(
      changes.some(
        (change) =>
          change['to']?.['process_name'] === 'エントリ1' && change['to']['location_name'] === '札幌',
      ),
    ).toBe(true);
    expect(Object.keys(JSON.parse(rows[0]?.['impact'] ?? '{}') as object)).toEqual([
      'productivity',
      'delay',
      'quality',
      'processes',
      'audit',
    ]);
  });

  test('undone within the window, a compensating row takes everybody back', async () => {
    const { page, words } = desk;
    const card = page.getByRole('article', { name: /^SGT\d{8}-[0-9a-f]{8}$/ });
    await card.getByRole('button', { name: words.proposals.act.undo, exact: true }).click();
    await card.getByText(like(words.proposals.decided.undone, { actor: ME[lang] })).waitFor();
    await expect.poll(async () => (await company.sql('SELECT 1 FROM approval_history')).length).toBe(2);
    const [first, second] = await company.sql<Record<string, string>>(
      'SELECT * FROM approval_history ORDER BY created_at',
    );
    const turned = (json: string | undefined) =>
      (JSON.parse(json ?? '[]') as { operator_id: string; from: object; to: object }[]).map(
        ({ operator_id, from, to }) => ({ operator_id, from: to, to: from }),
      );
    expect(turned(second?.['changes'])).toEqual(
      (JSON.parse(first?.['changes'] ?? '[]') as object[]).map((change) => ({
        operator_id: Reflect.get(change, 'operator_id'),
        from: Reflect.get(change, 'from'),
        to: Reflect.get(change, 'to'),
      })),
    );
    expect(second?.['feedback_reason']).toContain(first?.['approval_history_id'] ?? 'an id');
    await desk.go('history');
    await page.getByText(words.history.action.undone).first().waitFor();
  });

  test('nothing went wrong on the way', () => {
    expect(desk.problems).toEqual([]);
  });
});
