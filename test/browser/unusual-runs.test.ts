// Lots that break off on their way: found, told of in words, and each one's own lines one click away.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropLog, logOf } from '../helpers/browser/drop.ts';
import { Stage } from '../helpers/browser/stage.ts';

const MINUTE = 60_000;
const LOTS = 780;
/** thirteen hours up to half an hour ago, so that every lot in it is over */
const BEGIN = Math.floor(Date.now() / MINUTE) * MINUTE - (LOTS + 30) * MINUTE;
/** from one to the last of these, lots are scanned and never packed */
const BROKEN = { from: 700, to: 712 };

function lots(): string {
  const lines: { at: number; text: string }[] = [];
  const say = (at: number, text: string): void => void lines.push({ at, text });
  for (let i = 0; i < LOTS; i++) {
    const at = BEGIN + i * MINUTE;
    const lot = `lot-${10_000 + i}`;
    say(at, `INFO [gate] jp.co.site.Gate - received ${lot} at the gate`);
    say(at + 15_000, `INFO [scan] jp.co.site.Scan - scanned every page of ${lot}`);
    if (i < BROKEN.from || i > BROKEN.to)
      say(at + 30_000, `INFO [pack] jp.co.site.Pack - packed ${lot} and closed it`);
    say(at + 45_000, `INFO [gate] jp.co.site.Gate - ${lot} left the gate`);
  }
  return logOf(lines);
}

let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  stage = await Stage.open({ demo: false, settings: { timeZone: 'UTC' } });
  desk = await stage.desk();
  await dropLog(desk, 'lots.log', lots());
});
afterAll(() => stage?.close());

test('lots that were never packed are an anomaly that names some of them; one opens its own lines', async () => {
  const { incidents: w } = desk.words;
  const { page } = desk;
  await desk.go('incidents/anomalies');
  const row = page.getByRole('row').filter({ hasText: w.kind.sequence });
  await expect
    .poll(
      async () => {
        const look = desk.button(w.status.look);
        if (await look.count()) await look.first().click();
        return row.count();
      },
      { interval: 2000 },
    )
    .toBe(1);
  await row.click();
  const card = page.getByRole('dialog').getByRole('article');
  await card.getByText(/「packed … and closed it」が、1回も出ないまま終わっています。/).waitFor();
  await card.getByText(w.anomaly.observedRuns, { exact: true }).waitFor();
  const named = card.getByRole('link', { name: /^lot-\d+$/ });
  expect(await named.count()).toBe(5);
  const lot = (await named.first().textContent()) ?? '';
  const number = Number(lot.slice('lot-'.length)) - 10_000;
  expect(number).toBeGreaterThanOrEqual(BROKEN.from);
  expect(number).toBeLessThanOrEqual(BROKEN.to);
  await named.first().click();
  const main = page.locator('main');
  await main.getByText(`scanned every page of ${lot}`).first().waitFor();
  await main.getByText(`${lot} left the gate`).first().waitFor();
  expect(await main.getByText(/packed lot-/).count()).toBe(0);
});

test('nothing went wrong on the way', () => {
  expect(desk.problems).toEqual([]);
});
