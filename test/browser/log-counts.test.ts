// What is counted of a search: that it can be stopped and taken up again by keyboard, and that it says what it leaves out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropPaths } from '../helpers/browser/drop-paths.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

/** enough for a block; the day before's stay rows */
const LINES = 1400;
const LAST_ERROR = LINES - 50;
const written = (n: number): string => n.toLocaleString('en');
const LINES_BEFORE = 30;
const DAY = '2026-11-21';
const AT = Date.UTC(2026, 10, 21, 3);

let stage: Stage;
let desk: Desk;
/** once the page asks for a count, what the engine says is kept from it until `letThrough` */
let letThrough: () => void = () => {};
let holdCounts = false;
beforeAll(async () => {
  stage = await Stage.open({ demo: false, now: AT + 3_600_000 });
  desk = await stage.desk();
  const line = (from: number, i: number): string =>
    `${new Date(from + i * 1000).toISOString()} ${i % 100 === 50 ? 'ERROR' : 'INFO'} [web] jp.co.site.Lots - lot ${i} of ${i % 7} is closed\n`;
  await desk.go('logs/sources');
  for (const [name, from, lines] of [
    ['lots.log', AT, LINES],
    ['day-before.log', AT - 86_400_000, LINES_BEFORE],
  ] as const) {
    const file = path.join(stage.dir, name);
    writeFileSync(file, Array.from({ length: lines }, (_, i) => line(from, i)).join(''));
    await dropPaths(desk.page, [file]);
    const sum = { lines: written(lines), templated: written(lines), unparsed: '0' };
    await desk.page.getByRole('row', { name }).getByText(like(desk.words.logs.sum.text, sum)).waitFor();
  }
  await desk.page.routeWebSocket(/.*/, (page) => {
    const engine = page.connectToServer();
    const kept: (string | Buffer)[] = [];
    let isHeld = false;
    page.onMessage((message) => {
      isHeld ||= holdCounts && message.includes('countFound');
      engine.send(message);
    });
    engine.onMessage((message) => (isHeld ? kept.push(message) : page.send(message)));
    letThrough = () => {
      isHeld = false;
      for (const message of kept.splice(0)) page.send(message);
    };
  });
  await desk.page.reload();
  await desk.settled();
});
afterAll(() => stage.close());

const rows = () => desk.page.locator('main tr[data-line]');
const found = (lines: number) =>
  desk.page.getByText(desk.words.logs.histogram.total.replace('{n}', written(lines)), { exact: true });
const said = (words: string) => desk.page.getByRole('status').filter({ hasText: words });

test('a count that is stopped says so aloud, keeps the focus on its button, and is taken up again by it', async () => {
  const { histogram } = desk.words.logs;
  holdCounts = true;
  await desk.go('logs/explore?range=all&q=closed');
  await rows().first().waitFor();
  const stop = desk.button(histogram.stopCounting);
  await stop.focus();
  await said(histogram.counted).waitFor({ state: 'attached' });
  holdCounts = false;
  await desk.page.keyboard.press('Enter');
  await said(histogram.countStopped).waitFor({ state: 'attached' });
  const goOn = desk.button(histogram.count);
  await goOn.waitFor();
  expect(await goOn.evaluate((button) => button === document.activeElement)).toBe(true);
  letThrough();
  await desk.page.keyboard.press('Enter');
  await said(histogram.countDone).waitFor({ state: 'attached' });
  await found(LINES + LINES_BEFORE).waitFor();
  await desk.page.getByText(histogram.notExact).first().waitFor({ state: 'detached' });
});

test('the next error is the one after what is in view, not after a line that was scrolled away', async () => {
  await desk.go('logs/explore?range=all');
  await rows().first().waitFor();
  await desk.page.keyboard.press('n');
  const chosen = desk.page.locator('tr[data-line][aria-selected="true"]');
  await chosen.filter({ hasText: `lot ${LAST_ERROR} ` }).waitFor();
  await rows()
    .filter({ hasText: `lot ${LAST_ERROR} ` })
    .hover();
  for (
    let i = 0;
    i < 40 &&
    (await rows()
      .filter({ hasText: `lot ${LAST_ERROR - 150} ` })
      .count()) === 0;
    i++
  ) {
    await desk.page.mouse.wheel(0, 400);
    await desk.settled();
  }
  await rows()
    .filter({ hasText: `lot ${LAST_ERROR} ` })
    .waitFor({ state: 'detached' });
  await desk.page.keyboard.press('n');
  await chosen.waitFor();
  expect(await chosen.textContent()).toMatch(new RegExp(`lot (${LAST_ERROR - 200}|${LAST_ERROR - 300}) `));
});

test('lines that can no longer be read are told of beside the count and the list, with the way to what to do', async () => {
  const folder = path.join(stage.dir, 'log-blocks');
  const file = path.join(folder, readdirSync(folder)[0] ?? '');
  const bytes = readFileSync(file);
  const at = bytes.length - 3;
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  await stage.restart();
  desk = await stage.desk({ lang: 'en' });
  const { histogram, leftOut, damaged } = desk.words.logs;
  await desk.go('logs/explore?range=all&q=closed');
  await found(LINES_BEFORE).waitFor();
  await desk.page.getByRole('region', { name: histogram.title }).getByText(histogram.leftOut).waitFor();
  await desk.page.getByText(like(leftOut.counted, { n: written(LINES), days: DAY })).waitFor();
  await desk.button(leftOut.what).click();
  await desk.page.getByText(like(damaged.title, { n: written(LINES) })).waitFor();
});
