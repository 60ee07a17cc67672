// How every service does, on one page: figures that open their rows, cards as a person wants them, a thousand of them at hand.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropPaths } from '../helpers/browser/drop-paths.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

const AT = Date.UTC(2026, 10, 21, 3);
const MANY = 1000;

let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  stage = await Stage.open({ demo: false, now: AT + 3_600_000 });
  desk = await stage.desk();
  await desk.go('logs/services');
  await desk.page.getByText(desk.words.logs.never.title).waitFor();
  const told = (seconds: number, level: string, service: string, message: string): string =>
    `${JSON.stringify({ time: new Date(AT + seconds * 1000).toISOString(), level, service, message })}\n`;
  const shop = Array.from({ length: 100 }, (_, i) =>
    told(i, 'info', 'shop', `order ${4000 + i} answered in ${i + 1}ms`),
  );
  const mail = Array.from({ length: 7 }, (_, i) => told(i * 300, 'error', 'mail', `no route for ${i}`));
  const others = Array.from({ length: MANY - 2 }, (_, i) =>
    told(1800, 'info', `worker-${String(i).padStart(3, '0')}`, 'idle'),
  );
  const file = path.join(stage.dir, 'app.log');
  writeFileSync(file, [...shop, ...mail, ...others].join(''));
  await desk.go('logs/sources');
  await dropPaths(desk.page, [file]);
  const lines = (shop.length + mail.length + others.length).toLocaleString('en');
  const sum = like(desk.words.logs.sum.text, { lines, templated: lines, unparsed: '0' });
  await desk.page.getByRole('row', { name: 'app.log' }).getByText(sum).waitFor();
  await desk.go('logs/services?range=24h');
});
afterAll(() => stage.close());

const card = (name: string) => desk.page.locator('main').getByRole('article', { name, exact: true });
const names = () =>
  desk.page
    .locator('main')
    .getByRole('article')
    .evaluateAll((cards) => cards.map((one) => one.getAttribute('aria-label')));
const figure = (name: string, label: string) =>
  card(name).locator('dl > div').filter({ hasText: label }).locator('dd');

test('of a thousand services those with errors come first, and each figure is the one of its lines', async () => {
  const { services } = desk.words.logs;
  expect((await names()).slice(0, 2)).toEqual(['mail', 'shop']);
  expect(await figure('mail', services.errors).textContent()).toBe('7');
  expect(await figure('shop', services.lines).textContent()).toBe('100');
  await figure('shop', services.p50).getByText(services.length.ms.replace('{n}', '50')).waitFor();
  expect(await figure('shop', services.p95).textContent()).toBe(services.length.ms.replace('{n}', '95'));
  await desk.page
    .getByRole('status')
    .filter({ hasText: MANY.toLocaleString('en') })
    .waitFor();
  await desk.shot('services');
});

test('every figure opens its rows', async () => {
  const { services } = desk.words.logs;
  await figure('shop', services.p95).getByRole('button').click();
  const rows = desk.page.getByRole('dialog');
  await rows.getByText('100').first().waitFor();
  expect(await rows.locator('tbody tr').count()).toBeGreaterThan(20);
  await desk.page.keyboard.press('Escape');
  await figure('mail', services.errors).getByRole('link').click();
  await desk.page.locator('main tr[data-line]').first().waitFor();
  expect(await desk.page.locator('main tr[data-line]').count()).toBe(7);
  await desk.page.goBack();
  await card('mail').waitFor();
});

test('cards stand as a person put them, by keyboard too, and so they do next time', async () => {
  const { services } = desk.words.logs;
  const menu = (name: string) => desk.button(services.menu.replace('{service}', name));
  const { page } = desk;
  await menu('shop').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: services.toFirst }).press('Enter');
  await expect.poll(async () => (await names())[0]).toBe('shop');
  await menu('mail').click();
  await page.getByRole('menuitem', { name: services.hide }).click();
  await card('mail').waitFor({ state: 'detached' });
  await page.reload();
  await desk.settled();
  await card('shop').waitFor();
  expect((await names()).slice(0, 2)).toEqual(['shop', 'worker-000']);
  await desk.button(services.showAgain.replace('{service}', 'mail')).click();
  await card('mail').waitFor();
});

test('one among many is found by a part of its name', async () => {
  await desk.field(desk.words.logs.services.search).fill('WORKER-99');
  await expect.poll(async () => (await names()).length).toBe(8);
  await desk.field(desk.words.logs.services.search).fill('nobody');
  await desk.page.getByText(desk.words.logs.services.none).waitFor();
  expect(desk.problems).toEqual([]);
});
