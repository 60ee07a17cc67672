// Know-how as people use it: a share that is followed, a citation that leads to its passage, a model that takes over the index.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../helpers/browser/desk.ts';
import { root } from '../helpers/browser/host.ts';
import { Stage } from '../helpers/browser/stage.ts';
import { like } from '../helpers/browser/words.ts';
import { writeEmbedder } from '../helpers/llm/onnx/make-embedder.ts';

let stage: Stage;
let desk: Desk;
const folder = mkdtempSync(path.join(os.tmpdir(), 'toride-share-'));
const LONG = `# 夜間の手順\n\n${'前置きが続きます。'.repeat(400)}\n\n## 回線の復旧\n\nルーターを抜き差しし、業者の内線一〇〇番に電話する。\n`;
beforeAll(async () => {
  mkdirSync(path.join(folder, 'net'));
  writeFileSync(path.join(folder, 'net', '夜間.md'), LONG);
  writeFileSync(path.join(folder, '図.png'), 'x');
  writeFileSync(path.join(folder, '壊れ.txt'), '\0\0\0');
  stage = await Stage.open();
  desk = await stage.desk();
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});
const words = () => desk.words.knowledge;
const row = (title: string) => desk.page.getByRole('row').filter({ hasText: title });
const hit = (title: string) => desk.page.getByRole('article').getByRole('button', { name: title }).first();
const card = () => desk.page.getByRole('article', { name: folder });

describe('a folder on the share', () => {
  test('is watched: its documents are there, what could not be read is named', async () => {
    await desk.go('knowledge/folders');
    await desk.field(words().folders.path).fill(folder);
    await desk.page.keyboard.press('Enter');
    await card().getByText(words().folders.states.watching).waitFor();
    await card().getByText('壊れ.txt').first().waitFor();
    await card().getByText('登録 1 件').waitFor();
    await desk.go('knowledge');
    await row('夜間の手順').getByText(words().states.indexed).waitFor();
    await row('夜間の手順').getByText(words().sources.folder).waitFor();
  });

  test('that vanishes says so and takes nothing away', async () => {
    renameSync(folder, `${folder}-away`);
    await desk.go('knowledge/folders');
    await card().getByRole('button', { name: words().folders.scan }).click();
    await card().getByRole('alert').waitFor();
    await card().getByText(words().folders.states.unreachable, { exact: true }).waitFor();
    await desk.go('knowledge');
    await row('夜間の手順').waitFor();
    renameSync(`${folder}-away`, folder);
  });
});

describe('a passage', () => {
  test('that was found opens in its document, marked and in sight', async () => {
    await desk.go('knowledge');
    await desk.page.getByRole('textbox', { name: words().searchLabel }).fill('回線が切れた');
    await hit('夜間の手順').click();
    const mark = desk.page.locator('mark');
    await mark.waitFor();
    expect(await mark.textContent()).toContain('業者の内線');
    await expect
      .poll(() => mark.evaluate((m) => Math.round(m.getBoundingClientRect().top)))
      .toBeLessThan(860);
    await expect.poll(() => mark.evaluate((m) => m.getBoundingClientRect().bottom)).toBeGreaterThan(0);
    // the address alone leads there, as a citation in an answer does
    const address = desk.page.url();
    await desk.page.reload();
    await mark.waitFor();
    expect(desk.page.url()).toBe(address);
    await desk.page.keyboard.press('Escape');
  });
});

describe('a document', () => {
  test('that was removed comes back by Undo', async () => {
    await desk.go('knowledge');
    const remove = `${desk.words.common.remove}: 夜間の手順`;
    await desk.page.getByRole('button', { name: remove }).click();
    await row('夜間の手順').waitFor({ state: 'detached' });
    await desk.page.getByRole('button', { name: desk.words.common.undo }).click();
    await row('夜間の手順').waitFor();
  });

  test('is taken as a file in an old encoding; a picture is refused in words', async () => {
    const chooser = desk.page.locator('input[type="file"]').first();
    await chooser.setInputFiles([
      {
        name: '古い手順.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from([0x94, 0x46, 0x8f, 0xd8, 0x82, 0xcc, 0x8e, 0xe8, 0x8f, 0x87]),
      },
      { name: '図.png', mimeType: 'image/png', buffer: Buffer.from('x') },
    ]);
    await desk.page.getByRole('alert').filter({ hasText: '図.png' }).waitFor();
    await row('古い手順').click();
    await desk.page.getByText('認証の手順').waitFor();
    await desk.page.keyboard.press('Escape');
  });
});

describe('a model that makes the index', () => {
  test('takes over in the background, and is named', async () => {
    const model = writeEmbedder(path.join(stage.dir, 'carried', 'small'), { hidden: 48 });
    await stage.host.stop();
    for (const args of [
      ['import', model],
      ['assign', 'embedding', 'tiny-e5'],
    ])
      execFileSync(process.execPath, [
        path.join(root, 'out/main/cli.js'),
        'models',
        ...args,
        '--data',
        stage.dir,
      ]);
    await stage.restart();
    desk = await stage.desk();
    await desk.go('knowledge/index');
    await desk.page.getByText(like('tiny-e5 ・ 48 次元')).waitFor();
    await desk.page.getByText(like(words().embedder.model)).first().waitFor();
    await desk.go('knowledge');
    await desk.page.getByRole('textbox', { name: words().searchLabel }).fill('回線の復旧');
    await hit('夜間の手順').waitFor();
    expect(desk.problems).toEqual([]);
  });
});
