// Every number leads back to its rows, every failure says its cause, and nothing that came in is lost without a word.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordError } from '../../main/api/contract/errors.ts';
import { COMPANY_TABLES } from '../../main/store/index.ts';
import { Company } from '../helpers/browser/company.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { type Account, MariaDb } from '../helpers/sync/mariadb.ts';

let server: MariaDb;
let company: Company;
let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  server = await MariaDb.start();
  company = await Company.open(server, { time: '14:30' });
  stage = await Stage.open();
  desk = await stage.desk();
});
afterAll(async () => {
  await stage?.close();
  await server.close();
});

type Way = { database?: string; account?: Account; host?: string; port?: number };
/** Fills the form of the connection as a person would. */
async function fillForm(o: Way = {}): Promise<void> {
  const { page, words } = desk;
  const account = o.account ?? company.account;
  await desk.go('settings/company');
  await desk.field(words.company.host).fill(o.host ?? '127.0.0.1');
  await desk.field(words.company.port).fill(String(o.port ?? server.place.port));
  await desk.field(words.company.database).fill(o.database ?? company.database);
  await desk.field(words.company.user).fill(account.user);
  await page.locator('input[type="password"]').fill(account.password);
  await desk.field(words.company.ca).fill(server.place.ca);
}
/** The test of the connection stops at one step, and says why. */
async function stopsAt(cause: string, o: Way): Promise<void> {
  const { page, words } = desk;
  await fillForm(o);
  await desk.button(words.company.test).click();
  const stopped = page.locator('li[data-ok="false"]');
  await stopped.filter({ hasText: cause }).waitFor();
  expect(await stopped.count()).toBe(1);
  await page.getByText(words.company.testFailed).waitFor();
}
const said = (code: Parameters<typeof wordError>[0]['code'], params: Record<string, string | number>) =>
  wordError({ code, params }, 'ja').say;
const syncNow = async (): Promise<void> => {
  await desk.go('settings/sync');
  await desk.button(desk.words.company.syncNow).click();
};

describe('a connection that fails says exactly why', () => {
  test('the server name', async () => {
    await stopsAt(said('sync.dns', { host: 'db.invalid' }), { host: 'db.invalid' });
  });
  test('the port', async () => {
    await stopsAt(said('sync.refused', { host: '127.0.0.1', port: 1 }), { port: 1 });
  });
  test('the password', async () => {
    const account = { ...company.account, password: 'wrong' };
    await stopsAt(said('sync.password', { user: account.user }), { account });
  });
  test('an account that may write', async () => {
    const account = await server.account([`SELECT, INSERT, UPDATE ON \`${company.database}\`.*`]);
    await stopsAt('に書き込めます', { account });
  });
  test('a table that is missing, a column that is missing', async () => {
    const broken = await Company.open(server, { time: '08:10', scenario: 'normal' });
    await broken.sql('ALTER TABLE progress_snapshots DROP COLUMN total_waiting');
    const { database, account } = broken;
    await stopsAt(said('sync.missing-column', { table: 'progress_snapshots', column: 'total_waiting' }), {
      database,
      account,
    });
    await broken.sql('DROP TABLE operators');
    await stopsAt(said('sync.missing-table', { table: 'operators' }), { database, account });
  });
});

describe('connected', () => {
  test('the right answers bring every table in', async () => {
    await fillForm();
    await desk.button(desk.words.company.save).click();
    await desk.page.waitForURL(/#\/settings\/mapping$/);
    await desk.go('settings/sync');
    const rows = desk.page.locator('table').first().locator('tbody tr');
    await expect
      .poll(() => rows.filter({ hasText: desk.words.company.reconciled }).count())
      .toBe(COMPANY_TABLES.length);
  });

  test('a number of the situation opens the rows it was counted from, and they go to a spreadsheet', async () => {
    const { page, words } = desk;
    await desk.go('situation');
    await page.locator('[data-cell][data-risk="danger"]').first().click();
    const tile = page
      .getByRole('dialog')
      .getByRole('button', { name: like(words.situation.column.backlog) })
      .first();
    const backlog = async (): Promise<number> =>
      Number(/([\d,]+)/.exec((await tile.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
    await tile.click();
    const save = page.getByRole('dialog').getByRole('button', { name: words.common.saveCsv });
    await save.waitFor();
    const download = page.waitForEvent('download');
    await save.click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^札幌.*_\d{8}\.csv$/);
    const bytes = readFileSync(await file.path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head = '', ...lines] = bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
    const columns = head.split(',');
    const records = lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])),
    );
    const [time = '', , items = ''] = columns;
    const newest = records
      .map((record) => record[time] ?? '')
      .sort()
      .at(-1);
    const total = records
      .filter((record) => record[time] === newest)
      .reduce((sum, record) => sum + Number(record[items]), 0);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
    await expect.poll(backlog).toBe(total);
    await page.keyboard.press('Escape');
  });

  test('so does a number in an answer', async () => {
    const { page, words } = desk;
    await desk.go('chat');
    await page.getByRole('textbox', { name: words.chat.inputLabel }).fill('札幌のエントリ1の残件は？');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('article', { name: words.chat.assistant });
    await answer.getByText(like(words.chat.stepsDone)).waitFor();
    const number = answer
      .locator('button[title]')
      .filter({ hasText: /^[\d,]+/ })
      .first();
    await number.click();
    const rows = page.getByRole('dialog').locator('tbody tr');
    await rows.first().waitFor();
    await page
      .getByRole('dialog')
      .filter({ hasText: like(words.common.rowsAsOf) })
      .waitFor();
    await page.keyboard.press('Escape');
  });

  test('nonsense from the company is kept, with its reason and its words, and the rest comes in', async () => {
    const { page, words } = desk;
    await company.sql([
      'ALTER TABLE progress_snapshots MODIFY total_waiting VARCHAR(32) NULL, MODIFY location_name VARCHAR(255) NULL',
      `INSERT INTO progress_snapshots SELECT 'X-nonsense', max(snapshot_time), '札幌', '523201', 'エントリ1', NULL, 'たくさん', 1, 0 FROM progress_snapshots`,
      `INSERT INTO progress_snapshots SELECT 'X-nowhere', max(snapshot_time), NULL, '523201', 'エントリ1', NULL, '5', 1, 0 FROM progress_snapshots`,
    ]);
    await syncNow();
    await page.getByText(like(words.company.syncDone)).waitFor();
    const row = page.locator('table').first().locator('tbody tr').filter({ hasText: 'progress_snapshots' });
    await expect.poll(async () => (await row.locator('td').allTextContents())[3]).toBe('2');
    await row.filter({ hasText: words.company.reconciled }).waitFor();
    const letter = page.locator('table').last().locator('tbody tr').filter({ hasText: 'X-nonsense' });
    await letter.filter({ hasText: 'total_waiting' }).waitFor();
    await letter.click();
    await page.getByRole('dialog').getByText('たくさん').first().waitFor();
    await page.keyboard.press('Escape');
  });

  test('with MySQL gone, work goes on with the copy, and every screen says how old it is; with MySQL back, it catches up', async () => {
    const { page, words } = desk;
    await server.stop();
    await syncNow();
    await page.getByText(words.company.isOffline).waitFor();
    const badge = page.getByRole('button', { name: like(words.frame.freshness.label) });
    await expect.poll(() => badge.textContent()).toContain(words.frame.freshness.offline);
    await expect.poll(() => badge.textContent()).toContain(words.frame.freshness.stale);
    await desk.go('situation');
    await page.getByText(like(words.frame.banner.stale)).waitFor();
    await expect.poll(() => page.locator('[data-cell]').count()).toBeGreaterThan(10);
    await desk.go('chat');
    await page.getByRole('textbox', { name: words.chat.inputLabel }).fill('横浜のエントリ1の残件は？');
    await page.keyboard.press('Enter');
    await page.getByText(like(words.chat.stepsDone)).waitFor();
    await server.resume();
    await syncNow();
    await page.getByText(words.company.isOnline).waitFor();
    await expect.poll(() => badge.textContent()).not.toContain(words.frame.freshness.offline);
  });

  test('nothing went wrong meanwhile', () => {
    expect(desk.problems).toEqual([]);
  });
});
