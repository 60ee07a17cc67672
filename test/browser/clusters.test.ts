// Templates of like meaning, and incidents, as a map: drawn, clicked, encircled, renamed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropLog, logOf, stamp } from '../helpers/browser/drop.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';

/** two days ago: within the time lines are kept, whenever this runs */
const AT = Math.floor(Date.now() / 86_400_000 - 2) * 86_400_000;
const FAMILIES: readonly (readonly string[])[] = [
  [
    'connection pool timeout after # ms',
    'database connection timeout after # ms',
    'connection to database lost after # ms',
    'no database connection within # ms',
    'database connection refused, retry #',
  ],
  [
    'user # logged in',
    'user # logged out',
    'login of user # refused',
    'user # changed the password',
    'session of user # expired',
  ],
  [
    'image # could not be read',
    'image # is too dark to read',
    'reading image # took too long',
    'image # has no text to read',
    'image # read again',
  ],
  [
    'batch # started',
    'batch # finished',
    'batch # failed at step',
    'batch # restarted by hand',
    'batch # skipped today',
  ],
  [
    'disk of volume # is nearly full',
    'disk of volume # is full',
    'disk space of volume # is low',
    'disk of volume # was cleaned up',
    'disk of volume # is slow',
  ],
  [
    '帳票 # を印刷しました',
    '帳票 # の印刷に失敗しました',
    '帳票 # の印刷を待っています',
    '帳票 # の印刷を取り消しました',
    '帳票 # を再印刷しました',
  ],
];
function madeLog(): string {
  const lines: string[] = [];
  for (let i = 0; i < 1800; i++) {
    const family = FAMILIES[i % FAMILIES.length] ?? [];
    const text = family[Math.floor(i / FAMILIES.length) % family.length] ?? '';
    const at = stamp(AT + i * 2000);
    const level = /fail|timeout|lost|full|失敗/.test(text) ? 'ERROR' : 'INFO';
    lines.push(
      `${at} ${level} [app] jp.co.site.App - ${text.replace('#', String(1000 + ((i * 37) % 8000)))}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A quiet service whose database and scanner fail twice each, up to a moment ago. */
function failingLog(): string {
  const begin = Math.floor(Date.now() / MINUTE) * MINUTE - 9 * HOUR;
  const lines: (readonly [number, string])[] = [];
  for (let at = begin; at < begin + 8.5 * HOUR; at += 4000)
    lines.push([at, `INFO [web] jp.co.site.Entry - エントリを保存しました 伝票=${at % 1_000_000}`]);
  const failures = [
    [2, 'ERROR [db] jp.co.site.Db - connection pool timeout after # ms'],
    [4, 'ERROR [ocr] jp.co.site.Scan - スキャナの紙詰まりを検知しました #'],
    [6, 'ERROR [db] jp.co.site.Db - connection pool timeout, # requests waiting in the queue'],
    [8, 'ERROR [ocr] jp.co.site.Scan - スキャナの紙詰まりが続いています トレイ #'],
  ] as const;
  for (const [hour, text] of failures)
    for (let i = 0; i < 60; i++)
      lines.push([begin + hour * HOUR + i * 7000, text.replace('#', String(3000 + i))]);
  return logOf(lines.map(([at, text]) => ({ at, text })));
}

let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  stage = await Stage.open({ demo: false, settings: { timeZone: 'UTC' } });
  desk = await stage.desk();
  await dropLog(desk, 'app.log', madeLog());
});
afterAll(() => stage?.close());

const map = (label = desk.words.clusters.mapLabel) => desk.page.getByRole('img', { name: like(label) });
/** Places on the canvas with a strong colour, CSS px, and how many different strong colours there are. */
const strongPixels = (label?: string) =>
  map(label).evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const ratio = canvas.width / canvas.clientWidth;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const places: { x: number; y: number }[] = [];
    const hues = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0, a = 0] = [data[i], data[i + 1], data[i + 2], data[i + 3]];
      const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
      if (a < 180 || high - low < 60) continue;
      const hue =
        high === r
          ? (g - b) / (high - low)
          : high === g
            ? 2 + (b - r) / (high - low)
            : 4 + (r - g) / (high - low);
      hues.add(Math.round(hue * 4));
      const pixel = i / 4;
      places.push({ x: (pixel % canvas.width) / ratio, y: Math.floor(pixel / canvas.width) / ratio });
    }
    return { places, hues: hues.size };
  });

describe('the map of templates', () => {
  test('is drawn with the clusters in colours of their own', async () => {
    const { clusters: w } = desk.words;
    await desk.go('logs/clusters?range=all');
    const first = desk.button(w.run.first);
    await first.or(map()).first().waitFor();
    if (await first.isVisible()) await first.click();
    await map().waitFor();
    await expect.poll(async () => (await strongPixels()).places.length).toBeGreaterThan(300);
    await expect.poll(async () => (await strongPixels()).hues).toBeGreaterThanOrEqual(3);
    await expect.poll(() => desk.page.getByRole('checkbox').count()).toBeGreaterThanOrEqual(3);
  });

  test('how it came about is told in words: what measured the meaning too', async () => {
    const { clusters: w, knowledge } = desk.words;
    await desk.button(w.run.settings).click();
    const told = w.run.embedder.replace('{name}', knowledge.embedder.builtIn);
    await desk.page.getByText(told, { exact: true }).waitFor();
    await desk.page.getByText(w.run.epsFound.replace('{n}', '')).waitFor();
    await desk.page.keyboard.press('Escape');
    await expect.poll(() => desk.page.getByText(told, { exact: true }).count()).toBe(0);
  });

  test('coloured anew by level, it is another picture', async () => {
    const { clusters: w } = desk.words;
    const before = (await strongPixels()).hues;
    const colours = desk.page.getByRole('radiogroup', { name: w.colour.label });
    await colours.getByText(w.colour.level, { exact: true }).click();
    await expect.poll(async () => (await strongPixels()).hues).not.toBe(before);
    await colours.getByText(w.colour.cluster, { exact: true }).click();
  });

  test('a lasso gathers templates into a list with their acts', async () => {
    const { clusters: w } = desk.words;
    const { page } = desk;
    await page.getByText(w.mode.lasso, { exact: true }).click();
    const box = await map().boundingBox();
    if (!box) throw new Error('the map is not on screen');
    const corners = [
      [4, 4],
      [box.width - 60, 4],
      [box.width - 60, box.height - 4],
      [4, box.height - 4],
    ] as const;
    await page.mouse.move(box.x + 4, box.y + 4);
    await page.mouse.down();
    for (const [x, y] of corners) await page.mouse.move(box.x + x, box.y + y, { steps: 5 });
    await page.mouse.up();
    await page.getByText(like(w.picked.title)).waitFor();
    await page.getByRole('button', { name: w.picked.merge }).waitFor();
    await page.getByRole('button', { name: w.picked.clear }).click();
    await page.getByText(w.mode.move, { exact: true }).click();
  });

  test('a cluster gets a name of ours, which stays', async () => {
    const { clusters: w } = desk.words;
    const { page } = desk;
    await page.getByRole('complementary').getByRole('listitem').first().getByRole('button').click();
    await page.getByRole('button', { name: w.cluster.rename }).click();
    await page.getByLabel(w.cluster.name).fill('わたしたちの名前');
    await page.keyboard.press('Enter');
    await page.getByText('わたしたちの名前').first().waitFor();
    await page.reload();
    await desk.settled();
    await page.getByText('わたしたちの名前').first().waitFor();
    await page.getByRole('button', { name: w.cluster.back }).click();
  });

  test('the same as a table, for the keyboard', async () => {
    const { clusters: w } = desk.words;
    await desk.page.getByText(w.view.table, { exact: true }).click();
    await desk.page.getByRole('table', { name: w.map }).getByRole('row').nth(3).waitFor();
    await desk.page.getByText(w.view.map, { exact: true }).click();
  });

  test('a click on a dot opens its lines', async () => {
    const { page } = desk;
    await map().waitFor();
    await expect.poll(async () => (await strongPixels()).places.length).toBeGreaterThan(0);
    const { places } = await strongPixels();
    const box = await map().boundingBox();
    const place = places[Math.floor(places.length / 2)];
    if (!box || !place) throw new Error('nothing is drawn');
    await page.mouse.click(box.x + place.x, box.y + place.y);
    await page.waitForURL(/#\/logs\/explore\?.*templates=\d+/);
    await page.locator('main tr[data-line]').first().waitFor();
  });
});

describe('the map of incidents', () => {
  test('says how many there have to be, then puts like ones together', async () => {
    const { clusters: w, incidents } = desk.words;
    const { page } = desk;
    await desk.go('logs/clusters?range=all');
    await page
      .getByRole('radiogroup', { name: w.of.label })
      .getByText(w.of.incident, { exact: true })
      .click();
    await page.getByText(w.incident.fewText).waitFor();
    await dropLog(desk, 'site.log', failingLog());
    await desk.go('incidents');
    await expect
      .poll(
        async () => {
          const look = desk.button(incidents.status.look);
          if (await look.isEnabled()) await look.click();
          return page.locator('nav a[href^="#/incidents/"]').count();
        },
        { interval: 1000 },
      )
      .toBeGreaterThanOrEqual(4);
    await desk.go('logs/clusters?of=incidents&range=all');
    const first = desk.button(w.run.first);
    await first.or(map(w.incident.mapLabel)).first().waitFor();
    if (await first.isVisible()) await first.click();
    await expect.poll(async () => (await strongPixels(w.incident.mapLabel)).hues).toBeGreaterThanOrEqual(2);
  });

  test('a cluster tells how often and how long, and lists its incidents', async () => {
    const { clusters: w } = desk.words;
    const { page } = desk;
    const panel = page.getByRole('complementary');
    await panel.getByRole('button', { name: /connection pool/ }).click();
    await panel.getByText(like(w.incident.times, { count: 2 })).waitFor();
    await panel.getByText(w.incident.noRemedy).waitFor();
    expect(await panel.locator('a[href^="#/incidents/"]').count()).toBe(2);
    await page.getByRole('button', { name: w.cluster.back }).click();
  });

  test('as a table, and a click on a dot opens the incident', async () => {
    const { clusters: w } = desk.words;
    const { page } = desk;
    await page.getByText(w.view.table, { exact: true }).click();
    await page.getByRole('table', { name: w.incident.map }).getByRole('row').nth(4).waitFor();
    await page.getByText(w.view.map, { exact: true }).click();
    await expect.poll(async () => (await strongPixels(w.incident.mapLabel)).places.length).toBeGreaterThan(0);
    const { places } = await strongPixels(w.incident.mapLabel);
    const box = await map(w.incident.mapLabel).boundingBox();
    const place = places[Math.floor(places.length / 2)];
    if (!box || !place) throw new Error('nothing is drawn');
    await page.mouse.click(box.x + place.x, box.y + place.y);
    await page.waitForURL(/#\/incidents\/.+/);
  });
});

/** Families of messages that share made-up words no other family has, in shapes few others have. */
function manyFamilies(families: number): string {
  let chance = 11;
  const letter = (): string => {
    chance = (Math.imul(chance, 1103515245) + 12345) >>> 0;
    return 'bcdefghijklmnoprstuvwz'[(chance >>> 16) % 22] ?? '';
  };
  const word = (): string => Array.from({ length: 9 }, letter).join('');
  const signs = [': ', ' - ', ' / ', '; ', ' => ', ' | '];
  const lines: string[] = [];
  for (let family = 0; family < families; family++) {
    const words = Array.from({ length: 4 + (family % 9) }, word);
    const sign = signs[Math.floor(family / 9) % signs.length];
    for (const text of [
      `${words.join(' ')}${sign}<#>`,
      `${words.toReversed().join(' ')}${sign}at <#>`,
      `${words.slice(1).join(' ')}${sign}${words[0]}`,
    ]) {
      const at = new Date(AT + lines.length * 1000).toISOString().replace('T', ' ').replace('Z', '');
      lines.push(
        `${at.replace('.', ',')} INFO [parts] jp.co.site.Parts - ${text.replace('#', String(1000 + lines.length))}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('hundreds of clusters', () => {
  test('are a list of which only what is in view is in the page; any of them is found', async () => {
    const { clusters: w } = desk.words;
    const { page } = desk;
    await dropLog(desk, 'parts.log', manyFamilies(160));
    await desk.go('logs/clusters?range=all');
    await map().waitFor();
    await desk.button(w.run.settings).click();
    await page.getByRole('button', { name: w.run.go }).click();
    const panel = page.getByRole('complementary');
    const size = async (): Promise<number> =>
      Number(await panel.getByRole('listitem').first().getAttribute('aria-setsize'));
    await expect.poll(size).toBeGreaterThan(100);
    await page.keyboard.press('Escape');
    expect(await panel.getByRole('listitem').count()).toBeLessThan(40);
    const last = panel.locator(`li[aria-posinset="${await size()}"]`);
    expect(await last.count()).toBe(0);
    await panel.getByRole('list').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await last.waitFor();
    const name = (await last.getByRole('button').locator('b').textContent()) ?? '';
    await panel.getByRole('textbox', { name: w.list.search }).fill(name);
    await expect.poll(size).toBeLessThan(5);
    await panel.getByRole('button', { name }).first().waitFor();
  });

  test('nothing went wrong on the way', () => {
    expect(desk.problems).toEqual([]);
  });
});
