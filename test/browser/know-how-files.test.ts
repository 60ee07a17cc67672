// A site manager's own files: a PDF as a browser prints it, a workbook, one with a password, dropped on the page and cited by the place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { dropPaths } from '../helpers/browser/drop-paths.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { xlsxOf } from '../helpers/knowledge/office-files.ts';

/** Printed by Chromium: letters set wide, a heading in two characters, readings, a column of vertical text. */
const PAGES = `<html lang="ja"><style>
  body { font-family: 'Noto Sans CJK JP', sans-serif } section { break-after: page }
  h1 { letter-spacing: 0.6em } .down { writing-mode: vertical-rl; height: 300px }
</style>
<section><h1>夜間対応手順書</h1><p>認証サービスが止まったときは、まず<ruby>補正<rt>ほせい</rt></ruby>端末を再起動する。再起動しても直らない場合は、情報システム部の内線二〇四番に連絡し、画面の写真を撮って記録票に貼る。</p></section>
<section><h2>目　次</h2><div class="down">停電のときは懐中電灯を配り、点呼を取ってから、非常口の前に集まる。</div></section>
<section><h2>回線が切れたとき</h2><p>ルーターの電源を抜き、十秒待って差し直す。月曜日の朝に長い障害が続くときは業者に電話する。</p></section>`;

let stage: Stage;
let desk: Desk;
const folder = mkdtempSync(path.join(os.tmpdir(), 'toride-files-'));
const file = (name: string): string => path.join(folder, name);
beforeAll(async () => {
  stage = await Stage.open();
  const printer = await stage.browser.newPage();
  await printer.setContent(PAGES);
  writeFileSync(file('夜間手順書.pdf'), await printer.pdf({ format: 'A4' }));
  await printer.close();
  writeFileSync(
    file('対処表.xlsx'),
    xlsxOf([
      {
        name: 'プリンタ',
        rows: [
          ['エラー', '対処', '担当'],
          ['E102', '用紙を入れ直し、後ろの扉を閉める', '佐藤'],
        ],
      },
    ]),
  );
  const locked = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1016),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  writeFileSync(file('人事.xlsx'), locked);
  desk = await stage.desk();
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});
const words = () => desk.words.knowledge;
const row = (title: string) => desk.page.getByRole('row').filter({ hasText: title });
const mark = () => desk.page.locator('mark');

describe('files dropped on the page', () => {
  test('become know-how; what cannot is named with what to do about it', async () => {
    await desk.go('knowledge');
    await dropPaths(desk.page, ['夜間手順書.pdf', '対処表.xlsx', '人事.xlsx'].map(file), {
      over: `div:has(> button:has-text("${words().pickFiles}"))`,
    });
    for (const name of ['夜間手順書.pdf', '対処表.xlsx'])
      await row(name).getByText(words().states.indexed).waitFor();
    const refused = desk.page.getByRole('alert').filter({ hasText: '人事.xlsx' });
    await refused.getByText('パスワード').first().waitFor();
  });

  test('have their words as they are read, whatever the page looks like', async () => {
    await row('夜間手順書.pdf').click();
    const drawer = desk.page.getByRole('dialog');
    await drawer.getByText('夜間対応手順書').waitFor();
    const text = (await drawer.textContent()) ?? '';
    expect(text).toContain(
      'まず補正端末を再起動する。再起動しても直らない場合は、情報システム部の内線二〇四番に',
    );
    expect(text).toContain('目次');
    expect(text).toContain('停電のときは懐中電灯を配り、点呼を取ってから、非常口の前に集まる。');
    expect(text).toContain('月曜日の朝に長い障害が続くとき');
    expect(text).not.toContain('ほせい');
    await desk.page.keyboard.press('Escape');
  });

  test('are found by page and by row, and open there', async () => {
    await desk.page.getByRole('textbox', { name: words().searchLabel }).fill('ルーターの電源');
    await desk.page.getByRole('button', { name: '夜間手順書.pdf 3ページ' }).click();
    await mark().waitFor();
    expect(await mark().textContent()).toContain('十秒待って差し直す');
    await desk.page.getByRole('status').filter({ hasText: '3ページ' }).waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.page.getByRole('textbox', { name: words().searchLabel }).fill('E102');
    await desk.page.getByRole('button', { name: '対処表.xlsx 「プリンタ」シート 1〜2行目' }).click();
    await mark().waitFor();
    expect(await mark().textContent()).toContain('用紙を入れ直し');
    await desk.page.keyboard.press('Escape');
  });

  test('are cited by the page in an answer, and the citation opens it', async () => {
    await desk.go('chat');
    const question = desk.page.locator('main textarea').last();
    await question.fill('認証サービスが止まったときの手順は？');
    await desk.page.getByRole('button', { name: desk.words.chat.send, exact: true }).click();
    const citation = desk.page.getByRole('button', { name: '夜間手順書.pdf 1ページ' }).first();
    await citation.click();
    await desk.page.getByRole('link', { name: desk.words.chat.openDocument }).click();
    await mark().waitFor();
    expect(await mark().textContent()).toContain('まず補正端末を再起動する');
    expect(desk.problems).toEqual([]);
  });
});
