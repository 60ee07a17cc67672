// A company's log tables, one after the other, from the list of its tables to their lines.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { OCR, ocr, WMS, wms } from '../helpers/logs/log-tables.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';

let server: MariaDb;
let stage: Stage;
let desk: Desk;
let database: string;
beforeAll(async () => {
  server = await MariaDb.start();
  database = await server.database();
  await server.sql(
    [
      WMS,
      wms(0, 40),
      OCR,
      ocr(0, 30),
      'CREATE TABLE keyless_log (logged_at DATETIME, level VARCHAR(10), message TEXT)',
    ],
    database,
  );
  const company = { place: server.place, database, account: await server.reader(database) };
  stage = await Stage.open({ company, settings: { syncEverySeconds: 10 } });
  desk = await stage.desk();
});
afterAll(async () => {
  await stage?.close();
  await server?.close();
});

const dialog = () => desk.page.getByRole('dialog', { name: desk.words.logs.add.title });
async function choose(table: string): Promise<void> {
  const { logs } = desk.words;
  await desk.go('logs/sources');
  await desk.button(logs.sources.add).click();
  await dialog().getByText(logs.add.kinds.table).click();
  await dialog().getByRole('combobox', { name: logs.table.choose }).click();
  await desk.page.getByRole('option', { name: table }).click();
}
const added = (name: string) =>
  desk.page.getByRole('table', { name: desk.words.logs.sources.title }).getByRole('row', { name });

test('a table is chosen, its columns are suggested, its rows seen as they will be read, and its lines are there', async () => {
  const { logs } = desk.words;
  await choose('wms_event_log');
  const form = dialog();
  const role = (name: keyof typeof logs.table.roles) =>
    form.getByRole('combobox', { name: logs.table.roles[name], exact: true });
  expect(await role('time').inputValue()).toBe('発生日時 (datetime)');
  expect(await role('message').inputValue()).toBe('本文 (text)');
  expect(await role('key').inputValue()).toBe('id');
  await form.getByText('棚 39 の引当を行いました').waitFor();
  // the preview follows what is changed
  await role('level').click();
  await desk.page.getByRole('option', { name: '追跡ID (varchar)' }).click();
  await form.locator('tbody tr').filter({ hasText: '棚 30' }).filter({ hasText: logs.level.none }).waitFor();
  await role('level').click();
  await desk.page.getByRole('option', { name: '重要度 (tinyint)' }).click();
  await form.locator('tbody tr').filter({ hasText: '棚 30' }).filter({ hasText: logs.level.error }).waitFor();
  await form.getByRole('textbox', { name: logs.rules.name }).fill('倉庫管理');
  const service = form.getByRole('textbox', { name: logs.rules.service });
  await service.pressSequentially('倉庫 札幌');
  expect(await service.inputValue()).toBe('倉庫 札幌');
  await form.locator('tbody tr').filter({ hasText: '倉庫 札幌' }).first().waitFor();
  await form.getByRole('button', { name: logs.add.add, exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await expect.poll(() => added('倉庫管理').textContent()).toContain('40');
});

test('a second one of another shape beside it, followed as it grows', async () => {
  const { logs } = desk.words;
  await choose('ocr_trace');
  const form = dialog();
  await form.getByText('page 29 of lot 104 read').waitFor();
  // a column that gets a role is no longer one of the others
  const trace = form.getByRole('combobox', { name: logs.table.roles.trace, exact: true });
  const others = form.locator('.mantine-MultiSelect-root').getByText('extra', { exact: false });
  await others.waitFor();
  await trace.click();
  await desk.page.getByRole('option', { name: 'extra' }).first().click();
  await others.waitFor({ state: 'detached' });
  await form.getByRole('textbox', { name: logs.rules.name }).fill('OCR');
  await form.getByRole('button', { name: logs.add.add, exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await expect.poll(() => added('OCR').textContent()).toContain('30');
  await server.sql(
    "INSERT INTO ocr_trace VALUES ('OCR-b', 'z', NOW(), '2026-11-22 10:00:09,000 - ocr.Reader - ERROR - tray 9 jammed', NULL)",
    database,
  );
  await desk.go('logs/explore?range=all');
  await desk.page.getByText('tray 9 jammed').first().waitFor();
  await desk.page
    .getByText(/棚 \d+ の引当を行いました/)
    .first()
    .waitFor();
});

test('a table whose rows cannot be told apart says so and what to do, and cannot be added', async () => {
  await choose('keyless_log');
  await dialog().getByText('keyless_log には、行を見分けるキーがありません').waitFor();
  await dialog().getByText('主キーの追加を依頼').waitFor();
  const add = dialog().getByRole('button', { name: desk.words.logs.add.add, exact: true });
  expect(await add.isDisabled()).toBe(true);
});

test('a column that is dropped later is said on its source, and chosen anew there', async () => {
  const { logs, common } = desk.words;
  await server.sql(
    [
      'ALTER TABLE wms_event_log DROP COLUMN 重要度',
      "INSERT INTO wms_event_log (発生日時, 本文) VALUES (NOW() + INTERVAL 9 HOUR, '棚 40 の引当を行いました')",
    ],
    database,
  );
  await desk.go('logs/explore');
  await desk.go('logs/sources');
  await added('倉庫管理').getByText('列 重要度 がありません').waitFor();
  await added('倉庫管理').click();
  const drawer = desk.page.getByRole('dialog', { name: logs.rules.title.replace('{name}', '倉庫管理') });
  const order = drawer.getByRole('combobox', { name: logs.table.roles.cursor });
  expect(await order.isDisabled()).toBe(true);
  const level = drawer.getByRole('combobox', { name: logs.table.roles.level, exact: true });
  await level.click();
  await desk.page.getByRole('option', { name: '倉庫 (varchar)' }).click();
  await drawer.getByText('棚 40 の引当を行いました').waitFor();
  await drawer.getByRole('button', { name: common.save }).click();
  await drawer.waitFor({ state: 'hidden' });
  await expect.poll(() => added('倉庫管理').textContent()).toContain('41');
});

test('with the company’s server stopped no source of it stays green: each says why, since when and when it is tried again', async () => {
  const { logs, common } = desk.words;
  await desk.go('logs/sources');
  const row = added('OCR');
  await row.getByText(logs.sources.states.following).waitFor();
  await server.stop();
  await row.getByText(logs.sources.states.waiting).waitFor();
  for (const name of ['OCR', 'system_logs']) {
    await added(name).getByText(`127.0.0.1:${server.place.port} に接続を断られました。`).waitFor();
    await added(name)
      .getByText(/から、.+後に再試行$/)
      .waitFor();
  }
  await server.resume();
  await row.getByRole('button', { name: common.retry }).click();
  await row.getByText(logs.sources.states.following).waitFor();
});

test('nothing went wrong meanwhile', () => {
  expect(desk.problems).toEqual([]);
});
