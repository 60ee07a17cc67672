// A log file on its way from the person's hand to an answer: dropped, accounted for, looked through, marked, kept.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../main/api/contract/common.ts';
import { formatDate } from '../../main/api/contract/format.ts';
import type { Desk } from '../helpers/browser/desk.ts';
import { stamp } from '../helpers/browser/drop.ts';
import { dragPaths, dropPaths } from '../helpers/browser/drop-paths.ts';
import { root } from '../helpers/browser/host.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { zipOf } from '../helpers/logs/zip.ts';

const LINES = 1200;
const TRACES = 4;
/** two days ago: within the time lines are kept, whenever this runs */
const AT = Math.floor(Date.now() / 86_400_000 - 2) * 86_400_000;

/** its times name no zone: they are read as the site's */
const START = AT - 9 * 3_600_000;

/** An application's log: entries, requests, a rare error, four of them with a stack trace of three lines. */
function madeLog(): string {
  const lines: string[] = [];
  for (let i = 0; i < LINES; i++) {
    const at = stamp(AT + i * 1500);
    if (i % 300 === 150) {
      lines.push(`${at} ERROR [batch] jp.co.site.Job - 夜間処理 ${i} が失敗しました`);
      lines.push('java.lang.IllegalStateException: lot is locked');
      lines.push('\tat jp.co.site.Job.run(Job.java:88)');
    } else if (i % 40 === 7)
      lines.push(`${at} ERROR [db] jp.co.site.Db - DB timeout after ${1000 + i} ms on host db-${i % 3}`);
    else if (i % 3 === 0)
      lines.push(`${at} INFO [web] jp.co.site.Http - GET /api/lots/${i} 200 in ${3 + (i % 90)} ms`);
    else lines.push(`${at} INFO [web] jp.co.site.Entry - エントリを保存しました 伝票=${100000 + i}`);
  }
  return `${lines.join('\n')}\n`;
}
const RAW_LINES = LINES + 2 * TRACES;
const numbers = Array.from({ length: LINES }, (_, i) => i);
const TIMEOUTS = numbers.filter((i) => i % 40 === 7 && i % 300 !== 150).length;
const ENTRIES = numbers.filter((i) => i % 40 !== 7 && i % 300 !== 150 && i % 3 !== 0).length;

let stage: Stage;
let desk: Desk;
beforeAll(async () => {
  // without the demo: what is on screen is what was dropped
  stage = await Stage.open({ demo: false });
  desk = await stage.desk();
});
afterAll(() => stage.close());

const soon = expect.poll;
const n = (value: number): string => value.toLocaleString('ja-JP');
/** the sum above the histogram */
const total = (lines: number) =>
  desk.page.getByText(desk.words.logs.histogram.total.replace('{n}', n(lines)), { exact: true });
const rows = () => desk.page.locator('main tr[data-line]');
const patterns = () =>
  desk.page.getByRole('complementary', { name: desk.words.logs.sidebar.title }).getByRole('button');

/** Lets go of files of these names, and what is in them, over the screen. */
async function drop(files: readonly { name: string; bytes: Uint8Array | string }[]): Promise<void> {
  const folder = path.join(stage.dir, 'dropped');
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of files) writeFileSync(path.join(folder, name), bytes);
  await dropPaths(
    desk.page,
    files.map(({ name }) => path.join(folder, name)),
  );
}

test('before anything is read nothing is called well: screens lead to a first source, and the company’s table waits', async () => {
  const { incidents, logs } = desk.words;
  await desk.go('logs/sources');
  const company = desk.page.getByRole('row', { name: /system_logs/ });
  await company.getByText(logs.sources.states.waiting).waitFor();
  await soon(() => company.getByText(logs.sources.states.following).count()).toBe(0);
  await desk.page.getByText(logs.dead.nothingRead).waitFor();
  await desk.go('incidents/anomalies');
  await desk.page.getByText(incidents.empty.noLogs).waitFor();
  await desk.button(incidents.empty.addLogs).click();
  await desk.page.getByRole('dialog', { name: logs.add.title }).waitFor();
  await desk.page.keyboard.press('Escape');
});

describe('a log file', () => {
  test('dropped on the empty screen is read to its end, and its lines add up', async () => {
    await desk.go('logs');
    await desk.page.getByText(desk.words.logs.never.title).waitFor();
    await drop([{ name: 'app.log', bytes: Buffer.from(madeLog()) }]);
    const tray = desk.page.getByRole('region', { name: desk.words.logs.upload.title });
    await tray.getByText(desk.words.logs.upload.read, { exact: true }).waitFor();
    const sum = like(desk.words.logs.sum.text, {
      lines: n(RAW_LINES),
      templated: n(RAW_LINES),
      unparsed: '0',
    });
    await tray.getByText(sum).waitFor();
    await tray.getByRole('img', { name: desk.words.logs.sum.ok }).waitFor();
    await desk.go('logs/sources');
    const row = desk.page.getByRole('row', { name: /app\.log/ });
    await row.getByText(sum).waitFor();
  });

  test('shows its lines newest first, a stack trace as one', async () => {
    await desk.page.getByRole('link', { name: desk.words.logs.upload.show }).click();
    await rows().first().waitFor();
    await total(RAW_LINES).waitFor();
    await soon(() => rows().first().textContent()).toContain('エントリを保存しました 伝票=101199');
    const errors = desk.button(desk.words.logs.keys.nextError);
    await errors.click();
    await soon(() => rows().and(desk.page.locator('[aria-selected="true"]')).count()).toBe(1);
  });

  test('is grouped into patterns; one of them, clicked, shows its lines alone', async () => {
    const timeout = patterns().filter({ hasText: 'DB timeout after' });
    await timeout.waitFor();
    await soon(() => timeout.textContent()).toContain(n(TIMEOUTS));
    await timeout.click();
    await soon(() => timeout.getAttribute('aria-pressed')).toBe('true');
    await desk.page.getByText(like(desk.words.logs.list.end, { n: n(TIMEOUTS) })).waitFor();
    for (const text of await rows().allTextContents()) expect(text).toContain('DB timeout after');
    await timeout.click();
    await soon(() => timeout.getAttribute('aria-pressed')).toBe('false');
  });

  test('is walked by keyboard: next error, previous error, open, mark', async () => {
    await rows().first().click();
    await desk.page.keyboard.press('Escape');
    const chosen = desk.page.locator('tr[data-line][aria-selected="true"]');
    const lineNow = () => chosen.getAttribute('data-line');
    const visited = [await lineNow()];
    for (let i = 0; i < 6; i++) {
      await desk.page.keyboard.press('n');
      await soon(lineNow).not.toBe(visited.at(-1));
      visited.push(await lineNow());
      expect(await chosen.getAttribute('data-level')).toBe('error');
    }
    await desk.page.keyboard.press('N');
    await soon(lineNow).toBe(visited.at(-2));
    await desk.page.keyboard.press('b');
    await chosen.getByLabel(desk.words.logs.line.bookmarked).waitFor();
    await desk.page.keyboard.press('Enter');
    const detail = desk.page.locator('[data-line-detail]');
    await detail.waitFor();
    expect(await detail.getAttribute('data-line-detail')).toBe(visited.at(-2));
    await detail.getByRole('button', { name: desk.words.logs.detail.bookmarked }).waitFor();
    await desk.page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
  });

  test('is written on: the note marks it, outlives what closes it, and has a way back when its mark is taken away', async () => {
    const { logs, common } = desk.words;
    const row = desk.page.locator(`tr[data-line="${await rows().nth(3).getAttribute('data-line')}"]`);
    const detail = desk.page.locator('[data-line-detail]');
    const note = detail.getByRole('textbox', { name: logs.detail.note });
    await row.click();
    await detail.getByRole('button', { name: logs.detail.bookmark, exact: true }).waitFor();
    // neither marked before, nor saved by hand
    await note.fill('前触れと思われる');
    await desk.page.keyboard.press('Escape');
    await desk.page.getByText(logs.detail.noteKept).waitFor();
    await row.getByText('前触れと思われる').waitFor();
    await row.getByLabel(logs.line.bookmarked).waitFor();
    await desk.page.keyboard.press('b');
    await desk.page.getByText(logs.detail.noteGone).waitFor();
    await row.getByText('前触れと思われる').waitFor({ state: 'detached' });
    await desk.page.getByRole('button', { name: common.undo }).click();
    await row.getByText('前触れと思われる').waitFor();
    await row.click();
    await note.fill('');
    await note.press('Control+Enter');
    await row.getByText('前触れと思われる').waitFor({ state: 'detached' });
    // the lines around it say which day they are of
    await detail
      .getByText(formatDate(AT, 'Asia/Tokyo', 'ja'), { exact: true })
      .first()
      .waitFor();
    await detail.getByRole('button', { name: logs.detail.bookmarked, exact: true }).click();
    await detail.getByRole('button', { name: logs.detail.bookmark, exact: true }).waitFor();
    await desk.page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
  });

  test('has the focus again when the menu of one of its values is closed', async () => {
    const row = desk.page.locator(`tr[data-line="${await rows().nth(25).getAttribute('data-line')}"]`);
    await row.getByRole('button').first().click();
    await desk.page.getByRole('menuitem', { name: desk.words.logs.value.only }).waitFor();
    await desk.page.keyboard.press('Escape');
    await soon(() => row.evaluate((el) => el === document.activeElement)).toBe(true);
  });

  test('is reached from the search box by one key, and by a few Tabs: the templates beside it are one stop', async () => {
    const { keyboard } = desk.page;
    const focused = (selector: string) =>
      desk.page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
    const search = desk.page.getByRole('textbox', { name: desk.words.logs.search.label });
    await rows().first().waitFor();
    await search.focus();
    await keyboard.press('ArrowDown');
    expect(await focused('tr[data-line]')).toBe(true);
    await search.focus();
    let [tabs, inSidebar] = [0, 0];
    while (!(await focused('tr[data-line]')) && tabs < 60) {
      await keyboard.press('Tab');
      tabs++;
      if (await focused('aside [role="toolbar"] button')) inSidebar++;
    }
    expect({ inSidebar, isNear: tabs < 25 }).toEqual({ inSidebar: 1, isNear: true });
    await patterns().first().focus();
    await keyboard.press('ArrowDown');
    expect(
      await patterns()
        .nth(1)
        .evaluate((el) => el === document.activeElement),
    ).toBe(true);
    await keyboard.press('Home');
    expect(
      await patterns()
        .first()
        .evaluate((el) => el === document.activeElement),
    ).toBe(true);
  });

  test('is searched by words and by a value that is clicked; the search is kept under a name', async () => {
    const { logs } = desk.words;
    const search = desk.page.getByRole('textbox', { name: logs.search.label });
    await search.fill('ＤＢ　ＴＩＭＥＯＵＴ -"host db-0"');
    await search.press('Enter');
    const expected = numbers.filter((i) => i % 40 === 7 && i % 300 !== 150 && i % 3 !== 0).length;
    await desk.page.getByText(like(logs.list.end, { n: n(expected) })).waitFor();
    // counted line by line: above the histogram, and the patterns beside the lines
    await total(expected).waitFor();
    await soon(() => patterns().count()).toBe(1);
    expect(await patterns().first().textContent()).toContain(n(expected));
    // asked of one template first and then of all, the bars are as fine as before
    const bars = desk.page.getByRole('region', { name: logs.histogram.title });
    const fine = await bars.textContent();
    await patterns().first().click();
    await desk.page.reload();
    await desk.settled();
    await desk.page.locator('[aria-pressed=true]').and(patterns()).click();
    await soon(() => bars.textContent()).toBe(fine);
    await rows().first().getByRole('button').first().click();
    await desk.page.getByRole('menuitem', { name: logs.value.only }).click();
    await desk.page.getByText(like(logs.list.end, { n: '1' })).waitFor();
    await desk.button(logs.saved.title).click();
    await desk.page.getByRole('textbox', { name: logs.saved.name }).fill('タイムアウト 1 件');
    await desk.page.keyboard.press('Enter');
    const kept = desk.page.getByRole('button', { name: /^タイムアウト 1 件/ });
    // under its name stands what it asks
    await soon(() => kept.textContent()).toContain('ＤＢ　ＴＩＭＥＯＵＴ -"host db-0"');
    await desk.page.getByRole('textbox', { name: logs.saved.name }).fill('タイムアウト 1 件');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText(like(logs.saved.replaced, { name: 'タイムアウト 1 件' })).waitFor();
    await soon(() => kept.count()).toBe(1);
    await desk.page.keyboard.press('Escape');
    await desk.page.locator('main').getByRole('button', { name: desk.words.common.clearFilter }).click();
    await search.fill('');
    await search.press('Enter');
    await total(RAW_LINES).waitFor();
    await desk.button(logs.saved.title).click();
    await desk.page.getByRole('button', { name: /^タイムアウト 1 件/ }).click();
    await desk.page.getByText(like(logs.list.end, { n: '1' })).waitFor();
  });

  test('is no trap for an expression that never ends: the search is stopped by hand, and the next one works', async () => {
    const { logs, common } = desk.words;
    const search = desk.page.getByRole('textbox', { name: logs.search.label });
    await desk.page.locator('main').getByRole('button', { name: common.clearFilter }).click();
    await desk.page.getByText(logs.search.modes.regex, { exact: true }).click();
    await search.fill('^(([a-zA-Z0-9 ,.=:/-])+)+$X');
    await search.press('Enter');
    await desk.page.getByRole('button', { name: logs.list.stop }).click();
    await desk.page.getByRole('button', { name: logs.list.goOn }).waitFor();
    await search.fill('timeout after 10[0-9]+ ms');
    await search.press('Enter');
    await rows().filter({ hasText: 'DB timeout after' }).first().waitFor();
    await desk.page.getByText(logs.search.modes.words, { exact: true }).click();
    await desk.button(logs.saved.title).click();
    await desk.page.getByRole('button', { name: /^タイムアウト 1 件/ }).click();
    await desk.page.getByText(like(logs.list.end, { n: '1' })).waitFor();
  });

  test('comes back as it was left, and the marked line is found by its mark', async () => {
    const { logs } = desk.words;
    await desk.page.reload();
    await desk.settled();
    await desk.go('logs');
    await desk.page.getByText(like(logs.list.end, { n: '1' })).waitFor();
    await desk.go('logs/explore?marked=1&range=all');
    await desk.page.getByText(like(logs.list.end, { n: '1' })).waitFor();
    await rows().first().getByLabel(logs.line.bookmarked).waitFor();
  });

  test('has templates that can be named, and merged with a way back', async () => {
    const { logs, common } = desk.words;
    await desk.go('logs/templates?range=all');
    const table = desk.page.getByRole('table', { name: logs.tab.templates });
    await table.getByText('DB timeout after').click();
    const name = desk.page.getByRole('textbox', { name: logs.template.name });
    await name.fill('データベースの時間切れ');
    await name.press('Enter');
    await desk.page.getByText(logs.template.renamed, { exact: true }).waitFor();
    await desk.page.keyboard.press('Escape');
    const named = table.getByRole('row', { name: /データベースの時間切れ/ });
    await named.waitFor();
    await named.getByRole('checkbox').check();
    const other = table.getByRole('row', { name: /GET/ });
    await other.getByRole('checkbox').check();
    await desk.button(logs.templates.merge).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByRole('button', { name: logs.templates.merge }).click();
    await desk.page.getByText(like(logs.merge.done, { n: 2 })).waitFor();
    await soon(() => named.count()).toBe(0);
    await desk.page.getByRole('button', { name: common.undo }).click();
    await named.waitFor();
  });
});

describe('what a person decides about a template', () => {
  const open = async (text: string): Promise<void> => {
    await desk.go('logs/templates?range=all');
    await desk.page
      .getByRole('table', { name: desk.words.logs.tab.templates })
      .getByText(text)
      .first()
      .click();
    await desk.page.getByRole('dialog').getByRole('switch').waitFor();
  };
  const row = (text: string | RegExp) =>
    desk.page.getByRole('table', { name: desk.words.logs.tab.templates }).getByRole('row', { name: text });

  test('is a mark, with a way back, and a lock; the list says both', async () => {
    const { logs, common } = desk.words;
    await open('GET');
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByText(logs.mark.known, { exact: true }).click();
    await desk.page.getByText(like(logs.template.marked, { mark: logs.mark.known })).waitFor();
    await desk.page.getByRole('button', { name: common.undo }).click();
    await dialog.getByText(logs.mark.help.none).waitFor();
    await dialog.getByText(logs.mark.noise, { exact: true }).click();
    await dialog.getByText(logs.mark.help.noise).waitFor();
    await dialog.getByText(`${logs.history.marked} — ${logs.mark.noise}`).first().waitFor();
    await dialog.getByRole('switch').click();
    await desk.page.getByRole('alert').getByText(logs.template.lockedNow).waitFor();
    await desk.page.keyboard.press('Escape');
    await row(/GET/).getByText(logs.template.locked, { exact: true }).waitFor();
    await row(/GET/).getByText(logs.mark.noise, { exact: true }).waitFor();
    // noise is out of the lines, not out of the count
    await desk.go('logs/explore?range=all&services=jp.co.site.Http');
    await desk.settled();
    await soon(() => rows().count()).toBe(0);
    await open('GET');
    await dialog.getByText(logs.mark.none, { exact: true }).click();
    await dialog.getByText(logs.mark.help.none).waitFor();
    await dialog.getByRole('switch').click();
    await desk.page.getByRole('alert').getByText(logs.template.unlockedNow).waitFor();
    await desk.page.keyboard.press('Escape');
  });

  test('is a split by a value: its lines, the past ones too, are counted under their own template; it can be taken back', async () => {
    const { logs, common } = desk.words;
    const of = (host: number): number =>
      numbers.filter((i) => i % 40 === 7 && i % 300 !== 150 && i % 3 === host).length;
    await open('データベースの時間切れ');
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByRole('group', { name: logs.parameter.choose }).getByRole('button').last().click();
    await dialog.getByRole('checkbox', { name: /1$/ }).first().check();
    await dialog.getByRole('button', { name: like(logs.parameter.splitBy, { n: 1 }) }).click();
    await desk.page.getByRole('alert').getByText(like(logs.template.splitDone)).waitFor();
    await desk.page.keyboard.press('Escape');
    await row(/データベースの時間切れ/)
      .getByText(n(TIMEOUTS - of(1)), { exact: true })
      .waitFor();
    await row(/DB timeout after/)
      .getByText(n(of(1)), { exact: true })
      .waitFor();
    await desk.page.getByRole('button', { name: common.undo }).click();
    await row(/データベースの時間切れ/)
      .getByText(n(TIMEOUTS), { exact: true })
      .waitFor();
  });
});

describe('a file that is still written', () => {
  const file = (): string => path.join(stage.dir, 'live.log');
  const lineAt = (i: number): string =>
    `${new Date(Date.now() + i).toISOString()} INFO [live] jp.co.site.Live - 到着 ${i} 件目\n`;

  test('is tried out, then followed: new lines come in at the top', async () => {
    const { logs } = desk.words;
    writeFileSync(file(), Array.from({ length: 150 }, (_, i) => lineAt(i)).join(''));
    await desk.go('logs/sources');
    await desk.button(logs.sources.add).first().click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: logs.add.path }).fill(file());
    await dialog.getByRole('button', { name: logs.add.preview }).click();
    await dialog.getByRole('cell', { name: '到着 0 件目' }).waitFor();
    await dialog.getByRole('button', { name: logs.add.add, exact: true }).click();
    await desk.page.getByRole('row', { name: /live\.log/ }).waitFor();
    await desk.go('logs/explore?range=all&services=jp.co.site.Live');
    await rows().filter({ hasText: '到着 149 件目' }).waitFor();
    appendFileSync(file(), lineAt(5000));
    await rows().filter({ hasText: '到着 5000 件目' }).waitFor();
    await soon(() => rows().first().textContent()).toContain('到着 5000 件目');
  });

  test('lets a line in whose time is behind, in its own place', async () => {
    // a source whose clock is behind, or a second file that is slower
    appendFileSync(file(), lineAt(5000 - 60_000 * 60));
    const late = rows().filter({ hasText: `到着 ${5000 - 60_000 * 60} 件目` });
    await desk.page.getByText(desk.words.logs.list.end.replace('{n}', n(152))).waitFor();
    await soon(() => rows().first().textContent()).toContain('到着 5000 件目');
    await desk.page.locator('main [class*="list"]:has(> table)').evaluate((box) => box.scrollTo(0, 1e6));
    await late.waitFor();
    await soon(() => rows().last().textContent()).toContain(`到着 ${5000 - 60_000 * 60} 件目`);
    await desk.page.locator('main [class*="list"]:has(> table)').evaluate((box) => box.scrollTo(0, 0));
  });

  test('moves nothing while one looks further down: a button says how many wait', async () => {
    const list = desk.page.locator('main [class*="list"]:has(> table)');
    await list.evaluate((box) => box.scrollTo(0, 900));
    await soon(() => rows().first().textContent()).not.toContain('到着 5000 件目');
    const before = await list.evaluate((box) => box.scrollTop);
    appendFileSync(file(), lineAt(6000) + lineAt(6001));
    const pill = desk.button(like(desk.words.logs.list.new));
    await pill.waitFor();
    expect(await list.evaluate((box) => box.scrollTop)).toBe(before);
    await pill.click();
    await soon(() => rows().first().textContent()).toContain('到着 6001 件目');
  });
});

test('a source is paused and goes on where it stood', async () => {
  const { logs } = desk.words;
  const file = path.join(stage.dir, 'live.log');
  const choose = async (act: string): Promise<void> => {
    await desk.page.getByRole('button', { name: like(logs.sources.actionsOf, { name: 'live.log' }) }).click();
    await desk.page.getByRole('menuitem', { name: act }).click();
  };
  await desk.go('logs/sources');
  const row = desk.page.getByRole('row', { name: /live\.log/ });
  await choose(logs.sources.pause);
  await row.getByText(logs.sources.states.paused, { exact: true }).waitFor();
  appendFileSync(file, `${new Date().toISOString()} INFO [live] jp.co.site.Live - 一時停止のあと\n`);
  await choose(logs.sources.resume);
  await row.getByText(logs.sources.states.following, { exact: true }).waitFor();
  await desk.go('logs/explore?range=all&services=jp.co.site.Live');
  await rows().filter({ hasText: '一時停止のあと' }).waitFor();
});

test('the bytes of a source are saved as they came, and their SHA-256 is said', async () => {
  const { logs } = desk.words;
  const text = '\ufeff2026-11-20 09:00:00 INFO 元 - 一\r\n2026-11-20 08:00:00 INFO 元 - 二\r\n';
  await desk.go('logs/sources');
  await drop([{ name: '元.log', bytes: Buffer.from(text) }]);
  const row = desk.page.getByRole('row', { name: /元\.log/ });
  await row.getByText(like(logs.sum.text, { lines: '2', templated: '2', unparsed: '0' })).waitFor();
  await desk.page.getByRole('button', { name: like(logs.sources.actionsOf, { name: '元.log' }) }).click();
  const [saved] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.page.getByRole('menuitem', { name: logs.sources.original }).click(),
  ]);
  expect(readFileSync(await saved.path(), 'utf8')).toBe(text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  await desk.page.getByText(`SHA-256 ${sha256}`).waitFor();
});

test('a zip is read through, every file in it', async () => {
  const line = (i: number): string =>
    `${new Date(START + i * 1000).toISOString()} INFO [zip] jp.co.site.Zip - 束 ${i} を受領\n`;
  const text = (from: number): string => Array.from({ length: 40 }, (_, i) => line(from + i)).join('');
  await desk.go('logs/sources');
  await drop([
    {
      name: '夜間.zip',
      bytes: zipOf([
        { name: 'a.log', text: text(0) },
        { name: '古い/b.log', text: text(40) },
      ]),
    },
  ]);
  const row = desk.page.getByRole('row', { name: /夜間\.zip/ });
  await row
    .getByText(like(desk.words.logs.sum.text, { lines: '80', templated: '80', unparsed: '0' }))
    .waitFor();
});

test('the next error is gone to however far it is, with what came of it above it', async () => {
  const { logs } = desk.words;
  const line = (i: number): string =>
    `${new Date(START + i * 1000).toISOString()} ${i === 40 ? 'ERROR' : 'INFO'} [far] jp.co.site.Far - 遠くの ${i} 件目\n`;
  await desk.go('logs/sources');
  await drop([{ name: 'far.log', bytes: Array.from({ length: 600 }, (_, i) => line(i)).join('') }]);
  const sum = like(desk.words.logs.sum.text, { lines: '600', templated: '600', unparsed: '0' });
  await desk.page
    .getByRole('row', { name: /far\.log/ })
    .getByText(sum)
    .waitFor();
  await desk.go('logs/explore?range=all&services=jp.co.site.Far');
  await rows().filter({ hasText: '遠くの 599 件目' }).waitFor();
  await desk.page.keyboard.press('n');
  const chosen = desk.page.locator('tr[data-line][aria-selected="true"]');
  await chosen.filter({ hasText: '遠くの 40 件目' }).waitFor();
  await rows().filter({ hasText: '遠くの 41 件目' }).waitFor();
  await desk.page.keyboard.press('N');
  await desk.page.getByText(logs.keys.noPrevious).waitFor();
  await desk.page.keyboard.press('Enter');
  const detail = desk.page.locator('[data-line-detail]');
  // all lines that share a value of this one
  await detail.getByRole('button', { name: `jp.co.site.Far: ${logs.value.only}` }).waitFor();
  // also told where the line is open
  await desk.page.keyboard.press('N');
  await desk.page.getByRole('dialog').getByText(logs.keys.noPrevious).waitFor();
  await detail.getByRole('button', { name: `far.log: ${logs.value.only}` }).click();
  await detail.waitFor({ state: 'detached' });
  await desk.page.waitForURL((url) => url.hash.includes('sources='));
  await desk.page.goBack();
  await desk.page.waitForURL((url) => !url.hash.includes('sources='));
  await detail.waitFor();
  await desk.page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });
  await chosen.filter({ hasText: '遠くの 40 件目' }).waitFor();
  await desk.page.keyboard.press('N');
  await desk.page.getByText(logs.keys.noPrevious).waitFor();
  // said of that line alone
  await desk.page.keyboard.press('j');
  await desk.page.getByText(logs.keys.noPrevious).waitFor({ state: 'detached' });
});

test('what is searched by meaning is told index by index, and made anew when asked', async () => {
  const { logIndex } = desk.words.knowledge;
  await desk.go('knowledge/index');
  const table = desk.page.getByRole('table', { name: logIndex.title });
  const row = table.getByRole('row', { name: new RegExp(logIndex.names.templates) });
  await row.getByText(logIndex.states.ready, { exact: true }).waitFor();
  await row.getByText(logIndex.modes.exact).waitFor();
  await soon(() => row.textContent()).toContain('384');
  await row
    .getByRole('button', { name: like(logIndex.rebuildOf, { name: logIndex.names.templates }) })
    .click();
  await desk.page.getByText(like(logIndex.done, { name: logIndex.names.templates })).waitFor();
  await table.getByRole('row', { name: new RegExp(logIndex.names.incidents) }).waitFor();
});

test('a stretch drawn on the histogram is the time range, and back is the way out of it', async () => {
  const { logs } = desk.words;
  await desk.go(`logs/explore?range=${START}-${START + LINES * 1500}&services=jp.co.site.Entry`);
  await total(ENTRIES).waitFor();
  const chart = await desk.page.getByRole('img', { name: like(logs.histogram.label) }).boundingBox();
  if (!chart) throw new Error('no histogram');
  const y = chart.y + chart.height / 2;
  await desk.page.mouse.move(chart.x + chart.width * 0.4, y);
  await desk.page.mouse.down();
  await desk.page.mouse.move(chart.x + chart.width * 0.6, y, { steps: 5 });
  await desk.page.mouse.up();
  await desk.page.waitForURL((url) => !url.hash.includes(String(START)));
  await total(ENTRIES).waitFor({ state: 'detached' });
  await desk.page.goBack();
  await desk.page.waitForURL((url) => url.hash.includes(String(START)));
  await total(ENTRIES).waitFor();
});

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
test('axe finds nothing serious in any view of logs, light or dark', async () => {
  const looked = await stage.desk();
  await looked.page.evaluate(readFileSync(AXE, 'utf8'));
  const { page, words } = looked;
  const found: string[] = [];
  /** In the dark, what only colours decide. */
  const look = async (where: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await looked.settled();
      const { violations } = await page.evaluate(
        (more) =>
          (Reflect.get(window, 'axe') as { run(o: object): Promise<AxeResults> }).run({
            resultTypes: ['violations'],
            ...more,
          }),
        theme === 'dark'
          ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
          : {},
      );
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(`${where} ${theme} ${id}: ${nodes[0]?.html.slice(0, 160)}`);
    }
  };
  await looked.go('logs/explore?range=all&levels=error');
  await page.locator('tr[data-line]').first().waitFor();
  await look('lines');
  await page.getByRole('button', { name: words.logs.filter.service }).click();
  await page.getByRole('checkbox').first().waitFor();
  await look('services');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: like(words.logs.range.label) })
    .first()
    .click();
  await look('range');
  await page.keyboard.press('Escape');
  await page.locator('tr[data-line]').first().getByRole('button').first().click();
  await page.getByRole('menuitem').first().waitFor();
  await look('value');
  await page.keyboard.press('Escape');
  await page.locator('tr[data-line]').first().click();
  await page.locator('[data-line-detail]').waitFor();
  await look('line');
  await looked.go('logs/templates?range=all');
  await page.getByRole('table').getByText('データベースの時間切れ').click();
  const parameters = page.getByRole('dialog').getByRole('group', { name: words.logs.parameter.choose });
  await parameters.getByRole('button').last().click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
  await look('template');
  await looked.go('logs/sources?add=1');
  await look('add');
  await looked.go('logs/sources');
  await page.getByRole('row', { name: /app\.log/ }).click();
  await page.getByRole('dialog').getByLabel(words.logs.rules.name).waitFor();
  await look('rules');
  expect(found).toEqual([]);
  expect(looked.problems).toEqual([]);
  await looked.close();
});

const HDFS = path.join(root, '../shared/data/loghub/HDFS');
const hdfsFile = path.join(HDFS, 'HDFS_2k.log');
describe.skipIf(!existsSync(hdfsFile))('a public system’s log, compressed', () => {
  test('is read from its gz, found by its own format, and adds up', async () => {
    const text = readFileSync(hdfsFile);
    const lines = text.toString('utf8').trimEnd().split('\n').length;
    await desk.go('logs/sources');
    await drop([{ name: 'HDFS_2k.log.gz', bytes: gzipSync(text) }]);
    const row = desk.page.getByRole('row', { name: /HDFS_2k\.log\.gz/ });
    const sum = like(desk.words.logs.sum.text, { lines: n(lines), templated: n(lines), unparsed: '0' });
    await row.getByText(sum).waitFor();
    await desk.go('logs/templates?range=all');
    await desk.page.getByRole('table').getByText('PacketResponder').first().waitFor();
  });
});

describe('a folder', () => {
  const folder = (): string => path.join(stage.dir, '夜間ログ');
  const tray = () => desk.page.getByRole('region', { name: desk.words.logs.upload.title });
  const line = (who: string, i: number): string =>
    `${new Date(START + i * 1000).toISOString()} INFO [job] jp.co.site.${who} - 伝票 ${i} を処理しました\n`;
  const PARTS = 130;
  beforeAll(() => {
    const put = (place: string, content: string | Uint8Array): void => {
      const file = path.join(folder(), place);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    };
    put('app.log', line('Root', 1));
    put('batch/app.log', line('Batch', 1) + line('Batch', 2));
    // more than a browser names at a time
    for (let i = 0; i < PARTS; i++) put(`web/2026/part-${i}.log`, line('Web', i));
    put('.hidden.log', line('Hidden', 1));
    put('empty.log', '');
    put('logo.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13));
  });

  test('let go anywhere in the window is one source: all logs below it, and what was left out is named', async () => {
    const { upload, sum } = desk.words.logs;
    await desk.go('logs/sources');
    const drag = await dragPaths(desk.page, [folder()], { over: 'nav' });
    await desk.page.getByText(desk.words.logs.dropHere).waitFor();
    await drag.drop();
    await desk.page.getByText(desk.words.logs.dropHere).waitFor({ state: 'detached' });
    await tray().getByText(upload.read).first().waitFor();
    const counts = { lines: n(PARTS + 3), templated: n(PARTS + 3), unparsed: '0' };
    await tray().getByText(like(sum.text, counts)).waitFor();
    await tray()
      .getByText(like(upload.left.notLogs, { n: 1, names: 'logo.png' }))
      .waitFor();
    await tray()
      .getByText(like(upload.left.empty, { n: 1, names: 'empty.log' }))
      .waitFor();
    const rows = desk.page.getByRole('row', { name: /夜間ログ/ });
    await rows.getByText(like(sum.text, counts)).waitFor();
    expect(await rows.count()).toBe(1);
    await tray()
      .getByRole('button', { name: like(upload.close, { name: '夜間ログ' }) })
      .click();
    await tray().getByText('夜間ログ').waitFor({ state: 'detached' });
  });

  test('dropped a second time is asked about, since its lines would stand twice', async () => {
    const { upload } = desk.words.logs;
    await dropPaths(desk.page, [folder()]);
    await tray().getByText(upload.asking).waitFor();
    await tray().getByRole('button', { name: upload.twice }).click();
    await tray().getByText(upload.read).first().waitFor();
    await soon(() => desk.page.getByRole('row', { name: /夜間ログ/ }).count()).toBe(2);
    await tray()
      .getByRole('button', { name: like(upload.close, { name: '夜間ログ' }) })
      .click();
  });
});

describe.each<Lang>(['ja', 'en'])('what cannot be taken in (%s)', (lang) => {
  test('is told file by file, in words', async () => {
    const at = lang === 'ja' ? desk : await stage.desk({ lang });
    const { upload } = at.words.logs;
    const here = path.join(stage.dir, `refused-${lang}`);
    mkdirSync(path.join(here, 'nothing', 'below'), { recursive: true });
    writeFileSync(path.join(here, 'blank.log'), '');
    writeFileSync(path.join(here, 'photo.jpg'), Uint8Array.of(0xff, 0xd8, 0, 0, 1));
    await at.go('logs/sources');
    await dropPaths(
      at.page,
      ['nothing', 'blank.log', 'photo.jpg'].map((name) => path.join(here, name)),
    );
    const tray = at.page.getByRole('region', { name: upload.title });
    for (const said of [upload.noneInFolder, upload.isEmpty, upload.isNoLog])
      await tray.getByText(said, { exact: true }).waitFor();
    expect(await at.page.getByRole('row', { name: /nothing|blank|photo/ }).count()).toBe(0);
    for (const name of ['nothing', 'blank.log', 'photo.jpg'])
      await tray.getByRole('button', { name: like(upload.close, { name }) }).click();
    expect(at.problems).toEqual([]);
  });
});

test('a file waits behind another; that one stopped, it is read, though something goes on writing to it', async () => {
  const { upload } = desk.words.logs;
  const large = path.join(stage.dir, 'large.log');
  const small = path.join(stage.dir, 'small.log');
  writeFileSync(large, `${'x'.repeat(99)}\n`.repeat(400_000));
  writeFileSync(small, '2026-01-01 00:00:00 INFO first\n');
  await desk.go('logs/sources');
  await dropPaths(desk.page, [large]);
  const tray = desk.page.getByRole('region', { name: upload.title });
  await tray.getByRole('progressbar').waitFor();
  await dropPaths(desk.page, [small]);
  await tray.getByText(upload.waiting, { exact: true }).waitFor();
  appendFileSync(small, '2026-01-01 00:00:01 INFO second\n');
  await tray.getByRole('button', { name: desk.words.common.stop, exact: true }).click();
  const sum = like(desk.words.logs.sum.text, { lines: '2', templated: '2', unparsed: '0' });
  await tray.getByText(sum).waitFor();
  expect(await desk.page.getByRole('row', { name: /large\.log/ }).count()).toBe(0);
  await tray.getByRole('button', { name: like(upload.close, { name: 'small.log' }) }).click();
});

test('a file let go where nothing takes it does not take the app away', async () => {
  await desk.go('situation');
  const before = desk.page.url();
  await dropPaths(desk.page, [path.join(stage.dir, 'small.log')]);
  await desk.go('logs/sources');
  expect(new URL(desk.page.url()).origin).toBe(new URL(before).origin);
  await desk.page.getByRole('row', { name: /small\.log/ }).waitFor();
});

test('nothing went wrong meanwhile', () => {
  expect(desk.problems).toEqual([]);
});
